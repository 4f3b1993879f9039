"""Places never get lost, whatever becomes of the queries in them.

A busy machine may be slow: a query that is told to come again comes again, and nothing here has to happen fast.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from store.conftest import request_for
from tradegraph.errors import QueryError, QueryOutOfMemory, StoreBusy, StoreUnavailable
from tradegraph.media_types import Kind
from tradegraph.store import EmbeddedStore, Request
from tradegraph.store.embedded import WorkerAnswer
from tradegraph.store.places import PATIENCE_S

PLACES = 4
POINT = "SELECT ?o { <https://example.org/7> <https://example.org/number> ?o }"
_TEN = " ".join(str(number) for number in range(10))
LONG = "SELECT * { " + " ".join(f"VALUES ?n{place} {{ {_TEN} }}" for place in range(8)) + " }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c + ?f + ?i + ?l < 0) }"
HOG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f"
ANEW = count(1000)
"""Numbers that no query has had: what took long once is remembered by its text, and may not begin with others then."""
DEEP = "ASK { FILTER(" + "(" * 9000 + "1" + ")" * 9000 + ") }"


@pytest.fixture(scope="module")
def places(dataset: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(dataset, time_limit_s=20, memory_limit_mb=100, max_workers=PLACES) as store:
        yield store


def wait_until(condition: Callable[[], bool], most_s: float = 120) -> None:
    end = time.monotonic() + most_s
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def asked(store: EmbeddedStore, request: Request, most_s: float = 120) -> WorkerAnswer:
    """Ask, and ask again when told to."""
    end = time.monotonic() + most_s
    while True:
        try:
            return store.query(request)
        except StoreBusy:
            if time.monotonic() > end:
                raise


def workers(store: EmbeddedStore) -> list[str]:
    keeper = store.keeper_pid
    if keeper is None:
        return []
    return Path(f"/proc/{keeper}/task/{keeper}/children").read_text(encoding="ascii").split()


def dead(pid: str) -> bool:
    """Whether a process has ended, known to its parent or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def all_dead(pids: list[str]) -> bool:
    return all(map(dead, pids))


