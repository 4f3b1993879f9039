"""What would hurt a server: it answers with the right status, goes on serving, and has all its places again."""

import contextlib
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tradegraph.errors import QuerySyntaxError, QueryTimeout
from tradegraph.media_types import FORMATS
from tradegraph.store import Dataset, Limits, RemoteStore, Request
from web.conftest import COUNT, ENDLESS, ENDLESS_AND_LIGHT, LONG, LONG_AND_LIGHT, POINT, Client, wait_until

HOG = LONG + " ORDER BY ?c ?f"


def while_it_lasts(connection: socket.socket) -> None:
    """Read on until nothing comes for a while."""
    connection.settimeout(0.5)
    with contextlib.suppress(TimeoutError):
        while connection.recv(1 << 20):
            pass


def read_all(connection: socket.socket) -> bytes:
    parts = []
    while part := connection.recv(1 << 20):
        parts.append(part)
    return b"".join(parts)


@pytest.fixture(autouse=True)
def still_serving_afterwards(client: Client) -> Iterator[None]:
    yield
    wait_until(lambda: client.get(COUNT + "# after", format="csv").body == b"n\r\n400\r\n")
    wait_until(client.has_all_its_places)


@pytest.mark.parametrize(("query", "timeout", "status"), [(ENDLESS, "1", 504), (HOG, "20", 507)])
def test_a_runaway_query_is_stopped_with_its_own_status(client: Client, query: str, timeout: str, status: int) -> None:
    assert client.get(query, timeout=timeout).problem["status"] == status


def test_a_worker_outlives_its_queries_and_one_that_was_stopped_is_replaced(client: Client) -> None:
    wait_until(lambda: len(client.workers()) == 3)
    before = set(client.workers())
    for number in range(10):
        assert client.get(f"{COUNT} # {number}").status == 200
    assert set(client.workers()) == before
    client.get(ENDLESS, timeout="1")
    wait_until(lambda: len(client.workers()) == 3 and len(before - set(client.workers())) == 1)


def test_a_client_that_hangs_up_before_the_answer_stops_its_worker(client: Client) -> None:
    connection = client.raw(ENDLESS)
    wait_until(lambda: len(client.working()) == 1)
    [worker] = client.working()
    connection.close()
    wait_until(lambda: worker not in client.workers())


@pytest.mark.parametrize("query", [LONG, LONG_AND_LIGHT])
def test_a_client_that_hangs_up_in_mid_answer_stops_its_worker(client: Client, query: str) -> None:
    connection = client.raw(query)
    assert connection.recv(12) == b"HTTP/1.1 200"
    wait_until(lambda: len(client.working()) == 1)
    [worker] = client.working()
    connection.close()
    wait_until(lambda: worker not in client.workers())


def test_a_client_that_hangs_up_while_its_answer_does_not_come_on_stops_its_worker(client: Client) -> None:
    connection = client.raw(LONG)
    assert connection.recv(12) == b"HTTP/1.1 200"
    wait_until(lambda: len(client.working()) == 1)
    [worker] = client.working()
    # As if the rest took it a long time.
    client.freeze(worker)
    while_it_lasts(connection)
    connection.close()
    wait_until(lambda: worker not in client.workers())


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_an_answer_past_its_deadline_is_broken_off_without_a_clean_end(client: Client, coding: str) -> None:
    with client.raw(LONG, f"Accept-Encoding: {coding}", timeout="1", format="csv") as connection:
        received = read_all(connection)
    assert received.startswith(b"HTTP/1.1 200")
    assert b"transfer-encoding: chunked" in received[:2000].lower()
    assert not received.endswith(b"0\r\n\r\n")


def test_an_answer_whose_worker_is_killed_is_broken_off_too(client: Client) -> None:
    with client.raw(LONG, format="csv") as connection:
        assert connection.recv(12) == b"HTTP/1.1 200"
        wait_until(lambda: len(client.working()) == 1)
        client.kill(client.working()[0])
        assert not read_all(connection).endswith(b"0\r\n\r\n")


def test_an_answer_that_is_complete_ends_cleanly(client: Client) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 50000"
    reply = client.get(query, format="csv")
    assert (reply.headers["transfer-encoding"], reply.headers["x-result-complete"]) == ("chunked", "true")
    assert reply.body.count(b"\r\n") == 50_001


def test_a_client_that_does_not_read_holds_the_worker_back(client: Client) -> None:
    with client.raw(LONG, format="csv"):
        wait_until(lambda: len(client.working()) == 1)
        [worker] = client.working()

        def used() -> int:
            stat = Path(f"/proc/{worker}/stat").read_text(encoding="ascii")
            return int(stat.rsplit(")", 1)[1].split()[11])

        def at_rest() -> bool:
            before = used()
            time.sleep(0.5)
            return used() == before

        wait_until(at_rest)


def test_more_queries_than_may_run_and_wait_are_503_with_a_time_to_come_back(client: Client) -> None:
    # None of these looks heavy, and none leaves its place to another of its kind while the first wait.
    running = [client.raw(f"{LONG_AND_LIGHT} # {number}") for number in range(3)]
    wait_until(lambda: len(client.working()) == 3)
    reply = client.get(HOG)
    assert reply.status == 503
    assert reply.headers["retry-after"] == "2"
    for connection in running:
        connection.close()


@pytest.mark.parametrize("long", [ENDLESS, ENDLESS_AND_LIGHT, LONG, LONG_AND_LIGHT])
def test_a_short_query_goes_before_long_ones_that_hold_all_places(client: Client, long: str) -> None:
    with ExitStack() as stack:
        for number in range(6):
            stack.enter_context(client.raw(f"{long} # {number}"))
        wait_until(lambda: len(client.working()) > 0)
        for number in range(3):
            assert client.get(f"{POINT} # {number}", format="csv").body == b"o\r\n7\r\n"


def test_a_keeper_that_dies_is_replaced(client: Client) -> None:
    keeper = client.keeper()
    client.kill(keeper)
    wait_until(lambda: client.has_keeper() and client.keeper() != keeper)


def asked(text: str, time_s: float) -> Request:
    return Request(text, "bindings", FORMATS[2], Dataset(), Limits(time_s), "https://example.org/")


def test_the_remote_store_answers_from_another_endpoint(client: Client) -> None:
    store = RemoteStore(f"http://127.0.0.1:{client.port}/sparql")
    store.check()
    answer = store.query(asked(COUNT, 10), lambda: False)
    assert b"".join(answer.chunks()) == b"n\r\n400\r\n"
    answer.close()


def test_the_remote_store_hands_on_why_not(client: Client) -> None:
    store = RemoteStore(f"http://127.0.0.1:{client.port}/sparql")
    with pytest.raises(QuerySyntaxError, match="Prefix `x:`"):
        store.query(asked("SELECT * { x:y ?p ?o }", 10), lambda: False)
    with pytest.raises(QueryTimeout):
        store.query(asked(ENDLESS, 1), lambda: False)
