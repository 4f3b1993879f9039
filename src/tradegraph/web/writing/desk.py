"""The desk: where writes are handed in, and what all ways of handing one in have in common."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.util import Finalize
from pathlib import Path

from flask import request

from tradegraph.errors import (
    NotFound,
    QueryError,
    QueryOutOfMemory,
    QueryTimeout,
    QueryTooComplex,
)
from tradegraph.namespaces import BASE
from tradegraph.settings import Settings
from tradegraph.web.endpoint import Endpoint
from tradegraph.web.problems import RequestError
from tradegraph.web.writing.gate import Gate
from tradegraph.writing import Tokens
from tradegraph.writing.asked import Asked, Policies
from tradegraph.writing.history_store import HistoryStore
from tradegraph.writing.writer import Refused, Writer, Written


@dataclass(frozen=True)
class WritingOptions:
    """How writing is turned on: the folder, the `shapes` of the guard and its policies, whether reading is private."""

    folder: Path
    shapes: tuple[Path, ...] = ()
    policies: Policies = (("", "refuse"),)
    private: bool = False


@dataclass(frozen=True)
class Desk:
    """The desk of an endpoint. `history` is what was written, to be asked; close it at the end."""

    endpoint: Endpoint
    writer: Writer
    gate: Gate
    policies: Policies
    history: HistoryStore

    @property
    def base_url(self) -> str:
        """The address of the site, without a slash at its end: as its settings say, else as it was asked."""
        return (self.endpoint.settings.base_url or request.host_url).rstrip("/")

    @property
    def base_iri(self) -> str:
        """What relative IRIs of updates are resolved against: the same as in queries."""
        return BASE

    def hand_in(self, asked: Asked, condition: Callable[[], None] | None = None) -> Written:
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
        """Undo a write. Raises RequestError 404, NotConforming, WriteConflict or WriteRefused."""
        try:
            token, time_s = self.gate.holder("write"), float(self.endpoint.settings.write_time_limit_s)
            return self.writer.revert(token, [number], time_s, self.policies, note)
        except NotFound as error:
            raise RequestError(404, f"There is no write {number}.", "See /history for those there are.") from error
        except Refused as error:
            raise NotConforming(error.report) from error


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
    history = HistoryStore(
        writer.folder,
        lambda: writer.number,
        settings.query_time_limit_s,
        settings.query_memory_limit_mb,
    )
    Finalize(None, history.close, exitpriority=0)
    return Desk(endpoint, writer, gate, options.policies, history)
