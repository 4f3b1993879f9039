"""One write after the other: proposed by the scribe, recorded in the journal, made in the data, acknowledged.

Until it is recorded, a write has changed nothing; from then on it is there for good, whatever happens next: whoever
starts the service again reads it from the journal.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final, Protocol

from tradegraph.errors import WriteRefused
from tradegraph.store import Release
from tradegraph.writing.asked import Asked, Proposed, delta_bytes
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.delta import Delta
from tradegraph.writing.graphs import WrittenGraphs
from tradegraph.writing.journal import Journal
from tradegraph.writing.moments import now
from tradegraph.writing.revert import revert
from tradegraph.writing.segments import Entry
from tradegraph.writing.state import checkpoint, resume
from tradegraph.writing.tokens import Token

_CHECKPOINT_EVERY: Final = 1000
"""Writes: how many have to be replayed at most when the service starts again."""


def _no_condition() -> None:
    pass


class ProposingStore(Protocol):
    """A store that can say what a write would change, and make changes."""

    def propose(self, client: str, asked: bytes, time_s: float) -> bytes:
        """See `store.EmbeddedStore`."""

    def catch_up(self, number: int, change: bytes) -> None:
        """See `store.EmbeddedStore`."""


class Refused(Exception):
    """The guard refuses a write; `report` is the SHACL report as Turtle."""

    def __init__(self, report: str) -> None:
        self.report = report
        super().__init__("The data would not conform to the shapes.")


@dataclass(frozen=True)
class Written:
    """A write that was made: its `number` (None when it changed nothing), quads `removed` and `added`.

    `existed` tells whether the graph it is about was there before; `report` is what the guard reports without refusing.
    """

    number: int | None
    removed: int
    added: int
    existed: bool
    report: str


class Writer:
    """Writes to the data folder of a release.

    `changed` is called with the number of each write, and what it changed, once it can be read. All methods may be
    called from any thread; writes wait for each other.
    """

    def __init__(
        self, folder: DataFolder, release: Release, store: ProposingStore, changed: Callable[[int, Delta], None]
    ) -> None:
        self.folder = folder
        self._release = release
        self._fixed = frozenset(graph for graph, _ in release.graphs)
        self._store = store
        self._changed = changed
        self._lock = threading.Lock()
        self._opened = ExitStack()
        self._opened.enter_context(folder.locked())
        self._journal: Journal
        self._journal, state = resume(folder)
        self.graphs = WrittenGraphs.of(state.lines)
        self._opened.callback(self._journal.close)
        self.notices = tuple(one for one in (self._journal.notice, *state.notices) if one)
        self._checkpoint = state.number

    @property
    def number(self) -> int:
        """The number of the last write."""
        return self._journal.end.number

    def is_fixed(self, graph: str) -> bool:
        """Tell whether a graph is part of the release."""
        return graph in self._fixed

    def write(
        self, token: Token, asked: Asked, time_s: float, note: str = "", condition: Callable[[], None] = _no_condition
    ) -> Written:
        """Make a write. Raises QueryError, WriteRefused, or Refused; then nothing was changed.

        `condition` is called when no other write can come in between, and raises what forbids this one.
        """
        started = now()
        with self._lock:
            condition()
            proposed = Proposed.from_bytes(self._store.propose(token.name, asked.to_bytes(), time_s))
            self.permit(token, proposed.delta.graphs)
            if not proposed.conforms:
                raise Refused(proposed.report)
            entry = Entry(token.name, asked.action, proposed.delta, note, self._release.identifier, started)
            return self._record(entry, proposed)

    def revert(self, token: Token, numbers: Sequence[int], note: str = "") -> Written:
        """Undo writes by a new one. Raises WriteConflict-like errors of `revert.revert`, and WriteRefused."""
        with self._lock:
            delta = revert(self.folder, numbers)
            self.permit(token, delta.graphs)
            return self._record(Entry(token.name, "revert", delta, note, self._release.identifier), Proposed(delta))

    def permit(self, token: Token, graphs: Iterable[str]) -> None:
        """Raise WriteRefused when a token may not write in all of these graphs."""
        for graph in graphs:
            if graph in self._fixed:
                raise WriteRefused(
                    f"The graph {graph} is part of the release, which never changes.", "Write to a graph of your own."
                )
            if not token.may_write(graph):
                raise WriteRefused(
                    f"The graph {graph or '(default)'} is not one that {token.name} may write to.",
                    f"Yours begin with: {', '.join(token.graphs) or 'nothing'}.",
                )

    def _record(self, entry: Entry, proposed: Proposed) -> Written:
        delta = entry.delta
        if not delta:
            return Written(None, 0, 0, proposed.existed, proposed.report)
        recorded = self._journal.append(entry)
        self._store.catch_up(recorded.number, delta_bytes(delta))
        # Not sooner: who sees the mark of the new content must not be given the old.
        self.graphs.apply(delta)
        self._changed(recorded.number, delta)
        if recorded.number - self._checkpoint >= _CHECKPOINT_EVERY:
            checkpoint(self.folder, self._journal.end)
            self._checkpoint = recorded.number
        return Written(recorded.number, len(delta.removed), len(delta.added), proposed.existed, proposed.report)

    def close(self) -> None:
        """Leave a checkpoint, and the folder to others."""
        with self._lock, self._opened:
            if self._journal.end.number > self._checkpoint:
                checkpoint(self.folder, self._journal.end)
