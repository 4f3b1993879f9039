"""Turns a row into quads, as the metadata says.

Implements "Generating RDF from Tabular Data on the Web" (W3C Recommendation, 17 December 2015), minimal mode.

Numbers are written in canonical form (no trailing zeros): the store would do so anyway, and the stated form is kept in
a column of its own.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from tradegraph.facts import Column, Row
from tradegraph.facts.schema import expand
from tradegraph.namespaces import GRAPH, PREFIXES

REGISTRY: Final = NamedNode(GRAPH + "registry")
PROVENANCE: Final = NamedNode(GRAPH + "provenance")
RECORDED_IN: Final = NamedNode(PREFIXES["tg"] + "recordedIn")
_STRING: Final = PREFIXES["xsd"] + "string"
_DECIMAL: Final = PREFIXES["xsd"] + "decimal"
_INTEGER: Final = PREFIXES["xsd"] + "integer"


def row_quads(row: Row, graph: NamedNode) -> Iterator[Quad]:
    """Yield the quads of one row in `graph`, and the quad in the provenance graph that says where it was recorded."""
    variables = {name: values[0] for name, values in row.cells.items()}
    for column in row.table.columns:
        if column.property_url is None:
            continue
        subject = row.subject if column.about_url == row.table.about_url else expand(column.about_url, variables)
        predicate = NamedNode(column.property_url)
        if column.virtual:
            yield Quad(NamedNode(subject), predicate, NamedNode(column.value_iri(variables)), graph)
            continue
        for value in row.all(column.name):
            yield Quad(NamedNode(subject), predicate, _term(column, value, variables), graph)
    yield Quad(NamedNode(row.subject), RECORDED_IN, Literal(f"data/{row.table.path}#key={row.one('key')}"), PROVENANCE)


def references(row: Row) -> Iterator[tuple[Column, str]]:
    """Yield each IRI that a cell of the row points at, with its column."""
    variables = {name: values[0] for name, values in row.cells.items()}
    for column in row.table.columns:
        if column.property_url is not None and column.value_url is not None and not column.virtual:
            for value in row.all(column.name):
                yield column, column.value_iri({**variables, column.name: value})


def _term(column: Column, value: str, variables: dict[str, str]) -> NamedNode | Literal:
    if column.value_url is not None:
        return NamedNode(column.value_iri({**variables, column.name: value}))
    if column.lang is not None:
        return Literal(value, language=column.lang)
    if column.datatype == _STRING:
        return Literal(value)
    if column.datatype == _DECIMAL:
        return Literal(canonical_decimal(value), datatype=NamedNode(_DECIMAL))
    if column.datatype == _INTEGER:
        return Literal(str(int(value)), datatype=NamedNode(_INTEGER))
    return Literal(value, datatype=NamedNode(column.datatype))


def canonical_decimal(value: str) -> str:
    """Return a decimal without exponent, leading or trailing zeros (XML Schema 1.1 Datatypes, 3.3.3.2)."""
    plain = format(Decimal(value), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain if plain not in ("-0", "") else "0"
