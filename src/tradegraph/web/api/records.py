"""Answers as plain records: what a program without RDF wants, and what goes into a workbook."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tradegraph.namespaces import PREFIXES

Plain = str | int | float | bool | None
_XSD: Final = PREFIXES["xsd"]
_WHOLE: Final = frozenset(
    _XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("unsignedInt", "unsignedLong", "nonPositiveInteger", "negativeInteger"),
    )
)
_DIGITS: Final = re.compile(r"[+-]?[0-9]{1,4000}")
_FRACTIONS: Final = frozenset(_XSD + name for name in ("decimal", "double", "float"))


@dataclass(frozen=True)
class Term:
    """A value as the SPARQL JSON format has it: `kind` is uri, literal, bnode or triple."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""

    @property
    def plain(self) -> Plain:
        """The value as JSON has it: a number, true or false, else text; what is no number in JSON stays text."""
        # Decimals without a point are whole numbers too.
        if self.datatype in _WHOLE | _FRACTIONS and _DIGITS.fullmatch(self.value):
            return int(self.value)
        if self.datatype in _FRACTIONS:
            try:
                number = float(self.value)
            except ValueError:
                return self.value
            return number if math.isfinite(number) else self.value
        if self.datatype == _XSD + "boolean":
            return self.value in ("true", "1")
        return self.value


@dataclass(frozen=True)
class Table:
    """An answer: its columns, and for each row the terms that it has, by column."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Term], ...]

    def records(self) -> list[dict[str, Plain]]:
        """Return an object per row with every column; null where the row has no value."""
        return [{name: row[name].plain if name in row else None for name in self.columns} for row in self.rows]


def read_table(body: bytes) -> Table:
    """Read an answer in the SPARQL 1.1 Query Results JSON Format; a yes or no becomes one row of one column."""
    answer = json.loads(body)
    if "boolean" in answer:
        value = "true" if answer["boolean"] else "false"
        return Table(("answer",), ({"answer": Term("literal", value, datatype=_XSD + "boolean")},))
    rows = tuple({name: _term(term) for name, term in row.items()} for row in answer["results"]["bindings"])
    return Table(tuple(answer["head"]["vars"]), rows)


def _term(term: Mapping[str, object]) -> Term:
    value = term["value"]
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Term(str(term["type"]), written, str(term.get("xml:lang", "")), str(term.get("datatype", "")))
