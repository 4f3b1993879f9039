"""Reading the bodies of requests: not more than is wanted, not without end, and not more at a time than there is room.

Whom that turns away, and who waits too long for a turn to write, is answered from here.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from tradegraph.namespaces import BASE
from tradegraph.web.cache import Stored
from tradegraph.web.waiting import Share

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

WINDOW_S: Final = 15.0
_LEAST_IN_WINDOW: Final = 32 * 1024
"""Bytes of a body that must come in each window of time, unless it ends: slower than any line that is in use."""
MOST_BODIES: Final = 128 * 2**20
"""Bytes of bodies in memory at a time, those of requests that are worked on and of those that wait included."""
_WAIT_FOR_ROOM_S: Final = 20.0
WAIT_FOR_TURN_S: Final = 20.0


class TurnedAway(Exception):
    """A request is not read to its end, or not begun with; `answer` says why, and the connection is closed with it."""

    def __init__(self, answer: Stored) -> None:
        self.answer = answer
        super().__init__(f"answered with {answer.status}")


async def read_body(receive: Receive, most: int, share: Share, window_s: float) -> bytes | None:
    """Read the body, up to one byte past `most` (which the application then refuses); None when the client left.

    Raises TurnedAway when it comes too slowly, or there is no room for it: nobody can take up memory, or a connection,
    for longer by sending less.
    """
    pieces: list[bytes] = []
    size, window_ends, in_window = 0, time.monotonic() + window_s, 0
    while True:
        try:
            async with asyncio.timeout(max(0.0, window_ends - time.monotonic())):
                message = await receive()
        except TimeoutError:
            raise TurnedAway(_TOO_SLOW) from None
        if message["type"] == "http.disconnect":
            return None
        piece = message.get("body", b"")
        size += len(piece)
        in_window += len(piece)
        pieces.append(piece)
        if size > most or not message.get("more_body", False):
            return b"".join(pieces)[: most + 1]
        if in_window >= _LEAST_IN_WINDOW:
            window_ends, in_window = time.monotonic() + window_s, 0
        before = time.monotonic()
        if not await share.hold(size, _WAIT_FOR_ROOM_S):
            raise TurnedAway(_NO_ROOM)
        # It was not the client who was slow.
        window_ends += time.monotonic() - before


def _refusal(status: int, slug: str, title: str, title_nl: str, detail: str, remedy: str) -> Stored:
    members = {"title": title, "title_nl": title_nl, "status": status, "detail": detail, "remedy": remedy}
    body = json.dumps({"type": f"{BASE}problem/{slug}", **members}).encode()
    fields = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"retry-after", b"5"),
        (b"connection", b"close"),
    ]
    return Stored(status, fields, body)


_TOO_SLOW: Final = _refusal(
    408,
    "too-slow",
    "The request came too slowly",
    "Het verzoek kwam te langzaam binnen",
    f"The body came at less than {_LEAST_IN_WINDOW} bytes in {WINDOW_S:.0f} seconds.",
    "Send it again, from a program that has all of it.",
)
_NO_ROOM: Final = _refusal(
    503,
    "busy",
    "Too many large requests at the moment",
    "Te veel grote verzoeken op dit moment",
    "Too many large bodies are being read and worked on.",
    "Send it again in a while.",
)


NO_TURN: Final = _refusal(
    503,
    "busy",
    "Too many writes at the moment",
    "Te veel schrijfverzoeken op dit moment",
    f"For {WAIT_FOR_TURN_S:.0f} seconds, it was not the turn of this write; nothing was changed.",
    "Send it again in a while, and fewer at a time.",
)
