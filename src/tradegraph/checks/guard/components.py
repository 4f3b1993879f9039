"""The constraint components of SHACL Core that look at value nodes (sections 4.1 to 4.5 and 4.8)."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from tradegraph.checks.guard.paths import HERE, Path, Predicate, joined
from tradegraph.checks.guard.shapes import Asked, Found, On, Read, Shape
from tradegraph.checks.guard.terms import RDF_TYPE, SH, SUBCLASS_OF, Term
from tradegraph.checks.guard.values import compares, fits_language


@dataclass(frozen=True)
class _Component:
    """What all components have: a name, and nothing that they read beyond the value nodes."""

    name: str

    @property
    def component(self) -> str:
        """IRI of the component."""
        return f"{SH}{self.name}ConstraintComponent"

    def reads(self, path: Path) -> Iterator[Read | Asked]:
        """Yield what is read beyond the way to the value nodes."""
        return iter(())

    def found(self, shape: Shape, focus: Term, value: Term | None) -> Found:
        """Return a result with the shape's own path."""
        return Found(shape, self.component, focus, shape.path, value)


@dataclass(frozen=True)
class Each(_Component):
    """Each value node must pass a `test` of itself alone."""

    test: Callable[[Term], bool]

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        for value in values:
            if not self.test(value):
                yield self.found(shape, focus, value)


@dataclass(frozen=True)
class OfClass(_Component):
    """Each value node is an instance of the class (section 4.1.1)."""

    cls: Term

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        for value in values:
            if not on.view.is_instance(value, self.cls):
                yield self.found(shape, focus, value)

    def reads(self, path: Path) -> Iterator[Read | Asked]:
        """Yield what is read beyond the way to the value nodes."""
        yield Read(path, RDF_TYPE, of_class=self.cls)
        yield Read(joined(path, Predicate(RDF_TYPE)), SUBCLASS_OF)


@dataclass(frozen=True)
class Count(_Component):
    """There are at least, or at most, so many value nodes (section 4.2)."""

    least: int | None
    most: int | None

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        number = len(values)
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            yield self.found(shape, focus, None)


@dataclass(frozen=True)
class HasValue(_Component):
    """One of the value nodes is this one (section 4.8.2)."""

    value: Term

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        if self.value not in values:
            yield self.found(shape, focus, None)


@dataclass(frozen=True)
class LanguageIn(_Component):
    """Each value node has a language of one of the ranges (section 4.4.4)."""

    ranges: tuple[str, ...]

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        for value in values:
            if not fits_language(value, self.ranges):
                yield self.found(shape, focus, value)


@dataclass(frozen=True)
class UniqueLang(_Component):
    """No two value nodes have the same language (section 4.4.5)."""

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        languages = Counter(v.language.lower() for v in values if isinstance(v, Literal) and v.language is not None)
        for number in languages.values():
            if number > 1:
                yield self.found(shape, focus, None)


@dataclass(frozen=True)
class _Pair(_Component):
    """A constraint that compares the value nodes with those of another property of the focus node (section 4.5)."""

    predicate: NamedNode

    def reads(self, path: Path) -> Iterator[Read | Asked]:
        """Yield what is read beyond the way to the value nodes."""
        yield Read(HERE, self.predicate)


@dataclass(frozen=True)
class Equals(_Pair):
    """The two have the same values."""

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        others = on.view.objects(focus, self.predicate)
        for value in (*(v for v in values if v not in others), *(v for v in others if v not in values)):
            yield self.found(shape, focus, value)


@dataclass(frozen=True)
class Disjoint(_Pair):
    """The two have no value in common."""

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        others = on.view.objects(focus, self.predicate)
        for value in values:
            if value in others:
                yield self.found(shape, focus, value)


@dataclass(frozen=True)
class Less(_Pair):
    """Each value is less than each of the other property's, or as `operator` says."""

    operator: str

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        for value in values:
            for other in on.view.objects(focus, self.predicate):
                if not compares(value, self.operator, other):
                    yield self.found(shape, focus, value)


@dataclass(frozen=True)
class Closed(_Component):
    """A value node has no other properties than these (section 4.8.1)."""

    allowed: frozenset[Term]

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        for value in values:
            for triple in dict.fromkeys(on.view.triples(subject=value)):
                if triple.predicate not in self.allowed:
                    yield Found(shape, self.component, focus, Predicate(triple.predicate), triple.object)

    def reads(self, path: Path) -> Iterator[Read | Asked]:
        """Yield what is read beyond the way to the value nodes."""
        yield Read(path, None)
