"""Bars that lie, one under the other: amounts of named things, with the value as it was stated at the end of each."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tradegraph.drawings.scales import Linear, round_ticks, shortened, text_width
from tradegraph.drawings.svg import Drawing, element, link

_SIZE: Final = 14.0
_BAR: Final = 18.0
_ROW: Final = 30.0
_NARROW: Final = 520.0


@dataclass(frozen=True)
class Bar:
    """A named amount: `text` is what stands at its end; a value of None is drawn as words and never as zero.

    `uncertain` says that it is expected, planned or estimated; `low` and `high` are the ends of a stated range.
    """

    name: str
    value: float | None
    text: str
    href: str = ""
    uncertain: bool = False
    low: float | None = None
    high: float | None = None
    strong: bool = False


def bars(items: tuple[Bar, ...], *, title: str, description: str = "", width: float = 760.0) -> Drawing:
    """Return the bars in the order given. Names stand before the bars, or above them in a narrow drawing."""
    above = width < _NARROW
    longest = max((text_width(one.name, _SIZE) for one in items), default=0.0)
    names = 0.0 if above else min(longest + 14, width * 0.42)
    ends = max((text_width(one.text, _SIZE) for one in items if one.value is not None), default=0.0) + 12
    numbers = [number for one in items for number in (one.value, one.low, one.high) if number is not None]
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    if low < 0:
        ticks = round_ticks(low, high, 4)
        low, high = ticks[0], ticks[-1]
    # Words of a negative bar stand left of it.
    before = max((text_width(one.text, _SIZE) for one in items if one.value is not None and one.value < 0), default=0.0)
    scale = Linear(low, high or 1.0, names + (before + 12 if low < 0 else 0.0), max(width - ends, names + 60))
    zero = scale(0.0)
    row = _ROW + 18 if above else _ROW
    marks: list[Markup] = []
    for index, one in enumerate(items):
        top = index * row + (20 if above else 4)
        marks.append(_bar(one, scale, top, names, width, above=above))
    height = len(items) * row + 4
    line = element("line", x1=zero, x2=zero, y1=0.0, y2=float(height), class_="zero-line")
    return Drawing(width, float(height), title, description, Markup("").join([*marks, line]))


def _length(length: float) -> float:
    """Return the length of a bar: none for zero, and else so much that it is seen."""
    return max(length, 1.5) if length else 0.0


def _bar(one: Bar, scale: Linear, top: float, names: float, width: float, *, above: bool) -> Markup:
    zero = scale(0.0)
    base = top + _BAR - 4.5
    name = shortened(one.name, width if above else names - 14, _SIZE)
    name_class = "bar-name strong" if one.strong else "bar-name"
    if above:
        parts = [element("text", name, x=0.0, y=top - 5, class_=name_class)]
    else:
        parts = [element("text", name, x=names - 12, y=base, text_anchor="end", class_=name_class)]
    if one.value is None:
        parts.append(element("text", one.text, x=zero + 7, y=base, class_="bar-text missing-text"))
    else:
        end = scale(one.value)
        kind = "bar uncertain" if one.uncertain else "bar strong" if one.strong else "bar"
        parts.append(
            element("rect", x=min(zero, end), y=top, width=_length(abs(end - zero)), height=_BAR, rx=2.0, class_=kind)
        )
        if one.low is not None and one.high is not None:
            a, b, middle = scale(one.low), scale(one.high), top + _BAR / 2
            whisker = f"M{a:.1f} {middle - 5:.1f}v10M{a:.1f} {middle:.1f}H{b:.1f}M{b:.1f} {middle - 5:.1f}v10"
            parts.append(element("path", d=whisker, class_="whisker"))
            end = max(end, b)
        if one.value < 0:
            parts.append(element("text", one.text, x=end - 6, y=base, text_anchor="end", class_="bar-text"))
        else:
            parts.append(element("text", one.text, x=end + 6, y=base, class_="bar-text"))
    return link(one.href, f"{one.name}: {one.text}", *parts, class_="row")
