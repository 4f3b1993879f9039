"""A backup: all that was written in one file, verified when it is made and when it is restored."""

import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradegraph.errors import NotFound, NotSound
from tradegraph.writing import (
    DataFolder,
    Entry,
    Journal,
    JournalDamaged,
    Tokens,
    backup,
    checkpoint,
    entries,
    journal,
    open_state,
    restore,
    resume,
)
from writing.conftest import Calendar, contents, entry, fresh_folder, histories, lines, replayed, segment, written

WRITER = """
import sys
from pathlib import Path
from tradegraph.writing import DataFolder, Delta, Entry, checkpoint, resume
folder = DataFolder.open(Path(sys.argv[1]))
with folder.locked():
    journal, _state = resume(folder)
    print("begun", flush=True)
    while True:
        quad = f"<https://example.org/{journal.end.number}> <https://example.org/p> <https://example.org/o> .\\n"
        journal.append(Entry("live", "update", Delta((), (quad.encode(),))))
        if journal.end.number % 50 == 0:
            checkpoint(folder, journal.end)
"""


@pytest.fixture
def full(folder: DataFolder) -> DataFolder:
    """A folder with everything: three writes at 9, 10 and 11 o'clock, a checkpoint after the second, a token."""
    opened, _ = resume(folder, Calendar())
    opened.append_many([entry("x"), entry("y", removed=["x"])])
    checkpoint(folder, opened.end)
    opened.append(Entry("customs", "update", entry("z").delta, release="3d622c720cc98389"))
    opened.close()
    Tokens(folder.tokens).add("customs", ["write"], ["https://example.org/a/"])
    return folder


def test_a_restored_folder_is_the_folder(full: DataFolder, tmp_path: Path) -> None:
    made = backup(full, tmp_path / "backup.tar.zst", Calendar())
    assert (made.entries, made.release, made.identity) == (3, "3d622c720cc98389", full.identity)
    assert (made.moment, made.made) == ("2026-03-01T11:00:00.000000Z", "2026-03-01T09:00:00.000000Z")
    assert restore(tmp_path / "backup.tar.zst", tmp_path / "again") == made
    assert contents(tmp_path / "again") == contents(full.root)
    assert stat.S_IMODE((tmp_path / "again").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "backup.tar.zst").stat().st_mode) == 0o600


def test_a_restored_folder_can_be_written_to(full: DataFolder, tmp_path: Path) -> None:
    backup(full, tmp_path / "backup.tar.zst")
    restore(tmp_path / "backup.tar.zst", tmp_path / "again")
    again = written(DataFolder.open(tmp_path / "again"), entry("w"))
    assert open_state(again).lines == set(lines("y", "z", "w"))


def test_an_empty_folder_has_a_backup_too(folder: DataFolder, tmp_path: Path) -> None:
    assert backup(folder, tmp_path / "backup.tar.zst").entries == 0
    restore(tmp_path / "backup.tar.zst", tmp_path / "again")
    assert open_state(written(DataFolder.open(tmp_path / "again"), entry("x"))).lines == set(lines("x"))


def test_a_torn_write_is_not_in_the_backup(full: DataFolder, tmp_path: Path) -> None:
    os.truncate(segment(full), segment(full).stat().st_size - 1)
    assert backup(full, tmp_path / "backup.tar.zst").entries == 2
    restore(tmp_path / "backup.tar.zst", tmp_path / "again")
    assert Journal.open(DataFolder.open(tmp_path / "again")).notice == ""


def test_a_damaged_journal_has_no_backup(full: DataFolder, tmp_path: Path) -> None:
    damaged = bytearray(segment(full).read_bytes())
    damaged[100] ^= 1
    segment(full).write_bytes(damaged)
    with pytest.raises(JournalDamaged):
        backup(full, tmp_path / "backup.tar.zst")
    assert not list(tmp_path.glob("*backup*"))


def test_a_damaged_checkpoint_stays_out_of_the_backup(full: DataFolder, tmp_path: Path) -> None:
    (full.checkpoints / "2.nq.zst").write_bytes(b"")
    backup(full, tmp_path / "backup.tar.zst")
    restore(tmp_path / "backup.tar.zst", tmp_path / "again")
    assert open_state(DataFolder.open(tmp_path / "again")).lines == set(lines("y", "z"))


