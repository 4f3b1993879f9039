"""Which graph a query asks when nobody names one (SPARQL 1.1 Query, section 13.2), over files that are served."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from w3c.endpoint import Server, started

TRIPLE = "<https://example.org/in-{0}> <https://example.org/p> 1 ."
ASK_BOTH = "SELECT ?s { ?s <https://example.org/p> 1 } ORDER BY ?s"
ASK_NAMED = "SELECT ?s { GRAPH ?g { ?s <https://example.org/p> 1 } } ORDER BY ?s"


@pytest.fixture(scope="module", params=[False, True], ids=["its own", "the union"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, bool]]:
    folder = tmp_path_factory.mktemp("files")
    (folder / "1.ttl").write_text(TRIPLE.format("default"), encoding="utf-8")
    (folder / "2.trig").write_text(f"<https://example.org/g> {{ {TRIPLE.format('named')} }}", encoding="utf-8")
    with started(Path(folder), union=request.param) as server:
        yield server, request.param


def subjects(server: Server, query: str) -> list[str]:
    bindings = json.loads(server.ask(query, "application/sparql-results+json").body)["results"]["bindings"]
    return [binding["s"]["value"].rpartition("-")[2] for binding in bindings]


def test_the_default_graph_is_the_one_that_was_chosen(served: tuple[Server, bool]) -> None:
    server, union = served
    assert subjects(server, ASK_BOTH) == (["default", "named"] if union else ["default"])


def test_named_graphs_are_those_of_the_files_either_way(served: tuple[Server, bool]) -> None:
    assert subjects(served[0], ASK_NAMED) == ["named"]


def test_from_goes_before_either(served: tuple[Server, bool]) -> None:
    query = ASK_BOTH.replace("{", "FROM <https://example.org/g> {", 1)
    assert subjects(served[0], query) == ["named"]
