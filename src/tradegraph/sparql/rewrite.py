"""Rewrites a query into one with the same solutions that the engine plans better.

Every rule is proven to keep the multiset of solutions of the group it changes; the proofs are with the rules and use
the algebra of SPARQL 1.1 Query Language, section 18: ⟕ for LeftJoin, ⋈ for Join, *certain* for the variables that each
solution binds. A group's value does not depend on where it stands, so the solutions of the whole query are the same.

What may still differ, and is permitted to: the order of rows where ORDER BY does not settle it, hence which of them
LIMIT and OFFSET keep, what SAMPLE picks, how GROUP_CONCAT is ordered and the last digit of a sum of doubles (sections
15.4, 18.5.1). None of the rules looks at LIMIT or OFFSET, so that pages of one query still fit together, save
`not-exists-as-minus`, which leaves every query with one of them alone. Queries with functions that give another value
at each call (RAND, UUID, STRUUID, BNODE) are left alone, and so is what EXISTS and SERVICE hold.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tradegraph.sparql.edits import Edit, apply
from tradegraph.sparql.equalities import constants_first, one_variable
from tradegraph.sparql.exists import not_exists_as_minus
from tradegraph.sparql.required import required_first
from tradegraph.sparql.statistics import Statistics
from tradegraph.sparql.structure import Group, Structure, certain_before, read_structure

Rule = Callable[[Structure, Group], list[Edit]]

_MAY_HELP: Final = re.compile(r"\b(?:OPTIONAL|MINUS|EXISTS)\b|\bFILTER\b[^{}]*?(?:=|\bIN\b|sameTerm)", re.IGNORECASE)
_NEVER_TWICE: Final = frozenset({"RAND", "UUID", "STRUUID", "BNODE"})
_MOST_ROUNDS: Final = 12
_SEEING: Final = frozenset({"optional", "minus", "bind", "filter"})
LONGEST: Final = 4_000
"""Characters; longer queries are run as written."""

REQUIRED_FIRST: Final = "required-first"
CONSTANTS_FIRST: Final = "constants-first"
ONE_VARIABLE: Final = "one-variable"
NOT_EXISTS_AS_MINUS: Final = "not-exists-as-minus"


@dataclass(frozen=True)
class Rewritten:
    """The text to run, and the names of the rules that made it, each once, in the order they were first used."""

    text: str
    names: tuple[str, ...]


def rewrite(text: str, statistics: Statistics | None = None) -> Rewritten:
    """Return the query rewritten, or as it was when no rule fits or it cannot be read.

    Without statistics, only the rules that pay whatever the data are used.
    """
    if len(text) > LONGEST or _MAY_HELP.search(text) is None:
        return Rewritten(text, ())
    names: dict[str, None] = {}
    for _ in range(_MOST_ROUNDS):
        structure = read_structure(text)
        if structure is None or not _may_change(structure):
            break
        found = _first_change(structure, statistics)
        if found is None:
            break
        name, edits = found
        names[name] = None
        text = apply(text, edits)
    return Rewritten(text, tuple(names))


def _first_change(structure: Structure, statistics: Statistics | None) -> tuple[str, list[Edit]] | None:
    rules: list[tuple[str, Rule]] = [
        (REQUIRED_FIRST, required_first),
        (ONE_VARIABLE, one_variable),
        (CONSTANTS_FIRST, constants_first),
    ]
    if statistics is not None:
        rules.append((NOT_EXISTS_AS_MINUS, lambda one, group: not_exists_as_minus(one, group, statistics)))
    for group in groups(structure.where):
        for name, rule in rules:
            edits = rule(structure, group)
            if edits:
                return name, edits
    return None


def _may_change(structure: Structure) -> bool:
    """Tell whether the proofs hold of this query, and hold for the engine.

    The engine evaluates what is within an OPTIONAL from the inside out, as section 18.6 has it, or by looking up for
    each row, as it sees fit. The two differ when an OPTIONAL, MINUS, BIND or FILTER in there mentions a variable that
    occurs outside and is not certain where it stands: the pattern is not *well designed* (Pérez, Arenas and Gutierrez,
    Semantics and Complexity of SPARQL, 2009), and the plan would decide the answer. Such queries are left alone. The
    FILTER of an OPTIONAL itself may see what is outside (section 18.2.2.6). A path of any length within GRAPH ?g is
    another such case: how often the engine counts it depends on the plan.
    """
    if structure.where is None or any(token.text.upper() in _NEVER_TWICE for token in structure.seen):
        return False
    if any(_path_in_any_graph(group) for group in groups(structure.where)):
        return False
    everywhere = _occurrences(structure, structure.where.start, structure.where.end)
    return all(
        _well_designed(structure, inner, everywhere, element.kind == "optional")
        for element in structure.where.elements
        for inner in element.groups
    )


def _path_in_any_graph(group: Group) -> bool:
    return any(
        element.kind == "graph" and element.name[0] in "?$" and any(_has_closure(inner) for inner in element.groups)
        for element in group.elements
    )


def _has_closure(group: Group) -> bool:
    return any(
        any(pattern.closures for pattern in element.patterns) or any(_has_closure(inner) for inner in element.groups)
        for element in group.elements
    )


def _well_designed(structure: Structure, group: Group, everywhere: Counter[str], filters_see_outside: bool) -> bool:
    outside: frozenset[str] | None = None
    before = certain_before(group.elements)
    for number, element in enumerate(group.elements):
        if element.kind in _SEEING and not (element.kind == "filter" and filters_see_outside and not element.groups):
            if outside is None:
                outside = frozenset(everywhere - _occurrences(structure, group.start, group.end))
            known = group.certain if element.kind == "filter" else before[number]
            if not element.mentioned & outside <= known:
                return False
        if not all(_well_designed(structure, one, everywhere, element.kind == "optional") for one in element.groups):
            return False
    return True


def _occurrences(structure: Structure, start: int, end: int) -> Counter[str]:
    return Counter(
        token.text[1:] for token in structure.seen if token.kind == "variable" and start <= token.start < end
    )


def groups(group: Group | None) -> Iterator[Group]:
    """Yield a group and all within it that are evaluated on their own: not those of EXISTS, nor of SERVICE."""
    if group is None:
        return
    yield group
    for element in group.elements:
        if element.kind not in ("filter", "bind", "service"):
            for inner in element.groups:
                yield from groups(inner)
