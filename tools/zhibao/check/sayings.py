"""What the checks of writing, dates and secrecy say, with gaps in braces: the page 报送 fills the same words as the checks do."""

from __future__ import annotations

from typing import NamedTuple

from zhibao.check.subject import Hit
from zhibao.model.document import Loc


class Saying(NamedTuple):
    """The fact with its limit, and the mend; each with gaps such as `{count}`."""

    fact: str
    mend: str

    def hit(self, at: Loc | int | None, **gaps: object) -> Hit:
        """A hit in these words. Raises KeyError where a gap is not filled."""
        return Hit(at, self.fact.format(**gaps), self.mend.format(**gaps))


TITLE_LONG = Saying("标题 {count} 字，上限 {high} 字", "请删去“关于……的”等套语，只留单位和事")
TITLE_SHORT = Saying("标题 {count} 字，下限 {low} 字", "请写出单位和事，如“大坝镇‘一网三联’破解山区饮水难”")
TITLE_FORMULA = Saying("标题里有套语“{found}”", "请写具体的做法、数字或问题")
TITLE_STOP = Saying("标题末尾有“{found}”", "请删去")
TITLE_TWO = Saying("标题写了两件事", "一事一报，请分成两条")
BODY_EMPTY = Saying("没有正文", "请在第二行 --- 的下面写正文")
BODY_LONG = Saying("正文 {count} 字，“{kind}”上限 {high} 字", "请删去 {over} 字：背景、意义和过程可以不写")
BODY_SHORT = Saying("正文 {count} 字，“{kind}”下限 {low} 字", "请补 {lack} 字：{elements}")
ELEMENTS_MISSING = Saying("没有看到“{kind}”的{missing}", "“{kind}”要写清：{elements}")
OTHER_MATTER = Saying("从“{found}”起像是另一件事", "一事一报，请另写一条")
OPENING = Saying("开头有套语“{found}”", "请删去，直接写事情")
FLOURISH = Saying("结尾有套话“{found}”", "请删去，写到结果为止")
LEFT_OVER = Saying("有残留的“{found}”{more}", "请改成实际的内容，或删去")
MORE = "，全文共 {count} 处"
VAGUE = Saying("“{found}”没有数字", "请写从多少到多少，与什么时候比")
UNPAIRED = Saying("这一段的“{pair}”不成对", "请补上另一半，或删去多出来的“{mark}”")

SECRET_MARK = Saying("有密级标志", "涉密内容不得进入本仓库；请立即停止报送，按保密规定处理")
INTERNAL_WORDS = Saying("有“{found}”字样", "内部材料不得照抄；请删去，或改由其他渠道报送")
RESIDENT_NUMBER = Saying("有身份证号码 {masked}", "请删去号码")
MOBILE_NUMBER = Saying("有手机号码 {masked}", "请删去号码，需要时由编辑另行联系")
BANK_CARD = Saying("有银行卡号 {masked}", "请删去卡号")
HOME_ADDRESS = Saying("像是个人的家庭住址", "请只写到村或社区，姓名写作“王某”")
PROTECTED_PERSON = Saying("像是写了{who}的姓名", "请写作“王某”，或不写姓名")
UNPUBLISHED = Saying("提到“{found}”", "请核对能否对外说；未公开的文稿不引用")
PAPER_NUMBER = Saying("引用了文件字号", "请核对文件是否公开；没有公开的，删去字号和原文")

NOT_YET = Saying("{label} {day} 还没有到（今天是 {today}）", "请核对日期")
HAPPENED = "发生日期"
NOT_FRESH = Saying(
    "事情发生在 {happened}，{days} 个工作日后才报送，“{kind}”的时限是 {limit} 个工作日",
    "请尽快报送；旧事有新进展的，从新进展写起",
)
OFFICER_UNKNOWN = Saying(
    "{officer} 当天不是{unit}在册的信息员（在册：{known}），待备案",
    "不影响报送；请告诉办公室备案，或改成在册的信息员",
)
