"""The embedded store: pyoxigraph in worker processes, seen from the process that serves.

Starts the keeper, restarts it when it has died (at most once in a back-off that doubles up to 30 s), and turns frames
into answers. All methods may be called from any thread.
"""

import contextlib
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tradegraph.errors import QueryAbandoned, QueryFailed, StoreUnavailable
from tradegraph.store import frames
from tradegraph.store.interface import Request

_LOOK_AROUND_S: Final = 0.1
_GRACE_S: Final = 5.0
"""How long past the deadline a silent worker is believed in; the kernel ends it long before."""
_LONGEST_BACK_OFF_S: Final = 30.0


@dataclass
class WorkerAnswer:
    """An answer that a worker is writing; see `interface.Answer`."""

    connection: socket.socket
    deadline: float
    first: bytes = b""
    whole: bytes | None = None
    _closed: bool = field(default=False, repr=False)

    def begin(self, abandoned: Callable[[], bool]) -> None:
        """Wait for the head and the first frame of data, and for the end if the answer is that short."""
        _next_frame(self.connection, self.deadline, abandoned)
        frame = _next_frame(self.connection, self.deadline, abandoned)
        if frame.kind == frames.END:
            self.whole = b""
            self.close()
            return
        self.first = frame.payload
        if len(frame.payload) < frames.MAX_DATA:
            # Only the last frame of data is shorter than the longest: the end mark follows at once.
            _next_frame(self.connection, self.deadline, abandoned)
            self.whole = frame.payload
            self.close()

    def chunks(self) -> Iterator[bytes]:
        """Yield the body; QueryError when it breaks off."""
        if self.whole is not None:
            yield self.whole
            return
        yield self.first
        while (frame := _next_frame(self.connection, self.deadline, _never)).kind == frames.DATA:
            yield frame.payload
        self.close()

    def close(self) -> None:
        """Hang up; the keeper kills the worker."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()


def _never() -> bool:
    return False


def _next_frame(connection: socket.socket, deadline: float, abandoned: Callable[[], bool]) -> frames.Frame:
    """Return the next head, data or end frame; raise what a failure frame says."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    while not poll.poll(_LOOK_AROUND_S * 1000):
        if abandoned():
            raise QueryAbandoned("The query was stopped: nobody waits for its answer.", "")
        if time.monotonic() > deadline:
            raise QueryFailed("The worker has fallen silent.", "Ask again.")
    try:
        frame = frames.receive(connection)
    except ConnectionResetError:
        # The other side closed without reading all of the request, as when it is busy. The kernel reports that once,
        # before what was sent to us first, which is still to be read.
        frame = frames.receive(connection)
    if frame.kind == frames.FAILURE:
        raise frames.failure(frame.payload)
    if not frame.kind:
        raise StoreUnavailable("The store has stopped.", "Ask again in a few seconds.")
    return frame


@dataclass
class EmbeddedStore:
    """A release behind a keeper process. Call `start` first, `close` at the end; or use it in a `with`."""

    dataset: Path
    time_limit_s: float
    memory_limit_mb: int
    max_workers: int
    _keeper: subprocess.Popen[str] | None = None
    _directory: Path | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _back_off_s: float = 0.0
    _not_before: float = 0.0

    def __enter__(self) -> "EmbeddedStore":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def keeper_pid(self) -> int | None:
        """The process that holds the data, for supervision; None when there is none."""
        return None if self._keeper is None else self._keeper.pid

    def start(self) -> None:
        """Start the keeper and wait until it has loaded the release; StoreUnavailable when it cannot."""
        with self._lock:
            self._start()

    def _start(self) -> None:
        if self._keeper is not None and self._keeper.poll() is None:
            return
        if time.monotonic() < self._not_before:
            raise StoreUnavailable("The store stopped and is starting again.", "Ask again in a few seconds.")
        self._clear()
        self._back_off_s = min(_LONGEST_BACK_OFF_S, self._back_off_s * 2 or 1.0)
        self._not_before = time.monotonic() + self._back_off_s
        # mkdtemp makes it 0700: nobody else can reach the socket.
        self._directory = Path(tempfile.mkdtemp(prefix="tradegraph-"))
        limits = (str(self.time_limit_s), str(self.memory_limit_mb), str(self.max_workers))
        command = [sys.executable, "-m", "tradegraph.store.keeper", str(self.dataset), str(self._socket), *limits]
        self._keeper = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        output = self._keeper.stdout
        said = output.readline() if output is not None else ""
        if said.strip() != frames.READY:
            self._clear()
            raise StoreUnavailable("The store could not load the release.", "See the log of the server.")

    @property
    def _socket(self) -> Path:
        if self._directory is None:
            raise StoreUnavailable("The store is not running.", "Start it.")
        return self._directory / "keeper"

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            connection.connect(str(self._socket))
        except OSError:
            connection.close()
            raise
        return connection

    def _connection(self) -> socket.socket:
        """Return a fresh connection, starting the keeper again if it has died."""
        with self._lock:
            self._start()
        try:
            connection = self._connect()
        except OSError as error:
            raise StoreUnavailable("The store does not answer.", "Ask again in a few seconds.") from error
        self._back_off_s = 0.0
        return connection

    def query(self, request: Request, abandoned: Callable[[], bool] = _never) -> WorkerAnswer:
        """Start a query in a worker; see `interface.QueryStore`."""
        time_s = min(request.limits.time_s, self.time_limit_s)
        answer = WorkerAnswer(self._connection(), time.monotonic() + time_s + _GRACE_S)
        try:
            # When the keeper says busy it does not read; its reason is then waiting to be read by us.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                frames.send_request(answer.connection, request)
            answer.begin(abandoned)
        except BaseException:
            answer.close()
            raise
        return answer

    def check(self) -> None:
        """Start the keeper if need be; StoreUnavailable when it does not run."""
        self.start()

    def close(self) -> None:
        """Stop the keeper and its workers."""
        with self._lock:
            self._clear()

    def _clear(self) -> None:
        if self._keeper is not None:
            keeper, self._keeper = self._keeper, None
            with contextlib.suppress(BrokenPipeError):
                if keeper.stdin is not None:
                    keeper.stdin.close()
            try:
                keeper.wait(timeout=5)
            except subprocess.TimeoutExpired:
                keeper.kill()
                keeper.wait()
            if keeper.stdout is not None:
                keeper.stdout.close()
        if self._directory is not None:
            shutil.rmtree(self._directory, ignore_errors=True)
            self._directory = None
