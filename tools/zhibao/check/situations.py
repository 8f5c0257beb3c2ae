"""What is wrong and what is right, in a sentence: for the checks that no lines of an item can show.

Those of the registry and of proposals, and those of a file's bytes, whose examples (`examples`) look like nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Situation(NamedTuple):
    """A rule broken and kept."""

    bad: str
    good: str


SITUATIONS: Mapping[str, Situation] = {
    "not-a-file": Situation("信息是一个文件夹，或者是指向别处的符号链接。", "信息是普通的文本文件。"),
    "empty-file": Situation("文件里什么也没有。", "先写抬头，再写正文。"),
    "too-large": Situation("把图片贴进正文，文件有 3 MB。", "图片放进 assets/，文件里只有文字。"),
    "encoding": Situation("记事本存成了 ANSI（GBK）编码。", "另存为时编码选 UTF-8。"),
    "control-character": Situation("文件里夹着看不见的空字节（NUL）。", "另存为纯文本。"),
    "bom": Situation("记事本存成了“带 BOM 的 UTF-8”。", "另存为时编码选 UTF-8，不要选带 BOM 的。"),
    "line-ends": Situation("换行是 Windows 的 CRLF。", "换行用 LF；编辑器的右下角可以改。"),
    "front-matter": Situation(
        "第一行就是 title: …，上面没有 ---；或者抬头下面没有第二行 ---。",
        "第一行写 ---，抬头的下面再写一行 ---。",
    ),
    "registry-terms": Situation(
        "office.yml 的 default 写 form: 整篇，forms 里却没有“整篇”。",
        "default 写 form: 单条，forms 里有“单条”。",
    ),
    "forge-address": Situation(
        "forge 的 url 在 github.com 上，kind 却写 gitea；或者公网上的平台写了 http://。",
        "kind 写 github，url 写 https:// 开头的仓库网址。",
    ),
    "open-edition": Situation("editions 的 open 里写了 ranks。", "open: []，或者只写 points。"),
    "rules-terms": Situation(
        "计分办法给“市”定了分，office.yml 的 levels 里却是“州”。", "计分办法和 office.yml 都写“州”。"
    ),
    "rules-multiples": Situation(
        "州级按省级的 0.5 倍计，省级又按州级的 2 倍计。", "省级按州级的 2 倍计，州级写上分值。"
    ),
    "rules-dates": Situation(
        "上半年的办法 until 写 5 月 31 日，下半年的 7 月 1 日才起用。", "until 写 6 月 30 日，或者不写。"
    ),
    "rules-sense": Situation(
        "没有规定调研任务，却写没有完成调研任务扣 3 分。", "在 quota 里写上每季度调研一条，再写扣分。"
    ),
    "closed-rules": Situation(
        "三季度已经通报，又把今年的办法改成单条 4 分。", "另写一份办法，from 写 10 月 1 日，原来的不动。"
    ),
    "adjustments-known": Situation(
        "调整的批准人写了一位编辑，他不是主编，也不是签发人。", "由主编或签发人批准，写他的账号。"
    ),
    "adjustments-signed": Situation(
        "写了 points: -2，没有写 approver：这 2 分不扣。", "主编批准以后写上 approver: zhangwen。"
    ),
    "adjustments-in-time": Situation(
        "三季度封存以后，才给三季度的异议写上分值；或者异议一直没有答复，季度就封存了。",
        "封存以前答复完，分值的 date 写三季度的最后一天；封存以后的，date 写在四季度。",
    ),
    "bulletin-names": Situation(
        "文件名是 2026-045.yml，里面写的是 number: 46。", "文件名和里面都是第 45 期；增刊是 2026-s003.yml。"
    ),
    "bulletin-numbers": Situation("第 45 期之后就是第 47 期。", "第 45 期之后是第 46 期。"),
    "bulletin-signatures": Situation(
        "签发人写了一位编辑，他不是主编，也不是签发人；或者只写了签发人，没有签发日期。",
        "signer 写当天在任的主编或签发人，signed 写签发日期。",
    ),
    "bulletin-items": Situation(
        "同一条信息登在第 44 期，又登在第 45 期。", "一条只登一次，登的都是这个刊物采用了的。"
    ),
    "calls-known": Situation(
        "两个报送要点的编号都是 water。", "一个是 water，一个是 water-2027，约稿的单位都在 units.yml 里。"
    ),
    "names-unique": Situation("王敏和李强登记了同一个邮箱。", "各用各的邮箱，合并和提交才认得出是谁。"),
    "words-apart": Situation(
        "office.yml 里写 levels: [县，州，省]：只有一个层级，叫作“县，州，省”。",
        "写 levels: [县, 州, 省]：半角的逗号。",
    ),
    "history-readable": Situation(
        "在浅克隆里检查：看不到信息是谁在哪一天合并的。",
        "先运行 git fetch --unshallow，或在 CI 里写 fetch-depth: 0。",
    ),
    "too-many-files": Situation("一份提议改了 230 个文件。", "分成两份，每份不到 200 个。"),
    "proposer-known": Situation(
        "提议的账号不在 units.yml，也不在 editors.yml 里。",
        "先请办公室登记账号；没有登记的，由编辑核实后合并。",
    ),
    "item-permission": Situation(
        "大坝镇的信息员改了南渡镇的信息，或者自己写上了 review。",
        "只写本单位还没有决定的信息；review 由编辑写，公开审核由分管领导写。",
    ),
    "path-permission": Situation(
        "信息员在报信息的提议里改了 registry/editors.yml。", "提议里只有信息和附图；名册和程序由维护人员改。"
    ),
    "known-place": Situation(
        "把草稿 草稿.docx 放在仓库的最上层。", "信息放在 submissions/年/月/ 里，图片放在那里的 assets/ 里。"
    ),
    "plain-file": Situation(
        "信息是一个指向 /etc/passwd 的符号链接，或者附件有 300 MB。",
        "信息是普通的文本文件，图片缩小到 10 MB 以内。",
    ),
    "name-case": Situation(
        "已有 assets/Map.jpg，又加了 assets/map.jpg。", "换一个名字，如 assets/map-2.jpg。"
    ),
    "id-kept": Situation(
        "把合并过的 20261012-0931-daba.md 改名为 20261013-0931-daba.md。",
        "编号不变；要重报，另写一条，写上 resubmits。",
    ),
    "signed-by": Situation(
        "李思提交的处理决定，署名写的是张文。", "谁决定谁署名，由本人的账号提交；档案（imported）照原样写。"
    ),
    "arrival-time": Situation(
        "上午九点的报送时间，提议晚上才到。", "报送时间写提议的时间；电话、纸质报来的，由编辑写上 received。"
    ),
}
