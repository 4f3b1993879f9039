"""Answers of announced length: a short one goes out at once, a long one as it comes."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tradegraph.web.asgi import Bridge
from tradegraph.web.bodies import Message
from tradegraph.web.cache import Cache
from tradegraph.web.incoming import Incoming
from tradegraph.web.lane import Lane, Passed

PIECE = bytes(400_000)


class NoLane(Lane):
    """A lane that leaves everything to the application."""

    def __init__(self) -> None:
        """Nothing is needed for that."""

    async def answer(self, path: str, incoming: Incoming) -> Passed:
        return Passed()


@pytest.mark.parametrize(("pieces", "before_the_last"), [(2, 0), (5, 4)])
def test_only_a_short_answer_is_collected_before_it_is_sent(pieces: int, before_the_last: int) -> None:
    sent: list[Message] = []
    sent_before_the_last: list[int] = []

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", str(pieces * len(PIECE)))])

        def body() -> Iterator[bytes]:
            for number in range(pieces):
                if number == pieces - 1:
                    sent_before_the_last.append(sum(bool(message.get("body")) for message in sent))
                yield PIECE

        return body()

    async def ask() -> None:
        received = iter([{"type": "http.request", "body": b""}])

        async def receive() -> Message:
            found = next(received, None)
            if found is None:
                await asyncio.Event().wait()
            return dict(found or {})

        async def send(message: Message) -> None:
            sent.append(message)

        scope: Message = {"type": "http", "method": "GET", "path": "/file", "query_string": b"", "headers": []}
        await Bridge(application, 1, 1000, Cache(1000), NoLane())(scope, receive, send)

    # In a thread of its own: where a browser is tested, this one has a loop already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(ask())).result()
    assert sent_before_the_last == [before_the_last]
    assert (b"content-length", str(pieces * len(PIECE)).encode()) in sent[0]["headers"]
    assert sum(len(message["body"]) for message in sent[1:]) == pieces * len(PIECE)
