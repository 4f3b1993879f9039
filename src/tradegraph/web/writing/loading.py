"""LOAD: the documents that an update asks for are fetched before it is handed in.

The process that works a write out has no network, and no write waits while another one's documents come in. What may be
fetched is the operator's to say (`federation.Sources`).
"""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Final, Self

from tradegraph.errors import AnswerTooLarge, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout, StoreBusy
from tradegraph.federation import Deadline, DocumentFetcher, DocumentReader, Sources, address_of
from tradegraph.settings import Settings
from tradegraph.sparql.scan import LONG
from tradegraph.sparql.tokens import position
from tradegraph.sparql.update import Operation, loads
from tradegraph.web.problems import RequestError
from tradegraph.writing.asked import Asked, Body
from tradegraph.writing.evaluate import LONGEST_LOADING, document_of

MOST_DOCUMENTS: Final = 16
MOST_AT_ONCE: Final = 4
_WAIT_S: Final = 2.0
_MOST_LISTED: Final = 8
_MENTIONED: Final = re.compile(r"\bload\b", re.IGNORECASE)
# What was fetched is in the memory of this process until the write is done.
_PLACES: Final = threading.BoundedSemaphore(MOST_AT_ONCE)
# Reading a long text takes the processor from everybody else: one at a time.
_READING: Final = threading.Lock()
_INSTEAD: Final = "Send the data with the request, to /store."


@dataclass(frozen=True)
class Loader:
    """Fetches for updates from `sources`; the documents of one may have `max_bytes` and take `time_s` seconds."""

    sources: Sources
    max_bytes: int
    time_s: float
    fetch: DocumentFetcher = field(default_factory=DocumentReader)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the one that the settings ask for; SettingError for a list of sources that cannot be read."""
        sources = Sources.read(settings.load_sources)
        return cls(sources, settings.max_write_bytes, float(settings.write_time_limit_s))

    @contextmanager
    def loaded(self, asked: Asked) -> Iterator[Asked]:
        """Give an update with the documents that it asks for; it is to be made inside of the `with`.

        All of its LOADs are looked at before anything is fetched. What SILENT stands before is left out when it cannot
        be had or may not. Raises QueryRefused, StoreBusy, or RequestError: 403 for what may not be loaded, 504 for what
        does not come in time, 502 for what does not come in another way.
        """
        try:
            wanted = self._wanted(asked)
        except RequestError as forbidden:
            # It will not be made without its documents; but if it is no update at all, that is what has to be said.
            try:
                yield asked
            except QuerySyntaxError:
                raise
            except QueryError:
                raise forbidden from None
            return
        if not wanted:
            yield asked
            return
        if not _PLACES.acquire(timeout=min(_WAIT_S, self.time_s)):
            raise StoreBusy("Too many updates load documents at the moment.", "Send it again.")
        try:
            yield replace(asked, loaded=self._fetched(asked.text, wanted))
        finally:
            _PLACES.release()

    def _wanted(self, asked: Asked) -> dict[str, Operation]:
        """Return what is to be fetched, by document; RequestError 403 when something may not be."""
        wanted = {}
        for document, load in _documents(asked.text, asked.base_iri).items():
            if self.sources.allow(address_of(document)):
                wanted[document] = load
            elif not load.silent:
                raise _at(asked.text, load, self._not_allowed(document))
        return wanted

    def _not_allowed(self, document: str) -> RequestError:
        listed = [f"<{one.url}>" for one in self.sources.listed]
        if not listed:
            what = "LOAD is not available: nothing is fetched from elsewhere."
            return RequestError(403, what, f"{_INSTEAD} What may be loaded, the operator decides.")
        more = " and more" if len(listed) > _MOST_LISTED else ""
        return RequestError(
            403,
            f"<{document[:200]}> is not among the addresses that LOAD may fetch.",
            f"These are, by decision of the operator, and all below those that end in a slash: "
            f"{', '.join(listed[:_MOST_LISTED])}{more}. {_INSTEAD}",
        )

    def _fetched(self, text: str, wanted: Mapping[str, Operation]) -> tuple[Body, ...]:
        deadline, left = Deadline.after(self.time_s), self.max_bytes
        found = []
        for document, load in wanted.items():
            try:
                got = self.fetch(address_of(document), deadline, left)
            except QueryError as error:
                if load.silent:
                    continue
                raise _at(text, load, self._failed(document, error)) from error
            found.append(Body(got.media_type, got.content, document))
            left -= len(got.content)
        return tuple(found)

    def _failed(self, document: str, error: QueryError) -> RequestError:
        match error:
            case QueryTimeout():
                return RequestError(504, f"<{document}> did not come within {self.time_s:g} s.", error.remedy)
            case AnswerTooLarge():
                most = f"The documents of one update may have {self.max_bytes:,} bytes together."
                return RequestError(502, f"<{document}> is too large. {most}", error.remedy)
            case _:
                return RequestError(502, error.detail, error.remedy)


def _documents(text: str, base_iri: str) -> dict[str, Operation]:
    """Return by document the LOAD that asks for it: the first without SILENT, if there is one.

    Raises QueryRefused when there are too many.
    """
    # Longer texts are refused by who works them out, should there be a LOAD in them.
    if len(text) > LONGEST_LOADING or _MENTIONED.search(text) is None:
        return {}
    names: dict[tuple[str, str], str] = {}
    found: dict[str, Operation] = {}
    with _READING if len(text) > LONG else nullcontext():
        try:
            for load in loads(text):
                name = load.prologue, load.source
                if name not in names:
                    names[name] = document_of(load, base_iri)
                document = names[name]
                if document not in found or (found[document].silent and not load.silent):
                    found[document] = load
                if len(names) > MOST_DOCUMENTS:
                    break
        except (SyntaxError, QueryRefused):
            # Who works it out says what is wrong, and where.
            return {}
    if len(names) > MOST_DOCUMENTS:
        what = f"This update loads more than {MOST_DOCUMENTS} documents."
        raise QueryRefused(what, "Load some of them in another update.", *position(text, load.start))
    return found


def _at(text: str, load: Operation, error: RequestError) -> RequestError:
    """Return the error, now that it is known where the LOAD stands."""
    error.line, error.column = position(text, load.start)
    return error
