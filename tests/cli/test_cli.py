"""The command line as people use it: output, errors with their remedy, exit codes."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from small_project import SmallProject
from tradegraph.cli import main
from tradegraph.files import Project
from tradegraph.store import Release

LINE = "data/facts/missions.csv:2"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def releases(unchecked: Release) -> str:
    return str(unchecked.directory.parent.parent)


def test_help_shows_every_command_with_an_example() -> None:
    listed = run("--help").output
    for name in main.commands:
        assert name in listed
        assert f"tradegraph {name}" in run(name, "--help").output


def test_info_says_what_the_release_holds(releases: str, unchecked: Release) -> None:
    result = run("info", "--releases", releases)
    assert result.exit_code == 0
    assert unchecked.identifier in result.output
    assert "tg:EconomicMission" in result.output


def test_info_as_json_is_json(releases: str, unchecked: Release) -> None:
    described = json.loads(run("info", "--json", "--releases", releases).output)
    assert described["release"]["quads"] == unchecked.quads


def test_a_text_query_may_use_the_projects_prefixes(releases: str) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?m a tg:EconomicMission ; tg:year 2025 }"
    result = run("query", text, "--format", "csv", "--releases", releases)
    assert (result.exit_code, result.output) == (0, "n\n10\n")


def test_a_numbered_question_is_answered_in_every_format(project: Project, releases: str) -> None:
    number = project.query_files("questions")[0].stem.partition("-")[0]
    assert number == "Q001"
    table, text, objects = (
        run("query", number, "--format", form, "--releases", releases) for form in ("table", "csv", "json")
    )
    assert {table.exit_code, text.exit_code, objects.exit_code} == {0}
    assert len(json.loads(objects.output)) == len(text.output.splitlines()) - 1
    assert f"{len(json.loads(objects.output))} rows" in table.output


def test_a_query_file_is_answered(tmp_path: Path, releases: str) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT (1 AS ?one) {}", encoding="utf-8")
    assert run("query", str(path), "--format", "csv", "--releases", releases).output == "one\n1\n"


def test_an_unknown_question_says_where_to_look(releases: str) -> None:
    result = run("query", "Q999", "--releases", releases)
    assert result.exit_code == 2
    assert "`docs/questions.md` lists them" in result.stderr


def test_a_parameter_that_the_query_does_not_have_is_refused(project: Project, releases: str) -> None:
    number = project.query_files("questions")[0].stem
    result = run("query", number, "nonsense=1", "--releases", releases)
    assert result.exit_code == 2
    assert "'nonsense=1' is no parameter of this query" in result.stderr


def test_a_syntax_error_names_the_missing_prefix(releases: str) -> None:
    result = run("query", "PREFIX a: <x:> SELECT ?m { ?m a tg:Mission }", "--releases", releases)
    assert result.exit_code == 2
    assert "Add `PREFIX tg: <https://w3id.org/tradegraph/def#>`" in result.stderr


def test_trace_walks_a_fact_from_its_row_to_its_relations() -> None:
    result = run("trace", LINE)
    assert result.exit_code == 0
    for part in (
        "row       data/facts/missions.csv:2",
        "thing     https://w3id.org/",
        "passage   ",
        "quad      ",
        "relation  ",
    ):
        assert part in result.output


def test_trace_shows_the_literal_text_when_the_documents_are_at_hand(documents: Path) -> None:
    assert "literally: " in run("trace", LINE, "--documents", str(documents)).output


def test_trace_of_a_line_without_a_row_says_so() -> None:
    result = run("trace", "data/facts/missions.csv:1")
    assert result.exit_code == 2
    assert "no row stands there" in result.stderr


def test_check_sources_passes_on_all_rows(documents: Path) -> None:
    result = run("check-sources", "--documents", str(documents))
    assert result.exit_code == 0
    assert result.output.endswith(" 0 findings\n")


def test_validate_says_that_a_project_is_sound(small: SmallProject) -> None:
    result = run("validate", "--project", str(small.project.root))
    assert result.exit_code == 0
    assert "Query checks: 0 rows found" in result.output


def test_validate_says_what_is_not_sound(small: SmallProject) -> None:
    small.add("persons.csv", {"key": "a", "label_nl": "a", "label_en": "a", "passages": ""})
    small.add(
        "periods.csv", {"key": "b", "label_nl": "b", "label_en": "b", "valid_from": "2025", "valid_until": "2024"}
    )
    result = run("validate", "--project", str(small.project.root))
    assert result.exit_code == 1
    assert "tgs:Period-order" in result.output


def test_a_wrong_row_stops_the_build_with_its_line_and_leaves_no_release(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "project"
    for name in ("ontology", "shapes", "queries", "data"):
        shutil.copytree(project.root / name, root / name)
    path = root / "data" / "facts" / "missions.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[4] = lines[4].replace("bz2626864-s5", "bz2626864-s99")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = run("build", "--project", str(root), "--releases", str(tmp_path / "build"))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("data/facts/missions.csv:5: passage 'bz2626864-s99")
    assert not (tmp_path / "build").exists()


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    result = run("validate", "--project", str(tmp_path))
    assert result.exit_code == 2
    assert "Name the folder of a tradegraph project" in result.stderr


def test_passages_proposes_rows_for_a_new_document(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Inleiding\n\nIn 2027 gingen zes missies. Geen ging naar Japan.\n", encoding="utf-8")
    rows = run("passages", str(path), "--version", "letter-2027").output.splitlines()
    assert [row.split(",")[0] for row in rows] == ["letter-2027-s1-h-1", "letter-2027-s1-p1-1", "letter-2027-s1-p1-2"]
