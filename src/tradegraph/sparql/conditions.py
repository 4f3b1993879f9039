"""What a FILTER certainly demands of a variable: that it is one of a few IRIs, or the same as another variable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tradegraph.sparql.structure import Element, Structure
from tradegraph.sparql.tokens import Token


@dataclass(frozen=True)
class OneOf:
    """`variable` is one of `names`, IRIs as written."""

    variable: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Same:
    """Two variables have equal values."""

    left: str
    right: str


def demands(structure: Structure, element: Element) -> Iterator[OneOf | Same]:
    """Yield what each solution that passes this FILTER fulfils: the parts of a conjunction that can be read."""
    yield from _conjuncts(structure.seen[element.first + 1 : element.last])


def _conjuncts(parts: Sequence[Token]) -> Iterator[OneOf | Same]:
    parts = _bare(parts)
    alternatives = _split(parts, "||")
    if len(alternatives) > 1:
        united = _united([_simple(one) for one in alternatives])
        if united is not None:
            yield united
        return
    conjuncts = _split(parts, "&&")
    if len(conjuncts) > 1:
        for one in conjuncts:
            yield from _conjuncts(one)
        return
    simple = _simple(parts)
    if simple is not None:
        yield simple


def _united(alternatives: list[OneOf | Same | None]) -> OneOf | None:
    """Return the union of alternatives that are all about one variable."""
    found = [one for one in alternatives if isinstance(one, OneOf)]
    if len(found) < len(alternatives) or len({one.variable for one in found}) > 1:
        return None
    return OneOf(found[0].variable, tuple(dict.fromkeys(name for one in found for name in one.names)))


def _simple(parts: Sequence[Token]) -> OneOf | Same | None:
    parts = _bare(parts)
    kinds = [part.kind for part in parts]
    words = [part.text.upper() for part in parts]
    if len(parts) == 3 and words[1] == "=":
        return _pair(parts[0], parts[2])
    if len(parts) == 6 and words[:2] == ["SAMETERM", "("] and words[3] == ",":
        return _pair(parts[2], parts[4])
    if len(parts) > 4 and kinds[0] == "variable" and words[1:3] == ["IN", "("]:
        names, commas = parts[3:-1:2], parts[4:-1:2]
        if all(name.kind in ("iri", "pname") for name in names) and all(comma.text == "," for comma in commas):
            return OneOf(parts[0].text[1:], tuple(dict.fromkeys(name.text for name in names)))
    return None


def _pair(left: Token, right: Token) -> OneOf | Same | None:
    if left.kind == right.kind == "variable":
        return Same(left.text[1:], right.text[1:])
    if left.kind == "variable" and right.kind in ("iri", "pname"):
        return OneOf(left.text[1:], (right.text,))
    if right.kind == "variable" and left.kind in ("iri", "pname"):
        return OneOf(right.text[1:], (left.text,))
    return None


def _bare(parts: Sequence[Token]) -> Sequence[Token]:
    """Take off brackets that enclose all of it."""
    while len(parts) > 2 and parts[0].text == "(" and _closing(parts) == len(parts) - 1:
        parts = parts[1:-1]
    return parts


def _closing(parts: Sequence[Token]) -> int:
    depth = 0
    for number, part in enumerate(parts):
        depth += {"open": 1, "close": -1}.get(part.kind, 0)
        if depth == 0:
            return number
    return -1


def _split(parts: Sequence[Token], operator: str) -> list[Sequence[Token]]:
    found: list[Sequence[Token]] = []
    depth = start = 0
    for number, part in enumerate(parts):
        depth += {"open": 1, "close": -1}.get(part.kind, 0)
        if depth == 0 and part.text == operator:
            found.append(parts[start:number])
            start = number + 1
    return [*found, parts[start:]]
