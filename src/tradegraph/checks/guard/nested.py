"""The constraint components that hold value nodes against other shapes (sections 4.6 and 4.7)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tradegraph.checks.guard.paths import HERE, Path, joined, steps
from tradegraph.checks.guard.shapes import Asked, Found, On, Read, Shape
from tradegraph.checks.guard.terms import SH, Term


def shape_reads(shape: Shape, before: Path = HERE) -> Iterator[Read | Asked]:
    """Yield all that a shape reads, seen from where `before` leads to its focus node."""
    if shape.deactivated:
        return
    path = HERE if shape.path is None else shape.path
    for step in steps(path):
        yield Read(joined(before, step.before), step.predicate, step.inverse)
    for constraint in shape.constraints:
        for read in constraint.reads(path):
            yield replace(read, before=joined(before, read.before))


@dataclass(frozen=True)
class Property:
    """A property shape of a shape: its findings are its own (section 4.7.2)."""

    shape: Shape

    @property
    def component(self) -> str:
        """IRI of the component."""
        return SH + "PropertyConstraintComponent"

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        for value in values:
            yield from self.shape.check(value, on)

    def reads(self, path: Path) -> Iterator[Read | Asked]:
        """Yield what is read beyond the way to the value nodes."""
        yield from shape_reads(self.shape, path)


@dataclass(frozen=True)
class Logical:
    """Each value node conforms to a number of `shapes` that is right: `node`, `not`, `and`, `or`, `xone`."""

    name: str
    shapes: tuple[Shape, ...]

    @property
    def component(self) -> str:
        """IRI of the component."""
        return f"{SH}{self.name}ConstraintComponent"

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        for value in values:
            if not self._holds(value, on):
                yield Found(shape, self.component, focus, shape.path, value)

    def _holds(self, value: Term, on: On) -> bool:
        met = (shape.is_met_by(value, on) for shape in self.shapes)
        match self.name:
            case "Not":
                return not any(met)
            case "Or":
                return any(met)
            case "Xone":
                return sum(met) == 1
        return all(met)

    def reads(self, path: Path) -> Iterator[Read | Asked]:
        """Yield what is read beyond the way to the value nodes."""
        for shape in self.shapes:
            yield from shape_reads(shape, path)


@dataclass(frozen=True)
class Qualified:
    """At least, or at most, so many value nodes conform to a shape, and to none of `others` (section 4.7.3)."""

    name: str
    shape: Shape
    others: tuple[Shape, ...]
    least: int | None
    most: int | None

    @property
    def component(self) -> str:
        """IRI of the component."""
        return f"{SH}{self.name}ConstraintComponent"

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        number = sum(
            self.shape.is_met_by(value, on) and not any(other.is_met_by(value, on) for other in self.others)
            for value in values
        )
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            yield Found(shape, self.component, focus, shape.path, None)

    def reads(self, path: Path) -> Iterator[Read | Asked]:
        """Yield what is read beyond the way to the value nodes."""
        for shape in (self.shape, *self.others):
            yield from shape_reads(shape, path)
