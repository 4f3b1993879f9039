"""Pictures of figures: lines through years, bars, or a map, whichever fits what the figures are."""

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Final

from tradegraph.drawings.bars import Bar, bars
from tradegraph.drawings.lines import Event, Reading, Series, lines
from tradegraph.drawings.scales import classes
from tradegraph.drawings.svg import Drawing, Swatch
from tradegraph.drawings.worldmap import Window, world_map
from tradegraph.explore import figures as f
from tradegraph.explore.figures import Figure, Group
from tradegraph.languages import Language
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.figure_words import FigureWords, amount_in_words
from tradegraph.web.explorer.map_places import Places, legend
from tradegraph.web.explorer.picture_parts import Picture
from tradegraph.web.words import say

WIDE: Final = 960.0
NARROW: Final = 340.0
MOST_BARS: Final = 60
_SHARED: Final = (
    f.RANKING,
    f.THING,
    f.AREA,
    f.COUNTERPART,
    f.FLOW,
    f.SECTOR,
    f.PRODUCT,
    f.CATEGORY,
    f.METHOD,
    f.SCENARIO,
)
"""What a subtitle names where all figures of a picture share it."""


def picture_of(
    group: Group, words: FigureWords, language: Language, title: str, address: str, events: tuple[Event, ...] = ()
) -> Picture | None:
    """Return the picture that fits the figures of a group; None where words and numbers do better."""
    drawn = [one for one in group.figures if one.iri not in f.replaced(group.figures)]
    if group.shape == "lines":
        made = tuple(_lines(group, words, language, title, width, events) for width in (WIDE, NARROW))
    elif group.shape == "bars" and len(drawn) <= MOST_BARS:
        made = tuple(_bars(drawn, words, language, title, width) for width in (WIDE, NARROW))
    else:
        return None
    swatches = []
    known = {one.uncertain for one in drawn if one.number() is not None}
    if True in known:
        swatches = [Swatch("bar uncertain", say(language, "figure_uncertain"))]
    if known == {True, False}:
        swatches.insert(0, Swatch("bar", say(language, "figure_certain")))
    return Picture(title, subtitle(group, words, language), made[0], address, (), tuple(swatches), made[1])


def subtitle(group: Group, words: FigureWords, language: Language) -> str:
    """Return unit, years and what all figures of a group share: what a title leaves open."""
    unit = group.figures[0].one(f.UNIT) or next((one.one(f.UNIT) for one in group.figures if one.unit), "")
    parts = [words.name(unit)] if unit else []
    years = sorted({one.year for one in group.figures if one.year is not None})
    if years:
        first, last = str(years[0]), str(years[-1])
        parts.append(first if first == last else say(language, "figure_years", first=first, last=last))
    shared = [name for name in _SHARED if len(_values(group, name)) == 1]
    parts += [words.name(iri) for name in shared for iri in next(iter(_values(group, name)))]
    return ", ".join(dict.fromkeys(parts))


def _values(group: Group, name: str) -> set[tuple[str, ...]]:
    return {one.all(name) for one in group.figures}


def _lines(
    group: Group, words: FigureWords, language: Language, title: str, width: float, events: tuple[Event, ...]
) -> Drawing:
    series = group.series()
    telling = f.varying(one for items in series.values() for one in items)
    telling = tuple(name for name in telling if name not in (f.STAGE, f.ACCORDING))
    drawn = []
    for items in series.values():
        readings = []
        for one in items:
            number = one.number()
            text = f"{words.period(one)}: {words.amount(one)[0]}"
            value = None if number is None else float(number)
            href = page_address(one.iri, language)
            target = one.one(f.STAGE) == f.TARGET_STAGE
            readings.append(Reading(_year(one), value, text, href, one.uncertain, target))
        name = words.short(items[0], telling, period=False) if telling else title
        drawn.append(Series(name, tuple(readings)))
    # The largest at their ends first: those have the colours.
    drawn.sort(key=lambda one: -max((point.value or 0.0 for point in one.readings), default=0.0))
    first, last = drawn[0].readings[0].x, max(one.readings[-1].x for one in drawn)
    return lines(
        tuple(drawn),
        written=lambda value: amount_in_words(Decimal(str(value)).normalize(), group.unit, language)[0],
        title=title,
        description=say(language, "picture_lines_text", n=len(drawn)),
        events=tuple(one for one in events if first - 1 <= one.x <= last + 1),
        width=width,
        height=320.0 if width > NARROW else 280.0,
    )


