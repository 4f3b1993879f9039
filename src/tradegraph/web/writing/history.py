"""`/history`: which writes there were, what each changed, and undoing them."""

import json
from datetime import datetime
from itertools import islice
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.errors import NotFound
from tradegraph.media_types import HTML, best
from tradegraph.web.frame import check_parameters
from tradegraph.web.problems import RequestError
from tradegraph.web.writing.desk import Desk, NotConforming
from tradegraph.web.writing.gate import HISTORY
from tradegraph.web.writing.replies import not_conforming, written
from tradegraph.writing.history import Filter, one_write, patch, row
from tradegraph.writing.journal import entries
from tradegraph.writing.moments import read_moment
from tradegraph.writing.provenance import PROVENANCE_PREFIXES, provenance

_FILTERS: Final = ("graph", "writer", "from", "to")
_PAGES: Final = ("after", "limit")
_MOST: Final = 1000
_USUAL: Final = 100
_TURTLE, _JSON, _PATCH = "text/turtle", "application/json", "application/rdf-patch"
_FIELDS: Final = {"Cache-Control": "no-store", "Vary": "Accept, Authorization"}


def blueprint(desk: Desk) -> Blueprint:
    """Return the routes; the gate lets in only who may."""
    routes = Blueprint("history", __name__)

    @routes.get(HISTORY)
    def history() -> Response:
        check_parameters(request.args, (*_FILTERS, *_PAGES))
        if _wanted(_JSON, _TURTLE) == _TURTLE:
            return _in_prov(desk)
        return _listed(desk)

    @routes.get(f"{HISTORY}/<int:number>")
    def one(number: int) -> Response:
        check_parameters(request.args, ())
        try:
            found = one_write(desk.writer.folder, number)
        except NotFound as error:
            last = desk.writer.number
            raise RequestError(404, f"There is no write {number}.", f"The last one is {last}.") from error
        if _wanted(_PATCH, _JSON) == _JSON:
            return Response(json.dumps(row(desk.writer.folder, found)), mimetype=_JSON, headers=_FIELDS)
        return Response(patch(desk.writer.folder, found), mimetype=_PATCH, headers=_FIELDS)

    @routes.post(f"{HISTORY}/<int:number>/revert")
    def revert(number: int) -> Response:
        check_parameters(request.args, ())
        return written(desk.undo(number, f"undoes write {number}"))

    @routes.errorhandler(NotConforming)
    def refused(error: NotConforming) -> Response:
        return not_conforming(error)

    return routes


def _wanted(*offered: str) -> str:
    """Return the form that is wanted most. There is no page, and who wants one can read JSON. RequestError 406."""
    found = best(request.headers.get("Accept"), (*offered, HTML))
    if found is None:
        raise RequestError(406, "It cannot be had in the form asked for.", f"There are: {', '.join(offered)}.")
    return _JSON if found == HTML else found


def _listed(desk: Desk) -> Response:
    """List a page of writes, oldest first, with the address of the next page where there is one."""
    after, limit = _count("after", 0), min(_MOST, _count("limit", _USUAL))
    admits = _filter().admits
    found = (one for one in entries(desk.writer.folder, after) if admits(one))
    page = list(islice(found, limit + 1)) if limit else []
    members: dict[str, object] = {
        "writes": [row(desk.writer.folder, one) for one in page[:limit]],
        "last": desk.writer.number,
    }
    if len(page) > limit:
        kept = {name: value for name, value in request.args.items() if name != "after"}
        members["next"] = f"{HISTORY}?{urlencode({**kept, 'after': page[limit - 1].number})}"
    return Response(json.dumps(members), mimetype=_JSON, headers=_FIELDS)


def _in_prov(desk: Desk) -> Response:
    for name in _PAGES:
        if name in request.args:
            raise RequestError(400, f"{name} is for pages of JSON.", f"Choose with {', '.join(_FILTERS)}.")
    triples = (quad.triple for quad in provenance(desk.writer.folder, _filter()))
    body = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(PROVENANCE_PREFIXES))
    return Response(body or b"", mimetype=_TURTLE, headers=_FIELDS)


def _filter() -> Filter:
    given = request.args
    return Filter(given.get("graph"), given.get("writer"), _moment("from"), _moment("to"))


def _moment(name: str) -> datetime | None:
    text = request.args.get(name)
    if text is None:
        return None
    try:
        # A plus in an address has become a space on its way.
        return read_moment(text.replace(" ", "+"))
    except ValueError as error:
        raise RequestError(400, f"{name}: {error}", "Give a moment in ISO 8601.") from error


def _count(name: str, otherwise: int) -> int:
    text = request.args.get(name)
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise RequestError(400, f"{name}={text} cannot be used.", "Give a whole number.")
    return int(text)
