"""Which graphs the writers have: how many quads stand in each, and a mark of what they are.

The mark is a sum of digests, one for each line: it does not depend on the order in which lines came, can be kept up to
date line by line, and is the same again when the content is.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from tradegraph.writing.delta import Delta, graph_of

_MODULUS: Final = 2**128


@dataclass
class WrittenGraphs:
    """Number of quads and sum of digests by IRI of the graph (empty: the default graph); none for a graph without."""

    _counts: dict[str, int] = field(default_factory=dict)
    _sums: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> "WrittenGraphs":
        """Return the graphs of a state, given as canonical N-Quads lines."""
        found = cls()
        for line in lines:
            found._move(line, 1)
        return found

    def apply(self, delta: Delta) -> None:
        """Take a change over."""
        for line in delta.removed:
            self._move(line, -1)
        for line in delta.added:
            self._move(line, 1)
        for graph in delta.graphs:
            if self._counts.get(graph) == 0:
                del self._counts[graph], self._sums[graph]

    @property
    def counts(self) -> dict[str, int]:
        """The number of quads in each graph with an IRI, in order of IRI."""
        # A copy in one step, since a write may come in between.
        return {graph: count for graph, count in sorted(dict(self._counts).items()) if graph}

    def has(self, graph: str) -> bool:
        """Tell whether a graph holds something."""
        return graph in self._counts

    def mark(self, graph: str) -> str:
        """Return the mark of a graph: equal when its content is; one of its own for a graph that holds nothing."""
        return f"{self._counts.get(graph, 0):x}.{self._sums.get(graph, 0):032x}"

    def _move(self, line: bytes, step: int) -> None:
        graph = graph_of(line)
        digest = int.from_bytes(hashlib.blake2b(line, digest_size=16).digest())
        self._counts[graph] = self._counts.get(graph, 0) + step
        self._sums[graph] = (self._sums.get(graph, 0) + step * digest) % _MODULUS
