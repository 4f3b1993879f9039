"""Stored queries with values filled in: the text that runs is the text that a reader can open and change."""

import datetime
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from tradegraph.errors import QueryRefused
from tradegraph.languages import Language
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.queries import Parameter, StoredQuery
from tradegraph.sparql.tokens import Token, tokens

Value = ox.NamedNode | ox.Literal
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_KEY: Final = re.compile(r"[a-z][a-z0-9-]*/[A-Za-z0-9._~-]+")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST: Final = 2_000
_SAID: Final = {'"ja"': '"yes"', '"nee"': '"no"'}


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


def in_language(text: str, language: Language) -> str:
    """Return a stored question, which asks for texts in Dutch, asking for those in `language`.

    `LANG(?x) = "nl"` is changed for each variable that no other test reads: what is chosen by its words stays in the
    language of those words. So are the words "ja" and "nee" of the query itself.
    """
    if language == "nl":
        return text
    seen = list(tokens(text))
    read = _tested(seen)
    changes: list[tuple[Token, str]] = []
    for place, token in enumerate(seen):
        if token.kind != "string":
            continue
        before = seen[max(0, place - 5) : place]
        written = [one.text.upper() for one in before]
        if written[:2] == ["LANG", "("] and written[3:] == [")", "="] and token.text == '"nl"':
            if before[2].text not in read:
                changes.append((token, f'"{language}"'))
        elif token.text in _SAID and not _is_tagged(seen, place):
            changes.append((token, _SAID[token.text]))
    for token, changed in reversed(changes):
        text = text[: token.start] + changed + text[token.start + len(token.text) :]
    return text


def _tested(seen: Sequence[Token]) -> frozenset[str]:
    """Return the variables that an expression of FILTER, BIND or HAVING reads, other than for their language."""
    found: set[str] = set()
    depth, begun = 0, False
    for place, token in enumerate(seen):
        word = token.text.upper()
        if word in ("FILTER", "BIND", "HAVING"):
            begun = True
        elif word == "{":
            # FILTER EXISTS { … } is a pattern again.
            begun = False
        elif token.text == "(" and (begun or depth):
            depth, begun = depth + 1, False
        elif token.text == ")" and depth:
            depth -= 1
        elif token.kind == "variable" and depth and seen[place - 2].text.upper() != "LANG":
            found.add(token.text)
    return frozenset(found)


def _is_tagged(seen: Sequence[Token], place: int) -> bool:
    return place + 1 < len(seen) and seen[place + 1].kind == "language"


def first_group(text: str) -> int:
    """Return the place after the brace of the first group that holds patterns, and not only a sub-select."""
    seen = list(tokens(text))
    return next(
        token.start + 1
        for token, following in pairwise(seen)
        if token.text == "{" and following.text.upper() != "SELECT"
    )
