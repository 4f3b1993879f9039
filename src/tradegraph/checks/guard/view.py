"""The data graph as SHACL sees it: the triples of all graphs of a store together, each look-up remembered."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Store, Triple

from tradegraph.checks.guard.terms import RDF_TYPE, SUBCLASS_OF, Term

_NONE: Final[tuple[Term, ...]] = ()


class View:
    """A store's triples and, when given, some `more` that are not in it (those that a write has removed).

    Look-ups are remembered, so a view is only good for as long as nobody changes the store. Order is the store's.
    """

    def __init__(self, store: Store, more: Iterable[Triple] = ()) -> None:
        self._store = store
        self._more = tuple(more)
        self._objects: dict[tuple[Term, NamedNode], tuple[Term, ...]] = {}
        self._subjects: dict[tuple[NamedNode, Term], tuple[Term, ...]] = {}
        self._above: dict[Term, frozenset[Term]] = {}

    def objects(self, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
        """Return the objects of triples with this subject and predicate, each once."""
        if isinstance(subject, Literal | Triple):
            return _NONE
        found = self._objects.get((subject, predicate))
        if found is None:
            values: dict[Term, None] = {
                quad.object: None for quad in self._store.quads_for_pattern(subject, predicate, None, None)
            }
            for triple in self._more:
                if triple.subject == subject and triple.predicate == predicate:
                    values[triple.object] = None
            found = self._objects[subject, predicate] = tuple(values)
        return found

    def subjects(self, predicate: NamedNode, value: Term) -> tuple[Term, ...]:
        """Return the subjects of triples with this predicate and object, each once."""
        found = self._subjects.get((predicate, value))
        if found is None:
            nodes: dict[Term, None] = {
                quad.subject: None for quad in self._store.quads_for_pattern(None, predicate, value, None)
            }
            for triple in self._more:
                if triple.object == value and triple.predicate == predicate:
                    nodes[triple.subject] = None
            found = self._subjects[predicate, value] = tuple(nodes)
        return found

    def has(self, subject: Term, predicate: NamedNode, value: Term) -> bool:
        """Whether this triple is there."""
        if isinstance(subject, Literal | Triple):
            return False
        if next(iter(self._store.quads_for_pattern(subject, predicate, value, None)), None) is not None:
            return True
        return any(t.subject == subject and t.predicate == predicate and t.object == value for t in self._more)

    def triples(
        self, subject: Term | None = None, predicate: NamedNode | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        """Yield the triples that fit; one that is in several graphs comes several times."""
        if isinstance(subject, Literal | Triple):
            return
        for quad in self._store.quads_for_pattern(subject, predicate, value, None):
            yield Triple(quad.subject, quad.predicate, quad.object)
        for triple in self._more:
            if (
                (subject is None or triple.subject == subject)
                and (predicate is None or triple.predicate == predicate)
                and (value is None or triple.object == value)
            ):
                yield triple

    def count_up_to(self, most: int, subject: Term | None, predicate: NamedNode | None, value: Term | None) -> int:
        """Count the triples that fit, but no further than `most`."""
        return sum(1 for _ in islice(self.triples(subject, predicate, value), most))

    def classes_above(self, cls: Term) -> frozenset[Term]:
        """Return the class and all that it is a subclass of, directly or by way of others."""
        found = self._above.get(cls)
        if found is None:
            seen = {cls}
            waiting = [cls]
            while waiting:
                for above in self.objects(waiting.pop(), SUBCLASS_OF):
                    if above not in seen:
                        seen.add(above)
                        waiting.append(above)
            found = self._above[cls] = frozenset(seen)
        return found

    def is_instance(self, node: Term, cls: Term) -> bool:
        """Whether the node is a SHACL instance of the class (section 1.1): a type of it is the class or below it."""
        return any(cls in self.classes_above(one) for one in self.objects(node, RDF_TYPE))

    def instances(self, cls: Term) -> Iterator[Term]:
        """Yield the SHACL instances of the class; one of several types may come several times."""
        seen = {cls}
        waiting = [cls]
        while waiting:
            one = waiting.pop()
            yield from self.subjects(RDF_TYPE, one)
            for below in self.subjects(SUBCLASS_OF, one):
                if below not in seen:
                    seen.add(below)
                    waiting.append(below)
