"""A release is frozen and reproducible, and a failed build leaves the previous one alone."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from small_project import SmallProject
from tradegraph.checks.guard import Guard, Shapes
from tradegraph.errors import NotFound, ReleaseError
from tradegraph.files import Project
from tradegraph.release import Built, ReleaseFolder, build
from tradegraph.store import Release


def release_at(folder: ReleaseFolder, identifier: str) -> Release:
    return Release(folder.place(identifier), identifier, "0", "0", "1", 1, (("https://example.org/g", 1),))


def test_the_dataset_is_sorted_and_has_no_blank_nodes(built: Built) -> None:
    lines = (built.release.directory / "dataset.nq").read_bytes().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert not any(line.startswith(b"_:") or b" _:" in re.sub(rb'"(?:[^"\\]|\\.)*"', b"", line) for line in lines)


def test_every_quad_stands_in_a_named_graph(built: Built) -> None:
    store = Store()
    store.load(path=str(built.release.directory / "dataset.nq"), format=RdfFormat.N_QUADS)
    assert len(store) == built.release.quads == sum(count for _, count in built.release.graphs)
    expected = {
        "registry",
        "concepts",
        "ontology",
        "relations",
        "provenance",
        "bz2626864",
        "letter-economic-missions-2025",
        "kst-36180-179_draft",
    }
    assert {iri.rpartition("/")[2] for iri, _ in built.release.graphs} == expected


def test_the_guard_of_writes_finds_what_the_published_report_says(built: Built, project: Project) -> None:
    store = Store()
    store.load(path=str(built.release.directory / "dataset.nq"), format=RdfFormat.N_QUADS)
    assert Guard(Shapes.read(project.shape_files)).validate(store) == built.verdict.shacl


def test_the_identifier_is_derived_from_the_content(built: Built) -> None:
    content = (built.release.directory / "dataset.nq").read_bytes()
    assert built.release.sha256 == hashlib.sha256(content).hexdigest()
    assert built.release.sha256.startswith(built.release.identifier)


def test_equal_input_gives_equal_bytes_under_another_hash_seed(project: Project, built: Built, tmp_path: Path) -> None:
    """The fixture was built in this process, under the hash seed of the test run."""
    other = {**os.environ, "PYTHONHASHSEED": "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"}
    command = [sys.executable, "-m", "tradegraph.cli", "build", "--project", str(project.root), "--releases"]
    subprocess.run([*command, str(tmp_path)], env=other, check=True, capture_output=True)
    names = ("dataset.nq", "release.json", "statistics.json", "report.ttl", "report.txt")
    contents = {name: (tmp_path / "current" / name).read_bytes() for name in names}
    assert contents == {name: (built.release.directory / name).read_bytes() for name in names}


def test_a_graph_that_does_not_conform_leaves_the_previous_release(small: SmallProject, tmp_path: Path) -> None:
    folder = ReleaseFolder(tmp_path / "build")
    previous = release_at(folder, "abc")
    folder.write(previous, {"dataset.nq": b""})
    backwards = {"valid_from": "2026-01-01", "valid_until": "2025-01-01", "note_nl": "a", "note_en": "a"}
    small.add(
        "cabinets.csv", {"key": "schoof", "label_nl": "kabinet-Schoof", "label_en": "Schoof cabinet", **backwards}
    )
    with pytest.raises(ReleaseError, match="no release was written"):
        build(small.project, folder)
    assert folder.current() == previous
    assert [path.name for path in (tmp_path / "build" / "releases").iterdir()] == ["abc"]


def test_a_new_release_replaces_the_current_one_and_keeps_the_old(tmp_path: Path) -> None:
    folder = ReleaseFolder(tmp_path)
    folder.write(release_at(folder, "abc"), {"dataset.nq": b"1"})
    folder.write(release_at(folder, "def"), {"dataset.nq": b"2"})
    assert folder.current() == release_at(folder, "def")
    assert release_at(folder, "abc").dataset.read_bytes() == b"1"


def test_writing_the_same_release_again_replaces_it(tmp_path: Path) -> None:
    folder = ReleaseFolder(tmp_path)
    folder.write(release_at(folder, "abc"), {"dataset.nq": b"1"})
    folder.write(release_at(folder, "abc"), {"dataset.nq": b"2"})
    assert folder.current().dataset.read_bytes() == b"2"
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["abc"]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = ReleaseFolder(tmp_path)
    folder.write(release_at(folder, "abc"), {"dataset.nq": b"1"})
    with pytest.raises(OSError, match="missing"):
        folder.write(release_at(folder, "def"), {"missing/dataset.nq": b"2"})
    assert folder.current() == release_at(folder, "abc")
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["abc"]


def test_without_a_release_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Run `tradegraph build` first"):
        ReleaseFolder(tmp_path).current()


def test_the_statistics_count_classes_and_properties(built: Built) -> None:
    statistics = json.loads((built.release.directory / "statistics.json").read_text())
    assert statistics["classes"]["https://w3id.org/tradegraph/def#EconomicMission"] >= 10
    assert sum(statistics["properties"].values()) == built.release.quads
