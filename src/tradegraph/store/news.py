"""What has changed in the data, for workers that were born before."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from tradegraph.store import frames
from tradegraph.store.runners import Runner

_MOST_RECENT: Final = 256
_MOST_TO_HEAR: Final = 128 * 1024
"""Bytes of changes, few enough to be taken by a socket at once."""
_MOST_UNTOLD: Final = 64
"""Changes that an idle worker may not have heard of yet."""


@dataclass
class News:
    """The last changes; `known` is the number of the last one. For one thread at a time."""

    known: int = 0
    _recent: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=_MOST_RECENT))
    _seen: int = 0

    def begin(self, known: int) -> None:
        """Begin anew, with workers that know all up to a number."""
        self.known = known
        self._recent.clear()

    def add(self, number: int, change: bytes) -> None:
        """Take a change down, as workers are told of it."""
        if len(change) > _MOST_TO_HEAR:
            # Too much for any worker to hear, and so is all that came before it.
            self._recent.clear()
        else:
            self._recent.append((number, change))
        self.known = number

    def tell(self, runner: Runner) -> bool:
        """Tell a worker what it has missed; False when it had better be replaced: too much to hear, or dead."""
        if runner.known < self.known:
            missed = [change for number, change in self._recent if number > runner.known]
            if len(missed) < self.known - runner.known or sum(map(len, missed)) > _MOST_TO_HEAR:
                return False
            try:
                for change in missed:
                    frames.send_parts(runner.connection, frames.CATCH_UP, change)
            except OSError:
                return False
            runner.known = self.known
        return True

    def late(self, idle: list[Runner]) -> list[Runner]:
        """Return those who are to be told now, so that none has much to hear when a query comes.

        While changes come thick and fast, that waits until there is something to tell: each telling wakes a process.
        """
        pause = self.known == self._seen
        self._seen = self.known
        return [one for one in idle if self.known - one.known >= (1 if pause else _MOST_UNTOLD)]
