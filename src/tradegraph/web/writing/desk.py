"""The desk: where writes are handed in, and what all ways of handing one in have in common."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from flask import request

from tradegraph.errors import (
    NotFound,
    QueryError,
    QueryOutOfMemory,
    QueryTimeout,
    QueryTooComplex,
    StoreUnavailable,
)
from tradegraph.namespaces import BASE
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, Release
from tradegraph.web.endpoint import Endpoint
from tradegraph.web.problems import RequestError
from tradegraph.web.writing.gate import Gate
from tradegraph.writing import DataFolder, Tokens
from tradegraph.writing.asked import Asked, Policies
from tradegraph.writing.delta import Delta
from tradegraph.writing.writer import Refused, Writer, Written

KEEPER: Final = "tradegraph.writing.keeper"
_PATIENCE_S: Final = 20.0
_PAUSE_S: Final = 0.1


@dataclass(frozen=True)
class WritingOptions:
    """How writing is turned on: the folder, the `shapes` of the guard and its policies, whether reading is private."""

    folder: Path
    shapes: tuple[Path, ...] = ()
    policies: Policies = (("", "refuse"),)
    private: bool = False


@dataclass(frozen=True)
class Desk:
    """The desk of an endpoint."""

    endpoint: Endpoint
    writer: Writer
    gate: Gate
    policies: Policies

    @property
    def base_url(self) -> str:
        """The address of the site, without a slash at its end: as its settings say, else as it was asked."""
        return (self.endpoint.settings.base_url or request.host_url).rstrip("/")

    @property
    def base_iri(self) -> str:
        """What relative IRIs of updates are resolved against: the same as in queries."""
        return BASE

    def hand_in(self, asked: Asked, condition: Callable[[], None] = lambda: None) -> Written:
        """Make a write for who sent the present request. Raises QueryError, with words about writing."""
        token = self.gate.holder("write")
        time_s = float(self.endpoint.settings.write_time_limit_s)
        try:
            return self.writer.write(token, replace(asked, policies=self.policies), time_s, condition=condition)
        except Refused as error:
            raise NotConforming(error.report) from error
        except (QueryTooComplex, QueryOutOfMemory, QueryTimeout) as error:
            raise _in_words_of_writing(error, self.endpoint.settings) from error

    def undo(self, number: int, note: str) -> Written:
        """Undo a write. Raises RequestError 404, WriteConflict or WriteRefused."""
        try:
            return self.writer.revert(self.gate.holder("write"), [number], note)
        except NotFound as error:
            raise RequestError(404, f"There is no write {number}.", "See /history for those there are.") from error


class NotConforming(RequestError):
    """The guard refuses a write; `report` is the SHACL report as Turtle."""

    def __init__(self, report: str) -> None:
        super().__init__(
            422,
            "After this write, the data would not conform to the shapes; nothing was changed.",
            "The report says which thing breaks which rule; docs/shapes.md explains the rules.",
        )
        self.report = report
        self.members["report"] = report


def _in_words_of_writing(error: QueryError, settings: Settings) -> QueryError:
    match error:
        case QueryTooComplex():
            return QueryTooComplex("This nests too deep for the engine, which gave up.", "Nest less deep, or in parts.")
        case QueryOutOfMemory():
            return QueryOutOfMemory("The write needed more memory than one may have.", "Write in smaller parts.")
        case _:
            most = settings.write_time_limit_s
            return QueryTimeout(f"The write was stopped at its time limit ({most} s).", "Write in smaller parts.")


def open_writer(
    options: WritingOptions, settings: Settings, release: Release, changed: Callable[[int, Delta], None]
) -> tuple[EmbeddedStore, Writer]:
    """Return the store of a release that is written to, started, and its writer.

    Waits a while for a process that is about to leave the folder. Raises StoreUnavailable when it does not leave.
    """
    folder = DataFolder.open_or_create(options.folder)
    store = EmbeddedStore(
        release.dataset,
        settings.query_time_limit_s,
        settings.query_memory_limit_mb,
        settings.max_running_queries,
        KEEPER,
        (str(folder.root), *map(str, options.shapes)),
    )
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            # First the writer: it mends what a crash has torn, and then the keeper reads it.
            writer = Writer(folder, release, store, changed)
            break
        except StoreUnavailable:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE_S)
    with ExitStack() as stack:
        stack.callback(writer.close)
        store.start()
        stack.pop_all()
    return store, writer


def open_desk(options: WritingOptions, endpoint: Endpoint, writer: Writer) -> Desk:
    """Return the desk of an endpoint whose store `writer` writes to."""
    settings = endpoint.settings
    gate = Gate(
        Tokens(writer.folder.tokens),
        settings.base_url,
        3 * settings.max_query_bytes + 10_000,
        settings.max_write_bytes,
        private=options.private,
    )
    return Desk(endpoint, writer, gate, options.policies)
