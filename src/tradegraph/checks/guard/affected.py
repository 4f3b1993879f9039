"""Which focus nodes a change can affect: never fewer than it does, see docs/guard.md."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Triple

from tradegraph.checks.guard.nested import shape_reads
from tradegraph.checks.guard.paths import HERE, reached, turned
from tradegraph.checks.guard.select import BySelect
from tradegraph.checks.guard.shapes import Asked, Constraint, Found, On, Read, Shape
from tradegraph.checks.guard.terms import RDF_TYPE, SUBCLASS_OF, Term
from tradegraph.checks.guard.view import View

MOST_TRIPLES: Final = 1_000
"""Triples of a change that are followed one by one; beyond, all focus nodes of the constraints they touch are held."""

_TYPE_READERS: Final = (RDF_TYPE, SUBCLASS_OF)


@dataclass(frozen=True, eq=False)
class Unit:
    """One constraint of a shape that has targets: what is checked, or left out, together."""

    shape: Shape
    constraint: Constraint

    def check(self, nodes: Iterable[Term], on: On) -> Iterator[Found]:
        """Yield what the constraint finds wrong with these focus nodes."""
        if isinstance(self.constraint, BySelect):
            yield from self.constraint.check_all(self.shape, tuple(nodes), on)
            return
        for node in nodes:
            yield from self.constraint.check(self.shape, node, self.shape.values(node, on.view), on)


Affected = Mapping[Unit, frozenset[Term] | None]
"""For each unit the nodes whose results may have changed, targets or not; None stands for all targets."""


class Reach:
    """Which units read which triples, and from where; made once."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self.units = tuple(Unit(shape, constraint) for shape in shapes for constraint in shape.constraints)
        self._of_shape: dict[Shape, list[Unit]] = defaultdict(list)
        self._reads: dict[NamedNode | None, list[tuple[Unit, Read | Asked]]] = defaultdict(list)
        self._by_class = {unit for unit in self.units if unit.shape.targets.classes}
        for unit in self.units:
            self._of_shape[unit.shape].append(unit)
            for read in dict.fromkeys(_reads(unit)):
                names = read.question.names() if isinstance(read, Asked) else frozenset({read.predicate})
                for name in [None] if names is None else names:
                    self._reads[name].append((unit, read))
        self._targets = _by_predicate(self._of_shape)

    def affected(self, triples: tuple[Triple, ...], around: View) -> Affected:
        """Return what the change of these triples can affect; `around` has the triples of before and after."""
        if len(triples) > MOST_TRIPLES:
            return self._touched(triple.predicate for triple in triples)
        found: dict[Unit, set[Term]] = defaultdict(set)
        everywhere: set[Unit] = set()
        for triple in triples:
            if triple.predicate == SUBCLASS_OF:
                everywhere |= self._by_class | {unit for unit, _ in self._reads[SUBCLASS_OF]}
            for shape in self._targets.get(triple.predicate, ()):
                for node in shape.targets.changed_by(triple, around):
                    for unit in self._of_shape[shape]:
                        found[unit].add(node)
            for unit, read in (*self._reads.get(triple.predicate, ()), *self._reads.get(None, ())):
                if unit not in everywhere:
                    nodes = _readers(read, triple, around)
                    if nodes is None:
                        everywhere.add(unit)
                    elif nodes:
                        found[unit].update(nodes)
        return {
            unit: None if unit in everywhere else frozenset(found[unit])
            for unit in {**found, **dict.fromkeys(everywhere)}
        }

    def _touched(self, predicates: Iterable[NamedNode]) -> Affected:
        names = set(predicates)
        touched = {unit for name in (None, *names) for unit, _ in self._reads.get(name, ())}
        touched |= {unit for name in names for shape in self._targets.get(name, ()) for unit in self._of_shape[shape]}
        return dict.fromkeys(touched | (self._by_class if SUBCLASS_OF in names else set()))


def _reads(unit: Unit) -> Iterator[Read | Asked]:
    """Yield what a unit reads: the way to its value nodes, and what its constraint reads from there."""
    alone = Shape(unit.shape.node, unit.shape.path, None, unit.shape.targets, "", "", "", False, (unit.constraint,))
    yield from shape_reads(alone)


def _by_predicate(shapes: Iterable[Shape]) -> dict[NamedNode, list[Shape]]:
    """Return the shapes whose targets a triple with a predicate may change."""
    found: dict[NamedNode, list[Shape]] = defaultdict(list)
    for shape in shapes:
        targets = shape.targets
        names = {*targets.subjects_of, *targets.objects_of, *([RDF_TYPE] if targets.classes else [])}
        for name in names:
            found[name].append(shape)
    return found


def _readers(read: Read | Asked, triple: Triple, around: View) -> Iterable[Term] | None:
    """Return the nodes from which a changed triple is read, or None when that may be any."""
    starts: Iterable[Term] | None
    if isinstance(read, Asked):
        starts = read.question.concerned(triple, around)
    elif read.of_class is not None and read.of_class not in around.classes_above(triple.object):
        starts = ()
    else:
        starts = (triple.object if read.inverse else triple.subject,)
    if starts is None or read.before == HERE:
        return starts
    back = turned(read.before)
    return {node for start in starts for node in reached(back, start, around)}
