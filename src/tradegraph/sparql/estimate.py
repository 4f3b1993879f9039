"""What the patterns of a query would give, estimated from counts.

The method is the usual one for joins: a triple pattern has as many solutions as its property has triples, divided by
the distinct subjects (or values) for each end that is fixed; joining with what is there divides by the distinct values
on the larger side of each shared variable. Values are taken to be spread evenly and independent of one another, which
real data are not: an estimate tells ten from ten thousand, not ten from twenty.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tradegraph.sparql.patterns import Pattern
from tradegraph.sparql.statistics import RDF_TYPE, Statistics
from tradegraph.sparql.structure import Structure

MOST_CHOICES: Final = 30
_CLOSURE_REACH: Final = 10
"""How many ends a path with `*` or `+` is taken to reach from each start."""


@dataclass(frozen=True)
class Estimate:
    """Estimated solutions, and of each variable the distinct values among them."""

    rows: float
    distinct: dict[str, float]


ONE = Estimate(1.0, {})


def of_pattern(pattern: Pattern, structure: Structure, statistics: Statistics) -> Estimate:
    """Estimate one triple pattern on its own."""
    iri = structure.expand(pattern.predicate) if not pattern.path and pattern.predicate[:1] != "?" else None
    named = [structure.expand(name) for name in pattern.names]
    if pattern.predicate == "()":
        return Estimate(1.0, {})
    if pattern.path:
        sizes = [statistics.size(name) for name in named]
        rows = float(max(sizes, default=statistics.triples)) * (_CLOSURE_REACH if pattern.closures else 1)
        subjects, objects = max(1.0, rows / 2), max(1.0, rows / 4)
    else:
        rows = float(statistics.triples if iri is None and pattern.predicate[:1] == "?" else statistics.size(iri))
        subjects, objects = float(statistics.distinct_subjects(iri)), float(statistics.distinct_objects(iri))
    if iri == RDF_TYPE and pattern.object[:1] not in "?_":
        class_iri = structure.expand(pattern.object)
        rows = float(statistics.classes.get(class_iri or "", 0))
        subjects = max(1.0, rows)
    elif pattern.object[:1] not in "?_":
        rows /= objects
        subjects = min(subjects, max(1.0, rows))
    if pattern.subject[:1] not in "?_":
        rows /= subjects
        objects = min(objects, max(1.0, rows))
    distinct = {}
    if pattern.object[:1] in "?_":
        distinct[pattern.object] = min(objects, max(1.0, rows))
    if pattern.subject[:1] in "?_":
        distinct[pattern.subject] = min(subjects, max(1.0, rows))
    if pattern.predicate[:1] == "?":
        distinct[pattern.predicate] = float(max(1, len(statistics.properties)))
    return Estimate(rows, distinct)


def join(left: Estimate, right: Estimate) -> Estimate:
    """Estimate a join: the product, divided by the larger number of distinct values of each shared variable."""
    rows = _joined_rows(left, right)
    most = max(1.0, rows)
    distinct = {name: min(count, most) for name, count in left.distinct.items()}
    for name, count in right.distinct.items():
        distinct[name] = min(distinct.get(name, most), count, most)
    return Estimate(rows, distinct)


def _joined_rows(left: Estimate, right: Estimate) -> float:
    rows = left.rows * right.rows
    for name, count in right.distinct.items():
        if name in left.distinct:
            rows /= max(left.distinct[name], count, 1.0)
    return rows


def ordered(
    patterns: Sequence[Pattern], structure: Structure, statistics: Statistics, known: Estimate = ONE
) -> list[tuple[Pattern, Estimate]]:
    """Order patterns as an engine would; each comes with the estimate after joining it, beginning at `known`."""
    waiting = [(pattern, of_pattern(pattern, structure, statistics)) for pattern in patterns]
    steps: list[tuple[Pattern, Estimate]] = []
    while waiting:
        pattern, alone = waiting.pop(best(known, [estimate for _, estimate in waiting]))
        known = join(known, alone)
        steps.append((pattern, known))
    return steps


def best(known: Estimate, waiting: Sequence[Estimate]) -> int:
    """Return the index of what to join next: connected to what is known, if any is, and giving the fewest rows.

    Of more than MOST_CHOICES, only the first are looked at: the time would be quadratic.
    """
    choices = range(min(len(waiting), MOST_CHOICES))
    connected = [number for number in choices if waiting[number].distinct.keys() & known.distinct.keys()]
    return min(connected or choices, key=lambda number: _joined_rows(known, waiting[number]))


def components(patterns: Iterable[Pattern], linked: Iterable[frozenset[str]] = ()) -> list[set[str]]:
    """Return the sets of variables that patterns connect; each of `linked` counts as a pattern too.

    A pattern without variables connects nothing and is in no component.
    """
    found: list[set[str]] = []
    for names in [pattern.variables for pattern in patterns] + list(linked):
        if not names:
            continue
        touching = [one for one in found if one & names]
        found = [one for one in found if not one & names]
        found.append(set(names).union(*touching))
    return found
