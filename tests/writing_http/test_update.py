"""Updates over HTTP: SPARQL 1.1 Protocol, section 2.2."""

from urllib.parse import urlencode

import pytest

from writing_http.conftest import FIXED, FOREIGN, OWN, UPDATE, Writable

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_an_update_says_what_it_changed(server: Writable, graph: str) -> None:
    done = server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <s> <p> 1, 2 }} }}")
    assert (done.status, done.json["removed"], done.json["added"]) == (200, 0, 2)
    done = server.update(f"DELETE {{ GRAPH <{graph}> {{ ?s ?p 1 }} }} WHERE {{ GRAPH <{graph}> {{ ?s ?p 1 }} }}")
    assert (done.json["removed"], done.json["added"]) == (1, 0)
    assert server.values(graph) == ["2"]


def test_what_changes_nothing_has_no_number(server: Writable, graph: str) -> None:
    assert server.update(f"DELETE DATA {{ GRAPH <{graph}> {{ <s> <p> 1 }} }}").json == {
        "number": None,
        "removed": 0,
        "added": 0,
    }


def test_an_update_may_come_as_a_form(server: Writable, graph: str) -> None:
    text = f'INSERT DATA {{ GRAPH <{graph}> {{ <s> <p> "é" }} }}'
    assert server.send("POST", "/update", urlencode({"update": text}), FORM).status == 200
    assert server.values(graph) == ["é"]


def test_patterns_see_all_graphs_as_queries_do(server: Writable, graph: str) -> None:
    insert = f"INSERT {{ GRAPH <{graph}> {{ ?s <p> ?o }} }} WHERE"
    assert server.update(f"{insert} {{ ?s <https://example.org/number> ?o FILTER (?o < 3) }}").json["added"] == 3


def test_the_request_can_name_the_dataset_of_patterns(server: Writable, graph: str) -> None:
    insert = f"INSERT {{ GRAPH <{graph}> {{ ?s <p> ?o }} }} WHERE {{ ?s ?p ?o }}"
    assert server.update(insert, **{"using-graph-uri": FIXED}).json["added"] == 300
    assert server.update(insert, **{"using-named-graph-uri": FIXED}).json["added"] == 0


def test_a_dataset_in_request_and_text_is_refused(server: Writable, graph: str) -> None:
    text = f"INSERT {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} USING <{FIXED}> WHERE {{ ?s ?p ?o }}"
    assert server.update(text, **{"using-graph-uri": FIXED}).status == 400


def test_a_syntax_error_has_its_place(server: Writable) -> None:
    refused = server.update("INSERT DATA {\n  <s> <p> }")
    assert (refused.status, refused.json["line"]) == (400, 2)


def test_when_the_second_operation_fails_the_first_has_not_happened(server: Writable, graph: str) -> None:
    text = f"INSERT DATA {{ GRAPH <{graph}> {{ <s> <p> 1 }} }} ; DROP GRAPH <{graph}x>"
    refused = server.update(text)
    assert (refused.status, refused.json["column"]) == (409, text.index("DROP") + 1)
    assert server.values(graph) == []


@pytest.mark.parametrize("elsewhere", [FIXED, FOREIGN + "x", "urn:tradegraph:x"])
def test_an_update_that_touches_a_graph_of_others_is_refused_whole(
    server: Writable, graph: str, elsewhere: str
) -> None:
    before = server.count()
    text = f"INSERT DATA {{ GRAPH <{graph}> {{ <s> <p> 1 }} GRAPH <{elsewhere}> {{ <s> <p> 1 }} }}"
    assert server.update(text).status == 403
    assert server.count() == before


def test_the_release_cannot_be_cleared(server: Writable) -> None:
    assert server.update("CLEAR ALL").status == 403
    assert server.count() >= 300


def test_a_graph_that_was_emptied_is_gone(server: Writable, graph: str) -> None:
    server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <s> <p> 1 }} }}")
    server.update(f"DELETE DATA {{ GRAPH <{graph}> {{ <s> <p> 1 }} }}")
    assert {"g": graph} not in server.rows("SELECT ?g { GRAPH ?g {} }")


def test_blank_nodes_keep_their_names(server: Writable, graph: str) -> None:
    server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <s> <p> [ <q> 1 ] }} }}")
    text = f"SELECT ?o {{ GRAPH <{graph}> {{ ?s <p> ?o }} }}"
    assert server.rows(text) == server.rows(text + " ")
    done = server.update(
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (?g = <{graph}>) }}"
    )
    assert done.json["removed"] == 2


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        ("/update?update=CLEAR", "", UPDATE, 400),
        ("/update?bogus=1", "", UPDATE, 400),
        ("/update?using-graph-uri=relative", "", UPDATE, 400),
        ("/update", "x=1", FORM, 400),
        ("/update", "update=&update=", FORM, 400),
        ("/update", b"INSERT DATA { <s> <p> '\xff' }", UPDATE, 400),
        ("/update", b"update=%ff", FORM, 400),
        ("/update", "CLEAR ALL", {"Content-Type": "text/plain"}, 415),
        ("/update", "CLEAR ALL", {}, 415),
        ("/update", "CLEAR ALL", {"Content-Type": "application/sparql-update; charset=utf-16"}, 415),
    ],
)
def test_what_is_no_update_operation_is_refused(
    server: Writable, path: str, body: str | bytes, headers: dict[str, str], status: int
) -> None:
    assert server.send("POST", path, body, headers).status == status


def test_updates_are_posted(server: Writable) -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        refused = server.send(method, "/update")
        assert (refused.status, "POST" in refused.headers["allow"]) == (405, True)


def test_the_query_endpoint_still_refuses_updates_and_says_where_they_go(server: Writable) -> None:
    for body, kind in (("CLEAR ALL", UPDATE), ("update=CLEAR+ALL", FORM)):
        assert "/update" in server.send("POST", "/sparql", body, kind).problem


def test_names_of_graphs_from_patterns_are_held_against_the_token_too(server: Writable) -> None:
    text = f'INSERT {{ GRAPH ?g {{ <s> <p> 1 }} }} WHERE {{ BIND (IRI("{FOREIGN}x") AS ?g) }}'
    assert server.update(text).status == 403
    assert server.update(text.replace(FOREIGN, OWN)).status == 200
