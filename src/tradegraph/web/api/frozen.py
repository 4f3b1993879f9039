"""Frozen answers: a query with the digest of its answer, under an address that can be cited and checked.

`POST /q/` answers with the address. `/q?…` holds everything in itself, so that nothing need be written for it;
`/q/{id}` is short, where the operator keeps records (setting `frozen_folder`). Anyone can check either: the page asks
the query again and compares.
"""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request

from tradegraph.errors import QueryError
from tradegraph.explore.canonical import Canonical, Difference, difference, from_results, from_triples
from tradegraph.explore.stored import filled
from tradegraph.languages import LANGUAGES, Language, Words
from tradegraph.media_types import HTML
from tradegraph.web.addresses import query_address
from tradegraph.web.api.asking import Fetched, broken, fetch, problem
from tradegraph.web.api.catalogue import questions_of
from tradegraph.web.api.formats import page_wanted
from tradegraph.web.api.frozen_records import (
    DAY_PATTERN,
    DIGEST_PATTERN,
    ID_PATTERN,
    RELEASE_PATTERN,
    FrozenAnswer,
    FrozenFolder,
)
from tradegraph.web.api.operations import STRING, Field, Operation, Reply, Schema
from tradegraph.web.api.question_pages import AnswerTable, answer_table
from tradegraph.web.api.records import read_table
from tradegraph.web.api.values import read_values
from tradegraph.web.frame import check_parameters, language_of_request
from tradegraph.web.kit import Actions
from tradegraph.web.parameters import MOST_FIRST_ROWS
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site

_LONG: Final = ("query", "release", "sha256", "rows", "on")
_RESULTS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_MOST_SHOWN: Final = 200


@dataclass(frozen=True)
class Current:
    """What the query answers now: its canonical form, and the endpoint's own answer."""

    canonical: Canonical
    fetched: Fetched

    @property
    def rows(self) -> int:
        """Solutions or triples."""
        return len(self.canonical.lines)


@dataclass(frozen=True)
class Comparison:
    """A frozen answer beside that of now. `now` and `changes` are None where there is nothing to compare."""

    record: FrozenAnswer
    now: Current | None
    served: str
    changes: Difference | None

    @property
    def same(self) -> bool:
        """Whether the answer of now is that of then."""
        return self.now is not None and self.now.canonical.sha256 == self.record.sha256

    @property
    def same_release(self) -> bool:
        """Whether the release that was asked then is the one that is asked now."""
        return self.record.release == self.served


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("api_frozen", __name__)
    questions = questions_of(site)
    where = site.endpoint.settings.frozen_folder
    folder = FrozenFolder(Path(where)) if where else None

    @routes.post("/q/")
    def freeze() -> Response:
        given = request.form
        if request.args:
            check_parameters(request.args, ())
        if given.get("question"):
            stored = questions.find(given["question"])
            check_parameters(given, ("question", "lang", *(one.name for one in stored.query.parameters)))
            text = filled(stored.query, read_values(given, stored.query, site.reader()))
        else:
            check_parameters(given, ("query", "lang"))
            text = (given.get("query") or "").replace("\r\n", "\n")
            if not text.strip():
                raise RequestError(
                    400, "There is nothing to freeze.", "Send a query, or a question with its parameters."
                )
        if given.get("lang") not in (None, "", *LANGUAGES):
            raise RequestError(400, f"lang={given['lang']} cannot be used.", "Give nl or en.")
        now = _current(text)
        if not now.fetched.repeatable:
            raise RequestError(
                400, "The answer to this query is another each time.", "Leave out NOW, RAND, UUID and SERVICE."
            )
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        digest, release = now.canonical.sha256, site.endpoint.release.identifier
        record = FrozenAnswer(text, release, digest, now.rows, today, now.canonical.text)
        kept = folder is not None and folder.keep(record)
        address = f"q/{record.identifier}" if kept else f"q?{urlencode(record.pairs())}"
        language = (given.get("lang") or language_of_request()) + "/" if page_wanted() else ""
        response = cast("Response", redirect(f"/{language}{address}", 303))
        response.headers["Cache-Control"] = "no-store"
        return response

    def found(identifier: str) -> FrozenAnswer:
        record = folder.find(identifier) if folder is not None else None
        if record is None:
            raise RequestError(
                404,
                f"There is no frozen answer “{identifier}” here.",
                "Take the long address, /q?query=…, which holds all that is needed.",
            )
        return record

    @routes.get("/q/<identifier>")
    def short(identifier: str) -> Response:
        check_parameters(request.args, ())
        record = found(identifier)
        return _to_page(f"q/{identifier}") if page_wanted() else _as_json(site, _compared(site, record))

    @routes.get("/q")
    def long() -> Response:
        record = _in_address()
        if page_wanted():
            return _to_page(f"q?{urlencode(record.pairs())}")
        return _as_json(site, _compared(site, record))

    @routes.get("/<any(nl, en):language>/q/<identifier>")
    def short_page(language: Language, identifier: str) -> Response:
        check_parameters(request.args, ())
        return _page(site, found(identifier), language, f"/q/{identifier}")

    @routes.get("/<any(nl, en):language>/q")
    def long_page(language: Language) -> Response:
        record = _in_address()
        return _page(site, record, language, f"/q?{urlencode(record.pairs())}")

    return routes


