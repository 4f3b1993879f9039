"""What an answer says of itself: whether it is complete, and what was added or left out on request."""

import csv
import io
import json
import socket
import xml.etree.ElementTree as ET

import pytest

from web.conftest import COUNT, G1, Client, Serve, numbers

ALL = "SELECT ?o { ?s <https://example.org/number> ?o }"
NUMBERED = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o"
PAIRS = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@pytest.fixture(scope="session")
def named(serve: Serve) -> Client:
    """A server of two things with labels in two languages."""
    return serve(
        [
            f'<https://example.org/a> <{LABEL}> "a thing"@en <{G1}> .\n',
            f'<https://example.org/a> <{LABEL}> "een ding"@nl <{G1}> .\n',
            f'<https://example.org/b> <{LABEL}> "ander ding"@nl <{G1}> .\n',
            f"<https://example.org/a> <https://example.org/next> <https://example.org/b> <{G1}> .\n",
        ]
    )


@pytest.fixture(scope="session")
def strict(serve: Serve) -> Client:
    """A server whose answers have at most 1,000 rows and 1 MiB."""
    return serve(numbers(), max_answer_rows=1000, max_answer_mb=1)


def read_all(connection: socket.socket) -> bytes:
    received = b""
    while piece := connection.recv(1 << 20):
        received += piece
    return received


def looks_incomplete(received: bytes, form: str) -> bool:
    """Whether an answer is an error, or is broken off, or says of itself that there is more."""
    head, _, body = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        return head.startswith(b"HTTP/1.1 507") and b"answer-limit" in body
    if b"x-result-complete: false" in head.lower():
        said_in_body = form != "json" or b'"complete":false' in body
        return said_in_body and b"x-result-incomplete-reason: 1000 rows" in head.lower() and b"-partial." in head
    return b"content-length" not in head.lower() and not body.endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("query", [NUMBERED, PAIRS])
def test_a_complete_answer_says_so(client: Client, query: str, form: str) -> None:
    reply = client.get(query, format=form)
    assert reply.headers["x-result-complete"] == "true"
    assert "x-result-incomplete-reason" not in reply.headers
    assert reply.headers["content-disposition"] == f'inline; filename="answer.{form}"'


def test_json_says_so_in_its_first_member_when_it_came_at_once(client: Client) -> None:
    members = json.loads(client.get(NUMBERED).body)
    assert list(members) == ["complete", "head", "results"]
    assert members["complete"] is True
    assert list(json.loads(client.get("ASK {}").body)) == ["complete", "head", "boolean"]


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_the_first_rows_are_the_first_rows_and_say_that_there_are_more(client: Client, form: str) -> None:
    reply = client.get(NUMBERED, format=form, rows="3")
    assert (reply.status, reply.headers["x-result-complete"]) == (200, "false")
    assert "first 3 rows" in reply.headers["x-result-incomplete-reason"]
    assert reply.headers["content-disposition"] == f'inline; filename="answer-partial.{form}"'
    text = reply.body.decode()
    if form == "json":
        members = json.loads(text)
        assert (members["complete"], "first 3 rows" in members["reason"]) == (False, True)
        assert [row["o"]["value"] for row in members["results"]["bindings"]] == ["0", "1", "2"]
    elif form == "xml":
        assert len(ET.fromstring(text).findall(".//{*}result")) == 3
    else:
        assert text.count("https://example.org/") == 3


def test_as_many_rows_as_there_are_is_complete(client: Client) -> None:
    reply = client.get(NUMBERED, format="csv", rows="400")
    assert (reply.headers["x-result-complete"], reply.body.count(b"\r\n")) == ("true", 401)
    assert client.get(NUMBERED, format="csv", rows="399").headers["x-result-complete"] == "false"


