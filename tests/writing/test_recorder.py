"""Recording what was proposed: together where it waits together, and never on top of what could not be recorded."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tradegraph.errors import StoreUnavailable
from tradegraph.writing import DataFolder, Delta, Journal, open_state, recorder
from tradegraph.writing.checkpoints import checkpoints
from tradegraph.writing.recorder import Pending, Recorder
from writing.conftest import entry, full_disk, lines, segment


@dataclass
class Readers:
    """What readers were given: changes of the data, then the word that they can be read."""

    seen: list[tuple[str, int]] = field(default_factory=list)

    def catch_up(self, number: int, change: bytes) -> None:
        assert change
        self.seen.append(("data", number))

    def made(self, number: int, delta: Delta) -> None:
        assert delta
        self.seen.append(("word", number))


@pytest.fixture
def readers() -> Readers:
    return Readers()


@pytest.fixture
def recording(folder: DataFolder, readers: Readers) -> Iterator[Recorder]:
    journal = Journal.open(folder)
    yield (opened := Recorder(folder, journal, readers, 0, readers.made))
    opened.close()
    journal.close()


def test_what_waits_is_recorded_in_order_and_in_one_frame(recording: Recorder, folder: DataFolder) -> None:
    first, second, third = (recording.queue(entry(name), 0) for name in "xyz")
    recording.finish(second)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert all(one.done for one in (first, second, third))
    assert segment(folder).read_bytes().count(b"TGJ1") == 1
    assert open_state(folder).lines == set(lines("x", "y", "z"))


def test_readers_are_given_the_data_before_the_word(recording: Recorder, readers: Readers) -> None:
    pending = [recording.queue(entry(name), 0) for name in "xy"]
    recording.finish(pending[1])
    assert readers.seen == [("data", 1), ("word", 1), ("data", 2), ("word", 2)]


def test_what_changes_nothing_waits_for_what_it_was_proposed_on(recording: Recorder, readers: Readers) -> None:
    before = recording.queue(entry("x"), 0)
    nothing = recording.queue(entry(), 0)
    recording.finish(nothing)
    assert nothing.number is None
    assert before.number == 1
    assert readers.seen == [("data", 1), ("word", 1)]


def test_on_a_full_disk_all_that_waits_is_refused_and_all_that_was_proposed_on_it(
    recording: Recorder, folder: DataFolder, readers: Readers
) -> None:
    recording.finish(recording.queue(entry("x"), recording.lineage))
    refused = [recording.queue(entry(name), recording.lineage) for name in "yz"]
    lineage = recording.lineage
    with full_disk(segment(folder).stat().st_size), pytest.raises(StoreUnavailable, match="could not be recorded"):
        recording.finish(refused[0])
    # There is room again, but this one was worked out as if y and z were there.
    refused.append(recording.queue(entry("w"), lineage))
    for one in refused[1:]:
        with pytest.raises(StoreUnavailable, match="could not be recorded"):
            recording.finish(one)
    recording.finish(recording.queue(entry("v"), recording.lineage))
    assert open_state(folder).lines == set(lines("x", "v"))
    assert [number for what, number in readers.seen if what == "word"] == [1, 2]


def test_many_threads_get_a_number_each(recording: Recorder, folder: DataFolder) -> None:
    finished: list[Pending] = []

    def write(name: int) -> None:
        for n in range(20):
            pending = recording.queue(entry(f"{name}.{n}"), 0)
            recording.finish(pending)
            finished.append(pending)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.number or 0 for one in finished) == list(range(1, 161))
    assert len(open_state(folder).lines) == 160


def test_a_checkpoint_is_made_in_proportion_to_what_was_written(
    recording: Recorder, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "_MOST_TO_REPLAY", 100)
    for name in range(4):
        recording.finish(recording.queue(entry(name), 0))
    assert checkpoints(folder) == []
    for name in range(4, 9):
        recording.finish(recording.queue(entry(name), 0))
    recording.close()
    assert checkpoints(folder)[0].place.number == 9, "one on the way, and one at the end"


def test_without_room_for_a_checkpoint_nothing_is_lost(
    recording: Recorder, folder: DataFolder, capfd: pytest.CaptureFixture[str]
) -> None:
    recording.finish(recording.queue(entry("x"), 0))
    folder.checkpoints.rmdir()
    recording.close()
    assert "no checkpoint could be made" in capfd.readouterr().err
    folder.checkpoints.mkdir()
    assert open_state(folder).lines == set(lines("x"))


def test_it_is_known_why_nothing_can_be_recorded_any_more(recording: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    assert recording.trouble == ""
    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", failing)
        with pytest.raises(StoreUnavailable, match="The disk failed"):
            recording.finish(recording.queue(entry("x"), 0))
    assert "The disk failed" in recording.trouble
