"""Releases stay, `current` is switched in one step, and a journal beside them tells when."""

import os
from pathlib import Path

import pytest

from releases.conftest import NEWER, OLDER, put
from tradegraph.errors import NotFound, NotSound
from tradegraph.release import ReleaseFolder


def test_the_journal_tells_when_each_release_became_current(folder: ReleaseFolder) -> None:
    first, second = put(folder, OLDER), put(folder, NEWER)
    assert [(turn.identifier, turn.timestamp) for turn in folder.history()] == [
        (first.identifier, "2026-03-01T09:30:00Z"),
        (second.identifier, "2026-03-02T09:30:00Z"),
    ]
    assert folder.previous(second.identifier) == first.identifier
    assert folder.previous(first.identifier) is None


def test_building_the_same_again_is_no_new_entry(folder: ReleaseFolder) -> None:
    put(folder, OLDER)
    put(folder, OLDER)
    assert len(folder.history()) == 1


def test_a_release_that_becomes_current_again_has_a_second_entry(folder: ReleaseFolder) -> None:
    first, second = put(folder, OLDER), put(folder, NEWER)
    put(folder, OLDER)
    assert [turn.identifier for turn in folder.history()] == [
        first.identifier,
        second.identifier,
        first.identifier,
    ]
    assert folder.previous(first.identifier) == second.identifier


def test_no_clock_enters_a_release(folder: ReleaseFolder, tmp_path: Path) -> None:
    later = ReleaseFolder(tmp_path / "later")
    one, other = put(folder, OLDER), put(later, OLDER)
    names = ("dataset.nq", "release.json", "statistics.json")
    assert [(one.directory / name).read_bytes() for name in names] == [
        (other.directory / name).read_bytes() for name in names
    ]


def test_a_release_from_before_the_journal_has_the_moment_at_which_it_was_written(folder: ReleaseFolder) -> None:
    first = put(folder, OLDER)
    (folder.root / "history.json").unlink()
    os.utime(first.directory / "release.json", (1_700_000_000, 1_700_000_000))
    second = put(folder, NEWER)
    assert [(turn.identifier, turn.day) for turn in folder.history()] == [
        (first.identifier, "2023-11-14"),
        (second.identifier, "2026-03-02"),
    ]


def test_a_release_that_was_thrown_away_is_no_longer_in_the_history(folder: ReleaseFolder) -> None:
    first = put(folder, OLDER)
    second = put(folder, NEWER)
    for path in first.directory.iterdir():
        path.unlink()
    first.directory.rmdir()
    assert [turn.identifier for turn in folder.history()] == [second.identifier]
    assert folder.previous(second.identifier) is None


def test_current_never_stops_naming_a_whole_release(folder: ReleaseFolder) -> None:
    """`current` is a link that is replaced by another one: there is no moment without it."""
    put(folder, OLDER)
    link = folder.root / "current"
    before = link.readlink()
    put(folder, NEWER)
    assert link.is_symlink()
    assert link.readlink() != before
    assert [path.name for path in folder.root.iterdir() if path.name.startswith(".")] == []


def test_a_server_keeps_what_it_opened_when_current_moves_on(folder: ReleaseFolder) -> None:
    put(folder, OLDER)
    opened = folder.current()
    put(folder, NEWER)
    assert opened.dataset.is_file()
    assert folder.current().identifier != opened.identifier


def test_an_unknown_release_is_refused_with_those_that_there_are(folder: ReleaseFolder) -> None:
    there = put(folder, OLDER).identifier
    with pytest.raises(NotFound, match=f"nonsense: there is no such release. There are: {there}."):
        folder.read("nonsense")


def test_a_journal_that_cannot_be_read_says_what_to_do(folder: ReleaseFolder) -> None:
    put(folder, OLDER)
    (folder.root / "history.json").write_text("{}", encoding="utf-8")
    with pytest.raises(NotSound, match="Correct it, or remove it"):
        folder.history()
