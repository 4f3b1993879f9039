"""Rules of the SPARQL 1.1 Protocol that its test suite leaves out; each test is named for the section it comes from."""

import json
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from tradegraph.namespaces import BASE
from w3c.endpoint import FORM, Server

G1, G2, G3 = (f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in (1, 2, 3))
QUERY_TYPE = {"Content-Type": "application/sparql-query"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def value(body: bytes) -> str:
    [binding] = json.loads(body)["results"]["bindings"]
    [found] = binding.values()
    text: str = found["value"]
    return text


def test_2_1_1_a_query_in_the_address_is_percent_encoded_utf8(server: Server) -> None:
    query = quote('SELECT ("é€😀+&=#" AS ?x) {}', safe="")
    assert value(server.send("GET", f"/sparql?query={query}", None, {}).body) == "é€😀+&=#"


def test_2_1_1_the_order_of_parameters_does_not_matter(server: Server) -> None:
    parameters = [("default-graph-uri", G1), ("query", COUNT), ("named-graph-uri", G2)]
    answers = [
        server.send("GET", "/sparql?" + urlencode(order), None, {}).body for order in (parameters, parameters[::-1])
    ]
    assert value(answers[0]) == value(answers[1]) == "1"


def test_2_1_2_the_dataset_may_stand_in_the_form(server: Server) -> None:
    body = urlencode([("query", COUNT), ("default-graph-uri", G1)]).encode()
    assert value(server.send("POST", "/sparql", body, FORM).body) == "1"


def test_2_1_3_the_body_is_the_query_as_it_stands(server: Server) -> None:
    body = 'SELECT ("%41+é" AS ?x) {}'.encode()
    assert value(server.send("POST", "/sparql", body, QUERY_TYPE).body) == "%41+é"


def test_2_1_3_the_dataset_stands_in_the_address(server: Server) -> None:
    path = "/sparql?" + urlencode([("default-graph-uri", G1)])
    assert value(server.send("POST", path, COUNT.encode(), QUERY_TYPE).body) == "1"


def test_2_1_3_a_charset_of_utf8_may_be_named(server: Server) -> None:
    headers = {"Content-Type": "application/sparql-query; charset=utf-8"}
    assert server.send("POST", "/sparql", b"ASK {}", headers).status == 200


def test_2_1_4_the_query_names_the_dataset_when_the_request_does_not(server: Server) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{G1}> FROM NAMED <{G2}> {{ ?s ?p ?o }}"
    assert value(server.ask(query, "application/sparql-results+json").body) == "1"


def test_2_1_4_the_request_replaces_both_sides_of_the_querys_dataset(server: Server) -> None:
    query = f"ASK FROM <{G1}> FROM NAMED <{G2}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH <{G2}> {{ ?s ?p ?o }} }} }}"
    body = server.ask(query, "application/sparql-results+json", [("named-graph-uri", G3)]).body
    assert json.loads(body)["boolean"] is False


def test_2_1_4_without_any_dataset_the_servers_own_is_asked(server: Server) -> None:
    query = f"ASK {{ GRAPH <{G1}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ ?s ?p ?o }} }}"
    assert json.loads(server.ask(query, "application/sparql-results+json").body)["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0.2, text/csv;q=0.9", "text/csv"),
        ("text/*", "text/csv"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_2_1_5_the_format_is_negotiated(server: Server, accept: str, media_type: str) -> None:
    assert server.ask("SELECT (1 AS ?x) {}", accept).media_type == media_type


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("SELECT * {}", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml"),
        ("CONSTRUCT {} {}", "text/turtle"),
        ("DESCRIBE <https://example.org/a>", "application/rdf+xml"),
    ],
)
def test_2_1_6_every_form_of_query_succeeds_with_a_body_in_its_kind_of_format(
    server: Server, query: str, accept: str
) -> None:
    reply = server.ask(query, accept)
    assert (reply.status, reply.media_type) == (200, accept)


def test_2_1_7_a_malformed_query_is_400_with_an_explanation(server: Server) -> None:
    reply = server.ask("SELECT * {", "*/*")
    assert reply.status == 400
    assert "never closed" in json.loads(reply.body)["detail"]


def test_2_1_7_a_query_that_the_service_refuses_is_explained_too(server: Server) -> None:
    reply = server.ask("ASK { SERVICE <https://example.org/> {} }", "*/*")
    assert reply.status == 400
    assert "SERVICE is not available" in json.loads(reply.body)["detail"]


def test_2_2_an_update_is_refused_however_it_is_sent(server: Server) -> None:
    sent = [
        (b"CLEAR ALL", {"Content-Type": "application/sparql-update"}),
        (b"update=CLEAR%20ALL", FORM),
        (b"CLEAR ALL", QUERY_TYPE),
    ]
    assert [server.send("POST", "/sparql", body, headers).status for body, headers in sent] == [400, 400, 400]


def test_query_4_1_1_relative_addresses_are_resolved_against_the_base_of_the_service(server: Server) -> None:
    answer = server.ask("CONSTRUCT { <s> <p> <o> } {}", "application/n-triples").body
    [quad] = ox.parse(answer, ox.RdfFormat.N_TRIPLES)
    assert quad.subject == ox.NamedNode(BASE + "s")


def test_query_4_1_1_a_base_in_the_query_goes_before_it(server: Server) -> None:
    query = "BASE <https://example.org/a/> CONSTRUCT { <s> <p> <o> } {}"
    [quad] = ox.parse(server.ask(query, "application/n-triples").body, ox.RdfFormat.N_TRIPLES)
    assert quad.subject == ox.NamedNode("https://example.org/a/s")
