"""Charts as SVG written by hand: no script, colours from the page, a title and description for screen readers.

Every chart stands beside a table of the same numbers; the table is the truth, the picture only shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

Number = int | Decimal

_WIDTH, _LABEL, _ROW, _BAR, _VALUE = 640, 182, 34, 18, 56
_HEIGHT, _BASE, _TOP = 240, 200, 26


def bars(
    title: str,
    rows: Sequence[tuple[str, Number]],
    *,
    name: str,
    second: Sequence[Number] = (),
    legend: tuple[str, str] = ("", ""),
) -> str:
    """Horizontal bars, one a row; with `second`, a thinner bar below each. `name` makes the ids of title and text unique."""
    biggest = max(
        [Decimal(value) for _, value in rows] + [Decimal(value) for value in second], default=Decimal(0)
    )
    high = _ROW * len(rows) + (28 if second else 8)
    parts = [_start(title, _WIDTH, high, name, _said(rows, second, legend))]
    for number, (label, value) in enumerate(rows):
        top = _ROW * number + 6
        parts.append(
            f'<text class="zb-c-label" x="{_LABEL - 10}" y="{top + 14}" text-anchor="end">{escape(label[:9])}</text>'
        )
        parts.append(_bar(top, value, biggest, "zb-c-one", thin=bool(second)))
        if second:
            parts.append(_bar(top + 11, second[number], biggest, "zb-c-two", thin=True))
    if second:
        parts.append(_legend(high - 8, legend))
    return "".join(parts) + "</svg>"


def columns(title: str, rows: Sequence[tuple[str, Number]], *, name: str) -> str:
    """Upright columns, one a quarter or month, with their values on top."""
    biggest = max([Decimal(value) for _, value in rows], default=Decimal(0)) or Decimal(1)
    step = _WIDTH / max(1, len(rows))
    parts = [_start(title, _WIDTH, _HEIGHT, name, _said(rows, (), ("", "")))]
    parts.append(f'<line class="zb-c-axis" x1="0" x2="{_WIDTH}" y1="{_BASE}" y2="{_BASE}"/>')
    for number, (label, value) in enumerate(rows):
        tall = float(Decimal(value) / biggest) * (_BASE - _TOP)
        middle = step * number + step / 2
        wide = min(64.0, step * 0.55)
        parts.append(
            f'<rect class="zb-c-one" x="{middle - wide / 2:.1f}" y="{_BASE - tall:.1f}" width="{wide:.1f}" height="{max(0.0, tall):.1f}" rx="2"/>'
        )
        parts.append(
            f'<text class="zb-c-value" x="{middle:.1f}" y="{_BASE - tall - 7:.1f}" text-anchor="middle">{_number(value)}</text>'
        )
        parts.append(
            f'<text class="zb-c-label" x="{middle:.1f}" y="{_BASE + 22}" text-anchor="middle">{escape(label)}</text>'
        )
    return "".join(parts) + "</svg>"


def _start(title: str, wide: int, high: int, name: str, said: str) -> str:
    return (
        f'<svg class="zb-chart" viewBox="0 0 {wide} {high}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(said)}</desc>'
    )


def _said(rows: Sequence[tuple[str, Number]], second: Sequence[Number], legend: tuple[str, str]) -> str:
    if not rows:
        return "没有数据。"
    if second:
        pairs = zip(rows, second, strict=True)
        return (
            "；".join(
                f"{label}：{legend[0]} {_number(one)}，{legend[1]} {_number(two)}"
                for (label, one), two in pairs
            )
            + "。"
        )
    return "；".join(f"{label} {_number(value)}" for label, value in rows) + "。"


def _bar(top: int, value: Number, biggest: Decimal, kind: str, *, thin: bool) -> str:
    room = _WIDTH - _LABEL - _VALUE
    wide = float(Decimal(value) / biggest) * room if biggest else 0.0
    high = 9 if thin else _BAR
    text = f'<text class="zb-c-value{" zb-c-small" if thin else ""}" x="{_LABEL + wide + 7:.1f}" y="{top + (8 if thin else 14)}">{_number(value)}</text>'
    return f'<rect class="{kind}" x="{_LABEL}" y="{top}" width="{max(0.0, wide):.1f}" height="{high}" rx="2"/>{text}'


def _legend(y: int, legend: tuple[str, str]) -> str:
    one = f'<rect class="zb-c-one" x="{_LABEL}" y="{y - 9}" width="14" height="9" rx="2"/><text class="zb-c-label" x="{_LABEL + 20}" y="{y}">{escape(legend[0])}</text>'
    two = f'<rect class="zb-c-two" x="{_LABEL + 90}" y="{y - 9}" width="14" height="9" rx="2"/><text class="zb-c-label" x="{_LABEL + 110}" y="{y}">{escape(legend[1])}</text>'
    return one + two


def _number(value: Number) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
