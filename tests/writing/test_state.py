"""The state: the journal replayed, from a checkpoint where there is one, to now or to any moment."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradegraph.errors import NotFound
from tradegraph.writing import DataFolder, Entry, Journal, JournalDamaged, checkpoint, journal, open_state, resume
from writing.conftest import Calendar, entry, fresh_folder, histories, lines, replayed, segment, written


def with_checkpoints(folder: DataFolder, *groups: list[Entry]) -> DataFolder:
    """Write groups of entries, with a checkpoint after each."""
    for group in groups:
        opened, _state = resume(folder, Calendar())
        for one in group:
            opened.append(one)
        checkpoint(folder, opened.end)
        opened.close()
    return folder


def checkpoints(folder: DataFolder) -> list[str]:
    return sorted(path.name for path in folder.checkpoints.iterdir())


@settings(max_examples=50, deadline=None)
@given(histories(), st.data())
def test_the_state_at_any_write_is_what_was_written_until_then(writes: list[Entry], data: st.DataObject) -> None:
    with fresh_folder() as folder:
        first = data.draw(st.integers(0, len(writes)))
        with_checkpoints(folder, writes[:first], writes[first:])
        for number in range(len(writes) + 1):
            assert open_state(folder, number).lines == replayed(writes[:number])
        assert open_state(folder).lines == replayed(writes)


def test_the_state_at_a_moment(folder: DataFolder) -> None:
    written(folder, entry("x"), entry("y", removed=["x"]))
    states = [open_state(folder, datetime(2026, 3, 1, hour, 30, tzinfo=UTC)).lines for hour in (8, 9, 10)]
    assert states == [set(), set(lines("x")), set(lines("y"))]
    assert open_state(folder, datetime(2026, 3, 1, 10, tzinfo=UTC)).number == 2, "the moment itself belongs to it"


def test_a_write_that_is_not_there_yet_is_refused_with_the_last_one(folder: DataFolder) -> None:
    written(folder, entry("x"))
    with pytest.raises(NotFound, match=r"no write 2\. The last one is 1"):
        open_state(folder, 2)


def test_going_on_takes_up_journal_and_state_together(folder: DataFolder) -> None:
    with_checkpoints(folder, [entry("x")], [entry("y"), entry("z", removed=["x"])])
    opened, state = resume(folder)
    assert (state.lines, state.number, state.notices) == (set(lines("y", "z")), 3, ())
    assert opened.append(entry("w")).number == 4
    opened.close()


def test_the_two_newest_checkpoints_are_kept(folder: DataFolder) -> None:
    with_checkpoints(folder, *([entry(number)] for number in range(4)))
    assert checkpoints(folder) == ["3.json", "3.nq.zst", "4.json", "4.nq.zst"]


def test_starting_from_a_checkpoint_reads_only_what_came_after_it(folder: DataFolder) -> None:
    with_checkpoints(folder, [entry("x")])
    written(folder, entry("y"))
    damaged = bytearray(segment(folder).read_bytes())
    damaged[0] ^= 1
    segment(folder).write_bytes(damaged)
    assert open_state(folder).lines == set(lines("x", "y"))
    with pytest.raises(JournalDamaged):
        Journal.open(folder)


@pytest.mark.parametrize("name", ["2.nq.zst", "2.json"])
@pytest.mark.parametrize("damage", ["changed", "cut", "gone", "empty"])
def test_a_damaged_checkpoint_is_passed_over_for_the_one_before(folder: DataFolder, name: str, damage: str) -> None:
    with_checkpoints(folder, [entry("x")], [entry("y", removed=["x"])])
    path = folder.checkpoints / name
    content = path.read_bytes()
    match damage:
        case "changed":
            path.write_bytes(content.replace(b'"sha256": "', b'"sha256": "0').replace(b"\xb5", b"\xb4"))
        case "cut":
            path.write_bytes(content[:-5])
        case "gone":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
    state = open_state(folder)
    assert state.lines == set(lines("y"))
    assert all("passed over" in notice for notice in state.notices)


def test_without_any_sound_checkpoint_the_whole_journal_is_replayed(folder: DataFolder) -> None:
    with_checkpoints(folder, [entry("x")], [entry("y")])
    for path in folder.checkpoints.glob("*.zst"):
        path.write_bytes(b"")
    state = open_state(folder)
    assert state.lines == set(lines("x", "y"))
    assert len(state.notices) == 2


def test_a_journal_that_ends_before_its_checkpoint_lost_acknowledged_writes(folder: DataFolder) -> None:
    written(folder, entry("x"))
    earlier = segment(folder).read_bytes()
    with_checkpoints(folder, [entry("y")])
    segment(folder).write_bytes(earlier)
    with pytest.raises(JournalDamaged, match="ends before a write that was acknowledged"):
        resume(folder)
    segment(folder).unlink()
    with pytest.raises(JournalDamaged, match="missing"):
        resume(folder)


def test_checkpoints_stand_in_any_segment(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SEGMENT_BYTES", 700)
    groups = [[entry(10 * group + number) for number in range(3)] for group in range(5)]
    with_checkpoints(folder, *groups)
    assert len(list(folder.journal.iterdir())) > 3
    for number in range(16):
        assert open_state(folder, number).lines == set(lines(*[10 * (n // 3) + n % 3 for n in range(number)]))


def test_a_checkpoint_that_was_not_finished_leaves_nothing_that_is_read(folder: DataFolder) -> None:
    with_checkpoints(folder, [entry("x")])
    (folder.checkpoints / ".2.nq.zst-abc").write_bytes(b"half")
    (folder.checkpoints / "2.nq.zst").write_bytes(b"half")
    assert open_state(folder).lines == set(lines("x"))
    assert open_state(folder).notices == ()


def test_a_folder_without_writes_has_an_empty_state(folder: DataFolder, tmp_path: Path) -> None:
    assert open_state(folder).lines == set()
    with_checkpoints(folder, [])
    assert open_state(folder).number == 0