def _in_address() -> FrozenAnswer:
    check_parameters(request.args, _LONG)
    return FrozenAnswer.from_pairs(dict(request.args.items()))


def _current(text: str) -> Current:
    """Return what a query answers now, whole; RequestError for what it does not answer, or not wholly."""
    try:
        fetched = fetch("/sparql", [("query", text)], f"{_RESULTS}, {_TRIPLES}")
    except QueryError as error:
        raise broken(error) from error
    if fetched.status != 200:
        raise problem(fetched)
    if not fetched.complete:
        raise RequestError(400, "This answer is not complete.", f"Ask for at most {MOST_FIRST_ROWS} rows: LIMIT.")
    triples = fetched.fields.get("content-type", "").startswith(_TRIPLES)
    return Current(from_triples(fetched.body) if triples else from_results(fetched.body), fetched)


def _compared(site: Site, record: FrozenAnswer) -> Comparison:
    now = _current(record.query)
    changes = None
    if record.answer is not None:
        # Not splitlines: a text may hold other characters that end a line.
        then = record.answer.split("\n")[:-1]
        head = 1 if now.canonical.head and then and then[0].startswith("?") else 0
        changes = difference(then[head:], now.canonical.lines)
    return Comparison(record, now, site.endpoint.release.identifier, changes)


def _as_json(site: Site, compared: Comparison) -> Response:
    now = compared.now
    members: dict[str, object] = {
        **compared.record.members(),
        "now": {"release": compared.served, "sha256": now.canonical.sha256, "rows": now.rows} if now else None,
        "same": compared.same,
        "changes": None
        if compared.changes is None
        else {"added": list(compared.changes.added), "removed": list(compared.changes.removed)},
    }
    body = json.dumps(members, ensure_ascii=False, indent=1) + "\n"
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(body, headers=headers, mimetype="application/json")


def _page(site: Site, record: FrozenAnswer, language: Language, address: str) -> Response:
    compared, error = None, None
    try:
        compared = _compared(site, record)
    except RequestError as raised:
        # The record stands, whatever becomes of the query.
        error = raised
        compared = Comparison(record, None, site.endpoint.release.identifier, None)
    table: AnswerTable | None = None
    if compared.now is not None and compared.now.canonical.head:
        answer = read_table(compared.now.fetched.body)
        table = answer_table(site, type(answer)(answer.columns, answer.rows[:_MOST_SHOWN]), language, {}, record.query)
    body = render_template(
        "frozen.html",
        compared=compared,
        record=record,
        error=error,
        table=table,
        most=_MOST_SHOWN,
        address=address,
        query_address=query_address(record.query, language),
        actions=Actions(cite=f"/{language}{address}"),
    )
    fields = {"Cache-Control": "no-cache", "Content-Language": language}
    return Response(body, headers=fields, mimetype=HTML)


