"""A query of a shape turned around: the nodes for which a changed triple may change its answer.

For each triple pattern of the query: the patterns that hold whenever this one matters, that is those that are required
in its own group and in the groups around it. With the changed triple in the pattern's place, their solutions, in the
triples before and after the change together, name all nodes that are concerned, and perhaps more. Why this is sound is
in docs/guard.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from tradegraph.checks.guard.join import THIS, Pattern, TooMany, unified, values_of_this
from tradegraph.checks.guard.path_text import read_path
from tradegraph.checks.guard.paths import HERE, Path, Predicate, Step, steps
from tradegraph.checks.guard.terms import Term
from tradegraph.checks.guard.view import View
from tradegraph.sparql.conditions import OneOf, demands
from tradegraph.sparql.patterns import Pattern as WrittenPattern
from tradegraph.sparql.structure import Element, Group, Structure


class CannotRead(Exception):
    """The query has something that is not known here; the message says what. It never leaves the guard."""


@dataclass(frozen=True)
class Place:
    """Where a triple may stand in a query: one property of one pattern, and the `others` that hold beside it.

    `step` is None when the pattern's predicate is a variable; then `only` may say which properties it can be.
    """

    pattern: Pattern
    step: Step | None
    only: frozenset[NamedNode] | None
    others: tuple[Pattern, ...]

    @property
    def predicates(self) -> frozenset[NamedNode] | None:
        """The predicates of triples that may stand here, or None for all."""
        if self.step is None:
            return self.only
        return None if self.step.predicate is None else frozenset({self.step.predicate})

    def concerned(self, triple: Triple, around: View) -> frozenset[Term]:
        """Return the nodes that solutions with the triple in this place have as `$this`. Raises `TooMany`."""
        if self.predicates is not None and triple.predicate not in self.predicates:
            return frozenset()
        pattern, patterns = self.pattern, self.others
        pairs: list[tuple[Term | str, Term]] = []
        if self.step is None:
            if not isinstance(pattern.predicate, str):
                raise TypeError("a place has a step, or a variable for its predicate")
            pairs = [(pattern.subject, triple.subject), (pattern.object, triple.object)]
            pairs.append((pattern.predicate, triple.predicate))
        else:
            start, end = (triple.object, triple.subject) if self.step.inverse else (triple.subject, triple.object)
            if self.step.before == HERE:
                pairs.append((pattern.subject, start))
            else:
                patterns = (*patterns, Pattern(pattern.subject, self.step.before, start))
            if self.step.after == HERE:
                pairs.append((pattern.object, end))
            else:
                patterns = (*patterns, Pattern(end, self.step.after, pattern.object))
        known = unified(pairs, {})
        return frozenset() if known is None else values_of_this(patterns, known, around)


@dataclass(frozen=True)
class Places:
    """All places of a query."""

    all: tuple[Place, ...]

    @classmethod
    def of(cls, structure: Structure) -> "Places":
        """Read the places of a query with a WHERE group. Raises `CannotRead`."""
        return cls(tuple(_Reader(structure).group(structure.body, _Scope(), (), {})))

    def names(self) -> frozenset[NamedNode] | None:
        """Return the predicates that matter to the query, or None for all."""
        found: set[NamedNode] = set()
        for place in self.all:
            if place.predicates is None:
                return None
            found |= place.predicates
        return frozenset(found)

    def concerned(self, triple: Triple, around: View) -> frozenset[Term] | None:
        """Return the nodes that may have another answer because of the triple, or None when it may be any node."""
        try:
            return frozenset[Term]().union(*(place.concerned(triple, around) for place in self.all))
        except TooMany:
            return None


@dataclass(frozen=True)
class _Scope:
    """Which variables a group has in common with the groups around it: `shared`, or all; `$this` always is."""

    number: int = 0
    shared: frozenset[str] | None = None
    around: "_Scope | None" = None

    def name(self, variable: str) -> str:
        if variable == THIS:
            return THIS
        if self.around is not None and (self.shared is None or variable in self.shared):
            return self.around.name(variable)
        return f"{variable}~{self.number}"


class _Reader:
    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._scopes = 0

    def group(
        self, group: Group, scope: _Scope, around: tuple[Pattern, ...], limits: Mapping[str, frozenset[NamedNode]]
    ) -> Iterator[Place]:
        """Yield the places in a group; `around` is required outside of it, `limits` says what variables may be."""
        limits = {**limits, **dict(self._limits(group, scope))}
        required = (*around, *self._required(group.elements, scope))
        for number, element in enumerate(group.elements):
            match element.kind:
                case "triples":
                    yield from self._triples(element, scope, required, limits)
                case "union":
                    for branch in element.groups:
                        yield from self.group(branch, scope, required, limits)
                case "optional" | "bind":
                    # What is joined later may have other values for variables that only the optional part binds.
                    yield from self._inner(element, scope, group.elements[:number], required, limits)
                case "filter":
                    yield from self._inner(element, scope, group.elements, required, limits)
                case "select":
                    keys = self._keys(element)
                    for inner in element.groups:
                        yield from self.group(inner, self._within(scope, keys), required, limits)
                case _:
                    raise CannotRead(element.kind.upper())

    def _inner(
        self,
        element: Element,
        scope: _Scope,
        certain: tuple[Element, ...],
        required: tuple[Pattern, ...],
        limits: Mapping[str, frozenset[NamedNode]],
    ) -> Iterator[Place]:
        shared = frozenset(self._bound(certain))
        for inner in element.groups:
            yield from self.group(inner, self._within(scope, shared), required, limits)

    def _within(self, scope: _Scope, shared: frozenset[str]) -> _Scope:
        self._scopes += 1
        return _Scope(self._scopes, shared, scope)

    def _bound(self, elements: tuple[Element, ...]) -> Iterator[str]:
        """Yield the variables, as written, that the required patterns among these elements bind."""
        for element in elements:
            if element.kind == "triples":
                for pattern in element.patterns:
                    yield from (_variable(name) for name in pattern.variables)
            elif element.kind == "union" and len(element.groups) == 1:
                yield from self._bound(element.groups[0].elements)

    def _required(self, elements: tuple[Element, ...], scope: _Scope) -> Iterator[Pattern]:
        """Yield the patterns of which each solution of these elements has a triple; not all, but certainly these."""
        for element in elements:
            if element.kind == "triples":
                yield from (self._pattern(pattern, scope) for pattern in element.patterns)
            elif element.kind == "union" and len(element.groups) == 1:
                yield from self._required(element.groups[0].elements, scope)

    def _triples(
        self,
        element: Element,
        scope: _Scope,
        required: tuple[Pattern, ...],
        limits: Mapping[str, frozenset[NamedNode]],
    ) -> Iterator[Place]:
        for written in element.patterns:
            pattern = self._pattern(written, scope)
            others = tuple(dict.fromkeys(other for other in required if other != pattern))
            if isinstance(pattern.predicate, str):
                yield Place(pattern, None, limits.get(pattern.predicate), others)
                continue
            for step in steps(pattern.predicate):
                yield Place(pattern, step, None, others)

    def _limits(self, group: Group, scope: _Scope) -> Iterator[tuple[str, frozenset[NamedNode]]]:
        """Yield variables with the IRIs to which the conditions of a group limit them."""
        for element in group.elements:
            if element.kind == "filter":
                for demand in demands(self._structure, element):
                    if isinstance(demand, OneOf):
                        yield scope.name(demand.variable), frozenset(self._iri(name) for name in demand.names)

    def _keys(self, select: Element) -> frozenset[str]:
        """Return the variables that a sub-select shares with what is around: those it gives as they are.

        With LIMIT or OFFSET any row may push out any other, so that nothing is shared.
        """
        parts = self._structure.seen[select.first : select.last]
        where = next(n for n, part in enumerate(parts) if part.start == select.groups[0].start)
        ends = next((n for n, part in enumerate(parts) if part.start >= select.groups[0].end), len(parts))
        head, tail = parts[:where], parts[ends:]
        words = {part.text.upper() for part in (*head, *tail) if part.kind == "word"}
        if words & {"LIMIT", "OFFSET"}:
            return frozenset()
        if any(part.text == "*" for part in head) and "(" not in {part.text for part in head}:
            return select.mentioned
        given: set[str] = set()
        depth = 0
        for part in head:
            depth += {"open": 1, "close": -1}.get(part.kind, 0)
            if part.kind == "variable" and depth == 0:
                given.add(part.text[1:])
        if depth != 0:
            raise CannotRead("this SELECT clause")
        if "GROUP" in words:
            given &= {part.text[1:] for part in tail if part.kind == "variable"}
        elif any(part.text == "(" for part in head):
            # An aggregate without GROUP BY makes one row of all.
            given = set()
        return frozenset(given)

    def _pattern(self, written: WrittenPattern, scope: _Scope) -> Pattern:
        predicate: Path | str
        if written.predicate == "()":
            raise CannotRead("a list in round brackets")
        if written.predicate[0] == "?":
            predicate = scope.name(written.predicate[1:])
        elif written.path:
            predicate = read_path(written.predicate, self._iri)
        else:
            predicate = Predicate(self._iri(written.predicate))
        return Pattern(self._term(written.subject, scope), predicate, self._term(written.object, scope))

    def _term(self, text: str, scope: _Scope) -> Term | str:
        if text[0] in "?_":
            return scope.name(_variable(text))
        if text[0] == "<" or (text[0] not in "\"'+-.0123456789" and ":" in text):
            return self._iri(text)
        return self._literal(text)

    def _iri(self, name: str) -> NamedNode:
        iri = self._structure.expand(name)
        if iri is None:
            raise CannotRead(f"the name {name}")
        return NamedNode(iri)

    def _literal(self, text: str) -> Literal:
        """Return a literal as the store keeps it."""
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self._structure.prefixes.items())
        store = Store()
        store.extend(parse(f"{prefixes}<urn:x> <urn:x> {text} .", RdfFormat.TURTLE))
        (quad,) = store
        if not isinstance(quad.object, Literal):
            raise TypeError(f"{text} is no literal")
        return quad.object


def _variable(text: str) -> str:
    """Return the name of a variable, or of a blank node, which is a variable that nobody asks for."""
    return text[1:] if text[0] == "?" else text
