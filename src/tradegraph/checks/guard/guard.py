"""Does the graph still conform after a write? Only what the write can affect is held against the shapes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from tradegraph.checks.guard.affected import Affected, Reach, Unit
from tradegraph.checks.guard.change import Change
from tradegraph.checks.guard.reading import read_shapes
from tradegraph.checks.guard.shapes import Found, On, Shape
from tradegraph.checks.guard.shapes_graph import ShapesGraph
from tradegraph.checks.guard.terms import Term
from tradegraph.checks.guard.view import View
from tradegraph.checks.report import VIOLATION, Result, ShaclReport, in_order


@dataclass(frozen=True)
class Shapes:
    """Shapes that the guard can answer for: those of a shapes graph that have targets."""

    all: tuple[Shape, ...]

    @classmethod
    def read(cls, files: Sequence[Path]) -> "Shapes":
        """Read Turtle files together.

        Raises `OntologyError` for a file that is not Turtle, `ShapeNotSupported` for a shape that the guard does not
        know, or that refers to itself.
        """
        return cls(read_shapes(ShapesGraph.of_files(files)))

    @classmethod
    def of_graph(cls, store: Store) -> "Shapes":
        """Read the shapes in a store. Raises `ShapeNotSupported`."""
        return cls(read_shapes(ShapesGraph(store)))


@dataclass(frozen=True)
class GuardReport:
    """What the shapes say of a write.

    `results`: what is wrong now with the focus nodes it can affect, except the violations that they had before; these
    are in `standing`. `checked` counts pairs of a constraint and a focus node.
    """

    results: tuple[Result, ...]
    standing: tuple[Result, ...]
    checked: int

    @property
    def conforms(self) -> bool:
        """Whether the write brings no violation that was not there before; only then it may be kept."""
        return not any(result.severity == VIOLATION for result in self.results)

    @property
    def report(self) -> ShaclReport:
        """The results as a validation report."""
        return ShaclReport(self.results)

    def turtle(self) -> str:
        """Return the validation report in Turtle."""
        return self.report.turtle()


class Guard:
    """Holds writes against shapes. Made once, before the process that holds the graph forks; it has no threads."""

    def __init__(self, shapes: Shapes) -> None:
        self._reach = Reach(shapes.all)

    def check(self, store: Store, removed: Iterable[bytes], added: Iterable[bytes]) -> GuardReport:
        """Say what a write does to the graph; `store` is as it is after it, the lines of N-Quads are what it changed.

        When there are violations the store is set back for a moment, to see which were there before, and then made
        as it was: it must be the caller's alone. Cost: that of the focus nodes concerned.
        """
        change = Change.read(store, removed, added)
        if not change.triples:
            return GuardReport((), (), 0)
        on = On.of(store)
        affected = self._reach.affected(change.triples, View(store, change.gone) if change.gone else on.view)
        nodes = {unit: _targets(unit, affected, on.view) for unit in affected}
        found = {unit: set(unit.check(focus, on)) for unit, focus in nodes.items() if focus}
        before = self._before(store, change, found)
        new = {one for all_found in found.values() for one in all_found} - before
        checked = sum(len(focus) for focus in nodes.values())
        return GuardReport(_results(new), _results(before), checked)

    def _before(self, store: Store, change: Change, found: dict[Unit, set[Found]]) -> set[Found]:
        """Return those of the violations found that were there before the write."""
        doubted = {
            unit: {one.focus for one in findings if one.shape.severity == VIOLATION} for unit, findings in found.items()
        }
        if not any(doubted.values()):
            return set()
        standing: set[Found] = set()
        with change.undone(store):
            on = On.of(store)
            for unit, nodes in doubted.items():
                focus = tuple(node for node in nodes if unit.shape.targets.include(node, on.view))
                if focus:
                    standing |= found[unit] & set(unit.check(focus, on))
        return {one for one in standing if one.shape.severity == VIOLATION}

    def validate(self, store: Store) -> ShaclReport:
        """Hold the whole graph against the shapes."""
        on = On.of(store)
        targets: dict[Shape, tuple[Term, ...]] = {}
        found: set[Found] = set()
        for unit in self._reach.units:
            if unit.shape not in targets:
                targets[unit.shape] = unit.shape.targets.all(on.view)
            found.update(unit.check(targets[unit.shape], on))
        return ShaclReport(_results(found))


def _targets(unit: Unit, affected: Affected, view: View) -> tuple[Term, ...]:
    """Return the focus nodes of a unit that are affected and are its targets now."""
    nodes = affected[unit]
    if nodes is None:
        return unit.shape.targets.all(view)
    return tuple(node for node in nodes if unit.shape.targets.include(node, view))


def _results(found: Iterable[Found]) -> tuple[Result, ...]:
    return in_order(one.result() for one in found)
