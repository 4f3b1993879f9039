"""Rules `constants-first` and `one-variable`: what a FILTER says of equality, the patterns say themselves."""

from typing import Final

from tradegraph.sparql.conditions import OneOf, Same, demands
from tradegraph.sparql.edits import Edit
from tradegraph.sparql.estimate import components
from tradegraph.sparql.patterns import Pattern
from tradegraph.sparql.structure import Element, Group, Structure

_MOST_NAMES: Final = 100
_RDF_TYPE: Final = frozenset({"a", "rdf:type"})


def constants_first(structure: Structure, group: Group) -> list[Edit]:
    """Put `VALUES ?x { <a> … }` before the patterns that a `FILTER (?x = <a>)` or `?x IN (<a>, …)` narrows.

    The engine joins first and filters after; with VALUES it begins at the constant. The FILTER stays.

    Condition: the group's patterns P (a run of triples, or GRAPH ?x) certainly bind ?x, and the FILTER demands, alone
    or as part of a conjunction, that ?x is one of a set N of IRIs, written without repetition.

    Proof. `=` and IN between an IRI and any term are true for the same IRI and for nothing else (sections 17.4.1.7 and
    17.4.1.9: RDFterm-equal), and a conjunction is true only when its parts are. So the FILTER passes only solutions
    with ?x ∈ N. A solution of the group contains one of P, which binds ?x, so its ?x is P's. Those with ?x ∉ N
    contribute nothing that passes, and removing them from P before the rest is computed changes no other: what is
    joined, optional, subtracted or bound after P is decided for each of P's solutions apart, as ?x never changes.
    VALUES ?x N ⋈ P is P without them, with the same multiplicities as N repeats no IRI. The patterns before P are
    joined to P (section 18.2.2.6), and ⋈ is associative. Two names of one IRI in N would break this; they are
    compared as IRIs.

    It pays unless other patterns are narrower: ?x must not be a predicate among several patterns, and when it is only
    an object, no other pattern may have a constant (a type is none) and nothing else may be joined before.
    """
    for element in group.elements:
        if element.kind != "filter":
            continue
        for demand in demands(structure, element):
            if isinstance(demand, OneOf) and not _given(group, demand.variable) and _distinct(structure, demand):
                place = _place(group, demand.variable)
                if place is not None:
                    values = f"VALUES ?{demand.variable} {{ {' '.join(demand.names)} }} "
                    return [Edit(place, place, values)]
    return []


def _given(group: Group, variable: str) -> bool:
    return any(element.kind in ("values", "select") and variable in element.mentioned for element in group.elements)


def _distinct(structure: Structure, demand: OneOf) -> bool:
    """Tell whether the IRIs are few enough and certainly different ones."""
    if len(demand.names) == 1:
        return True
    iris = [structure.expand(name) for name in demand.names]
    return len(iris) <= _MOST_NAMES and None not in iris and len(set(iris)) == len(iris)


def _place(group: Group, variable: str) -> int | None:
    """Return where VALUES goes: before the first run of triples that binds the variable, or before GRAPH."""
    runs = runs_of_triples(group)
    joined = [element for element in group.elements if element.kind in ("union", "graph", "select", "values")]
    if joined and not runs and all(one.kind == "graph" and one.name[1:] == variable for one in joined):
        return joined[0].start if joined[0].name[0] in "?$" else None
    for run in runs:
        patterns = [pattern for element in run for pattern in element.patterns]
        if any(variable in element.certain for element in run):
            return run[0].start if _pays(patterns, f"?{variable}", bool(joined)) else None
    return None


def _pays(patterns: list[Pattern], variable: str, other_joins: bool) -> bool:
    if any(pattern.predicate == variable for pattern in patterns):
        return len(patterns) == 1 and not other_joins
    if any(pattern.subject == variable for pattern in patterns):
        return True
    return not other_joins and not any(
        variable != pattern.object and (_constant(pattern.subject) or _narrow(pattern)) for pattern in patterns
    )


def _narrow(pattern: Pattern) -> bool:
    return _constant(pattern.object) and pattern.predicate not in _RDF_TYPE


def _constant(term: str) -> bool:
    return term[:1] not in "?_"


def runs_of_triples(group: Group) -> list[list[Element]]:
    """Return the basic graph patterns of a group: its triples, with at most FILTERs between (section 5.1.1)."""
    runs: list[list[Element]] = []
    continues = False
    for element in group.elements:
        if element.kind == "triples":
            if continues:
                runs[-1].append(element)
            else:
                runs.append([element])
        if element.kind != "filter":
            continues = element.kind == "triples"
    return runs


def one_variable(structure: Structure, group: Group) -> list[Edit]:
    """Join two unconnected parts of a basic graph pattern that only `FILTER (?a = ?b)` connects.

    Every `?b` of the patterns becomes `?a`, and `BIND (?a AS ?b)` follows them. The engine would make all pairs first.

    Conditions: both are bound by one run R of triples without paths; ?a and ?b are in different components of R; one of
    them is the subject or the predicate of some pattern of R; nothing before R in the group mentions ?b.

    Proof. A subject is an IRI or a blank node and a predicate an IRI, never a literal; `=` between that and any term is
    sameTerm (section 17.4.1.7: an error only for two literals). So the FILTER demands μ(?a) = μ(?b) as terms, of
    variables that R binds. Solutions of R with that are those of R with ?b replaced by ?a, each extended by ?b ↦ μ(?a):
    the mappings correspond one to one, and so do the instances of blank nodes (section 18.3), hence the multiplicities.
    Solutions without that pass no FILTER, and, ?a and ?b being bound by R, no later element changes them; that they may
    be left out early is shown as for `constants-first`. BIND is legal, as nothing before it in the group has ?b in
    scope once R has not, and extends after the join with what stands before R, which does not mention ?b.
    """
    for element in group.elements:
        if element.kind != "filter":
            continue
        for demand in demands(structure, element):
            if not isinstance(demand, Same) or demand.left == demand.right:
                continue
            for kept, replaced in ((demand.left, demand.right), (demand.right, demand.left)):
                edits = _replaced(structure, group, kept, replaced)
                if edits:
                    return edits
    return []


def _replaced(structure: Structure, group: Group, kept: str, replaced: str) -> list[Edit]:
    for run in runs_of_triples(group):
        bound = frozenset[str]().union(*(element.certain for element in run))
        if not {kept, replaced} <= bound:
            continue
        patterns = [pattern for element in run for pattern in element.patterns]
        parts = components(patterns)
        never_literal = {term for pattern in patterns for term in (pattern.subject, pattern.predicate)}
        before = group.elements[: group.elements.index(run[0])]
        if (
            any(pattern.path for pattern in patterns)
            or any({f"?{kept}", f"?{replaced}"} <= part for part in parts)
            or not {f"?{kept}", f"?{replaced}"} & never_literal
            or any(replaced in one.mentioned for one in before if one.kind != "filter")
        ):
            return []
        edits = [
            Edit(token.start, token.start + len(token.text), f"?{kept}")
            for element in run
            for token in structure.seen[element.first : element.last]
            if token.kind == "variable" and token.text[1:] == replaced
        ]
        end = run[-1].end
        return [*edits, Edit(end, end, f" . BIND(?{kept} AS ?{replaced})")]
    return []
