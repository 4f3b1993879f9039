"""The W3C suite of the SPARQL 1.1 Service Description: three cases, which its manifest states in words."""

from typing import Final

import pyoxigraph as ox
import pytest

from w3c.endpoint import Server
from w3c.suites import AT_HAND, DESCRIPTION, NOT_AT_HAND, RDF, Manifest

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
# Section 3 of the recommendation: what each property may stand on, and lead to. None: a resource without a class here.
PROPERTIES: Final = {
    "endpoint": ("Service", None),
    "feature": ("Service", None),
    "supportedLanguage": ("Service", None),
    "languageExtension": ("Service", None),
    "extensionFunction": ("Service", None),
    "extensionAggregate": ("Service", None),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "defaultEntailmentRegime": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
INDIVIDUALS: Final = {
    "supportedLanguage": {"SPARQL10Query", "SPARQL11Query"},
    "feature": {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
}


@pytest.fixture(scope="module")
def description(server: Server) -> frozenset[ox.Triple]:
    reply = server.send("GET", "/sparql", None, {"Accept": "text/turtle"})
    assert (reply.status, reply.media_type) == (200, "text/turtle")
    return frozenset(quad.triple for quad in ox.parse(reply.body, ox.RdfFormat.TURTLE))


@pytest.mark.skipif(not AT_HAND, reason=NOT_AT_HAND)
def test_the_suite_has_these_three_cases() -> None:
    names = [test.value.partition("#")[2] for test, _ in Manifest(DESCRIPTION.path).entries()]
    assert names == ["has-endpoint-triple", "returns-rdf", "conforms-to-schema"]
    assert len(names) == DESCRIPTION.cases


@pytest.mark.parametrize("accept", ["*/*", "text/turtle", "application/rdf+xml", "application/n-triples"])
def test_returns_rdf(server: Server, accept: str) -> None:
    reply = server.send("GET", "/sparql", None, {"Accept": accept})
    assert reply.status == 200
    form = ox.RdfFormat.from_media_type(reply.media_type)
    assert form is not None
    assert sum(1 for _ in ox.parse(reply.body, form)) > 0


def test_has_endpoint_triple(server: Server, description: frozenset[ox.Triple]) -> None:
    endpoints = [one.object for one in description if one.predicate.value == SD + "endpoint"]
    assert endpoints == [ox.NamedNode(f"http://127.0.0.1:{server.port}/sparql")]


def test_conforms_to_schema(description: frozenset[ox.Triple]) -> None:
    classes = {(one.subject, one.object) for one in description if one.predicate.value == RDF + "type"}
    used = [one for one in description if one.predicate.value.startswith(SD)]
    assert used
    for triple in used:
        name = triple.predicate.value.removeprefix(SD)
        domain, codomain = PROPERTIES[name]
        assert (triple.subject, ox.NamedNode(SD + domain)) in classes
        assert not isinstance(triple.object, ox.Literal)
        if codomain is not None:
            assert (triple.object, ox.NamedNode(SD + codomain)) in classes
        if name in INDIVIDUALS:
            assert str(triple.object)[len(SD) + 1 : -1] in INDIVIDUALS[name]


def test_exactly_one_service_is_described(description: frozenset[ox.Triple]) -> None:
    assert len([one for one in description if one.object == ox.NamedNode(SD + "Service")]) == 1


def test_the_default_graph_is_said_to_be_a_union_only_where_it_is(description: frozenset[ox.Triple]) -> None:
    assert ox.NamedNode(SD + "UnionDefaultGraph") not in {triple.object for triple in description}
