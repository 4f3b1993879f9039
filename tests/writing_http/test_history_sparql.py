"""The history asked in SPARQL: who wrote which triple when, and what became of it."""

import json
import threading
from typing import cast
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from writing_http.conftest import Reply, Serve, Writable, children, wait_until

QUERY = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PARTS = """
SELECT ?number ?what ?o {
  ?write dct:identifier ?number ; prov:generated|prov:invalidated ?part .
  ?part dct:isPartOf/prov:specializationOf <%s> .
  GRAPH ?part { <a:s> <a:p> ?o }
  BIND (IF(EXISTS { ?write prov:generated ?part }, "added", "removed") AS ?what)
} ORDER BY ?number ?what ?o"""


def asked(server: Writable, query: str, **parameters: str) -> Reply:
    given = urlencode({"query": query, "prefixes": "release", **parameters})
    return server.send("GET", f"/history/sparql?{given}", headers={"Accept": "application/sparql-results+json"})


def rows(server: Writable, query: str) -> list[tuple[str, ...]]:
    answer = asked(server, query)
    assert answer.status == 200, answer.body
    bindings = json.loads(answer.body)["results"]["bindings"]
    return [tuple(term["value"] for term in row.values()) for row in bindings]


def number(reply: Reply) -> str:
    return str(cast("int", reply.json["number"]))


def test_it_is_known_which_write_added_and_removed_a_triple(server: Writable, graph: str) -> None:
    first = number(server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> 1, 2 }} }}"))
    second = number(server.update(f"DELETE DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> 1 }} }}"))
    third = number(server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> 1 }} }}"))
    assert rows(server, PARTS % graph) == [
        (first, "added", "1"),
        (first, "added", "2"),
        (second, "removed", "1"),
        (third, "added", "1"),
    ]


def test_every_question_knows_all_that_was_acknowledged_before_it(server: Writable, graph: str) -> None:
    for value in range(20):
        made = number(server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> {value} }} }}"))
        assert rows(server, "SELECT (MAX(?n) AS ?last) { ?write dct:identifier ?n }") == [(made,)]


def test_a_write_may_come_while_the_history_is_read_for_the_first_time(serve: Serve) -> None:
    server, graph = serve(), "https://example.org/own/first"
    before = len(children(server.serving()))
    counts: list[int] = []
    count = "SELECT (COUNT(*) AS ?n) { ?write a prov:Activity }"
    for value in range(30):
        server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> {value} }} }}")
    assert len(children(server.serving())) == before, "nothing runs that nobody has asked for"
    asking = threading.Thread(target=lambda: counts.append(int(rows(server, count)[0][0])))
    asking.start()
    for value in range(30, 60):
        server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> {value} }} }}")
    asking.join()
    assert 30 <= counts[0] <= 60
    assert rows(server, count) == [("60",)]


def test_the_default_graph_is_the_provenance_and_what_was_written_stands_apart(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, '<a:s> <a:p> "only here" .')
    assert rows(server, 'SELECT ?s { ?s ?p "only here" }') == []
    [part] = rows(
        server, f'SELECT ?part {{ GRAPH ?part {{ ?s ?p "only here" }} FILTER (CONTAINS(STR(?part), "{graph[-8:]}")) }}'
    )
    given = asked(server, "SELECT ?o { <a:s> ?p ?o }", **{"default-graph-uri": part[0]})
    assert "only here" in given.text


def test_blank_nodes_are_the_same_ones_in_all_parts(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, "<a:s> <a:p> [ <a:q> 1 ] .")
    server.update(f"DELETE WHERE {{ GRAPH <{graph}> {{ ?b <a:q> 1 }} }}")
    found = rows(
        server,
        f"""SELECT ?s {{ ?part dct:isPartOf/prov:specializationOf <{graph}> . GRAPH ?part {{ ?s <a:p> ?b }}
        ?write prov:invalidated ?gone . GRAPH ?gone {{ ?b <a:q> 1 }} }}""",
    )
    assert found == [("a:s",)]


