"""Family 名册: the parts of the registry agree with one another. These checks see the registry, not an item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibao.check import adjustments, bulletins, policy
from zhibao.check.registry_subject import RegistryCheck, RegistryHit, RegistrySubject, known
from zhibao.model.document import Loc, Mark, Value
from zhibao.model.finding import Finding, Severity
from zhibao.model.forges import ForgeKind
from zhibao.model.history import Reach
from zhibao.model.registry import Registry
from zhibao.model.units import Person

_HOSTS = {
    "github.com": ForgeKind.GITHUB,
    "gitlab.com": ForgeKind.GITLAB,
    "gitea.com": ForgeKind.GITEA,
    "codeberg.org": ForgeKind.FORGEJO,
}
"""Public forges whose kind is known."""

OFFICE, UNITS, EDITORS = "registry/office.yml", "registry/units.yml", "registry/editors.yml"

_JOINERS = re.compile(r"\s*[，、；]\s*")
_SENTENCE_ENDS = ("。", "！", "？", "；")

_REACH: dict[Reach, tuple[Severity, str, str]] = {
    Reach.SHALLOW: (
        Severity.ERROR,
        "这是浅克隆，看不到信息何时合并，没有署名的采用都算作待处理",
        "请运行 git fetch --unshallow（CI 里写 fetch-depth: 0）",
    ),
    Reach.NO_BRANCH: (
        Severity.WARNING,
        "这里没有 {branch} 分支，没有署名的采用都算作待处理",
        "请运行 git fetch origin {branch}:{branch}，或改正 office.yml 的 branch",
    ),
    Reach.UNBORN: (Severity.WARNING, "仓库还没有提交，信息都算作待处理", "请先提交"),
    Reach.NO_REPOSITORY: (
        Severity.WARNING,
        "这个文件夹不在 Git 仓库里，没有署名的采用都算作待处理",
        "请用 git clone 得到仓库",
    ),
}


def check_registry(subject: RegistrySubject) -> Iterator[Finding]:
    """Every finding on the registry as a whole."""
    for rule in REGISTRY_CHECKS:
        for hit in rule.run(subject):
            document = subject.documents.get(hit.path)
            mark = document.mark(hit.at) if document else Mark(1, 1)
            yield Finding(
                rule.code, hit.severity or rule.severity, hit.path, *mark, message=hit.message, help=hit.help
            )


def registry_terms(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """层级、形式、刊物、类型、单位在各文件里写得一致。"""
    office = subject.registry.office
    for number, publication in enumerate(office.publications):
        yield from known(OFFICE, ("publications", number, "level"), publication.level, "层级", office.levels)
    yield from known(OFFICE, ("default", "form"), office.default.form, "采用形式", office.forms)
    default = office.publication(office.default.publication)
    if default is None or default.level != office.level:
        own = "、".join(p.name for p in office.publications if p.level == office.level)
        yield RegistryHit(
            OFFICE, ("default", "publication"), f"默认刊物要是{office.level}级的", f"可以写：{own}"
        )
    yield from known(OFFICE, ("unit",), office.unit, "单位", subject.registry.unit_by_id)
    for number, unit in enumerate(subject.registry.units):
        if unit.successor:
            yield from known(
                UNITS, (number, "successor"), unit.successor, "单位", subject.registry.unit_by_id
            )


def open_edition(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """公开版不显示名次、原因、批示和质量分。"""
    document = subject.documents.get(OFFICE)
    shown = document.get("editions", "open") if document else None
    for number, what in enumerate(shown if isinstance(shown, list) else ()):
        if what != "points":
            yield RegistryHit(
                OFFICE, ("editions", "open", number), f"公开版不能显示 {what}", "请删去；公开版最多写 points"
            )


def forge_address(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """代码平台的种类与网址相符，公网上的用 https。"""
    forge = subject.registry.office.forge
    if forge is None:
        return
    wanted = _HOSTS.get(forge.host)
    if wanted and wanted is not forge.kind:
        fact = f"仓库在 {forge.host} 上，平台却写了 {forge.kind.value}"
        yield RegistryHit(OFFICE, ("forge", "kind"), fact, f"请写 {wanted.value}")
    if not forge.is_encrypted and not forge.is_inside:
        yield RegistryHit(
            OFFICE,
            ("forge", "url"),
            f"网址用的是 http，填写的内容在去 {forge.host} 的路上没有加密",
            "请改成 https；只在隔离的内网里用的，可以不改",
            Severity.ADVICE,
        )


def calls_known(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """报送要点编号不重复，层级和约稿单位都登记在册。"""
    seen: dict[object, str] = {}
    for path, document in subject.documents.items():
        if not path.startswith("registry/calls/"):
            continue
        calls = document.values if isinstance(document.values, list) else []
        for number in range(len(calls)):
            id_ = document.get(number, "id")
            if id_ in seen:
                yield RegistryHit(path, (number, "id"), f"编号 {id_} 在 {seen[id_]} 里已有", "请换一个编号")
            seen[id_] = path
            yield from known(
                path, (number, "level"), document.get(number, "level"), "层级", subject.registry.office.levels
            )
            for place, unit in enumerate(document.get(number, "to") or ()):
                yield from known(path, (number, "to", place), unit, "单位", subject.registry.unit_by_id)


def names_unique(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """单位编号、编辑账号各不相同；一个账号、一个邮箱只属于一个人。"""
    yield from _repeated(UNITS, "id", [unit.id for unit in subject.registry.units], "单位编号")
    accounts = [(e.account, e.since) for e in subject.registry.editors]
    yield from _repeated(EDITORS, "account", [a.casefold() for a, _ in accounts], "账号")
    office = subject.registry.office
    for key, words in (
        ("levels", office.levels),
        ("forms", office.forms),
        ("kinds", tuple(kind.name for kind in office.kinds)),
        ("publications", tuple(publication.name for publication in office.publications)),
        ("reasons", tuple(reason.code for reason in office.reasons)),
    ):
        for number, word in enumerate(words):
            if word in words[:number]:
                yield RegistryHit(OFFICE, (key, number), f"“{word}”写了两次", "请删去一个")
    ids = [publication.id for publication in office.publications]
    for number, id_ in enumerate(ids):
        if id_ is not None and id_ in ids[:number]:
            yield RegistryHit(OFFICE, ("publications", number, "id"), f"刊物编号 {id_} 写了两次", "请改一个")
    yield from _shared(subject.registry)


def history_readable(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """Git 历史完整，看得到每条信息何时由谁合并。"""
    found = _REACH.get(subject.history.reach)
    if found:
        severity, message, mend = found
        branch = subject.history.branch
        yield RegistryHit(
            OFFICE, ("branch",), message.format(branch=branch), mend.format(branch=branch), severity
        )


def words_apart(subject: RegistrySubject) -> Iterator[RegistryHit]:
    """office.yml 里的一串词用半角逗号分开；全角的逗号、顿号会把几个词连成一个。"""
    office = subject.documents.get(OFFICE)
    for at, word in _words(office.values if office else None, ()):
        parts = [part for part in _JOINERS.split(word) if part.strip()][:4]
        if len(parts) > 1:
            mend = f"如果是几个词，请写成 [{', '.join(parts)}]"
            yield RegistryHit(OFFICE, at, f"“{word[:30]}”是一个词，里面有全角的分隔号", mend)


def _words(value: Value, at: Loc) -> Iterator[tuple[Loc, str]]:
    """Every short text that stands in a list, with its place. A sentence is no word."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _words(inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            if isinstance(inner, str):
                if not inner.endswith(_SENTENCE_ENDS):
                    yield (*at, number), inner
            else:
                yield from _words(inner, (*at, number))


