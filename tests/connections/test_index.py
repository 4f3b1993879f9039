"""The file of edges: the same edges give the same bytes, and everything that went in comes out."""

import random
from pathlib import Path

import pytest
from pyoxigraph import Store

from connections.graphs import edge, index_of, thing
from tradegraph.errors import NotFound
from tradegraph.explore.connections import EdgeIndex
from tradegraph.explore.kinds import KINDS
from tradegraph.graph.edges import MENTIONED_IN, NO_THINGS, NOT_PASSED, Edge, gather, pack
from tradegraph.namespaces import DEF, ID
from tradegraph.release.edges import edges_file


def test_the_order_of_the_edges_changes_nothing() -> None:
    edges = [edge(f"mission/{number % 7} destination territory/{number}") for number in range(30)]
    shuffled = random.Random(1).sample(edges, len(edges))
    assert pack(shuffled) == pack(edges)


def test_what_went_in_comes_out(edges: EdgeIndex, dataset_edges: list[Edge]) -> None:
    assert [edges.edge(number) for number in range(edges.edges)] == dataset_edges


def test_a_thing_is_found_by_its_iri_and_others_are_not(edges: EdgeIndex) -> None:
    for node in range(edges.nodes):
        assert edges.node(edges.iri(node)) == node
    assert edges.node(thing("territory/zzz")) is None
    assert edges.node("") is None


def test_a_file_of_another_kind_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "edges.bin"
    for content in (b"", b"something else altogether"):
        path.write_bytes(content)
        with pytest.raises(NotFound, match="Build the release again"):
            EdgeIndex.open(path)


def test_records_and_passages_are_no_ends_of_edges(edges: EdgeIndex) -> None:
    assert not set(edges.kinds) & NO_THINGS
    assert {"mission", "territory", "organisation", "agreement", "person"} <= set(edges.kinds)


def test_every_kind_of_record_is_left_out_and_every_kind_not_passed_is_a_kind() -> None:
    assert {kind.key for kind in KINDS.values() if kind.layer == "evidence"} <= NO_THINGS
    assert set(KINDS) > NOT_PASSED


def test_every_relation_has_a_passage_but_for_offices_that_no_document_names(edges: EdgeIndex) -> None:
    found = [edges.edge(number) for number in range(edges.edges)]
    without = [one for one in found if not one.passages]
    assert 0 < len(without) < 10
    assert {one.property for one in without} == {f"{DEF}holdsOffice"}
    assert all(one.evidence for one in without)


def test_a_relation_that_is_only_intended_says_so(edges: EdgeIndex) -> None:
    planned = (f"{ID}mission/2026-spain", f"{ID}territory/esp")
    (found,) = [one for number in range(edges.edges) if ((one := edges.edge(number)).subject, one.object) == planned]
    assert found.modality == f"{ID}concept/modality-intention"
    assert (found.since, found.until) == (2026, 2026)


def test_mentions_are_kept_apart_from_relations() -> None:
    index = index_of(["mission/a mentionedIn document/d", "mission/a ledBy person/b"])
    assert [index.edge(number).property for number in index.mentions.edge] == [MENTIONED_IN] * 2
    assert MENTIONED_IN not in [index.edge(number).property for number in index.relations.edge]


def test_an_empty_graph_has_an_empty_index() -> None:
    index = EdgeIndex(edges_file(Store()))
    assert (index.nodes, index.edges, index.hubs()) == (0, 0, [])


@pytest.fixture(scope="module")
def dataset_edges(release_dataset: Store) -> list[Edge]:
    def rows(text: str) -> list[dict[str, object]]:
        solutions = release_dataset.query(text, use_default_graph_as_union=True)
        names = [variable.value for variable in solutions.variables]  # type: ignore[union-attr]  # a SELECT
        return [{name: solution[name] for name in names} for solution in solutions]  # type: ignore[union-attr]  # as said

    return gather(rows)
