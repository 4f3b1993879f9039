"""Reading the `SERVICE` blocks of a query by its terminals: where each stands, and what it asks of which endpoint.

What is sent is made of terminals that were read, in the same order: comments stay here, and so does everything outside
of the block but the declarations it uses.
"""

import re
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tradegraph.errors import QueryError, QueryRefused, QuerySyntaxError
from tradegraph.sparql.scan import Bounds, scan
from tradegraph.sparql.tokens import Token, position, tokens

_BOUNDS: Final = Bounds(depth=50, chain=500, graphs=0)
"""What we ask of another endpoint's parser."""

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_CODEPOINT: Final = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")
_FORM: Final = "Write: SERVICE <https://…> { ?thing ?property ?value }"
_ELSEWHERE: Final = "Ask the other endpoint yourself and put its answer in a VALUES block."


@dataclass(frozen=True)
class Block:
    """A block as written: `text[start:end]`, the `endpoint` it names, and the `query` that asks for its solutions.

    `variables` are those written in it, without their mark.
    """

    start: int
    end: int
    endpoint: str
    silent: bool
    query: str
    variables: frozenset[str]


def blocks(text: str, allowed: Sequence[str], prefixes: Mapping[str, str]) -> Iterator[Block]:
    """Yield the blocks of `text` in order; QueryError with line and column for one that cannot be asked.

    `prefixes` are those declared outside of the text.
    """
    yield from _Reader(text, list(tokens(text)), tuple(allowed), dict(prefixes)).blocks()


