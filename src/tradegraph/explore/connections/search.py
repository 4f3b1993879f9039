"""Finds every simple path between two nodes that is not too long, and says how far it looked.

Both ends are searched in turn, always the side that costs less, until the two searches meet; distances to the far end
then keep the walk along paths from going where no path can end. A path is a sequence of things, no thing twice:
several relations between the same two things are one step with several reasons.

The work is bounded in relations looked at and not in time, so that the same question has the same answer on any
machine. `Found.complete_to` says up to which length everything was found.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tradegraph.explore.connections.index import Adjacency, EdgeIndex
from tradegraph.graph.edges import HUB

MOST_STEPS: Final = 6
MOST_WORK: Final = 300_000
"""How many neighbours are looked at for one question."""
MOST_PATHS: Final = 5_000
"""How many paths are found, counted and ranked for one question."""
FAR: Final = 99


@dataclass(frozen=True)
class Limits:
    """What is looked at and found at most for one question."""

    work: int = MOST_WORK
    paths: int = MOST_PATHS


@dataclass(frozen=True)
class Search:
    """A question in numbers of an index: paths of at most `steps` from `start` to `end`.

    `via` must lie on a path, none of `without` may. `stops` are the numbers of kinds that a path may pass through,
    `hubs` whether it may pass through what connects everything; the ends and `via` are exempt. `properties` are the
    numbers of those that count, None for all. Steps with a stated year must touch `since` to `until`, those without
    one pass. `mentions` adds that a document names a thing, and lets paths through documents that are hubs.
    """

    start: int
    end: int
    steps: int = 4
    via: int | None = None
    without: frozenset[int] = frozenset()
    stops: frozenset[int] | None = None
    hubs: bool = False
    properties: frozenset[int] | None = None
    since: int = 0
    until: int = 9999
    mentions: bool = False


@dataclass(frozen=True)
class Found:
    """Paths as sequences of nodes, shorter ones first. All of at most `complete_to` steps are there."""

    paths: tuple[tuple[int, ...], ...]
    complete_to: int
    work: int

    def complete(self, search: Search) -> bool:
        """Say whether every path that was asked for is there."""
        return self.complete_to >= search.steps


class Spent(Exception):
    """The work that one question may cost is done."""


@dataclass
class Walk:
    """One search under way: which nodes and relations count, and how much work is left."""

    index: EdgeIndex
    search: Search
    limits: Limits
    looked: int = 0
    walked: int = 0
    _blocked: bytes = b""
    _near: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        search = self.search
        passed = range(HUB) if search.stops is None else search.stops
        table = bytearray(b"\1" * 256)
        for kind in passed:
            table[kind] = 0
            # Who asks for what is named together asks for documents, which name things by the hundred.
            named = search.mentions and self.index.kinds[kind : kind + 1] == ("document",)
            table[kind | HUB] = 0 if search.hubs or named else 1
        blocked = bytearray(self.index.codes.translate(bytes(table)))
        for node in (search.start, search.end, *(() if search.via is None else (search.via,))):
            blocked[node] = 0
        for node in search.without:
            blocked[node] = 1
        self._blocked = bytes(blocked)

    @property
    def work(self) -> int:
        """All work that was done."""
        return self.looked + self.walked

    def look(self, work: int) -> None:
        """Note relations looked at for the first time, which may be three quarters of all work; Spent beyond that."""
        self.looked += work
        if self.looked > self.limits.work * 3 // 4:
            raise Spent

    def walk(self, work: int) -> None:
        """Note steps walked along paths, which may be the last quarter; raises Spent beyond that."""
        self.walked += work
        if self.walked > self.limits.work // 4:
            raise Spent

    def cost(self, nodes: list[int]) -> int:
        """Return how much work the neighbours of all these nodes are."""
        start = self.index.relations.start
        cost = sum(start[node + 1] - start[node] for node in nodes)
        if self.search.mentions:
            start = self.index.mentions.start
            cost += sum(start[node + 1] - start[node] for node in nodes)
        return cost

    def near(self, node: int) -> list[int]:
        """Return the neighbours of a node that a path may touch, each once, in order."""
        if node not in self._near:
            found = self._around(self.index.relations, node)
            if self.search.mentions:
                found |= self._around(self.index.mentions, node)
            blocked = self._blocked
            self._near[node] = sorted(one for one in found if not blocked[one])
        return self._near[node]

    def between(self, one: int, other: int) -> list[int]:
        """Return the edges between two nodes that count, in either direction."""
        found = []
        for relations in (self.index.relations, self.index.mentions)[: 1 + self.search.mentions]:
            # From the side with fewer relations: a hub has them by the thousand.
            sizes = [relations.start[node + 1] - relations.start[node] for node in (one, other)]
            node, wanted = (one, other) if sizes[0] <= sizes[1] else (other, one)
            last = relations.start[node + 1]
            half = bisect_left(relations.node, wanted, relations.start[node], last)
            while half < last and relations.node[half] == wanted:
                if self.counts(relations, half):
                    found.append(relations.edge[half])
                half += 1
        return found

    def _around(self, relations: Adjacency, node: int) -> set[int]:
        first, last = relations.start[node], relations.start[node + 1]
        self.look(last - first)
        search = self.search
        if search.properties is None and search.since <= 0 and search.until >= 9999:
            return set(relations.node[first:last])
        return {relations.node[half] for half in range(first, last) if self.counts(relations, half)}

    def counts(self, relations: Adjacency, half: int) -> bool:
        """Say whether a relation is of a property and a time that count."""
        search = self.search
        if search.properties is not None and relations.property[half] not in search.properties:
            return False
        edge = relations.edge[half]
        until = self.index.until[edge]
        return not until or (until >= search.since and self.index.since[edge] <= search.until)


def find(index: EdgeIndex, search: Search, limits: Limits | None = None) -> Found:
    """Return the paths that `search` asks for; ValueError for a path from a thing to itself or of too many steps."""
    if search.start == search.end or not 1 <= search.steps <= MOST_STEPS:
        raise ValueError("a path has two ends and from 1 to 6 steps")
    walk = Walk(index, search, limits or Limits())
    if search.via is None:
        found, complete_to = _segment(walk, search.start, search.end, search.steps, frozenset())
    else:
        found, complete_to = _through(walk, search.via)
    return Found(tuple(found), complete_to, walk.work)


def _through(walk: Walk, via: int) -> tuple[list[tuple[int, ...]], int]:
    """Return paths by way of a node: each is a path to it and one from it that share nothing else."""
    search = walk.search
    if via in (search.start, search.end) or search.steps < 2:
        return [], search.steps
    first, first_to = _segment(walk, search.start, via, search.steps - 1, frozenset((search.end,)))
    second, second_to = _segment(walk, via, search.end, search.steps - 1, frozenset((search.start,)))
    by_length: dict[int, list[tuple[int, ...]]] = {}
    for path in second:
        by_length.setdefault(len(path) - 1, []).append(path)
    found: list[tuple[int, ...]] = []
    complete_to = min(search.steps, first_to + 1, second_to + 1)
    for length in range(2, complete_to + 1):
        for one in first:
            for other in by_length.get(length - len(one) + 1, ()):
                if set(one).isdisjoint(other[1:]):
                    if len(found) >= walk.limits.paths:
                        return found, length - 1
                    found.append(one + other[1:])
    return found, complete_to


def _segment(
    walk: Walk, start: int, end: int, steps: int, avoided: frozenset[int]
) -> tuple[list[tuple[int, ...]], int]:
    """Return the paths of at most `steps` between two nodes, and the length up to which all are there."""
    from_start, from_end, reach = _meet(walk, start, end, steps, avoided)
    distance: dict[int, int] | None = None
    while distance is None:
        try:
            distance = _distances(walk, from_start, from_end, reach)
        except Spent:
            # Shorter paths need only what was looked at already: give up the outermost ring around the end.
            deepest = max(from_end.values())
            if not deepest:
                return [], 0
            from_end = {node: far for node, far in from_end.items() if far < deepest}
            reach = min(reach, max(from_start.values()) + deepest) - 1
    paths: list[tuple[int, ...]] = []
    complete_to = 0
    try:
        steering = _Steering(walk, end, distance, avoided)
        for length in range(1, reach + 1):
            for path in steering.paths(start, length):
                if len(paths) >= walk.limits.paths:
                    return paths, complete_to
                paths.append(path)
            complete_to = length
    except Spent:
        pass
    return paths, complete_to


def _meet(
    walk: Walk, start: int, end: int, steps: int, avoided: frozenset[int]
) -> tuple[dict[int, int], dict[int, int], int]:
    """Return distances from both ends, which together reach as far as paths of `steps`, or as the work allows.

    Half of the work is kept for what comes after.
    """
    sides = [({start: 0}, [start], end), ({end: 0}, [end], start)]
    reach = 0
    while reach < steps:
        costs = [walk.cost(frontier) for _, frontier, _ in sides]
        side = costs.index(min(costs))
        distances, frontier, other_end = sides[side]
        if walk.looked + costs[side] > walk.limits.work // 2:
            break
        found: set[int] = set()
        for node in frontier:
            # A path that is at its other end goes no further.
            if node != other_end:
                found.update(walk.near(node))
        reach += 1
        depth = max(distances.values()) + 1 if frontier else 0
        grown = [node for node in found if node not in distances and node not in avoided]
        distances.update(dict.fromkeys(grown, depth))
        sides[side] = (distances, grown, other_end)
        if not grown:
            # All that this side can reach is known, however long the path.
            reach = steps
    return sides[0][0], sides[1][0], reach


def _distances(walk: Walk, from_start: dict[int, int], from_end: dict[int, int], steps: int) -> dict[int, int]:
    """Return the distance to the end of every node that lies on a walk of at most `steps` (and of some others)."""
    distances = dict(from_end)
    depth = max(from_end.values())
    level = [node for node, far in from_end.items() if far == depth and node in from_start]
    while level and depth < steps:
        depth += 1
        found = {
            near
            for node in level
            for near in walk.near(node)
            if near not in distances and from_start.get(near, FAR) + depth <= steps
        }
        distances.update(dict.fromkeys(found, depth))
        level = list(found)
    return distances


@dataclass
class _Steering:
    """Walks along paths to `end`, and never where the end is too far."""

    walk: Walk
    end: int
    distance: dict[int, int]
    avoided: frozenset[int]
    _onward: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def paths(self, start: int, length: int) -> Iterator[tuple[int, ...]]:
        """Yield the simple paths of exactly `length` steps, in order of their nodes' distances and numbers."""
        if self.distance.get(start, FAR) <= length:
            yield from self._from((start,), length)

    def _from(self, path: tuple[int, ...], left: int) -> Iterator[tuple[int, ...]]:
        onward = self._on(path[-1])
        if left == 1:
            if self.distance[path[-1]] == 1:
                yield (*path, self.end)
            return
        work = 0
        for distance, node in onward:
            if distance >= left:
                break
            work += 1
            if distance and node not in path:
                yield from self._from((*path, node), left - 1)
        self.walk.walk(work)

    def _on(self, node: int) -> list[tuple[int, int]]:
        """Return the neighbours from which the end can be reached, the nearest to it first."""
        if node not in self._onward:
            distance, avoided = self.distance, self.avoided
            self._onward[node] = sorted(
                (distance[near], near) for near in self.walk.near(node) if near in distance and near not in avoided
            )
        return self._onward[node]
