"""`tradegraph explain`: a diagnosis for people and for programs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tradegraph.cli import main
from tradegraph.release import ReleaseFolder


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A release that says only how much there is; nothing is run."""
    folder = tmp_path_factory.mktemp("releases")
    place = ReleaseFolder(folder).place("0123456789abcdef")
    place.mkdir(parents=True)
    (place / "dataset.nq").write_text("", encoding="utf-8")
    described = {"release": "0123456789abcdef", "sha256": "0", "inputs": "0", "ontology_version": "1", "quads": 0}
    (place / "release.json").write_text(json.dumps(described | {"graphs": {}}), encoding="utf-8")
    counts = {"classes": {"https://w3id.org/tradegraph/def#Mission": 41}, "properties": {}}
    (place / "statistics.json").write_text(json.dumps(counts), encoding="utf-8")
    (folder / "current").symlink_to(place)
    return str(folder)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments])


def test_a_text_is_explained_with_the_projects_prefixes(releases: str) -> None:
    result = run("SELECT ?m { ?m a tg:Mission }", "--releases", releases)
    assert result.exit_code == 0
    assert "An answer at once." in result.output
    assert "?m a tg:Mission" in result.output
    assert "41" in result.output
    assert "Nothing to remark." in result.output


def test_findings_are_in_the_language_asked_for(releases: str) -> None:
    result = run("SELECT ?m { ?m a tg:Misson }", "--lang", "nl", "--releases", releases)
    assert "Bedoelde u tg:Mission?" in " ".join(result.output.split())


def test_json_is_the_diagnosis(releases: str) -> None:
    result = run("SELECT ?m { ?m a tg:Misson }", "--format", "json", "--releases", releases)
    members = json.loads(result.output)
    assert members["findings"][0]["code"] == "unknown-term"
    assert (members["findings"][0]["line"], members["findings"][0]["column"]) == (2, 18)


def test_a_rewritten_query_is_shown_with_the_reason(releases: str) -> None:
    text = "SELECT * { ?m a tg:Mission OPTIONAL { ?m rdfs:label ?l } ?m tg:year 2025 }"
    result = run(text, "--releases", releases)
    assert "required-first" in result.output
    assert "?m tg:year 2025 . OPTIONAL" in " ".join(result.output.split())


def test_a_numbered_question_and_a_file_are_explained(releases: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("ASK { ?s ?p 1 }", encoding="utf-8")
    assert run("Q001", "--releases", releases).exit_code == 0
    assert run(str(path), "--releases", releases).exit_code == 0


def test_a_number_that_is_not_there_is_an_error_that_says_where_to_look(releases: str) -> None:
    result = run("Q999", "--releases", releases)
    assert result.exit_code == 2
    assert "docs/questions.md" in result.output


def test_text_that_is_no_query_is_said_to_be_unreadable(releases: str) -> None:
    result = run("SELECT { ?s", "--releases", releases)
    assert result.exit_code == 0
    assert "cannot be read" in result.output
