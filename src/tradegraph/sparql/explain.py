"""The engine's syntax errors in plain words: where, what, what to do."""

import re
from itertools import pairwise
from typing import Final

from tradegraph.errors import QuerySyntaxError
from tradegraph.namespaces import PREFIXES
from tradegraph.sparql.tokens import Token, position, tokens

_ENGINE: Final = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?P<expected>.*)", re.DOTALL)
# Sentences that the engine hides in its list of expected tokens.
_SENTENCE: Final = re.compile(
    r"(?:one of )?[^\"']*?((?:The |SELECT \* |Variables |Blank nodes )[A-Za-z][A-Za-z *]{14,})"
)
_BRACKETS: Final = {"(": ")", "{": "}", "[": "]"}
# The words of SPARQL 1.1 Query and Update (section 19.8), functions included.
_WORDS: Final = frozenset(
    """
    a abs add all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct contains copy count
    create data datatype day default delete desc describe distinct drop encode_for_uri exists false filter floor from
    graph group group_concat having hours if in insert into iri isblank isiri isliteral isnumeric isuri lang
    langmatches lcase limit load max md5 min minus minutes month move named not now offset optional order prefix rand
    reduced regex replace round sameterm sample seconds select separator service sha1 sha256 sha384 sha512 silent str
    strafter strbefore strdt strends strlang strlen strstarts struuid substr sum timezone to true tz ucase undef union
    uri using uuid values where with year
    """.split()  # noqa: SIM905 - a list of quoted words would hide what it says
)


def explain(text: str, message: str) -> QuerySyntaxError:
    """Turn the engine's `message` about `text` into an error that people can act on."""
    found = _ENGINE.match(message)
    seen = list(tokens(text))
    undeclared = _undeclared_prefix(text, seen)
    if undeclared is not None:
        return undeclared
    if found is None:
        return QuerySyntaxError(
            "The engine cannot read this query: " + message.split("\n")[0] + ".", "Check the query."
        )
    line, column = int(found["line"]), int(found["column"])
    sentence = _SENTENCE.match(found["expected"])
    if sentence is not None:
        remedy = "Check the SELECT clause and GROUP BY." if "SELECT" in text.upper() else "See SPARQL 1.1 Update, 3.1."
        return QuerySyntaxError(f"{sentence[1].strip()}.", remedy, line, column)
    unbalanced = _unbalanced(text, seen)
    if unbalanced is not None:
        return unbalanced
    stranger = next((one for one in seen if one.kind == "word" and one.text.lower() not in _WORDS), None)
    if stranger is not None and position(text, stranger.start) <= (line, column):
        line, column = position(text, stranger.start)
        return QuerySyntaxError(
            f"The word “{stranger.text[:40]}” is not expected here.",
            "Names need a prefix (tg:name), variables a question mark (?name), texts quotes; check the spelling.",
            line,
            column,
        )
    at = next((one for one in seen if position(text, one.start + len(one.text)) > (line, column)), None)
    if at is None:
        return QuerySyntaxError("The query stops before it is complete.", "Complete it.", line, column)
    line, column = position(text, at.start)
    shown = at.text if len(at.text) <= 40 else at.text[:39] + "…"
    if at.text in "\"'":
        return QuerySyntaxError("A text starts here and is not closed.", "Close it with the same quote.", line, column)
    return QuerySyntaxError(
        f"The query cannot be read from “{shown}” on.",
        "Look just before this place: a full stop, a bracket or a quote is often missing there.",
        line,
        column,
    )


def _undeclared_prefix(text: str, seen: list[Token]) -> QuerySyntaxError | None:
    declared = {name.text for keyword, name in pairwise(seen) if keyword.text.upper() == "PREFIX"}
    for token in seen:
        if token.kind != "pname":
            continue
        prefix = token.text.partition(":")[0] + ":"
        if prefix not in declared:
            namespace = PREFIXES.get(prefix[:-1])
            remedy = (
                f"Add `PREFIX {prefix} <{namespace}>` at the top."
                if namespace
                else f"Add `PREFIX {prefix} <…>` at the top."
            )
            return QuerySyntaxError(f"Prefix `{prefix}` is not declared.", remedy, *position(text, token.start))
    return None


def _unbalanced(text: str, seen: list[Token]) -> QuerySyntaxError | None:
    waiting: list[Token] = []
    for token in seen:
        if token.kind == "open":
            waiting.append(token)
        elif token.kind == "close":
            if not waiting:
                return QuerySyntaxError(
                    f"“{token.text}” closes nothing.", "Remove it, or open it earlier.", *position(text, token.start)
                )
            opened = waiting.pop()
            if _BRACKETS[opened.text] != token.text:
                line, column = position(text, opened.start)
                return QuerySyntaxError(
                    f"“{token.text}” does not close the “{opened.text}” of line {line}, column {column}.",
                    f"A “{_BRACKETS[opened.text]}” is missing before it.",
                    *position(text, token.start),
                )
    if waiting:
        opened = waiting[-1]
        return QuerySyntaxError(
            f"“{opened.text}” is opened here and never closed.",
            f"Add the missing “{_BRACKETS[opened.text]}”.",
            *position(text, opened.start),
        )
    return None
