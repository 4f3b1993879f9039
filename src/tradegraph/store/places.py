"""The places in which queries run: a fixed number of workers, who gets one, and what became of them.

A query that has had its slice, of computing or of being there, is heavy, whatever it looked like: its process gets the
lowest priority, its kind is remembered as heavy, and when more heavy queries run than may while light ones wait, the
one that was found out last is stopped and its asker told to come again. All methods may be called from any thread.
"""

import contextlib
import os
import struct
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tradegraph.errors import QueryAbandoned, QueryError, StoreBusy, StoreUnavailable
from tradegraph.store.lines import Lines, Waiting
from tradegraph.store.news import News
from tradegraph.store.runners import KeeperProcess, Runner

SLICE_S: Final = 0.15
"""How long a query may compute, in seconds of a core, and still count as light."""
STAY_S: Final = 1.0
"""How long a query may hold a place, whatever it does there, and still count as light."""
PATIENCE_S: Final = 2.0
"""How long a query waits for a place before it is told that the store is busy."""
LONGEST_LINE: Final = 64
"""How many queries may wait in one line; the rest are told at once."""
_REMEMBERED: Final = 4096
_LOWEST_PRIORITY: Final = 19
_LOOK_AROUND_S: Final = 0.1
_OBITUARY_S: Final = 2.0
_REFILL_S: Final = 0.5
_TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")
_LONGEST_BACK_OFF_S: Final = 30.0


