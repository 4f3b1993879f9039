"""The history as a store of its own, to be asked in SPARQL: started by the first question, following the journal.

It costs memory (some 10 kB for a write of one triple), so nothing runs until somebody asks, and nothing goes on once
nobody has asked for a while. A thread follows the journal, so that writes never wait for the history; a query waits
until the history has every write that was acknowledged before it.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from tradegraph.errors import QueryAbandoned, StoreUnavailable
from tradegraph.store import Answer, EmbeddedStore, Request
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.history_keeper import change_of
from tradegraph.writing.segments import JournalDamaged, Place, Reading, Recorded

KEEPER: Final = "tradegraph.writing.history_keeper"
RUNNING: Final = 2
"""Queries of the history that run at a time."""
IDLE_S: Final = 600.0
"""How long nobody may have asked before the memory is given back."""
_LOOK_AROUND_S: Final = 0.1
_FOLLOW_S: Final = 1.0
"""How often the journal is looked at while nobody asks, so that no query finds much to catch up with."""


def _never() -> bool:
    return False


class HistoryStore:
    """The history of a data folder; see `store.QueryStore`. May be used from any thread.

    `number` returns the number of the last write that was acknowledged. `time_limit_s` and `memory_limit_mb` are those
    of one query.
    """

    def __init__(
        self,
        folder: DataFolder,
        number: Callable[[], int],
        time_limit_s: float,
        memory_limit_mb: int,
        idle_s: float = IDLE_S,
    ) -> None:
        self._folder = folder
        self._number = number
        # An answer under way is never taken for idleness.
        self._idle_s = idle_s + time_limit_s
        self._time_limit_s = time_limit_s
        nothing = Path(os.devnull)
        self._store = EmbeddedStore(nothing, time_limit_s, memory_limit_mb, RUNNING, KEEPER, (str(folder.root),))
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._known = -1
        self._asking = 0
        self._asked = 0.0
        self._error: StoreUnavailable | None = None
        self._closed = False

    @property
    def keeper_pid(self) -> int | None:
        """The process that holds the history, for supervision; None while there is none."""
        return self._store.keeper_pid

    def query(self, request: Request, abandoned: Callable[[], bool] = _never) -> Answer:
        """Start a query; see `store.QueryStore`. StoreUnavailable when the history cannot be read in time."""
        until = time.monotonic() + min(request.limits.time_s, self._time_limit_s)
        with self._changed:
            self._asking += 1
        try:
            self._wait(until, abandoned)
            left = replace(request.limits, time_s=max(0.001, until - time.monotonic()))
            return self._store.query(replace(request, limits=left), abandoned)
        finally:
            with self._changed:
                self._asking -= 1

    def check_syntax(self, request: Request) -> None:
        """See `store.QueryStore`."""
        self._wait(time.monotonic() + self._time_limit_s, _never)
        self._store.check_syntax(request)

    def check(self) -> None:
        """See `store.QueryStore`."""
        self._wait(time.monotonic() + self._time_limit_s, _never)

    def close(self) -> None:
        """Stop the keeper and every query; nothing starts again."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._store.close()

    def _wait(self, until: float, abandoned: Callable[[], bool]) -> None:
        """Return when the history has every write that is acknowledged now."""
        wanted = self._number()
        with self._changed:
            self._asked = time.monotonic()
            if self._thread is None and not self._closed:
                self._error = None
                self._thread = threading.Thread(target=self._run, name="history", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            while self._known < wanted or self._closed:
                if self._closed:
                    raise StoreUnavailable("The server is stopping.", "Ask again in a few seconds.")
                if self._error is not None:
                    raise self._error
                if abandoned():
                    raise QueryAbandoned("Nobody waits for the answer any more.", "")
                if time.monotonic() > until:
                    raise StoreUnavailable("The history is still being read.", "Ask again in a while.")
                self._changed.wait(_LOOK_AROUND_S)

    # What follows runs in a thread of its own.

    def _run(self) -> None:
        error = StoreUnavailable("The history cannot be read.", "See the log of the server.")
        try:
            # A query whose follower had failed may have left a keeper that nobody tells anything.
            self._store.close()
            # First the place, then the keeper: it may know more than stands before that place, never less.
            place = self._end()
            self._store.start()
            while True:
                place = self._follow(place)
                if self._leave():
                    return
        except StoreUnavailable as failed:
            error = failed
        except (JournalDamaged, OSError) as failed:
            # It names places on the disk, which are for the operator only.
            sys.stderr.write(f"{failed}\n")
        finally:
            with self._changed:
                if self._thread is threading.current_thread():
                    self._forget(error)

    def _leave(self) -> bool:
        """Wait for something to do. With nothing for long, or at the end, stop the keeper and return True."""
        with self._changed:
            while not (self._closed or self._is_forsaken()):
                if self._number() > self._known:
                    return False
                self._changed.wait(_FOLLOW_S)
            self._forget(None)
            return True

    def _is_forsaken(self) -> bool:
        return not self._asking and time.monotonic() > self._asked + self._idle_s

    def _forget(self, error: StoreUnavailable | None) -> None:
        """Be as before the first question; called with the lock held, so that nobody asks in between."""
        self._store.close()
        self._thread, self._known, self._error = None, -1, error
        self._changed.notify_all()

    def _end(self) -> Place:
        """Return the place after the last write."""
        wanted = self._number()
        reading = Reading.after(self._folder, wanted)
        for _ in _acknowledged(reading, wanted):
            pass
        return reading.place

    def _follow(self, place: Place) -> Place:
        """Add the writes after `place` to the history, and return the place after them."""
        wanted = self._number()
        reading = Reading(self._folder, place)
        for entry in _acknowledged(reading, wanted):
            self._store.catch_up(entry.number, change_of(entry))
        if reading.place.number < wanted:
            raise StoreUnavailable(f"The journal ends before write {wanted}.", "See the log of the server.")
        with self._changed:
            self._known = reading.place.number
            self._changed.notify_all()
        return reading.place


def _acknowledged(reading: Reading, last: int) -> Iterator[Recorded]:
    """Yield the entries up to the end of the frame that `last` is in: what comes after it may yet be taken back."""
    if reading.place.number < last:
        for entry in reading:
            yield entry
            if entry.number == reading.place.number >= last:
                return
