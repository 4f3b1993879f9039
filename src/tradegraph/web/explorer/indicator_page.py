"""What the page of an indicator shows: figures in groups that can be drawn, gaps, contradictions, missions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from tradegraph.drawings.lines import Event
from tradegraph.explore import figures as f
from tradegraph.explore.figures import CONCEPT, Figure, Group, figures_of, groups
from tradegraph.languages import Language
from tradegraph.namespaces import PREFIXES
from tradegraph.web.explorer.figure_pictures import map_of, picture_of
from tradegraph.web.explorer.figure_words import FigureWords, Shown, spans
from tradegraph.web.explorer.map_places import Places
from tradegraph.web.explorer.picture_parts import Option, Picture, address_with, documents_of, key_of
from tradegraph.web.explorer.row_files import Row
from tradegraph.web.explorer.statistics_request import Asked, View
from tradegraph.web.kit import Tab, date_in_words
from tradegraph.web.notes import Link, Mark, Notes, Text
from tradegraph.web.site import Panel, Site, iri, text
from tradegraph.web.words import say

_SKOS: Final = PREFIXES["skos"]
_RDF_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
MOST_CARDS: Final = 4


@dataclass(frozen=True)
class Part:
    """A group of figures: its picture if there is one, its ranks by ranking, or its figures as cards."""

    picture: Picture | None
    cards: tuple[Shown, ...]
    ranks: tuple[tuple[Text, tuple[Shown, ...]], ...]


@dataclass(frozen=True)
class Visit:
    """A mission to the country of the page: its date in words, and where that it went there is stated."""

    mission: Link
    date: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Indicator:
    """The page of an indicator as it was asked for; `all` is the number of figures before narrowing down."""

    name: Text
    definition: Text | None
    all: int
    figures: tuple[Figure, ...]
    table: tuple[Shown, ...]
    parts: tuple[Part, ...]
    differ: tuple[tuple[Shown, Shown], ...]
    restated: tuple[tuple[Shown, Shown], ...]
    countries: tuple[Option, ...]
    things: tuple[Option, ...]
    visits: tuple[Visit, ...]
    mapped: bool
    asked: Asked
    words: FigureWords
    notes: Notes
    panels: tuple[tuple[str, Panel], ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures of the page, the largest group first."""
        return tuple(part.picture for part in self.parts if part.picture is not None)

    @property
    def unknown(self) -> int:
        """How many of the figures are not known."""
        return sum(1 for one in self.table if one.gap)

    def tabs(self, path: str) -> tuple[Tab, ...]:
        """Return the views that make sense; none when there is only one."""
        language: Language = "nl" if path.startswith("/nl/") else "en"
        labels: list[tuple[View, str]] = [
            ("chart", say(language, "view_chart")),
            ("table", say(language, "view_table")),
        ]
        if self.mapped:
            labels.append(("map", say(language, "view_map")))
        given = self.asked.parameters()
        return tuple(
            Tab(label, address_with(path, {**given, "view": "" if view == "chart" else view}), view == self.asked.view)
            for view, label in labels
        )


