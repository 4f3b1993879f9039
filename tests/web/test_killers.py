"""What would hurt a server: it answers with the right status and goes on serving."""

import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tradegraph.errors import QuerySyntaxError, QueryTimeout
from tradegraph.media_types import FORMATS
from tradegraph.store import Dataset, Limits, RemoteStore, Request
from web.conftest import Client

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c + ?f + ?i + ?l < 0) }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOG = LONG + " ORDER BY ?c ?f"


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def read_all(connection: socket.socket) -> bytes:
    parts = []
    while part := connection.recv(1 << 20):
        parts.append(part)
    return b"".join(parts)


@pytest.fixture(autouse=True)
def still_serving_afterwards(client: Client) -> object:
    yield
    wait_until(lambda: client.workers() == [])
    assert client.get(COUNT, format="csv").body == b"n\r\n400\r\n"
    # Its worker may outlive the answer by a moment, and the next test counts workers.
    wait_until(lambda: client.workers() == [])


@pytest.mark.parametrize(("query", "timeout", "status"), [(ENDLESS, "1", 504), (HOG, "20", 507)])
def test_a_runaway_query_is_stopped_with_its_own_status(client: Client, query: str, timeout: str, status: int) -> None:
    assert client.get(query, timeout=timeout).problem["status"] == status


def test_a_client_that_hangs_up_before_the_answer_stops_its_worker(client: Client) -> None:
    connection = client.raw("/sparql?" + urlencode({"query": ENDLESS}))
    wait_until(lambda: len(client.workers()) == 1)
    connection.close()
    wait_until(lambda: client.workers() == [])


def test_a_client_that_hangs_up_in_mid_answer_stops_its_worker(client: Client) -> None:
    connection = client.raw("/sparql?" + urlencode({"query": LONG}))
    assert connection.recv(12) == b"HTTP/1.1 200"
    connection.close()
    wait_until(lambda: client.workers() == [])


def test_an_answer_past_its_deadline_is_broken_off_without_a_clean_end(client: Client) -> None:
    with client.raw("/sparql?" + urlencode({"query": LONG, "timeout": "1", "format": "csv"})) as connection:
        received = read_all(connection)
    assert received.startswith(b"HTTP/1.1 200")
    assert b"transfer-encoding: chunked" in received[:2000].lower()
    assert not received.endswith(b"0\r\n\r\n")


def test_an_answer_that_is_complete_ends_cleanly(client: Client) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 50000"
    reply = client.get(query, format="csv")
    assert reply.headers["transfer-encoding"] == "chunked"
    assert reply.body.count(b"\r\n") == 50_001


def test_a_client_that_does_not_read_holds_the_worker_back(client: Client) -> None:
    with client.raw("/sparql?" + urlencode({"query": LONG, "format": "csv"})):
        wait_until(lambda: len(client.workers()) == 1)
        [worker] = client.workers()

        def written() -> int:
            stat = Path(f"/proc/{worker}/stat").read_text(encoding="ascii")
            return int(stat.rsplit(")", 1)[1].split()[11])

        def at_rest() -> bool:
            before = written()
            time.sleep(0.5)
            return written() == before

        wait_until(at_rest)


def test_more_queries_than_may_run_are_503_with_a_time_to_come_back(client: Client) -> None:
    connections = [client.raw("/sparql?" + urlencode({"query": ENDLESS})) for _ in range(3)]
    wait_until(lambda: len(client.workers()) == 3)
    reply = client.get(COUNT)
    assert reply.status == 503
    assert reply.headers["retry-after"] == "2"
    for connection in connections:
        connection.close()


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
