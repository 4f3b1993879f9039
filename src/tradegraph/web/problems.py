"""Errors as people and programs get them: RFC 9457 problem details, or a page for a browser.

`STATUSES` is the one table from exception to status; the exception brings what is wrong and what to do.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Request, Response, render_template

from tradegraph.errors import (
    AnswerTooLarge,
    QueryAbandoned,
    QueryError,
    QueryFailed,
    QueryOutOfMemory,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    StoreBusy,
    StoreUnavailable,
    WriteConflict,
    WriteRefused,
)
from tradegraph.media_types import HTML, best
from tradegraph.namespaces import BASE

PROBLEM: Final = "application/problem+json"


class RequestError(QueryError):
    """The HTTP request itself is at fault; `status` says how, `fields` are header fields that go with it.

    `members` are more members of its problem details.
    """

    def __init__(self, status: int, detail: str, remedy: str, fields: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.fields = dict(fields or {})
        self.members: dict[str, object] = {}
        super().__init__(detail, remedy)


@dataclass(frozen=True)
class Kind:
    """A row of the table: the HTTP `status`, the last part of the problem's `type` IRI, and its title."""

    status: int
    slug: str
    title_en: str
    title_nl: str


STATUSES: Final[dict[type[QueryError], Kind]] = {
    QuerySyntaxError: Kind(400, "syntax", "The query cannot be read", "De zoekvraag is niet te lezen"),
    QueryRefused: Kind(400, "refused", "This is not done here", "Dit kan hier niet"),
    QueryTooComplex: Kind(400, "too-complex", "The query is too complex", "De zoekvraag is te ingewikkeld"),
    QueryTimeout: Kind(504, "time-limit", "The query took too long", "De zoekvraag duurde te lang"),
    QueryOutOfMemory: Kind(507, "memory-limit", "Too much memory needed", "Te veel geheugen nodig"),
    AnswerTooLarge: Kind(507, "answer-limit", "The answer is too large", "Het antwoord is te groot"),
    QueryFailed: Kind(500, "failed", "The query failed", "De zoekvraag is mislukt"),
    WriteRefused: Kind(403, "not-yours", "You may not write this", "Dit mag u niet schrijven"),
    WriteConflict: Kind(409, "conflict", "This does not fit the present state", "Dit past niet bij de huidige stand"),
    # Nobody is left to read this one.
    QueryAbandoned: Kind(503, "abandoned", "The request was abandoned", "Het verzoek is afgebroken"),
    StoreBusy: Kind(503, "busy", "Too many queries at the moment", "Te veel zoekvragen op dit moment"),
    StoreUnavailable: Kind(503, "unavailable", "Not available at the moment", "Op dit moment niet beschikbaar"),
}
_REQUEST_SLUGS: Final = {
    400: ("request", "The request is not right", "Het verzoek klopt niet"),
    401: ("token", "A token is needed", "Hiervoor is een token nodig"),
    403: ("forbidden", "This is not permitted", "Dit is niet toegestaan"),
    404: ("not-found", "Nothing here", "Hier is niets"),
    405: ("method", "This method cannot be used here", "Deze methode kan hier niet"),
    406: ("not-acceptable", "Not in that format", "Niet in die vorm"),
    408: ("too-slow", "The request came too slowly", "Het verzoek kwam te langzaam"),
    412: ("precondition", "A condition of the request does not hold", "Een voorwaarde van het verzoek klopt niet"),
    413: ("too-large", "The request is too large", "Het verzoek is te groot"),
    414: ("address-too-long", "The address is too long", "Het adres is te lang"),
    415: ("media-type", "This kind of body cannot be read", "Dit soort inhoud is niet te lezen"),
    502: ("source", "A document could not be fetched", "Een document was niet op te halen"),
    504: ("source-late", "A document did not come in time", "Een document kwam niet op tijd"),
    422: ("shapes", "The data would not conform to the shapes", "De gegevens zouden niet aan de vormen voldoen"),
}


def kind_of(error: QueryError) -> Kind:
    """Return the row for an error; RequestError brings its own status."""
    if isinstance(error, RequestError):
        phrase = HTTPStatus(error.status).phrase
        slug, english, dutch = _REQUEST_SLUGS.get(error.status, (f"http-{error.status}", phrase, phrase))
        return Kind(error.status, slug, english, dutch)
    return next(STATUSES[one] for one in type(error).__mro__ if one in STATUSES)


def respond(error: QueryError, request: Request) -> Response:
    """Write an error down in the form that the client wants most: a page for browsers, else problem details."""
    kind = kind_of(error)
    if best(request.headers.get("Accept"), (PROBLEM, "application/json", HTML)) == HTML:
        response = Response(render_template("problem.html", error=error, kind=kind), kind.status, mimetype=HTML)
    else:
        problem: dict[str, object] = {
            "type": f"{BASE}problem/{kind.slug}",
            "title": kind.title_en,
            "title_nl": kind.title_nl,
            "status": kind.status,
            "detail": error.detail,
            "remedy": error.remedy,
        }
        if error.line is not None:
            problem |= {"line": error.line, "column": error.column}
        if isinstance(error, RequestError):
            problem |= error.members
        response = Response(json.dumps(problem, ensure_ascii=False), kind.status, mimetype=PROBLEM)
    if isinstance(error, StoreBusy | StoreUnavailable):
        response.headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, RequestError):
        response.headers.update(error.fields)
    response.headers["Cache-Control"] = "no-store"
    return response
