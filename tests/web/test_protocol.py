"""SPARQL 1.1 Protocol, section 2: each clause, over HTTP, on the real server."""

import json
from urllib.parse import urlencode

import pytest

from web.conftest import COUNT, G1, G2, Client

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CONSTRUCT = "PREFIX e: <https://example.org/> CONSTRUCT { e:1 ?p ?o } { e:1 ?p ?o }"


def count(body: bytes) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def test_2_1_1_a_query_by_get(client: Client) -> None:
    reply = client.get(COUNT)
    assert (reply.status, reply.type, count(reply.body)) == (200, "application/sparql-results+json", 400)


def test_2_1_2_a_query_by_post_in_a_form(client: Client) -> None:
    reply = client.send("POST", "/sparql", urlencode({"query": COUNT}).encode(), FORM)
    assert (reply.status, count(reply.body)) == (200, 400)


def test_2_1_3_a_query_by_post_as_the_body(client: Client) -> None:
    headers = {"Content-Type": "application/sparql-query; charset=utf-8"}
    reply = client.send("POST", f"/sparql?{urlencode({'default-graph-uri': G1})}", COUNT.encode(), headers)
    assert (reply.status, count(reply.body)) == (200, 100)


def test_2_1_4_the_protocols_dataset_replaces_that_of_the_text(client: Client) -> None:
    reply = client.get(COUNT.replace("{", f"FROM <{G1}> {{", 1), **{"default-graph-uri": G2})
    assert count(reply.body) == 300


def test_2_1_4_named_graphs_alone_leave_the_default_graph_empty(client: Client) -> None:
    assert count(client.get(COUNT, **{"named-graph-uri": G1}).body) == 0
    assert count(client.get("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", **{"named-graph-uri": G1}).body) == 100


def test_2_1_4_several_default_graphs_are_merged(client: Client) -> None:
    fields = urlencode([("query", COUNT), ("default-graph-uri", G1), ("default-graph-uri", G2)])
    assert count(client.send("GET", "/sparql?" + fields).body) == 400


