"""Lines through years: direct labels at their ends, a zero line, gaps where nothing is known, estimates apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tradegraph.drawings.scales import Linear, round_ticks, shortened, text_width, wrapped
from tradegraph.drawings.svg import Drawing, element, link

_SIZE: Final = 14.0
_LINE: Final = 17.0
_MOST: Final = 5


@dataclass(frozen=True)
class Reading:
    """A value at a year (or year and fraction); None where a source says that it is not known.

    `text` is the value in words. An `uncertain` one is expected, planned or estimated and drawn hollow; a `target` is
    something aimed at, drawn as a ring with a dot and never joined to the line.
    """

    x: float
    value: float | None
    text: str
    href: str = ""
    uncertain: bool = False
    target: bool = False


@dataclass(frozen=True)
class Series:
    """Readings of one thing, in order of time; at most five series have a colour, the others are grey."""

    name: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Event:
    """Something to be marked under the axis, without a claim that it caused anything."""

    x: float
    name: str
    href: str = ""


def lines(
    series: tuple[Series, ...],
    *,
    written: Callable[[float], str],
    title: str,
    description: str = "",
    events: tuple[Event, ...] = (),
    width: float = 760.0,
    height: float = 320.0,
) -> Drawing:
    """Return the lines, on an axis that holds zero; `written` writes numbers of the axis."""
    known = [one for item in series for one in item.readings if one.value is not None]
    values = [one.value for one in known if one.value is not None]
    ticks = round_ticks(min([0.0, *values]), max([0.0, *values]))
    years = [one.x for item in series for one in item.readings] + [one.x for one in events]
    first, last = min(years, default=0.0), max(years, default=1.0)
    left = max(text_width(written(tick), 13) for tick in ticks) + 10
    labels = max((text_width(item.name, _SIZE) for item in series), default=0.0) if len(series) > 1 else 0.0
    right = min(labels + 14, width * 0.34) if labels else 26.0
    bottom = height - 26 - (20 if events else 0)
    # A single year stands in the middle.
    apart = 0.0 if last > first else 1.0
    across = Linear(first - apart, last + apart, left + 18, width - right - 8)
    up = Linear(ticks[0], ticks[-1], bottom, 22.0)
    marks = _axes(ticks, across, up, written, left, width - right, (first, last))
    for event in events:
        x = across(event.x)
        flag = element("path", d=f"M{x:.1f} {bottom + 25:.1f}l6 11h-12z", class_="event")
        marks.append(link(event.href, event.name, flag, class_="row"))
    ends: list[tuple[float, str, str]] = []
    for index, item in enumerate(series):
        colour = f"s{index + 1}" if index < _MOST else "s0"
        marks.append(_series(item, colour, across, up, values_at_points=len(series) == 1))
        at = [one for one in item.readings if one.value is not None]
        if len(series) > 1 and at and at[-1].value is not None:
            ends.append((up(at[-1].value), item.name, colour))
    marks += _ends(ends, width - right + 4, right - 6, bottom)
    return Drawing(width, height, title, description, Markup("").join(marks))


def _axes(
    ticks: tuple[float, ...],
    across: Linear,
    up: Linear,
    written: Callable[[float], str],
    left: float,
    right: float,
    years: tuple[float, float],
) -> list[Markup]:
    marks = []
    for tick in ticks:
        y = up(tick)
        marks.append(element("line", x1=left, x2=right, y1=y, y2=y, class_="zero-line" if tick == 0 else "grid-line"))
        marks.append(element("text", written(tick), x=left - 6, y=y + 4.5, text_anchor="end", class_="axis-text"))
    first, last = int(years[0]), int(years[1])
    room = (across(last) - across(first)) / max(last - first, 1)
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if room * step >= 38 or step == 100)
    for year in range(first, last + 1):
        if (last - year) % every == 0:
            at = (across(year), up(ticks[0]) + 18)
            marks.append(element("text", str(year), x=at[0], y=at[1], text_anchor="middle", class_="axis-text"))
    return marks


def _series(item: Series, colour: str, across: Linear, up: Linear, *, values_at_points: bool) -> Markup:
    parts: list[Markup] = []
    before: Reading | None = None
    for one in item.readings:
        if one.value is None or one.target:
            # A gap breaks the line: nobody knows what is in between.
            before = None if one.value is None else before
            continue
        if before is not None and before.value is not None:
            kind = "line uncertain" if one.uncertain or before.uncertain else "line"
            place = (across(before.x), up(before.value), across(one.x), up(one.value))
            parts.append(element("line", x1=place[0], y1=place[1], x2=place[2], y2=place[3], class_=kind))
        before = one
    every = 1 if len(item.readings) <= 10 else 0
    for one in item.readings:
        x = across(one.x)
        if one.value is None:
            cross = element("path", d=f"M{x - 4:.1f} {up.start - 4:.1f}l8-8m-8 0l8 8", class_="gap-mark")
            parts.append(link(one.href, f"{item.name}, {one.text}", cross, class_="row"))
            continue
        y = up(one.value)
        kind = "dot target" if one.target else "dot uncertain" if one.uncertain else "dot"
        dot = [element("circle", cx=x, cy=y, r=5.0, class_=kind)]
        if one.target:
            dot.append(element("circle", cx=x, cy=y, r=1.6, class_="bull"))
        if values_at_points and every:
            dot.append(element("text", _number(one.text), x=x, y=y - 10, text_anchor="middle", class_="dot-text"))
        parts.append(link(one.href, f"{item.name}, {one.text}", *dot, class_="row"))
    return element("g", *parts, class_=colour)


def _number(text: str) -> str:
    """Return the value of a text such as `2024: 94,9 miljard`."""
    return text.partition(": ")[2] or text


def _ends(ends: list[tuple[float, str, str]], x: float, room: float, bottom: float) -> list[Markup]:
    """Return the labels at the ends of lines, of three rows at most, moved apart where they would overlap."""
    ordered = [(y, _rows(name, room), colour) for y, name, colour in sorted(ends)]
    placed: list[float] = []
    for index, (y, _, _) in enumerate(ordered):
        placed.append(max(y, placed[-1] + len(ordered[index - 1][1]) * _LINE) if placed else y)
    # Pushed below the axis: all of them that are in the way go up.
    for index in reversed(range(len(placed))):
        limit = bottom if index == len(placed) - 1 else placed[index + 1]
        placed[index] = min(placed[index], limit - (len(ordered[index][1]) * _LINE if limit != bottom else 0))
    marks = []
    for (_, rows, colour), y in zip(ordered, placed, strict=True):
        marks += [
            element("text", row, x=x, y=y + 4.5 + number * _LINE, class_=f"line-label {colour}")
            for number, row in enumerate(rows)
        ]
    return marks


def _rows(name: str, room: float) -> tuple[str, ...]:
    rows = wrapped(name, room, _SIZE)
    if len(rows) > 3:
        rows = (*rows[:2], " ".join(rows[2:]))
    return tuple(shortened(row, room, _SIZE) for row in rows)


def small_multiples(drawings: tuple[Drawing, ...], *, title: str, description: str = "", columns: int = 3) -> Drawing:
    """Return drawings of one size side by side, each under its own title, all with the same axes if made so."""
    if not drawings:
        return Drawing(0.0, 0.0, title, description, Markup(""))
    width = max(one.width for one in drawings)
    height = max(one.height for one in drawings) + 30
    parts = []
    for index, one in enumerate(drawings):
        x, y = (index % columns) * (width + 24), (index // columns) * height
        name = shortened(one.title, width, _SIZE)
        parts.append(element("text", name, x=float(x), y=y + 16.0, class_="multiple-name"))
        parts.append(one.placed(x, y + 24))
    rows = -(-len(drawings) // columns)
    return Drawing(columns * (width + 24) - 24, rows * height, title, description, Markup("").join(parts))
