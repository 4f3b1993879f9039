"""Any RDF files can be served: read whole or not at all, each blank node in its own file."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store, Triple

from tradegraph.cli import main
from tradegraph.errors import NotFound, NotSound
from tradegraph.release.files import FORMATS, from_files
from tradegraph.store import Release

A, B, G = (NamedNode(f"https://example.org/{name}") for name in "abg")
TRIPLE = "<https://example.org/a> <https://example.org/b> <https://example.org/a> ."
WRITTEN = {
    ".ttl": TRIPLE,
    ".nt": TRIPLE,
    ".nq": TRIPLE,
    ".trig": "{ " + TRIPLE + " }",
    ".rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">'
    '<rdf:Description rdf:about="https://example.org/a"><e:b rdf:resource="https://example.org/a"/>'
    "</rdf:Description></rdf:RDF>",
    ".jsonld": '{"@id": "https://example.org/a", "https://example.org/b": {"@id": "https://example.org/a"}}',
}


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def release_of(tmp_path: Path, *paths: Path, union: bool = False) -> Release:
    directory = tmp_path / "served"
    directory.mkdir(exist_ok=True)
    return from_files(paths, directory, union_default_graph=union)


def store_of(release: Release) -> Store:
    store = Store()
    store.load(path=str(release.dataset), format=RdfFormat.N_QUADS)
    return store


def test_there_is_an_example_of_every_format() -> None:
    assert set(WRITTEN) == set(FORMATS)


@pytest.mark.parametrize("extension", WRITTEN)
def test_every_format_is_read_and_its_triples_stand_in_the_default_graph(tmp_path: Path, extension: str) -> None:
    release = release_of(tmp_path, written(tmp_path, f"one{extension}", WRITTEN[extension]))
    [quad] = store_of(release)
    assert (quad.triple, quad.graph_name) == (Triple(A, B, A), DefaultGraph())
    assert (release.quads, release.graphs) == (1, ())


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one.ttl.gz"
    path.write_bytes(gzip.compress(TRIPLE.encode()))
    assert release_of(tmp_path, path).quads == 1


def test_quads_keep_their_graphs(tmp_path: Path) -> None:
    release = release_of(
        tmp_path, written(tmp_path, "one.trig", TRIPLE + " <https://example.org/g> { " + TRIPLE + " }")
    )
    assert {quad.graph_name for quad in store_of(release)} == {DefaultGraph(), G}
    assert release.graphs == (("https://example.org/g", 1),)


def test_a_folder_stands_for_the_rdf_files_in_it_at_any_depth(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "more").mkdir(parents=True)
    written(folder, "one.ttl", TRIPLE)
    written(folder / "more", "two.nt", TRIPLE.replace("/a>", "/c>"))
    written(folder, "README.md", "No RDF.")
    assert release_of(tmp_path, folder).quads == 2


def test_equal_blank_nodes_of_two_files_are_different_nodes(tmp_path: Path) -> None:
    text = "_:x <https://example.org/b> _:x ."
    release = release_of(tmp_path, written(tmp_path, "1.nt", text), written(tmp_path, "2.nt", text))
    assert len({quad.subject for quad in store_of(release)}) == 2
    assert all(quad.subject == quad.object for quad in store_of(release))


def test_a_blank_node_in_a_triple_term_is_the_one_outside_it(tmp_path: Path) -> None:
    text = "_:x <https://example.org/b> <<( _:x <https://example.org/b> _:y )>> ."
    [quad] = store_of(release_of(tmp_path, written(tmp_path, "one.ttl", text)))
    assert isinstance(quad.object, Triple)
    assert quad.object.subject == quad.subject
    assert isinstance(quad.object.object, BlankNode)
    assert quad.object.object != quad.subject


def test_relative_addresses_are_those_beside_the_file(tmp_path: Path) -> None:
    [quad] = store_of(release_of(tmp_path, written(tmp_path, "one.ttl", "<two.ttl> a <> .")))
    assert quad.subject == NamedNode((tmp_path / "two.ttl").as_uri())


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, "one.ttl", "[] <https://example.org/b> [ <https://example.org/b> () ] .")
    first = release_of(tmp_path, path)
    content = first.dataset.read_bytes()
    assert release_of(tmp_path, path) == first
    assert first.dataset.read_bytes() == content


def test_another_default_graph_is_another_release(tmp_path: Path) -> None:
    path = written(tmp_path, "one.ttl", TRIPLE)
    own, union = release_of(tmp_path, path), release_of(tmp_path, path, union=True)
    assert (own.union_default_graph, union.union_default_graph) == (False, True)
    assert own.identifier != union.identifier


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    release = release_of(tmp_path, written(tmp_path, "one.ttl", TRIPLE))
    assert Release.read(release.directory) == release


def test_a_release_without_the_choice_has_the_union_as_its_default_graph(tmp_path: Path) -> None:
    release = release_of(tmp_path, written(tmp_path, "one.ttl", TRIPLE))
    described = json.loads(release.description())
    del described["union_default_graph"]
    (release.directory / "release.json").write_text(json.dumps(described), encoding="utf-8")
    assert Release.read(release.directory).union_default_graph


def test_classes_and_properties_are_counted(tmp_path: Path) -> None:
    text = "<https://example.org/a> a <https://example.org/C> ; <https://example.org/b> 1, 2 ."
    release = release_of(tmp_path, written(tmp_path, "one.ttl", text))
    counted = json.loads((release.directory / "statistics.json").read_text(encoding="utf-8"))
    assert counted["classes"] == {"https://example.org/C": 1}
    assert counted["properties"]["https://example.org/b"] == 2


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("one.ttl", TRIPLE + "\n<a> <b> ;; c", "one.ttl:2:9: "),
        ("one.nt", "nonsense", "one.nt:1:1: "),
        ("one.rdf", "<rdf:RDF>", "one.rdf: "),
        ("one.jsonld", '{"@id": ', "one.jsonld:1:9: "),
    ],
)
def test_a_file_that_is_not_rdf_is_named_with_the_place(tmp_path: Path, name: str, text: str, place: str) -> None:
    path = written(tmp_path, name, text)
    with pytest.raises(NotSound) as raised:
        release_of(tmp_path, path)
    assert str(raised.value).startswith(f"{tmp_path}/{place}")


def test_a_bad_file_leaves_nothing_to_serve(tmp_path: Path) -> None:
    good, bad = written(tmp_path, "1.ttl", TRIPLE), written(tmp_path, "2.ttl", "nonsense")
    with pytest.raises(NotSound):
        release_of(tmp_path, good, bad)
    with pytest.raises(NotFound):
        Release.read(tmp_path / "served")


def test_a_broken_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "one.nt.gz"
    path.write_bytes(gzip.compress(((TRIPLE + "\n") * 100).encode())[:-9])
    with pytest.raises(NotSound, match=r"one\.nt\.gz: cannot be unpacked"):
        release_of(tmp_path, path)


def test_a_file_of_another_kind_is_refused_with_what_there_is(tmp_path: Path) -> None:
    path = written(tmp_path, "one.docx", "")
    with pytest.raises(NotSound, match=r"the extension “\.docx” is of no format that is read\. There are \.ttl, "):
        release_of(tmp_path, path)


def test_a_folder_without_rdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFound, match="there are no RDF files in this folder"):
        release_of(tmp_path, tmp_path / "empty")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--dataset", "bad.ttl"), 1, "bad.ttl:1:"),
        (("--dataset", "missing.ttl"), 2, "there is no such file"),
        (("--union-default-graph",), 2, "goes with --dataset"),
    ],
)
def test_serve_stops_before_it_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, said: str
) -> None:
    written(tmp_path, "bad.ttl", "nonsense")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["serve", *arguments])
    assert result.exit_code == code
    assert said in result.stderr
