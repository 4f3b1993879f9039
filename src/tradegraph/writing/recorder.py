"""Recording proposals, in the order in which they were made; those that wait are recorded at the price of one.

A proposal is made on top of those before it, which may not be on the disk yet. So when one cannot be recorded, none of
those that were made on top of it can: they are of its *lineage*, and a new one begins at what is recorded.
"""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from tradegraph.errors import StoreUnavailable
from tradegraph.writing.asked import delta_bytes
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.delta import Delta
from tradegraph.writing.journal import Journal
from tradegraph.writing.segments import Entry, JournalDamaged
from tradegraph.writing.state import checkpoint

_MOST_TO_REPLAY: Final = 200_000
"""Quads: how many have to be replayed at most when the service starts again, if the state is not larger than that."""
_ENTRY_WEIGHT: Final = 20
"""Quads that take as long to replay as reading an entry does."""


class ChangingStore(Protocol):
    """A store in which changes can be made."""

    def catch_up(self, number: int, change: bytes) -> None:
        """See `store.EmbeddedStore`."""


@dataclass
class Pending:
    """An entry that waits to be recorded. `number` is its number once it is, if it changes anything."""

    entry: Entry
    lineage: int
    number: int | None = None
    error: StoreUnavailable | None = None
    done: bool = False


class Recorder:
    """Puts entries into the journal, then into the data. `made` is called with each, once it can be read.

    All methods may be called from any thread. `size` is the number of quads in the state.
    """

    def __init__(
        self, folder: DataFolder, journal: Journal, store: ChangingStore, size: int, made: Callable[[int, Delta], None]
    ) -> None:
        self.lineage = 0
        self._folder = folder
        self._journal = journal
        self._store = store
        self._size = size
        self._made = made
        self._recording = threading.Lock()
        self._waiting: list[Pending] = []
        self._waiting_lock = threading.Lock()
        self._failure = StoreUnavailable("This write could not be recorded.", "Send it again.")
        self._to_replay = 0
        self._checkpointing: threading.Thread | None = None

    @property
    def number(self) -> int:
        """The number of the last entry on the disk."""
        return self._journal.end.number

    @property
    def trouble(self) -> str:
        """Why nothing can be recorded any more; empty while all is well."""
        return self._journal.broken

    def queue(self, entry: Entry, lineage: int) -> Pending:
        """Have an entry recorded after all that were queued before; `lineage` is that of its proposal."""
        pending = Pending(entry, lineage)
        with self._waiting_lock:
            self._waiting.append(pending)
        return pending

    def finish(self, pending: Pending) -> None:
        """Return when an entry is on the disk and can be read; StoreUnavailable when it cannot be recorded."""
        with self._recording:
            if not pending.done:
                self._record()
        if pending.error is not None:
            raise pending.error

    def flush(self) -> None:
        """Return when nothing waits to be recorded; what could not be is told those who wait for it."""
        with self._recording:
            self._record()

    def _record(self) -> None:
        with self._waiting_lock:
            batch, self._waiting = self._waiting, []
        sound = [one for one in batch if one.lineage == self.lineage]
        for one in batch:
            one.error = None if one.lineage == self.lineage else self._failure
        try:
            recorded = self._journal.append_many([one.entry for one in sound if one.entry.delta])
        except StoreUnavailable as error:
            self.lineage += 1
            self._failure = error
            for one in sound:
                one.error = error
        else:
            numbers = iter(recorded)
            for one in sound:
                if one.entry.delta:
                    one.number = next(numbers).number
                    self._make(one.number, one.entry.delta)
        finally:
            for one in batch:
                one.done = True

    def _make(self, number: int, delta: Delta) -> None:
        """Make a change that is recorded."""
        self._store.catch_up(number, delta_bytes(delta))
        self._made(number, delta)
        self._size += len(delta.added) - len(delta.removed)
        self._to_replay += _ENTRY_WEIGHT + len(delta.added) + len(delta.removed)
        # In proportion to the state, so that all checkpoints together take no longer than all writes.
        if self._to_replay > max(_MOST_TO_REPLAY, self._size):
            self.checkpoint()

    def checkpoint(self) -> None:
        """Begin a checkpoint, in a thread of its own, unless one is being made."""
        if self._checkpointing is not None and self._checkpointing.is_alive():
            return
        self._to_replay = 0
        self._checkpointing = threading.Thread(target=self._checkpoint, name="checkpoint", daemon=True)
        self._checkpointing.start()

    def _checkpoint(self) -> None:
        try:
            checkpoint(self._folder, self._journal.end)
        except (OSError, JournalDamaged) as error:
            sys.stderr.write(f"{self._folder.checkpoints}: no checkpoint could be made ({error}); nothing is lost.\n")

    def close(self) -> None:
        """Record what waits, and leave a checkpoint."""
        with self._recording:
            self._record()
            self._join()
            if self._to_replay:
                self.checkpoint()
                self._join()

    def _join(self) -> None:
        if self._checkpointing is not None:
            self._checkpointing.join()
