"""Large answers: passed on as they come, in little memory, to clients that read and clients that do not."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest

from web.conftest import LONG, LONG_AND_LIGHT, POINT, Client, wait_until

MILLION = "SELECT ?c ?f ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 1000000"


def resident_kib(pid: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_a_million_rows_pass_in_little_memory_and_the_first_come_before_the_last(client: Client, coding: str) -> None:
    # The first time, there is much to load.
    client.get_with({"Accept-Encoding": coding}, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 10000")
    before = resident_kib(client.serving())
    with client.raw(MILLION + f" # {coding}", f"Accept-Encoding: {coding}", "Connection: close", format="csv") as asked:
        first = asked.recv(1 << 16)
        assert first.startswith(b"HTTP/1.1 200")
        wait_until(lambda: len(client.workers()) == client.places)
        size, peak, rows, last = len(first), 0, first.count(b"\r\n"), first
        while piece := asked.recv(1 << 20):
            size += len(piece)
            rows += piece.count(b"\n")
            peak = max(peak, resident_kib(client.serving()))
            last = (last + piece)[-5:]
    assert last == b"0\r\n\r\n"
    if coding == "identity":
        assert rows > 1_000_000
    assert peak - before < 32 * 1024, "the answer piled up in the serving process"


def test_clients_that_do_not_read_cost_the_serving_process_little(client: Client) -> None:
    before = resident_kib(client.serving())
    with ExitStack() as stack:
        for number in range(client.places):
            stack.enter_context(client.raw(f"{LONG_AND_LIGHT} # {number}", format="csv"))
        wait_until(lambda: len(client.working()) == client.places)
        assert resident_kib(client.serving()) - before < 32 * 1024
    wait_until(client.has_all_its_places)


def test_a_slow_reader_gets_the_whole_answer(client: Client) -> None:
    query = "SELECT ?c ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    with client.raw(query, "Connection: close", format="csv") as asked:
        asked.settimeout(60)
        received = b""
        while piece := asked.recv(4096):
            received += piece
    assert received.endswith(b"0\r\n\r\n")
    assert client.get(query, format="csv").body.count(b"\r\n") == 100_001


def test_while_readers_dawdle_others_are_served(client: Client) -> None:
    with ExitStack() as stack:
        for number in range(2 * client.places):
            stack.enter_context(client.raw(f"{LONG} # {number}", format="csv"))
        for number in range(5):
            assert client.get(f"{POINT} # dawdle {number}", format="csv").body == b"o\r\n7\r\n"
    wait_until(client.has_all_its_places)
