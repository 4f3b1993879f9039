"""Validates a dataset against the SHACL shapes and reports what was found, the same bytes for the same input.

The verdict is pySHACL's, on an rdflib graph that holds the union of all named graphs: on a pyoxigraph store it would
take a plain string for another term than the same string in a shape. ("Shapes Constraint Language (SHACL)", W3C
Recommendation, 20 July 2017; sections cited below are of that text.)
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

import pyshacl
import rdflib
from pyoxigraph import BlankNode, RdfFormat, Triple, parse, serialize
from pyshacl.graph_abstraction import DataGraph
from rdflib import SH, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as SparqlResult
from rdflib.term import Node

from tradegraph.errors import OntologyError
from tradegraph.namespaces import ID, PREFIXES, shrink

VIOLATION: Final = PREFIXES["sh"] + "Violation"
WARNING: Final = PREFIXES["sh"] + "Warning"
INFO: Final = PREFIXES["sh"] + "Info"
SEVERITIES: Final = (VIOLATION, WARNING, INFO)
"""The severities of section 2.1.4, gravest first: the order of a report."""

_WORDS: Final = {
    VIOLATION: ("Violations", "Overtredingen"),
    WARNING: ("Warnings", "Waarschuwingen"),
    INFO: ("Notes", "Opmerkingen"),
}
_USED: Final = ("rdf", "sh", "xsd")


@dataclass(frozen=True, order=True)
class Result:
    """One validation result (section 3.6.2).

    `severity`, `shape`, `constraint` (its component) and `path` are IRIs; `focus` and `value` are RDF terms in
    N-Triples form, so that a literal keeps its language or datatype. `path` and `value` may be absent.
    """

    severity: str
    shape: str
    constraint: str
    focus: str
    path: str | None
    value: str | None
    message_en: str
    message_nl: str

    @property
    def iri(self) -> str:
        """IRI derived from everything the result says but its messages."""
        parts = (self.severity, self.shape, self.constraint, self.focus, self.path or "", self.value or "")
        return f"{ID}validation-result/{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:20]}"

    def __str__(self) -> str:
        shown = f": {_show(self.value)}" if self.value not in (None, self.focus) else ""
        return f"{_show(self.focus)}{' ' + shrink(self.path) if self.path else ''}{shown}"


@dataclass(frozen=True)
class ShaclReport:
    """What the shapes say of a dataset: results in order of severity, shape, focus node, path and value."""

    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Whether no result is a Violation; warnings and notes leave a dataset sound."""
        return not any(result.severity == VIOLATION for result in self.results)

    def of(self, severity: str) -> tuple[Result, ...]:
        """Return the results of one severity."""
        return tuple(result for result in self.results if result.severity == severity)

    def turtle(self) -> str:
        """Return the validation report (section 3.6.1) in Turtle, without blank nodes.

        `sh:conforms` follows our policy: true when there are results, but no Violation among them.
        """
        contents = hashlib.sha256(repr([astuple(result) for result in self.results]).encode()).hexdigest()[:20]
        lines = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in _USED]
        lines += ["", f"<{ID}validation-report/{contents}>", "    a sh:ValidationReport ;"]
        if self.results:
            lines += ["    sh:result", *_last_with(";", [f"        <{result.iri}>" for result in self.results])]
        lines.append(f"    sh:conforms {str(self.conforms).lower()} .")
        for result in self.results:
            lines += ["", *_turtle(result)]
        return "\n".join(lines) + "\n"

    def text(self) -> str:
        """Return the report as a page of text in English and Dutch, grouped by severity and shape."""
        verdict = ("conforms", "voldoet") if self.conforms else ("does not conform", "voldoet niet")
        lines = [f"SHACL: the graph {verdict[0]} / de graaf {verdict[1]}"]
        for severity in SEVERITIES:
            found = self.of(severity)
            english, dutch = _WORDS[severity]
            lines += ["", f"{english} / {dutch}: {len(found)}"]
            shape = ""
            for result in found:
                if result.shape != shape:
                    shape = result.shape
                    lines += ["", f"{shrink(shape)}", f"  {result.message_en}", f"  {result.message_nl}"]
                lines.append(f"    {result}")
        return "\n".join(lines)


def validate(nquads: bytes, shape_files: Sequence[Path]) -> ShaclReport:
    """Validate N-Quads, as the union of their graphs, against the shapes of all files together.

    Raises `OntologyError` for a shapes file that is not Turtle. Cost: linear in focus nodes for plain constraints.
    """
    shapes = read_shapes(shape_files)
    with _own_rdflib_settings():
        data = _QueryCachingGraph()
        triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in parse(nquads, RdfFormat.N_QUADS))
        data.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
        _, report, _ = pyshacl.validate(DataGraph.from_rdflib_graph(data), shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)  # noqa: S101 - pySHACL returns text or bytes only when it is asked to
    return ShaclReport(tuple(sorted(set(_results(report, shapes)), key=_order)))


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
        shapes.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
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


def _order(result: Result) -> tuple[object, ...]:
    place = SEVERITIES.index(result.severity) if result.severity in SEVERITIES else len(SEVERITIES)
    return place, result.shape, result.focus, result.path or "", result.value or "", result.constraint


def _turtle(result: Result) -> list[str]:
    pairs = [
        ("sh:resultSeverity", shrink(result.severity)),
        ("sh:sourceShape", f"<{result.shape}>"),
        ("sh:sourceConstraintComponent", shrink(result.constraint)),
        ("sh:focusNode", result.focus),
        *([("sh:resultPath", f"<{result.path}>")] if result.path else []),
        *([("sh:value", result.value)] if result.value else []),
        ("sh:resultMessage", rdflib.Literal(result.message_en, lang="en").n3()),
        ("sh:resultMessage", rdflib.Literal(result.message_nl, lang="nl").n3()),
    ]
    lines = [f"<{result.iri}>", "    a sh:ValidationResult ;", *(f"    {key} {value} ;" for key, value in pairs)]
    lines[-1] = lines[-1][:-1] + "."
    return lines


def _last_with(mark: str, items: list[str]) -> list[str]:
    return [f"{item} ," for item in items[:-1]] + [f"{items[-1]} {mark}"]


def _show(term: str | None) -> str:
    text = term or ""
    return shrink(str(URIRef(text[1:-1]))) if text.startswith("<") else text
