"""Rule `required-first`: what is required goes before what is optional."""

from typing import Final

from tradegraph.sparql.edits import Edit, in_one_line, removal, stop_after
from tradegraph.sparql.structure import JOINED, Element, Group, Structure, certain_before

_CROSSED: Final = frozenset({"optional", "minus", "bind"})


def required_first(structure: Structure, group: Group) -> list[Edit]:
    """Move the first element P that is joined, and stands after an OPTIONAL, MINUS or BIND, to before it.

    The engine computes elements in the order of the text and does not move a join over these three: it would compute
    the optional part for everything, to throw most of it away.

    Condition, for each E that P goes over, with A for all that stands before E in the group:
    vars(P) ∩ vars(E) ⊆ certain(A), where vars holds every variable that is written in P or in E.

    Proof. Take a ∈ A, p ∈ P compatible. Any e that P's variables meet in E, they meet in variables v ∈ certain(A);
    if e is compatible with a, then e(v) = a(v) = p(v); so

    1. *e is compatible with a if and only if it is with a ∪ p*.

    OPTIONAL { E }, whose filter F sees a ∪ e: F's variables belong to vars(E), so F(a ∪ e) = F(a ∪ p ∪ e): what p adds
    are variables that F does not mention, or that a binds already. With (1), a ∪ p is extended by just the e that
    extend a, and stays alone just when a does: (A ⟕ E) ⋈ P = (A ⋈ P) ⟕ E, multiplicities being products on both sides.
    MINUS { E }: a is removed by an e that is compatible and shares a variable. What e shares with a ∪ p beyond a would
    be in vars(P) ∩ vars(E), hence in certain(A), hence shared with a: with (1), a ∪ p is removed just when a is.
    BIND (e AS ?v): e sees only variables that a binds or that P does not mention, and gives the same value; ?v is in
    vars(E) and, as section 18.2.1 demands, not in A, so it is not in vars(P).

    FILTERs belong to the group, wherever they stand (section 5.2.2). A run of triples with FILTERs between is one
    basic graph pattern (section 5.1.1) and moves as one, so that no blank node label is torn apart; two runs that
    become one had no label in common (section 4.1.4). SERVICE neither moves nor is crossed.

    It pays when P shares a variable with A. The optional part is then computed at most once for each row of A ⋈ P,
    which the answer has to have anyway; OPTIONALs with a path of any length, which might be dear each time, stay.
    """
    elements = group.elements
    known = certain_before(elements)
    for number, element in enumerate(elements):
        before = _previous(elements, number)
        if element.kind not in JOINED or before is None or elements[before].kind not in _CROSSED:
            continue
        moving = _run(elements, number)
        target = _target(elements, number, known, frozenset[str]().union(*(one.mentioned for one in moving)))
        if target is not None:
            return _edits(structure, elements, moving, target)
    return []


def _target(
    elements: tuple[Element, ...], number: int, known: list[frozenset[str]], wanted: frozenset[str]
) -> int | None:
    """Return the index before which the elements that begin at `number` may stand with profit."""
    best = None
    over_optional = False
    at = _previous(elements, number)
    while at is not None and elements[at].kind in _CROSSED and not _has_closure(elements[at]):
        if not wanted & elements[at].mentioned <= known[at]:
            break
        over_optional = over_optional or elements[at].kind != "bind"
        if over_optional and wanted & known[at]:
            best = at
        at = _previous(elements, at)
    return best


def _edits(structure: Structure, elements: tuple[Element, ...], moving: list[Element], target: int) -> list[Edit]:
    text = "".join(in_one_line(structure, one) + (" . " if one.kind == "triples" else " ") for one in moving)
    if target > 0:
        text = stop_after(structure, elements[target - 1]).lstrip() + text
    start = elements[target].start
    return [Edit(start, start, text), *(removal(structure, one) for one in moving)]


def _previous(elements: tuple[Element, ...], number: int) -> int | None:
    """Return the index of the element before this one, FILTERs left out."""
    return next((at for at in range(number - 1, -1, -1) if elements[at].kind != "filter"), None)


def _run(elements: tuple[Element, ...], number: int) -> list[Element]:
    """Return the element at `number`, and for triples all others of the same basic graph pattern."""
    if elements[number].kind != "triples":
        return [elements[number]]
    run = []
    for element in elements[number:]:
        if element.kind == "triples":
            run.append(element)
        elif element.kind != "filter":
            break
    return run


def _has_closure(element: Element) -> bool:
    if any(pattern.closures for pattern in element.patterns):
        return True
    return any(_has_closure(inner) for group in element.groups for inner in group.elements)