def test_a_question_may_come_in_each_way_of_the_protocol(server: Writable) -> None:
    ask = "ASK { ?write a <http://www.w3.org/ns/prov#Activity> }"
    for reply in (
        server.send("GET", "/history/sparql?" + urlencode({"query": ask})),
        server.send("POST", "/history/sparql", ask, QUERY),
        server.send("POST", "/history/sparql", urlencode({"query": ask, "format": "json"}), FORM),
    ):
        assert (reply.status, b"boolean" in reply.body) == (200, True)
    head = server.send("HEAD", "/history/sparql?" + urlencode({"query": ask}))
    assert (head.status, head.body) == (200, b"")
    assert server.send("OPTIONS", "/history/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_the_service_describes_itself(server: Writable) -> None:
    described = server.send("GET", "/history/sparql", headers={"Accept": "application/n-triples"})
    service = ox.NamedNode(f"http://127.0.0.1:{server.port}/history/sparql")
    found = list(ox.parse(described.body, format=ox.RdfFormat.N_TRIPLES))
    assert [quad.object for quad in found if quad.predicate.value.endswith("#endpoint")] == [service]


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/history/sparql?query=SELECT", None, {}, 400),
        ("GET", "/history/sparql?query=ASK%7B%7D&bogus=1", None, {}, 400),
        ("GET", "/history/sparql?query=ASK%7B%7D", None, {"Accept": "image/png"}, 406),
        ("POST", "/history/sparql", "", QUERY, 400),
        ("POST", "/history/sparql", "ASK {}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/history/sparql", "CLEAR ALL", {"Content-Type": "application/sparql-update"}, 400),
        ("POST", "/history/sparql", "#" * 1_000_000, QUERY, 413),
        ("PUT", "/history/sparql", "ASK {}", QUERY, 405),
        ("GET", "/history/sparql?query=SELECT+*+%7B+SERVICE+%3Chttp%3A%2F%2F127.0.0.1%2F%3E+%7B+%3Fs+%3Fp+%3Fo+%7D+%7D",
         None, {}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_as_everywhere(
    server: Writable, method: str, path: str, body: str | None, headers: dict[str, str], status: int
) -> None:
    refused = server.send(method, path, body, headers)
    assert (refused.status, bool(refused.problem)) == (status, True)


def test_a_query_that_takes_too_long_is_stopped(serve: Serve) -> None:
    server = serve(query_time_limit_s=2)
    server.graph("PUT", "https://example.org/own/many", f"<a:s> <a:p> {', '.join(map(str, range(900)))} .")
    # On a busy machine, the history may not be read within the limit either.
    wait_until(lambda: asked(server, "ASK {}").status == 200)
    slow = " ".join(f"GRAPH ?g{n} {{ ?s{n} ?p{n} ?o{n} }}" for n in range(3))
    stopped = asked(server, f"SELECT (COUNT(*) AS ?n) {{ {slow} FILTER (?o0 + ?o1 < ?o2) }}")
    assert (stopped.status, "time limit" in stopped.problem) == (504, True)


def test_reading_takes_a_token_for_reading_and_no_other(server: Writable) -> None:
    path = "/history/sparql?query=ASK%7B%7D"
    for method in ("GET", "POST"):
        assert server.as_holder(None).send(method, path).status == 401
        assert server.as_holder(server.others["other"]).send(method, path).status == 403
    reader = server.as_holder(server.others["reader"])
    assert reader.send("GET", path).status == 200
    assert reader.send("POST", "/history/sparql", "ASK {}", QUERY).status == 200


def test_answers_are_kept_by_nobody_else(server: Writable, graph: str) -> None:
    path = "/history/sparql?" + urlencode({"query": "SELECT ?w { ?w a <http://www.w3.org/ns/prov#Activity> }"})
    first = server.send("GET", path, headers={"Origin": "https://evil.example"})
    assert first.headers["cache-control"] == "private, no-cache"
    assert "authorization" in first.headers["vary"].lower()
    assert [name for name in first.headers if name.startswith("access-control-")] == []
    tag = {"If-None-Match": first.headers["etag"]}
    assert server.send("GET", path, headers=tag).status == 304
    server.graph("PUT", graph, "<a:s> <a:p> 1 .")
    assert server.send("GET", path, headers=tag).status == 200
    assert server.as_holder(None).send("GET", path, headers=tag).status == 401
