"""The W3C test suites, read from their manifests: each case with its query, its data and its expected result.

The test data is not part of the project. It stands beside it, in `../shared/w3c`: `rdf-tests/` and `data-shapes/` as
W3C publishes them. Files are called by the addresses that their manifests assume.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import pyoxigraph as ox

W3C: Final = Path(__file__).resolve().parents[3] / "shared" / "w3c"
NOT_AT_HAND: Final = "the W3C test suites are not at hand (../shared/w3c)"
AT_HAND: Final = (W3C / "rdf-tests").is_dir()
_FROM: Final = re.compile(r"\bFROM\s+(NAMED\s*)?<", re.IGNORECASE)
_ADDRESS: Final = "https://w3c.github.io/rdf-tests/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"

Kind = Literal["evaluation", "positive", "negative"]
KINDS: Final[dict[str, Kind]] = {
    "QueryEvaluationTest": "evaluation",
    "CSVResultFormatTest": "evaluation",
    "PositiveSyntaxTest": "positive",
    "PositiveSyntaxTest11": "positive",
    "NegativeSyntaxTest": "negative",
    "NegativeSyntaxTest11": "negative",
}
"""The classes of case that are about queries; the suites also have some about updates."""


@dataclass(frozen=True)
class Suite:
    """A suite: where its manifest is, how many cases about queries it should have and what their names begin with."""

    title: str
    manifest: str
    cases: int
    prefix: str

    @property
    def path(self) -> Path:
        """The manifest."""
        return W3C / "rdf-tests" / self.manifest


SPARQL_10: Final = Suite("SPARQL 1.0 Query", "sparql/sparql10/manifest.ttl", 482, "sparql10/")
SPARQL_11: Final = Suite("SPARQL 1.1 Query", "sparql/sparql11/manifest-sparql11-query.ttl", 328, "sparql11/")
JSON: Final = Suite("SPARQL 1.1 Results, JSON", "sparql/sparql11/json-res/manifest.ttl", 4, "sparql11/json-res#")
CSV_TSV: Final = Suite(
    "SPARQL 1.1 Results, CSV and TSV", "sparql/sparql11/csv-tsv-res/manifest.ttl", 6, "sparql11/csv-tsv-res#"
)
SPARQL_12: Final = Suite("SPARQL 1.2 Query, draft", "sparql/sparql12/manifest.ttl", 246, "sparql12/")
PROTOCOL: Final = Suite("SPARQL 1.1 Protocol", "sparql/sparql11/protocol/manifest.ttl", 34, "sparql11/protocol#")
DESCRIPTION: Final = Suite(
    "SPARQL 1.1 Service Description",
    "sparql/sparql11/service-description/manifest.ttl",
    3,
    "sparql11/service-description#",
)
UPDATE: Final = Suite("SPARQL 1.1 Update", "sparql/sparql11/manifest-sparql11-update.ttl", 149, "sparql11/update:")
GRAPH_STORE: Final = Suite(
    "SPARQL 1.1 Graph Store HTTP Protocol",
    "sparql/sparql11/graph-store-protocol/manifest.ttl",
    13,
    "sparql11/graph-store-protocol#",
)
RDF_11: Final = Suite("RDF 1.1, five formats", "rdf/rdf11/manifest.ttl", 992, "rdf11/")
RDF_12: Final = Suite("RDF 1.2, draft, five formats", "rdf/rdf12/manifest.ttl", 250, "rdf12/")
SUITES: Final = (
    SPARQL_10,
    SPARQL_11,
    JSON,
    CSV_TSV,
    PROTOCOL,
    DESCRIPTION,
    UPDATE,
    GRAPH_STORE,
    SPARQL_12,
    RDF_11,
    RDF_12,
)
QUERY_SUITES: Final = (SPARQL_10, SPARQL_11, JSON, CSV_TSV, SPARQL_12)


@dataclass(frozen=True)
class Case:
    """One test. `name` is folder and identifier: `sparql11/aggregates#agg01`; graphs are named by their address.

    `result` is None for syntax tests. With `lax`, a repeated row may be left out (REDUCED).
    """

    name: str
    kind: Kind
    query: Path
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    result: Path | None = None
    lax: bool = False

    @property
    def address(self) -> str:
        """The query's own address, which relative IRIs in it are resolved against."""
        return address_of(self.query)

    @property
    def text(self) -> str:
        """The query."""
        return self.query.read_text(encoding="utf-8")

    @property
    def own_dataset(self) -> bool:
        """Whether the query itself says which graphs it asks."""
        return self.kind == "evaluation" and _FROM.search(self.text) is not None