def _repeated(path: str, key: str, words: list[str], what: str) -> Iterator[RegistryHit]:
    for number, word in enumerate(words):
        if word in words[:number]:
            yield RegistryHit(path, (number, key), f"{what} {word} 写了两次", "请删去或改名")


def _shared(registry: Registry) -> Iterator[RegistryHit]:
    """Accounts and addresses by which two people are known: whoever has one would be taken for either.

    The officers of one unit may follow one another in its account.
    """
    owners: dict[tuple[str, str], tuple[Person, Loc]] = {}
    for path, at, person in _people(registry):
        named = [("account", "账号", person.account)] if person.account else []
        for key, what, word in (*named, *(("emails", "邮箱", email) for email in person.emails)):
            owner, place = owners.setdefault((key, word.casefold()), (person, at))
            of_one_unit = key == "account" and at[:-1] == place[:-1] != ()
            if owner.name != person.name and not of_one_unit:
                yield RegistryHit(
                    path, (*at, key), f"{what} {word} 已是{owner.name}的", f"一个{what}只属于一个人"
                )


def _people(registry: Registry) -> Iterator[tuple[str, Loc, Person]]:
    """Everybody on the roster with their place, editors and supervisors first; a supervisor's place is that of the unit's list."""
    for number, editor in enumerate(registry.editors):
        yield EDITORS, (number,), editor
    for number, unit in enumerate(registry.units):
        for supervisor in unit.supervisor.values():
            yield UNITS, (number, "supervisor"), supervisor
    for number, unit in enumerate(registry.units):
        for place, officer in enumerate(unit.officers):
            yield UNITS, (number, "officers", place), officer


REGISTRY_CHECKS: tuple[RegistryCheck, ...] = (
    RegistryCheck("registry-terms", Severity.ERROR, registry_terms),
    RegistryCheck("open-edition", Severity.ERROR, open_edition),
    RegistryCheck("forge-address", Severity.ERROR, forge_address),
    RegistryCheck("calls-known", Severity.ERROR, calls_known),
    RegistryCheck("names-unique", Severity.ERROR, names_unique),
    RegistryCheck("words-apart", Severity.WARNING, words_apart),
    RegistryCheck("history-readable", Severity.WARNING, history_readable),
    *policy.CHECKS,
    *adjustments.CHECKS,
    *bulletins.CHECKS,
)
