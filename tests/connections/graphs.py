"""Small graphs by hand: things are `mission/a`, relations read as they are written."""

from collections.abc import Iterable, Iterator

from tradegraph.explore.connections import EdgeIndex, Question
from tradegraph.graph.edges import Edge, pack
from tradegraph.namespaces import DEF, ID


def thing(key: str) -> str:
    return ID + key


def edge(line: str, passages: int = 1, since: int = 0, until: int = 0) -> Edge:
    """`mission/a ledBy person/b` as an edge that stands in so many passages."""
    subject, name, value = line.split()
    stated = tuple(f"{ID}passage/{number}" for number in range(passages))
    return Edge(ID + subject, DEF + name, ID + value, stated, (), since, until or since)


def index_of(edges: Iterable[Edge | str]) -> EdgeIndex:
    return EdgeIndex(pack(edge(one) if isinstance(one, str) else one for one in edges))


def ask(start: str, end: str, steps: int = 4) -> Question:
    return Question(ID + start, ID + end, steps)


def brute_force(edges: list[Edge], start: str, end: str, steps: int, passed: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield every simple path by trying all of them; stops must be in `passed`."""
    beside: dict[str, set[str]] = {}
    for one in edges:
        beside.setdefault(one.subject, set()).add(one.object)
        beside.setdefault(one.object, set()).add(one.subject)

    def grown(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for other in beside.get(path[-1], ()):
            if other == end:
                yield (*path, other)
            elif len(path) < steps and other not in path and other in passed:
                yield from grown((*path, other))

    yield from grown((start,))
