"""The commands around the data folder."""

import json
from pathlib import Path

import rdflib
from click.testing import CliRunner, Result

from tradegraph.cli import main
from tradegraph.writing import DataFolder, Tokens, open_state
from writing.conftest import GRAPHS, entry, line, lines, written


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_a_token_is_printed_once_and_listed_without_it(tmp_path: Path) -> None:
    root = tmp_path / "data"
    added = run("token", "add", "customs", "--scope", "write", "--graph", GRAPHS[0], "--data-dir", root)
    assert added.exit_code == 0
    secret = added.stdout.strip()
    found = Tokens(DataFolder.open(root).tokens).check(secret)
    assert found is not None
    assert found.name == "customs"
    listed = run("token", "list", "--data-dir", root).stdout
    assert "customs  write  https://example.org/a/  since 20" in listed
    assert secret not in listed
    assert run("token", "revoke", "customs", "--data-dir", root).stdout == "customs: 1 token revoked\n"
    assert run("token", "list", "--data-dir", root).stdout == ""


def test_a_token_that_ends_says_so(folder: DataFolder) -> None:
    run("token", "add", "guest", "--scope", "read", "--expires", "2126-01-02T03:04Z", "--data-dir", folder.root)
    assert "until 2126-01-02 03:04 UTC" in run("token", "list", "--data-dir", folder.root).stdout


def test_what_cannot_be_given_is_refused_with_the_reason(tmp_path: Path) -> None:
    refused = run("token", "add", "x", "--scope", "write", "--graph", "urn:", "--data-dir", tmp_path / "data")
    assert refused.exit_code == 1
    assert "the project's own" in refused.stderr


def test_the_history_is_a_line_for_each_write(folder: DataFolder) -> None:
    written(folder, entry("x"), entry("y", removed=["x"], writer="chamber"))
    listed = run("history", "--data-dir", folder.root).stdout.splitlines()
    assert listed == [
        "     1  2026-03-01 09:00:00  customs  update  -0 +1  https://example.org/a/",
        "     2  2026-03-01 10:00:00  chamber  update  -1 +1  https://example.org/a/",
    ]
    assert run("history", "--data-dir", folder.root, "--writer", "chamber").stdout.splitlines() == listed[1:]
    assert run("history", "--data-dir", folder.root, "--to", "2026-03-01T10:00Z").stdout.splitlines() == listed[:1]
    assert run("history", "--data-dir", folder.root, "--graph", GRAPHS[1]).stdout == ""


def test_the_history_for_programs(folder: DataFolder) -> None:
    written(folder, entry("x"), entry("y"))
    told = run("history", "--data-dir", folder.root, "--format", "json").stdout.splitlines()
    assert [json.loads(one)["number"] for one in told] == [1, 2]
    turtle = run("history", "--data-dir", folder.root, "--format", "ttl").stdout
    activities = rdflib.Graph().parse(data=turtle, format="turtle").subjects(rdflib.RDF.type, rdflib.PROV.Activity)
    assert {str(one) for one in activities} == {folder.write_iri(1), folder.write_iri(2)}


def test_one_write_is_shown_as_what_it_changed(folder: DataFolder) -> None:
    written(folder, entry("x"))
    shown = run("history", "--data-dir", folder.root, 1)
    assert shown.stdout_bytes.endswith(b"TX .\nA " + line("x") + b"TC .\n")
    assert run("history", "--data-dir", folder.root, 2).exit_code == 2
    assert run("history", "--data-dir", folder.root, 1, "--format", "ttl").exit_code == 2


def test_a_backup_is_made_and_restored_to_a_point_in_time(folder: DataFolder, tmp_path: Path) -> None:
    written(folder, entry("x"), entry("y"))
    file = tmp_path / "backup.tar.zst"
    made = run("backup", "--data-dir", folder.root, "--to", file)
    assert "2 writes, the last of 2026-03-01T10:00:00" in made.stdout
    for number, (until, left) in enumerate([("1", ["x"]), ("2026-03-01T09:30Z", ["x"]), ("2026-03-02", ["x", "y"])]):
        root = tmp_path / f"again-{number}"
        restored = run("restore", file, "--data-dir", root, "--until", until)
        assert f"{len(left)} of 2 writes" in restored.stdout
        assert open_state(DataFolder.open(root)).lines == set(lines(*left))
    assert run("restore", file, "--data-dir", folder.root).exit_code == 1
    assert "is not a moment" in run("restore", file, "--data-dir", tmp_path / "no", "--until", "noon").stderr


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    for command in (["history"], ["token", "list"], ["backup", "--to", tmp_path / "b"]):
        asked = run(*command, "--data-dir", tmp_path / "none")
        assert asked.exit_code == 2
        assert "there is no data folder here" in asked.stderr
