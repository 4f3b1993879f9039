"""What the map shows: things per country, read from one layer and narrowed down by year, sector or list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from tradegraph.drawings.scales import classes, written
from tradegraph.drawings.svg import Swatch
from tradegraph.drawings.worldmap import Place, Point, step_class, world_map
from tradegraph.explore.figures import COUNTERPART, figures_of
from tradegraph.languages import Language
from tradegraph.namespaces import ID
from tradegraph.web.explorer.figure_pictures import map_of
from tradegraph.web.explorer.figure_words import FigureWords, concept_key
from tradegraph.web.explorer.map_places import NOT_DRAWN, Places, legend
from tradegraph.web.explorer.map_request import Asked, Layer
from tradegraph.web.explorer.picture_parts import Option, Picture, address_with, documents_of
from tradegraph.web.explorer.row_files import Row
from tradegraph.web.kit import date_in_words
from tradegraph.web.notes import Link, Mark, Notes
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site, iri, text
from tradegraph.web.words import say


@dataclass
class Hit:
    """A thing in a country, merged from the solutions that mention it."""

    thing: str
    territory: str
    years: set[int] = field(default_factory=set)
    sectors: set[str] = field(default_factory=set)
    remarks: dict[str, None] = field(default_factory=dict)
    passages: dict[str, None] = field(default_factory=dict)
    rule: str = ""
    record: str = ""


@dataclass(frozen=True)
class Entry:
    """A thing in the list of a country, with a remark and its source marks."""

    thing: Link
    remark: str
    marks: tuple[Mark, ...]
    iri: str


@dataclass(frozen=True)
class Country:
    """A country in the list: what is said of it, the class of its colour, and its things."""

    iri: str
    place: Link
    said: str
    value: float | None
    class_: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class MapContent:
    """The map, the list beside it, what cannot be drawn, and the choices of the form."""

    picture: Picture | None
    listed: tuple[Country, ...]
    off: tuple[Country, ...]
    years: tuple[Option, ...]
    sectors: tuple[Option, ...]
    lists: tuple[Option, ...]
    indicators: tuple[Option, ...]
    notes: Notes
    panels: tuple[tuple[str, Panel], ...]
    indicator: Link | None = None


def read_map(site: Site, language: Language, asked: Asked) -> MapContent:
    """Return what was asked for; RequestError 400 for a choice that does not exist. Any QueryError may be raised."""
    return _figures(site, language, asked) if asked.layer == "figures" else _things(site, language, asked)


def _hits(panel: Panel, places: Places) -> list[Hit]:
    found: dict[tuple[str, str], Hit] = {}
    for row in panel.rows:
        territory = places.country(iri(row, "territory"))
        if territory in NOT_DRAWN:
            continue
        hit = found.setdefault((iri(row, "thing"), territory), Hit(iri(row, "thing"), territory))
        if text(row, "year"):
            hit.years.add(int(text(row, "year")))
        if sector := iri(row, "sector"):
            hit.sectors.add(sector)
        hit.passages.setdefault(iri(row, "passage"))
        hit.rule, hit.record = iri(row, "rule"), iri(row, "record")
        for name in ("status", "known"):
            if remark := text(row, name):
                hit.remarks.setdefault(remark)
    return list(found.values())


def _things(site: Site, language: Language, asked: Asked) -> MapContent:
    places = Places.read(site)
    panel = site.panel(f"map_{asked.layer}")
    everything = _hits(panel, places)
    years = {year for hit in everything for year in hit.years}
    sectors = {sector for hit in everything for sector in hit.sectors}
    lists = {hit.thing for hit in everything} if asked.layer == "markets" else set()
    asked.check(years, {_key(one) for one in sectors}, {_key(one) for one in lists})
    hits = [hit for hit in everything if asked.wants(hit.years, {_key(one) for one in hit.sectors}, _key(hit.thing))]
    remarks = [one for hit in everything for one in hit.remarks if one.startswith(ID)]
    mentioned = [*(hit.thing for hit in hits), *(hit.territory for hit in hits), *sectors, *lists, *remarks]
    links = site.links(mentioned, language)
    notes = site.notes(language)
    by_place: dict[str, list[Hit]] = {}
    for hit in hits:
        by_place.setdefault(hit.territory, []).append(hit)
    lowest = classes(float(len(items)) for one, items in by_place.items() if places.has(one))
    countries = []
    ordered = sorted(by_place.items(), key=lambda pair: (-len(pair[1]), links[pair[0]].text.casefold()))
    for territory, items in ordered:
        entries = tuple(_entry(hit, links, notes, language) for hit in sorted(items, key=_when))
        count = float(len(items))
        drawn = places.has(territory)
        colour = step_class(count, lowest) if drawn else ""
        said = _count(language, asked.layer, len(items))
        countries.append(Country(territory, links[territory], said, count, colour, entries))
    on = tuple(one for one in countries if places.has(one.iri))
    off = tuple(one for one in countries if not places.has(one.iri))
    panels = [(say(language, "map_title"), panel)]
    points: tuple[Point, ...] = ()
    if asked.layer == "missions":
        cities = site.panel("map_places")
        panels.append((say(language, "map_cities"), cities))
        points = _points(site, language, cities, places, {hit.thing for hit in hits})
    sources = documents_of(notes.sources())
    picture = _picture(language, asked, on, lowest, places, points, sources, links) if on else None
    return MapContent(
        picture,
        on,
        off,
        tuple(Option(str(one), str(one), one == asked.year) for one in sorted(years, reverse=True)),
        _options(sectors, links, asked.sector),
        _options(lists, links, asked.list),
        (),
        notes,
        tuple(panels),
    )


def _key(one: str) -> str:
    return one.rpartition("/")[2]


def _when(hit: Hit) -> tuple[int, str]:
    return (-max(hit.years, default=0), hit.thing)


def _entry(hit: Hit, links: dict[str, Link], notes: Notes, language: Language) -> Entry:
    link = links[hit.thing]
    remarks = [links[one].text if one in links else say(language, "map_known", date=date_in_words(one, language))
               for one in hit.remarks]  # fmt: skip
    about = f"{link.text}, {links[hit.territory].text}"
    marks = notes.mark(hit.passages, about, rule=hit.rule, record=hit.record)
    return Entry(link, ", ".join(remarks), marks, hit.thing)


def _count(language: Language, layer: Layer, number: int) -> str:
    match layer:
        case "missions":
            one, many = say(language, "map_count_one_missions"), say(language, "map_count_missions", n=number)
        case "agreements":
            one, many = say(language, "map_count_one_agreements"), say(language, "map_count_agreements", n=number)
        case _:
            one, many = say(language, "map_count_one_markets"), say(language, "map_count_markets", n=number)
    return one if number == 1 else many


def layer_words(language: Language, layer: Layer) -> tuple[str, str]:
    """Return the title of a map of a layer and what its colours mean."""
    match layer:
        case "missions":
            return say(language, "map_title_missions"), say(language, "map_sub_missions")
        case "agreements":
            return say(language, "map_title_agreements"), say(language, "map_sub_agreements")
        case _:
            return say(language, "map_title_markets"), say(language, "map_sub_markets")


def _points(
    site: Site, language: Language, cities: Panel, places: Places, missions: Iterable[str]
) -> tuple[Point, ...]:
    wanted = set(missions)
    visited: dict[str, dict[str, None]] = {}
    for row in cities.rows:
        if iri(row, "thing") in wanted:
            visited.setdefault(iri(row, "place"), {}).setdefault(iri(row, "thing"))
    links = site.links([*visited, *(one for things in visited.values() for one in things)], language)
    found = []
    for city, things in visited.items():
        known = places.territories.get(city)
        if known is not None and known.latitude is not None and known.longitude is not None:
            said = ", ".join(links[one].text for one in things)
            found.append(Point(known.latitude, known.longitude, links[city].text, said, links[city].href))
    return tuple(found)


def _picture(
    language: Language,
    asked: Asked,
    countries: tuple[Country, ...],
    lowest: tuple[float, ...],
    places: Places,
    points: tuple[Point, ...],
    sources: tuple[str, ...],
    links: dict[str, Link],
) -> Picture:
    title, subtitle = layer_words(language, asked.layer)
    chosen = [links[one].text for one in links if _key(one) in (asked.sector, asked.list) and _key(one)]
    narrowed = [*([str(asked.year)] if asked.year else []), *dict.fromkeys(chosen)]
    shown: list[Place] = [
        places.place(one.iri, one.place.text, one.value, one.said, one.place.href) for one in countries
    ]
    description = say(language, "picture_map_text", n=len(shown))
    drawing = world_map(tuple(shown), lowest, title=title, description=description, points=points, window=asked.area)
    values = [one.value for one in countries if one.value is not None]
    swatches = legend(lowest, values, lambda value: written(value, language), none=say(language, "map_none"))
    if points:
        swatches = (*swatches, Swatch("point", say(language, "map_cities")))
    address = address_with(f"/{language}/map", asked.parameters())
    without = say(language, "map_without_nl") if asked.layer == "agreements" else ""
    note = f"{say(language, 'map_borders')} {without}"
    return Picture(title, ", ".join([subtitle, *narrowed]), drawing, address, sources, swatches, None, note.strip())


def _options(iris: Iterable[str], links: dict[str, Link], chosen: str) -> tuple[Option, ...]:
    options = [Option(_key(one), links[one].text, _key(one) == chosen) for one in iris]
    return tuple(sorted(options, key=lambda one: one.label.casefold()))


def _figures(site: Site, language: Language, asked: Asked) -> MapContent:
    choices = site.panel("statistics_areas")
    keys = [concept_key(iri(row, "indicator")) for row in choices.rows]
    key = asked.indicator or keys[0]
    if key not in keys:
        raise RequestError(
            400, f"There are no figures per country for indicator={key}.", f"There are for: {', '.join(keys)}."
        )
    names = site.named([iri(row, "indicator") for row in choices.rows], language)
    indicators = tuple(Option(concept_key(one), name.text, concept_key(one) == key) for one, name in names.items())
    concept = iri(choices.rows[keys.index(key)], "indicator")
    panel = site.panel("indicator_figures", {"indicator": ox.NamedNode(concept)})
    everything = figures_of(panel.rows)
    years = {one.year for one in everything if one.year is not None}
    asked.check(years, set(), set())
    figures = tuple(one for one in everything if asked.year in (None, one.year))
    notes = site.notes(language)
    words = FigureWords(site, language, notes, everything)
    places = Places.read(site)
    address = address_with(f"/{language}/map", asked.parameters())
    title = names[concept].text
    picture, drawn = map_of(figures, places, words, language, title[:1].upper() + title[1:], address, window=asked.area)
    # As on the map: the first place is the darkest.
    sign = -1.0 if any(one.unit == "ordinal" for one in drawn) else 1.0
    lowest = classes(sign * float(number) for one in drawn if (number := one.number()) is not None)
    countries = []
    for one in sorted(drawn, key=lambda item: -sign * float(item.number() or 0)):
        shown = words.shown(one)
        amount = one.number()
        value = None if amount is None else sign * float(amount)
        country = one.one(COUNTERPART)
        entry = Entry(Link(shown.label.text, shown.label.language, shown.href), shown.period, shown.marks, one.iri)
        countries.append(
            Country(country, words.link(country), shown.amount, value, step_class(value, lowest), (entry,))
        )
    return MapContent(
        picture,
        tuple(countries),
        (),
        tuple(Option(str(one), str(one), one == asked.year) for one in sorted(years, reverse=True)),
        (),
        (),
        indicators,
        notes,
        ((say(language, "stat_figures"), panel), (say(language, "ask_indicator"), choices)),
        Link(title, names[concept].language, f"/{language}/statistics/{key}"),
    )


def map_rows(content: MapContent) -> Iterable[Row]:
    """Yield the list of a map as rows of a file, one per thing in a country."""
    for country in (*content.listed, *content.off):
        for entry in country.entries:
            yield {
                "territory": country.iri,
                "territory_label": country.place.text,
                "thing": entry.iri,
                "label": entry.thing.text,
                "remark": entry.remark,
                "said": country.said,
            }


MAP_COLUMNS: Final = ("territory", "territory_label", "thing", "label", "remark", "said")
