"""Reading the search blocks of a query by its terminals: where each stands, and what it asks.

The terms inside a block are service vocabulary: they ask something of the search and never stand in the data.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tradegraph.errors import QueryRefused, QuerySyntaxError
from tradegraph.namespaces import DEF, PREFIXES
from tradegraph.search.words import LANGUAGES, Language
from tradegraph.sparql.tokens import Token, position, tokens

SEARCH: Final = DEF + "search"
TERMS: Final = ("query", "score", "snippet", "language", "kind", "limit")
"""Local names of the properties of the block; the first is required."""

DEFAULT_LIMIT: Final = 100
MOST_ANSWERS: Final = 1_000
_FORM: Final = 'Write: SERVICE tg:search { ?thing tg:query "words" ; tg:score ?score ; tg:snippet ?text . }'
_PLAIN: Final = 'Write it without, and the language apart: tg:query "words" ; tg:language "nl".'
_ESCAPES: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)


@dataclass
class Block:
    """A block as written: `start` and `end` in the text, variables without their mark.

    `query_start` is where the words stand, and `kinds` maps IRIs of classes to where each stands, for messages.
    """

    start: int
    end: int = 0
    subject: str = ""
    query: str | None = None
    query_start: int = 0
    score: str | None = None
    snippet: str | None = None
    language: Language | None = None
    kinds: dict[str, int] = field(default_factory=dict)
    limit: int | None = None


def blocks(text: str, prefixes: Mapping[str, str]) -> Iterator[Block]:
    """Yield the search blocks of `text` in order; QuerySyntaxError or QueryRefused for one that is not right.

    `prefixes` are those declared outside of the text.
    """
    yield from _Reader(text, list(tokens(text)), dict(prefixes)).blocks()


@dataclass
class _Reader:
    """Goes through the terminals of a query, from block to block."""

    text: str
    seen: list[Token]
    prefixes: dict[str, str]
    at: int = 0

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks."""
        while self.at < len(self.seen):
            token = self.seen[self.at]
            self.at += 1
            if token.kind == "word" and token.text.upper() == "PREFIX":
                self._declare()
            elif token.kind == "word" and token.text.upper() == "SERVICE" and self._is_search():
                yield self._block(token)

    def _declare(self) -> None:
        name, iri = self._peek(0), self._peek(1)
        if name is not None and iri is not None and name.kind == "pname" and iri.kind == "iri":
            self.prefixes[name.text.removesuffix(":")] = iri.text[1:-1]

    def _is_search(self) -> bool:
        """Whether what follows SERVICE is ours; then go on to behind it."""
        ahead = 0
        token = self._peek(0)
        if token is not None and token.text.upper() == "SILENT":
            ahead = 1
            token = self._peek(1)
        if token is None or self._iri(token, PREFIXES) != SEARCH:
            return False
        # Ours by any measure: now its prefix must be declared as well.
        self._iri(token)
        self.at += ahead + 1
        return True

    def _block(self, service: Token) -> Block:
        if (opened := self._next(service)).text != "{":
            raise self._wrong(opened, "A search is written between { and }.")
        block = Block(service.start)
        token = self._next(opened)
        while token.text != "}":
            if token.kind != "variable":
                raise self._wrong(token, f"“{_short(token)}” is not expected here: a variable for what is found is.")
            if block.subject and token.text[1:] != block.subject:
                raise self._wrong(
                    token,
                    f"A search finds one thing at a time: ?{block.subject} and ?{token.text[1:]} are two.",
                    "Write a block for each.",
                )
            block.subject = token.text[1:]
            token = self._properties(block, token)
        if block.query is None:
            raise self._wrong(service, "The search does not say for what: there is no tg:query.")
        self._distinct(block, service)
        block.end = token.start + 1
        return block

    def _properties(self, block: Block, token: Token) -> Token:
        """Read `property value` pairs up to a full stop or the end; return the terminal behind."""
        while True:
            token = self._next(token)
            # More than one semicolon in a row, or one before the end, is SPARQL too.
            while token.text == ";":
                token = self._next(token)
            if token.text == ".":
                return self._next(token)
            if token.text == "}":
                return token
            name = self._property(token)
            token = self._value(block, name, token, self._next(token))
            while name == "kind" and token.text == ",":
                token = self._value(block, name, token, self._next(token))
            if token.text == ".":
                return self._next(token)
            if token.text == "}":
                return token
            if token.text != ";":
                raise self._wrong(token, f"After the value of tg:{name} comes ; or . and not “{_short(token)}”.")

    def _property(self, token: Token) -> str:
        name = (self._iri(token) or "").removeprefix(DEF)
        if name not in TERMS:
            listed = ", ".join(f"tg:{term}" for term in TERMS)
            raise self._wrong(token, f"“{_short(token)}” says nothing about a search.", f"There are: {listed}.")
        return name

    def _value(self, block: Block, name: str, before: Token, token: Token) -> Token:
        """Take the value of a property; return the terminal behind it."""
        given = {
            "query": block.query,
            "score": block.score,
            "snippet": block.snippet,
            "language": block.language,
            "limit": block.limit,
        }
        if given.get(name) is not None:
            raise self._wrong(before, f"tg:{name} stands here more than once.", "Give it once.")
        if name == "query":
            block.query, block.query_start = self._string(token, "the words to search for"), token.start
        elif name == "language":
            block.language = self._language(token)
        elif name == "kind":
            block.kinds[self._kind(token)] = token.start
        elif name == "limit":
            block.limit = self._limit(token)
        elif token.kind != "variable":
            raise self._wrong(token, f"tg:{name} gives a value: it needs a variable, not “{_short(token)}”.")
        elif name == "score":
            block.score = token.text[1:]
        else:
            block.snippet = token.text[1:]
        return self._next(token)

    def _string(self, token: Token, what: str) -> str:
        if token.kind == "variable":
            raise QueryRefused(
                f"A search is done before the query is: {token.text} has no value yet.",
                f"Write {what} as a text in quotes.",
                *position(self.text, token.start),
            )
        if token.kind != "string":
            raise self._wrong(token, f"“{_short(token)}” is not {what}.", "Write a text in quotes.")
        tag = self._peek(0)
        if tag is not None and (tag.kind == "language" or tag.text == "^^"):
            raise self._wrong(tag, f"The text has a {'language' if tag.kind == 'language' else 'datatype'}.", _PLAIN)
        marks = 3 if token.text[:3] in ('"""', "'''") and len(token.text) >= 6 else 1
        return _ESCAPE.sub(lambda escape: self._escape(token, escape), token.text[marks:-marks])

    def _escape(self, token: Token, escape: re.Match[str]) -> str:
        short, long, character = escape.groups()
        number = int(short or long or "0", 16)
        if character is None and (number > 0x10FFFF or 0xD800 <= number <= 0xDFFF):
            raise self._wrong(token, f"“{escape.group()}” is no character.")
        if character is not None and character not in _ESCAPES:
            raise self._wrong(token, f"“\\{character}” has no meaning in a text.", "Write \\\\ for a backslash.")
        return chr(number) if character is None else _ESCAPES[character]

    def _language(self, token: Token) -> Language:
        written = self._string(token, "the language")
        for language in LANGUAGES:
            if written == language:
                return language
        raise self._wrong(token, f"There is nothing in language “{written[:20]}”.", 'Write "nl" or "en".')

    def _kind(self, token: Token) -> str:
        iri = self._iri(token)
        if iri is None:
            raise self._wrong(token, f"“{_short(token)}” is not a class.", "Write a class, such as tg:Mission.")
        return iri

    def _limit(self, token: Token) -> int:
        if token.kind != "number" or not token.text.isdecimal() or not 1 <= int(token.text[:9]) <= MOST_ANSWERS:
            raise self._wrong(
                token, f"“{_short(token)}” cannot be the limit.", f"Write a whole number from 1 to {MOST_ANSWERS}."
            )
        return int(token.text)

    def _distinct(self, block: Block, service: Token) -> None:
        variables = [name for name in (block.subject, block.score, block.snippet) if name is not None]
        for name in variables:
            if variables.count(name) > 1:
                raise self._wrong(service, f"?{name} stands for two different things.", "Give each its own variable.")

    def _iri(self, token: Token, defaults: Mapping[str, str] | None = None) -> str | None:
        """Return the IRI that a terminal stands for, None for none; `defaults` are for prefixes not declared."""
        if token.kind == "iri":
            return token.text[1:-1]
        if token.kind != "pname":
            return None
        prefix, _, local = token.text.partition(":")
        namespace = self.prefixes.get(prefix)
        if namespace is None and defaults is not None:
            namespace = defaults.get(prefix, "")
        if namespace is None:
            known = PREFIXES.get(prefix, "…")
            raise self._wrong(
                token, f"Prefix `{prefix}:` is not declared.", f"Add `PREFIX {prefix}: <{known}>` at the top."
            )
        return namespace + re.sub(r"\\(.)", r"\1", local)

    def _peek(self, ahead: int) -> Token | None:
        return self.seen[self.at + ahead] if self.at + ahead < len(self.seen) else None

    def _next(self, before: Token) -> Token:
        if self.at == len(self.seen):
            raise self._wrong(before, "The search that begins here is not finished.")
        self.at += 1
        return self.seen[self.at - 1]

    def _wrong(self, token: Token, what: str, remedy: str = _FORM) -> QuerySyntaxError:
        return QuerySyntaxError(what, remedy, *position(self.text, token.start))


def _short(token: Token) -> str:
    return token.text if len(token.text) <= 40 else token.text[:39] + "…"
