"""From a write that is asked for to one that is acknowledged: proposed, permitted, recorded, made in the data.

Until it is recorded, a write has changed nothing; from then on it is there for good, whatever happens next: whoever
starts the service again reads it from the journal. While one write is being recorded the next one is worked out, on
top of it; it is acknowledged only when both are on the disk.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final, Protocol

from tradegraph.errors import StoreUnavailable, WriteRefused
from tradegraph.store import Release
from tradegraph.writing.asked import Asked, Body, Policies, Proposed
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.delta import Delta
from tradegraph.writing.graphs import WrittenGraphs
from tradegraph.writing.moments import now
from tradegraph.writing.recorder import ChangingStore, Recorder
from tradegraph.writing.revert import revert
from tradegraph.writing.segments import Entry
from tradegraph.writing.state import resume
from tradegraph.writing.tokens import Token

_ATTEMPTS: Final = 3
_N_QUADS: Final = "application/n-quads"


class Proposals(Protocol):
    """Says what writes would change, each as if those before it had been made."""

    @property
    def ended(self) -> bool:
        """Whether it can say no more."""

    def propose(self, asked: bytes, time_s: float) -> bytes | None:
        """See `store.embedded.Proposals`."""

    def close(self) -> None:
        """Let go of it."""


class ProposingStore(ChangingStore, Protocol):
    """A store that can say what writes would change, and make changes."""

    def proposals(self, client: str) -> Proposals:
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
    """Writes to the data folder of a release; `open` it first, `close` it at the end.

    `changed` is called with the number of each write, and what it changed, once it can be read. All methods may be
    called from any thread; writes are worked out one after the other. `notices` tell what opening had to mend.
    """

    def __init__(
        self, folder: DataFolder, release: Release, store: ProposingStore, changed: Callable[[int, Delta], None]
    ) -> None:
        self.folder = folder
        self._release = release
        self._fixed = frozenset(graph for graph, _ in release.graphs)
        self._store = store
        self._changed = changed
        self._proposing = threading.Lock()
        self._proposals: Proposals | None = None
        self._lineage = 0
        self.graphs = WrittenGraphs()
        self.notices: tuple[str, ...] = ()
        self._recorder: Recorder
        self._opened = ExitStack()

    def open(self) -> None:
        """Take the folder, and read what was written to it.

        Raises StoreUnavailable when another process writes to it, JournalDamaged when its journal is not as it was
        written; then nothing is taken.
        """
        with ExitStack() as opened:
            opened.enter_context(self.folder.locked())
            journal, state = resume(self.folder)
            opened.callback(journal.close)
            self.graphs = WrittenGraphs.of(state.lines)
            self.notices = tuple(one for one in (journal.notice, *state.notices) if one)
            self._recorder = Recorder(self.folder, journal, self._store, len(state.lines), self._made)
            opened.callback(self._recorder.close)
            self._opened = opened.pop_all()

    @property
    def number(self) -> int:
        """The number of the last write."""
        return self._recorder.number

    @property
    def trouble(self) -> str:
        """Why no write can be recorded any more; empty while all is well."""
        return self._recorder.trouble

    def is_fixed(self, graph: str) -> bool:
        """Tell whether a graph is part of the release."""
        return graph in self._fixed

    def write(
        self,
        token: Token,
        asked: Asked,
        time_s: float,
        note: str = "",
        condition: Callable[[], None] | None = None,
    ) -> Written:
        """Make a write. Raises QueryError, WriteRefused, or Refused; then nothing was changed.

        `condition` is called when no other write can come in between, and raises what forbids this one.
        """

        def ask() -> Asked:
            if condition is not None:
                condition()
            return asked

        return self._write(token, ask, time_s, note, on_its_own=condition is not None)

    def revert(
        self, token: Token, numbers: Sequence[int], time_s: float, policies: Policies = (), note: str = ""
    ) -> Written:
        """Undo writes by a new one, which is held against the shapes like every other.

        Raises what `revert.revert` and `write` do.
        """

        def ask() -> Asked:
            delta = revert(self.folder, numbers)
            bodies = tuple(Body(_N_QUADS, b"".join(lines), "") for lines in (delta.removed, delta.added))
            return Asked("revert", "", bodies=bodies, policies=policies)

        return self._write(token, ask, time_s, note, on_its_own=True)

    def _write(self, token: Token, ask: Callable[[], Asked], time_s: float, note: str, *, on_its_own: bool) -> Written:
        """Make the write that `ask` returns, which is called when no other can come in between.

        What is `on_its_own` is asked for when all writes before it can be read.
        """
        started = now()
        with self._proposing:
            if on_its_own:
                self._recorder.flush()
            asked = ask()
            proposed = self._permitted(token, asked, time_s)
            entry = Entry(token.name, asked.action, proposed.delta, note, self._release.identifier, started)
            pending = self._recorder.queue(entry, self._lineage)
        self._recorder.finish(pending)
        delta = proposed.delta
        return Written(pending.number, len(delta.removed), len(delta.added), proposed.existed, proposed.report)

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

    # The following are called with the lock of proposing held.

    def _permitted(self, token: Token, asked: Asked, time_s: float) -> Proposed:
        """Return what a write would change, once it is known that it may."""
        proposed = Proposed.from_bytes(self._proposed(token, asked.to_bytes(), time_s))
        try:
            self.permit(token, proposed.delta.graphs)
        except WriteRefused:
            # It has been made in the copy.
            self._end_proposals()
            raise
        if not proposed.conforms:
            raise Refused(proposed.report)
        return proposed

    def _proposed(self, token: Token, asked: bytes, time_s: float) -> bytes:
        for _ in range(_ATTEMPTS):
            proposals = self._open_proposals(token)
            try:
                answer = proposals.propose(asked, time_s)
            finally:
                if proposals.ended:
                    self._end_proposals()
            if answer is not None:
                return answer
        raise StoreUnavailable("The workers of the store keep dying.", "See the log of the server.")

    def _open_proposals(self, token: Token) -> Proposals:
        """Return who knows all that was proposed before, or, when nothing waits any more, all that was recorded."""
        if self._proposals is not None and self._lineage != self._recorder.lineage:
            self._end_proposals()
        if self._proposals is None:
            self._recorder.flush()
            self._lineage = self._recorder.lineage
            self._proposals = self._store.proposals(token.name)
        return self._proposals

    def _end_proposals(self) -> None:
        if self._proposals is not None:
            self._proposals.close()
            self._proposals = None

    def _made(self, number: int, delta: Delta) -> None:
        # After the data, not sooner: who sees the mark of the new content must not be given the old.
        self.graphs.apply(delta)
        self._changed(number, delta)

    def close(self) -> None:
        """Leave a checkpoint, and the folder to others."""
        with self._proposing:
            self._end_proposals()
            self._opened.close()
