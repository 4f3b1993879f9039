"""What SHACL asks of single values: whether a literal is well formed, how two compare, whether a text fits a pattern.

The engine decides, with SPARQL's own operators (SHACL, sections 4.1.2, 4.3 and 4.4.3), and its verdicts are remembered.
"""

import functools
import re
from decimal import Decimal
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

from tradegraph.checks.guard.terms import XSD, Term

DERIVED: Final = frozenset(
    XSD + name
    for name in (
        "byte", "dateTimeStamp", "int", "long", "negativeInteger", "nonNegativeInteger", "nonPositiveInteger",
        "positiveInteger", "short", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort",
    )
)  # fmt: skip
"""Datatypes that the store turns into the one they are derived from, so that no literal has them."""

_READ_BY_ENGINE: Final = frozenset(
    XSD + name for name in ("boolean", "date", "dateTime", "dayTimeDuration", "decimal", "double", "duration", "float",
        "gDay", "gMonth", "gMonthDay", "gYear", "gYearMonth", "integer", "time", "yearMonthDuration")
)  # fmt: skip
_EXACT: Final = frozenset({XSD + "integer", XSD + "decimal"})
_PLAIN_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_EMPTY: Final = Store()
_REMEMBERED: Final = 20_000


@functools.lru_cache(maxsize=_REMEMBERED)
def is_well_formed(literal: Literal) -> bool:
    """Whether the lexical form is one of the datatype's, as far as the engine knows the datatype."""
    if literal.datatype.value not in _READ_BY_ENGINE:
        return True
    if literal.value != literal.value.strip():
        return False
    return _asked(f"{literal.datatype}({Literal(literal.value)})") is not None


@functools.lru_cache(maxsize=_REMEMBERED)
def compares(left: Term, operator: str, right: Term) -> bool:
    """Whether `left operator right` is true in SPARQL; what cannot be compared is not."""
    if not isinstance(left, Literal) or not isinstance(right, Literal):
        return False
    if _is_exact(left) and _is_exact(right):
        one, other = Decimal(left.value), Decimal(right.value)
        return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[operator]
    return _is_true(_asked(f"{left} {operator} {right}"))


@functools.lru_cache(maxsize=_REMEMBERED)
def fits_pattern(value: Term, pattern: Literal, flags: Literal) -> bool:
    """Whether SPARQL's REGEX finds the pattern in the value's text; a blank node has none."""
    if not isinstance(value, NamedNode | Literal):
        return False
    return _is_true(_asked(f"REGEX({Literal(value.value)}, {pattern}, {flags})"))


def is_pattern(pattern: Literal, flags: Literal) -> bool:
    """Whether the engine can read the pattern."""
    return _asked(f'REGEX("", {pattern}, {flags})') is not None


def text_length(value: Term) -> int | None:
    """Return the number of characters of an IRI or literal; None for a blank node (section 4.4.1)."""
    return len(value.value) if isinstance(value, NamedNode | Literal) else None


def fits_language(value: Term, ranges: tuple[str, ...]) -> bool:
    """Whether the literal's language is in one of the ranges, as SPARQL's langMatches has it (RFC 4647, basic)."""
    if not isinstance(value, Literal) or value.language is None:
        return False
    language = value.language.lower()
    return any(one == "*" or language == one.lower() or language.startswith(one.lower() + "-") for one in ranges)


def kind_of(value: Term) -> str:
    """Return the node kind: `IRI`, `BlankNode` or `Literal`."""
    if isinstance(value, NamedNode):
        return "IRI"
    return "BlankNode" if isinstance(value, BlankNode) else "Literal"


def _is_exact(literal: Literal) -> bool:
    return literal.datatype.value in _EXACT and _PLAIN_NUMBER.fullmatch(literal.value) is not None


def _asked(expression: str) -> object:
    """Return the value of an expression, None when it is an error. Its terms are written by the engine itself."""
    solutions = _EMPTY.query(f"SELECT ({expression} AS ?answer) {{}}")
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("a SELECT has solutions")
    return next(solutions)["answer"]


def _is_true(value: object) -> bool:
    return isinstance(value, Literal) and value.value == "true"
