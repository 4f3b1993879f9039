"""The keeper: a small process that holds the release in memory and forks a worker for each query.

`python -m tradegraph.store.keeper DATASET SOCKET TIME_S MEMORY_MB WORKERS`. It is single-threaded, since only such a
process can be forked safely, and does nothing that can take long: accept, fork, watch, reap, report. It writes one
line, `ready`, when it can be asked, and leaves when its standard input ends, which is when its parent is gone.
"""

import contextlib
import ctypes
import gc
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from tradegraph.errors import QueryError, StoreBusy
from tradegraph.store import frames, worker

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PATIENCE_S: Final = 1.0
"""How long a query waits for a worker's place before it is told that the store is busy."""
_LONGEST_LINE: Final = 64
"""How many queries may wait; the rest are told at once."""
_GONE: Final = select.POLLRDHUP | select.POLLHUP | select.POLLERR


@dataclass
class Running:
    """A worker and the keeper's own copy of its connection, through which the keeper speaks when the worker cannot."""

    pid: int
    connection: socket.socket


@dataclass
class Waiting:
    """An asker who waits for a worker's place, and until when (monotonic clock)."""

    connection: socket.socket
    until: float


@dataclass
class Keeper:
    """The loop. All by file descriptor: who is `running`, who is `waiting` (first come, first served).

    `last_words` are failures that a slow reader has yet to take.
    """

    store: ox.Store
    listener: socket.socket
    time_limit_s: float
    memory_limit_mb: int
    max_workers: int
    running: dict[int, Running] = field(default_factory=dict)
    waiting: dict[int, Waiting] = field(default_factory=dict)
    last_words: dict[int, tuple[socket.socket, bytes]] = field(default_factory=dict)

    def loop(self, parent: int) -> None:
        """Serve until the file descriptor `parent` ends."""
        wake_read, wake_write = os.pipe()
        os.set_blocking(wake_read, False)
        os.set_blocking(wake_write, False)
        # A handler must exist for the wake-up descriptor to be written to; there is nothing to do in it.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        self.poll = select.poll()
        for descriptor in (parent, wake_read, self.listener.fileno()):
            self.poll.register(descriptor, select.POLLIN)
        while True:
            for descriptor, event in self.poll.poll(self._time_to_wait_ms()):
                if descriptor == parent:
                    return
                if descriptor == wake_read:
                    with contextlib.suppress(BlockingIOError):
                        os.read(wake_read, 4096)
                elif descriptor == self.listener.fileno():
                    self._accept()
                elif descriptor in self.running and event & _GONE:
                    self._stop(descriptor)
                elif descriptor in self.waiting:
                    self._dismiss(descriptor).close()
                elif descriptor in self.last_words:
                    self._say(descriptor)
            self._reap()
            self._admit()

    def _accept(self) -> None:
        try:
            connection, _ = self.listener.accept()
        except OSError:
            return
        patience = _PATIENCE_S if len(self.waiting) < _LONGEST_LINE else 0
        self.waiting[connection.fileno()] = Waiting(connection, time.monotonic() + patience)
        self.poll.register(connection, select.POLLRDHUP)

    def _time_to_wait_ms(self) -> float | None:
        """Return the time until the first in line has waited long enough, None when nobody waits."""
        first = next(iter(self.waiting.values()), None)
        return None if first is None else max(0.0, (first.until - time.monotonic()) * 1000)

    def _admit(self) -> None:
        """Give free places to the first in line, and tell those who have waited long enough that it is busy."""
        for descriptor, waiting in list(self.waiting.items()):
            if len(self.running) < self.max_workers:
                self._fork(self._dismiss(descriptor))
            elif waiting.until <= time.monotonic():
                what = f"{self.max_workers} queries are running, which is the most at a time."
                self._leave(self._dismiss(descriptor), StoreBusy(what, "Ask again soon."))

    def _dismiss(self, descriptor: int) -> socket.socket:
        """Take an asker out of the line and return the connection."""
        self.poll.unregister(descriptor)
        return self.waiting.pop(descriptor).connection

    def _fork(self, connection: socket.socket) -> None:
        pid = os.fork()
        if pid == 0:
            worker.run(self.store, connection, self.time_limit_s, self.memory_limit_mb)
        self.running[connection.fileno()] = Running(pid, connection)
        # Not POLLIN: what arrives to be read is the worker's. RDHUP alone says that the asker has hung up.
        self.poll.register(connection, select.POLLRDHUP)

    def _stop(self, descriptor: int) -> None:
        """Kill the worker whose asker has gone; it is reaped like any other."""
        running = self.running[descriptor]
        self.poll.unregister(descriptor)
        with contextlib.suppress(ProcessLookupError):
            os.kill(running.pid, signal.SIGKILL)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for descriptor, running in list(self.running.items()):
                if running.pid == pid:
                    del self.running[descriptor]
                    with contextlib.suppress(KeyError):
                        self.poll.unregister(descriptor)
                    self._bury(running.connection, os.waitstatus_to_exitcode(status))

    def _bury(self, connection: socket.socket, status: int) -> None:
        if status == 0:
            connection.close()
        else:
            self._leave(connection, worker.died(status, self.time_limit_s))

    def _leave(self, connection: socket.socket, error: QueryError) -> None:
        """Send a failure and close, without ever waiting for the reader."""
        self.last_words[connection.fileno()] = (connection, frames.FAILURE + frames.failure_payload(error))
        self.poll.register(connection, select.POLLOUT | select.POLLRDHUP)
        self._say(connection.fileno())

    def _say(self, descriptor: int) -> None:
        connection, words = self.last_words[descriptor]
        try:
            connection.send(words, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
        except BlockingIOError:
            return
        except OSError:
            pass
        del self.last_words[descriptor]
        self.poll.unregister(descriptor)
        connection.close()


def leave_the_network() -> bool:
    """Move to a network namespace without interfaces, when the system permits; the workers inherit it.

    A second lock: workers cannot open a socket anyway. Unix sockets of the file system still work.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def main(arguments: list[str]) -> None:
    """Load the dataset, listen, serve, and take the workers along on leaving."""
    dataset, address, time_limit_s, memory_limit_mb, max_workers = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    store = ox.Store()
    store.load(path=dataset, format=ox.RdfFormat.N_QUADS)
    # What is frozen is not touched by the collector, so its pages stay shared with the workers.
    gc.collect()
    gc.freeze()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(address)
    listener.listen(128)
    listener.setblocking(False)
    leave_the_network()
    keeper = Keeper(store, listener, float(time_limit_s), int(memory_limit_mb), int(max_workers))
    sys.stdout.write(frames.READY + "\n")
    sys.stdout.flush()
    keeper.loop(sys.stdin.fileno())
    for running in keeper.running.values():
        with contextlib.suppress(ProcessLookupError):
            os.kill(running.pid, signal.SIGKILL)
    Path(address).unlink(missing_ok=True)


if __name__ == "__main__":
    main(sys.argv[1:])
