"""Tables as text: what stands in a cell is text, whatever it looks like."""

from __future__ import annotations

from rich.table import Table

from zhibao.publish.plain_table import printed


def test_marks_in_a_cell_are_text() -> None:
    grid = Table("标题", title="[red]一季度[/x]", box=None, pad_edge=False)
    for words in ("[/b]收粮", "[bold]收粮[/bold]", ":smile: 收粮", r"\\[b]"):
        grid.add_row(words)
    assert [line.strip() for line in printed(grid, 40)] == [
        "[red]一季度[/x]",
        "标题",
        "[/b]收粮",
        "[bold]收粮[/bold]",
        ":smile: 收粮",
        r"\\[b]",
    ]
