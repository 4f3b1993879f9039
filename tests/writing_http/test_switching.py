"""A server that stops leaves order; on SIGHUP another process takes over, and with it what is written."""

import os
import signal
import threading
from pathlib import Path

from tradegraph.writing import DataFolder
from tradegraph.writing.checkpoints import checkpoints
from writing_http.conftest import NUMBERS, OWN, running, tokens, wait_until


def test_writes_go_on_when_another_process_takes_over(tmp_path: Path) -> None:
    (tmp_path / "data.nq").write_text(NUMBERS)
    secret = tokens(tmp_path / "folder")["writer"]
    acknowledged: list[str] = []
    stop = threading.Event()
    with running(tmp_path / "data.nq", tmp_path / "folder") as server:
        server.token = secret
        first = server.serving()

        def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                try:
                    done = server.update(f"INSERT DATA {{ GRAPH <{OWN}a> {{ <a:s> <a:p> {number} }} }}")
                except OSError:
                    # Cut off with the old process; whether it was written is not known.
                    continue
                if done.status == 200:
                    acknowledged.append(str(number))

        writer = threading.Thread(target=write)
        writer.start()
        wait_until(lambda: len(acknowledged) > 5)
        os.kill(server.pid, signal.SIGHUP)
        wait_until(lambda: not Path(f"/proc/{first}").exists(), most_s=90)
        written = len(acknowledged)
        wait_until(lambda: len(acknowledged) > written + 5, most_s=90)
        stop.set()
        writer.join()
        assert server.serving() != first
        assert set(acknowledged) <= set(server.values(OWN + "a"))


def test_a_server_that_stops_leaves_a_checkpoint(tmp_path: Path) -> None:
    (tmp_path / "data.nq").write_text(NUMBERS)
    secret = tokens(tmp_path / "folder")["writer"]
    with running(tmp_path / "data.nq", tmp_path / "folder") as server:
        server.token = secret
        assert server.update(f"INSERT DATA {{ GRAPH <{OWN}a> {{ <a:s> <a:p> 1 }} }}").status == 200
    assert [one.place.number for one in checkpoints(DataFolder.open(tmp_path / "folder"))] == [1]