def _year(figure: Figure) -> float:
    return float(figure.year or 0)


def _bars(drawn: list[Figure], words: FigureWords, language: Language, title: str, width: float) -> Drawing:
    telling = f.varying(drawn)
    years = {one.period for one in drawn}
    # Names of sources and stages are in the table; in a name they are only long.
    short = tuple(name for name in telling if name not in (f.ACCORDING, f.STAGE)) or telling
    names = {one.iri: words.short(one, short, period=len(years) > 1) for one in drawn}
    twice = {name for name, times in Counter(names.values()).items() if times > 1}
    items = []
    for one in _ordered(drawn, telling):
        name = names[one.iri]
        number, low, high = (one.number(name) for name in (f.VALUE, f.LOWER, f.UPPER))
        middle = (low + high) / 2 if number is None and low is not None and high is not None else number
        items.append(
            Bar(
                one.text(f.LABEL, language)[0] if name in twice else name,
                None if middle is None else float(middle),
                words.amount(one)[0],
                page_address(one.iri, language),
                one.uncertain,
                None if low is None else float(low),
                None if high is None else float(high),
            )
        )
    text = say(language, "picture_bars_text", n=len(items))
    return bars(tuple(items), title=title, description=text, width=width)


def _ordered(drawn: list[Figure], telling: tuple[str, ...]) -> list[Figure]:
    """Return figures by year where each year is another thing, else the largest first; those without a value last."""
    by_year = f.COUNTERPART not in telling and f.SECTOR not in telling and len({one.year for one in drawn}) > 2
    if by_year:
        return sorted(drawn, key=lambda one: (one.year is None, one.period, one.iri))
    return sorted(drawn, key=lambda one: (one.number() is None, -(one.number() or Decimal(0)), one.iri))


def map_of(
    figures: tuple[Figure, ...],
    places: Places,
    words: FigureWords,
    language: Language,
    title: str,
    address: str,
    *,
    window: Window = "world",
) -> tuple[Picture | None, tuple[Figure, ...]]:
    """Return a map of the figures that differ in their partner country only, the largest set of them, and those."""
    slices: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    telling = tuple(name for name in f.TELLING if name not in (f.COUNTERPART, f.ACCORDING, f.STAGE))
    for one in figures:
        if one.all(f.COUNTERPART) and not one.repeats:
            slices[(one.unit, one.period, *(one.all(name) for name in telling))].append(one)
    drawable = {key: [one for one in items if places.has(one.one(f.COUNTERPART))] for key, items in slices.items()}
    chosen = max(drawable.values(), key=len, default=[])
    if len(chosen) < 2:
        return None, ()
    unit = chosen[0].unit
    # The first place is the darkest.
    sign = -1.0 if unit == "ordinal" else 1.0
    values = {one.iri: None if (number := one.number()) is None else sign * float(number) for one in chosen}
    known = [value for value in values.values() if value is not None]
    lowest = classes(known)
    marks = tuple(
        places.place(
            one.one(f.COUNTERPART),
            words.name(one.one(f.COUNTERPART)),
            values[one.iri],
            words.amount(one)[0],
            page_address(one.iri, language),
        )
        for one in chosen
    )
    description = say(language, "picture_map_text", n=len(marks))
    drawing = world_map(marks, lowest, title=title, description=description, window=window)
    swatches = legend(
        lowest,
        known,
        lambda value: amount_in_words(Decimal(str(abs(value))).normalize(), unit, language)[0],
        missing=say(language, "figure_unknown") if len(known) < len(values) else "",
        none=say(language, "map_none"),
    )
    group = Group(unit, tuple(chosen))
    note = say(language, "map_borders")
    return Picture(title, subtitle(group, words, language), drawing, address, (), swatches, None, note), tuple(chosen)
