"""Reading the documents that are to be written: RDF of strangers, in any syntax, with what is wrong and where."""

import contextlib
import re
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from tradegraph.errors import QueryRefused, QuerySyntaxError
from tradegraph.writing.changes import Graph, moved

_DEEPEST_XML: Final = 200
_DEEPEST_JSON: Final = 200
"""Levels; the engine needs memory with the square of them."""
_NESTED: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
_PLACE: Final = re.compile(r"^Parser error at line \d+ (?:column \d+|between .*? \d+ and .*?\d+): ")


def parsed(content: bytes, rdf_format: ox.RdfFormat, base_iri: str, graph: Graph) -> list[ox.Quad]:
    """Return the triples of a document as quads of `graph`; blank nodes get new names.

    Raises QuerySyntaxError with line and column, also for a document that names graphs of its own, and QueryRefused
    for what would have to be fetched from elsewhere.
    """
    _check_depth(content, rdf_format)
    try:
        quads = ox.parse(
            content, format=rdf_format, base_iri=base_iri, without_named_graphs=True, rename_blank_nodes=True
        )
        return [moved(quad, graph) for quad in quads]
    except SyntaxError as error:
        raise _not_rdf(error, rdf_format) from error


def parsed_dataset(content: bytes, rdf_format: ox.RdfFormat, base_iri: str) -> list[ox.Quad]:
    """Return the quads of a document that may name graphs; see `parsed`."""
    _check_depth(content, rdf_format)
    try:
        quads = list(ox.parse(content, format=rdf_format, base_iri=base_iri, rename_blank_nodes=True))
    except SyntaxError as error:
        raise _not_rdf(error, rdf_format) from error
    if any(isinstance(quad.graph_name, ox.BlankNode) for quad in quads):
        raise QueryRefused("A graph of this document is a blank node.", "Name every graph by an IRI: it has an owner.")
    return quads


def _check_depth(content: bytes, rdf_format: ox.RdfFormat) -> None:
    """Refuse what nests so deep that reading it takes the engine time or memory with the square of the depth."""
    if rdf_format == ox.RdfFormat.RDF_XML:
        _check_xml_depth(content)
    if rdf_format != ox.RdfFormat.JSON_LD:
        return
    depth = 0
    for found in _NESTED.finditer(content):
        first = found.group()[:1]
        depth += (first in b"[{") - (first in b"]}")
        if depth > _DEEPEST_JSON:
            raise QueryRefused(
                f"This JSON nests more than {_DEEPEST_JSON} levels deep.", "Name things by IRI rather than nest them."
            )


def _check_xml_depth(content: bytes) -> None:
    depth = 0

    def opened(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST_XML:
            raise QueryRefused(
                f"This XML nests more than {_DEEPEST_XML} levels deep.", "Name things by IRI rather than nest them."
            )

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    # With this, entities are not expanded.
    parser.DefaultHandler = lambda _text: None
    # What is no XML, the engine says better, and where.
    with contextlib.suppress(expat.ExpatError):
        parser.Parse(content, True)


def _not_rdf(error: SyntaxError, rdf_format: ox.RdfFormat) -> QuerySyntaxError | QueryRefused:
    """Say where and why the engine could not read a document."""
    if "LoadDocumentCallback" in error.msg:
        return QueryRefused(
            "The @context of this document stands elsewhere, and nothing is fetched from there.",
            "Put the context itself into the document.",
        )
    what = f"This is not {rdf_format.name}: {_PLACE.sub('', error.msg)}".rstrip(".") + "."
    return QuerySyntaxError(what, "Mend the document, or correct its Content-Type.", error.lineno, error.offset)
