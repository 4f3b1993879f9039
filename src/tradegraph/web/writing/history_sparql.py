"""`/history/sparql`: the query operation of the SPARQL 1.1 Protocol on the history of writes."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, request

from tradegraph.store import Release
from tradegraph.web.description import describe
from tradegraph.web.endpoint import Endpoint
from tradegraph.web.headers import METHODS
from tradegraph.web.incoming import Incoming
from tradegraph.web.parameters import choose_format, read_operation
from tradegraph.web.problems import RequestError
from tradegraph.web.sparql import answered
from tradegraph.web.writing.desk import Desk
from tradegraph.web.writing.gate import HISTORY_SPARQL
from tradegraph.writing import DataFolder

_NOBODY_ELSES: Final = "private, no-cache"


def blueprint(desk: Desk) -> Blueprint:
    """Return the route; the gate lets in only who may."""
    routes = Blueprint("history_sparql", __name__)
    endpoint = endpoint_of_history(desk)

    @routes.route(HISTORY_SPARQL, methods=["GET", "POST"], provide_automatic_options=False)
    def sparql() -> Response:
        incoming = Incoming.from_flask(request)
        operation = read_operation(incoming, endpoint.settings)
        if operation.query is not None:
            response = answered(endpoint.prepare(operation, operation.query, incoming), endpoint, incoming)
        elif incoming.method == "POST":
            raise RequestError(400, "There is no query in this request.", "Give it as parameter “query”.")
        else:
            form = choose_format(operation, incoming.fields.get("accept"), "graph")
            body = describe(endpoint.release, None, desk.base_url + HISTORY_SPARQL, form)
            response = Response(body, content_type=form.content_type)
            response.vary.add("Accept")
        if response.headers.get("Cache-Control") != "no-store":
            response.headers["Cache-Control"] = _NOBODY_ELSES
        response.vary.add("Authorization")
        return response

    @routes.route(HISTORY_SPARQL, methods=["OPTIONS"], provide_automatic_options=False)
    def options() -> Response:
        return Response(status=204, headers={"Allow": METHODS})

    return routes


def endpoint_of_history(desk: Desk) -> Endpoint:
    """Return the endpoint of the desk's history, with the settings of the other one.

    It changes with each write as that one does, and calls no other endpoint.
    """
    return replace(
        desk.endpoint,
        store=desk.history,
        release=_release(desk.writer.folder),
        index=None,
        statistics=None,
        vocabulary=frozenset(),
        allowed=(),
        written=dict,
    )


def _release(folder: DataFolder) -> Release:
    """Return the history as a release: without a file, and not counted; told by the identity of its folder."""
    return Release(
        directory=folder.root,
        identifier=folder.identity,
        sha256=folder.identity,
        inputs="",
        ontology_version="",
        quads=0,
        graphs=(),
        union_default_graph=False,
    )
