"""The folder of downloads: the same bytes each time, checked, catalogued, all or nothing."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import DCTERMS, RDF, VOID

from publish.conftest import ReleaseOf
from tradegraph.cli import main
from tradegraph.errors import NotFound, NotSound
from tradegraph.publish.catalogue import read_catalogue
from tradegraph.publish.downloads import FORMS, export
from tradegraph.store import Release

BESIDE = {"CITATION.cff", "README.txt", "SHA256SUMS", "catalogue.jsonld", "catalogue.ttl"}
EXPORT = "import sys; from tradegraph.cli import main; main(sys.argv[1:])"


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="session")
def record(exported: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(exported / "catalogue.ttl")


def test_the_same_release_gives_the_same_bytes(release: Release, exported: Path, tmp_path: Path) -> None:
    # In another process, so that no order of hashing and no time of the first one is shared.
    releases = tmp_path / "releases"
    releases.mkdir()
    (releases / "current").symlink_to(release.directory, target_is_directory=True)
    arguments = ["export", "--releases", str(releases), "--to", str(tmp_path / "again")]
    subprocess.run([sys.executable, "-c", EXPORT, *arguments], check=True, capture_output=True)
    first, second = files(exported), files(tmp_path / "again")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_checksums_cover_every_other_file(exported: Path) -> None:
    found = files(exported)
    listed = [line.split("  ") for line in found.pop("SHA256SUMS").decode().splitlines()]
    assert {name: digest for digest, name in listed} == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }


def test_the_catalogue_lists_every_file_with_its_size_and_checksum(exported: Path) -> None:
    listed = read_catalogue(exported)
    found = {name: content for name, content in files(exported).items() if name not in BESIDE}
    assert [file.path for file in listed] == sorted(found)
    for file in listed:
        assert (file.size, file.sha256) == (len(found[file.path]), hashlib.sha256(found[file.path]).hexdigest())
        assert file.title_nl != file.title_en or file.title_nl.endswith(("sector", "document"))
        assert file.packed == file.path.endswith(".gz")


def test_every_form_is_written(exported: Path) -> None:
    assert all((exported / form.path).exists() for form in FORMS)
    assert len(list((exported / "csv").iterdir())) - 1 == len(list((exported / "parquet").iterdir())) > 15


def test_the_catalogue_counts_what_the_release_counts(release: Release, record: rdflib.Graph) -> None:
    (dataset,) = record.subjects(RDF.type, VOID.Dataset)
    assert record.value(dataset, VOID.triples) == rdflib.Literal(release.quads)
    counts = json.loads((release.directory / "statistics.json").read_text(encoding="utf-8"))
    found = {
        str(record.value(part, VOID["class"])): record.value(part, VOID.entities)
        for part in record.objects(dataset, VOID.classPartition)
    }
    assert found == {name: rdflib.Literal(count) for name, count in counts["classes"].items()}
    assert len(list(record.objects(dataset, VOID.propertyPartition))) == len(counts["properties"])


def test_the_catalogue_is_the_same_in_json_ld(exported: Path, record: rdflib.Graph) -> None:
    first = set(parse(path=exported / "catalogue.ttl", format=RdfFormat.TURTLE))
    assert set(parse(path=exported / "catalogue.jsonld", format=RdfFormat.JSON_LD)) == first
    assert len(first) == len(record) > 1000


def test_the_catalogue_says_licence_and_date_from_the_release(record: rdflib.Graph) -> None:
    assert {str(value) for value in record.objects(None, DCTERMS.license)} == {
        "http://creativecommons.org/publicdomain/zero/1.0/"
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(next(record.objects(None, DCTERMS.issued))))
    assert not any(isinstance(term, rdflib.BNode) for triple in record for term in triple)


def test_readme_and_citation_name_the_release_and_its_files(release: Release, exported: Path) -> None:
    readme = (exported / "README.txt").read_text(encoding="utf-8")
    assert all(readme.count(f"  {file.path} ") == 2 for file in read_catalogue(exported))
    citation = (exported / "CITATION.cff").read_text(encoding="utf-8")
    assert f'version: "{release.identifier}"' in citation
    assert f"sha256:{release.sha256}" in citation


def test_only_what_is_asked_for_is_written(release_of: ReleaseOf, tmp_path: Path) -> None:
    downloads = export(release_of(""), tmp_path / "out", ["ttl", "nq"])
    assert [file.path for file in downloads] == ["tradegraph.nq.gz", "tradegraph.ttl.gz"]
    assert set(files(tmp_path / "out")) == {"tradegraph.nq.gz", "tradegraph.ttl.gz", *BESIDE}


def test_an_unknown_format_is_refused_with_those_there_are(release_of: ReleaseOf, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"xls: there is no such format\. There are nq, .*, graphml\."):
        export(release_of(""), tmp_path / "out", ["csv", "xls"])
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten(release_of: ReleaseOf, tmp_path: Path) -> None:
    release = release_of("")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotFound, match="is there already"):
        export(release, tmp_path / "out", ["nq"])
    assert list(files(tmp_path / "out")) == ["mine.txt"]


def test_a_folder_in_a_folder_that_is_not_there_is_refused(release_of: ReleaseOf, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Make it first"):
        export(release_of(""), tmp_path / "no" / "out", ["nq"])


def test_a_failure_half_way_leaves_nothing_behind(release_of: ReleaseOf, tmp_path: Path) -> None:
    release = release_of("g:a { <https://e.org/a> tg:year 1 . <https://e.org/b> tg:year 1 . }")
    lines = release.dataset.read_bytes().splitlines(keepends=True)
    release.dataset.write_bytes(b"".join([*lines[1:], lines[0]]))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NotSound, match="do not stand together"):
        export(release, tmp_path / "out", ["nq", "csv"])
    assert sorted(tmp_path.iterdir()) == before


def test_without_a_release_the_command_says_how_to_make_one(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export", "--releases", str(tmp_path), "--to", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "Run `tradegraph build` first" in result.output
    assert not (tmp_path / "out").exists()


def test_a_form_that_the_release_does_not_have_is_refused_only_when_asked_for(
    release_of: ReleaseOf, tmp_path: Path
) -> None:
    release = release_of("")
    (release.directory / "search.sqlite").unlink()
    with pytest.raises(NotFound, match="search: release"):
        export(release, tmp_path / "out", ["search"])
    export(release, tmp_path / "out")
    assert not (tmp_path / "out" / "search.sqlite").exists()