def kill(pid: int) -> None:
    """Kill a process that may have ended by itself a moment ago."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def all_at_once(store: EmbeddedStore) -> bool:
    """Whether as many long answers as there are places can have begun at the same time."""
    with ExitStack() as stack:
        try:
            for number in range(PLACES):
                answer = store.query(request_for(f"{LONG} # {next(ANEW)}", light=True, client=str(number)))
                stack.callback(answer.close)
        except (StoreBusy, StoreUnavailable):
            return False
    return True


def assert_sound(store: EmbeddedStore) -> None:
    """Every place is there and free, no worker too many is, and a query is answered."""
    wait_until(lambda: all_at_once(store))
    wait_until(lambda: len(workers(store)) == PLACES)
    assert asked(store, light(POINT, next(ANEW))).whole == b"o\r\n7\r\n"


def light(text: str, number: int, time_s: float = 20) -> Request:
    kind: Kind = "boolean" if text == DEEP else "bindings"
    form = "json" if text == DEEP else "csv"
    return request_for(f"{text} # {number}", kind, form, time_s, light=True, client=str(number % 5))


def read(answer: WorkerAnswer) -> None:
    for _ in answer.chunks():
        pass
    answer.close()


def answered(store: EmbeddedStore, number: int) -> None:
    assert store.query(light(POINT, number)).whole == b"o\r\n7\r\n"


def wrong(store: EmbeddedStore, number: int) -> None:
    store.query(light("SELECT * { x:y ?p", number))


def late(store: EmbeddedStore, number: int) -> None:
    store.query(light(ENDLESS, number, 0.2))


def late_in_mid_answer(store: EmbeddedStore, number: int) -> None:
    read(store.query(light(LONG, number, 0.2)))


def hungry(store: EmbeddedStore, number: int) -> None:
    store.query(light(HOG, number))


def deep(store: EmbeddedStore, number: int) -> None:
    store.query(light(DEEP, number))


def abandoned(store: EmbeddedStore, number: int) -> None:
    store.query(light(ENDLESS, number), lambda: True)


def closed_in_mid_answer(store: EmbeddedStore, number: int) -> None:
    answer = store.query(light(LONG, number))
    next(answer.chunks())
    answer.close()
    answer.close()


def closed_by_another_thread(store: EmbeddedStore, number: int) -> None:
    answer = store.query(light(LONG, number))
    timer = threading.Timer(0.05, answer.close)
    timer.start()
    try:
        read(answer)
    finally:
        timer.join()


def killed(store: EmbeddedStore, number: int) -> None:
    answer = store.query(light(LONG, number))
    kill(answer.runner.pid)
    read(answer)


def at_once(store: EmbeddedStore, number: int) -> None:
    answer = store.query_at_once(light(POINT, number))
    if answer is not None:
        answer.begin(lambda: False)
        answer.close()


def at_once_and_left(store: EmbeddedStore, number: int) -> None:
    answer = store.query_at_once(light(ENDLESS, number))
    if answer is not None:
        answer.close()


KINDS = (
    answered,
    wrong,
    late,
    late_in_mid_answer,
    hungry,
    deep,
    abandoned,
    closed_in_mid_answer,
    closed_by_another_thread,
    killed,
    at_once,
    at_once_and_left,
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_query_of_each_kind_leaves_all_places_behind(
    places: EmbeddedStore, kind: Callable[[EmbeddedStore, int], None]
) -> None:
    for number in range(PLACES + 1):
        try:
            kind(places, number)
        except QueryError:
            # Its fate is tested elsewhere; here it matters what is left behind.
            continue
    assert_sound(places)


def test_two_hundred_queries_of_all_kinds_from_many_threads_leave_all_places_behind(places: EmbeddedStore) -> None:
    work = [(kind, number) for number in range(17) for kind in KINDS]
    random.Random(7).shuffle(work)
    fates: Counter[str] = Counter()
    lock = threading.Lock()

    def go_on() -> None:
        while True:
            with lock:
                if not work:
                    return
                kind, number = work.pop()
            try:
                kind(places, number)
                fate = "answered"
            except QueryError as error:
                fate = type(error).__name__
            with lock:
                fates[fate] += 1

    threads = [threading.Thread(target=go_on) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fates.total() == 17 * len(KINDS), "some thread ended by another error"
    assert fates["answered"] > 0
    assert_sound(places)


def test_workers_that_are_killed_while_idle_are_replaced(places: EmbeddedStore) -> None:
    assert_sound(places)
    before = workers(places)
    for pid in before:
        kill(int(pid))
    wait_until(lambda: len(workers(places)) == PLACES and not set(before) & set(workers(places)))
    assert_sound(places)


def test_a_query_does_not_pay_for_a_worker_that_died_before_it(places: EmbeddedStore) -> None:
    for number in range(10):
        assert_sound(places)
        before = workers(places)
        for pid in before:
            kill(int(pid))
        wait_until(partial(all_dead, before))
        assert asked(places, light(POINT, number)).whole == b"o\r\n7\r\n"


def test_workers_that_fail_at_once_leave_all_places_behind(dataset: Path) -> None:
    with EmbeddedStore(dataset, time_limit_s=20, memory_limit_mb=0, max_workers=PLACES) as store:
        for number in range(4 * PLACES):
            # Were a place lost each time, the store would soon be busy for good.
            with pytest.raises(QueryOutOfMemory):
                asked(store, light(HOG, number))


def test_a_keeper_that_is_killed_under_queries_is_replaced_with_all_its_places(places: EmbeddedStore) -> None:
    running = [asked(places, light(LONG, next(ANEW))) for _ in range(PLACES)]
    keeper = places.keeper_pid
    assert keeper is not None
    os.kill(keeper, signal.SIGKILL)
    for answer in running:
        with pytest.raises(QueryError):
            read(answer)
    wait_until(lambda: all_at_once(places))
    assert places.keeper_pid not in (None, keeper)
    assert_sound(places)


def test_a_store_can_be_closed_under_queries_and_started_again(places: EmbeddedStore) -> None:
    running = [asked(places, light(LONG, next(ANEW))) for _ in range(PLACES)]
    places.close()
    for answer in running:
        with pytest.raises(QueryError):
            read(answer)
    wait_until(lambda: all_at_once(places))
    assert_sound(places)


def test_a_line_too_long_refuses_those_who_ask_most(places: EmbeddedStore) -> None:
    refused: Counter[str] = Counter()
    served: Counter[str] = Counter()
    lock = threading.Lock()

    def ask(client: str, number: int) -> None:
        text, time_s = (POINT, 20.0) if client == "modest" else (ENDLESS, 3.0)
        request = request_for(f"{text} # {client} {number}", light=True, client=client, time_s=time_s)
        outcome = None
        while outcome is None:
            began = time.monotonic()
            try:
                places.query(request).close()
                outcome = served
            except StoreBusy:
                # One who has waited as long as anyone may was not refused for the length of the line.
                waited = time.monotonic() - began >= PATIENCE_S
                outcome = None if waited and client == "modest" else refused
            except QueryError:
                return
        with lock:
            outcome[client] += 1

    crowd = [threading.Thread(target=ask, args=("greedy", number)) for number in range(100)]
    for thread in crowd:
        thread.start()
    for number in range(5):
        ask("modest", number)
    for thread in crowd:
        thread.join()
    assert (served["modest"], refused["modest"]) == (5, 0)
    assert refused["greedy"] > 0
    assert_sound(places)
