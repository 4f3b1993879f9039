"""SPARQL results in JSON of another endpoint, as inline data (SPARQL 1.1 Query Language, section 10.2).

What comes in is not trusted: every value is checked against the grammar of what it says it is, and written so that it
can be nothing else. What cannot be written is an error and never left out, since a row less is another answer.
"""

import ipaddress
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from tradegraph.errors import AnswerTooLarge, QueryFailed, QueryRefused
from tradegraph.namespaces import PREFIXES

_DEEPEST: Final = 16
_NO_BRACKET: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[^"\[\]{}]++', re.DOTALL)

_PLANES: Final = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
_UCS: Final = f"\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}\U000e1000-\U000efffd"
_PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_CHAR: Final = rf"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@{_UCS}]|%[0-9A-Fa-f]{{2}})"
_IRI: Final = re.compile(
    rf"""[A-Za-z][A-Za-z0-9+.\-]*+:
    (?: // (?:(?:(?!@){_CHAR})*+@)?
           (?:\[(?P<address>[0-9A-Fa-f:.]+)\] | (?:(?![:@]){_CHAR})*+) (?::[0-9]*)? (?=[/?\#]|\Z)
      | (?!//) )
    (?:{_CHAR}|/)*+ (?:\?(?:{_CHAR}|[/?{_PRIVATE}])*+)? (?:\#(?:{_CHAR}|[/?])*+)?""",
    re.VERBOSE,
)
"""An IRI with a scheme (RFC 3987, section 2.2)."""

_TAG: Final = re.compile(
    r"""(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8}) (?:-[a-z]{4})? (?:-(?:[a-z]{2}|[0-9]{3}))?
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*+ (?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})++)*+ (?:-x(?:-[a-z0-9]{1,8})++)?
    | x(?:-[a-z0-9]{1,8})++""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""A well-formed language tag (RFC 5646, section 2.1), without those registered before there were rules."""

_TO_ESCAPE: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_TAGGED: Final = (PREFIXES["rdf"] + "langString", PREFIXES["rdf"] + "dirLangString")
_STRING: Final = PREFIXES["xsd"] + "string"


@dataclass(frozen=True)
class Bounds:
    """What the answers to one query may still be: `rows`, and `bytes` of the table written."""

    rows: int
    bytes: int


@dataclass(frozen=True)
class Table:
    """The answer: `text` is `VALUES (…) { … }`, with as many `rows`, and no line ends."""

    text: str
    rows: int


@dataclass(frozen=True)
class Answer:
    """What `endpoint` sent (SPARQL 1.1 Query Results JSON Format) to a block in which `variables` are written."""

    endpoint: str
    body: bytes
    variables: Collection[str]

    def table(self, bounds: Bounds) -> Table:
        """Write the answer as inline data, in the order of its rows; UNDEF is for unbound.

        Columns of variables that the block does not have are not taken. Raises QueryFailed for what is no such answer,
        AnswerTooLarge past `bounds`, and QueryRefused for blank nodes, which inline data cannot hold.
        """
        head, rows = self._read()
        if len(rows) > bounds.rows:
            raise AnswerTooLarge(
                f"The answer of <{self.endpoint}> has more rows than one query may bring in.",
                "Ask it for less: narrow the block, or put a sub-select with LIMIT in it.",
            )
        columns = [name for name in dict.fromkeys(head) if name in self.variables]
        pieces, size = [], 0
        for row in rows:
            piece = f"({' '.join(self._term(row[name]) if name in row else 'UNDEF' for name in columns)})"
            try:
                size += len(piece.encode()) + 1
            except UnicodeEncodeError as error:
                raise self._malformed("half a character (a surrogate) in a text") from error
            if size > bounds.bytes:
                raise AnswerTooLarge(
                    f"The answer of <{self.endpoint}> is larger than one query may bring in.",
                    "Ask it for fewer rows or columns, in a sub-select.",
                )
            pieces.append(piece)
        return Table(f"VALUES ({' '.join(f'?{name}' for name in columns)}) {{ {' '.join(pieces)} }}", len(rows))

    def _read(self) -> tuple[list[str], list[Mapping[str, object]]]:
        try:
            text = self.body.decode()
            if _depth(text) > _DEEPEST:
                raise self._malformed(f"more than {_DEEPEST} levels")
            document = json.loads(text)
        except ValueError as error:
            raise self._malformed("not JSON in UTF-8") from error
        if not isinstance(document, dict):
            raise self._malformed("no object")
        head, results = document.get("head"), document.get("results")
        if not isinstance(head, dict) or not isinstance(results, dict):
            raise self._malformed("no head with results")
        names, rows = head.get("vars", []), results.get("bindings")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise self._malformed("no list of variables")
        known = set(names)
        if not isinstance(rows, list) or not all(isinstance(row, dict) and row.keys() <= known for row in rows):
            raise self._malformed("rows with other variables than the head names")
        return names, rows

    def _term(self, cell: object) -> str:
        """Write one RDF term (section 3.2.2 of the format)."""
        if not isinstance(cell, dict) or not isinstance(value := cell.get("value"), str):
            kind = cell.get("type") if isinstance(cell, dict) else None
            raise self._unusable("a triple" if kind == "triple" else "a value without text")
        match cell.get("type"):
            case "uri":
                return self._iri(value)
            case "literal" | "typed-literal":
                return self._literal(value, cell)
            case "bnode":
                raise QueryRefused(
                    f"The answer of <{self.endpoint}> has blank nodes, which have no name outside of it.",
                    "Ask it only for what has a name, in a sub-select: SERVICE <…> { SELECT ?name WHERE { … } }",
                )
            case other:
                raise self._unusable(f"a value of type “{str(other)[:40]}”")

    def _iri(self, value: str) -> str:
        match = _IRI.fullmatch(value)
        if match is None or not _is_address(match["address"]):
            raise self._unusable(f"something that is not an IRI: “{_shown(value)}”")
        return f"<{value}>"

    def _literal(self, value: str, cell: Mapping[str, object]) -> str:
        language, datatype = cell.get("xml:lang") or None, cell.get("datatype")
        if "its:dir" in cell:
            raise self._unusable("a text with a direction")
        # Some engines undo codepoint escapes before they read (section 19.2), and take `\\u0022` for one. This way
        # there is never a backslash and a `u` that belongs to the text.
        written = value.translate(_TO_ESCAPE).replace("\\\\u", "\\\\\\u0075").replace("\\\\U", "\\\\\\u0055")
        if language is not None:
            if not isinstance(language, str) or not _TAG.fullmatch(language):
                raise self._unusable(f"something that is not a language tag: “{_shown(str(language))}”")
            if datatype not in (None, _TAGGED[0]):
                raise self._unusable("a text with both a language and a datatype")
            return f'"{written}"@{language}'
        if datatype in (None, _STRING):
            return f'"{written}"'
        if not isinstance(datatype, str) or datatype in _TAGGED:
            raise self._unusable("a text without the language that it should have")
        return f'"{written}"^^{self._iri(datatype)}'

    def _malformed(self, what: str) -> QueryFailed:
        return QueryFailed(
            f"The answer of <{self.endpoint}> is not in the SPARQL results JSON format: {what}.",
            "Ask again later; if this stays so, the endpoint cannot be used here.",
        )

    def _unusable(self, what: str) -> QueryFailed:
        return QueryFailed(
            f"The answer of <{self.endpoint}> has {what}, which cannot be taken over.",
            "Leave it out with a FILTER in the block, or do not select it in a sub-select.",
        )


def _depth(text: str) -> int:
    """Return how deep brackets nest in JSON; linear, and without reading deeper than there is stack for."""
    depth = deepest = 0
    for bracket in _NO_BRACKET.sub("", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _is_address(text: str | None) -> bool:
    try:
        return text is None or ipaddress.IPv6Address(text) is not None
    except ValueError:
        return False


def _shown(value: str) -> str:
    return value[:60].encode("unicode_escape").decode("ascii")
