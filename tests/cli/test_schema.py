"""The JSON Schemas say what the models say: held against real files, by a validator that knows nothing of this program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bases import BASE, COUNTY, applied
from publish.sites import planted_items
from zhibao.check.examples import EXAMPLES
from zhibao.door.schemas import schemas
from zhibao.model.descriptions import DESCRIPTIONS
from zhibao.model.document import Document
from zhibao.model.files import FILES, SUBMISSION, kind_of
from zhibao.model.schema import PLACES
from zhibao.model.understand import understand
from zhibao.repo.front_matter import item_document, yaml_document
from zhibao.repo.work_tree import WorkTree

LABELS = Path(__file__).parents[1] / "check" / "labels"
MADE = {
    root: {name: json.loads(text) for name, text in schemas(WorkTree(root)).texts.items()}
    for root in (COUNTY, LABELS)
}
DAY = "2026-10-12"


def plain(value: Any) -> Any:
    """Values as any other YAML reader gives them: numbers, not decimals."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return float(value) if isinstance(value, Decimal) else value


def errors(root: Path, kind: str, values: Any) -> list[str]:
    found = jsonschema.Draft202012Validator(MADE[root][kind]).iter_errors(plain(values))
    return [f"{'.'.join(map(str, one.absolute_path))}: {one.message}" for one in found]


def registry_files(root: Path) -> Iterator[tuple[str, Document]]:
    for path in sorted((root / "registry").rglob("*.yml")):
        name = path.relative_to(root).as_posix()
        yield name, yaml_document(name, path.read_bytes())


FILES_THERE = [(root, name, read) for root in (COUNTY, LABELS) for name, read in registry_files(root)]


@pytest.mark.parametrize(
    ("root", "name", "read"), FILES_THERE, ids=lambda one: str(one) if isinstance(one, str) else ""
)
def test_a_file_of_the_registry_is_as_its_schema_says(root: Path, name: str, read: Document) -> None:
    kind = kind_of(name)
    assert kind
    assert errors(root, kind.name, read.values) == []


def test_every_kind_of_file_is_among_them() -> None:
    kinds = {kind.name for _, name, _ in FILES_THERE if (kind := kind_of(name))}
    assert kinds | {"submission"} == {kind.name for kind in FILES}


def test_items_are_as_their_schema_says() -> None:
    labelled = [
        item_document(path.name, path.read_bytes()) for path in sorted((LABELS / "items").glob("*.md"))
    ]
    assert len(labelled) > 40
    assert [
        (read.path, errors(LABELS, "submission", read.values))
        for read in labelled
        if errors(LABELS, "submission", read.values)
    ] == []
    for path, text in [*planted_items(), ("base.md", BASE)]:
        read = item_document(path, text.encode())
        if read.readable:
            assert errors(COUNTY, "submission", read.values) == [], path


@pytest.mark.parametrize("kind", [kind.name for kind in FILES])
def test_a_schema_is_one_of_2020_12(kind: str) -> None:
    made = MADE[COUNTY][kind]
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(made)


