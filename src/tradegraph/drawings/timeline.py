"""Swim-lanes through time, in which a date is drawn as exact as it is known: a year is a bar over that year."""

import datetime
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from tradegraph.drawings.scales import Linear, Span, shortened, span_of, text_width
from tradegraph.drawings.svg import Drawing, element, link
from tradegraph.languages import Language

_ROW: Final = 24.0
_HEAD: Final = 30.0
_AXIS: Final = 26.0
_SIZE: Final = 13.0
_GAP: Final = 10.0
_SIDE: Final = 8.0
_YEAR: Final = 36.0
"""Width that a year on the axis takes, with the distance to its line."""
_MONTHS: Final[dict[Language, str]] = {
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}


@dataclass(frozen=True)
class Moment:
    """Something that took place: `start` and `end` are an xsd:date, gYearMonth or gYear.

    Without `end` it is at `start`, to the day, in that month or in that year. `open_start` and `open_end` say that it
    began before, or went on after, in a way that no source states. `text` tells the date in words.
    """

    name: str
    start: str
    end: str = ""
    text: str = ""
    href: str = ""
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True)
class Lane:
    """A row of rows: its name, the kind that colours it (`mission`, `agreement`, `person`, …), and what is in it."""

    name: str
    colour: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class _Placed:
    moment: Moment
    first: datetime.date
    last: datetime.date
    exact: bool
    long: bool


def timeline(
    lanes: tuple[Lane, ...],
    *,
    first: datetime.date,
    last: datetime.date,
    language: Language,
    title: str,
    description: str = "",
    width: float = 960.0,
) -> Drawing:
    """Return the lanes between two days; what lies wholly outside is left out, what sticks out is cut and says so."""
    scale = Linear(first.toordinal(), last.toordinal() + 1, _SIDE, width - _SIDE)
    marks: list[Markup] = []
    y = _AXIS
    for lane in lanes:
        placed = [one for moment in lane.moments if (one := _placed(moment, first, last)) is not None]
        if not placed:
            continue
        drawn, height = _lane(placed, scale, first, last, width)
        marks.append(element("line", x1=0.0, x2=width, y1=y + 0.5, y2=y + 0.5, class_="lane-line"))
        marks.append(element("text", lane.name, x=_SIDE, y=y + 20, class_="lane-name"))
        group = element("g", *drawn, transform=f"translate(0 {y + _HEAD:g})", class_=f"lane k-{lane.colour}")
        marks.append(group)
        y += _HEAD + height + 8
    axis = _axis(first, last, scale, y, language)
    return Drawing(width, max(y, _AXIS + 20), title, description, Markup("").join([*axis, *marks]))


def _placed(moment: Moment, first: datetime.date, last: datetime.date) -> _Placed | None:
    start, end = span_of(moment.start), span_of(moment.end)
    begins: Span | None = start or end
    ends: Span | None = end or start
    if begins is None or ends is None:
        return None
    opens = first if moment.open_start or (start is None and end is not None) else begins.first
    closes = last if moment.open_end else ends.last
    if closes < first or opens > last or closes < opens:
        return None
    exact = begins.exact and ends.exact
    return _Placed(moment, opens, closes, exact, bool(moment.end) or moment.open_end or moment.open_start)


def _lane(
    placed: list[_Placed], scale: Linear, first: datetime.date, last: datetime.date, width: float
) -> tuple[list[Markup], float]:
    """Return the marks of a lane, packed into as few rows as their labels allow, and how high it is."""
    rows: list[list[tuple[float, float]]] = []
    drawn: list[Markup] = []
    for one in sorted(placed, key=lambda item: (item.first, item.last, item.moment.name)):
        x0 = scale(max(one.first, first).toordinal())
        x1 = scale(min(one.last, last).toordinal() + 1)
        dot = one.exact and not one.long
        if dot:
            x0 = x1 = (x0 + x1) / 2
        label, label_x, anchor, extent = _label(one.moment.name, x0, x1, width, dot=dot)
        number = next((index for index, row in enumerate(rows) if _free(row, extent)), len(rows))
        if number == len(rows):
            rows.append([])
        rows[number].append(extent)
        middle = number * _ROW + _ROW / 2
        drawn.append(_mark(one, x0, x1, middle, Markup("").join(_words(label, label_x, middle, anchor)), first, last))
    return drawn, len(rows) * _ROW


