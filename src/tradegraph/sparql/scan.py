"""Reading a query by its terminals only, before the engine does.

The engine's parser ends its process on deep nesting and on long chains of operators, and follows SERVICE to wherever
it points. Workers survive neither better nor worse for this scan (they may die, and have no network); it is here so
that people get a sentence with a line and a column instead of "the worker died".
"""

from dataclasses import dataclass
from typing import Final

from tradegraph.errors import QueryRefused, QuerySyntaxError, QueryTooComplex
from tradegraph.media_types import Kind
from tradegraph.sparql.tokens import Token, position, tokens

FORMS: Final[dict[str, Kind]] = {
    "SELECT": "bindings",
    "ASK": "boolean",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}
UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_CHAINING_WORDS: Final = frozenset({"UNION", "MINUS", "OPTIONAL"})


@dataclass(frozen=True)
class Bounds:
    """How much of a query the engine is trusted with."""

    depth: int
    chain: int
    graphs: int


@dataclass(frozen=True)
class Scan:
    """What was seen: `own_dataset` is whether FROM occurs, `prefixes` the (prefix, absolute IRI) pairs declared."""

    kind: Kind
    own_dataset: bool
    prefixes: tuple[tuple[str, str], ...]
    depth: int
    longest_chain: int


def scan(text: str, bounds: Bounds) -> Scan:
    """Read `text`; raises QueryRefused, QueryTooComplex or QuerySyntaxError with line and column."""
    kind: Kind | None = None
    graphs = 0
    longest = deepest = 0
    chains = [0]
    prefixes: dict[str, str] = {}
    recent: tuple[Token | None, Token | None] = (None, None)
    for token in tokens(text):
        word = token.text.upper() if token.kind == "word" else ""
        if token.kind == "open":
            chains.append(0)
            deepest = max(deepest, len(chains) - 1)
            if deepest > bounds.depth:
                raise _too_complex(text, token, f"Brackets are nested more than {bounds.depth} deep here.")
        elif token.kind == "close":
            if len(chains) > 1:
                chains.pop()
        elif token.kind == "operator" or word in _CHAINING_WORDS:
            chains[-1] += 1
            longest = max(longest, chains[-1])
            if longest > bounds.chain:
                raise _too_complex(text, token, f"More than {bounds.chain} operators stand in one row here.")
        elif word == "SERVICE":
            raise QueryRefused(
                "SERVICE is not available: this endpoint does not call other endpoints.",
                "Ask the other endpoint yourself and put its answer in a VALUES block.",
                *position(text, token.start),
            )
        elif word == "FROM":
            graphs += 1
            if graphs > bounds.graphs:
                raise QueryRefused(
                    f"The query names more than {bounds.graphs} graphs as its dataset.",
                    "Use GRAPH ?g { … } with a FILTER or VALUES on ?g: that is faster too.",
                    *position(text, token.start),
                )
        elif token.kind == "iri":
            _declare(prefixes, recent, token)
        if kind is None:
            kind = _form(text, token, word, recent)
        recent = (recent[1], token)
    if kind is None:
        raise QuerySyntaxError(
            "This is not a query: there is no SELECT, ASK, CONSTRUCT or DESCRIBE.",
            "Begin, after the prefixes, with one of these words.",
            *position(text, len(text.rstrip())),
        )
    return Scan(kind, graphs > 0, tuple(prefixes.items()), deepest, longest)


def _declare(prefixes: dict[str, str], recent: tuple[Token | None, Token | None], iri: Token) -> None:
    """Take down `PREFIX p: <iri>`; a relative IRI is left out, since only the engine resolves it."""
    before, name = recent
    is_declaration = before is not None and before.kind == "word" and before.text.upper() == "PREFIX"
    if is_declaration and name is not None and name.kind == "pname" and "://" in iri.text:
        prefixes[name.text.removesuffix(":")] = iri.text[1:-1]


def _form(text: str, token: Token, word: str, recent: tuple[Token | None, Token | None]) -> Kind | None:
    """Return the answer's kind when `token` is the word that opens a query; refuse the words that open an update."""
    previous = recent[1]
    if word in FORMS:
        return FORMS[word]
    if word in UPDATES and (previous is None or previous.kind in ("iri", "string")):
        raise QueryRefused(
            f"{word} is an update, and this endpoint only reads: a release never changes.",
            "Download the dataset and change your own copy.",
            *position(text, token.start),
        )
    return None


def _too_complex(text: str, token: Token, what: str) -> QueryTooComplex:
    return QueryTooComplex(
        what, "Split the query, or write a long list as VALUES instead of operators.", *position(text, token.start)
    )
