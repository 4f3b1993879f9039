"""Killed at any moment: what was acknowledged is there, what was not is there whole or not at all."""

import os
import random
import resource
import signal
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from writing_http.conftest import NUMBERS, OWN, Writable, children, running, tokens, wait_until

ROUNDS = 10


def _pair(number: int) -> str:
    """A write of two quads, which must be there together."""
    return f"INSERT DATA {{ GRAPH <{OWN}a> {{ <a:s> <a:p> {number} }} GRAPH <{OWN}b> {{ <a:s> <a:p> {number} }} }}"


def test_a_server_that_is_killed_while_it_writes_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "data.nq").write_text(NUMBERS)
    secret = tokens(tmp_path / "folder")["writer"]
    acknowledged: list[int] = []
    asked = 0
    for round_number in range(ROUNDS):
        with running(tmp_path / "data.nq", tmp_path / "folder") as server:
            server.token = secret
            left, right = server.values(OWN + "a"), server.values(OWN + "b")
            assert left == right
            assert {str(number) for number in acknowledged} <= set(left)
            assert len(left) - len(acknowledged) <= round_number, "at most one write in each round was not acknowledged"
            acknowledged = [int(value) for value in left]
            serving = server.serving()
            # A different moment each time, the same in every run of the tests.
            moment = 0.02 + 0.3 * random.Random(round_number).random()
            killer = threading.Timer(moment, server.kill)
            killer.start()
            with suppress(OSError):
                while server.update(_pair(asked)).status == 200:
                    acknowledged.append(asked)
                    asked += 1
            asked += 1
            killer.join()
            wait_until(partial(_is_dead, serving))
    assert len(acknowledged) > ROUNDS


def _is_dead(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True


def test_a_keeper_that_is_killed_comes_back_with_what_was_written(server: Writable, graph: str) -> None:
    for number in range(5):
        server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> {number} }} }}")
        killed = server.keeper()
        os.kill(killed, signal.SIGKILL)
        wait_until(partial(_is_back, server, killed))
        assert len(server.values(graph)) == number + 1


def _is_back(server: Writable, killed: int) -> bool:
    """Whether another keeper runs than the one that was killed."""
    healthy = server.send("GET", "/healthz").status == 200
    return healthy and [int(one) for one in children(server.serving()) if int(one) != killed] != []


def test_a_keeper_that_is_killed_between_writes_loses_none(server: Writable, graph: str) -> None:
    done = []

    def write() -> None:
        for number in range(60):
            reply = server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> {number} }} }}")
            if reply.status == 200:
                done.append(str(number))

    writing = threading.Thread(target=write)
    writing.start()
    time.sleep(0.1)
    killed = server.keeper()
    os.kill(killed, signal.SIGKILL)
    writing.join()
    wait_until(partial(_is_back, server, killed))
    assert set(done) <= set(server.values(graph))


@pytest.mark.parametrize("pause_s", [0.02, 0.2])
def test_a_scribe_that_is_killed_has_changed_nothing(server: Writable, graph: str, pause_s: float) -> None:
    four = " ".join(f"?s{n} <https://example.org/number> ?o{n} ." for n in range(4))
    endless = f"INSERT {{ GRAPH <{graph}> {{ <a:s> <a:p> 1 }} }} WHERE {{ {four} FILTER (?o0+?o1+?o2+?o3 < 0) }}"
    statuses: list[int] = []
    writing = threading.Thread(target=lambda: statuses.append(server.update(endless).status))
    writing.start()
    time.sleep(pause_s)
    for worker in children(server.keeper()):
        os.kill(int(worker), signal.SIGKILL)
    writing.join()
    assert statuses[0] >= 400
    assert server.values(graph) == []
    assert server.graph("PUT", graph, "<a:s> <a:p> 1 .").status == 201


def test_a_full_disk_refuses_writes_until_there_is_room(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, "<a:s> <a:p> 0 .")
    journal = max((server.folder / "journal").iterdir())
    serving, size = server.serving(), journal.stat().st_size
    before = resource.prlimit(serving, resource.RLIMIT_FSIZE)
    # The system refuses to let the file grow, as it does when the disk is full.
    resource.prlimit(serving, resource.RLIMIT_FSIZE, (size + 100, before[1]))
    try:
        refused = [server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> {n} }} }}") for n in range(1, 4)]
        assert {reply.status for reply in refused} == {503}
        assert "Free space on the disk." in refused[0].problem
        assert server.values(graph) == ["0"], "readers go on"
        assert journal.stat().st_size == size
    finally:
        resource.prlimit(serving, resource.RLIMIT_FSIZE, before)
    assert server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> 4 }} }}").status == 200
    assert server.values(graph) == ["0", "4"]
