"""The fast lane: light queries answered in the server's own loop, without a thread and without the application.

Most queries of a public endpoint are the work of a moment, and then HTTP machinery and changes of thread cost more
than the query. The lane takes those that look light, when a worker is idle; it gives up whatever does not come whole
and at once to the application, together with the answer that has begun. So it can only be quicker, never different.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from tradegraph.errors import QueryError
from tradegraph.store import Answer, Request
from tradegraph.store.embedded import WorkerAnswer
from tradegraph.web.cache import Stored
from tradegraph.web.endpoint import Endpoint, Prepared, answer_fields, coded
from tradegraph.web.incoming import Incoming
from tradegraph.web.parameters import read_operation
from tradegraph.web.sparql import prefers_page

_PATH: Final = "/sparql"
_WAIT_S: Final = 0.25
_LONGEST_TEXT: Final = 6_000


@runtime_checkable
class QuickStore(Protocol):
    """A store that can be asked without waiting."""

    def has_idle(self) -> bool:
        """Say whether it is worth while to try."""

    def query_at_once(self, request: Request) -> WorkerAnswer | None:
        """Send a query if a worker is idle; see `EmbeddedStore`."""


@dataclass(frozen=True)
class Passed:
    """What the application has to go on with: the query made ready, the `answer` asked for, the `error` it met."""

    prepared: Prepared | None = None
    answer: WorkerAnswer | None = None
    error: QueryError | None = None
    begun: bool = False

    @property
    def asked(self) -> bool:
        """Whether the store was asked."""
        return self.answer is not None or self.error is not None

    def begin(self, gone: Callable[[], bool]) -> Answer:
        """Return the answer once it has begun; raises QueryError when there will be none."""
        if self.error is not None:
            raise self.error
        if self.answer is None:
            raise ValueError("nothing was asked for")
        if self.begun:
            self.answer.abandoned = gone
            return self.answer
        try:
            self.answer.begin(gone)
        except BaseException:
            self.answer.close()
            raise
        return self.answer

    def close(self) -> None:
        """Stop the query: nobody wants its answer."""
        if self.answer is not None:
            self.answer.close()


class Lane:
    """The fast lane of an endpoint; `standard` are the header fields of every response."""

    def __init__(self, endpoint: Endpoint, standard: dict[str, str]) -> None:
        self.endpoint = endpoint
        self._standard = _encoded(standard)
        # Looked at once: the question is dear, and the store stays the same.
        self._store = endpoint.store if isinstance(endpoint.store, QuickStore) else None

    async def answer(self, path: str, incoming: Incoming) -> Stored | Passed:
        """Return the whole response, or what the application has to go on with."""
        store = self._store
        if path != _PATH or store is None or incoming.method not in ("GET", "POST"):
            return Passed()
        if not store.has_idle() or len(incoming.query_string) + len(incoming.body) > _LONGEST_TEXT:
            return Passed()
        try:
            operation = read_operation(incoming, self.endpoint.settings)
            if operation.query is None or (operation.format_name is None and prefers_page(incoming)):
                return Passed()
            if "service" in operation.query.lower():
                # A search inside the query may take its time.
                return Passed()
            prepared = self.endpoint.prepare(operation, operation.query, incoming)
        except QueryError:
            # The application finds the same, and says it well.
            return Passed()
        if prepared.unchanged:
            return self._response(304, prepared.fields, b"")
        answer = store.query_at_once(prepared.asked)
        if answer is None:
            return Passed(prepared)
        try:
            if not await _readable(answer):
                return Passed(prepared, answer)
            answer.take()
        except QueryError as error:
            answer.close()
            return Passed(prepared, error=error)
        except BaseException:
            answer.close()
            raise
        if answer.whole is None:
            return Passed(prepared, answer, begun=True)
        fields = answer_fields(prepared, answer)
        return self._response(200, fields, coded(answer.whole, incoming, fields))

    def _response(self, status: int, fields: dict[str, str], body: bytes) -> Stored:
        if status == 200:
            fields = {**fields, "Content-Length": str(len(body))}
        return Stored(status, self._standard + _encoded(fields), body)


def _encoded(fields: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]


async def _readable(answer: WorkerAnswer) -> bool:
    """Wait a moment for the worker's first frame; False when it takes longer."""
    loop = asyncio.get_running_loop()
    arrived = loop.create_future()
    descriptor = answer.connection.fileno()

    def settle(there: bool) -> None:
        if not arrived.done():
            arrived.set_result(there)

    loop.add_reader(descriptor, settle, True)
    timer = loop.call_later(_WAIT_S, settle, False)
    try:
        return bool(await arrived)
    finally:
        timer.cancel()
        loop.remove_reader(descriptor)
