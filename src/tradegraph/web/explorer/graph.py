"""The graph around a thing, to explore freely: `/nl/graph?focus=mission/2025-06-indonesia`.

The address holds everything: what stands in the middle, what is shown, what is chosen. Each click is a link, so that
the page works without scripts; with them the same page is fetched and its parts are put in place.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from tradegraph.drawings.network import GLYPHS, Joint, Layout, Place, along, curve, lay_out, lines_of
from tradegraph.errors import NotFound, QueryRefused
from tradegraph.explore.describe import exists, thing_iri
from tradegraph.explore.kinds import Kind, kind_of
from tradegraph.explore.network import (
    MOST_NODES,
    Edge,
    best_neighbours,
    edges_among,
    edges_in,
)
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, ID, shrink
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Query
from tradegraph.web.notes import Link, Mark, Notes, Source
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site
from tradegraph.web.words import say

AT_FIRST: Final = 12
_PARAMETERS: Final = ("focus", "show", "chosen", "q", "format")
_STARTS: Final = (
    "mission/2025-06-indonesia",
    "event/expo-2025-osaka",
    "territory/jpn",
    "organisation/rvo",
    "organisation/invest-international",
    "grouping/priority-markets",
)
_SHARE: Final = 0.42
"""Where on a line its words stand: this part of the way in from the outer end."""


Wording = Callable[[str], str]
"""What a relation is called, by the IRI of its property."""


@dataclass(frozen=True)
class State:
    """What the address says, as keys (`kind/key`): what stands in the middle, what is shown besides, what is chosen."""

    focus: str
    shown: tuple[str, ...]
    chosen: str

    def address(self, language: Language, suffix: str = "") -> str:
        """Return the address of this state."""
        pairs = {"chosen": self.chosen, "focus": self.focus, "show": ",".join(self.shown)}
        if self.chosen == self.focus:
            del pairs["chosen"]
        return f"/{language}/graph{suffix}?" + urlencode(pairs, safe="/,")

    def with_shown(self, keys: Iterable[str]) -> "State":
        """Return the state in which these are shown besides the thing in the middle."""
        shown = tuple(dict.fromkeys(key for key in keys if key != self.focus))
        return State(self.focus, shown, self.chosen if self.chosen in (self.focus, *shown) else self.focus)


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


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_graph", __name__)
    relations = {term.iri: term.label for term in site.vocabulary.properties}

    @routes.get("/<any(nl, en):language>/graph")
    def graph(language: Language) -> Response:
        check_parameters(request.args, _PARAMETERS)
        if not request.args.get("focus"):
            return site.page("graph_start.html", language, lambda: _start(site, language))
        return site.page("graph.html", language, lambda: {"view": view(language, _state(site))})

    @routes.get("/<any(nl, en):language>/graph.svg")
    def drawing(language: Language) -> Response:
        check_parameters(request.args, _PARAMETERS)
        return site.send(
            language,
            lambda: render_template("graph_file.svg", view=view(language, _state(site))),
            "image/svg+xml",
        )

    @routes.get("/<any(nl, en):language>/graph.json")
    def data(language: Language) -> Response:
        check_parameters(request.args, _PARAMETERS)
        return site.send(language, lambda: _as_json(site, _state(site), language), "application/json")

    def view(language: Language, state: State) -> View:
        reader, notes = site.reader(), site.notes(language)
        around = site.panel("graph_neighbours", {"thing": ox.NamedNode(ID + state.chosen)}, reader)
        edges = edges_in(around.rows)
        keys = (state.focus, *state.shown)
        among = edges_among(reader, [ID + key for key in keys])
        links = site.links([*(ID + key for key in keys), *(edge.other(ID + state.chosen) for edge in edges)], language)
        chosen = ID + state.chosen
        focus_edges = edges if state.chosen == state.focus else _edges_of(site, ID + state.focus)
        beside = {edge.other(ID + state.focus) for edge in focus_edges}
        more = best_neighbours(edges, chosen, {ID + key for key in keys})
        joints = dict.fromkeys(Joint(_key(edge.source), _key(edge.target)) for edge in among)
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
            expand=state.with_shown([*state.shown, *map(_key, more)]).address(language) if more else "",
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

    return routes


def _state(site: Site) -> State:
    """Return what the address asks for; RequestError 400 for too much, 404 for what is not there."""
    reader = site.reader()

    def thing(key: str) -> str:
        kind, _, rest = key.partition("/")
        try:
            iri = thing_iri(kind, rest)
        except NotFound as error:
            raise RequestError(400, f"“{key}” is no thing.", "Give kind/key, such as territory/jpn.") from error
        return iri

    focus = request.args["focus"]
    if not exists(reader, thing(focus)):
        raise RequestError(404, f"There is no “{focus}” in this release.", "Search for its name to find its key.")
    given = request.args.get("show")
    if given is None:
        best = best_neighbours(_edges_of(site, ID + focus), ID + focus, {ID + focus}, AT_FIRST)
        shown = tuple(map(_key, best))
    else:
        shown = tuple(dict.fromkeys(key for key in given.split(",") if key and key != focus))
        for key in shown:
            thing(key)
    if len(shown) + 1 > MOST_NODES:
        raise RequestError(
            400, f"More than {MOST_NODES} things are not drawn: nothing could be seen.", "Show fewer of them."
        )
    chosen = request.args.get("chosen") or focus
    if chosen not in (focus, *shown):
        raise RequestError(400, f"“{chosen}” is chosen and not shown.", "Add it to show, or leave chosen out.")
    return State(focus, shown, chosen)


def _edges_of(site: Site, thing: str) -> tuple[Edge, ...]:
    return edges_in(site.panel("graph_neighbours", {"thing": ox.NamedNode(thing)}).rows)


def _start(site: Site, language: Language) -> dict[str, object]:
    links = site.links([ID + key for key in _STARTS], language)
    words = request.args.get("q", "").strip()
    found: list[tuple[str, Link, Kind]] = []
    if words and site.endpoint.index is not None:
        try:
            hits = site.endpoint.index.find(words, language, [], 40)
        except QueryRefused as error:
            raise RequestError(400, error.detail, error.remedy) from error
        iris = [hit.iri for hit in hits if hit.iri.startswith(ID) and kind_of(hit.iri).layer == "thing"]
        named = site.links(dict.fromkeys(iris), language)
        found = [(iri, link, kind_of(iri)) for iri, link in named.items() if kind_of(iri).key != "passage"][:20]
    return {
        "starts": [(State(key, (), key), links[ID + key], kind_of(ID + key)) for key in _STARTS],
        "words": words,
        "found": [(_key(iri), link, kind) for iri, link, kind in found],
    }


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
        ends = _key(edge.source), _key(edge.target)
        pairs[ends[::-1] if ends[::-1] in pairs else ends].append(edge)
    middle = layout.places[state.focus].x
    for (source, target), same in pairs.items():
        start, end = layout.places[source], layout.places[target]
        outer_is_target = abs(end.x - middle) >= abs(start.x - middle)
        marks: dict[Mark, None] = {}
        for edge in same:
            marks |= dict.fromkeys(_marks(edge, links, notes, words))
        said = ((words(edge.property), "" if _key(edge.source) == source else "← ") for edge in same)
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
            key = _key(other)
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


def _as_json(site: Site, state: State, language: Language) -> str:
    keys = (state.focus, *state.shown)
    names = site.named([ID + key for key in keys], language)
    among = edges_among(site.reader(), [ID + key for key in keys])
    return json.dumps(
        {
            "release": site.endpoint.release.identifier,
            "focus": ID + state.focus,
            "nodes": [
                {"id": ID + key, "key": key, "kind": kind_of(ID + key).key, "label": names[ID + key].text}
                for key in keys
            ],
            "edges": [
                {
                    "source": edge.source,
                    "property": edge.property.removeprefix(DEF),
                    "target": edge.target,
                    "passages": edge.passages,
                    "rule": edge.rule,
                }
                for edge in among
            ],
        },
        ensure_ascii=False,
    )


def _key(iri: str) -> str:
    return iri.removeprefix(ID)
