"""The office's settings: levels, kinds, forms, publications, reasons, editions. What differs between counties is here."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from zhibao.model.edition import Edition, Shown
from zhibao.model.fields import GitAddress, Lax, Many, Strict, Text, UnitId, Word
from zhibao.model.forges import ForgeAddress

_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}", re.ASCII)
_PUBLICATION_ID = re.compile(r"[a-z][a-z0-9]{0,31}")
ISSUE = r"[ \u3000]*(?:(?:〔?\d{4}〕?年?)?[ \u3000]*(增刊)?第[ \u3000]*(\d{1,6})[ \u3000]*期)"
"""The pattern of what may follow a publication's name, with 增刊 and the number as its groups: ` 第45期`, ` 2026年增刊第3期`."""
_ISSUE = re.compile(ISSUE)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PydanticCustomError("zone_form", "没有这个时区，如 Asia/Shanghai") from None
    return name


def _branch(name: str) -> str:
    if not _BRANCH.fullmatch(name) or ".." in name or name.endswith((".lock", "/", ".")):
        raise PydanticCustomError("branch_form", "分支名的写法不对，如 main")
    return name


def _range(pair: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= pair[0] <= pair[1]:
        raise PydanticCustomError("range_order", "字数范围要由小到大，如 [250, 600]")
    return pair


Length = Annotated[tuple[int, int], Field(strict=False), AfterValidator(_range)]
"""A range of characters, both ends included; white space does not count."""


def _publication_id(value: str) -> str:
    if not _PUBLICATION_ID.fullmatch(value):
        raise PydanticCustomError("publication_id_form", "只用小写字母和数字，以字母开头，如 kuaixun")
    return value


class Publication(Strict):
    """A bulletin or journal (刊物) of one level. `upward`: what appears in it goes to the level above.

    `id` begins the names of its issues' files; the default publication needs none.
    """

    name: Word = Field(title="刊名")
    level: Word = Field(title="层级")
    upward: bool = Field(False, title="上报")
    id: Annotated[str, AfterValidator(_publication_id)] | None = Field(None, title="编号")


class Appears(StrEnum):
    """When an adopted item appears in the site's editions: once it is merged, or only in a signed issue."""

    MERGED = "merged"
    SIGNED = "signed"


class Default(Strict):
    """How an item is adopted where nobody wrote otherwise."""

    form: Word = Field(title="采用形式")
    publication: Word = Field(title="刊物")


class Kind(Strict):
    """A kind of item (类型): how long it should be and what it must tell."""

    name: Word = Field(title="类型")
    label: Word = Field(title="全称")
    length: Length = Field(title="字数范围")
    elements: Many[Word] = Field((), title="要素")
    urgent: bool = Field(False, title="紧急")


class Finder(StrEnum):
    """A sign of an element that words cannot list: a time, a place, an organisation, a figure with its unit."""

    TIME = "time"
    PLACE = "place"
    BODY = "body"
    FIGURES = "figures"


class Element(Strict):
    """What shows that an element (要素) is there: any of the words, or what a finder finds."""

    find: Lax[Finder] | None = Field(None, title="识别方式")
    words: Many[Word] = Field((), title="词语")


class TitleRule(Strict):
    """How long a title may be, in characters."""

    length: Length = Field((8, 40), title="字数范围")


class TagRule(Strict):
    """How many tags an item may have."""

    most: int = Field(6, ge=0, le=50, title="最多")


class ReasonCode(Strict):
    """A reason (原因代码) that an editor may give, and what it says to the unit."""

    code: Word = Field(title="原因代码")
    words: Text = Field(title="说明")


class OpenSite(StrEnum):
    """Where the open edition is published."""

    NONE = "none"
    PAGES = "pages"


class Publish(Strict):
    """Which editions leave the repository, and where to. Nothing does where nothing is written."""

    open: Lax[OpenSite] = Field(OpenSite.NONE, title="公开版")
    network: GitAddress | None = Field(None, title="网络版推送到")


class NoticeHead(Strict):
    """What stands on every quarterly notice (通报) of the office: its letters in the document number, whom it is sent to, who has copies."""

    code: Word | None = Field(None, title="机关代字")
    to: Text = Field("各单位", title="主送")
    copies: Text | None = Field(None, title="抄送")


class Office(Strict):
    """`registry/office.yml`."""

    name: Word = Field(title="办公室名称")
    county: Word = Field(title="县名")
    bulletin: Word = Field(title="刊物名称")
    branch: Annotated[str, AfterValidator(_branch)] = Field("main", title="分支")
    timezone: Annotated[str, AfterValidator(_zone)] = Field("Asia/Shanghai", title="时区")
    unit: UnitId = Field(title="办公室的单位编号")
    contact: Text | None = Field(None, title="联系方式")
    allow_public: bool = Field(False, title="允许公开仓库发布")
    levels: Many[Word] = Field(min_length=1, title="层级")
    forms: Many[Word] = Field(min_length=1, title="采用形式")
    publications: Many[Publication] = Field(min_length=1, title="刊物")
    default: Default = Field(title="默认采用")
    appears: Lax[Appears] = Field(Appears.MERGED, title="何时刊登")
    kinds: Many[Kind] = Field(min_length=1, title="类型")
    elements: dict[Word, Element] = Field(default_factory=dict, title="要素")
    title: TitleRule = Field(default_factory=TitleRule, title="标题")
    tags: TagRule = Field(default_factory=TagRule, title="标签")
    tolerance: int = Field(480, ge=0, le=10_080, title="报送时间与到达时间相差的分钟数")
    answer: int = Field(5, ge=1, le=60, title="答复时限（工作日）")
    reasons: Many[ReasonCode] = Field((), title="原因代码")
    marks: dict[Word, Word] = Field(default_factory=dict, title="编辑评分项目")
    editions: dict[Lax[Edition], Many[Lax[Shown]]] = Field(default_factory=dict, title="版本")
    publish: Publish = Field(default_factory=Publish, title="发布")
    forge: ForgeAddress | None = Field(None, title="代码平台")
    notice: NoticeHead = Field(default_factory=NoticeHead, title="通报")

    @property
    def level(self) -> str:
        """The county's own level, the lowest."""
        return self.levels[0]

    @property
    def zone(self) -> ZoneInfo:
        """The county's time zone."""
        return ZoneInfo(self.timezone)

    def kind(self, name: str) -> Kind | None:
        """The kind of that name, None where there is none."""
        return next((kind for kind in self.kinds if kind.name == name), None)

    def publication(self, text: str) -> Publication | None:
        """The publication that an adoption names, with or without its issue (`州委信息 第45期`); None for another."""
        for publication in self.publications:
            rest = text.removeprefix(publication.name)
            if rest != text and (not rest or _ISSUE.fullmatch(rest)):
                return publication
        return None

    def is_publication(self, text: str, name: str) -> bool:
        """Whether an adoption's text names this publication, with or without an issue."""
        found = self.publication(text)
        return found is not None and found.name == name

    def number_in(self, text: str) -> tuple[bool, int] | None:
        """The number of an issue that an adoption's publication is written with, and whether it is a supplement's (增刊)."""
        found = self.publication(text)
        issue = _ISSUE.fullmatch(text.removeprefix(found.name)) if found else None
        return (issue[1] is not None, int(issue[2])) if issue else None

    def publication_of(self, issues: str) -> Publication | None:
        """The publication whose issues' files begin with an id; the default one where it is empty."""
        if not issues:
            return self.publication(self.default.publication)
        return next((one for one in self.publications if one.id == issues), None)

    def level_rank(self, level: str) -> int:
        """0 for the county, rising; one more than the highest for a level that is not registered."""
        return self.levels.index(level) if level in self.levels else len(self.levels)

    def is_urgent(self, kind: str) -> bool:
        """Whether items of this kind are urgent (紧急信息)."""
        found = self.kind(kind)
        return found is not None and found.urgent

    def shows(self, edition: Edition, what: Shown) -> bool:
        """Whether an edition shows points, ranks, reasons, instructions or quality."""
        return what in self.editions.get(edition, ())

    def publishes(self, edition: Edition) -> bool:
        """Whether an edition is to leave the repository. The internal one never does."""
        if edition is Edition.OPEN:
            return self.publish.open is not OpenSite.NONE
        return edition is Edition.NETWORK and self.publish.network is not None
