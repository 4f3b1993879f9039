"""What requests share and have to wait for: memory for their bodies, and turns for their writes.

Neither knows anything of the requests. `Room` is for all threads; `Turns` is for the server's loop alone.
"""

import asyncio
import threading
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import Final

SHARE: Final = "tradegraph.share"
"""Key of the WSGI environment: the `Share` of a request."""
_UNCOUNTED: Final = 64 * 1024
"""Bytes of a body that are not worth counting."""
_LOOK_AGAIN_S: Final = 0.05
_SLOW_S: Final = 1.0
_MOST_REMEMBERED: Final = 1000


class Room:
    """Memory for the bodies of requests: `most` bytes at a time, however many there are; for all threads.

    Whoever came first of those who hold some gets what it needs, so that it can always be finished with.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: dict[Share, int] = {}
        self._changed = threading.Condition()

    @property
    def held(self) -> int:
        """Bytes that are held now."""
        with self._changed:
            return sum(self._held.values())

    def hold(self, share: "Share", size: int, most_s: float = 0.0) -> bool:
        """Let a share hold `size` bytes in all, waiting for that at most so long; False when there is no room."""
        with self._changed:
            return self._changed.wait_for(lambda: self._take(share, size), most_s)

    def _take(self, share: "Share", size: int) -> bool:
        own = self._held.get(share, 0)
        first = next(iter(self._held), share)
        fits = size <= own or first is share or sum(self._held.values()) - own + size <= self.most
        if fits:
            self._held[share] = max(own, size)
        return fits

    def leave(self, share: "Share") -> None:
        """Let go of all that a share holds."""
        with self._changed:
            if self._held.pop(share, None) is not None:
                self._changed.notify_all()


@dataclass(frozen=True, eq=False)
class Share:
    """What one request holds of the room for bodies."""

    room: Room

    def wait(self, size: int, most_s: float) -> bool:
        """Hold `size` bytes in all; False when there was no room for so long. Blocks: not for the server's loop."""
        return size <= _UNCOUNTED or self.room.hold(self, size, most_s)

    async def hold(self, size: int, most_s: float) -> bool:
        """Hold `size` bytes in all; see `wait`."""
        until = time.monotonic() + most_s
        while not self.wait(size, 0.0):
            if time.monotonic() > until:
                return False
            await asyncio.sleep(_LOOK_AGAIN_S)
        return True

    def close(self) -> None:
        """Let go of it."""
        self.room.leave(self)


@dataclass(frozen=True)
class _Holder:
    """What is remembered of a holder: how many turns it may have at a time, and the turns that have to end `first`."""

    allowed: int = 1
    first: frozenset[int] = frozenset()


class Turns:
    """Turns for writes: `most` at a time, the holders of tokens one after the other, each with a line of its own.

    Whose writes take less than a second may have more turns at a time, one more with each such write. After a longer
    one, it is a single turn again, and only when all writes of others have ended that waited for it. So whoever else
    comes waits for a few long writes at most, and not for as many as one can send.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._given = 0
        self._running: dict[int, str] = {}
        self._holders: OrderedDict[str, _Holder] = OrderedDict()
        self._lines: OrderedDict[str, deque[asyncio.Future[int]]] = OrderedDict()

    async def take(self, holder: str, most_s: float) -> int | None:
        """Wait for a turn; return its number, for `leave`, or None when it did not come for so long."""
        turn: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(holder, deque()).append(turn)
        self._go_on()
        try:
            await asyncio.wait([turn], timeout=most_s)
        finally:
            if not turn.done():
                self._lines[holder].remove(turn)
                if not self._lines[holder]:
                    del self._lines[holder]
        return turn.result() if turn.done() else None

    def leave(self, turn: int, took_s: float | None) -> None:
        """Give a turn back after so many seconds; None: nothing was done with it."""
        holder = self._running.pop(turn)
        known = self._holders.pop(holder, _Holder())
        if took_s is None:
            self._holders[holder] = known
        elif took_s > _SLOW_S:
            others = frozenset(number for number, other in self._running.items() if other != holder)
            self._holders[holder] = _Holder(1, others)
        else:
            self._holders[holder] = _Holder(min(self._most, known.allowed + 1), known.first)
        if len(self._holders) > _MOST_REMEMBERED:
            self._holders.popitem(last=False)
        self._go_on()

    def _go_on(self) -> None:
        while len(self._running) < self._most:
            holder = next((one for one in self._lines if self._may(one)), None)
            if holder is None:
                return
            line = self._lines.pop(holder)
            self._given += 1
            self._running[self._given] = holder
            line.popleft().set_result(self._given)
            if line:
                # At the end: the others come first.
                self._lines[holder] = line

    def _may(self, holder: str) -> bool:
        known = self._holders.get(holder, _Holder())
        own = sum(1 for other in self._running.values() if other == holder)
        return own < known.allowed and known.first.isdisjoint(self._running)
