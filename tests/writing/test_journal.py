"""The journal: what was acknowledged is there, whole and unchanged, or the journal says where it is not."""

import os
import resource
import signal
import stat
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings

from tradegraph.errors import StoreUnavailable
from tradegraph.writing import DataFolder, Delta, Entry, Journal, JournalDamaged, entries, journal, open_state
from tradegraph.writing.segments import HEAD_BYTES
from writing.conftest import (
    Calendar,
    contents,
    entry,
    fresh_folder,
    full_disk,
    histories,
    line,
    lines,
    replayed,
    segment,
    written,
)


@settings(max_examples=50, deadline=None)
@given(histories())
def test_what_goes_in_comes_out(writes: list[Entry]) -> None:
    with fresh_folder() as folder:
        written(folder, *writes)
        read = list(entries(folder))
        assert [one.number for one in read] == list(range(1, len(writes) + 1))
        for one, write in zip(read, writes, strict=True):
            assert one.delta == write.delta
            assert (one.writer, one.kind, one.note, one.release) == (
                write.writer,
                write.kind,
                write.note,
                write.release,
            )
            assert one.graphs == write.delta.counts


@settings(max_examples=50, deadline=None)
@given(histories())
def test_a_group_reads_like_writes_one_by_one(writes: list[Entry]) -> None:
    with fresh_folder() as folder:
        opened = Journal.open(folder)
        recorded = opened.append_many(writes)
        opened.close()
        assert list(entries(folder)) == recorded
        assert open_state(folder).lines == replayed(writes)


def test_what_is_told_of_a_write_is_what_the_journal_holds(folder: DataFolder) -> None:
    opened = Journal.open(folder)
    assert [opened.append(entry("x")), opened.append(entry("y"))] == list(opened.entries())
    assert [one.number for one in opened.entries(1)] == [2]
    opened.close()


def test_a_new_journal_is_empty(folder: DataFolder) -> None:
    assert Journal.open(folder).append_many([]) == []
    assert list(entries(folder)) == []


def test_numbers_go_on_after_opening_again(folder: DataFolder) -> None:
    written(folder, entry("x"))
    written(folder, entry("y"))
    assert [one.number for one in entries(folder)] == [1, 2]


def test_moments_only_rise_when_the_clock_is_set_back(folder: DataFolder) -> None:
    moments = iter([Calendar()()] * 3)
    opened = Journal.open(folder, clock=lambda: next(moments))
    first = opened.append(entry("x"))
    second, third = opened.append_many([entry("y"), entry("z")])
    opened.close()
    assert first.moment < second.moment < third.moment
    reopened = Journal.open(folder, clock=lambda: first.moment)
    assert reopened.append(entry("w")).moment > third.moment
    reopened.close()


def test_a_large_write_is_packed(folder: DataFolder) -> None:
    many = Delta((), tuple(sorted(line(number) for number in range(2000))))
    written(folder, Entry("customs", "put", many))
    assert segment(folder).stat().st_size < sum(map(len, many.added)) / 5
    assert [one.delta for one in entries(folder)] == [many]


def test_the_journal_is_for_its_owner_only(folder: DataFolder) -> None:
    written(folder, entry("x"))
    assert stat.S_IMODE(folder.root.stat().st_mode) == 0o700
    assert stat.S_IMODE(segment(folder).stat().st_mode) == 0o600


