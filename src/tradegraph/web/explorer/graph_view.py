"""What the graph around a thing shows: things and lines as drawn, neighbours as listed, relations as a table."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox

from tradegraph.drawings.network import GLYPHS, Joint, Layout, Place, along, curve, lay_out, lines_of
from tradegraph.explore.kinds import Kind, kind_of
from tradegraph.explore.network import Edge, best_neighbours, edges_among, edges_in
from tradegraph.languages import Language, Words
from tradegraph.namespaces import ID, shrink
from tradegraph.web.explorer.graph_state import State, edges_of, key_of
from tradegraph.web.kit import Actions, Query
from tradegraph.web.notes import Link, Mark, Notes, Source
from tradegraph.web.site import Panel, Site
from tradegraph.web.words import say

_SHARE: Final = 0.42
"""Where on a line its words stand: this part of the way in from the outer end."""

Wording = Callable[[str], str]
"""What a relation is called, by the IRI of its property."""


@dataclass(frozen=True)
class Node:
    """A thing as drawn: its place, name in lines, and where a click leads."""

    key: str
    name: Link
    kind: Kind
    glyph: str
    place: Place
    lines: tuple[str, ...]
    href: str
    focus: bool
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One or more relations between the same two things: its path, its words and their place, and its sources."""

    source: str
    target: str
    path: str
    words: str
    at: Place
    named: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Neighbour:
    """A row of the list: the thing, its marks, whether it is drawn, and the address that changes that."""

    name: Link
    kind: Kind
    marks: tuple[Mark, ...]
    drawn: bool
    toggle: str


@dataclass(frozen=True)
class Group:
    """Neighbours by one relation in one direction."""

    label: str
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True)
class Step:
    """A row of the table: from, relation, to, and where that was read."""

    source: Link
    relation: str
    target: Link
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class View:
    """The page around a thing."""

    state: State
    name: Link
    kind: Kind
    chosen: Link
    chosen_kind: Kind
    width: float
    height: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    steps: tuple[Step, ...]
    drawn: int
    all: int
    expand: str
    expand_count: int
    focus_here: str
    hide: str
    sources: tuple[Source, ...]
    actions: Actions


def view_of(site: Site, state: State, language: Language, relations: Mapping[str, Words]) -> View:
    """Return the page of a state; `relations` says what properties are called, by IRI."""
    reader, notes = site.reader(), site.notes(language)
    around = site.panel("graph_neighbours", {"thing": ox.NamedNode(ID + state.chosen)}, reader)
    edges = edges_in(around.rows)
    keys = (state.focus, *state.shown)
    among = edges_among(reader, [ID + key for key in keys])
    links = site.links([*(ID + key for key in keys), *(edge.other(ID + state.chosen) for edge in edges)], language)
    chosen = ID + state.chosen
    focus_edges = edges if state.chosen == state.focus else edges_of(site, ID + state.focus)
    beside = {edge.other(ID + state.focus) for edge in focus_edges}
    more = best_neighbours(edges, chosen, {ID + key for key in keys})
    joints = dict.fromkeys(Joint(key_of(edge.source), key_of(edge.target)) for edge in among)
    layout = lay_out(state.focus, keys, joints)

    def words(name: str) -> str:
        return relations[name].in_(language) if name in relations else shrink(name)

    return View(
        state=state,
        name=links[ID + state.focus],
        kind=kind_of(ID + state.focus),
        chosen=links[chosen],
        chosen_kind=kind_of(chosen),
        width=layout.width,
        height=layout.height,
        nodes=tuple(_node(key, links[ID + key], layout, state, language) for key in keys),
        lines=tuple(_lines(among, layout, state, notes, words, links)),
        groups=_groups(edges, chosen, state, links, notes, words, language),
        steps=tuple(_step(edge, links, notes, words) for edge in among),
        drawn=len(beside & {ID + key for key in state.shown}),
        all=len(beside),
        expand=state.with_shown([*state.shown, *map(key_of, more)]).address(language) if more else "",
        expand_count=len(more),
        focus_here=""
        if state.chosen == state.focus
        else State(state.chosen, tuple(key for key in keys if key != state.chosen), state.chosen).address(language),
        hide=""
        if state.chosen == state.focus
        else state.with_shown(key for key in state.shown if key != state.chosen).address(language),
        sources=notes.sources(),
        actions=_actions(state, around, language),
    )


