"""Rule `not-exists-as-minus`: a NOT EXISTS over many rows, whose pattern is not large itself, becomes MINUS."""

from typing import Final

from tradegraph.sparql.edits import Edit, in_one_line
from tradegraph.sparql.estimate import ordered
from tradegraph.sparql.statistics import Statistics
from tradegraph.sparql.structure import Element, Group, Structure

_FEW_ROWS: Final = 200
_MOST_INNER_ROWS: Final = 1_000_000.0
_MOST_REPEATED: Final = 2_000
_LOOK_UP_COST: Final = 20.0
_PATH_COST: Final = 1_000.0


def not_exists_as_minus(structure: Structure, group: Group, statistics: Statistics) -> list[Edit]:
    """Replace a FILTER NOT EXISTS by MINUS at the end of its group, where that is equal and pays.

    The engine evaluates EXISTS anew for each row, from its start; MINUS is computed once and looked up.

    It pays when there are many rows and the pattern has more than one step, and is not large itself: its size and that
    of what it is compared with are estimated from counts. With LIMIT or OFFSET in the query EXISTS may stop early, so
    those are left alone.
    """
    if not any(element.kind == "filter" and element.groups for element in group.elements):
        return []
    words = {token.text.upper() for token in structure.seen if token.kind == "word"}
    if words & {"LIMIT", "OFFSET"} or not _evaluated_alone(structure, group):
        return []
    for element in group.elements:
        minus = as_minus(structure, group, element)
        if minus is not None and _pays(structure, group, element, statistics):
            # Something has to stay where the FILTER was: it may be all that parts two blocks of triples.
            lines = "\n" * structure.text.count("\n", element.start, element.end)
            end = group.end - 1
            return [Edit(element.start, element.end, "FILTER (true)" + lines), Edit(end, end, f" {minus} ")]
    return []


def as_minus(structure: Structure, group: Group, element: Element) -> str | None:
    """Return the MINUS that is equal to this FILTER NOT EXISTS, or None when that is not certain.

    Conditions, with P for the pattern and G for the rest of the group: the FILTER is nothing but NOT EXISTS; P is one
    block of triples, without `*` and `?`, and FILTERs whose variables are all P's own and hold no EXISTS; P and G share
    a variable, and all they share (every variable that is written in both) both certainly bind; the group is not the
    body of an OPTIONAL, nor within GRAPH ?g.

    Proof. μ is a solution of G; S = vars(P) ∩ vars(G) is bound by μ, and by each solution of P. By section 18.6, NOT
    EXISTS keeps μ when substitute(P, μ) has no solution. P being triples with FILTERs on their variables, the solutions
    of substitute(P, μ) are those of P that agree with μ on S (a path of length zero might also match a constant that is
    in no triple; hence no `*` and `?`). MINUS removes μ when a solution ν of P is compatible with it and shares a
    variable (section 18.5); what they share is S, which is not empty, and compatible is agreeing on S. So both keep the
    same μ. Both decide for each μ apart, as the other FILTERs of the group do, so MINUS may stand at the end. In the
    body of an OPTIONAL the FILTER would see the variables outside (section 18.2.2.6), which MINUS does not.
    """
    parts = structure.seen[element.first : element.last]
    if element.kind != "filter" or [part.text.upper() for part in parts[1:3]] != ["NOT", "EXISTS"]:
        return None
    (inner,) = element.groups
    patterns = [pattern for one in inner.elements for pattern in one.patterns]
    if sum(one.kind == "triples" for one in inner.elements) != 1 or any(
        one.kind not in ("triples", "filter") or one.groups for one in inner.elements
    ):
        return None
    if any(pattern.closures & {"*", "?"} for pattern in patterns):
        return None
    own = inner.certain
    others = [one for one in group.elements if one is not element]
    shared = own & frozenset[str]().union(*(one.mentioned for one in others))
    if any(not one.mentioned <= own for one in inner.elements) or not shared or not shared <= group.certain:
        return None
    return "MINUS " + _body(structure, element)


def _body(structure: Structure, element: Element) -> str:
    text = in_one_line(structure, element)
    return text[text.index("{") :]


def _evaluated_alone(structure: Structure, group: Group) -> bool:
    """Tell whether no OPTIONAL has this group as its body and no GRAPH ?g is around it."""

    def search(within: Group, alone: bool, in_graph: bool) -> bool | None:
        if within is group:
            return alone and not in_graph
        for element in within.elements:
            inside = in_graph or (element.kind == "graph" and element.name[0] in "?$")
            for inner in element.groups:
                found = search(inner, element.kind != "optional", inside)
                if found is not None:
                    return found
        return None

    return structure.where is not None and search(structure.where, True, False) is True


def _pays(structure: Structure, group: Group, element: Element, statistics: Statistics) -> bool:
    (inner,) = element.groups
    patterns = [pattern for one in inner.elements for pattern in one.patterns]
    if len(patterns) == 1 and not patterns[0].path:
        return False
    repeated = [name for pattern in patterns for name in pattern.repeated]
    if any(statistics.size(structure.expand(name)) > _MOST_REPEATED for name in repeated):
        return False
    around = [pattern for one in group.elements for pattern in one.patterns]
    if not around:
        return False
    rows = ordered(around, structure, statistics)[-1][1].rows
    inside = max(estimate.rows for _, estimate in ordered(patterns, structure, statistics))
    # What EXISTS costs for a row: some look-ups, or, for a path, often a good part of following it from everywhere.
    for_each_row = _PATH_COST if any(pattern.path for pattern in patterns) else _LOOK_UP_COST
    return rows >= _FEW_ROWS and inside <= min(_MOST_INNER_ROWS, for_each_row * rows)