def test_a_full_segment_is_followed_by_another(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SEGMENT_BYTES", 1000)
    written(folder, *(entry(number) for number in range(20)))
    names = sorted(int(path.stem) for path in folder.journal.iterdir())
    assert names[0] == 1
    assert len(names) > 5
    assert [one.number for one in entries(folder, 7)] == list(range(8, 21))
    assert open_state(folder).lines == set(lines(*range(20)))
    written(folder, entry("more"))
    assert [one.number for one in entries(folder, 20)] == [21]


# Torn: what a crash leaves.


@pytest.mark.parametrize("group", [1, 3])
def test_a_write_cut_short_at_any_byte_is_as_if_it_had_not_been(folder: DataFolder, group: int) -> None:
    opened = Journal.open(folder)
    opened.append(entry("x"))
    before = segment(folder).stat().st_size
    opened.append_many([entry(f"y{number}") for number in range(group)])
    opened.close()
    whole = segment(folder).read_bytes()
    for size in range(before + 1, len(whole)):
        segment(folder).write_bytes(whole[:size])
        assert open_state(folder).lines == set(lines("x")), "a reader passes over it"
        again = Journal.open(folder)
        again.close()
        assert again.end.number == 1
        assert f"the last {size - before} bytes" in again.notice
        assert segment(folder).read_bytes() == whole[:before]


def test_after_the_cut_the_journal_goes_on(folder: DataFolder) -> None:
    written(folder, entry("x"), entry("y"))
    os.truncate(segment(folder), segment(folder).stat().st_size - 1)
    written(folder, entry("z"))
    assert open_state(folder).lines == set(lines("x", "z"))


@pytest.mark.parametrize("sector", range(4))
def test_a_sector_that_never_reached_the_disk_is_a_torn_write(folder: DataFolder, sector: int) -> None:
    """The system may have made room for all of a frame, and the power gone when only some of it was written."""
    written(folder, entry("x"))
    before = segment(folder).stat().st_size
    noise = zlib.compress(os.urandom(1500)).hex()
    written(folder, entry(noise))
    torn = bytearray(segment(folder).read_bytes())
    start = max(before, sector * 512)
    end = min(len(torn), (sector + 1) * 512)
    torn[start:end] = bytes(end - start)
    segment(folder).write_bytes(torn)
    opened = Journal.open(folder)
    opened.close()
    assert opened.end.number == 1
    assert opened.notice


def test_room_made_and_nothing_written_is_a_torn_write(folder: DataFolder) -> None:
    written(folder, entry("x"))
    os.truncate(segment(folder), segment(folder).stat().st_size + 5000)
    opened = Journal.open(folder)
    opened.close()
    assert "the last 5000 bytes" in opened.notice


def test_a_segment_begun_and_not_written_to_is_no_damage(folder: DataFolder) -> None:
    written(folder, entry("x"))
    segment(folder, 2).touch()
    written(folder, entry("y"))
    assert segment(folder, 2).stat().st_size > 0
    assert [one.number for one in entries(folder)] == [1, 2]


# Damage: never mended silently.


@pytest.mark.parametrize("group", [False, True])
def test_any_byte_that_changed_is_found_with_its_place(folder: DataFolder, group: bool) -> None:
    opened = Journal.open(folder)
    if group:
        opened.append_many([entry("x"), entry("y")])
    else:
        opened.append(entry("x"))
    earlier = segment(folder).stat().st_size
    opened.append(entry("z"))
    opened.close()
    whole = segment(folder).read_bytes()
    for at in range(earlier):
        damaged = bytearray(whole)
        damaged[at] ^= 0x20
        segment(folder).write_bytes(damaged)
        with pytest.raises(JournalDamaged, match=r"byte \d+, entry [12]: .+ Restore a backup") as found:
            Journal.open(folder)
        assert found.value.offset <= at
        assert found.value.path == segment(folder)
        assert segment(folder).read_bytes() == damaged, "nothing was changed"


def test_a_last_write_that_changed_is_damage_and_not_torn(folder: DataFolder) -> None:
    """It may have been acknowledged: cutting it off would lose it without a word."""
    written(folder, entry("x"), entry("y"))
    whole = segment(folder).read_bytes()
    first = next(at for at in range(1, len(whole)) if whole.startswith(b"TGJ1", at))
    for at in range(first, len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 0x01
        segment(folder).write_bytes(damaged)
        with pytest.raises(JournalDamaged, match="entry 2"):
            Journal.open(folder)


def test_a_lost_sector_before_acknowledged_writes_is_damage(folder: DataFolder) -> None:
    written(folder, *(entry(number, "a" * 600) for number in range(3)))
    damaged = bytearray(segment(folder).read_bytes())
    damaged[:512] = bytes(512)
    segment(folder).write_bytes(damaged)
    with pytest.raises(JournalDamaged, match="byte 0, entry 1"):
        Journal.open(folder)


@pytest.mark.parametrize("lost", [1, 2])
def test_a_segment_that_is_lost_is_found(folder: DataFolder, lost: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SEGMENT_BYTES", 1)
    written(folder, entry("x"), entry("y"), entry("z"))
    segment(folder, lost).unlink()
    with pytest.raises(JournalDamaged, match=f"entry {lost}"):
        Journal.open(folder)


def test_a_segment_that_was_cut_before_others_is_damage(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SEGMENT_BYTES", 1)
    written(folder, entry("x"), entry("y"))
    os.truncate(segment(folder), segment(folder).stat().st_size - 1)
    with pytest.raises(JournalDamaged, match="entry 1"):
        Journal.open(folder)


def test_a_journal_of_another_folder_is_not_taken_for_its_own(folder: DataFolder, tmp_path: Path) -> None:
    other = written(DataFolder.create(tmp_path / "other"), entry("x"))
    segment(folder).write_bytes(segment(other).read_bytes())
    with pytest.raises(JournalDamaged, match="does not follow"):
        Journal.open(folder)


def test_writes_that_changed_places_are_found(folder: DataFolder) -> None:
    written(folder, entry("x"), entry("y"))
    whole = segment(folder).read_bytes()
    middle = whole.index(b"TGJ1", HEAD_BYTES)
    segment(folder).write_bytes(whole[middle:] + whole[:middle])
    with pytest.raises(JournalDamaged, match="byte 0, entry 1"):
        Journal.open(folder)


# A disk without room.


def test_a_full_disk_refuses_the_write_and_the_journal_goes_on_when_there_is_room(folder: DataFolder) -> None:
    opened = Journal.open(folder)
    opened.append(entry("x"))
    whole = contents(folder.root)
    size = segment(folder).stat().st_size
    for room in (size, size + 1, size + HEAD_BYTES, size + 300):
        with full_disk(room), pytest.raises(StoreUnavailable, match="could not be recorded") as refused:
            opened.append_many([entry("y"), entry("z")])
        assert refused.value.remedy == "Free space on the disk."
        assert contents(folder.root) == whole
    assert opened.append(entry("y")).number == 2
    opened.close()
    assert open_state(folder).lines == set(lines("x", "y"))


def test_a_new_segment_on_a_full_disk_is_begun_again_later(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SEGMENT_BYTES", 1)
    opened = Journal.open(folder)
    opened.append(entry("x"))
    with full_disk(10), pytest.raises(StoreUnavailable):
        opened.append(entry("y"))
    opened.append(entry("z"))
    opened.append(entry("w"))
    opened.close()
    assert open_state(folder).lines == set(lines("x", "z", "w"))
    assert [path.name for path in sorted(folder.journal.iterdir())] == ["00000001.log", "00000002.log", "00000003.log"]


def test_after_a_failed_fsync_nothing_is_written_until_the_journal_is_opened_again(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second fsync would tell success, though what the first one lost is lost."""
    opened = Journal.open(folder)
    opened.append(entry("x"))
    whole = contents(folder.root)

    def failing(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", failing)
        with pytest.raises(StoreUnavailable, match="The disk failed"):
            opened.append(entry("y"))
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="Start the service again"):
            opened.append(entry("z"))
    opened.close()
    assert contents(folder.root) == whole, "what was refused does not come back"
    written(folder, entry("w"))
    assert open_state(folder).lines == set(lines("x", "w"))


def test_the_limit_that_these_tests_set_is_taken_away_again() -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    assert signal.getsignal(signal.SIGXFSZ) == signal.SIG_IGN, "as Python starts"
