"""A store behind a URL: any service of the SPARQL 1.1 Protocol, for data that one machine cannot hold.

Thin on purpose. Limits of time are passed on as a time-out of the connection; memory and concurrency are the service's.
"""

import contextlib
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tradegraph.errors import (
    QueryError,
    QueryFailed,
    QueryOutOfMemory,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreBusy,
    StoreUnavailable,
)
from tradegraph.namespaces import PREFIXES
from tradegraph.store.interface import Request

_CHUNK: Final = 64 * 1024
_BY_STATUS: Final[dict[int, type[QueryError]]] = {
    400: QuerySyntaxError,
    503: StoreBusy,
    504: QueryTimeout,
    507: QueryOutOfMemory,
}


@dataclass
class RemoteAnswer:
    """An answer that another service is sending; see `interface.Answer`."""

    response: http.client.HTTPResponse
    first: bytes
    whole: bytes | None
    complete: bool = True

    def chunks(self) -> Iterator[bytes]:
        """Yield the body; QueryFailed when the service breaks it off."""
        if self.whole is not None:
            yield self.whole
            return
        yield self.first
        try:
            while chunk := self.response.read(_CHUNK):
                yield chunk
        except (http.client.HTTPException, OSError) as error:
            raise QueryFailed("The service broke its answer off.", "Ask again.") from error

    def close(self) -> None:
        """Close the connection; a good service stops the query then."""
        self.response.close()


@dataclass(frozen=True)
class RemoteStore:
    """A SPARQL service at `url` (http or https)."""

    url: str

    def __post_init__(self) -> None:
        if urllib.parse.urlsplit(self.url).scheme not in ("http", "https"):
            raise StoreUnavailable(f"{self.url} is not an address of a SPARQL service.", "Give an http(s) URL.")

    def query(self, request: Request, abandoned: Callable[[], bool]) -> RemoteAnswer:
        """Send a query by POST (SPARQL 1.1 Protocol section 2.1.2); errors of the service become ours."""
        if abandoned():
            raise QueryFailed("Nobody waits for the answer.", "")
        if request.labels is not None or request.first_rows is not None:
            raise QueryRefused(
                "Labels and first rows cannot be had here: queries go to another service.",
                "Ask for labels and LIMIT in the query.",
            )
        declared = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
        fields = [("query", declared + request.text if request.declare_prefixes else request.text)]
        fields += [("default-graph-uri", iri) for iri in request.dataset.default_graphs]
        fields += [("named-graph-uri", iri) for iri in request.dataset.named_graphs]
        outgoing = urllib.request.Request(  # noqa: S310 - the scheme is checked on construction
            self.url,
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Accept": request.form.media_type, "Content-Type": "application/x-www-form-urlencoded"},
        )
        try:
            opened = urllib.request.urlopen(outgoing, timeout=request.limits.time_s)  # noqa: S310 - checked as above
            response: http.client.HTTPResponse = opened
            first = response.read(_CHUNK)
        except urllib.error.HTTPError as error:
            with contextlib.closing(error):
                raise _explained(error) from error
        except TimeoutError as error:
            raise QueryTimeout("The service did not answer in time.", "Narrow the query.") from error
        except (OSError, http.client.HTTPException) as error:
            raise StoreUnavailable(
                f"{self.url} cannot be reached.", "Check the address, or ask again later."
            ) from error
        return RemoteAnswer(response, first, first if len(first) < _CHUNK else None)

    def check(self) -> None:
        """Ask the service for the shortest answer there is."""
        asked = urllib.parse.urlencode({"query": "ASK {}"})
        try:
            with urllib.request.urlopen(f"{self.url}?{asked}", timeout=5):  # noqa: S310 - checked as above
                return
        except (OSError, http.client.HTTPException) as error:
            raise StoreUnavailable(
                f"{self.url} cannot be reached.", "Check the address, or ask again later."
            ) from error

    def check_syntax(self, request: Request) -> None:
        """Say nothing: only running the query would tell."""

    def close(self) -> None:
        """Nothing is held open between queries."""


def _explained(error: urllib.error.HTTPError) -> QueryError:
    """Take over an explanation in RFC 9457 form, else the status alone."""
    kind = _BY_STATUS.get(error.code, QueryFailed)
    try:
        problem = json.loads(error.read(_CHUNK))
        return kind(str(problem["detail"]), str(problem.get("remedy", "")), problem.get("line"), problem.get("column"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return kind(f"The service answered with status {error.code}.", "See the documentation of the service.")