@dataclass
class _Reader:
    """Goes through the terminals of a query, from block to block.

    `declared` holds the prologue as (prefix or None for BASE, IRI as written), in order: each BASE is for what follows.
    """

    text: str
    seen: list[Token]
    allowed: tuple[str, ...]
    prefixes: dict[str, str]
    at: int = 0
    base: str = ""
    declared: list[tuple[str | None, str]] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks."""
        self._prologue()
        depth = 0
        while self.at < len(self.seen):
            token = self.seen[self.at]
            self.at += 1
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if token.kind == "word" and token.text.upper() == "SERVICE":
                self._check_place(token, depth)
                yield self._block(token)

    def _prologue(self) -> None:
        """Read BASE and PREFIX (section 4.1.1); IRIs are resolved as written, from top to bottom."""
        self.declared = [(name, f"<{iri}>") for name, iri in self.prefixes.items()]
        while (word := self._peek(0)) is not None and word.kind == "word":
            name, iri = self._peek(1), self._peek(2)
            if word.text.upper() == "BASE" and name is not None and name.kind == "iri":
                self.base = self._resolved(name.text[1:-1])
                self.declared.append((None, name.text))
                self.at += 2
            elif word.text.upper() == "PREFIX" and name is not None and iri is not None and iri.kind == "iri":
                prefix = name.text.removesuffix(":")
                self.prefixes[prefix] = self._resolved(iri.text[1:-1])
                self.declared = [one for one in self.declared if one[0] != prefix]
                self.declared.append((prefix, iri.text))
                self.at += 3
            else:
                return

    def _check_place(self, service: Token, depth: int) -> None:
        """Check that a block may stand here, since inline data may stand where a block may not."""
        before = self.seen[self.at - 2] if self.at > 1 else None
        word = before is not None and before.kind == "word" and before.text not in ("true", "false")
        if depth < 1 or word or before is None or before.kind == "operator":
            raise self._wrong(service, "SERVICE cannot stand here.", "Write it between { and }, as part of a pattern.")

    def _block(self, service: Token) -> Block:
        token = self._next(service)
        silent = token.kind == "word" and token.text.upper() == "SILENT"
        if silent:
            token = self._next(token)
        endpoint = self._endpoint(token)
        opened = self._next(token)
        if opened.text != "{":
            raise self._wrong(opened, f"“{_short(opened)}” is not expected here: a block between {{ and }} is.")
        inside, closed = self._inside(service, opened)
        behind = self._peek(0)
        if behind is not None and behind.kind == "word" and behind.text.upper() == "UNION":
            raise self._wrong(behind, "UNION cannot follow SERVICE.", "Write { SERVICE … } UNION { … }.")
        if escape := _CODEPOINT.search(self.text, opened.start, closed.start):
            # Endpoints differ in when they undo these, and so in where the block ends.
            raise self._refused(
                escape.start(), f"“{escape.group()}” cannot be sent to another endpoint.", "Write the character itself."
            )
        for one in inside:
            if one.kind == "iri" and not self.base and not _ABSOLUTE.match(one.text[1:-1]):
                raise self._wrong(one, f"{_short(one)} would be relative to the other endpoint.", "Write it in full.")
        query = self._query(service, inside)
        variables = frozenset(one.text[1:] for one in inside if one.kind == "variable")
        return Block(service.start, closed.start + 1, endpoint, silent, query, variables)

    def _endpoint(self, token: Token) -> str:
        if token.kind == "variable":
            raise self._refused(
                token.start,
                f"Which endpoint {token.text} stands for is not known before the query runs.",
                "Write the address of one endpoint: SERVICE <https://…>.",
            )
        if token.kind == "iri":
            endpoint = self._resolved(token.text[1:-1])
        elif token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            if prefix not in self.prefixes:
                raise self._wrong(token, f"Prefix `{prefix}:` is not declared.", "Declare it at the top with PREFIX.")
            endpoint = self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
        else:
            raise self._wrong(token, f"“{_short(token)}” is not the address of an endpoint.")
        if not self.allowed:
            raise self._refused(
                token.start,
                "SERVICE is not available: no other endpoint is called from here.",
                f"{_ELSEWHERE} Which endpoints may be called, the operator decides.",
            )
        if endpoint not in self.allowed:
            listed = ", ".join(f"<{one}>" for one in self.allowed[:8]) + (" and more" if len(self.allowed) > 8 else "")
            raise self._refused(
                token.start,
                f"<{endpoint[:200]}> is not one of the endpoints that may be called from here.",
                f"These may, by decision of the operator: {listed}. {_ELSEWHERE}",
            )
        return endpoint

    def _inside(self, service: Token, opened: Token) -> tuple[list[Token], Token]:
        """Return the terminals between the braces, and the closing one; go on to behind it."""
        inside: list[Token] = []
        depth, token = 1, opened
        while True:
            if self.at == len(self.seen):
                raise self._wrong(service, "The block that begins here is not finished.", "Close it with }.")
            token = self._next(token)
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if depth == 0:
                return inside, token
            if token.kind == "word" and token.text.upper() == "SERVICE":
                raise self._refused(
                    token.start, "A SERVICE block inside another is not sent on.", "Put one after the other instead."
                )
            inside.append(token)

    def _query(self, service: Token, inside: list[Token]) -> str:
        """Return the query that gives the block's solutions on its own (Federated Query, section 4)."""
        used = {one.text.partition(":")[0] for one in inside if one.kind == "pname"}
        head = "".join(
            f"BASE {iri}\n" if prefix is None else f"PREFIX {prefix}: {iri}\n"
            for prefix, iri in self.declared
            if prefix is None or prefix in used
        )
        # White space is kept as far as there was some: `?a<?b` and `?a < ?b` are read differently.
        words, end = [], inside[0].start if inside else 0
        for token in inside:
            words += [" " if token.start > end else "", token.text]
            end = token.start + len(token.text)
        query = f"{head}SELECT * WHERE {{ {''.join(words)} }}"
        try:
            scan(query, _BOUNDS)
        except QueryError as error:
            raise type(error)(error.detail, error.remedy, *position(self.text, service.start)) from error
        return query

    def _resolved(self, iri: str) -> str:
        return iri if _ABSOLUTE.match(iri) else urllib.parse.urljoin(self.base, iri)

    def _peek(self, ahead: int) -> Token | None:
        return self.seen[self.at + ahead] if self.at + ahead < len(self.seen) else None

    def _next(self, before: Token) -> Token:
        if self.at == len(self.seen):
            raise self._wrong(before, "The query ends in the middle of a SERVICE block.")
        self.at += 1
        return self.seen[self.at - 1]

    def _wrong(self, token: Token, what: str, remedy: str = _FORM) -> QuerySyntaxError:
        return QuerySyntaxError(what, remedy, *position(self.text, token.start))

    def _refused(self, offset: int, what: str, remedy: str) -> QueryRefused:
        return QueryRefused(what, remedy, *position(self.text, offset))


def _short(token: Token) -> str:
    return token.text if len(token.text) <= 40 else token.text[:39] + "…"
