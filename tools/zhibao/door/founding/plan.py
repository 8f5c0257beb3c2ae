"""What a new county is to be: the answers, each checked when it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from zhibao.door.founding import FoundingError
from zhibao.door.founding.new_units import NewPerson, NewUnit
from zhibao.door.founding.packs import LEVELS, Fitted
from zhibao.door.founding.unit_ids import plain_name, unit_id
from zhibao.model.fields import Account, Email, GitAddress, Word
from zhibao.model.office import Office

_LEVEL = re.compile(r"[\u3400-\u9fff]+")
_EDITOR = re.compile(r"([^<>]+)((?:<[^<>]*>\s*)+)(\S+)?")
_COUNTY = re.compile(r"[\u4e00-\u9fff·]{1,28}[县区市旗]")
_OWN = {"县": "县", "区": "区", "旗": "旗", "市": "县"}
"""What a county's own level is called, by the last character of its name."""


@dataclass(frozen=True)
class NewEditor:
    """Somebody of the office."""

    name: str
    emails: tuple[str, ...]
    account: str


@dataclass(frozen=True)
class Plan:
    """A county that is to be founded. `editors` are never empty: the first is the chief. `own` is the office's unit."""

    county: str
    office: str
    bulletin: str
    branch: str
    timezone: str
    levels: tuple[str, ...]
    pack: Fitted
    units: tuple[NewUnit, ...]
    own: str
    editors: tuple[NewEditor, ...]
    today: date
    forge: str | None = None

    @property
    def first_day(self) -> date:
        """The day from which names, quotas and rules hold: the year's first, so that the whole year can be counted."""
        return date(self.today.year, 1, 1)


def county_name(text: str) -> str:
    """The name of a county, such as 青山县. Raises FoundingError."""
    name = "".join(text.split())
    if not _COUNTY.fullmatch(name):
        raise FoundingError(f"“{text}”不像县名；请写全称，以县、区、市或旗结尾，如 青山县")
    return name


def editor(text: str) -> NewEditor:
    """An editor from `李思 <lisi@…> lisi`: name, addresses, account (else what stands before the @). Raises FoundingError."""
    found = _EDITOR.fullmatch(text.strip())
    if not found:
        raise FoundingError(
            f"“{text}”看不懂；编辑的写法是 姓名 <邮箱> 账号，如 李思 <lisi@qingshan.example> lisi"
        )
    emails = tuple(part.strip() for part in re.findall(r"<([^<>]*)>", found[2]))
    for email in emails:
        _valid(Email, email, "邮箱")
    account = found[3] or emails[0].partition("@")[0]
    return NewEditor(_valid(Word, found[1], "姓名"), emails, _valid(Account, account, "账号"))


def together(found: Iterable[NewEditor]) -> tuple[NewEditor, ...]:
    """The editors of an office: accounts and addresses are one person's each. Raises FoundingError."""
    editors = tuple(found)
    seen: set[str] = set()
    for one in editors:
        for text in {one.account.casefold(), *(email.casefold() for email in one.emails)}:
            if text in seen:
                raise FoundingError(f"编辑里“{text}”写了两次；账号和邮箱一个只属于一个人，请改一个")
            seen.add(text)
    return editors


def levels_of(text: str) -> tuple[str, ...]:
    """Levels from `县,州,省,中央`, the lowest first. Raises FoundingError."""
    words = tuple(filter(None, re.split(r"[,，、\s]+", text)))
    if not words or len(set(words)) != len(words) or not all(map(_LEVEL.fullmatch, words)):
        raise FoundingError(
            f"“{text}”用不了；层级由低到高写，第一个是本级，不重复，只用汉字，如 县,州,省,中央"
        )
    return tuple(_valid(Word, word, "层级") for word in words)


def usual_levels(county: str) -> tuple[str, ...]:
    """The levels of a county of that name, where nobody says otherwise."""
    return (_OWN[county[-1]], *LEVELS[1:])


def word(text: str, what: str) -> str:
    """A name that stands in the registry. Raises FoundingError."""
    return _valid(Word, text, what)


def branch(text: str) -> str:
    """The name of a branch. Raises FoundingError."""
    return _field("branch", text)


def timezone(text: str) -> str:
    """A time zone, such as Asia/Shanghai. Raises FoundingError."""
    return _field("timezone", text)


def address(text: str) -> str:
    """The address of the repository on the forge, without a password. Raises FoundingError."""
    return _valid(GitAddress, text, "仓库地址")


def with_office(
    units: Sequence[NewUnit], county: str, office: str, editors: Sequence[NewEditor]
) -> tuple[tuple[NewUnit, ...], str]:
    """The units, the office's own among them, and its id: the one named 县委办公室 or 县委办, else one that is added."""
    last = county[-1]
    names = {f"{last}委办公室", f"{last}委办"}
    found = next((u for u in units if u.name == office or plain_name(u.name, county) in names), None)
    if found:
        return tuple(units), found.id
    name = f"{last}委办公室"
    id_ = unit_id(name, county, {unit.id for unit in units})
    head = editors[0]
    person = NewPerson(head.name, head.account, head.emails)
    return (*units, NewUnit(0, id_, name, "办公室", "综合", person, ())), id_


def _field(name: str, text: str) -> str:
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[str, *Office.model_fields[name].metadata])
    return str(_checked(adapter, text, Office.model_fields[name].title or name))


def _valid(form: Any, text: str, what: str) -> str:
    return str(_checked(TypeAdapter(form), text.strip(), what))


def _checked(adapter: TypeAdapter[Any], text: str, what: str) -> Any:
    try:
        return adapter.validate_python(text)
    except ValidationError as error:
        first = error.errors()[0]
        mend = {"string_too_long": "太长了，请写在 60 字以内", "string_too_short": "不能是空的"}
        raise FoundingError(f"{what}“{text}”用不了：{mend.get(first['type'], first['msg'])}") from None