def test_the_first_of_endlessly_many_rows_come_without_the_others(client: Client) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    reply = client.get(query, format="csv", rows="2000")
    assert (reply.headers["x-result-complete"], reply.body.count(b"\r\n")) == ("false", 2001)
    members = json.loads(client.get(query, rows="2000").body)
    assert (members["complete"], len(members["results"]["bindings"])) == (False, 2000)


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf"])
def test_the_first_triples_too(client: Client, form: str) -> None:
    reply = client.get(GRAPH, format=form, rows="3")
    assert reply.headers["x-result-complete"] == "false"
    assert reply.body.count(b"https://example.org/number") + reply.body.count(b"<number ") >= 1
    assert client.get(GRAPH, format=form, rows="400").headers["x-result-complete"] == "true"


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("rows", "0"),
        ("rows", "-1"),
        ("rows", "100001"),
        ("rows", "many"),
        ("rows", "٣"),
        ("rows", "9" * 5000),
        ("labels", "de"),
        ("prefixes", "yes"),
        ("rewrite", "no"),
    ],
)
def test_a_value_that_means_nothing_here_is_400_that_names_the_parameter(
    client: Client, parameter: str, value: str
) -> None:
    reply = client.get(COUNT, **{parameter: value})
    assert reply.status == 400
    assert f"{parameter}={value[:20]}" in str(reply.problem["detail"])


def test_labels_stand_right_after_what_they_name(named: Client) -> None:
    reply = named.get("SELECT ?s ?n { ?s <https://example.org/next> ?n }", format="csv", labels="nl")
    assert list(csv.reader(io.StringIO(reply.body.decode()))) == [
        ["s", "sLabel", "n", "nLabel"],
        ["https://example.org/a", "een ding", "https://example.org/b", "ander ding"],
    ]
    english = named.get("SELECT ?s { ?s <https://example.org/next> ?n }", format="json", labels="en")
    assert json.loads(english.body)["results"]["bindings"][0]["sLabel"]["value"] == "a thing"
    assert english.headers["x-result-complete"] == "true"


def test_labels_and_rows_go_together(named: Client) -> None:
    query = f"SELECT ?s {{ ?s <{LABEL}> ?l }} ORDER BY ?s"
    reply = named.get(query, format="csv", labels="en", rows="1")
    assert (reply.headers["x-result-complete"], reply.body.count(b"\r\n")) == ("false", 2)
    assert b"a thing" in reply.body


def test_the_prefixes_of_the_release_can_be_had_without_declaring_them(named: Client) -> None:
    query = "SELECT ?l { <https://example.org/b> rdfs:label ?l }"
    assert named.get(query).status == 400
    assert named.get(query, format="csv", prefixes="release").body == b"l\r\nander ding\r\n"


def test_prefixes_in_the_text_go_before_those_of_the_release(named: Client) -> None:
    query = "PREFIX rdfs: <https://example.org/> SELECT ?n { <https://example.org/a> rdfs:next ?n }"
    assert named.get(query, format="csv", prefixes="release").body == b"n\r\nhttps://example.org/b\r\n"


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?c { ?a ?b ?c . ?d ?e ?f } LIMIT 1001",
        "SELECT ?c { ?a ?b ?c . ?d ?e ?f } LIMIT 9000",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    ],
)
def test_an_answer_of_more_rows_than_may_be_never_looks_complete(strict: Client, query: str, form: str) -> None:
    with strict.raw(query, "Connection: close", format=form) as connection:
        received = read_all(connection)
    assert looks_incomplete(received, form)


def test_as_many_rows_as_may_be_are_complete(strict: Client) -> None:
    reply = strict.get("SELECT ?c { ?a ?b ?c . ?d ?e ?f } LIMIT 1000", format="csv")
    assert (reply.headers["x-result-complete"], reply.body.count(b"\r\n")) == ("true", 1001)


def test_an_answer_of_more_bytes_than_may_be_never_looks_complete(strict: Client) -> None:
    query = "SELECT (CONCAT(" + ", ".join(['"' + "x" * 1000 + '"'] * 15) + ") AS ?x) { ?s ?p ?o }"
    with strict.raw(query, "Connection: close", format="csv") as connection:
        received = read_all(connection)
    assert looks_incomplete(received, "csv")


def test_the_first_rows_of_an_answer_that_is_too_large_can_be_had(strict: Client) -> None:
    reply = strict.get("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", format="csv", rows="1000")
    assert (reply.status, reply.headers["x-result-complete"]) == (200, "false")
