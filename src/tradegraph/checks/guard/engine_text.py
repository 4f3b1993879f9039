"""Writes a query of a shape so that the engine walks outward from `$this`, without changing what it means.

The engine plans as if `$this` were unknown, and EXISTS as if nothing were: it may begin with all things of a class,
and for one node look through the whole graph. Blocks of triples are therefore written pattern by pattern, in an order
in which each begins at something known, joined with LATERAL (SPARQL-dev SEP-0006, which the engine has): a loop.

Proof that the meaning stays: a block is the join of its patterns in any order (SPARQL 1.1, section 18.2.2.6), a path
of steps is the join of the steps (section 18.2.2.4), and `A LATERAL { P }` is the join of A with P where P is a single
pattern, or binds a new variable. OPTIONAL parts are left as they are: the engine already looks them up for each row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from tradegraph.checks.guard.join import THIS
from tradegraph.checks.guard.path_text import read_path
from tradegraph.checks.guard.paths import AnyPredicate, Inverse, Path, Predicate, Repeated, in_sparql, parts_of
from tradegraph.sparql.edits import Edit, apply
from tradegraph.sparql.patterns import Pattern
from tradegraph.sparql.structure import Element, Group, Structure, certain_before

_CUT: Final = "\0"
"""A character that no query can have."""


@dataclass(frozen=True)
class _Triple:
    """One pattern to write; a predicate that is a variable begins with a question mark."""

    subject: str
    predicate: str
    object: str
    closure: bool

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"


def for_engine(structure: Structure, cuts: Iterable[int]) -> tuple[str, ...]:
    """Return the query's text with its blocks of triples in order, cut at these places of the text as it was."""
    edits = _Writer(structure).edits(structure.body, frozenset({THIS}))
    return tuple(apply(structure.text, [*edits, *(Edit(cut, cut, _CUT) for cut in cuts)]).split(_CUT))


class _Writer:
    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._fresh = 0

    def edits(self, group: Group, known: frozenset[str]) -> Iterator[Edit]:
        """Yield the edits of a group in which the variables `known` have values, whatever the group says."""
        for element, before in zip(group.elements, certain_before(group.elements), strict=False):
            block = _block(element)
            if block is not None:
                yield from self._in_order(element, block, known | before)
                continue
            if element.kind == "union" and len(element.groups) == 1:
                # The engine would ask the conditions of this group and of those around it in an order of its own.
                yield Edit(element.end, element.end, f" LATERAL {{ BIND (1 AS {self._variable()}) }} ")
            inside = known | group.certain if element.kind == "filter" else known | before
            for inner in element.groups:
                match element.kind:
                    case "filter" | "bind":
                        yield from self.edits(inner, inside)
                    case "optional":
                        yield from self._conditions(inner, inside)
                    case _:
                        yield from self.edits(inner, frozenset({THIS}))

    def _conditions(self, group: Group, known: frozenset[str]) -> Iterator[Edit]:
        """Yield the edits of an OPTIONAL part: only what its conditions ask is put in order."""
        for element in group.elements:
            if element.kind == "filter":
                for inner in element.groups:
                    yield from self.edits(inner, known | group.certain)

    def _in_order(self, element: Element, block: Element, known: frozenset[str]) -> Iterator[Edit]:
        todo: list[_Triple] = []
        for pattern in block.patterns:
            triples = self._triples(pattern)
            if triples is None:
                return
            todo += triples
        if len(todo) < 2 and block is element:
            return
        bound = {f"?{name}" for name in known}
        written: list[str] = []
        while todo:
            following = min(todo, key=lambda one: _rank(one, bound))
            if _rank(following, bound) >= _NOWHERE:
                return
            todo.remove(following)
            bound |= {following.subject, following.predicate, following.object}
            written.append(f"LATERAL {{ {following} }}")
        yield Edit(element.start, element.end, " ".join(written) + " ")

    def _triples(self, pattern: Pattern) -> list[_Triple] | None:
        """Return a pattern step by step, or None when it cannot be written anew."""
        if pattern.subject[0] == "_" or pattern.object[0] == "_" or pattern.predicate == "()":
            return None
        if not pattern.path:
            return [_Triple(pattern.subject, pattern.predicate, pattern.object, False)]
        if "!" in pattern.predicate:
            return None
        found: list[_Triple] = []
        parts = parts_of(read_path(pattern.predicate, self._name))
        start = pattern.subject
        for number, part in enumerate(parts, 1):
            end = pattern.object if number == len(parts) else self._variable()
            turned = isinstance(part, Inverse)
            path: Path = part.path if isinstance(part, Inverse) else part
            ends = (end, start) if turned else (start, end)
            found.append(_Triple(ends[0], in_sparql(path), ends[1], _repeats(path)))
            start = end
        return found

    def _name(self, name: str) -> NamedNode:
        iri = self._structure.expand(name)
        if iri is None:
            raise ValueError(f"{name} is a name without an IRI, which reading the places refuses")
        return NamedNode(iri)

    def _variable(self) -> str:
        self._fresh += 1
        return f"?tradegraph_{self._fresh}"


_NOWHERE: Final = 9


def _rank(one: _Triple, bound: set[str]) -> int:
    """Return how much a pattern may find, as far as can be told from its form: the less the sooner."""
    subject, value = one.subject in bound, one.object in bound
    constant = one.object[0] != "?"
    if subject and (value or constant) and (one.predicate[0] != "?" or one.predicate in bound):
        return 0
    if one.predicate[0] == "?" and one.predicate not in bound:
        return 5 if subject or value else _NOWHERE
    if subject:
        return 2 if one.closure else 1
    if value:
        return 4 if one.closure else 3
    if one.subject[0] != "?":
        return 6
    return 7 if constant and not one.closure else _NOWHERE


def _block(element: Element) -> Element | None:
    """Return the block of triples that an element is, in braces of its own or not."""
    if element.kind == "triples":
        return element
    if element.kind == "union" and len(element.groups) == 1 and len(element.groups[0].elements) == 1:
        (inner,) = element.groups[0].elements
        return inner if inner.kind == "triples" else None
    return None


def _repeats(path: Path) -> bool:
    return not isinstance(path, Predicate | AnyPredicate) and (isinstance(path, Repeated) or "*" in in_sparql(path))
