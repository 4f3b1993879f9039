"""The keeper and its workers as the serving process holds them: start, ask for one, kill one, hear of their ends."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tradegraph.errors import QueryError, StoreUnavailable
from tradegraph.store import frames


@dataclass(eq=False)
class Runner:
    """A worker process: its number and our end of its connection, and what it is at.

    `client` and `since` are of its present query (when it began, by the monotonic clock), `kind` is what sort of
    query that is, `computed_s` what the process had computed until then, once looked at. `heavy` counts it among the
    heavy queries; `slow` says that it has the lowest priority for good. `answering` once the answer has begun.
    `kept` when it may not be stopped for others, `stopped_for` is why we stopped it. `status` is its exit status, known
    when `gone` is set. `known` is the number of the last change of the data that it knows.
    """

    pid: int
    connection: socket.socket
    client: str = ""
    since: float = 0.0
    kind: str = ""
    computed_s: float | None = None
    heavy: bool = False
    slow: bool = False
    answering: bool = False
    kept: bool = False
    stopped_for: QueryError | None = None
    known: int = 0
    status: int | None = None
    gone: threading.Event = field(default_factory=threading.Event)


@dataclass
class KeeperProcess:
    """A keeper, started. `known` is the number of the last change in what it has loaded.

    `born`, `died` and `lost` are called from a thread of its own, `lost` last and once.
    """

    dataset: Path
    memory_limit_mb: int
    born: Callable[["KeeperProcess", Runner | None], None]
    died: Callable[["KeeperProcess", int, int], None]
    lost: Callable[["KeeperProcess"], None]
    module: str = "tradegraph.store.keeper"
    arguments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Start the process and wait until it has loaded the data; StoreUnavailable when it cannot."""
        self._saying = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            number = theirs.fileno()
            arguments = (str(self.dataset), str(number), str(self.memory_limit_mb), *self.arguments)
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", self.module, *arguments], pass_fds=(number,)
            )
        ready = frames.receive(self._control)
        self.known = int(ready.payload or b"0")
        if ready.kind != frames.READY:
            self.stop()
            self._control.close()
            raise StoreUnavailable("The store could not load the release.", "See the log of the server.")
        threading.Thread(target=self._listen, name="keeper", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its process number, for supervision."""
        return self._process.pid

    def spawn(self) -> None:
        """Ask for a worker; `born` is called with it, or with None when the system refused."""
        self._say(frames.SPAWN)

    def kill(self, pid: int) -> None:
        """Ask for the end of a worker."""
        self._say(frames.KILL, str(pid).encode())

    def catch_up(self, change: bytes) -> None:
        """Have a change made in the data; workers that are asked for after this know it."""
        # Its parts must not be parted by another message.
        with contextlib.suppress(OSError), self._saying:
            frames.send_parts(self._control, frames.CATCH_UP, change)

    def _say(self, kind: bytes, payload: bytes = b"") -> None:
        # A keeper that has gone is reported by `lost`; there is nothing to ask of it.
        with contextlib.suppress(OSError), self._saying:
            frames.send(self._control, kind, payload)

    def stop(self) -> None:
        """Hang up, which makes the keeper leave and take the workers along; wait for it."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _listen(self) -> None:
        try:
            while (frame := self._hear()) is not None:
                if frame.kind == frames.UNBORN:
                    self.born(self, None)
                elif frame.kind == frames.DIED:
                    pid, status = frame.payload.split()
                    self.died(self, int(pid), int(status))
        finally:
            self._control.close()
            self._process.wait()
            self.lost(self)

    def _hear(self) -> frames.Frame | None:
        """Return the next message that is not a birth; None at the end."""
        while True:
            try:
                packet, descriptors, _, _ = socket.recv_fds(self._control, 4096, 1)
            except OSError:
                return None
            if not packet:
                return None
            frame = frames.read(packet)
            if frame.kind != frames.BORN:
                return frame
            for descriptor in descriptors:
                os.set_inheritable(descriptor, False)
                connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=descriptor)
                pid, known = map(int, frame.payload.split())
                self.born(self, Runner(pid, connection, known=known))
