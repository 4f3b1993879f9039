"""Shapes as the guard holds them: what they are about, what they ask, and how a node is held against them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Store, Triple

from tradegraph.checks.guard.paths import Path, Predicate, reached
from tradegraph.checks.guard.terms import RDF_TYPE, Term
from tradegraph.checks.guard.view import View
from tradegraph.checks.report import Result


@dataclass(frozen=True)
class On:
    """The graph that is validated: the store for queries, and its triples."""

    store: Store
    view: View

    @classmethod
    def of(cls, store: Store) -> "On":
        """Return the graph as the store is now."""
        return cls(store, View(store))


@dataclass(frozen=True)
class Read:
    """What a constraint reads from a node: all triples with this predicate at the nodes that `before` leads to.

    `inverse` says that these nodes are the objects of the triples; `predicate` is None for any. `of_class`: only
    objects that are the class or below it matter.
    """

    before: Path
    predicate: NamedNode | None
    inverse: bool = False
    of_class: Term | None = None


class Question(Protocol):
    """A query of a shape, which can say for which nodes a changed triple may change its answer."""

    def concerned(self, triple: Triple, around: View) -> frozenset[Term] | None:
        """Return nodes among which are all those concerned, or None for all; `around` also holds what is removed."""

    def names(self) -> frozenset[NamedNode] | None:
        """Return the predicates that matter to it, or None for all."""


@dataclass(frozen=True)
class Asked:
    """A query that is asked of the nodes that `before` leads to."""

    before: Path
    question: Question


class Constraint(Protocol):
    """One constraint of a shape."""

    @property
    def component(self) -> str:
        """IRI of the constraint component."""

    def check(self, shape: "Shape", focus: Term, values: tuple[Term, ...], on: On) -> "Iterator[Found]":
        """Yield what is wrong with the focus node and its value nodes."""

    def reads(self, path: Path) -> Iterator[Read | Asked]:
        """Yield what is read, seen from the focus node; `path` leads from there to the value nodes."""


@dataclass(frozen=True)
class Targets:
    """How a shape finds its focus nodes (section 2.1.3)."""

    nodes: tuple[Term, ...] = ()
    classes: tuple[Term, ...] = ()
    subjects_of: tuple[NamedNode, ...] = ()
    objects_of: tuple[NamedNode, ...] = ()

    def all(self, view: View) -> tuple[Term, ...]:
        """Return all focus nodes, each once."""
        found: dict[Term, None] = dict.fromkeys(self.nodes)
        for cls in self.classes:
            found.update(dict.fromkeys(view.instances(cls)))
        for predicate in self.subjects_of:
            found.update((triple.subject, None) for triple in view.triples(predicate=predicate))
        for predicate in self.objects_of:
            found.update((triple.object, None) for triple in view.triples(predicate=predicate))
        return tuple(found)

    def include(self, node: Term, view: View) -> bool:
        """Whether this node is a focus node."""
        return (
            node in self.nodes
            or any(view.is_instance(node, cls) for cls in self.classes)
            or any(view.objects(node, predicate) for predicate in self.subjects_of)
            or any(view.count_up_to(1, None, predicate, node) for predicate in self.objects_of)
        )

    def changed_by(self, triple: Triple, view: View) -> Iterator[Term]:
        """Yield the nodes that this triple makes a focus node, or no longer one; subclasses apart."""
        if triple.predicate == RDF_TYPE and not view.classes_above(triple.object).isdisjoint(self.classes):
            yield triple.subject
        if triple.predicate in self.subjects_of:
            yield triple.subject
        if triple.predicate in self.objects_of:
            yield triple.object

    def __bool__(self) -> bool:
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)


@dataclass(frozen=True, eq=False)
class Shape:
    """A node shape, or a property shape when it has a path; no two are the same, whatever they say.

    `path_node` is how the shapes graph names the path, `severity` an IRI, the messages fall back on the shape's name.
    """

    node: Term
    path: Path | None
    path_node: Term | None
    targets: Targets
    severity: str
    message_en: str
    message_nl: str
    deactivated: bool
    constraints: tuple[Constraint, ...]

    def check(self, focus: Term, on: On) -> Iterator["Found"]:
        """Yield what the shape finds wrong with a node."""
        if not self.deactivated:
            values = self.values(focus, on.view)
            for constraint in self.constraints:
                yield from constraint.check(self, focus, values, on)

    def values(self, focus: Term, view: View) -> tuple[Term, ...]:
        """Return the value nodes of a focus node (section 2.1.4)."""
        return (focus,) if self.path is None else reached(self.path, focus, view)

    def is_met_by(self, node: Term, on: On) -> bool:
        """Whether the node conforms to the shape: it finds nothing, of whatever severity (section 3.6.1)."""
        return next(self.check(node, on), None) is None


@dataclass(frozen=True)
class Found:
    """A validation result: what a constraint of `shape` finds wrong with `focus`.

    `path` is the shape's, or that of the result (sh:closed, sh:sparql); `value` may be absent.
    """

    shape: Shape
    component: str
    focus: Term
    path: Path | None
    value: Term | None

    def result(self) -> Result:
        """Return it as reports have it; a path that is no single property has the name that the shapes give it."""
        shape = self.shape
        path = self.path.iri if isinstance(self.path, Predicate) else shape.path_node if self.path is not None else None
        return Result(
            severity=shape.severity,
            shape=shape.node.value if isinstance(shape.node, NamedNode | Literal) else str(shape.node),
            constraint=self.component,
            focus=str(self.focus),
            path=path.value if isinstance(path, NamedNode) else None,
            value=None if self.value is None else str(self.value),
            message_en=shape.message_en,
            message_nl=shape.message_nl,
        )
