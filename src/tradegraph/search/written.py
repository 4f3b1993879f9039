"""The index of a release and of what was written since, as one: what was acknowledged is found.

A write is only handed over here (`changed`), which takes no time; a thread of its own takes it over into a copy of the
index (`live`). A search first waits until the writes that were acknowledged before it are there. It waits as long as a
search may take, and then says so: it never answers from before.
"""

import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tradegraph.errors import StoreBusy, StoreUnavailable
from tradegraph.search.find import TIME_LIMIT_S, Hit, Index
from tradegraph.search.live import LiveCopy
from tradegraph.search.original import Original
from tradegraph.search.scratch import scratch_folder
from tradegraph.search.words import Language

Lines = Iterable[bytes]
State = Callable[[], tuple[int, Lines]]
"""Returns the number of the last write and the quads that are there after it, as canonical N-Quads lines."""

_COPY: Final = "search.sqlite"
_PAUSE_S: Final = 2.0
"""How long after trouble with the disk it is tried again."""
_GATHER_S: Final = 0.5
"""How long writes may gather while nobody searches: many taken over at once cost little more than one."""
_LEAVE_S: Final = 5.0
"""How long closing waits for a large write that is being taken over; nothing is lost with it."""


class WrittenIndex:
    """Searches what a release and its writers say, from any thread. Call `start` before the first search.

    `path` is the index of the release and `dataset` its dataset. Until something is written, the release answers alone.
    """

    def __init__(self, path: Path, dataset: Path, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._path = path
        self._dataset = dataset
        self._time_limit_s = time_limit_s
        self._release = Index.open(path, time_limit_s)
        self._current = self._release
        self._handed_over: list[tuple[int, Lines, Lines]] = []
        self._wanted = 0
        self._reached = 0
        self._searching = 0
        self._closed = False
        self._stopped = False
        # Held for moments only; told when anything above changes.
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self, number: int, state: State) -> None:
        """Begin to follow; `number` is that of the last write, and `state` is called in another thread, maybe again."""
        self._wanted = number
        self._thread = threading.Thread(target=self._run, args=(state,), name="search index", daemon=True)
        self._thread.start()

    def changed(self, number: int, removed: Lines, added: Lines) -> None:
        """Hand over a write, before it is acknowledged; they come in the order of their numbers."""
        with self._news:
            if not self._stopped:
                self._handed_over.append((number, removed, added))
            self._wanted = number
            self._news.notify_all()

    @property
    def kinds(self) -> dict[str, str]:
        """See `Index.kinds`. Waits, and raises, as `find` does."""
        return self._index().kinds

    def find(
        self,
        text: str,
        language: Language | None = None,
        kinds: Collection[str] = (),
        limit: int = 20,
        as_you_type: bool = False,
    ) -> tuple[Hit, ...]:
        """See `Index.find`. Waits until all that was acknowledged before can be found.

        Raises StoreBusy when that takes too long, StoreUnavailable when it will not happen at all.
        """
        index = self._index()
        try:
            return index.find(text, language, kinds, limit, as_you_type)
        except sqlite3.Error as error:
            # The copy has trouble with its disk, or is being thrown away because of that.
            raise StoreUnavailable(
                f"The search index cannot be read ({error}).", "Search again in a moment."
            ) from error

    def close(self) -> None:
        """Stop following. Searches that are under way come to their end."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        if self._thread is not None:
            self._thread.join(_LEAVE_S)
        self._release.close()

    def _index(self) -> Index:
        """Return the index of a state that has all that was acknowledged before now."""
        until = time.monotonic() + self._time_limit_s
        with self._news:
            number = self._wanted
            if self._reached >= number:
                return self._current
            self._searching += 1
            self._news.notify_all()
            try:
                return self._waited(number, until)
            finally:
                self._searching -= 1

    def _waited(self, number: int, until: float) -> Index:
        """Wait for a state; called with the lock held, which is let go of meanwhile."""
        while self._reached < number:
            left_s = until - time.monotonic()
            if self._stopped:
                raise StoreUnavailable("The search index has stopped following the writes.", "See the server’s log.")
            if left_s <= 0:
                raise StoreBusy("The search index is still taking in what was written.", "Search again in a moment.")
            self._news.wait(left_s)
        return self._current

    def _run(self, state: State) -> None:
        try:
            while not self._closed:
                try:
                    self._follow(state)
                except (OSError, sqlite3.Error) as error:
                    sys.stderr.write(f"Search index of what was written: {error}. It is made anew.\n")
                    with self._news:
                        self._news.wait_for(lambda: self._closed, _PAUSE_S)
        finally:
            # Of what else goes wrong, the log tells; nobody need wait for it.
            with self._news:
                self._stopped = True
                self._news.notify_all()

    def _follow(self, state: State) -> None:
        """Make a copy, bring it up to date and keep it so, until closed."""
        with ExitStack() as opened:
            folder = opened.enter_context(scratch_folder())
            original = opened.enter_context(Original(self._dataset))
            shutil.copyfile(self._path, folder / _COPY)
            copy = LiveCopy(folder / _COPY, original, original.outline())
            opened.callback(copy.close)
            index = opened.enter_context(Index.open(folder / _COPY, self._time_limit_s, live=True))
            number, lines = state()
            learnt = copy.take([((), lines)])
            index.learn(learnt.classes, learnt.parts)
            opened.callback(self._use, self._release, 0)
            self._use(index, number)
            del lines
            while batch := self._next(number):
                learnt = copy.take([(removed, added) for _, removed, added in batch])
                index.learn(learnt.classes, learnt.parts)
                number = batch[-1][0]
                self._use(index, number)

    def _next(self, number: int) -> Sequence[tuple[int, Lines, Lines]]:
        """Wait for writes after that of `number`, and return all there are; none when closed."""
        with self._news:
            self._news.wait_for(lambda: self._closed or self._wanted > number)
            self._news.wait_for(lambda: self._closed or self._searching > 0, _GATHER_S)
            batch = [one for one in self._handed_over if one[0] > number]
            self._handed_over.clear()
            return () if self._closed else batch

    def _use(self, index: Index, number: int) -> None:
        with self._news:
            self._current, self._reached = index, number
            self._news.notify_all()
