"""What connects two things: the question, and the ranked paths that answer it, typed and without any page.

>>> answer = connect(EdgeIndex.open(release.directory / EDGES_FILE), Question("…/id/mission/…", "…/id/territory/…"))
>>> [relation.edge.property for step in answer.paths[0].steps for relation in step.relations]
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Final

from tradegraph.errors import NotFound, QueryRefused
from tradegraph.explore.connections.index import EdgeIndex
from tradegraph.explore.connections.search import MOST_STEPS, Limits, Search, Walk, find
from tradegraph.explore.kinds import KINDS
from tradegraph.graph.edges import MENTIONED_IN, NOT_PASSED, REGISTRY, Edge
from tradegraph.graph.relations import relation_iri
from tradegraph.namespaces import DEF, ID

PAGE_SIZE: Final = 12
NEAREST: Final = 5
STOPS: Final = tuple(
    key for key, kind in KINDS.items() if kind.layer == "thing" and key not in NOT_PASSED and key != "passage"
)
"""The kinds that paths pass through by default."""


@dataclass(frozen=True)
class Question:
    """What connects `start` and `end`? All things are IRIs.

    `steps`: from 1 to 6. `stops` and `properties`: kinds that may be passed through and IRIs of relations that count,
    None for the default. `since` and `until` are years. `shape` asks for paths through these kinds in this order only.
    """

    start: str
    end: str
    steps: int = 4
    via: str = ""
    without: tuple[str, ...] = ()
    stops: tuple[str, ...] | None = None
    properties: tuple[str, ...] | None = None
    since: int | None = None
    until: int | None = None
    hubs: bool = False
    mentions: bool = False
    shape: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Relation:
    """A relation that makes a step; `forward` when the step goes from its subject to its object."""

    edge: Edge
    forward: bool

    @property
    def is_mention(self) -> bool:
        """Whether it only tells that a document names the thing."""
        return self.edge.property == MENTIONED_IN

    @property
    def rule(self) -> str:
        """The IRI of the rule that derives it; empty for a relation of the registry."""
        return "" if self.edge.property in REGISTRY else f"{ID}rule/{self.edge.property.removeprefix(DEF)}"

    @property
    def record(self) -> str:
        """The IRI of the record to look it up by: the derived relation, else the thing that the registry describes."""
        if not self.rule:
            return self.edge.subject
        return relation_iri(self.edge.subject, self.edge.property, f"<{self.edge.object}>")


@dataclass(frozen=True)
class Step:
    """A step from `start` to `end`, and the relations that make it: the one with most evidence first."""

    start: str
    end: str
    relations: tuple[Relation, ...]

    @property
    def first(self) -> Relation:
        """The relation that tells the step."""
        return self.relations[0]


@dataclass(frozen=True)
class Path:
    """A path, its place among all (from 1), and what it was ranked by.

    `evidence`: the passages behind its weakest step; `rarity`: 1 for a path whose stops have no other relations, near
    0 for one through things with very many; `newest`: the latest year stated, 0 for none.
    """

    rank: int
    steps: tuple[Step, ...]
    evidence: int
    rarity: float
    newest: int

    @property
    def things(self) -> tuple[str, ...]:
        """The things on the path, both ends included."""
        return (self.steps[0].start, *(step.end for step in self.steps))


@dataclass(frozen=True)
class Group:
    """Paths through the same kinds in the same order: `shape` are the kinds of the stops, `total` says how many."""

    shape: tuple[str, ...]
    total: int
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Answer:
    """The answer to a question: `groups` of the paths on this page, best first, and how many there are in all.

    `listed` paths stand on all pages together: of each group the first `in_group`. All paths of at most `complete_to`
    steps were found; when that is less than was asked, there are at least `total`. `nearest` are things beside each
    end, most relations first, told when nothing connects them.
    """

    question: Question
    groups: tuple[Group, ...]
    total: int
    listed: int
    in_group: int
    shapes: int
    first: int
    pages: int
    complete_to: int
    work: int
    nearest: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def complete(self) -> bool:
        """Whether every path that was asked for was found."""
        return self.complete_to >= self.question.steps

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths of this page, in the order shown."""
        return tuple(path for group in self.groups for path in group.paths)


@dataclass
class _Scores:
    """Evidence for each pair of neighbours, looked up once."""

    walk: Walk
    _pairs: dict[tuple[int, int], tuple[bool, int, int]] = field(default_factory=dict)

    def pair(self, one: int, other: int) -> tuple[bool, int, int]:
        """Return whether two nodes are only named together, the passages behind their best relation, its last year."""
        key = (one, other) if one < other else (other, one)
        if key not in self._pairs:
            index = self.walk.index
            edges = self.walk.between(one, other)
            told = [edge for edge in edges if not index.is_mention(edge)]
            best = max((index.weight(edge) for edge in told or edges), default=0)
            self._pairs[key] = (not told, best, max((index.until[edge] for edge in edges), default=0))
        return self._pairs[key]

    def key(self, path: tuple[int, ...]) -> tuple[int, int, float, int, tuple[int, ...]]:
        """Return what a path is ranked by, the best first: the rule is in docs/connections.md."""
        pairs = [self.pair(one, other) for one, other in pairwise(path)]
        evidence = sum(1 - 1 / (1 + weight) for _, weight, _ in pairs) / len(pairs)
        mentions = sum(named for named, _, _ in pairs)
        newest = max(year for _, _, year in pairs)
        return mentions, len(path), -round(evidence + self.rarity(path), 6), -newest, path

    def rarity(self, path: tuple[int, ...]) -> float:
        """Return the mean of 1/degree of the stops; 1 for a path without stops."""
        stops = path[1:-1]
        return sum(1 / max(1, self.walk.index.degree(node)) for node in stops) / len(stops) if stops else 1.0


