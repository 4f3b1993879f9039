"""`/update`: the update operation of the SPARQL 1.1 Protocol (section 2.2)."""

from typing import Final

from flask import Blueprint, Response, request

from tradegraph.web.parameters import FORM_TYPE, UPDATE_TYPE, is_iri, read_pairs, read_text
from tradegraph.web.problems import RequestError
from tradegraph.web.writing.body import unpacked
from tradegraph.web.writing.desk import Desk, NotConforming
from tradegraph.web.writing.gate import UPDATE
from tradegraph.web.writing.loading import Loader
from tradegraph.web.writing.replies import not_conforming, written
from tradegraph.writing.asked import Asked

_GRAPHS: Final = ("using-graph-uri", "using-named-graph-uri")


def blueprint(desk: Desk, loader: Loader | None = None) -> Blueprint:
    """Return the route; `loader` (default: as the settings say) is for LOAD."""
    routes = Blueprint("update", __name__)
    loading = loader or Loader.of(desk.endpoint.settings)

    @routes.route(UPDATE, methods=["POST"], provide_automatic_options=False)
    def update() -> Response:
        with loading.loaded(_asked(desk)) as asked:
            return written(desk.hand_in(asked))

    @routes.route(UPDATE, methods=["OPTIONS"], provide_automatic_options=False)
    def options() -> Response:
        return Response(status=204, headers={"Allow": "POST, OPTIONS", "Accept-Post": f"{UPDATE_TYPE}, {FORM_TYPE}"})

    @routes.errorhandler(NotConforming)
    def refused(error: NotConforming) -> Response:
        return not_conforming(error)

    return routes


def _asked(desk: Desk) -> Asked:
    """Read the operation; RequestError 400, 413 or 415 when it cannot be."""
    pairs = read_pairs(request.query_string.decode("latin-1"), "the address")
    if any(name == "update" for name, _ in pairs):
        raise RequestError(400, "update stands in the address.", "Send it in the body.")
    body = unpacked(desk.endpoint.settings.max_write_bytes)
    match request.mimetype:
        case "application/sparql-update":
            pairs.append(("update", read_text(body, "The update")))
        case "application/x-www-form-urlencoded":
            pairs += read_pairs(read_text(body, "The form"), "the form")
        case other:
            raise RequestError(
                415,
                f"A body of type {other or 'nothing'} cannot be read.",
                f"Send {UPDATE_TYPE} or {FORM_TYPE}.",
                {"Accept-Post": f"{UPDATE_TYPE}, {FORM_TYPE}"},
            )
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise RequestError(415, "Updates are read as UTF-8.", "Send UTF-8.")
    texts = [value for name, value in pairs if name == "update"]
    for name, value in pairs:
        if name not in ("update", *_GRAPHS):
            known = ", ".join(("update", *_GRAPHS))
            raise RequestError(400, f"There is no parameter “{name}”.", f"There are: {known}.")
        if name in _GRAPHS and not is_iri(value):
            raise RequestError(400, f"“{value}” is not an absolute IRI.", "Give graphs as absolute IRIs.")
    if len(texts) != 1:
        raise RequestError(400, f"There are {len(texts)} updates in this request.", "Send one, as “update”.")
    most = desk.endpoint.settings.max_dataset_graphs
    if len(pairs) - 1 > most:
        raise RequestError(400, f"The dataset has more than {most} graphs.", "Name graphs in the update, with USING.")
    default, named = (tuple(value for name, value in pairs if name == one) for one in _GRAPHS)
    return Asked(
        "update",
        desk.base_iri,
        text=texts[0],
        default_graphs=default,
        named_graphs=named,
        union=desk.endpoint.release.union_default_graph,
    )
