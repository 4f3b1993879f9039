"""Writes are held against shapes: refused, reported, or not looked at, as the operator says."""

from pathlib import Path

import pytest

from writing_http.conftest import OWN, Serve, Writable

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
e:Shape a sh:NodeShape ; sh:targetClass e:Letter ; sh:property e:Titled .
e:Titled sh:path e:title ; sh:minCount 1 ; sh:message "A letter has a title."@en .
"""
WRONG = "@prefix e: <https://example.org/> . e:%s a e:Letter ."
RIGHT = '@prefix e: <https://example.org/> . e:%s a e:Letter ; e:title "Letter" .'


@pytest.fixture(scope="module")
def guarded(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Writable:
    shapes = Path(tmp_path_factory.mktemp("shapes")) / "shapes.ttl"
    shapes.write_text(SHAPES)
    policies = [f"--guard={OWN}{policy}/={policy}" for policy in ("warn", "off")]
    return serve(f"--shapes={shapes}", *policies, f"--guard={OWN}warn/strict/=refuse")


def test_what_does_not_conform_is_refused_with_the_report(guarded: Writable, graph: str) -> None:
    refused = guarded.graph("PUT", graph, WRONG % "a")
    assert refused.status == 422
    assert "A letter has a title." in str(refused.json["report"])
    as_turtle = guarded.graph("PUT", graph, WRONG % "a", Accept="text/turtle")
    assert (as_turtle.status, "sh:ValidationReport" in as_turtle.text) == (422, True)
    assert guarded.values(graph) == []
    made = guarded.graph("PUT", graph, RIGHT % "a")
    assert (made.status, "report" in made.json) == (201, False)


def test_an_update_is_held_against_the_shapes_as_well(guarded: Writable, graph: str) -> None:
    guarded.graph("PUT", graph, RIGHT % "b")
    text = f"DELETE WHERE {{ GRAPH <{graph}> {{ ?s <https://example.org/title> ?o }} }}"
    assert guarded.update(text).status == 422
    assert len(guarded.values(graph)) == 2


def test_where_the_operator_only_warns_the_report_comes_with_the_write(guarded: Writable) -> None:
    made = guarded.graph("PUT", OWN + "warn/1", WRONG % "c")
    assert (made.status, "A letter has a title." in str(made.json["report"])) == (201, True)


def test_where_the_operator_does_not_look_there_is_no_report(guarded: Writable) -> None:
    assert "report" not in guarded.graph("PUT", OWN + "off/1", WRONG % "d").json


def test_the_longest_prefix_counts(guarded: Writable) -> None:
    assert guarded.graph("PUT", OWN + "warn/strict/1", WRONG % "e").status == 422


def test_what_was_refused_is_not_there_for_the_next_write(guarded: Writable, graph: str) -> None:
    assert guarded.graph("PUT", graph, WRONG % "f").status == 422
    assert guarded.update(f"CREATE GRAPH <{graph}>").status == 200, "there is no such graph"
    copied = guarded.update(f"INSERT {{ GRAPH <{graph}> {{ ?s a ?o }} }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert (copied.status, copied.json["added"]) == (200, 0)


def test_undoing_is_held_against_the_shapes_as_well(guarded: Writable, graph: str) -> None:
    titled = guarded.graph("PUT", graph, '@prefix e: <https://example.org/> . e:g e:title "Letter" .')
    assert guarded.graph("POST", graph, WRONG % "g").status == 204
    refused = guarded.send("POST", f"/history/{titled.json['number']}/revert")
    assert (refused.status, "A letter has a title." in str(refused.json["report"])) == (422, True)
    assert len(guarded.values(graph)) == 2
