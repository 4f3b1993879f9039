"""The history over HTTP: what was written, what one write changed, and undoing it."""

import gzip
import socket
from typing import cast

import pyoxigraph as ox
import pytest

from writing_http.conftest import Reply, Writable, children, wait_until


def written(server: Writable, graph: str, value: int) -> int:
    return cast("int", server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> {value} }} }}").json["number"])


def listed(server: Writable, path: str) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", server.send("GET", path).json["writes"])


def test_the_history_tells_who_wrote_what_where(server: Writable, graph: str) -> None:
    number = written(server, graph, 1)
    [one] = listed(server, f"/history?graph={graph}")
    assert (one["number"], one["writer"], one["kind"], one["added"]) == (number, "writer", "update", 1)
    assert listed(server, f"/history?graph={graph}&writer=nobody") == []
    assert listed(server, f"/history?graph={graph}&to=2020-01-01") == []
    assert listed(server, f"/history?graph={graph}&from={one['recorded']}") == [one]


def test_long_histories_come_in_pages(server: Writable, graph: str) -> None:
    numbers = [written(server, graph, value) for value in range(5)]
    found: list[object] = []
    path = f"/history?graph={graph}&limit=2"
    while path:
        page = server.send("GET", path).json
        found += [one["number"] for one in cast("list[dict[str, object]]", page["writes"])]
        path = cast("str", page.get("next", ""))
    assert found == numbers


def test_one_write_is_a_patch(server: Writable, graph: str) -> None:
    number = written(server, graph, 7)
    patch = server.send("GET", f"/history/{number}")
    assert patch.headers["content-type"].startswith("application/rdf-patch")
    assert f'A <a:s> <a:p> "7"^^<http://www.w3.org/2001/XMLSchema#integer> <{graph}> .' in patch.text.splitlines()
    assert server.send("GET", f"/history/{number}", headers={"Accept": "application/json"}).json["number"] == number
    assert server.send("GET", "/history/99999999").status == 404


def test_the_history_is_provenance(server: Writable, graph: str) -> None:
    written(server, graph, 1)
    prov = server.send("GET", f"/history?graph={graph}", headers={"Accept": "text/turtle"})
    activity = ox.NamedNode("http://www.w3.org/ns/prov#Activity")
    assert activity in {quad.object for quad in ox.parse(prov.body, format=ox.RdfFormat.TURTLE)}


def test_a_write_can_be_undone(server: Writable, graph: str) -> None:
    first, second = written(server, graph, 1), written(server, graph, 2)
    assert server.send("POST", f"/history/{first}/revert").json["removed"] == 1
    assert server.values(graph) == ["2"]
    assert server.send("POST", f"/history/{second}/revert").status == 200
    assert server.send("POST", "/history/99999999/revert").status == 404


def test_what_later_writes_have_touched_cannot_be_undone_alone(server: Writable, graph: str) -> None:
    first = written(server, graph, 1)
    later = server.graph("DELETE", graph).headers["x-write"]
    refused = server.send("POST", f"/history/{first}/revert")
    assert (refused.status, later in refused.problem) == (409, True)


def test_what_others_wrote_cannot_be_undone(server: Writable, graph: str) -> None:
    number = written(server, graph, 1)
    assert server.as_holder(server.others["other"]).send("POST", f"/history/{number}/revert").status == 403
    assert server.as_holder(None).send("POST", f"/history/{number}/revert").status == 401


@pytest.mark.parametrize("query", ["bogus=1", "limit=x", "after=-1", "from=yesterday", "limit=1&limit=2"])
def test_parameters_that_mean_nothing_are_refused(server: Writable, query: str) -> None:
    assert server.send("GET", f"/history?{query}").status == 400


def at(server: Writable, number: int, query: str = "", **headers: str) -> Reply:
    return server.send("GET", f"/history/{number}/dataset{query}", headers=headers)


def test_what_there_was_after_a_write_can_be_had_again(server: Writable, graph: str) -> None:
    first, second = written(server, graph, 1), written(server, graph, 2)
    server.graph("DELETE", graph)
    then = [at(server, number).body for number in (first, second, second + 1)]
    mine = [[line for line in one.decode().splitlines() if graph in line] for one in then]
    one, two = (f'<a:s> <a:p> "{value}"^^<http://www.w3.org/2001/XMLSchema#integer> <{graph}> .' for value in (1, 2))
    assert mine == [[one], [one, two], []]


