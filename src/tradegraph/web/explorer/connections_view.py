"""What the page of connections shows: an answer in words of the page's language, with marks, a drawing and a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tradegraph.drawings.layers import Layers, Line, lay_out
from tradegraph.drawings.network import GLYPHS, Place, lines_of
from tradegraph.drawings.scales import shortened
from tradegraph.explore.connections import Answer, Path, Relation, Step
from tradegraph.explore.connections.sentences import Said, Speaker, Templates
from tradegraph.explore.kinds import KINDS, Kind, kind_of
from tradegraph.explore.names import Name
from tradegraph.languages import Language
from tradegraph.namespaces import ID
from tradegraph.web.addresses import page_address
from tradegraph.web.notes import Link, Mark, Notes
from tradegraph.web.site import Site, link_to
from tradegraph.web.words import say

MOST_DRAWN: Final = 12
MOST_NODES: Final = 40
MARKS_IN_A_SENTENCE: Final = 2
MARKS_IN_A_ROW: Final = 6


@dataclass(frozen=True)
class Told:
    """A step in a sentence: pieces of text, each a link or words, then the marks of its sources.

    `record` is the page of the evidence where no passage of a document states the step, else empty.
    """

    pieces: tuple[Link, ...]
    after: str
    marks: tuple[Mark, ...]
    mention: bool
    record: str


@dataclass(frozen=True)
class Reason:
    """A relation of a step in the table: its words, sources, years and what else is said of it."""

    words: str
    marks: tuple[Mark, ...]
    more: int
    record: str
    outside: str
    years: str
    modality: Link | None


@dataclass(frozen=True)
class Row:
    """A step in the table."""

    path: int
    step: int
    start: Link
    start_kind: Kind
    end: Link
    end_kind: Kind
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Shown:
    """A path in words: its place, how many passages its weakest step has, and the sentence as a whole."""

    rank: int
    evidence: int
    told: tuple[Told, ...]
    sentence: str


@dataclass(frozen=True)
class Shape:
    """Paths of one shape, under a heading; `every` is the query string of all of them, empty when they are here."""

    heading: str
    total: int
    paths: tuple[Shown, ...]
    every: tuple[str, ...] | None


@dataclass(frozen=True)
class Node:
    """A thing as drawn."""

    name: Link
    kind: Kind
    glyph: str
    place: Place
    lines: tuple[str, ...]
    end: bool


@dataclass(frozen=True)
class Edge:
    """A step as drawn: its path, its words and where they stand, and the source that a click leads to."""

    line: Line
    words: str
    full: str
    mark: Mark | None
    mention: bool


@dataclass(frozen=True)
class Picture:
    """The drawing: the first `paths` paths."""

    layers: Layers
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    paths: int


@dataclass(frozen=True)
class View:
    """Everything of an answer that a page shows."""

    shapes: tuple[Shape, ...]
    rows: tuple[Row, ...]
    picture: Picture | None


class Viewer:
    """Makes views of one answer: names are looked up once, and marks numbered in the order in which they appear."""

    def __init__(self, site: Site, templates: Templates, answer: Answer, language: Language, notes: Notes) -> None:
        self.answer, self.language, self.notes = answer, language, notes
        things = [thing for path in answer.paths for thing in path.things]
        modalities = [relation.edge.modality for relation in relations_of(answer.paths) if relation.edge.modality]
        self.names: Mapping[str, Name] = site.named([*things, *modalities], language)
        self.speaker = Speaker(templates, self.names, language)

    def view(self) -> View:
        """Return what the page shows."""
        shapes = tuple(
            Shape(
                heading(group.shape, self.language),
                group.total,
                tuple(self._shown(path) for path in group.paths),
                group.shape if group.total > len(group.paths) else None,
            )
            for group in self.answer.groups
        )
        rows = tuple(
            self._row(path.rank, number, step)
            for path in self.answer.paths
            for number, step in enumerate(path.steps, 1)
        )
        return View(shapes, rows, self.picture())

    def sentence(self, path: Path) -> str:
        """Return a path in words, as text."""
        return "".join(piece.text for piece in self.speaker.path(path))

    def picture(self) -> Picture | None:
        """Return the drawing of as many paths as can be told apart; None when there are none."""
        chosen: list[Path] = []
        seen: set[str] = set()
        for path in self.answer.paths[:MOST_DRAWN]:
            if len(seen | set(path.things)) > MOST_NODES:
                break
            seen |= set(path.things)
            chosen.append(path)
        if not chosen:
            return None
        steps = {(step.start, step.end): step for path in chosen for step in path.steps}
        words = {pair: shortened(self._words(step.first), 180, 12) for pair, step in steps.items()}
        layers = lay_out([path.things for path in chosen], words)
        ends = {chosen[0].things[0], chosen[0].things[-1]}
        nodes = tuple(
            Node(
                self.link(thing),
                kind_of(thing),
                GLYPHS[kind_of(thing).shape],
                place,
                lines_of(self.names[thing].text, 27),
                thing in ends,
            )
            for thing, place in layers.places.items()
        )
        edges = []
        for line in layers.lines:
            step = steps[line.source, line.target]
            marks = self._marks(step.first, step)
            full = f"{self.names[line.source].text} {self._words(step.first)} {self.names[line.target].text}"
            edges.append(
                Edge(line, words[line.source, line.target], full, marks[0] if marks else None, step.first.is_mention)
            )
        return Picture(layers, nodes, tuple(edges), len(chosen))

    def link(self, thing: str) -> Link:
        """Return the link to a thing."""
        return link_to(thing, self.names[thing], self.language)

    def _words(self, relation: Relation) -> str:
        return self.speaker.words(relation.edge.property, forward=relation.forward)

    def _shown(self, path: Path) -> Shown:
        pieces = self.speaker.path(path)
        told = []
        for number, step in enumerate(path.steps):
            own = [piece for piece in pieces if piece.step == number]
            # What follows the last name of a step, a comma or full stop, comes after its marks.
            after = own.pop().text if own and not own[-1].thing else ""
            if own and own[-1].thing != step.end:
                own, after = [*own, Said(after, number)], ""
            told.append(
                Told(
                    tuple(self._piece(piece) for piece in own),
                    after,
                    self._marks(step.first, step)[:MARKS_IN_A_SENTENCE],
                    step.first.is_mention,
                    self._outside(step.first),
                )
            )
        return Shown(path.rank, path.evidence, tuple(told), "".join(piece.text for piece in pieces))

    def _piece(self, piece: Said) -> Link:
        return Link(piece.text, piece.language, page_address(piece.thing, self.language) if piece.thing else "")

    def _row(self, rank: int, number: int, step: Step) -> Row:
        return Row(
            rank,
            number,
            self.link(step.start),
            kind_of(step.start),
            self.link(step.end),
            kind_of(step.end),
            tuple(self._reason(relation, step) for relation in step.relations),
        )

    def _reason(self, relation: Relation, step: Step) -> Reason:
        edge = relation.edge
        marks = self._marks(relation, step)
        modality = None
        if edge.modality:
            modality = link_to(edge.modality, self.names[edge.modality], self.language)
        return Reason(
            self._words(relation),
            marks[:MARKS_IN_A_ROW],
            max(0, len(edge.passages) - MARKS_IN_A_ROW),
            page_address(relation.record, self.language),
            self._outside(relation),
            years(edge.since, edge.until),
            modality,
        )

    def _outside(self, relation: Relation) -> str:
        """Return the page of the record that says where a relation comes from, when no document says it."""
        edge = relation.edge
        return "" if edge.passages or not edge.evidence else page_address(edge.evidence[0], self.language)

    def _marks(self, relation: Relation, step: Step) -> tuple[Mark, ...]:
        about = self.speaker.step(relation.edge.property, forward=relation.forward, start=step.start, end=step.end)
        return self.notes.mark(
            relation.edge.passages[:MARKS_IN_A_ROW], about, rule=relation.rule, record=relation.record
        )


def relations_of(paths: Iterable[Path]) -> Iterable[Relation]:
    """Yield every relation of every step."""
    return (relation for path in paths for step in path.steps for relation in step.relations)


def heading(shape: tuple[str, ...], language: Language) -> str:
    """Return what a group of paths is called: *Via een missie en een landengroep*."""
    if not shape:
        return say(language, "connections_direct")
    stops = [_a(KINDS[kind], language) for kind in shape]
    joined = stops[0]
    if len(stops) > 1:
        joined = ", ".join(stops[:-1]) + (" en " if language == "nl" else " and ") + stops[-1]
    return say(language, "connections_through", stops=joined)


def _a(kind: Kind, language: Language) -> str:
    word = kind.one.in_(language)
    if language == "nl":
        # Beleid is not counted.
        return word if word == "beleid" else f"een {word}"
    if word == "policy":
        return "a policy"
    return ("an " if word[0] in "aeiou" else "a ") + word


def years(since: int, until: int) -> str:
    """Return the years of a step: `2025`, `2021–2025`; empty when none is stated."""
    if not until:
        return ""
    return str(until) if since == until else f"{since}–{until}"


def key_of(thing: str) -> str:
    """Return the key with which an address names a thing: `territory/idn`."""
    return thing.removeprefix(ID)


def pairs_of(path: Path) -> list[tuple[str, str]]:
    """Return the ends of each step of a path."""
    return list(pairwise(path.things))