def _free(row: list[tuple[float, float]], extent: tuple[float, float]) -> bool:
    return all(extent[1] + _GAP <= start or end + _GAP <= extent[0] for start, end in row)


Anchor = Literal["start", "end"]


def _label(
    name: str, x0: float, x1: float, width: float, *, dot: bool
) -> tuple[str, float, Anchor, tuple[float, float]]:
    """Return the label, where it starts or ends, and the whole extent: inside a bar, else right of it, else left."""
    needed = text_width(name, _SIZE)
    reach = 6.0 if dot else 0.0
    if x1 - x0 >= needed + 14:
        return name, x0 + 7, "start", (x0, x1)
    if x1 + reach + 6 + needed <= width - 2:
        return name, x1 + reach + 6, "start", (x0 - reach, x1 + reach + 6 + needed)
    if x0 - reach - 6 - needed >= 2:
        return name, x0 - reach - 6, "end", (x0 - reach - 6 - needed, x1 + reach)
    if x1 - x0 > width / 3:
        return shortened(name, x1 - x0 - 14, _SIZE), x0 + 7, "start", (x0, x1)
    left, right = x0 - reach - 8, width - x1 - reach - 8
    if right >= left:
        return shortened(name, right, _SIZE), x1 + reach + 6, "start", (x0 - reach, width)
    return shortened(name, left, _SIZE), x0 - reach - 6, "end", (0.0, x1 + reach)


def _words(label: str, x: float, middle: float, anchor: Anchor) -> list[Markup]:
    return [element("text", label, x=x, y=middle + 4.5, text_anchor=anchor, class_="lane-label")] if label else []


def _mark(
    one: _Placed, x0: float, x1: float, middle: float, words: Markup, first: datetime.date, last: datetime.date
) -> Markup:
    moment = one.moment
    if one.exact and not one.long:
        shape = element("circle", cx=x0, cy=middle, r=5.0, class_="moment")
    else:
        cut_start = moment.open_start or one.first < first
        cut_end = moment.open_end or one.last > last
        bar = element(
            "rect",
            x=x0,
            y=middle - 9,
            width=max(x1 - x0, 3.0),
            height=18.0,
            rx=3.0,
            class_="moment" if one.exact else "moment vague",
        )
        edges = []
        if cut_start:
            edges.append(element("path", d=f"M{x0 + 7:.1f} {middle - 9:.1f}l-7 9 7 9", class_="open"))
        if cut_end:
            edges.append(element("path", d=f"M{x1 - 7:.1f} {middle - 9:.1f}l7 9-7 9", class_="open"))
        shape = Markup("").join([bar, *edges])
    label = f"{moment.name}, {moment.text}" if moment.text else moment.name
    return link(moment.href, label, shape, words, class_="when")


def _axis(first: datetime.date, last: datetime.date, scale: Linear, bottom: float, language: Language) -> list[Markup]:
    """Return lines at the starts of years, each with its year, and months between them where there is room.

    The year stands right of its line, at the end of the axis left of it. A line whose year fits on neither side is
    left out, since nobody could tell which year begins there.
    """
    years = [datetime.date(year, 1, 1) for year in range(first.year, last.year + 2)]
    room = scale(years[1].toordinal()) - scale(years[0].toordinal())
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if room * step >= 40)
    months = _MONTHS[language].split()
    marks = []
    free = scale.start
    for day in years[:-1]:
        if day.year % every:
            continue
        x = scale(max(day, first).toordinal())
        if x + _YEAR <= scale.end:
            place, anchor, free = x + 4, "start", x + _YEAR
        elif free <= x - _YEAR:
            place, anchor, free = x - 4, "end", x
        else:
            continue
        marks.append(element("line", x1=x, x2=x, y1=6.0, y2=bottom, class_="year-line"))
        marks.append(element("text", str(day.year), x=place, y=17.0, text_anchor=anchor, class_="axis-text year"))
        for month in range(4, 13, 3) if room > 260 else ():
            start = datetime.date(day.year, month, 1)
            if first < start < last:
                at = scale(start.toordinal())
                marks.append(element("line", x1=at, x2=at, y1=18.0, y2=bottom, class_="month-line"))
                marks.append(element("text", months[month - 1], x=at + 4, y=17.0, class_="axis-text"))
    return marks