def test_the_past_comes_in_each_syntax_of_datasets(server: Writable, graph: str) -> None:
    number = written(server, graph, 1)
    said = set(ox.parse(at(server, number).body, format=ox.RdfFormat.N_QUADS))
    for media_type in ("application/n-quads", "application/trig", "application/ld+json"):
        reply = at(server, number, Accept=media_type)
        form = ox.RdfFormat.from_media_type(media_type)
        assert form is not None
        assert (reply.status, reply.headers["content-type"]) == (200, media_type)
        assert set(ox.parse(reply.body, format=form)) == said
    assert at(server, number, "?format=trig").headers["content-type"] == "application/trig"
    assert at(server, number, Accept="text/csv").status == 406
    assert at(server, number, "?format=csv").status == 400


def test_one_graph_of_the_past_comes_as_triples(server: Writable, graph: str) -> None:
    first, _second = written(server, graph, 1), written(server, graph, 2)
    server.graph("DELETE", graph)
    assert at(server, first, f"?graph={graph}").headers["content-type"].startswith("text/turtle")
    lines = at(server, first, f"?graph={graph}", Accept="application/n-triples").text
    assert lines == '<a:s> <a:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    assert at(server, first + 2, f"?graph={graph}").status == 404
    assert at(server, first, "?default", Accept="application/n-triples").status == 200


def test_a_large_state_of_the_past_comes_whole_and_packed(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, f"<a:s> <a:p> {', '.join(map(str, range(20_000)))} .")
    number = cast("int", server.send("GET", "/history").json["last"])
    plain = at(server, number, f"?graph={graph}", Accept="application/n-triples")
    assert len(plain.body.splitlines()) == 20_000
    packed = server.send(
        "GET",
        f"/history/{number}/dataset?graph={graph}",
        headers={"Accept": "application/n-triples", "Accept-Encoding": "gzip"},
    )
    assert gzip.decompress(packed.body) == plain.body
    assert server.send("HEAD", f"/history/{number}/dataset").status == 200
    server.graph("DELETE", graph)


def test_who_hangs_up_leaves_no_process_behind(server: Writable, graph: str) -> None:
    written(server, graph, 1)
    before = len(children(server.serving()))
    for _ in range(6):
        # More than may run at a time, all left before an answer.
        with socket.create_connection(("127.0.0.1", server.port)) as hasty:
            head = f"GET /history/1/dataset HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.token}\r\n\r\n"
            hasty.sendall(head.encode())
    wait_until(lambda: len(children(server.serving())) == before)
    wait_until(lambda: at(server, 1).status == 200)


@pytest.mark.parametrize(
    "path",
    ["1/dataset?bogus=1", "1/dataset?graph=relative", "1/dataset?graph=a:b&default", "1/dataset?default=x",
     "1/dataset?graph=a:b&graph=a:c"],
)  # fmt: skip
def test_a_past_that_is_not_said_clearly_is_refused(server: Writable, path: str) -> None:
    assert server.send("GET", f"/history/{path}").status == 400


def test_there_is_no_past_before_the_first_write_nor_after_the_last(server: Writable, graph: str) -> None:
    last = written(server, graph, 1)
    for number in (0, last + 1, 10**30):
        assert (at(server, number).status, f"The last one is {last}." in at(server, number).problem) == (404, True)


def test_the_past_is_for_those_who_may_read(server: Writable, graph: str) -> None:
    number = written(server, graph, 1)
    assert at(server.as_holder(None), number).status == 401
    assert at(server.as_holder(server.others["other"]), number).status == 403
    assert at(server.as_holder(server.others["reader"]), number).status == 200


def test_a_browser_gets_json_as_there_is_no_page(server: Writable, graph: str) -> None:
    number = written(server, graph, 1)
    for accept in ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"):
        for path in ("/history", f"/history/{number}"):
            reply = server.send("GET", path, headers={"Accept": accept})
            assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert server.send("GET", "/history", headers={"Accept": "image/png"}).status == 406
