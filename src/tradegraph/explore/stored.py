"""Stored queries with values filled in: the text that runs is the text that a reader can open and change."""

import datetime
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from tradegraph.errors import QueryRefused
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.queries import Parameter, StoredQuery
from tradegraph.sparql.tokens import tokens

Value = ox.NamedNode | ox.Literal
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_KEY: Final = re.compile(r"[a-z][a-z0-9-]*/[A-Za-z0-9._~-]+")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST: Final = 2_000


def value_of(parameter: Parameter, text: str) -> Value:
    """Return `text` as the type of the parameter: an IRI may be written kind/key.

    Raises QueryRefused, which says what would do.
    """
    name, xsd = parameter.name, PREFIXES["xsd"]
    if len(text) > _LONGEST:
        raise QueryRefused(f"{name} is longer than {_LONGEST} characters.", "Give a shorter value.")
    match parameter.type:
        case "iri":
            iri = ID + text if _KEY.fullmatch(text) else text
            if not _IRI.fullmatch(iri):
                raise _no_iri(name, text)
            try:
                return ox.NamedNode(iri)
            except ValueError as error:
                # RFC 3987 allows less than the pattern does.
                raise _no_iri(name, text) from error
        case "integer" | "year":
            if not re.fullmatch(r"-?[0-9]{1,18}", text):
                raise QueryRefused(f"{name}={text} is no whole number.", "Give digits only, such as 2025.")
            return ox.Literal(text, datatype=ox.NamedNode(xsd + "integer"))
        case "date":
            try:
                # ISO 8601 has more forms than xsd:date.
                if not _DATE.fullmatch(text):
                    raise ValueError(text)
                datetime.date.fromisoformat(text)
            except ValueError as error:
                raise QueryRefused(f"{name}={text} is no date.", "Give year-month-day, such as 2025-11-03.") from error
            return ox.Literal(text, datatype=ox.NamedNode(xsd + "date"))
    return ox.Literal(text)


def _no_iri(name: str, text: str) -> QueryRefused:
    return QueryRefused(f"{name}={text} is no IRI.", "Give an IRI or kind/key, such as territory/idn.")


def filled(query: StoredQuery, values: Mapping[str, Value]) -> str:
    """Return the query without the lines that describe it, with `values`, else defaults, for its parameters.

    They go into VALUES blocks at the head of the first group that holds patterns, where the reader sees them.
    """
    lines = query.text.splitlines()
    body = "\n".join(lines[next(number for number, line in enumerate(lines) if not line.startswith("#")) :]) + "\n"
    if not query.parameters:
        return body
    head = first_group(body)
    line = body[body.rfind("\n", 0, head) + 1 : head]
    indent = " " * (4 + len(line) - len(line.lstrip(" ")))
    given = ((one.name, values.get(one.name) or value_of(one, one.default)) for one in query.parameters)
    return "\n".join([body[:head], *(f"{indent}VALUES ?{name} {{ {value} }}" for name, value in given)]) + body[head:]


def first_group(text: str) -> int:
    """Return the place after the brace of the first group that holds patterns, and not only a sub-select."""
    seen = list(tokens(text))
    return next(
        token.start + 1
        for token, following in pairwise(seen)
        if token.text == "{" and following.text.upper() != "SELECT"
    )
