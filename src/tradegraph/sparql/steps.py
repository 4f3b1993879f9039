"""The shape of a query: its steps in the order they are taken, with the rows there are after each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tradegraph.sparql.conditions import OneOf, demands
from tradegraph.sparql.estimate import ONE, Estimate, best, join, of_pattern, ordered
from tradegraph.sparql.patterns import Pattern
from tradegraph.sparql.statistics import Statistics
from tradegraph.sparql.structure import JOINED, Element, Group, Structure

_KEPT_BY_FILTER: Final = 0.5
_MOST: Final = 1e15


@dataclass(frozen=True)
class Step:
    """One step: `depth` of nesting from 0, what `kind` of element, its text on one line, the rows after it.

    `work` is the number of rows that are looked at in it.
    """

    depth: int
    kind: str
    text: str
    rows: int
    work: float


def steps(structure: Structure, group: Group, statistics: Statistics) -> tuple[list[Step], Estimate]:
    """Return the steps of a group, those of nested groups among them, and the estimate of its solutions."""
    walk = _Walk(structure, statistics)
    estimate = walk.group(group, ONE, 0)
    return walk.found, estimate


def _rows(estimate: Estimate) -> int:
    return round(min(estimate.rows, _MOST))


def _capped(estimate: Estimate) -> Estimate:
    return estimate if estimate.rows <= _MOST else Estimate(_MOST, estimate.distinct)


def _shown(pattern: Pattern) -> str:
    terms = (pattern.subject, pattern.predicate, pattern.object)
    return " ".join("[]" if term.startswith("_[") else term for term in terms)


class _Walk:
    def __init__(self, structure: Structure, statistics: Statistics) -> None:
        self.structure = structure
        self.statistics = statistics
        self.found: list[Step] = []
        self._known_alone: dict[int, Estimate] = {}

    def group(self, group: Group, known: Estimate, depth: int) -> Estimate:
        """Take the elements between two OPTIONALs, MINUSes or BINDs together: the engine orders those itself."""
        waiting: list[Element] = []
        for element in group.elements:
            if element.kind in JOINED:
                waiting.append(element)
            elif element.kind != "filter":
                known = self._joined(waiting, known, depth)
                waiting = []
                known = self._other(element, known, depth)
        known = self._joined(waiting, known, depth)
        for element in group.elements:
            if element.kind == "filter":
                known = self._filtered(element, known, depth)
        return known

    def _joined(self, elements: list[Element], known: Estimate, depth: int) -> Estimate:
        """Join triple patterns and nested elements, the best first."""
        waiting: list[tuple[Pattern | Element, Estimate]] = []
        for element in elements:
            waiting += [(one, of_pattern(one, self.structure, self.statistics)) for one in element.patterns]
            if element.kind != "triples":
                waiting.append((element, self._alone(element)))
        while waiting:
            item, alone = waiting.pop(best(known, [estimate for _, estimate in waiting]))
            if isinstance(item, Pattern):
                known = _capped(join(known, alone))
                work = max(known.rows, alone.rows if item.closures else 0.0)
                self.found.append(Step(depth, "triple", _shown(item), _rows(known), work))
            else:
                known = _capped(join(known, alone) if item.kind == "values" else self._nested(item, known, depth))
                self._note(depth, item, known, known.rows)
        return known

    def _alone(self, element: Element) -> Estimate:
        """Estimate a nested element on its own, once."""
        if element.start not in self._known_alone:
            if element.kind == "values":
                estimate = self._values(element)
            else:
                taken = len(self.found)
                estimate = self._nested(element, ONE, 0)
                del self.found[taken:]
            self._known_alone[element.start] = estimate
        return self._known_alone[element.start]

    def _nested(self, element: Element, known: Estimate, depth: int) -> Estimate:
        if element.kind != "union":
            return self.group(element.groups[0], known, depth + 1)
        branches = [self.group(branch, known, depth + 1) for branch in element.groups]
        distinct = {name: count for branch in branches for name, count in branch.distinct.items()}
        return _capped(Estimate(sum(branch.rows for branch in branches), distinct))

    def _other(self, element: Element, known: Estimate, depth: int) -> Estimate:
        work = known.rows
        if element.kind == "optional":
            inner = self.group(element.groups[0], known, depth + 1)
            known = Estimate(max(known.rows, inner.rows), {**inner.distinct, **known.distinct})
            work = known.rows
        elif element.kind == "minus":
            work += self.group(element.groups[0], ONE, depth + 1).rows
        elif element.kind == "service":
            names = {f"?{name}": 100.0 for name in element.certain}
            known = join(known, Estimate(100.0, names))
        self._note(depth, element, known, work)
        return known

    def _filtered(self, element: Element, known: Estimate, depth: int) -> Estimate:
        work, kept = known.rows, _KEPT_BY_FILTER
        for demand in demands(self.structure, element):
            if isinstance(demand, OneOf) and f"?{demand.variable}" in known.distinct:
                kept = min(kept, len(demand.names) / known.distinct[f"?{demand.variable}"])
        for inner in element.groups:
            # EXISTS is evaluated for each row, from its first pattern on.
            patterns = [pattern for one in inner.elements for pattern in one.patterns]
            within = ordered(patterns, self.structure, self.statistics, known)
            each = max((after.rows for _, after in within), default=1.0)
            work = max(work, each)
        known = Estimate(known.rows * kept, known.distinct)
        self._note(depth, element, known, work)
        return known

    def _values(self, element: Element) -> Estimate:
        parts = self.structure.seen[element.first : element.last]
        brace = next(number for number, part in enumerate(parts) if part.text == "{")
        rows = sum(part.text == "(" for part in parts[brace:])
        names = {f"?{name}" for name in element.mentioned}
        if not rows:
            rows = len(parts) - brace - 2
        return Estimate(float(rows), dict.fromkeys(names, float(max(1, rows))))

    def _note(self, depth: int, element: Element, known: Estimate, work: float) -> None:
        text = " ".join(self.structure.text[element.start : element.end].split())
        shown = text if len(text) <= 100 else text[:99] + "…"
        self.found.append(Step(depth, element.kind, shown, _rows(known), work))


def all_groups(group: Group) -> Iterator[Group]:
    """Yield a group and every group within it, those of EXISTS and SERVICE too."""
    yield group
    for element in group.elements:
        for inner in element.groups:
            yield from all_groups(inner)