def connect(
    index: EdgeIndex,
    question: Question,
    page: int = 1,
    size: int = PAGE_SIZE,
    in_group: int = 3,
    limits: Limits | None = None,
) -> Answer:
    """Return page `page` of the answer, `size` paths a page, of each group the first `in_group`.

    A question with a `shape` gets all paths of its one group, page after page. Raises NotFound for a thing without any
    relation and for a page that is not there, QueryRefused for what cannot be asked.
    """
    search = _search(index, question)
    found = find(index, search, limits)
    walk = Walk(index, search, Limits())
    scores = _Scores(walk)
    ranked = sorted(found.paths, key=scores.key)
    placed = list(enumerate(ranked, 1))
    by_shape: dict[tuple[str, ...], list[tuple[int, tuple[int, ...]]]] = {}
    for rank, path in placed:
        by_shape.setdefault(tuple(index.kind(node) for node in path[1:-1]), []).append((rank, path))
    if question.shape is not None:
        by_shape = {shape: paths for shape, paths in by_shape.items() if shape == question.shape}
        in_group = sum(map(len, by_shape.values()))
    shown = [(shape, one) for shape, paths in by_shape.items() for one in paths[:in_group]]
    pages = max(1, -(-len(shown) // size))
    if not 1 <= page <= pages:
        raise NotFound(f"There is no page {page} of these connections: there are {pages}.")
    made = partial(_path, walk, scores)
    groups = _groups(shown[(page - 1) * size : page * size], Counter({k: len(v) for k, v in by_shape.items()}), made)
    total = sum(map(len, by_shape.values()))
    nearest = ((), ()) if found.paths else (_nearest(walk, search.start), _nearest(walk, search.end))
    return Answer(
        question,
        groups,
        total=total,
        listed=len(shown),
        in_group=in_group,
        shapes=len(by_shape),
        first=(page - 1) * size + 1,
        pages=pages,
        complete_to=min(found.complete_to, search.steps),
        work=found.work,
        nearest=nearest,
    )


def _groups(
    shown: list[tuple[tuple[str, ...], tuple[int, tuple[int, ...]]]],
    totals: Counter[tuple[str, ...]],
    made: Callable[[int, tuple[int, ...]], Path],
) -> tuple[Group, ...]:
    grouped: dict[tuple[str, ...], list[Path]] = {}
    for shape, (rank, path) in shown:
        grouped.setdefault(shape, []).append(made(rank, path))
    return tuple(Group(shape, totals[shape], tuple(paths)) for shape, paths in grouped.items())


def _path(walk: Walk, scores: _Scores, rank: int, path: tuple[int, ...]) -> Path:
    steps = tuple(step_between(walk, one, other) for one, other in pairwise(path))
    pairs = [scores.pair(one, other) for one, other in pairwise(path)]
    return Path(
        rank, steps, min(pair[1] for pair in pairs), round(scores.rarity(path), 4), max(pair[2] for pair in pairs)
    )


def step_between(walk: Walk, one: int, other: int) -> Step:
    """Return the step from one node to another: every relation that counts, the one with most evidence first."""
    index = walk.index
    edges = sorted(walk.between(one, other), key=lambda edge: (index.is_mention(edge), -index.weight(edge), edge))
    relations = tuple(Relation(index.edge(edge), index.ends(edge)[0] == one) for edge in edges)
    return Step(index.iri(one), index.iri(other), relations)


def _nearest(walk: Walk, node: int) -> tuple[str, ...]:
    index = walk.index
    # Whether they may be passed through or not: that may be why nothing was found.
    beside = {other for other in set(index.relations.node[slice(*_span(index, node))]) if index.kind(other) in STOPS}
    ordered = sorted(beside, key=lambda one: (-len(walk.between(node, one)), index.degree(one), one))
    return tuple(index.iri(one) for one in ordered[:NEAREST])


def _span(index: EdgeIndex, node: int) -> tuple[int, int]:
    return index.relations.start[node], index.relations.start[node + 1]


def _search(index: EdgeIndex, question: Question) -> Search:
    """Return the question in numbers of the index."""
    if question.start == question.end:
        raise QueryRefused("Both ends are the same thing.", "Choose two different things.")
    if not 1 <= question.steps <= MOST_STEPS:
        raise QueryRefused(f"{question.steps} steps cannot be asked for.", f"Ask for 1 to {MOST_STEPS} steps.")
    if clash := {question.start, question.end, question.via} & set(question.without):
        raise QueryRefused(f"<{min(clash)}> must be on the path and must not.", "Leave it out of one of the two.")
    if question.via in (question.start, question.end):
        raise QueryRefused("The thing on the way is one of the ends.", "Choose a third thing.")
    kinds, properties = index.kinds, index.properties
    stops = question.stops if question.stops is not None else STOPS
    return Search(
        _node(index, question.start),
        _node(index, question.end),
        question.steps,
        via=_node(index, question.via) if question.via else None,
        without=frozenset(node for iri in question.without if (node := index.node(iri)) is not None),
        stops=frozenset(
            number for number, kind in enumerate(kinds) if kind in stops or (question.hubs and kind == "concept")
        ),
        hubs=question.hubs,
        properties=None
        if question.properties is None
        else frozenset(number for number, name in enumerate(properties) if name in question.properties),
        since=0 if question.since is None else question.since,
        until=9999 if question.until is None else question.until,
        mentions=question.mentions,
    )


def _node(index: EdgeIndex, iri: str) -> int:
    node = index.node(iri)
    if node is None:
        raise NotFound(f"<{iri}> has no relation with another thing in this release.")
    return node