@dataclass
class Places:
    """`number` places for queries about `dataset`, each with its own `memory_limit_mb`."""

    dataset: Path
    memory_limit_mb: int
    number: int
    keeper_module: str = "tradegraph.store.keeper"
    keeper_arguments: tuple[str, ...] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _starting: threading.Lock = field(default_factory=threading.Lock)
    _keeper: KeeperProcess | None = None
    _idle: list[Runner] = field(default_factory=list)
    _busy: dict[int, Runner] = field(default_factory=dict)
    _apart: dict[int, Runner] = field(default_factory=dict)
    _unborn: int = 0
    _heavy_kinds: OrderedDict[str, None] = field(default_factory=OrderedDict)
    _back_off_s: float = 0.0
    _not_before: float = 0.0
    _closed: threading.Event = field(default_factory=threading.Event)
    _news: News = field(default_factory=News)

    def __post_init__(self) -> None:
        self._lines = Lines(max(1, self.number // 2))

    @property
    def keeper_pid(self) -> int | None:
        """The process that holds the data, for supervision; None when there is none."""
        keeper = self._keeper
        return None if keeper is None else keeper.pid

    @property
    def known(self) -> int:
        """The number of the last change that every query knows; 0 when there is none, or no keeper."""
        return 0 if self._keeper is None else self._news.known

    @property
    def has_idle(self) -> bool:
        """Whether a place is free at this moment."""
        return bool(self._idle)

    def start(self) -> None:
        """Start the keeper unless it runs; StoreUnavailable when it cannot, or has just failed to."""
        if self._keeper is not None:
            return
        with self._starting:
            if self._keeper is not None:
                return
            if time.monotonic() < self._not_before:
                raise StoreUnavailable("The store stopped and is starting again.", "Ask again in a few seconds.")
            self._back_off_s = min(_LONGEST_BACK_OFF_S, self._back_off_s * 2 or 1.0)
            self._not_before = time.monotonic() + self._back_off_s
            keeper = KeeperProcess(
                self.dataset,
                self.memory_limit_mb,
                self._born,
                self._died,
                self._lost,
                self.keeper_module,
                self.keeper_arguments,
            )
            with self._lock:
                self._keeper = keeper
                self._news.begin(keeper.known)
                self._fill()
            self._closed.clear()
            threading.Thread(target=self._watch, args=(keeper,), name="slices", daemon=True).start()

    def stop(self) -> None:
        """Stop the keeper and every query."""
        self._closed.set()
        keeper = self._keeper
        if keeper is not None:
            keeper.stop()
            self._lost(keeper)

    def catch_up(self, number: int, change: bytes) -> None:
        """Make a change in the data, the `number`-th; every query that begins after this knows it.

        Where there is no keeper, the next one reads it from where changes are kept. Queries that run go on with the
        data as they were.
        """
        with self._starting:
            keeper = self._keeper
            if keeper is None or keeper.known >= number:
                return
            numbered = struct.pack("!Q", number) + change
            # Before any worker is asked for that must know it.
            keeper.catch_up(numbered)
            with self._lock:
                self._news.add(number, numbered)

    def take(self, client: str, light: bool, kind: str, abandoned: Callable[[], bool], *, kept: bool = False) -> Runner:
        """Wait for a place and return it; raises StoreBusy, StoreUnavailable or QueryAbandoned.

        `kind` tells queries apart that may differ in weight; by it their weight is remembered. What is `kept` is never
        stopped to make room for others.
        """
        self.start()
        with self._lock:
            waiting = Waiting(client, light and kind not in self._heavy_kinds)
            line = self._lines.of(waiting)
            line.add(waiting)
            if line.length > LONGEST_LINE:
                # Whoever asks most is refused first.
                last = line.last_of_longest()
                last.error = _busy(self.number)
                last.answered.set()
            self._fill()
            self._dispatch()
        until = time.monotonic() + PATIENCE_S
        while not waiting.answered.wait(_LOOK_AROUND_S):
            too_late = time.monotonic() > until
            if not (too_late or abandoned()):
                continue
            with self._lock:
                if waiting.answered.is_set():
                    break
                line.remove(waiting)
            if too_late:
                raise _busy(self.number)
            raise QueryAbandoned("The query was taken out of the line: nobody waits for its answer.", "")
        if waiting.error is not None:
            raise waiting.error
        if waiting.runner is None:
            raise RuntimeError("a place was promised and not given")
        waiting.runner.kind = kind
        waiting.runner.kept = kept
        return waiting.runner

    def take_at_once(self, client: str, light: bool, kind: str) -> Runner | None:
        """Return a place for a light query when there is one and nobody waits; never waits itself."""
        if not light or not self._lock.acquire(blocking=False):
            return None
        try:
            if kind in self._heavy_kinds or self._lines.light.length or self._lines.heavy.length:
                return None
            runner = self._next_idle()
            if runner is None:
                return None
            self._let_in(runner, client, heavy=False)
            runner.kind = kind
            return runner
        finally:
            self._lock.release()

    def give_back(self, runner: Runner, reusable: bool) -> None:
        """Return a place. A worker that is not `reusable` is killed, and another takes its place."""
        with self._lock:
            if runner not in (self._busy.pop(runner.pid, None), self._apart.pop(runner.pid, None)):
                # Its keeper has gone, and with it the place.
                runner.connection.close()
                return
            if reusable and not runner.slow and runner.stopped_for is None:
                # Whatever was thought of this query, it was light.
                self._heavy_kinds.pop(runner.kind, None)
                self._idle.append(runner)
            else:
                self._discard(runner)
            self._dispatch()

    def set_apart(self, runner: Runner) -> None:
        """Let a worker go on beside the places, for as long as its taker likes; another takes its place.

        It is told of no change from now on. Give it back when done.
        """
        with self._lock:
            if self._busy.pop(runner.pid, None) is runner:
                self._apart[runner.pid] = runner
                self._fill()

    def fate(self, runner: Runner) -> int | QueryError:
        """Return how a worker that has hung up ended: its exit status, or the reason why it was stopped."""
        runner.gone.wait(_OBITUARY_S)
        if runner.stopped_for is not None:
            return runner.stopped_for
        if runner.status is None:
            return StoreUnavailable("The store has stopped.", "Ask again in a few seconds.")
        return runner.status

    # The following are called with the lock held.

    def _fill(self) -> None:
        """Ask for as many workers as there are places without one."""
        if self._keeper is not None:
            for _ in range(self.number - len(self._idle) - len(self._busy) - self._unborn):
                self._unborn += 1
                self._keeper.spawn()

    def _next_idle(self) -> Runner | None:
        """Take a worker that knows every change; None when there is none."""
        while self._idle:
            runner = self._idle.pop()
            if self._news.tell(runner):
                return runner
            self._discard(runner)
        return None

    def _discard(self, runner: Runner) -> None:
        """Make an end of a worker that holds no place any more."""
        if self._keeper is not None:
            self._keeper.kill(runner.pid)
        with contextlib.suppress(OSError):
            runner.connection.close()
        self._fill()

    def _dispatch(self) -> None:
        """Give idle workers to those whose turn it is."""
        while (runner := self._next_idle()) is not None:
            waiting = self._lines.next(sum(runner.heavy for runner in self._busy.values()))
            if waiting is None:
                self._idle.append(runner)
                return
            self._let_in(runner, waiting.client, heavy=not waiting.light)
            waiting.runner = runner
            waiting.answered.set()

    def _let_in(self, runner: Runner, client: str, *, heavy: bool) -> None:
        runner.client = client
        runner.since, runner.computed_s, runner.answering, runner.kept = time.monotonic(), None, False, False
        runner.heavy = heavy
        self._busy[runner.pid] = runner

    # Called by the keeper's thread.

    def _born(self, keeper: KeeperProcess, runner: Runner | None) -> None:
        with self._lock:
            if keeper is not self._keeper:
                if runner is not None:
                    runner.connection.close()
                return
            self._unborn -= 1
            if runner is None:
                # The system has no room for a process now: the next query asks again.
                return
            self._back_off_s = 0.0
            self._idle.append(runner)
            self._dispatch()

    def _died(self, keeper: KeeperProcess, pid: int, status: int) -> None:
        with self._lock:
            busy = self._busy.get(pid) or self._apart.get(pid)
            if busy is not None:
                busy.status = status
                busy.gone.set()
            for runner in [one for one in self._idle if one.pid == pid]:
                self._idle.remove(runner)
                runner.connection.close()

    def _lost(self, keeper: KeeperProcess) -> None:
        with self._lock:
            if keeper is not self._keeper:
                return
            self._keeper, self._unborn = None, 0
            for runner in (*self._busy.values(), *self._apart.values()):
                runner.gone.set()
            for runner in self._idle:
                runner.connection.close()
            self._idle.clear()
            self._busy.clear()
            self._apart.clear()
            for waiting in self._lines.all():
                waiting.error = StoreUnavailable("The store has stopped.", "Ask again in a few seconds.")
                waiting.answered.set()

    # The watch over slices, in a thread of its own.

    def _watch(self, keeper: KeeperProcess) -> None:
        refilled = time.monotonic()
        while not self._closed.wait(_LOOK_AROUND_S / 2):
            with self._lock:
                if keeper is not self._keeper:
                    return
                now = time.monotonic()
                if now - refilled > _REFILL_S:
                    # For workers that died without a query; not at once, for they may die at birth.
                    self._fill()
                    refilled = now
                self._keep_up()
                self._demote(now)
                self._evict(keeper)

    def _keep_up(self) -> None:
        """Tell idle workers what has changed."""
        for runner in [one for one in self._news.late(self._idle) if not self._news.tell(one)]:
            self._idle.remove(runner)
            self._discard(runner)

    def _demote(self, now: float) -> None:
        """Count those as heavy that have used up their slice, and let everything else go before them."""
        for runner in self._busy.values():
            if runner.slow:
                continue
            computed_s = _computed_s(runner.pid)
            if runner.computed_s is None:
                # A moment late; what it did in that moment is not held against it.
                runner.computed_s = computed_s
            if computed_s - runner.computed_s < SLICE_S and now - runner.since < STAY_S:
                continue
            runner.slow = runner.heavy = True
            if runner.kept:
                continue
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, runner.pid, _LOWEST_PRIORITY)
            if not runner.answering:
                # What takes long before its first row, not what is read slowly.
                self._heavy_kinds[runner.kind] = None
                if len(self._heavy_kinds) > _REMEMBERED:
                    self._heavy_kinds.popitem(last=False)

    def _evict(self, keeper: KeeperProcess) -> None:
        """Make room for light queries that wait while more heavy ones run than may, and among heavy ones for turns."""
        heavy = [
            runner for runner in self._busy.values() if runner.heavy and runner.stopped_for is None and not runner.kept
        ]
        heavy.sort(key=lambda runner: runner.since)
        too_many = max(0, len(heavy) - self._lines.most_heavy)
        wanted = 0 if self._idle else min(self._lines.light.length, too_many)
        for runner in heavy[len(heavy) - wanted :]:
            self._stop(keeper, runner, "Too many long queries are running, and short ones wait.")
        if wanted == 0 and self._lines.heavy.length and len(heavy) >= self._lines.most_heavy:
            held = Counter(runner.client for runner in heavy)
            client, most = held.most_common(1)[0]
            if most > 1 and any(held[other] == 0 for other in self._lines.heavy.queues):
                last = [runner for runner in heavy if runner.client == client][-1]
                self._stop(keeper, last, "You have more than one long query running, and others wait.")

    def _stop(self, keeper: KeeperProcess, runner: Runner, why: str) -> None:
        runner.stopped_for = StoreBusy(why, "Ask again later.")
        keeper.kill(runner.pid)


def _computed_s(pid: int) -> float:
    """Return the processor time that a process has used; 0 when it has gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S


def _busy(number: int) -> StoreBusy:
    return StoreBusy(f"{number} queries are running, which is the most at a time, and others wait.", "Ask again soon.")
