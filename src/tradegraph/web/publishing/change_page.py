"""The pages on changes, as values: sentences on a comparison, its tables, and things with what was and what is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox

from tradegraph.explore.kinds import KINDS, Kind
from tradegraph.explore.names import Name
from tradegraph.languages import Language, Words
from tradegraph.namespaces import GRAPH, ID, PREFIXES, shrink
from tradegraph.publish.differences import HOWS, How, KindTally, Statement, Summary, ThingChange
from tradegraph.web.addresses import page_address
from tradegraph.web.frame import number
from tradegraph.web.kit import date_in_words, number_in_words
from tradegraph.web.notes import Link, Text
from tradegraph.web.words import say

MOST_VALUES: Final = 12
"""Values of one property that are shown; how many more there are is said."""
_XSD: Final = PREFIXES["xsd"]
_DATES: Final = frozenset(_XSD + name for name in ("date", "gYear", "gYearMonth"))
_NUMBERS: Final = frozenset(_XSD + name for name in ("integer", "decimal"))
_LONGEST: Final = 600
_BESIDES: Final = {
    "term": Kind("term", Words("term", "term"), Words("termen", "terms"), "sector", "tags", "described"),
    "graph": Kind("graph", Words("graaf", "graph"), Words("grafen", "graphs"), "document", "database", "described"),
    "other": Kind(
        "other", Words("ander ding", "other thing"), Words("andere dingen", "other things"), "sector", "tags"
    ),
}
_LAYERS: Final = ("thing", "evidence", "described")


@dataclass(frozen=True)
class Count:
    """A number that leads to a list; `href` is empty for nothing."""

    count: int
    href: str
    current: bool = False


@dataclass(frozen=True)
class KindRow:
    """A row of the table of kinds."""

    kind: Kind
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class GraphRow:
    """A row of the table of documents (graphs)."""

    name: Text
    added: int
    removed: int


@dataclass(frozen=True)
class PropertyRow:
    """What one property of a thing was and is; `more` values on either side are not shown."""

    label: Link
    before: tuple[Text, ...]
    after: tuple[Text, ...]
    corrected: bool
    more_before: int
    more_after: int


@dataclass(frozen=True)
class ThingRow:
    """A thing that came, went or changed."""

    link: Text
    how: How
    properties: tuple[PropertyRow, ...]


def kind_named(key: str) -> Kind:
    """Return how a kind is shown; also what is no thing has a kind here."""
    return KINDS.get(key) or _BESIDES.get(key) or _BESIDES["other"]


def ordered(kinds: Iterable[KindTally]) -> list[KindTally]:
    """Return kinds as pages list them: things, then evidence, then what describes the graph."""
    places = {key: place for place, key in enumerate(KINDS)}
    return sorted(
        kinds,
        key=lambda one: (_LAYERS.index(kind_named(one.kind).layer), places.get(one.kind, len(places)), one.kind),
    )


def sentences(summary: Summary, language: Language) -> tuple[str, ...]:
    """Say in words what a comparison found: the statements, then the things of each kind that people look for."""
    if summary.same:
        return (say(language, "releases_same"),)
    found = [
        say(
            language,
            "releases_statements",
            added=number(summary.added, language),
            removed=number(summary.removed, language),
        )
    ]
    for how in HOWS:
        parts = [
            _counted(one.of(how), kind_named(one.kind), language)
            for one in ordered(summary.kinds)
            if one.of(how) and kind_named(one.kind).layer == "thing"
        ]
        if parts:
            found.append(f"{how_in_words(how, language)}: {', '.join(parts)}.")
    return tuple(found)


def how_in_words(how: How, language: Language) -> str:
    """Return what happened to a thing, as a word with a capital."""
    if how == "added":
        return say(language, "releases_added")
    return say(language, "releases_removed") if how == "removed" else say(language, "releases_changed")


def _counted(count: int, kind: Kind, language: Language) -> str:
    return f"{number(count, language)} {(kind.one if count == 1 else kind.many).in_(language)}"


def chosen_list(summary: Summary, kind: str, how: str) -> tuple[str, How] | None:
    """Return the list to show: the one asked for, else the first there is; None where nothing was asked and none is."""
    for one in ordered(summary.kinds):
        for way in HOWS:
            if one.of(way) and kind in ("", one.kind) and how in ("", way):
                return one.kind, way
    return None


def kind_rows(
    summary: Summary, path: str, parameters: list[tuple[str, str]], chosen: tuple[str, How] | None
) -> list[KindRow]:
    """Return the table of kinds; each number leads to its list."""
    found = []
    for one in ordered(summary.kinds):
        counts = []
        for how in HOWS:
            count = one.of(how)
            query = urlencode([*parameters, ("kind", one.kind), ("how", how)])
            counts.append(Count(count, f"{path}?{query}#things" if count else "", chosen == (one.kind, how)))
        found.append(KindRow(kind_named(one.kind), tuple(counts)))
    return found


def graph_rows(summary: Summary, language: Language) -> list[GraphRow]:
    """Return the table of graphs, those of documents under the name of their version."""
    return [
        GraphRow(
            Link(one.graph.removeprefix(GRAPH), "", page_address(one.graph, language)) if one.graph else Text("—"),
            one.added,
            one.removed,
        )
        for one in summary.graphs
    ]


def iris_shown(changes: Iterable[ThingChange]) -> list[str]:
    """Return the IRIs of our things among the values that are shown."""
    found: dict[str, None] = {}
    for change in changes:
        for one in change.properties:
            for said in (*one.removed[:MOST_VALUES], *one.added[:MOST_VALUES]):
                term = _term(said)
                if isinstance(term, ox.NamedNode) and term.value.startswith(ID):
                    found.setdefault(term.value)
    return list(found)


def thing_rows(
    changes: Iterable[ThingChange], names: dict[str, Name], labels: dict[str, Words], language: Language
) -> list[ThingRow]:
    """Return things with what was and is said; `names` are those of the values, `labels` those of properties, by IRI.

    A thing that is gone has no page any more, so no link.
    """
    return [_thing_row(change, names, labels, language) for change in changes]


def _thing_row(change: ThingChange, names: dict[str, Name], labels: dict[str, Words], language: Language) -> ThingRow:
    words = Words(change.label_nl, change.label_en).in_(language)
    name = names.get(change.thing)
    text = words or (name.text if name is not None else "") or change.thing.removeprefix(ID)
    href = "" if change.how == "removed" else page_address(change.thing, language)
    properties = []
    for one in change.properties:
        label = labels.get(one.name, Words()).in_(language) or shrink(one.name)
        lost, won = (tuple(dict.fromkeys(said.value for said in some)) for some in (one.removed, one.added))
        properties.append(
            PropertyRow(
                Link(label, "", page_address(one.name, language)),
                tuple(_value(value, names, language) for value in lost[:MOST_VALUES]),
                tuple(_value(value, names, language) for value in won[:MOST_VALUES]),
                one.corrected,
                max(0, len(lost) - MOST_VALUES),
                max(0, len(won) - MOST_VALUES),
            )
        )
    return ThingRow(Link(text, "", href) if href else Text(text), change.how, tuple(properties))


def _term(said: Statement) -> object:
    return _parsed(said.value)


def _parsed(value: str) -> object:
    (quad,) = ox.parse(f"<http://s> <http://p> {value} .".encode(), ox.RdfFormat.N_TRIPLES)
    return quad.object


def _value(value: str, names: dict[str, Name], language: Language) -> Text:
    term = _parsed(value)
    if isinstance(term, ox.NamedNode):
        name = names.get(term.value)
        shown = name.text if name is not None else shrink(term.value).strip("<>")
        href = page_address(term.value, language)
        return (
            Link(shown, "" if name is None else name.language, href, not href.startswith("/")) if href else Text(shown)
        )
    if not isinstance(term, ox.Literal):
        return Text(value)
    kind = term.datatype.value
    if kind in _DATES:
        return Text(date_in_words(term.value, language))
    if kind in _NUMBERS:
        return Text(number_in_words(term.value, language))
    text = term.value if len(term.value) <= _LONGEST else term.value[: _LONGEST - 1] + "…"
    tag = term.language or ""
    return Text(text, "" if tag == language else tag)
