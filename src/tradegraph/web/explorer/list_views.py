"""The rows of a list as a map, a timeline or a chart; each has the same numbers as words beside it."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from markupsafe import Markup

from tradegraph.drawings.bars import Bar, bars
from tradegraph.drawings.scales import class_of, classes
from tradegraph.drawings.timeline import Lane, Moment, timeline
from tradegraph.drawings.worldmap import Place, step_class, world_map
from tradegraph.explore.kinds import KINDS
from tradegraph.explore.listing import NOT_STATED, Aspect, Item, iri_of
from tradegraph.languages import Language
from tradegraph.namespaces import DEF
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.list_content import Content, place_keys, when
from tradegraph.web.explorer.list_rows import kind_name, span_in_words, year_of
from tradegraph.web.kit import Tab
from tradegraph.web.notes import Link, Text
from tradegraph.web.words import say

MOST_BARS: Final = 30
MOST_MOMENTS: Final = 150
NARROW: Final = 360.0
_OLDEST: Final = 1990
"""Where a timeline begins at the earliest; what is older is in the list beside it."""


@dataclass(frozen=True)
class Counted:
    """A line of the words beside a drawing: a value and how many things have it."""

    label: Text
    count: int
    href: str


@dataclass(frozen=True)
class Swatch:
    """A colour of the legend: the class of style and what it stands for."""

    style: str
    label: str


@dataclass(frozen=True)
class MapView:
    """A map with its legend, the countries as words, and how many things are nowhere on it."""

    drawing: Markup
    swatches: tuple[Swatch, ...]
    counted: tuple[Counted, ...]
    missing: int


@dataclass(frozen=True)
class Dated:
    """A line of the words under a timeline: the date in words and the thing."""

    date: str
    link: Link


@dataclass(frozen=True)
class TimelineView:
    """A timeline, its things as words, and how many have no date or one before it begins."""

    drawing: Markup
    narrow: Markup
    dated: tuple[Dated, ...]
    missing: int
    older: int


@dataclass(frozen=True)
class ChartView:
    """Bars of one facet, the facets to choose from, and the same as words."""

    drawing: Markup
    narrow: Markup
    tabs: tuple[Tab, ...]
    counted: tuple[Counted, ...]
    label: str
    left_out: int


def map_view(content: Content) -> MapView:
    """Return the map of the countries in which the items are."""
    wanted, language = content.wanted, content.language
    itself = wanted.kind.placed == "itself"
    counts: Counter[str] = Counter()
    nowhere = 0
    for item in content.items:
        found = place_keys(content, item)
        nowhere += not found
        if itself:
            # Of a country its missions count, as each country stands here once.
            counts.update(dict.fromkeys(found, len({one.value for one in item.said.get(DEF + "destination", ())})))
        else:
            counts.update(found)
    key = next((one.key for one in wanted.kind.facets if one.key == wanted.kind.placed), "")
    places, counted = [], []
    # Fallback of a name is the key: names of all keys of facets and items were looked up.
    for place, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        iri = iri_of(place)
        name = content.name(iri) if iri in content.names else Text(place)
        href = page_address(iri, language)
        if not itself and key:
            href = wanted.with_only(key, place).address(language)
        text = _how_many(content, count) if not itself else _missions(language, count)
        code = content.places.codes.get(iri, "").lower()
        if code:
            places.append(Place(code, name.text, count or None, text, href))
        counted.append(Counted(name, count, href))
    lowest = classes(one.value for one in places if one.value is not None)
    drawing = world_map(
        tuple(places),
        lowest,
        title=say(language, "list_map_title", kind=kind_name(content, 2)),
        description=say(language, "list_map_text"),
    )
    steps = [Swatch(step_class(start, lowest), _step(places, lowest, start)) for start in lowest]
    if any(one.value is None for one in places):
        steps.append(Swatch("missing", say(language, "list_no_missions")))
    return MapView(drawing.inline(), tuple(steps), tuple(counted), nowhere)


def _step(places: list[Place], lowest: tuple[float, ...], start: float) -> str:
    """Return the numbers that a colour stands for: those of the countries that have it."""
    there = [
        one.value for one in places if one.value is not None and class_of(one.value, lowest) == class_of(start, lowest)
    ]
    least, most = int(min(there)), int(max(there))
    return f"{least}" if least == most else f"{least}–{most}"


def _how_many(content: Content, count: int) -> str:
    return f"{count} {kind_name(content, count)}"


def _missions(language: Language, count: int) -> str:
    kind = KINDS["mission"]
    return (
        f"{count} {(kind.one if count == 1 else kind.many).in_(language)}"
        if count
        else say(language, "list_no_missions")
    )


def timeline_view(content: Content) -> TimelineView:
    """Return the items on a line of time, each as exact as its date is known."""
    language = content.language
    kind = KINDS[content.wanted.kind.key]
    dated = sorted((when(item), content.name(item.iri).text, item) for item in content.items if when(item))
    shown = [(date, item) for date, _, item in dated if (year_of(date) or 0) >= _OLDEST][-MOST_MOMENTS:]
    moments = tuple(
        Moment(
            content.name(item.iri).text,
            date,
            _ends(item, date),
            text=span_in_words(date, language),
            href=page_address(item.iri, language),
        )
        for date, item in shown
    )
    years = [year for date, _ in shown if (year := year_of(date)) is not None] or [2025]
    ends = [year for moment in moments if (year := year_of(moment.end)) is not None]
    first, last = datetime.date(min(years), 1, 1), datetime.date(max([*years, *ends]), 12, 31)
    drawings = [
        timeline(
            (Lane(kind.many.in_(language).capitalize(), kind.colour, moments),),
            first=first,
            last=last,
            language=language,
            title=say(language, "list_timeline_title", kind=kind_name(content, 2)),
            description=say(language, "list_timeline_text"),
            width=width,
        ).inline(style)
        for width, style in ((900.0, "wide-only"), (NARROW, "narrow-only"))
    ]
    listed = tuple(
        Dated(
            span_in_words(date, language),
            Link(name, content.name(item.iri).language, page_address(item.iri, language)),
        )
        for date, name, item in reversed(dated)
    )
    return TimelineView(drawings[0], drawings[1], listed, len(content.items) - len(dated), len(dated) - len(shown))


def _ends(item: Item, start: str) -> str:
    """Return the last day of an item that has one, where it is not before its start."""
    ends = [one.value.value for one in item.said.get(DEF + "validUntil", ()) if isinstance(one.value, ox.Literal)]
    return next((end for end in ends if end[:4] >= start[:4]), "")


def chart_view(content: Content) -> ChartView:
    """Return how many of the items have each value of a facet: the one asked for, else the first telling one."""
    wanted, language = content.wanted, content.language
    counted = {aspect.key: _counts(content, aspect) for aspect in wanted.kind.facets}
    telling = [aspect for aspect in wanted.kind.facets if len(counted[aspect.key]) > 1] or list(wanted.kind.facets)
    by = next((one for one in wanted.kind.facets if one.key == wanted.by), telling[0])
    lines = tuple(
        Counted(content.key_name(by, key), count, wanted.with_only(by.key, key).address(language))
        for key, count in sorted(counted[by.key].items(), key=lambda one: _order(content, by, *one))
    )
    label = by.label.in_(language)
    items = tuple(Bar(one.label.text, one.count, str(one.count), one.href) for one in lines[:MOST_BARS])
    title = say(language, "list_chart_title", kind=kind_name(content, 2), by=label)
    drawings = [
        bars(items, title=title, width=width).inline(style)
        for width, style in ((760.0, "wide-only"), (NARROW, "narrow-only"))
    ]
    choices = tuple(
        Tab(one.label.in_(language), wanted.as_view("chart", one.key).address(language), one is by)
        for one in wanted.kind.facets
        if one in telling or one is by
    )
    return ChartView(drawings[0], drawings[1], choices, lines, label, max(0, len(lines) - MOST_BARS))


def _counts(content: Content, aspect: Aspect) -> Counter[str]:
    return Counter(key for item in content.items for key in content.keys(item, aspect))


def _order(content: Content, aspect: Aspect, key: str, count: int) -> tuple[bool, int, str]:
    first = int(key) if aspect.reading == "year" and key.isdigit() else -count
    return key == NOT_STATED, first, content.key_name(aspect, key).text.casefold()
