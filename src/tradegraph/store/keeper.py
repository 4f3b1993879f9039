"""The keeper: a small process that holds the release in memory and forks the workers.

`python -m tradegraph.store.keeper DATASET CONTROL MEMORY_MB`, where CONTROL is the number of an inherited file
descriptor: a socket on which the store asks for workers and is told of their births and deaths (`frames`). The keeper
is single-threaded, since only such a process can be forked safely, and does nothing that can take long: fork, reap,
kill, report. It carries no query and no answer: those go over each worker's own connection. It leaves, and takes the
workers along, when the control socket ends, which is when its parent is gone.
"""

import contextlib
import ctypes
import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from tradegraph.store import frames, worker

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000


@dataclass
class Keeper:
    """The loop, and the process numbers of the workers alive."""

    store: ox.Store
    control: socket.socket
    memory_limit_mb: int
    scribe: worker.Scribe | None = None
    workers: set[int] = field(default_factory=set)

    def loop(self) -> None:
        """Serve until the control socket ends."""
        wake_read, wake_write = os.pipe()
        os.set_blocking(wake_read, False)
        os.set_blocking(wake_write, False)
        # A handler must exist for the wake-up descriptor to be written to; there is nothing to do in it.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        poll = select.poll()
        poll.register(wake_read, select.POLLIN)
        poll.register(self.control, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == wake_read:
                    with contextlib.suppress(BlockingIOError):
                        os.read(wake_read, 4096)
                elif not self._obey():
                    return
            self._reap()

    def _obey(self) -> bool:
        """Do what the store asks; False when the store has gone."""
        asked = frames.receive_parts(self.control)
        if asked.kind == frames.SPAWN:
            self._fork()
        elif asked.kind == frames.KILL and int(asked.payload) in self.workers:
            # Not reaped yet, so the number is still that worker's.
            os.kill(int(asked.payload), signal.SIGKILL)
        elif asked.kind == frames.CATCH_UP and self.scribe is not None:
            self.scribe.catch_up(self.store, asked.payload)
        return bool(asked.kind)

    def _fork(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours, theirs:
            try:
                pid = os.fork()
            except OSError:
                frames.send(self.control, frames.UNBORN)
                return
            if pid == 0:
                worker.run(self.store, theirs, self.memory_limit_mb, self.scribe)
            self.workers.add(pid)
            known = 0 if self.scribe is None else self.scribe.known
            socket.send_fds(self.control, [frames.BORN + f"{pid} {known}".encode()], [ours.fileno()])

    def _reap(self) -> None:
        while self.workers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self.workers.discard(pid)
            frames.send(self.control, frames.DIED, f"{pid} {os.waitstatus_to_exitcode(status)}".encode())


def leave_the_network() -> bool:
    """Move to a network namespace without interfaces, when the system permits; the workers inherit it.

    A second lock: workers cannot open a socket anyway.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def main(arguments: list[str], open_scribe: Callable[[ox.Store], worker.Scribe] | None = None) -> None:
    """Load the dataset, say so, serve, and take the workers along on leaving.

    `open_scribe` adds to the data what was written since, where it can be written to.
    """
    dataset, descriptor, memory_limit_mb = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=int(descriptor))
    store = ox.Store()
    # Names of blank nodes stay as they are, so that a change can name them, now and after a restart.
    store.bulk_extend(ox.parse(path=dataset, format=ox.RdfFormat.N_QUADS))
    scribe = None if open_scribe is None else open_scribe(store)
    # What is frozen is not touched by the collector, so its pages stay shared with the workers.
    gc.collect()
    gc.freeze()
    leave_the_network()
    keeper = Keeper(store, control, int(memory_limit_mb), scribe)
    try:
        frames.send(control, frames.READY, b"0" if scribe is None else str(scribe.known).encode())
        keeper.loop()
    except OSError:
        # The store went away in the middle of a message.
        pass
    for pid in keeper.workers:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