def read_indicator(site: Site, language: Language, key: str, asked: Asked) -> Indicator | None:
    """Read an indicator and its figures; None when there is no such indicator. Any QueryError may be raised."""
    node = ox.NamedNode(f"{CONCEPT}indicator-{key}")
    about = site.panel("indicator_about", {"indicator": node})
    if not about.rows:
        return None
    listed, periods = site.panel("indicator_figures", {"indicator": node}), site.panel("indicator_periods")
    everything = figures_of(listed.rows)
    found = asked.narrowed(everything, spans(periods.rows))
    notes = site.notes(language)
    words = FigureWords(site, language, notes, everything)
    name = site.named([node.value], language)[node.value]
    definition = notes.text(
        {
            value.language or "": value.value
            for row in about.rows
            if iri(row, "property") == _SKOS + "definition" and isinstance(value := row["value"], ox.Literal)
        }
    )
    telling = f.varying(found)
    # Marks are numbered in the order in which the page shows figures.
    table = tuple(words.shown(one, telling) for one in _in_order(found))
    by_iri = {one.figure.iri: one for one in table}
    panels = [(say(language, "stat_figures"), listed)]
    visits: tuple[Visit, ...] = ()
    events: tuple[Event, ...] = ()
    if asked.country:
        missions = site.panel("indicator_missions", {"country": ox.NamedNode(asked.country)})
        panels.append((say(language, "stat_missions"), missions))
        visits, events = _visits(site, language, notes, missions, asked)
    address = address_with(f"/{language}/statistics/{key}", asked.parameters())
    places = Places.read(site)
    sources = documents_of(notes.sources())
    map_picture, _ = map_of(found, places, words, language, _capital(name.text), address)
    parts = (
        (_with_sources(Part(map_picture, (), ()), sources),)
        if asked.view == "map" and map_picture is not None
        else tuple(
            _with_sources(_part(one, words, language, _capital(name.text), address, events, telling), sources)
            for one in groups(found)
            if asked.view != "table"
        )
    )
    pairs = [(one, other) for one in table for other in one.figure.all(f.CONTRADICTS) if other in by_iri]
    return Indicator(
        Text(name.text, name.language),
        definition,
        len(everything),
        found,
        table,
        parts,
        tuple((one, by_iri[other]) for one, other in pairs if one.figure.iri < other),
        tuple((one, by_iri[other]) for one in table for other in one.figure.all(f.RESTATES) if other in by_iri),
        _options(words, {place for one in everything for place in one.places()}, asked.country, short=True),
        _options(words, {thing for one in everything for thing in one.all(f.THING)}, asked.about, short=False),
        visits,
        map_picture is not None,
        asked,
        words,
        notes,
        tuple(panels),
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _in_order(figures: Iterable[Figure]) -> list[Figure]:
    """Return figures as a table has them: the newest first within what they are about, ranks from the first on."""
    listed = list(figures)
    names = tuple(name for name in f.varying(listed) if name not in (f.ACCORDING, f.STAGE))
    listed.sort(key=lambda one: (one.year is None, -(one.year or 0), one.period, one.number() or 0))
    return sorted(listed, key=lambda one: tuple(one.all(name) for name in names if name == f.RANKING))


def _with_sources(part: Part, sources: tuple[str, ...]) -> Part:
    if part.picture is None:
        return part
    drawn = replace(part.picture, sources=sources)
    return Part(drawn, part.cards, part.ranks)


def _part(
    group: Group,
    words: FigureWords,
    language: Language,
    title: str,
    address: str,
    events: tuple[Event, ...],
    telling: tuple[str, ...],
) -> Part:
    if group.shape == "ranks":
        rankings = dict.fromkeys(one.one(f.RANKING) for one in group.figures)
        return Part(None, (), tuple(_ranked(group, ranking, words) for ranking in rankings))
    picture = picture_of(group, words, language, title, address, events)
    return Part(picture, () if picture else tuple(words.shown(one, telling) for one in _in_order(group.figures)), ())


def _ranked(group: Group, ranking: str, words: FigureWords) -> tuple[Text, tuple[Shown, ...]]:
    """Return a ranking and its figures from the first place on, each named by what has the place."""
    figures = [one for one in group.figures if one.one(f.RANKING) == ranking]
    telling = [name for name in f.varying(figures) if name in (f.COUNTERPART, f.SECTOR, f.THING, f.AREA)][:1]
    figures.sort(key=lambda one: (one.number() is None, one.number() or 0))
    return (
        words.link(ranking) if ranking else Text(""),
        tuple(words.shown(one, telling, period=False) for one in figures),
    )


def _visits(
    site: Site, language: Language, notes: Notes, missions: Panel, asked: Asked
) -> tuple[tuple[Visit, ...], tuple[Event, ...]]:
    dates: dict[str, str] = {}
    passages: dict[str, dict[str, str]] = {}
    for row in missions.rows:
        mission = iri(row, "mission")
        dates[mission] = text(row, "date")
        passages.setdefault(mission, {})[iri(row, "passage")] = iri(row, "rule")
    links = site.links(dates, language)
    visits, events = [], []
    for mission, date in dates.items():
        year = int(date[:4]) if date[:4].isdigit() else None
        before = asked.first is not None and (year is None or year < asked.first)
        after = asked.last is not None and (year is None or year > asked.last)
        if before or after:
            continue
        rule = next(iter(passages[mission].values()), "")
        marks = notes.mark(passages[mission], links[mission].text, rule=rule)
        visits.append(Visit(links[mission], date_in_words(date, language), marks))
        if year is not None:
            month = int(date[5:7]) if date[5:7].isdigit() else 0
            at = year + (month - 0.5) / 12 if month else float(year)
            events.append(Event(at, f"{links[mission].text}, {date_in_words(date, language)}", links[mission].href))
    return tuple(visits), tuple(events)


def _options(words: FigureWords, iris: Iterable[str], chosen: str, *, short: bool) -> tuple[Option, ...]:
    """Return the choices of a field; none where there is nothing to choose."""
    listed = set(iris) | ({chosen} if chosen else set())
    if len(listed) < 2 and not chosen:
        return ()
    options = [
        Option(key_of(one).removeprefix("territory/") if short else key_of(one), words.name(one), one == chosen)
        for one in listed
    ]
    return tuple(sorted(options, key=lambda one: one.label.casefold()))


def rows_of(page: Indicator) -> Iterable[Row]:
    """Yield the figures as rows of a file: keys and IRIs, and numbers as the data has them."""
    for one in page.table:
        figure = one.figure
        yield {
            "figure": figure.iri,
            "label": one.label.text,
            "period": key_of(figure.period),
            "value": figure.one(f.VALUE),
            "unit": figure.unit,
            "value_as_stated": one.stated,
            "qualifier": figure.one(f.QUALIFIER).removeprefix(CONCEPT + "qualifier-"),
            "lower_bound": figure.one(f.LOWER),
            "upper_bound": figure.one(f.UPPER),
            "stage": figure.stage,
            "missing_reason": figure.one(f.REASON).removeprefix(CONCEPT + "missing-"),
            **{column: [key_of(value) for value in figure.all(name)] for column, name in _COLUMNS.items()},
            "known_on": figure.one(f.KNOWN),
            "passages": [key_of(value) for value in figure.all(f.PASSAGE)],
        }


_COLUMNS: Final = {
    "thing": f.THING,
    "area": f.AREA,
    "counterpart_area": f.COUNTERPART,
    "sector": f.SECTOR,
    "product": f.PRODUCT,
    "category": f.CATEGORY,
    "trade_flow": f.FLOW,
    "accounting_method": f.METHOD,
    "percentage_of": f.OF,
    "scenario": f.SCENARIO,
    "ranking": f.RANKING,
    "according_to": f.ACCORDING,
}


def triples_of(page: Indicator) -> list[ox.Triple]:
    """Return what is said of the figures, as triples."""
    observation = ox.NamedNode(PREFIXES["qb"] + "Observation")
    found = []
    for figure in page.figures:
        node = ox.NamedNode(figure.iri)
        found.append(ox.Triple(node, _RDF_TYPE, observation))
        found += [ox.Triple(node, ox.NamedNode(name), one) for name, values in figure.said.items() for one in values]
    return found
