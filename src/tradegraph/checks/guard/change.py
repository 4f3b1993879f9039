"""What a write changes in the union of all graphs, and the store as it was before."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, Store, Triple, parse


@dataclass(frozen=True)
class Change:
    """Quads that a write has removed and added, and the triples that are gone, or new, for it.

    A triple that another graph had before, or has after, is neither.
    """

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    gone: tuple[Triple, ...]
    new: tuple[Triple, ...]

    @classmethod
    def read(cls, store: Store, removed: Iterable[bytes], added: Iterable[bytes]) -> "Change":
        """Read lines of N-Quads; `store` is as it is after the write."""
        less, more = _quads(removed), _quads(added)
        moved = {_triple(quad) for quad in less}, {_triple(quad) for quad in more}
        graphs = {(quad.graph_name, _triple(quad)) for quad in more}
        gone = tuple(t for t in moved[0] if next(_everywhere(store, t), None) is None)
        new = tuple(
            triple
            for triple in moved[1] - moved[0]
            if all((quad.graph_name, triple) in graphs for quad in _everywhere(store, triple))
        )
        return cls(less, more, gone, new)

    @property
    def triples(self) -> tuple[Triple, ...]:
        """All triples that the write makes a difference to."""
        return self.gone + self.new

    @contextmanager
    def undone(self, store: Store) -> Iterator[None]:
        """Give the store its state before the write for as long as this lasts; nobody else may read it meanwhile."""
        for quad in self.added:
            store.remove(quad)
        store.extend(self.removed)
        try:
            yield
        finally:
            for quad in self.removed:
                store.remove(quad)
            store.extend(self.added)


def _quads(lines: Iterable[bytes]) -> tuple[Quad, ...]:
    """Read lines as the store keeps them: it has its own form of numbers and dates."""
    scratch = Store()
    scratch.extend(parse(b"".join(lines), RdfFormat.N_QUADS))
    return tuple(scratch)


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)


def _everywhere(store: Store, triple: Triple) -> Iterator[Quad]:
    return iter(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None))