@pytest.mark.parametrize(
    ("query", "accept", "media_type", "begins"),
    [
        (COUNT, None, "application/sparql-results+json", b'{"complete":true,"head"'),
        (COUNT, "application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        (COUNT, "text/csv", "text/csv; charset=utf-8", b"n\r\n400"),
        (COUNT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?n\n400"),
        ("ASK {}", "application/json", "application/sparql-results+json", b'{"complete":true,"head":{},"boolean":true'),
        (CONSTRUCT, None, "text/turtle; charset=utf-8", b"@prefix e: <https://example.org/>"),
        (CONSTRUCT, "application/n-triples", "application/n-triples", b"<https://example.org/1>"),
        (CONSTRUCT, "application/ld+json", "application/ld+json", b"[{"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml", b"<?xml"),
        ("DESCRIBE <https://example.org/1>", "text/*", "text/turtle; charset=utf-8", b"<https://example.org/1>"),
    ],
)
def test_2_1_5_the_answer_comes_in_the_accepted_format(
    client: Client, query: str, accept: str | None, media_type: str, begins: bytes
) -> None:
    reply = client.get(query, accept)
    assert (reply.status, reply.type) == (200, media_type)
    assert reply.body.startswith(begins)


def test_2_1_6_a_syntax_error_is_400_with_its_place(client: Client) -> None:
    reply = client.get("SELECT *\n{ ?s tg:x ?o }")
    assert reply.status == 400
    assert (reply.problem["line"], reply.problem["column"]) == (2, 6)
    assert reply.problem["remedy"] == "Add `PREFIX tg: <https://w3id.org/tradegraph/def#>` at the top."


def test_format_goes_before_accept(client: Client) -> None:
    assert client.get(COUNT, "text/csv", format="xml").type == "application/sparql-results+xml"


@pytest.mark.parametrize(("query", "names"), [("ASK {}", "format=json"), (CONSTRUCT, "format=ttl")])
def test_what_cannot_be_had_is_406_that_says_what_can(client: Client, query: str, names: str) -> None:
    reply = client.get(query, "text/csv")
    assert reply.status == 406
    assert names in str(reply.problem["remedy"])


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("?query=ASK%7B%7D&quary=1", "quary"),
        ("?query=ASK%7B%7D&query=ASK%7B%7D", "more than once"),
        ("?update=CLEAR%20ALL", "update"),
        ("?query=CLEAR%20ALL", "update"),
        ("?query=ASK%7B%7D&format=pdf", "pdf"),
        ("?query=ASK%7B%7D&timeout=61", "timeout=61"),
        ("?query=ASK%7B%7D&timeout=-1", "timeout=-1"),
        ("?query=ASK%7B%7D&default-graph-uri=x%20y", "x y"),
        ("?query=ASK%7B%7D" + "&named-graph-uri=http:x" * 6, "more than 5 graphs"),
        ("?query=%FF", "UTF-8"),
        ("?query=ASK%7BSERVICE%3Chttp:x%3E%7B%7D%7D", "SERVICE"),
        ("?query=ASK" + "%7B" * 300 + "%7D" * 300, "nested"),
    ],
)
def test_a_request_that_is_not_right_is_400_that_names_what(client: Client, path: str, says: str) -> None:
    reply = client.send("GET", "/sparql" + path)
    assert reply.status == 400
    assert says in str(reply.problem["detail"])


@pytest.mark.parametrize(
    ("status", "body", "media_type"),
    [
        (400, b"CLEAR ALL", "application/sparql-update"),
        (400, b"update=CLEAR+ALL", "application/x-www-form-urlencoded"),
        (400, b"", "application/x-www-form-urlencoded"),
        (400, b"\xff", "application/sparql-query"),
        (413, b"#" * 20_001, "application/sparql-query"),
        (413, b"#" * 200_001, "application/sparql-query"),
        (415, b"ASK {}", "text/plain"),
    ],
)
def test_a_body_that_will_not_do_has_its_own_status(client: Client, status: int, body: bytes, media_type: str) -> None:
    reply = client.send("POST", "/sparql", body, {"Content-Type": media_type})
    assert reply.status == status
    assert reply.problem["status"] == status


def test_an_address_too_long_is_414(client: Client) -> None:
    assert client.send("GET", "/sparql?query=" + "%20" * 20_100).status == 414


def test_other_methods_are_405_that_name_the_right_ones(client: Client) -> None:
    reply = client.send("DELETE", "/sparql")
    assert reply.status == 405
    assert "POST" in reply.headers["allow"]


def test_head_has_the_headers_of_get_and_no_body(client: Client) -> None:
    reply = client.send("HEAD", "/sparql?" + urlencode({"query": COUNT, "format": "csv"}))
    assert (reply.status, reply.type, reply.body) == (200, "text/csv; charset=utf-8", b"")


@pytest.mark.parametrize(("method", "path"), [("GET", "/sparql?query=x"), ("OPTIONS", "/sparql"), ("GET", "/none")])
def test_every_answer_may_be_read_from_any_page_and_has_its_safety_headers(
    client: Client, method: str, path: str
) -> None:
    headers = client.send(method, path).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-release"] == "r-test"


@pytest.mark.parametrize("accept", [None, "*/*", "text/turtle"])
def test_without_a_query_the_service_describes_itself(client: Client, accept: str | None) -> None:
    reply = client.get(accept=accept)
    assert (reply.status, reply.type) == (200, "text/turtle; charset=utf-8")
    assert b"sd:UnionDefaultGraph" in reply.body
    assert b"void:triples 300" in reply.body


def test_the_description_can_be_had_in_every_graph_format(client: Client) -> None:
    types = [client.get(format=name).type for name in ("ttl", "nt", "jsonld", "rdf")]
    assert [one.split(";")[0] for one in types] == [
        "text/turtle",
        "application/n-triples",
        "application/ld+json",
        "application/rdf+xml",
    ]


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("languages", "page"),
    [("nl,en;q=0.5", "/nl/sparql"), ("en-GB,en", "/en/sparql"), ("fr", "/nl/sparql"), (None, "/nl/sparql")],
)
def test_a_browser_is_sent_to_the_page_in_its_language_with_its_query(
    client: Client, languages: str | None, page: str
) -> None:
    headers = {"Accept": BROWSER, **({} if languages is None else {"Accept-Language": languages})}
    reply = client.send("GET", "/sparql?query=ASK%20%7B%7D&rows=2", headers=headers)
    assert (reply.status, reply.headers["location"]) == (303, f"{page}?query=ASK%20%7B%7D&rows=2")
    assert "Accept-Language" in reply.headers["vary"]
    assert client.send("HEAD", "/sparql", headers=headers).headers["location"] == page


def test_a_browser_that_names_a_format_gets_the_answer(client: Client) -> None:
    assert client.get(COUNT, BROWSER, format="csv").type == "text/csv; charset=utf-8"


def test_a_browser_gets_errors_as_a_page_with_nothing_of_the_query_unescaped(client: Client) -> None:
    form = urlencode({"query": "SELECT * { <script>alert }"}).encode()
    reply = client.send("POST", "/sparql", form, {**FORM, "Accept": BROWSER})
    assert (reply.status, reply.type) == (400, "text/html; charset=utf-8")
    assert b"<script>alert" not in reply.body


def test_the_landing_page_and_the_health_check_name_the_release(client: Client) -> None:
    assert client.send("GET", "/").headers["location"] == "/nl/"
    assert client.send("GET", "/", headers={"Accept-Language": "en"}).headers["location"] == "/en/"
    assert all(b"r-test" in client.send("GET", path).body for path in ("/nl/", "/en/"))
    assert json.loads(client.send("GET", "/healthz").body) == {"release": "r-test", "status": "ok"}
    assert client.send("GET", "/static/page.css").status == 200
