"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, the service description and the form for people."""

from collections.abc import Callable, Iterator
from typing import Final, cast

from flask import Blueprint, Request, Response, render_template, request

from tradegraph import store as stores
from tradegraph.media_types import FORMATS, HTML, best, format_named, formats_for
from tradegraph.settings import SETTINGS, Settings
from tradegraph.sparql.scan import Bounds, scan
from tradegraph.store import Answer, Limits, QueryStore, Release
from tradegraph.web.description import describe
from tradegraph.web.parameters import Operation, choose_format, read_operation
from tradegraph.web.problems import RequestError

METHODS: Final = "GET, HEAD, POST, OPTIONS"
ABANDONED: Final = "tradegraph.abandoned"
"""Key of the WSGI environment under which the server puts a function that says whether the client has hung up."""
_SHOWN_LIMITS: Final = (
    "query_time_limit_s",
    "query_memory_limit_mb",
    "max_query_bytes",
    "max_nesting_depth",
    "max_chain_length",
    "max_dataset_graphs",
    "max_running_queries",
)


def _never() -> bool:
    return False


def blueprint(settings: Settings, store: QueryStore, release: Release) -> Blueprint:
    """Return the routes of the endpoint."""
    routes = Blueprint("sparql", __name__)

    @routes.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
    def sparql() -> Response:
        operation = read_operation(request, settings)
        if operation.query is None:
            return _without_query(operation, settings, release)
        return _answer(operation, operation.query, settings, store)

    @routes.route("/sparql", methods=["OPTIONS"], provide_automatic_options=False)
    def options() -> Response:
        return Response(status=204, headers={"Allow": METHODS, "Access-Control-Max-Age": "86400"})

    return routes


def endpoint_url(settings: Settings, incoming: Request) -> str:
    """Return the endpoint's own address as the outside world sees it."""
    return (settings.base_url or incoming.host_url).rstrip("/") + "/sparql"


def _without_query(operation: Operation, settings: Settings, release: Release) -> Response:
    """Answer a request without a query: the service description, or the form (SPARQL 1.1 Service Description, 2)."""
    if request.method == "POST":
        raise RequestError(400, "There is no query in this request.", "Give it as parameter “query”.")
    offered = formats_for("graph")
    if operation.format_name is None:
        accept = request.headers.get("Accept")
        # Types for everything first, so that `*/*` means RDF and only a browser's text/html means the form.
        chosen = best(accept, (*(form.media_type for form in offered), HTML))
        if chosen == HTML:
            return _form(settings, release)
    form = choose_format(operation, request.headers.get("Accept"), "graph")
    body = describe(release, endpoint_url(settings, request), form)
    return Response(body, content_type=form.content_type, headers={"Vary": "Accept"})


def _form(settings: Settings, release: Release) -> Response:
    limits = [(row, settings.value(row.name)) for row in SETTINGS if row.name in _SHOWN_LIMITS]
    page = render_template("sparql.html", limits=limits, formats=FORMATS, release=release)
    return Response(page, mimetype=HTML, headers={"Vary": "Accept"})


def _answer(operation: Operation, text: str, settings: Settings, store: QueryStore) -> Response:
    bounds = Bounds(settings.max_nesting_depth, settings.max_chain_length, settings.max_dataset_graphs)
    seen = scan(text, bounds)
    form = choose_format(operation, request.headers.get("Accept"), seen.kind)
    asked = stores.Request(
        text=text,
        kind=seen.kind,
        form=form,
        dataset=operation.dataset,
        limits=Limits(operation.time_s),
        base_iri=endpoint_url(settings, request),
        own_dataset=seen.own_dataset,
        prefixes=seen.prefixes,
    )
    abandoned = cast("Callable[[], bool]", request.environ.get(ABANDONED, _never))
    answer = store.query(asked, abandoned)
    headers = {"Vary": "Accept"}
    if format_named(operation.format_name or "") is not None:
        headers["Content-Disposition"] = f'inline; filename="answer.{form.name}"'
    if answer.whole is not None:
        answer.close()
        return Response(answer.whole, content_type=form.content_type, headers=headers)
    if request.method == "HEAD":
        answer.close()
        return Response(content_type=form.content_type, headers=headers)
    response = Response(_stream(answer), content_type=form.content_type, headers=headers)
    response.call_on_close(answer.close)
    return response


def _stream(answer: Answer) -> Iterator[bytes]:
    """Pass the chunks on; an error in between goes up to the server, which must break the transfer off."""
    try:
        yield from answer.chunks()
    finally:
        answer.close()
