"""What is answered to a write, and conditions that a request may set."""

import json
import re
from collections.abc import Callable
from typing import Final

from flask import Response, request

from tradegraph.media_types import best
from tradegraph.web.problems import RequestError, respond
from tradegraph.web.writing.desk import Desk, NotConforming
from tradegraph.writing.writer import Written

_TURTLE: Final = "text/turtle"
_JSON: Final = "application/json"
_TAG: Final = re.compile(r'\s*(?:W/)?"([^"]*)"\s*')


def written(done: Written, status: int = 200) -> Response:
    """Return what a write did: `number` (null: it changed nothing), `removed`, `added`; `report` if there is any."""
    members: dict[str, object] = {"number": done.number, "removed": done.removed, "added": done.added}
    if done.report:
        members["report"] = done.report
    return Response(json.dumps(members) + "\n", status, mimetype=_JSON, headers={"Cache-Control": "no-store"})


def not_conforming(error: NotConforming) -> Response:
    """Return the report to who wants Turtle most, else a problem that holds it."""
    if best(request.headers.get("Accept"), (_JSON, "application/problem+json", _TURTLE)) == _TURTLE:
        return Response(error.report, error.status, mimetype=_TURTLE, headers={"Cache-Control": "no-store"})
    return respond(error, request)


def mark_of(desk: Desk, graph: str | None) -> str:
    """Return what the content of a graph (None: of everything) is told by, the same in every syntax."""
    if graph is None:
        return desk.endpoint.version[:16] + desk.endpoint.version[64:]
    release = desk.endpoint.release.sha256[:16] if desk.writer.is_fixed(graph) or not graph else "w"
    return f"{release}.{desk.writer.graphs.mark(graph)}"


def exists(desk: Desk, graph: str | None) -> bool:
    """Tell whether there is such a graph; the default graph and the whole always are."""
    return not graph or desk.writer.is_fixed(graph) or desk.writer.graphs.has(graph)


def condition(desk: Desk, graph: str | None, *, must_exist: bool = False) -> Callable[[], None] | None:
    """Return what raises when a condition of the present request does not hold (RFC 9110, section 13.2.2).

    RequestError 412; with `must_exist`, 404 before all else when there is no such graph. None: there is no condition.
    """
    wanted, unwanted = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    if wanted is None and unwanted is None and not must_exist:
        return None

    def check() -> None:
        there, mark = exists(desk, graph), mark_of(desk, graph)
        if must_exist and not there:
            raise no_such_graph(graph or "")
        if wanted is not None and not (there and _names(wanted, mark)):
            raise _failed("If-Match", "is not what it was when you read it" if there else "is not there")
        if unwanted is not None and there and _names(unwanted, mark):
            raise _failed("If-None-Match", "is there already" if unwanted.strip() == "*" else "is still that")

    return check


def no_such_graph(graph: str) -> RequestError:
    """Return the 404 for a graph that is not there."""
    remedy = "Check its IRI: SELECT DISTINCT ?g { GRAPH ?g {} } lists all."
    return RequestError(404, f"There is no graph {graph}.", remedy)


def _names(tags: str, mark: str) -> bool:
    if tags.strip() == "*":
        return True
    found = [_TAG.fullmatch(one) for one in tags.split(",")]
    return any(one is not None and one.group(1).partition("~")[0] == mark for one in found)


def _failed(field: str, what: str) -> RequestError:
    return RequestError(412, f"{field}: the graph {what}.", "Read it again, then decide anew.")
