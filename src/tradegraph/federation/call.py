"""Calling an endpoint: one POST (SPARQL 1.1 Protocol, section 2.1.2), within a time and a size."""

import urllib.parse
from dataclasses import dataclass
from typing import Final, Protocol

from tradegraph.errors import AnswerTooLarge, QueryFailed
from tradegraph.federation.network import Deadline, Network, Outgoing, body_of

ACCEPT: Final = "application/sparql-results+json"
_READ_AS: Final = frozenset({ACCEPT, "application/json"})


@dataclass(frozen=True)
class Call:
    """What to ask: the `query` of the service at `endpoint`, by when, and how many bytes the answer may have."""

    endpoint: str
    query: str
    deadline: Deadline
    max_bytes: int


class Fetcher(Protocol):
    """What can ask an endpoint."""

    def __call__(self, call: Call) -> bytes:
        """Return SPARQL results in JSON as sent; QueryError (not QueryRefused) when the endpoint does not give them."""
        ...


@dataclass(frozen=True)
class Caller(Network):
    """A Fetcher over HTTP."""

    def __call__(self, call: Call) -> bytes:
        """Ask; QueryTimeout, AnswerTooLarge, StoreUnavailable or QueryFailed when there is no answer to be had."""
        request = Outgoing(
            "POST",
            call.endpoint,
            (("Accept", ACCEPT), ("Content-Type", "application/x-www-form-urlencoded")),
            call.deadline,
            if_late="Ask it for less, or ask again later.",
            if_down="Ask again later; SERVICE SILENT goes on without its answer.",
            if_refused="Ask it the block itself, as SELECT * WHERE { … }, to see why.",
            body=urllib.parse.urlencode({"query": call.query}).encode("ascii"),
        )
        too_large = AnswerTooLarge(
            f"The answer of <{call.endpoint}> has more than {call.max_bytes:,} bytes.",
            "Ask it for fewer rows or columns, in a sub-select.",
        )
        with self.sent(request) as response:
            if response.headers.get_content_type() not in _READ_AS:
                raise QueryFailed(
                    f"<{call.endpoint}> did not answer with SPARQL results in JSON.",
                    "Ask it for less: some endpoints send a page when a query is too heavy. Else it cannot be used "
                    "here.",
                )
            return body_of(response, call.max_bytes, too_large)
