"""The scribe: works out what a write changes, on a copy of the data that is thrown away after it.

It runs in a worker (`store.worker`), under the limits of every worker: time, memory, no files, no network. What a
stranger's text or document does to the process is therefore no more than what a query may do.
"""

import struct
from dataclasses import dataclass
from typing import Final, Protocol

import pyoxigraph as ox

from tradegraph.errors import QueryRefused, WriteRefused
from tradegraph.writing.asked import Asked, Body, Policies, Policy, Proposed, delta_parts
from tradegraph.writing.changes import Changes, Graph, leave_out_empty, lines
from tradegraph.writing.delta import Delta
from tradegraph.writing.documents import parsed, parsed_dataset
from tradegraph.writing.evaluate import Evaluation, Using

_N_QUADS: Final = ox.RdfFormat.N_QUADS


class Finding(Protocol):
    """What a guard found."""

    @property
    def conforms(self) -> bool:
        """Whether nothing was found that refuses a write."""

    @property
    def results(self) -> tuple[object, ...]:
        """What was found, violations and warnings alike."""

    def turtle(self) -> str:
        """Return the report."""


class Guard(Protocol):
    """Looks at what a write would leave behind."""

    def check(self, store: ox.Store, removed: tuple[bytes, ...], added: tuple[bytes, ...]) -> Finding:
        """Say what is wrong in `store`, the state after a change, that the change has made so."""


@dataclass
class WritingScribe:
    """Proposes changes of a store, and makes those that were decided on. `known` is the number of the last of them.

    What was proposed is made too, in the scribe's own copy, so that the next proposal sees it; except what the guard
    refuses, which is undone.
    """

    known: int = 0
    guard: Guard | None = None

    def propose(self, store: ox.Store, asked: bytes) -> bytes:
        """Return what a write (`Asked.to_bytes`) would change (`Proposed.to_bytes`); see `worker.Scribe`."""
        write = Asked.from_bytes(asked)
        changes = Changes(store)
        existed = _exists(store, write.graph)
        if write.action in ("update", "patch"):
            self._update(write, changes)
        elif write.action == "revert":
            removed, added = (ox.parse(body.content, format=_N_QUADS) for body in write.bodies)
            changes.make(removed, added)
        else:
            _graph_store(write, changes)
        delta = Delta(tuple(lines(changes.removed)), tuple(lines(changes.added)))
        proposed = self._guarded(write, store, Proposed(delta, existed))
        if not proposed.conforms:
            changes.undo()
        changes.leave_out_empty_graphs()
        return proposed.to_bytes()

    def _update(self, write: Asked, changes: Changes) -> None:
        loaded = {one.base_iri: (_format(one), one.content) for one in write.loaded}
        using = Using(write.default_graphs, write.named_graphs)
        home = _term(write.graph) if write.action == "patch" and write.graph else ox.DefaultGraph()
        Evaluation(write.base_iri, using, write.union, loaded, home).run(write.text, changes)
        if write.action == "patch":
            _only(home, changes)

    def _guarded(self, write: Asked, store: ox.Store, proposed: Proposed) -> Proposed:
        policies = {_policy(graph, write.policies) for graph in proposed.delta.graphs}
        refused = "refuse" in policies
        if self.guard is None or not (refused or "warn" in policies):
            return proposed
        found = self.guard.check(store, proposed.delta.removed, proposed.delta.added)
        report = found.turtle() if found.results else ""
        return Proposed(proposed.delta, proposed.existed, found.conforms or not refused, report)

    def catch_up(self, store: ox.Store, change: bytes) -> None:
        """Make a change that was decided on, unless it is known; see `worker.Scribe`."""
        (number,) = struct.unpack_from("!Q", change)
        if number <= self.known:
            return
        removed, added = delta_parts(change[8:])
        graphs = set()
        for quad in ox.parse(removed, format=_N_QUADS):
            store.remove(quad)
            graphs.add(quad.graph_name)
        store.extend(ox.parse(added, format=_N_QUADS))
        leave_out_empty(store, graphs)
        self.known = number


def _policy(graph: str, policies: Policies) -> Policy:
    fitting = [(len(prefix), policy) for prefix, policy in policies if graph.startswith(prefix)]
    return max(fitting)[1] if fitting else "off"


def _only(home: Graph, changes: Changes) -> None:
    """Raise when an update of one graph changes another (SPARQL 1.1 Graph Store HTTP Protocol, section 5.7)."""
    for quad in (*changes.removed, *changes.added):
        if quad.graph_name != home:
            raise WriteRefused(
                f"This request is about one graph, and its update changes another: {quad.graph_name}.",
                "Send it to /update, or leave GRAPH out: the default graph is the one that you address.",
            )


def _graph_store(write: Asked, changes: Changes) -> None:
    """Do what an operation of the Graph Store HTTP Protocol asks (sections 5.3 to 5.6)."""
    quads = [quad for body in write.bodies for quad in _read(body, write.graph)]
    if write.action == "post":
        changes.make((), quads)
        return
    there = list(changes.store if write.graph is None else _of(changes.store, write.graph))
    kept = set(quads)
    changes.make((quad for quad in there if quad not in kept), quads)


def _read(body: Body, graph: str | None) -> list[ox.Quad]:
    if graph is None:
        return parsed_dataset(body.content, _format(body), body.base_iri)
    return parsed(body.content, _format(body), body.base_iri, _term(graph))


def _format(body: Body) -> ox.RdfFormat:
    found = ox.RdfFormat.from_media_type(body.media_type)
    if found is None:
        raise QueryRefused(f"{body.media_type} is no RDF syntax.", "Send Turtle, N-Triples, JSON-LD or RDF/XML.")
    return found


def _term(graph: str) -> Graph:
    return ox.NamedNode(graph) if graph else ox.DefaultGraph()


def _of(store: ox.Store, graph: str) -> list[ox.Quad]:
    return list(store.quads_for_pattern(None, None, None, _term(graph)))


def _exists(store: ox.Store, graph: str | None) -> bool:
    if not graph:
        return True
    return any(True for _ in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
