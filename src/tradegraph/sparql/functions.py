"""Functions that a query calls by IRI, found with a full parser: EXISTS and sub-selects hide none."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyparsing.exceptions import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

LONGEST: Final = 4_000
"""Characters that the parser is given; it takes milliseconds for a thousand."""

_DEEPEST: Final = 40


@dataclass(frozen=True)
class ParsedFunctions:
    """Names of the functions called, as written: `<iri>` or `prefix:name`."""

    names: frozenset[str]


def called_functions(text: str) -> ParsedFunctions | None:
    """Return the functions called by IRI, or None when the parser cannot read the text or it is too long for it.

    The parser knows SPARQL 1.1, not 1.2: None does not mean that the query is wrong.
    """
    if len(text) > LONGEST or _depth(text) > _DEEPEST:
        return None
    try:
        tree = parseQuery(text)
    except (ParseBaseException, RecursionError, ValueError):
        return None
    return ParsedFunctions(frozenset(_functions(tree)))


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        if character in "({[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")}]":
            depth -= 1
    return deepest


def _functions(tree: object) -> set[str]:
    """Walk the parse tree without recursion."""
    found: set[str] = set()
    waiting: list[object] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue) and node.name == "Function":
            found.add(_written(node["iri"]))
        if isinstance(node, CompValue):
            waiting += node.values()
        elif isinstance(node, Iterable) and not isinstance(node, str):
            waiting += list(node)
    return found


def _written(name: object) -> str:
    if isinstance(name, CompValue):
        return f"{name.get('prefix') or ''}:{name.get('localname') or ''}"
    return f"<{name}>"
