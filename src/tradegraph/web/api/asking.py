"""Asks `/sparql` inside the process, so that no other way to an answer has other limits, caching or words.

Call these while a request is handled: the inner request inherits from it who asks, and whether they have left.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Response, current_app, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tradegraph.errors import QueryError
from tradegraph.web.problems import PROBLEM, RequestError, kind_of
from tradegraph.web.sparql import ABANDONED

Pairs = Iterable[tuple[str, str]]
_INHERITED: Final[tuple[str, ...]] = (ABANDONED, "REMOTE_ADDR", "HTTP_X_FORWARDED_FOR")
_NEGOTIATED: Final = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT")
_JSON: Final = "application/sparql-results+json"


@dataclass(frozen=True)
class Fetched:
    """An answer that has been read: its status, header fields by lower-case name, and body."""

    status: int
    fields: Mapping[str, str]
    body: bytes

    @property
    def complete(self) -> bool:
        """Whether every row is there."""
        return self.fields.get("x-result-complete", "true") != "false"

    @property
    def repeatable(self) -> bool:
        """Whether the same query has the same answer again: nothing random, no clock, no other endpoint."""
        return self.fields.get("cache-control") != "no-store"


def forward(path: str, pairs: Pairs) -> Response:
    """Return the answer of `path` to this request, streamed; its errors are problem documents or pages, as asked."""
    body, status, headers = _run(path, pairs, request.method, {key: _given(key) for key in _NEGOTIATED})
    response = Response(_passed_on(body), status=status, headers=list(headers.items()))
    if request.method == "HEAD" or not status.startswith("200"):
        # Small, and errors have to be read before the connection is another's.
        response = Response(b"".join(_passed_on(body)), status=status, headers=list(headers.items()))
    return response


def fetch(path: str, pairs: Pairs, accept: str = _JSON, if_none_match: str = "") -> Fetched:
    """Return the whole answer of `path`; QueryError when it broke off on its way."""
    given = {"HTTP_ACCEPT": f"{accept}, {PROBLEM};q=0.5", "HTTP_IF_NONE_MATCH": if_none_match or None}
    body, status, headers = _run(path, pairs, "GET", given)
    content = b"".join(_passed_on(body))
    return Fetched(int(status.split()[0]), {name.lower(): value for name, value in headers.items()}, content)


def problem(fetched: Fetched) -> RequestError:
    """Return the error that an answer without rows tells of, for a page."""
    members = json.loads(fetched.body)
    return RequestError(fetched.status, str(members["detail"]), str(members["remedy"]))


def problem_response(fetched: Fetched) -> Response:
    """Return the problem document of an answer without rows, as it came."""
    response = Response(fetched.body, fetched.status, mimetype=PROBLEM)
    for name in ("retry-after", "cache-control"):
        if name in fetched.fields:
            response.headers[name.title()] = fetched.fields[name]
    return response


def _given(key: str) -> str | None:
    value = request.environ.get(key)
    return str(value) if value else None


def _run(
    path: str, pairs: Pairs, method: str, given: Mapping[str, str | None]
) -> tuple[Iterable[bytes], str, Mapping[str, str]]:
    inherited: dict[str, object] = {key: request.environ[key] for key in _INHERITED if key in request.environ}
    inherited |= {key: value for key, value in given.items() if value is not None}
    builder = EnvironBuilder(path, method=method, query_string=urlencode(list(pairs)), environ_overrides=inherited)
    body, status, headers = run_wsgi_app(current_app.wsgi_app, builder.get_environ())
    return body, status, dict(headers.items())


def _passed_on(body: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from body
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()


def own_address(base_url: str, path: str) -> str:
    """Return the absolute address of a path of this site, as the outside world sees it."""
    return (base_url or request.host_url).rstrip("/") + path


def broken(error: QueryError) -> RequestError:
    """Return the error of an answer that broke off after it began: half an answer is none."""
    return RequestError(kind_of(error).status, error.detail, error.remedy)
