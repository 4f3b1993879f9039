"""Reading a query by its terminals only, before the engine does.

The engine's parser ends its process on deep nesting and on long chains of operators, and follows SERVICE to wherever
it points. Workers survive neither better nor worse for this scan (they may die, and have no network); it is here so
that people get a sentence with a line and a column instead of "the worker died".
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from tradegraph.errors import QueryRefused, QuerySyntaxError, QueryTooComplex
from tradegraph.media_types import Kind
from tradegraph.settings import Settings
from tradegraph.sparql.tokens import Token, position, tokens

FORMS: Final[dict[str, Kind]] = {
    "SELECT": "bindings",
    "ASK": "boolean",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}
UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_CHAINING_WORDS: Final = frozenset({"UNION", "MINUS", "OPTIONAL"})
_CHANGING: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_INTERCHANGEABLE: Final = frozenset({"variable", "string", "number", "blank", "language"})
_LABOUR: Final = frozenset({"REGEX", "REPLACE", "GROUP_CONCAT"})
_LIGHT_LENGTH: Final = 4000
_LIGHT_DEPTH: Final = 8
_LIGHT_VARIABLES: Final = 60
_LIGHT_STEPS: Final = 20
_CHANGES: Final = re.compile(rf"\b(?:{'|'.join(sorted(_CHANGING))})\s*\(", re.IGNORECASE)
LONG: Final = _LIGHT_LENGTH
"""Characters; reading more than this takes so long that it is not done where others wait."""


@dataclass(frozen=True)
class Bounds:
    """How much of a query the engine is trusted with."""

    depth: int
    chain: int
    graphs: int

    @classmethod
    def of(cls, settings: Settings) -> "Bounds":
        """Return the bounds that the settings ask for."""
        return cls(settings.max_nesting_depth, settings.max_chain_length, settings.max_dataset_graphs)


@dataclass(frozen=True)
class Scan:
    """What was seen.

    `own_dataset` is whether FROM occurs, `prefixes` the (prefix, absolute IRI) pairs declared. `functions` are the IRIs
    that stand before an opening bracket: functions, as far as they are in expressions. `light` is a guess, made from
    the text alone, that the query is the work of a moment; it decides in which line it waits, and nothing else.
    `changing` is whether it calls a function whose value differs from one time to the next. `shape` is a digest of the
    text without comments, names of variables and values: queries that differ in nothing else are about as much work.
    """

    kind: Kind
    own_dataset: bool
    prefixes: tuple[tuple[str, str], ...]
    depth: int
    longest_chain: int
    functions: tuple[str, ...] = ()
    light: bool = False
    changing: bool = False
    shape: str = ""


def scan(text: str, bounds: Bounds) -> Scan:
    """Read `text`; raises QueryRefused, QueryTooComplex or QuerySyntaxError with line and column."""
    kind: Kind | None = None
    graphs = 0
    longest = deepest = 0
    chains = [0]
    prefixes: dict[str, str] = {}
    recent: tuple[Token | None, Token | None] = (None, None)
    called: list[str] = []
    shape: list[str] = []
    changing, weight = False, Weight()
    for token in tokens(text):
        word = token.text.upper() if token.kind == "word" else ""
        weight.add(token, word, recent[1])
        changing = changing or word in _CHANGING
        shape.append(token.kind if token.kind in _INTERCHANGEABLE else token.text)
        if token.kind == "open":
            if token.text == "(" and recent[1] is not None and recent[1].kind in ("iri", "pname"):
                called.append(recent[1].text)
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
        raise _no_query(text)
    light = weight.light and len(text) <= _LIGHT_LENGTH and deepest <= _LIGHT_DEPTH and graphs == 0
    functions = tuple(sorted({iri for name in called if (iri := _absolute(name, prefixes)) is not None}))
    digest = hashlib.blake2b(" ".join(shape).encode(), digest_size=16).hexdigest()
    return Scan(kind, graphs > 0, tuple(prefixes.items()), deepest, longest, functions, light, changing, digest)


def glance(text: str) -> Scan:
    """Read as much of a long text as tells what it answers; the rest is for `scan`, where it holds nobody up.

    `changing` may be true for a text that only mentions such a function. Raises as `scan` does for what is no query.
    """
    recent: tuple[Token | None, Token | None] = (None, None)
    for token in tokens(text):
        word = token.text.upper() if token.kind == "word" else ""
        kind = _form(text, token, word, recent)
        if kind is not None:
            return Scan(
                kind, own_dataset=False, prefixes=(), depth=0, longest_chain=0, changing=bool(_CHANGES.search(text))
            )
        recent = (recent[1], token)
    raise _no_query(text)


def _no_query(text: str) -> QuerySyntaxError:
    return QuerySyntaxError(
        "This is not a query: there is no SELECT, ASK, CONSTRUCT or DESCRIBE.",
        "Begin, after the prefixes, with one of these words.",
        *position(text, len(text.rstrip())),
    )


@dataclass
class Weight:
    """Looks for signs of labour: text functions, repeated path steps, patterns of three variables, many variables."""

    light: bool = True
    variables: int = 0
    steps: int = 0
    row: int = 0
    begins_pattern: bool = False

    def add(self, token: Token, word: str, previous: Token | None) -> None:
        """Take the next terminal into account."""
        if token.kind == "variable":
            self.variables += 1
            if self.row == 0:
                self.begins_pattern = previous is not None and previous.text in ("{", "}", ".")
            self.row += 1
            if (self.row == 3 and self.begins_pattern) or self.variables > _LIGHT_VARIABLES:
                self.light = False
            return
        self.row = 0
        self.steps += token.kind == "operator" and token.text in ("/", "|", "^", "||", "&&", "+", "-", "*")
        repeats = token.text in ("*", "+") and previous is not None and previous.kind in ("iri", "pname", "close")
        if repeats or word in _LABOUR or self.steps > _LIGHT_STEPS:
            self.light = False


def _absolute(name: str, prefixes: dict[str, str]) -> str | None:
    """Return the IRI that a prefixed name or an IRI in brackets stands for; None when it is relative or unknown."""
    if name.startswith("<"):
        return name[1:-1] if ":" in name else None
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local if prefix in prefixes and "\\" not in local else None


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