def _node(key: str, name: Link, layout: Layout, state: State, language: Language) -> Node:
    return Node(
        key,
        name,
        kind_of(ID + key),
        GLYPHS[kind_of(ID + key).shape],
        layout.places[key],
        lines_of(name.text),
        State(state.focus, state.shown, key).address(language),
        key == state.focus,
        key == state.chosen,
    )


def _lines(
    edges: Sequence[Edge], layout: Layout, state: State, notes: Notes, words: Wording, links: dict[str, Link]
) -> Iterable[Line]:
    """Yield one line for each pair of things; its words stand near the end that is further out."""
    pairs: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        ends = key_of(edge.source), key_of(edge.target)
        pairs[ends[::-1] if ends[::-1] in pairs else ends].append(edge)
    middle = layout.places[state.focus].x
    for (source, target), same in pairs.items():
        start, end = layout.places[source], layout.places[target]
        outer_is_target = abs(end.x - middle) >= abs(start.x - middle)
        marks: dict[Mark, None] = {}
        for edge in same:
            marks |= dict.fromkeys(_marks(edge, links, notes, words))
        said = ((words(edge.property), "" if key_of(edge.source) == source else "← ") for edge in same)
        yield Line(
            source,
            target,
            curve(start, end),
            ", ".join(f"{back}{word}" for word, back in dict.fromkeys(said)),
            along(start, end, 1 - _SHARE if outer_is_target else _SHARE),
            state.focus in (source, target),
            tuple(marks),
        )


def _marks(edge: Edge, links: dict[str, Link], notes: Notes, words: Wording) -> tuple[Mark, ...]:
    about = f"{links[edge.source].text} — {words(edge.property)} — {links[edge.target].text}"
    return notes.mark(edge.passages, about, rule=edge.rule)


def _groups(
    edges: Sequence[Edge],
    chosen: str,
    state: State,
    links: dict[str, Link],
    notes: Notes,
    words: Wording,
    language: Language,
) -> tuple[Group, ...]:
    grouped: dict[tuple[bool, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        grouped[edge.source != chosen, edge.property].append(edge)
    keys = (state.focus, *state.shown)
    found = []
    for (incoming, name), same in sorted(grouped.items()):
        rows = []
        for edge in sorted(same, key=lambda one: links[one.other(chosen)].text.casefold()):
            other = edge.other(chosen)
            key = key_of(other)
            drawn = key in keys
            after = [one for one in state.shown if one != key] if drawn else [*state.shown, key]
            toggle = "" if key == state.focus else state.with_shown(after).address(language)
            rows.append(Neighbour(links[other], kind_of(other), _marks(edge, links, notes, words), drawn, toggle))
        found.append(Group(f"← {words(name)}" if incoming else f"{words(name)} →", tuple(rows)))
    return tuple(found)


def _step(edge: Edge, links: dict[str, Link], notes: Notes, words: Wording) -> Step:
    return Step(links[edge.source], words(edge.property), links[edge.target], _marks(edge, links, notes, words))


def _actions(state: State, around: Panel, language: Language) -> Actions:
    return Actions(
        formats=(
            Link("SVG", href=state.address(language, ".svg")),
            Link("JSON", href=state.address(language, ".json")),
        ),
        queries=(Query(say(language, "graph_relations", name=state.chosen), around.address(language)),),
        connections=f"/{language}/connections?" + urlencode({"from": state.focus}, safe="/"),
    )
