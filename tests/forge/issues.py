"""Issues as the forges make them of the form, for the tests of the intake."""

from __future__ import annotations

from io import BytesIO

from docx import Document

TITLE = "大坝镇建成三处山塘解决八户用水"
BODY = (
    "过去大坝镇没有水井，群众吃水难，第一户在三十一米外接水，第二户要走两里路。镇里今年采取以工代赈的办法，"
    "由村里改造旧渠，十月底建成三处山塘，累计解决八户用水，每户每月少花四十元水费，另派两人管护，月底前再核一遍。"
)
NONE = "_No response_"


def form(kind: str = "经验", body: str = BODY, *, call: str = NONE, cleared: str = NONE) -> str:
    """The text of an issue."""
    answers = {"类型": kind, "报送要点": call, "公开审核人": cleared, "正文": body}
    return "\n\n".join(f"### {label}\n\n{answer}" for label, answer in answers.items()) + "\n"


def word(*paragraphs: str, picture: bytes = b"") -> bytes:
    """A Word document."""
    made = Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    if picture:
        made.add_picture(BytesIO(picture))
    file = BytesIO()
    made.save(file)
    return file.getvalue()
