"""Joins of triple patterns, walked outward from what is known: the values that one variable can have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from tradegraph.checks.guard.paths import Path, Predicate, reached, turned
from tradegraph.checks.guard.terms import Term
from tradegraph.checks.guard.view import View

THIS: Final = "this"
"""The variable that is asked for."""

MOST_STEPS: Final = 20_000
"""Patterns looked up for one question before it is given up."""

_ENOUGH: Final = 8


class TooMany(Exception):
    """The question takes too long, or nothing leads from what is known to the variable; it never leaves the guard."""


@dataclass(frozen=True)
class Pattern:
    """A triple pattern: terms, or names of variables, about a path or a variable in the predicate's place."""

    subject: Term | str
    predicate: Path | str
    object: Term | str

    @property
    def variables(self) -> frozenset[str]:
        """Names of the variables in it."""
        return frozenset(term for term in (self.subject, self.predicate, self.object) if isinstance(term, str))


Values = dict[str, Term]


def values_of_this(patterns: tuple[Pattern, ...], known: Values, view: View) -> frozenset[Term]:
    """Return the values of `$this` in the solutions of the patterns with `known`.

    Patterns that nothing leads to are left out, which can only make them more. Raises `TooMany`.
    """
    search = _Search(view)
    search.extend(patterns, known)
    return frozenset(search.found)


class _Search:
    def __init__(self, view: View) -> None:
        self._view = view
        self._steps = 0
        self.found: set[Term] = set()

    def extend(self, patterns: tuple[Pattern, ...], known: Values) -> bool:
        """Find all values that solutions give `$this`; return whether it had a value and that value was found."""
        this = known.get(THIS)
        if this is not None and this in self.found:
            return True
        pattern = self._next(patterns, known)
        if pattern is None:
            if this is None:
                raise TooMany
            self.found.add(this)
            return True
        rest = tuple(other for other in patterns if other is not pattern)
        for more in self._solutions(pattern, known):
            # Once $this has a value, one solution is enough.
            if self.extend(rest, {**known, **more}) and this is not None:
                return True
        return False

    def _next(self, patterns: tuple[Pattern, ...], known: Values) -> Pattern | None:
        """Return the pattern with the fewest solutions; None when no pattern has an end that is known."""
        best: Pattern | None = None
        fewest = _ENOUGH + 2
        for pattern in patterns:
            subject, value = _known(pattern.subject, known), _known(pattern.object, known)
            if subject is None and value is None:
                continue
            number = self._estimate(pattern, subject, value, known)
            if number < fewest:
                best, fewest = pattern, number
                if number == 0:
                    break
        return best

    def _estimate(self, pattern: Pattern, subject: Term | None, value: Term | None, known: Values) -> int:
        if subject is not None and value is not None and not isinstance(pattern.predicate, str):
            return 0
        predicate: NamedNode | None = None
        if isinstance(pattern.predicate, Predicate):
            predicate = pattern.predicate.iri
        elif isinstance(pattern.predicate, str):
            bound = known.get(pattern.predicate)
            predicate = bound if isinstance(bound, NamedNode) else None
        else:
            return _ENOUGH + 1
        return 1 + self._view.count_up_to(_ENOUGH, subject, predicate, value)

    def _solutions(self, pattern: Pattern, known: Values) -> Iterator[Values]:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooMany
        subject, value = _known(pattern.subject, known), _known(pattern.object, known)
        if isinstance(pattern.predicate, str):
            predicate = known.get(pattern.predicate)
            if predicate is not None and not isinstance(predicate, NamedNode):
                return
            for triple in self._view.triples(subject, predicate, value):
                more = unified(
                    (
                        (pattern.subject, triple.subject),
                        (pattern.predicate, triple.predicate),
                        (pattern.object, triple.object),
                    ),
                    known,
                )
                if more is not None:
                    yield more
        elif subject is not None and value is not None and isinstance(pattern.predicate, Predicate):
            if self._view.has(subject, pattern.predicate.iri, value):
                yield {}
        elif subject is not None:
            for end in reached(pattern.predicate, subject, self._view):
                more = unified(((pattern.object, end),), known)
                if more is not None:
                    yield more
        elif value is not None:
            for start in reached(turned(pattern.predicate), value, self._view):
                more = unified(((pattern.subject, start),), known)
                if more is not None:
                    yield more


def unified(pairs: Iterable[tuple[Term | str, Term]], known: Values) -> Values | None:
    """Return the values that variables take when each pair is the same, or None when that cannot be."""
    more: Values = {}
    for term, value in pairs:
        if not isinstance(term, str):
            if term != value:
                return None
        elif more.setdefault(term, known.get(term, value)) != value:
            return None
    return more


def _known(term: Term | str, known: Values) -> Term | None:
    return known.get(term) if isinstance(term, str) else term