def address_of(path: Path) -> str:
    """Return the address of a file of the test suites."""
    return _ADDRESS + path.relative_to(W3C / "rdf-tests").as_posix()


def file_at(address: str) -> Path:
    """Return the file of an address."""
    return W3C / "rdf-tests" / address.removeprefix(_ADDRESS)


class Manifest:
    """A manifest as a graph, with the few ways of walking it that are needed here."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._store = ox.Store()
        self._store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=address_of(path))

    def values(self, subject: ox.NamedNode | ox.BlankNode, predicate: str) -> list[ox.NamedNode | ox.BlankNode]:
        """Return the nodes that a property leads to."""
        found = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return [quad.object for quad in found if isinstance(quad.object, ox.NamedNode | ox.BlankNode)]

    def text(self, subject: ox.NamedNode | ox.BlankNode, predicate: str) -> str | None:
        """Return the only literal of a property, or None."""
        found = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), None)

    def members(self, head: ox.NamedNode | ox.BlankNode) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """Yield the members of an RDF list."""
        while head != ox.NamedNode(RDF + "nil"):
            yield from self.values(head, RDF + "first")
            [head] = self.values(head, RDF + "rest")

    def listed(self, predicate: str) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """Yield the members of the list that the manifest itself has for a property."""
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            assert isinstance(quad.object, ox.NamedNode | ox.BlankNode)
            yield from self.members(quad.object)

    def entries(self) -> Iterator[tuple[ox.NamedNode, str]]:
        """Yield the tests in order, each with the name of its class."""
        for test in self.listed(MF + "entries"):
            assert isinstance(test, ox.NamedNode)
            [kind] = self.values(test, RDF + "type")
            assert isinstance(kind, ox.NamedNode)
            yield test, kind.value.partition("#")[2]


def manifests(path: Path) -> Iterator[Manifest]:
    """Yield a manifest and those that it includes."""
    manifest = Manifest(path)
    yield manifest
    for included in manifest.listed(MF + "include"):
        assert isinstance(included, ox.NamedNode)
        yield from manifests(file_at(included.value))


def name_of(manifest: Manifest, test: ox.NamedNode) -> str:
    """Return the short name of a test."""
    folder = manifest.path.parent.relative_to(W3C / "rdf-tests")
    return f"{'/'.join(folder.parts[1:])}#{test.value.partition('#')[2]}"


def suite_of(name: str) -> Suite:
    """Return the suite that a case belongs to."""
    return max((suite for suite in SUITES if name.startswith(suite.prefix)), key=lambda suite: len(suite.prefix))


def cases(suite: Suite) -> list[Case]:
    """Return the cases of a suite of queries, in the order of its manifests; none when the data is not at hand."""
    if not AT_HAND:
        return []
    return [
        _case(manifest, test, KINDS[kind])
        for manifest in manifests(suite.path)
        for test, kind in manifest.entries()
        if kind in KINDS
    ]


def _case(manifest: Manifest, test: ox.NamedNode, kind: Kind) -> Case:
    name = name_of(manifest, test)
    [action] = manifest.values(test, MF + "action")
    if kind != "evaluation":
        assert isinstance(action, ox.NamedNode)
        return Case(name, kind, file_at(action.value))
    [query], [result] = manifest.values(action, QT + "query"), manifest.values(test, MF + "result")
    assert isinstance(query, ox.NamedNode)
    assert isinstance(result, ox.NamedNode)
    default = [node.value for node in manifest.values(action, QT + "data")]
    named = [node.value for node in manifest.values(action, QT + "graphData")]
    # Such a file is a whole dataset: its triples and the graphs that it names itself.
    named += [graph for address in default for graph in _graphs_in(file_at(address))]
    lax = bool(manifest.values(test, MF + "resultCardinality"))
    return Case(name, kind, file_at(query.value), tuple(default), tuple(named), file_at(result.value), lax)


def _graphs_in(path: Path) -> list[str]:
    if path.suffix != ".trig":
        return []
    quads = ox.parse(path=str(path), base_iri=address_of(path))
    return sorted({quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)})
