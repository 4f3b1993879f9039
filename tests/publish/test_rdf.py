"""Each RDF file, read back by a parser, holds the graph of the release."""

import gzip
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from publish.conftest import ReleaseOf
from tradegraph.publish.downloads import export
from tradegraph.publish.dumps import expanded
from tradegraph.store import Release

TWO_GRAPHS = """
g:a { <https://w3id.org/tradegraph/id/mission/m1> rdfs:label "missie 1"@nl ; tg:year 2025 . }
g:b { <https://w3id.org/tradegraph/id/mission/m1> rdfs:label "missie 1"@nl , "\\"one\\"\\n"@en , "<&>" . }
"""
DENIED = """
g:a {
    <https://w3id.org/tradegraph/id/statement/s1> a rdf:Statement ;
        tg:statedIn <https://w3id.org/tradegraph/id/passage/p1> ;
        rdf:subject <https://w3id.org/tradegraph/id/office/o1> ; rdf:predicate tg:participatesIn ;
        rdf:object <https://w3id.org/tradegraph/id/mission/m1> ; tg:polarity con:polarity-negative .
}
"""


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def quads(path: Path, rdf_format: RdfFormat) -> set[Quad]:
    return set(parse(unpacked(path), rdf_format))


def test_nquads_are_the_dataset_of_the_release_byte_for_byte(release: Release, exported: Path) -> None:
    assert unpacked(exported / "tradegraph.nq.gz") == release.dataset.read_bytes()


@pytest.mark.parametrize(("name", "rdf_format"), [("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD)])
def test_a_format_with_graphs_holds_every_quad(
    release: Release, exported: Path, name: str, rdf_format: RdfFormat
) -> None:
    expected = set(parse(path=release.dataset, format=RdfFormat.N_QUADS))
    assert len(expected) == release.quads
    assert quads(exported / f"tradegraph.{name}.gz", rdf_format) == expected


@pytest.mark.parametrize(("name", "rdf_format"), [("ttl", RdfFormat.TURTLE), ("rdf", RdfFormat.RDF_XML)])
def test_a_format_without_graphs_holds_every_triple_once(
    release: Release, exported: Path, name: str, rdf_format: RdfFormat
) -> None:
    expected = {quad.triple for quad in parse(path=release.dataset, format=RdfFormat.N_QUADS)}
    found = [quad.triple for quad in parse(unpacked(exported / f"tradegraph.{name}.gz"), rdf_format)]
    assert set(found) == expected
    assert len(found) == len(expected)


def test_rdf_1_2_holds_every_quad_with_descriptions_of_triples_as_triple_terms(
    release: Release, exported: Path
) -> None:
    text = unpacked(exported / "tradegraph-rdf12.nq.gz")
    found = list(parse(text, RdfFormat.N_QUADS))
    assert set(expanded(found)) == set(parse(path=release.dataset, format=RdfFormat.N_QUADS))
    assert not any(quad.predicate.value.endswith("rdf-syntax-ns#subject") for quad in found)
    lines = text.splitlines()
    assert lines == sorted(lines)


def test_rdf_1_2_does_not_assert_a_relation_that_is_denied(release_of: ReleaseOf, tmp_path: Path) -> None:
    export(release_of(DENIED), tmp_path / "out", ["rdf12"])
    found = list(parse(unpacked(tmp_path / "out" / "tradegraph-rdf12.nq.gz"), RdfFormat.N_QUADS))
    (described,) = [quad.object for quad in found if quad.predicate.value.endswith("#reifies")]
    assert isinstance(described, Triple)
    assert described.predicate == NamedNode("https://w3id.org/tradegraph/def#participatesIn")
    assert described not in {quad.triple for quad in found}


# rdflib's own parsers use what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:.*is deprecated, use Dataset:DeprecationWarning")
@pytest.mark.parametrize(("name", "reader"), [("trig", "trig"), ("jsonld", "json-ld"), ("nq", "nquads")])
def test_rdflib_reads_the_same_quads(release_of: ReleaseOf, tmp_path: Path, name: str, reader: str) -> None:
    release = release_of(TWO_GRAPHS)
    export(release, tmp_path / "out", [name])
    expected, found = rdflib.Dataset(), rdflib.Dataset()
    expected.parse(data=release.dataset.read_bytes(), format="nquads")
    found.parse(data=unpacked(tmp_path / "out" / f"tradegraph.{name}.gz"), format=reader)
    assert len(set(expected.quads())) == release.quads
    assert set(found.quads()) == set(expected.quads())


@pytest.mark.filterwarnings("ignore:.*is deprecated, use Dataset:DeprecationWarning")
@pytest.mark.parametrize(("name", "reader"), [("ttl", "turtle"), ("rdf", "xml")])
def test_rdflib_reads_the_same_triples(release_of: ReleaseOf, tmp_path: Path, name: str, reader: str) -> None:
    release = release_of(TWO_GRAPHS)
    export(release, tmp_path / "out", [name])
    dataset = rdflib.Dataset()
    dataset.parse(data=release.dataset.read_bytes(), format="nquads")
    expected = {(s, p, o) for s, p, o, _ in dataset.quads()}
    found = rdflib.Graph().parse(data=unpacked(tmp_path / "out" / f"tradegraph.{name}.gz"), format=reader)
    assert set(found) == expected


def test_trig_writes_each_graph_in_one_piece(release: Release, exported: Path) -> None:
    graphs = [quad.graph_name for quad in parse(unpacked(exported / "tradegraph.trig.gz"), RdfFormat.TRIG)]
    changes = [graph for before, graph in zip([None, *graphs], graphs, strict=False) if graph != before]
    assert len(changes) == len(set(graphs)) > 5


def test_turtle_names_things_by_their_kind(exported: Path) -> None:
    assert b"\nmission:2025-06-indonesia a " in unpacked(exported / "tradegraph.ttl.gz")
