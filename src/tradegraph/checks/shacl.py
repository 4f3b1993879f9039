"""Validates a dataset against the SHACL shapes and reports what was found, the same bytes for the same input.

The verdict is pySHACL's, on an rdflib graph that holds the union of all named graphs: on a pyoxigraph store it would
take a plain string for another term than the same string in a shape. ("Shapes Constraint Language (SHACL)", W3C
Recommendation, 20 July 2017; sections cited below are of that text.)
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import BlankNode, RdfFormat, Triple, parse
from pyshacl.graph_abstraction import DataGraph
from rdflib import SH, Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as SparqlResult
from rdflib.term import Node

from tradegraph.checks.report import Result, ShaclReport, in_order
from tradegraph.errors import OntologyError
from tradegraph.serialised import serialised


def validate(nquads: bytes, shape_files: Sequence[Path]) -> ShaclReport:
    """Validate N-Quads, as the union of their graphs, against the shapes of all files together.

    Raises `OntologyError` for a shapes file that is not Turtle. Cost: linear in focus nodes for plain constraints.
    """
    shapes = read_shapes(shape_files)
    with _own_rdflib_settings():
        data = _QueryCachingGraph()
        triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in parse(nquads, RdfFormat.N_QUADS))
        data.parse(data=serialised(triples, RdfFormat.N_TRIPLES), format="nt")
        _, report, _ = pyshacl.validate(DataGraph.from_rdflib_graph(data), shacl_graph=shapes, inplace=True)
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL returned {type(report).__name__}, not a graph")
    return ShaclReport(in_order(_results(report, shapes)))


def read_shapes(shape_files: Sequence[Path]) -> Graph:
    """Read shapes from Turtle; raises `OntologyError` for a file that is not Turtle or has blank nodes."""
    shapes = Graph()
    for path in shape_files:
        try:
            triples = list(parse(path=str(path), format=RdfFormat.TURTLE))
        except SyntaxError as error:
            raise OntologyError(path, f"not Turtle ({error}).", "Correct it there.") from error
        if any(isinstance(term, BlankNode) for triple in triples for term in (triple.subject, triple.object)):
            raise OntologyError(path, "holds a blank node.", "Give the node an IRI, so that a report can name it.")
        shapes.parse(data=serialised(triples, RdfFormat.N_TRIPLES), format="nt")
    return shapes


class _QueryCachingGraph(Graph):
    """A graph that parses each query text once: pySHACL asks the same text for every focus node (section 5.3)."""

    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> SparqlResult:
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = prepareQuery(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **kwargs)


@contextmanager
def _own_rdflib_settings() -> Iterator[None]:
    """Give rdflib's global setting back as it was: pySHACL leaves it as pySHACL likes it."""
    before = rdflib.NORMALIZE_LITERALS
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _results(report: Graph, shapes: Graph) -> Iterator[Result]:
    messages = {shape: _messages(shapes, shape) for shape in set(report.objects(None, SH.sourceShape))}
    # Not every sh:ValidationResult: those under sh:detail explain another one and are no results of their own.
    for node in report.objects(None, SH.result):
        values: Mapping[Node, Node] = dict(report.predicate_objects(node))
        shape, path, value = values[SH.sourceShape], values.get(SH.resultPath), values.get(SH.value)
        english, dutch = messages[shape]
        yield Result(
            severity=str(values[SH.resultSeverity]),
            shape=str(shape),
            constraint=str(values[SH.sourceConstraintComponent]),
            focus=values[SH.focusNode].n3(),
            path=None if path is None else str(path),
            value=None if value is None else value.n3(),
            message_en=english,
            message_nl=dutch,
        )


def _messages(shapes: Graph, shape: Node) -> tuple[str, str]:
    """Return the English and the Dutch message of a shape; its IRI where it has none.

    They are read from the shape, since pySHACL drops the language of the messages of SPARQL constraints.
    """
    texts = {getattr(text, "language", None): str(text) for text in shapes.objects(shape, SH.message)}
    return texts.get("en", str(shape)), texts.get("nl", str(shape))