def _to_page(path: str) -> Response:
    response = cast("Response", redirect(f"/{language_of_request()}/{path}", 303))
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


_DIGEST: Final = {"type": "string", "pattern": f"^{DIGEST_PATTERN}$"}
_RELEASE: Final = {"type": "string", "pattern": f"^{RELEASE_PATTERN}$"}
_CHANGE: Final = {"type": "array", "items": STRING}
_COMPARED: Final = {
    "type": "object",
    "required": ["id", "query", "release", "sha256", "rows", "on", "now", "same", "changes"],
    "properties": {
        "id": {"type": "string", "pattern": f"^{ID_PATTERN}$"},
        "query": STRING,
        "release": _RELEASE,
        "sha256": _DIGEST,
        "rows": {"type": "integer"},
        "on": STRING,
        "same": {"type": "boolean"},
        "now": {
            "type": "object",
            "required": ["release", "sha256", "rows"],
            "properties": {"release": STRING, "sha256": _DIGEST, "rows": {"type": "integer"}},
        },
        "changes": {
            "anyOf": [{"type": "null"}, {"type": "object", "properties": {"added": _CHANGE, "removed": _CHANGE}}]
        },
    },
}
_FORM: Final[Schema] = {
    "type": "object",
    "properties": {
        "query": {"type": "string", "minLength": 1},
        "lang": {"type": "string", "enum": ["nl", "en"]},
    },
    "required": ["query"],
    "additionalProperties": False,
}
_COMPARE_REPLIES: Final = (
    Reply(
        200,
        Words("Het antwoord van toen en dat van nu.", "The answer of then and that of now."),
        {"application/json": _COMPARED},
    ),
    Reply(303, Words("Naar de pagina, voor een browser.", "To the page, for a browser.")),
)
OPERATIONS: Final = (
    Operation(
        "freeze",
        "/q/",
        "frozen",
        Words(
            "Zet het antwoord op een zoekvraag vast; een bewaarde vraag kan met question en haar parameters.",
            "Freeze the answer to a query; a stored question goes with question and its parameters.",
        ),
        (Reply(303, Words("Naar het vaste adres.", "To the permanent address.")),),
        method="post",
        body=_FORM,
        problems=(400, 404, 413, 500, 504, 507),
    ),
    Operation(
        "frozen",
        "/q",
        "frozen",
        Words("Vergelijk een vastgezet antwoord met dat van nu.", "Compare a frozen answer with that of now."),
        _COMPARE_REPLIES,
        (
            Field(
                "query",
                Words("De zoekvraag.", "The query."),
                {"type": "string", "minLength": 1},
                "ASK { ?mission a tg:Mission }",
                required=True,
            ),
            Field(
                "release",
                Words("De uitgave van toen.", "The release of then."),
                _RELEASE,
                "8bc66f9bcfd4e0b0",
                required=True,
            ),
            Field(
                "sha256", Words("De vingerafdruk van toen.", "The digest of then."), _DIGEST, "0" * 64, required=True
            ),
            Field(
                "rows",
                Words("Het aantal rijen van toen.", "The number of rows of then."),
                {"type": "integer", "minimum": 0, "maximum": 999_999_999},
                1,
                required=True,
            ),
            Field(
                "on",
                Words("De dag van vastzetten.", "The day of freezing."),
                {"type": "string", "pattern": f"^{DAY_PATTERN}$"},
                "2026-11-21",
            ),
        ),
        problems=(400, 414, 500, 504, 507),
    ),
    Operation(
        "frozen-short",
        "/q/{identifier}",
        "frozen",
        Words(
            "Hetzelfde onder een kort adres, waar de beheerder vastgezette antwoorden bewaart.",
            "The same under a short address, where the operator keeps frozen answers.",
        ),
        _COMPARE_REPLIES,
        (
            Field(
                "identifier",
                Words("Kenmerk.", "Identifier."),
                {"type": "string", "pattern": f"^{ID_PATTERN}$"},
                "0123456789abcdef",
                required=True,
                where="path",
            ),
        ),
        problems=(404, 500, 504, 507),
    ),
)
