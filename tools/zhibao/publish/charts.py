"""Charts as SVG written by hand: no script, colours from the page, a title and description for screen readers.

Every chart stands beside a table of the same numbers; the table is the truth, the picture only shows it. One form for all: a bar is what was
done, a mark across it what it is measured by, and only what wants attention is red.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

Number = int | Decimal

_WIDTH, _LABEL, _VALUE = 480, 172, 62
_ROW, _BAR = 26, 12
_HIGH, _TOP, _FOOT = 170, 24, 26
_LONGEST = 11
"""Characters of a label beside a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `mark` is what the value is measured by. `hot` is the part of the value that wants attention, or that all of it does."""

    label: str
    value: Number
    mark: Number | None = None
    hot: Number | bool | None = None

    @property
    def heat(self) -> Number:
        """How much of the value is red."""
        return (
            self.value if self.hot is True else int(self.hot) if isinstance(self.hot, bool) else self.hot or 0
        )


@dataclass(frozen=True, slots=True)
class Legend:
    """What value, mark and the red are called; empty where a chart has none."""

    value: str
    mark: str = ""
    hot: str = ""


def bars(title: str, rows: Sequence[Bar], legend: Legend, *, name: str) -> str:
    """Horizontal bars, one a row. `name` makes the ids of title and text unique on the page."""
    most = max(
        [Decimal(row.value) for row in rows] + [Decimal(row.mark or 0) for row in rows], default=Decimal(0)
    )
    legended = _legend(legend, 13)
    top = _FOOT if legended else 0
    room = _WIDTH - _LABEL - _VALUE
    parts = [_start(title, top + _ROW * len(rows) + 4, name, _said(rows, legend)), legended]
    for place, row in enumerate(rows):
        y = top + _ROW * place + 7
        wide, mark = _long(row.value, most, room), _long(row.mark or 0, most, room)
        parts.append(_words("zb-c-label", _LABEL - 8, y + _BAR - 2, _cut(row.label), "end"))
        parts.append(_rect("zb-c-bar", _LABEL, y, wide, _BAR))
        if row.heat:
            parts.append(_rect("zb-c-hot", _LABEL, y, _long(row.heat, most, room), _BAR))
        if row.mark is not None:
            parts.append(_line("zb-c-mark", _LABEL + mark, y - 4, _LABEL + mark, y + _BAR + 4))
        value = f"{_number(row.value)}/{_number(row.mark)}" if row.mark is not None else _number(row.value)
        parts.append(_words("zb-c-value", _LABEL + max(wide, mark) + 6, y + _BAR - 2, value, "start"))
    return "".join(parts) + "</svg>"


def columns(title: str, rows: Sequence[Bar], legend: Legend, *, name: str) -> str:
    """Upright columns, one a quarter or a number of days; what is less than nothing hangs below the line."""
    values = [Decimal(row.value) for row in rows] + [Decimal(row.mark or 0) for row in rows]
    most, least = max([*values, Decimal(0)]), min([*values, Decimal(0)])
    legended = _legend(legend, 13)
    top = _TOP + (_FOOT if legended else 0)
    room = _HIGH - _TOP - _FOOT - (_TOP if least else 0)
    zero = top + _long(most, most - least, room)
    step = _WIDTH / max(1, len(rows))
    wide = min(40.0, step * 0.6)
    parts = [_start(title, top + room + _FOOT + (_TOP if least else 0), name, _said(rows, legend)), legended]
    for place, row in enumerate(rows):
        middle = step * (place + 0.5)
        tall = _long(abs(Decimal(row.value)), most - least, room)
        above = row.value >= 0
        parts.append(_rect("zb-c-bar", middle - wide / 2, zero - tall if above else zero, wide, tall))
        if row.heat:
            hot = _long(row.heat, most - least, room)
            parts.append(_rect("zb-c-hot", middle - wide / 2, zero - hot, wide, hot))
        high = tall if above else 0.0
        if row.mark is not None:
            mark = _long(row.mark, most - least, room)
            high = max(high, mark)
            parts.append(
                _line("zb-c-mark", middle - wide / 2 - 5, zero - mark, middle + wide / 2 + 5, zero - mark)
            )
        value = f"{_number(row.value)}/{_number(row.mark)}" if row.mark is not None else _number(row.value)
        parts.append(
            _words("zb-c-value", middle, zero - high - 7 if above else zero + tall + 16, value, "middle")
        )
        parts.append(
            _words("zb-c-label", middle, top + room + (_TOP if least else 0) + 19, row.label, "middle")
        )
    parts.append(_line("zb-c-axis", 0, zero, _WIDTH, zero))
    return "".join(parts) + "</svg>"


def _start(title: str, high: float, name: str, said: str) -> str:
    return (
        f'<svg class="zb-chart" viewBox="0 0 {_WIDTH} {high:.0f}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(said)}</desc>'
    )


def _said(rows: Sequence[Bar], legend: Legend) -> str:
    """Every number of the chart, for those who hear it."""
    if not rows:
        return "没有数据。"
    return "；".join(f"{row.label}：{'，'.join(_numbers(row, legend))}" for row in rows) + "。"


def _numbers(row: Bar, legend: Legend) -> Iterator[str]:
    yield f"{legend.value} {_number(row.value)}"
    if row.mark is not None:
        yield f"{legend.mark} {_number(row.mark)}"
    if row.hot is True:
        yield legend.hot
    elif row.heat:
        yield f"{legend.hot} {_number(row.heat)}"


def _legend(legend: Legend, y: int) -> str:
    """What the signs mean; nothing where there is one sign only."""
    if not (legend.mark or legend.hot):
        return ""
    signs = [("zb-c-bar", legend.value)] + ([("zb-c-hot", legend.hot)] if legend.hot else [])
    parts, x = [], 0.0
    for kind, words in signs:
        parts += [_rect(kind, x, y - 9, 12, 10), _words("zb-c-label", x + 18, y, words, "start")]
        x += 36 + 15 * len(words)
    if legend.mark:
        parts += [
            _line("zb-c-mark", x + 5, y - 11, x + 5, y + 3),
            _words("zb-c-label", x + 14, y, legend.mark, "start"),
        ]
    return "".join(parts)


def _long(value: Number, whole: Decimal, room: float) -> float:
    return float(Decimal(value) / whole) * room if whole and value > 0 else 0.0


def _rect(kind: str, x: float, y: float, wide: float, high: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="1.5"/>'


def _line(kind: str, x: float, y: float, other_x: float, other_y: float) -> str:
    return f'<line class="{kind}" x1="{x:.1f}" y1="{y:.1f}" x2="{other_x:.1f}" y2="{other_y:.1f}"/>'


def _words(kind: str, x: float, y: float, words: str, anchor: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def _number(value: Number) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
