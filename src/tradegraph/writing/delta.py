"""What a write changes: the quads that went and the quads that came, as lines of canonical N-Quads.

Lines, and not terms, because lines are what is kept, compared and replayed: two quads are the same when their lines are
(RDF 1.1 N-Quads, in the canonical form of RDF Dataset Canonicalization, section 5). Blank nodes were given random names
of 128 bits when they came, which they keep, so that a line says the same tomorrow.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from pyoxigraph import BlankNode, RdfFormat, parse

_END: Final = b" .\n"
_BLANK_GRAPH: Final = re.compile(rb" _:[^ ]+ \.\n$")


@dataclass(frozen=True)
class Delta:
    """What a write changes: N-Quads lines (with line ends), sorted; graphs have IRIs.

    The two have no line in common. Raises ValueError for lines that are not so: a delta is made by the program, never
    by hand.
    """

    removed: tuple[bytes, ...]
    added: tuple[bytes, ...]

    def __post_init__(self) -> None:
        for lines in (self.removed, self.added):
            if any(one >= next_one for one, next_one in pairwise(lines)):
                raise ValueError("the lines of a delta are not sorted, or one stands there twice")
            for line in lines:
                if not line.endswith(_END) or line.find(b"\n") != len(line) - 1:
                    raise ValueError(f"{line!r} is not one line of N-Quads")
                if _BLANK_GRAPH.search(line) and _graph_is_blank(line):
                    raise ValueError(f"{line!r} is in a graph without an IRI, which nobody can own")
        if not set(self.removed).isdisjoint(self.added):
            raise ValueError("a quad is both removed and added")

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    def inverse(self) -> "Delta":
        """Return what undoes this delta."""
        return Delta(self.added, self.removed)

    @property
    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the graphs touched, sorted; an empty text stands for the default graph."""
        return tuple(graph for graph, _removed, _added in self.counts)

    @cached_property
    def counts(self) -> tuple[tuple[str, int, int], ...]:
        """Per graph touched, sorted by IRI: its IRI, and the number of quads removed and added."""
        removed, added = Counter(map(graph_of, self.removed)), Counter(map(graph_of, self.added))
        return tuple((graph, removed[graph], added[graph]) for graph in sorted(removed | added))


def graph_of(line: bytes) -> str:
    """Return the IRI of the graph in which the quad of a canonical N-Quads line stands, empty for the default graph."""
    if not line.endswith(b"> .\n"):
        return ""
    start = line.rfind(b" <")
    last = line[start + 2 : -4]
    # An IRI holds none of these, so what does is the end of a literal or of a triple term.
    if b'"' in last or b" " in last or b">" in last:
        return ""
    # Subject and predicate hold no space: with only one before it, the last term is the object.
    return last.decode() if line.count(b" ", 0, start) > 1 else ""


def _graph_is_blank(line: bytes) -> bool:
    (quad,) = parse(line, RdfFormat.N_QUADS)
    return isinstance(quad.graph_name, BlankNode)