def walk(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, one in value.items():
            yield from walk(one, (*path, key))
    elif isinstance(value, list):
        for one in value:
            yield from walk(one, path)


@pytest.mark.parametrize("kind", [kind.name for kind in FILES])
def test_what_a_reader_sees_is_chinese(kind: str) -> None:
    for path, node in walk(MADE[COUNTY][kind]):
        if path[-1:] == ("properties",):
            continue  # the keys of these are keys of ours
        for word in ("title", "description"):
            if isinstance(node.get(word), str):
                assert any("\u4e00" <= character <= "\u9fff" for character in node[word]), (path, node[word])
        if len(path) > 1 and path[-2] == "properties" and "." not in path[-1] and path[-1].isascii():
            assert "title" in node or "description" in node, path
        assert node.get("enumDescriptions", [""]) != [] or "enum" not in node


def test_every_description_is_of_something_that_is_there() -> None:
    there = {f"{name}.{key}" for name, keys in _models() for key in keys} | {name for name, _ in _models()}
    assert set(DESCRIPTIONS) - there == set()
    assert set(PLACES) - there == set()


def _models() -> list[tuple[str, list[str]]]:
    """Every model and enumeration that is within the files, with its keys or values."""
    found: dict[str, list[str]] = {}
    waiting: list[Any] = [kind.adapter.core_schema for kind in FILES]
    seen: set[int] = set()
    while waiting:
        here = waiting.pop()
        if isinstance(here, list | tuple):
            waiting += here
        if not isinstance(here, dict) or id(here) in seen:
            continue
        seen.add(id(here))
        if here.get("type") == "model":
            fields = here["cls"].model_fields
            found[here["cls"].__name__.partition("[")[0]] = [
                one.alias or name for name, one in fields.items()
            ]
        if here.get("type") == "enum":
            found[here["cls"].__name__] = [member.value for member in here["members"]]
        waiting += list(here.values())
    return list(found.items())


def test_every_good_example_of_the_checks_is_as_the_schema_says() -> None:
    for code, example in EXAMPLES.items():
        if example.part == "key" and code not in ("sources-known", "resubmits-known"):
            read = item_document("x.md", applied(example, example.good))
            assert errors(COUNTY, "submission", read.values) == [], code


# what must fail


SOUND: dict[str, Any] = item_document("x.md", BASE.encode()).values  # type: ignore[assignment]
BAD_ITEMS: dict[str, dict[str, Any]] = {
    "no title": {"title": None},
    "an unknown key": {"weather": "晴"},
    "a unit that is not registered": {"unit": "nowhere"},
    "a kind that is not the county's": {"kind": "经验交流"},
    "a number as a title": {"title": 2026},
    "a loose day": {"happened": "2026年10月12日"},
    "a moment with a T": {"submitted": "2026-10-12T09:31"},
    "a day where a moment is wanted": {"submitted": DAY},
    "tags in one word": {"tags": "饮水"},
    "a share as text": {"with": [{"unit": "shuiwu", "share": "0.5"}]},
    "no share at all": {"with": [{"unit": "shuiwu", "share": 0}]},
    "an audience of its own": {"audience": "public"},
    "a clearance without a day": {"clearance": {"by": "李强"}},
    "an id that is none": {"resubmits": "../../etc"},
    "a picture from elsewhere": {"media": ["https://example.org/x.png"]},
    "an unknown level": {
        "review": {"adoptions": [{"level": "市", "date": DAY, "form": "综合", "publication": "州委信息"}]}
    },
    "an unknown form": {
        "review": {"adoptions": [{"level": "州", "date": DAY, "form": "整篇", "publication": "州委信息"}]}
    },
    "an unknown publication": {
        "review": {"adoptions": [{"level": "州", "date": DAY, "form": "综合", "publication": "州报 第1期"}]}
    },
    "an unknown reason": {"review": {"decision": "declined", "reason": {"code": "不好"}}},
    "an unknown mark": {"review": {"quality": {"deep": 3}}},
    "a mark too high": {"review": {"quality": {"depth": 6}}},
    "returned, which never stands on the branch": {"review": {"decision": "returned"}},
}


@pytest.mark.parametrize("case", BAD_ITEMS)
def test_a_bad_item_fails(case: str) -> None:
    values = SOUND | BAD_ITEMS[case]
    assert errors(COUNTY, "submission", values)


GOOD_ITEMS: dict[str, dict[str, Any]] = {
    "an issue": {
        "review": {
            "adoptions": [
                {"level": "州", "date": DAY, "form": "综合", "publication": "州委信息 2026年增刊第3期"}
            ]
        }
    },
    "a share": {"with": [{"unit": "shuiwu", "share": Decimal("0.25")}]},
    "a Chinese picture": {"media": ["assets/大坝/水源.jpg"]},
    "somebody not registered": {"officer": "新来的"},
    "an account in capitals": {"review": {"by": "LiSi", "date": DAY}},
    "nothing where nothing is needed": {"happened": None, "summary": None},
}


@pytest.mark.parametrize("case", GOOD_ITEMS)
def test_a_good_item_passes(case: str) -> None:
    assert errors(COUNTY, "submission", SOUND | GOOD_ITEMS[case]) == []


BAD_FILES: dict[str, tuple[str, Any]] = {
    "an office without kinds": ("office", {"kinds": []}),
    "a range of one": ("office", {"title": {"length": [8]}}),
    "an edition of its own": ("office", {"editions": {"public": []}}),
    "something shown that is nothing": ("office", {"editions": {"open": ["names"]}}),
    "an office's unit that is not registered": ("office", {"unit": "nowhere"}),
    "points for an unknown level": ("rules", {"adoption": {"市": {"单篇": 1}}}),
    "points for an unknown form": ("rules", {"adoption": {"县": {"整篇": 1}}}),
    "points as text": ("rules", {"adoption": {"县": {"单篇": "5"}}}),
    "a policy of its own": ("rules", {"joint": "most"}),
    "weekdays in words": ("calendar", {"workdays": ["周六"]}),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_fails(case: str) -> None:
    kind, change = BAD_FILES[case]
    (values,) = (
        read.values
        for root, name, read in FILES_THERE
        if root == COUNTY and (kind_of(name) or SUBMISSION).name == kind
    )
    assert isinstance(values, dict)
    assert errors(COUNTY, kind, values) == []
    assert errors(COUNTY, kind, values | change)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("units", {"id": "大坝"}),
        ("units", {"name": []}),
        ("units", {"name": "大坝镇"}),
        ("units", {"officers": [{"name": "王敏"}]}),
        ("units", {"officers": [{"name": "王敏", "from": "2026-1-1"}]}),
        ("editors", {"roles": ["boss"]}),
        ("editors", {"emails": ["wangmin"]}),
        ("editors", {"account": None}),
        ("calls", {"to": ["nowhere"]}),
        ("calls", {"level": "市"}),
        ("calls", {"due": "年底"}),
    ],
)
def test_a_bad_entry_fails(kind: str, change: dict[str, Any]) -> None:
    values = next(
        read.values
        for root, name, read in FILES_THERE
        if root == COUNTY and (kind_of(name) or SUBMISSION).name == kind
    )
    assert isinstance(values, list)
    assert errors(COUNTY, kind, [{**dict(values[0]), **change}])


_VALUES = st.sampled_from(
    [
        *(None, True, 0, 1, Decimal("0.5"), "x", "经验", "", DAY, f"{DAY} 09:31", [], ["饮水"], {}),
        [{"unit": "daba"}],
        {"by": "李强", "date": DAY},
        "open",
        "20260901-1010-daba",
        [{"id": "20260901-1010-daba", "share": 1}],
        {"decision": "held"},
        {"via": "微信", "date": f"{DAY} 09:20"},
    ]
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                *sorted(SOUND),
                "with",
                "sources",
                "received",
                "review",
                "call",
                "summary",
                "imported",
                "resubmits",
            ]
        ),
        _VALUES,
        max_size=3,
    )
)
def test_what_the_model_refuses_for_its_type_the_schema_refuses_and_nothing_that_it_takes(
    change: dict[str, Any],
) -> None:
    values = SOUND | change
    understood, _ = understand(Document("x.md", values=values), SUBMISSION.adapter)
    found = errors(COUNTY, "submission", values)
    # the county's own words are narrower than the model: they are what the checks of references say
    words = [one for one in found if one.split(":")[0] in ("kind", "unit")]
    assert (understood is not None) == (found == words), (change, found)