def test_backups_can_be_made_while_another_process_writes(folder: DataFolder, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(folder.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        made = [backup(folder, tmp_path / f"{number}.tar.zst") for number in range(8)]
        writer.kill()
    numbers = [one.entries for one in made]
    assert numbers == sorted(numbers)
    assert numbers[-1] > numbers[0]
    live = {one.number: one.digest for one in entries(folder)}
    for number, one in enumerate(made):
        restore(tmp_path / f"{number}.tar.zst", tmp_path / f"again-{number}")
        again = DataFolder.open(tmp_path / f"again-{number}")
        assert len(open_state(again).lines) == one.entries
        assert one.entries == 0 or live[one.entries].hex() == one.digest


def test_a_byte_that_changed_in_a_backup_is_found_and_nothing_is_restored(full: DataFolder, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.zst"
    backup(full, file)
    whole = file.read_bytes()
    before = sorted(tmp_path.iterdir())
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 0x10
        file.write_bytes(damaged)
        with pytest.raises(NotSound, match="nothing was restored"):
            restore(file, tmp_path / "again")
        assert sorted(tmp_path.iterdir()) == before


def test_a_backup_that_was_cut_short_is_not_restored(full: DataFolder, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.zst"
    backup(full, file)
    whole = file.read_bytes()
    for size in range(0, len(whole), 7):
        file.write_bytes(whole[:size])
        with pytest.raises(NotSound, match="Use another backup"):
            restore(file, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_nothing_is_ever_overwritten(full: DataFolder, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.zst"
    backup(full, file)
    with pytest.raises(NotSound, match="an old backup is worth more than none"):
        backup(full, file)
    (tmp_path / "there").mkdir()
    with pytest.raises(NotSound, match="ever restored over something else"):
        restore(file, tmp_path / "there")
    with pytest.raises(NotFound, match="no such file"):
        restore(tmp_path / "nothing", tmp_path / "again")
    with pytest.raises(NotFound, match="no such folder"):
        backup(full, tmp_path / "nowhere" / "backup.tar.zst")


@settings(max_examples=40, deadline=None)
@given(histories(), st.data())
def test_a_backup_can_be_restored_as_it_was_after_any_write(writes: list[Entry], data: st.DataObject) -> None:
    with fresh_folder() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(journal, "SEGMENT_BYTES", data.draw(st.sampled_from([1, 600, 100_000])))
        first, second = sorted((data.draw(st.integers(0, len(writes))), data.draw(st.integers(0, len(writes)))))
        opened, _ = resume(folder)
        for group in (writes[:first], writes[first:second], writes[second:]):
            opened.append_many(group)
            if data.draw(st.booleans()):
                checkpoint(folder, opened.end)
        opened.close()
        file = folder.root.parent / "backup.tar.zst"
        backup(folder, file)
        for number in range(len(writes) + 1):
            root = folder.root.parent / f"again-{number}"
            restore(file, root, number)
            again = DataFolder.open(root)
            last, state = resume(again)
            last.close()
            assert last.notice == ""
            assert state.lines == replayed(writes[:number])
            assert list(entries(again)) == list(entries(folder))[:number]
            shutil.rmtree(root)


def test_a_folder_restored_to_a_moment_is_another_folder_from_then_on(full: DataFolder, tmp_path: Path) -> None:
    backup(full, tmp_path / "backup.tar.zst")
    restore(tmp_path / "backup.tar.zst", tmp_path / "again", datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    again = DataFolder.open(tmp_path / "again")
    assert open_state(again).lines == set(lines("x"))
    assert again.restored_from == f"{full.identity}:1"
    assert again.identity != full.identity, "its second write is another one than the second one there"
    assert list(again.checkpoints.iterdir()) == []
    assert open_state(written(again, entry("w"))).lines == set(lines("x", "w"))


def test_a_write_that_a_backup_does_not_have_is_refused(full: DataFolder, tmp_path: Path) -> None:
    backup(full, tmp_path / "backup.tar.zst")
    with pytest.raises(NotFound, match=r"no write 4 in this backup. The last one is 3"):
        restore(tmp_path / "backup.tar.zst", tmp_path / "again", 4)
    assert not (tmp_path / "again").exists()
