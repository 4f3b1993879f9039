"""The history over HTTP: what was written, what one write changed, and undoing it."""

from typing import cast

import pyoxigraph as ox
import pytest

from writing_http.conftest import Writable


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
