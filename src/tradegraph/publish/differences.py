"""What differs between two releases: things that came, went or were corrected, per document and per kind.

Both datasets are sorted by line, so all that is said of a thing stands together and the two files are read side by
side: the time is that of reading them once, the memory that of one thing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from pyoxigraph import NamedNode, RdfFormat, parse

from tradegraph.errors import NotSound
from tradegraph.namespaces import BASE, GRAPH, ID
from tradegraph.publish.quads import names, values_of
from tradegraph.store import Release

How = Literal["added", "removed", "changed"]
HOWS: Final[tuple[How, ...]] = ("added", "removed", "changed")
TERM: Final = "term"
"""The kind of what stands under `def`: classes and properties."""
NAMED_GRAPH: Final = "graph"
OTHER: Final = "other"
_DEF: Final = BASE + "def"


@dataclass(frozen=True)
class Statement:
    """A value that a property gained or lost: the term as N-Triples writes it, and the graph that states it."""

    value: str
    graph: str


@dataclass(frozen=True)
class PropertyChange:
    """What a property of one thing, by its IRI, lost and gained, both sorted."""

    name: str
    removed: tuple[Statement, ...]
    added: tuple[Statement, ...]

    @property
    def corrected(self) -> bool:
        """Whether another value took the place of one: not so when only the graph is another."""
        before, after = ({one.value for one in some} for some in (self.removed, self.added))
        return bool(before - after) and bool(after - before)


@dataclass(frozen=True)
class ThingChange:
    """A thing that is new, is gone, or of which other things are said; with its names in the newer of the two."""

    thing: str
    how: How
    label_nl: str
    label_en: str
    properties: tuple[PropertyChange, ...]

    @property
    def kind(self) -> str:
        """The folder of its IRI (`mission`), `term`, `graph` or `other`."""
        return kind_of(self.thing)


@dataclass(frozen=True)
class KindTally:
    """How many things of a kind were added, removed and changed, and how many of their properties corrected."""

    kind: str
    added: int
    removed: int
    changed: int
    corrected: int

    def of(self, how: How) -> int:
        """Return one of the counts of things."""
        return {"added": self.added, "removed": self.removed, "changed": self.changed}[how]


@dataclass(frozen=True)
class GraphTally:
    """How many quads of a named graph, by its IRI, were added and removed."""

    graph: str
    added: int
    removed: int


@dataclass(frozen=True)
class Summary:
    """The numbers of a comparison of release `old` with release `new`; kinds and graphs by name, those that differ."""

    old: str
    new: str
    kinds: tuple[KindTally, ...]
    graphs: tuple[GraphTally, ...]

    @property
    def added(self) -> int:
        """Quads that only the newer release has."""
        return sum(one.added for one in self.graphs)

    @property
    def removed(self) -> int:
        """Quads that only the older release has."""
        return sum(one.removed for one in self.graphs)

    @property
    def same(self) -> bool:
        """Whether the two releases say exactly the same."""
        return not self.graphs

    def things(self, how: How) -> int:
        """Return how many things of all kinds were added, removed or changed."""
        return sum(one.of(how) for one in self.kinds)


@dataclass
class Tally:
    """Counts what goes by."""

    things: Counter[tuple[str, str]] = field(default_factory=Counter)
    corrected: Counter[str] = field(default_factory=Counter)
    quads: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, change: ThingChange) -> None:
        """Count one thing."""
        self.things[change.kind, change.how] += 1
        for one in change.properties:
            self.corrected[change.kind] += one.corrected
            self.quads.update((said.graph, "added") for said in one.added)
            self.quads.update((said.graph, "removed") for said in one.removed)

    def summary(self, old: str, new: str) -> Summary:
        """Return the numbers so far."""
        kinds = sorted({kind for kind, _ in self.things})
        graphs = sorted({graph for graph, _ in self.quads})
        return Summary(
            old,
            new,
            tuple(self._kind(kind) for kind in kinds),
            tuple(GraphTally(graph, self.quads[graph, "added"], self.quads[graph, "removed"]) for graph in graphs),
        )

    def _kind(self, kind: str) -> KindTally:
        added, removed, changed = (self.things[kind, how] for how in HOWS)
        return KindTally(kind, added, removed, changed, self.corrected[kind])


def kind_of(iri: str) -> str:
    """Return the folder of an IRI under `id/`, `term` for what stands under `def`, `graph` for graphs, else `other`."""
    if iri.startswith(ID):
        kind = iri.removeprefix(ID).partition("/")[0]
        return kind if kind.replace("-", "").isalnum() and kind.isascii() else OTHER
    if iri.startswith(GRAPH):
        return NAMED_GRAPH
    return TERM if iri.startswith(_DEF) else OTHER


def changes(old: Release, new: Release) -> Iterator[ThingChange]:
    """Yield every thing that differs, in the order of the releases.

    Raises `NotSound` for a dataset that is not in the order of a release.
    """
    before, after = _things(old.dataset), _things(new.dataset)
    left, right = next(before, None), next(after, None)
    while left is not None or right is not None:
        if left is not None and right is not None and left[0] == right[0]:
            if left[1] != right[1]:
                yield _change(left[0], left[1], right[1])
            left, right = next(before, None), next(after, None)
        elif left is not None and (right is None or left[0] < right[0]):
            yield _change(left[0], left[1], [])
            left = next(before, None)
        elif right is not None:
            yield _change(right[0], [], right[1])
            right = next(after, None)


def _things(dataset: Path) -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield each subject as it is written, with its lines."""
    before = b""
    with dataset.open("rb") as file:
        for subject, lines in groupby(file, key=_subject):
            if subject <= before:
                raise NotSound(
                    f"{dataset}: the quads of {subject.decode()} do not stand together, so this is not a release that "
                    "`tradegraph build` wrote. Only those can be compared."
                )
            before = subject
            yield subject, list(lines)


def _subject(line: bytes) -> bytes:
    return line[: line.index(b" ")]


def _change(subject: bytes, before: list[bytes], after: list[bytes]) -> ThingChange:
    how: How = "changed" if before and after else "added" if after else "removed"
    quads = list(parse(b"".join(after or before), RdfFormat.N_QUADS))
    dutch, english = names(values_of(quads))
    stayed = set(before) & set(after)
    parts: dict[str, tuple[list[Statement], list[Statement]]] = {}
    for place, lines in enumerate((before, after)):
        for quad in parse(b"".join(line for line in lines if line not in stayed), RdfFormat.N_QUADS):
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            parts.setdefault(quad.predicate.value, ([], []))[place].append(Statement(str(quad.object), graph))
    properties = tuple(PropertyChange(name, tuple(lost), tuple(won)) for name, (lost, won) in sorted(parts.items()))
    return ThingChange(subject.decode()[1:-1], how, dutch, english, properties)
