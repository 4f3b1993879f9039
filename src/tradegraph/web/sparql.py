"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, the service description and the way to the page."""

import json
from collections.abc import Callable, Iterator
from typing import Final, Protocol, cast

from flask import Blueprint, Request, Response, redirect, request

from tradegraph.errors import QuerySyntaxError
from tradegraph.media_types import FORMATS, HTML, best
from tradegraph.store import Answer
from tradegraph.web import encoding
from tradegraph.web.description import describe
from tradegraph.web.endpoint import Endpoint, Prepared, answer_fields, coded
from tradegraph.web.headers import METHODS
from tradegraph.web.incoming import Incoming
from tradegraph.web.parameters import Operation, choose_format, read_operation
from tradegraph.web.problems import RequestError

# Keys of the WSGI environment under which the server puts what it knows of a request.
ABANDONED: Final = "tradegraph.abandoned"
"""A function that says whether the client has hung up."""
BEGUN: Final = "tradegraph.begun"
"""What the fast lane has done already (`Begun`)."""
UNREAD: Final = "tradegraph.unread"
"""True when the body was not read: it is too long, or who sent it may not."""
# All other types first, so that `*/*` does not mean a page.
_TYPES_AND_PAGE: Final = (*(form.media_type for form in FORMATS), HTML)


class Begun(Protocol):
    """A query made ready, and perhaps asked."""

    @property
    def prepared(self) -> Prepared | None:
        """The query made ready, when it was."""

    @property
    def asked(self) -> bool:
        """Whether the store was asked; then `begin`."""

    def begin(self, abandoned: Callable[[], bool]) -> Answer:
        """Return the answer once it has begun; raises QueryError when there will be none."""


def _never() -> bool:
    return False


def blueprint(endpoint: Endpoint) -> Blueprint:
    """Return the routes of the endpoint."""
    routes = Blueprint("sparql", __name__)

    @routes.route("/sparql", methods=["GET", "POST"], provide_automatic_options=False)
    def sparql() -> Response:
        incoming = Incoming.from_flask(request)
        operation = read_operation(incoming, endpoint.settings)
        if incoming.method != "POST" and operation.format_name is None and prefers_page(incoming):
            return _to_the_page(incoming)
        if operation.query is None:
            return _describe(operation, endpoint, incoming)
        return _answer(operation, operation.query, endpoint, incoming)

    @routes.route("/sparql/explain", methods=["GET", "POST"], provide_automatic_options=False)
    def explain() -> Response:
        incoming = Incoming.from_flask(request)
        operation = read_operation(incoming, endpoint.settings)
        if operation.query is None:
            raise RequestError(400, "There is no query in this request.", "Give it as parameter “query”.")
        diagnosis = endpoint.explain(operation, operation.query, incoming)
        return Response(json.dumps(diagnosis.to_json(), ensure_ascii=False), mimetype="application/json")

    @routes.route("/sparql/explain", methods=["OPTIONS"], provide_automatic_options=False)
    @routes.route("/sparql", methods=["OPTIONS"], provide_automatic_options=False)
    def options() -> Response:
        return Response(status=204, headers={"Allow": METHODS, "Access-Control-Max-Age": "86400"})

    return routes


def prefers_page(incoming: Incoming) -> bool:
    """Say whether a page is wanted more than anything else, as browsers do."""
    return best(incoming.fields.get("accept"), _TYPES_AND_PAGE) == HTML


def _to_the_page(incoming: Incoming) -> Response:
    language = request.accept_languages.best_match(("nl", "en"), default="nl")
    query = f"?{incoming.query_string}" if incoming.query_string else ""
    response = redirect(f"/{language}/sparql{query}", 303)
    response.headers["Vary"] = "Accept, Accept-Language"
    return cast("Response", response)


def endpoint_url(base_url: str, incoming: Request) -> str:
    """Return the endpoint's own address as the outside world sees it."""
    return (base_url or incoming.host_url).rstrip("/") + "/sparql"


def _describe(operation: Operation, endpoint: Endpoint, incoming: Incoming) -> Response:
    """Answer a request without a query: the service description (SPARQL 1.1 Service Description, section 2)."""
    if request.method == "POST":
        raise RequestError(400, "There is no query in this request.", "Give it as parameter “query”.")
    form = choose_format(operation, incoming.fields.get("accept"), "graph")
    address = endpoint_url(endpoint.settings.base_url, request)
    written = endpoint.written()
    body = describe(endpoint.release, endpoint.statistics, address, form, written)
    fields = {"Vary": "Accept, Accept-Encoding", "Content-Type": form.content_type}
    return Response(coded(body, incoming, fields), headers=fields)


def _answer(operation: Operation, text: str, endpoint: Endpoint, incoming: Incoming) -> Response:
    begun = cast("Begun | None", request.environ.pop(BEGUN, None))
    known = None if begun is None else begun.prepared
    return answered(endpoint.prepare(operation, text, incoming) if known is None else known, endpoint, incoming, begun)


def answered(prepared: Prepared, endpoint: Endpoint, incoming: Incoming, begun: Begun | None = None) -> Response:
    """Return the answer to a query that was made ready, and perhaps asked already."""
    if prepared.unchanged:
        return Response(status=304, headers=prepared.fields)
    abandoned = cast("Callable[[], bool]", request.environ.get(ABANDONED, _never))
    try:
        if begun is None or not begun.asked:
            answer = endpoint.store.query(prepared.asked, abandoned)
        else:
            answer = begun.begin(abandoned)
    except QuerySyntaxError:
        if prepared.original is None:
            raise
        # Say where it is wrong in the text that was sent.
        answer = endpoint.store.query(prepared.original, abandoned)
    fields = answer_fields(prepared, answer)
    if answer.whole is not None:
        answer.close()
        return Response(coded(answer.whole, incoming, fields), headers=fields)
    coding = encoding.choose(incoming.fields.get("accept-encoding"))
    if coding is not None:
        fields["Content-Encoding"] = coding
    if request.method == "HEAD":
        answer.close()
        return Response(headers=fields)
    chunks = _stream(answer) if coding is None else encoding.encode_stream(_stream(answer), coding)
    response = Response(chunks, headers=fields)
    response.call_on_close(answer.close)
    return response


def _stream(answer: Answer) -> Iterator[bytes]:
    """Pass the chunks on; an error in between goes up to the server, which must break the transfer off."""
    try:
        yield from answer.chunks()
    finally:
        answer.close()
