"""The history as a store: started by the first question, right after every write, gone when nobody asks."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pytest

from tradegraph.errors import QueryAbandoned, StoreUnavailable
from tradegraph.media_types import format_named
from tradegraph.store import Dataset, Limits, Request
from tradegraph.writing import DataFolder, Entry, Journal, journal
from tradegraph.writing.history_store import HistoryStore
from writing.conftest import entry, segment, written

CSV = format_named("csv")
WRITES = "SELECT (COUNT(*) AS ?n) { ?write a <http://www.w3.org/ns/prov#Activity> }"


@dataclass
class Asked:
    """A history with somebody who writes and somebody who asks."""

    journal: Journal
    store: HistoryStore

    def write(self, *entries: Entry) -> None:
        self.journal.append_many(entries)

    def count(self, time_s: float = 30) -> int:
        answer = self.store.query(request(WRITES, time_s))
        return int(b"".join(answer.chunks()).split()[1])


def request(text: str, time_s: float = 30) -> Request:
    assert CSV is not None
    return Request(text, "bindings", CSV, Dataset(), Limits(time_s), "https://example.org/", union_default_graph=False)


@contextmanager
def opened(folder: DataFolder, *, idle_s: float = 60, time_limit_s: float = 30) -> Iterator[Asked]:
    journal = Journal.open(folder)
    store = HistoryStore(folder, lambda: journal.end.number, time_limit_s, 200, idle_s)
    with closing(journal), closing(store):
        yield Asked(journal, store)


@pytest.fixture
def history(folder: DataFolder) -> Iterator[Asked]:
    with opened(written(folder, entry("a"), entry("b"))) as one:
        yield one


def until_there_is_no_keeper(history: Asked) -> None:
    end = time.monotonic() + 20
    while history.store.keeper_pid is not None:
        assert time.monotonic() < end, "it goes on"
        time.sleep(0.05)


def test_nothing_runs_until_somebody_asks(history: Asked) -> None:
    history.write(entry("c"))
    assert history.store.keeper_pid is None
    assert history.count() == 3
    assert history.store.keeper_pid is not None


def test_before_the_first_write_the_history_is_empty(folder: DataFolder) -> None:
    with opened(folder) as history:
        assert history.count() == 0
        history.write(entry("a"))
        assert history.count() == 1


def test_every_question_knows_all_that_was_written_before_it(history: Asked) -> None:
    for number in range(3, 40):
        history.write(entry(number), *([entry(f"{number}-{n}") for n in range(5)] if number % 9 == 0 else []))
        assert history.count() == history.journal.end.number


def test_what_is_written_while_the_history_is_read_is_in_it_too(history: Asked) -> None:
    history.write(*(entry(number) for number in range(2000)))
    counts: list[int] = []
    asking = threading.Thread(target=lambda: counts.append(history.count()))
    asking.start()
    for number in range(300):
        history.write(entry(f"meanwhile-{number}"))
    asking.join()
    assert counts[0] >= 2002
    assert history.count() == 2302


def test_it_does_not_matter_where_the_journal_begins_a_new_file(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "SEGMENT_BYTES", 1)
    with opened(written(folder, entry("a"), entry("b"))) as history:
        for number in range(3, 7):
            history.write(entry(number), entry(f"{number}-b", removed=[number]))
            assert history.count() == history.journal.end.number


def test_a_large_write_is_told_of_like_a_small_one(history: Asked) -> None:
    history.count()
    history.write(entry(*(f"{number:05}" for number in range(20_000))), entry("small"))
    assert history.count() == 4
    parts = "SELECT (COUNT(*) AS ?n) { GRAPH ?part { ?s ?p ?o } }"
    assert b"".join(history.store.query(request(parts)).chunks()).split()[1] == b"20003"


def test_several_may_ask_at_the_same_time(history: Asked) -> None:
    counts: list[int] = []
    asking = [threading.Thread(target=lambda: counts.append(history.count())) for _ in range(6)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert counts == [2] * 6


def test_the_memory_is_given_back_when_nobody_asks(folder: DataFolder) -> None:
    with opened(folder, idle_s=0, time_limit_s=2) as history:
        history.write(entry("a"))
        assert history.count(2) == 1
        history.write(entry("b"))
        until_there_is_no_keeper(history)
        history.write(entry("c"))
        assert history.count(2) == 3


def test_a_keeper_that_died_is_replaced_by_one_that_knows_all(history: Asked) -> None:
    history.count()
    pid = history.store.keeper_pid
    assert pid is not None
    history.write(entry("c"))
    os.kill(pid, signal.SIGKILL)
    history.write(entry("d"))
    counts: list[int] = []
    end = time.monotonic() + 20
    while not counts:
        try:
            counts.append(history.count())
        except StoreUnavailable:
            # It says so for the moment that it takes.
            assert time.monotonic() < end
            time.sleep(0.1)
    history.write(entry("e"))
    assert [*counts, history.count()] == [4, 5]


def test_a_damaged_journal_is_not_told_and_asking_again_says_so_again(
    folder: DataFolder, capfd: pytest.CaptureFixture[str]
) -> None:
    with opened(written(folder, entry("a"), entry("b"))) as history:
        sound = segment(folder).read_bytes()
        segment(folder).write_bytes(sound[:200] + bytes([sound[200] ^ 1]) + sound[201:])
        for _ in range(2):
            with pytest.raises(StoreUnavailable) as refused:
                history.count()
            assert str(folder.root) not in refused.value.detail, "where it stands is not for everybody"
        assert history.store.keeper_pid is None
    assert "entry 1: this entry is not as it was written" in capfd.readouterr().err


def test_who_does_not_wait_any_longer_is_let_go(history: Asked) -> None:
    with pytest.raises(QueryAbandoned):
        history.store.query(request(WRITES), lambda: True)
    with pytest.raises(StoreUnavailable, match="still being read"):
        history.count(time_s=0.001)
    assert history.count() == 2


def test_a_history_that_was_closed_stays_closed(history: Asked) -> None:
    history.count()
    history.store.close()
    assert history.store.keeper_pid is None
    with pytest.raises(StoreUnavailable):
        history.count()
    assert history.store.keeper_pid is None
