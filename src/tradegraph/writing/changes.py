"""What is changed in a store, kept to the quad."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

Graph = ox.NamedNode | ox.DefaultGraph


@dataclass
class Changes:
    """The store, and the net of what was changed in it since this was made."""

    store: ox.Store
    removed: set[ox.Quad] = field(default_factory=set)
    added: set[ox.Quad] = field(default_factory=set)
    perhaps_empty: set[object] = field(default_factory=set)
    """Graphs that may have no quads any more, or never had one."""

    def make(self, remove: Iterable[ox.Quad], add: Iterable[ox.Quad]) -> None:
        """Remove quads, then add quads (section 3.1.3: the former before the latter)."""
        for quad in remove:
            if quad in self.store:
                self.store.remove(quad)
                self.perhaps_empty.add(quad.graph_name)
                if quad in self.added:
                    self.added.discard(quad)
                else:
                    self.removed.add(quad)
        for quad in add:
            if quad not in self.store:
                self.store.add(quad)
                if quad in self.removed:
                    self.removed.discard(quad)
                else:
                    self.added.add(quad)

    def undo(self) -> None:
        """Leave the store as it was."""
        self.make(tuple(self.added), tuple(self.removed))

    def leave_out_empty_graphs(self) -> None:
        """Remove graphs without quads: there would be none of them either after a restart."""
        leave_out_empty(self.store, self.perhaps_empty)


def leave_out_empty(store: ox.Store, graphs: Iterable[object]) -> None:
    """Remove those of the graphs that have no quads."""
    for graph in graphs:
        if isinstance(graph, ox.NamedNode) and not any(True for _ in store.quads_for_pattern(None, None, None, graph)):
            store.remove_graph(graph)


def moved(quad: ox.Quad, graph: Graph) -> ox.Quad:
    """Return the same triple in another graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def lines(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """Yield quads as N-Quads lines, sorted."""
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    yield from sorted((text or b"").splitlines(keepends=True))
