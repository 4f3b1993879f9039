"""The fast lane and the application give the same answers, and the lane leaves nothing behind."""

import json
import socket
from collections.abc import Mapping
from urllib.parse import quote, urlencode

import pytest

from web.conftest import COUNT, ENDLESS_AND_LIGHT, POINT, Client, Reply, wait_until

# Long enough that it is too long for the lane when each of its bytes is written as three.
_PADDING = "\n#" + "x" * 3500
HEADERS = [
    {},
    {"Accept": "text/csv"},
    {"Accept": "application/sparql-results+xml;q=0.5, text/tab-separated-values"},
    {"Accept-Encoding": "gzip"},
    {"Accept-Encoding": "zstd, gzip;q=0.5", "Accept": "application/json"},
    {"Accept": "image/png"},
    {"Origin": "https://example.org"},
    {"X-Forwarded-For": "192.0.2.1"},
]
QUERIES = [
    COUNT,
    POINT,
    "SELECT * { ?s <https://example.org/number> ?o } ORDER BY ?s",
    "SELECT ?o { ?s <https://example.org/number> ?o } ORDER BY ?o",
    "ASK { ?s <https://example.org/number> 7 }",
    "ASK { FILTER(<https://example.org/f>(1)) }",
    "CONSTRUCT { ?s <https://example.org/p> ?o } WHERE { ?s <https://example.org/number> ?o FILTER(?o < 9) }",
    "DESCRIBE <https://example.org/7>",
    "SELECT ?x { BIND(1 AS ?x) } LIMIT 0",
    "SELECT ?missing { }",
    'SELECT ("é\\"<&>" AS ?x) {}',
    "PREFIX e: <https://example.org/> SELECT ?o { e:7 e:number ?o }",
    "SELECT * { ?s e:number ?o }",
    "SELECT * { ?s",
    "SELECT * FROM <https://example.org/graph/1> { ?s <https://example.org/number> ?o } ORDER BY ?s",
    "SELECT (CONCAT('a', STR(?o)) AS ?x) { ?s <https://example.org/number> ?o } ORDER BY ?x LIMIT 5",
    "CLEAR ALL",
    "nothing",
]
PARAMETERS = [
    {"rows": "2"},
    {"rows": "2", "format": "csv"},
    {"labels": "nl"},
    {"prefixes": "release", "format": "tsv"},
    {"format": "xml"},
    {"format": "pdf"},
    {"timeout": "5"},
    {"timeout": "1000"},
    {"default-graph-uri": "https://example.org/graph/1"},
    {"named-graph-uri": "https://example.org/graph/1"},
    {"unknown": "1"},
    {"rewrite": "off"},
]


def every_byte_escaped(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def both_ways(
    client: Client, query: str, parameters: Mapping[str, str], headers: Mapping[str, str], method: str = "GET"
) -> list[Reply]:
    """Ask the same twice: in few bytes, as the lane takes it, and in too many bytes for the lane."""
    replies = []
    for written in (quote(query + _PADDING, safe=""), every_byte_escaped(query + _PADDING)):
        fields = f"query={written}" + "".join(f"&{name}={quote(value)}" for name, value in parameters.items())
        if method == "POST":
            form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
            replies.append(client.send("POST", "/sparql", fields.encode(), form))
        else:
            replies.append(client.send("GET", f"/sparql?{fields}", headers=headers))
    return replies


def seen(reply: Reply) -> tuple[int, dict[str, str], bytes]:
    """Return all that a client sees, but for the time of day."""
    return reply.status, {name: value for name, value in reply.headers.items() if name != "date"}, reply.body


@pytest.mark.parametrize("headers", HEADERS, ids=str)
@pytest.mark.parametrize("query", QUERIES)
def test_an_answer_is_the_same_whichever_way_it_went(client: Client, query: str, headers: dict[str, str]) -> None:
    lane, application = both_ways(client, query, {}, headers)
    assert seen(lane) == seen(application)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("parameters", PARAMETERS, ids=str)
@pytest.mark.parametrize("query", [COUNT, POINT, *QUERIES[2:4], QUERIES[6]])
def test_with_every_parameter_too(client: Client, query: str, parameters: dict[str, str], method: str) -> None:
    lane, application = both_ways(client, query, parameters, {}, method)
    assert seen(lane) == seen(application)


def test_unchanged_is_the_same_whichever_way(client: Client) -> None:
    known = both_ways(client, POINT + " # unchanged", {"format": "csv"}, {}, "POST")[0].headers["etag"]
    lane, application = both_ways(client, POINT + " # unchanged", {"format": "csv"}, {"If-None-Match": known})
    assert lane.status == 304
    assert seen(lane) == seen(application)


def test_a_client_that_hangs_up_at_once_leaves_no_place_taken(client: Client) -> None:
    for number in range(30):
        client.raw(f"{ENDLESS_AND_LIGHT} # {number}").close()
    wait_until(lambda: client.get(POINT + "# hung up", format="csv").body == b"o\r\n7\r\n")
    wait_until(client.has_all_its_places)


def test_requests_one_after_the_other_on_one_connection_keep_their_order(client: Client) -> None:
    texts = [f"SELECT ({number} AS ?x) {{}}" for number in range(20)]
    with socket.create_connection(("127.0.0.1", client.port), timeout=30) as connection:
        for text in texts:
            path = "/sparql?" + urlencode({"query": text, "format": "csv"})
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        received = b""
        while received.count(b"\r\n\r\nx\r\n") < len(texts):
            received += connection.recv(1 << 16)
    bodies = [part.split(b"\r\n")[0] for part in received.split(b"\r\n\r\nx\r\n")[1:]]
    assert [int(body) for body in bodies] == list(range(20))


def test_a_worker_that_dies_of_a_light_query_costs_an_answer_and_no_more(client: Client) -> None:
    text = (
        "SELECT ?x { "
        + "BIND('a' AS ?v0) "
        + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(28))
        + " BIND(?v28 AS ?x) }"
    )
    reply = client.get(text)
    assert reply.problem["status"] in (400, 507)
    assert json.loads(client.get(COUNT + "# died").body)["complete"] is True
    wait_until(client.has_all_its_places)
