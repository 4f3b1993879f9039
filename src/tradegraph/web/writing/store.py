"""`/store`: the SPARQL 1.1 Graph Store HTTP Protocol.

A graph is named by a parameter (`?graph=IRI`, `?default`; section 4.2), or by the address of the request itself, for
graphs whose IRI begins with that of the store (section 4.1). Without either, the whole dataset is meant.
"""

import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, request

from tradegraph.media_types import Format, choose, format_named, formats_for
from tradegraph.store import Dataset, Limits
from tradegraph.store import Request as Query
from tradegraph.web import encoding
from tradegraph.web.cache import matches
from tradegraph.web.endpoint import Prepared
from tradegraph.web.incoming import Incoming
from tradegraph.web.parameters import UPDATE_TYPE, is_iri, read_pairs, read_text
from tradegraph.web.problems import RequestError
from tradegraph.web.sparql import answered
from tradegraph.web.writing.body import QUADS, documents, unpacked
from tradegraph.web.writing.desk import Desk, NotConforming
from tradegraph.web.writing.gate import STORE
from tradegraph.web.writing.loading import Loader
from tradegraph.web.writing.replies import condition, exists, mark_of, no_such_graph, not_conforming, written
from tradegraph.writing.asked import Asked
from tradegraph.writing.writer import Written

_GRAPH: Final = ("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS")
_WHOLE: Final = ("GET", "HEAD", "POST", "OPTIONS")
_PARAMETERS: Final = ("graph", "default", "format")
_OF_WHOLE: Final = tuple(form for name in ("trig", "nq", "jsonld") if (form := format_named(name)) is not None)
# What is unreserved or a delimiter stays as it is (RFC 3986, section 3.3).
_PATH: Final = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Named:
    """The graph that a request is about: an IRI, empty for the default graph, None for the whole dataset."""

    graph: str | None
    form: str | None = None

    @property
    def methods(self) -> tuple[str, ...]:
        """What can be done with it."""
        return _WHOLE if self.graph is None else _GRAPH


def blueprint(desk: Desk, loader: Loader | None = None) -> Blueprint:
    """Return the routes; `loader` (default: as the settings say) is for LOAD in patches."""
    routes = Blueprint("store", __name__)
    loading = loader or Loader.of(desk.endpoint.settings)

    @routes.route(STORE, methods=_GRAPH, provide_automatic_options=False)
    @routes.route(f"{STORE}/<path:_rest>", methods=_GRAPH, provide_automatic_options=False)
    def store(_rest: str = "") -> Response:
        named = _named(desk)
        if request.method == "OPTIONS":
            return Response(status=204, headers={"Allow": ", ".join(named.methods), "Accept-Patch": UPDATE_TYPE})
        if request.method not in named.methods:
            allowed = ", ".join(named.methods)
            raise RequestError(
                405, f"{request.method} is about one graph.", "Name it: ?graph=IRI or ?default.", {"Allow": allowed}
            )
        match request.method:
            case "GET" | "HEAD":
                return _read(desk, named)
            case "PUT":
                return _put(desk, named.graph or "")
            case "POST":
                return _post(desk, named.graph)
            case "DELETE":
                return _delete(desk, named.graph or "")
            case _:
                return _patch(desk, loading, named.graph or "")

    @routes.errorhandler(NotConforming)
    def refused(error: NotConforming) -> Response:
        return not_conforming(error)

    return routes


def _named(desk: Desk) -> Named:
    """Return what the request is about; RequestError 400 for parameters that do not say so clearly."""
    pairs = read_pairs(request.query_string.decode("latin-1"), "the address")
    given = dict(pairs)
    for name, _ in pairs:
        if name not in _PARAMETERS:
            raise RequestError(400, f"There is no parameter “{name}”.", f"There are: {', '.join(_PARAMETERS)}.")
    if len(given) < len(pairs):
        raise RequestError(400, "A parameter stands here more than once.", "Name one graph.")
    direct = request.path != STORE
    if ("graph" in given) + ("default" in given) + direct > 1:
        raise RequestError(400, "The request names more than one graph.", "Name one: ?graph=IRI or ?default.")
    if given.get("default"):
        raise RequestError(400, "default has a value.", "Write ?default, or ?graph=IRI.")
    form = given.get("format")
    if direct:
        return Named(desk.base_url + quote(request.path, safe=_PATH), form)
    if "default" in given:
        return Named("", form)
    if "graph" not in given:
        return Named(None, form)
    if not is_iri(given["graph"]):
        raise RequestError(400, f"“{given['graph']}” is not an absolute IRI.", "Give the graph as an absolute IRI.")
    return Named(given["graph"], form)


def _read(desk: Desk, named: Named) -> Response:
    graph, endpoint = named.graph, desk.endpoint
    form = _form(named)
    if not exists(desk, graph):
        raise no_such_graph(graph or "")
    settings, incoming = endpoint.settings, Incoming.from_flask(request)
    coding = encoding.choose(incoming.fields.get("accept-encoding"))
    # Strong, since only those can be sent back in If-Match: one for each syntax and coding.
    tag = f'"{mark_of(desk, graph)}~{form.name}{"" if coding is None else "." + coding}"'
    known = incoming.fields.get("if-none-match")
    inside = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
    query = Query(
        text="" if graph is None else f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {inside} }}",
        kind="graph",
        form=form,
        dataset=Dataset(),
        limits=Limits(settings.query_time_limit_s, settings.max_answer_rows, settings.max_answer_mb * 2**20),
        base_iri=desk.base_iri,
        union_default_graph=False,
        whole=graph is None,
        client=incoming.client(settings.trusted_proxies),
    )
    fields = {"Vary": "Accept, Accept-Encoding", "ETag": tag, "Cache-Control": "public, no-cache"}
    return answered(Prepared(query, None, form, fields, known is not None and matches(known, tag)), endpoint, incoming)


def _form(named: Named) -> Format:
    offered = _OF_WHOLE if named.graph is None else formats_for("graph")
    form = format_named(named.form) if named.form else choose(request.headers.get("Accept"), offered)
    if form is None or form not in offered:
        listed = ", ".join(f"{one.media_type} (format={one.name})" for one in offered)
        raise RequestError(400 if named.form else 406, "It cannot be had in the form asked for.", f"Ask: {listed}.")
    return form


def _put(desk: Desk, graph: str) -> Response:
    _permit(desk, graph)
    bodies = documents(unpacked(desk.endpoint.settings.max_write_bytes), graph or desk.base_url + STORE)
    done = desk.hand_in(Asked("put", desk.base_iri, bodies=bodies, graph=graph), condition(desk, graph))
    return _done(desk, graph, done)


def _post(desk: Desk, graph: str | None) -> Response:
    if graph is not None:
        _permit(desk, graph)
    content = unpacked(desk.endpoint.settings.max_write_bytes)
    bodies = documents(content, graph or desk.base_url + STORE)
    if graph is None and not any(one.media_type in QUADS for one in bodies):
        # Triples for no graph in particular: one is made for them (section 5.5).
        graph = _new_graph(desk)
        bodies = documents(content, graph)
    done = desk.hand_in(Asked("post", desk.base_iri, bodies=bodies, graph=graph), condition(desk, graph))
    return _done(desk, graph, done)


def _new_graph(desk: Desk) -> str:
    token = desk.gate.holder("write")
    own = f"{desk.base_url}{STORE}/"
    prefix = own if token.may_write(own) else next((one for one in token.graphs if token.may_write(one)), own)
    return prefix + secrets.token_hex(16)


def _delete(desk: Desk, graph: str) -> Response:
    _permit(desk, graph)
    check = condition(desk, graph, must_exist=True)
    return _done(desk, graph, desk.hand_in(Asked("delete", desk.base_iri, graph=graph), check))


def _patch(desk: Desk, loader: Loader, graph: str) -> Response:
    _permit(desk, graph)
    if request.mimetype != UPDATE_TYPE:
        raise RequestError(
            415,
            f"A patch of type {request.mimetype or 'nothing'} cannot be read.",
            f"Send {UPDATE_TYPE}.",
            {"Accept-Patch": UPDATE_TYPE},
        )
    text = read_text(unpacked(desk.endpoint.settings.max_write_bytes), "The update")
    asked = Asked("patch", graph or desk.base_iri, text=text, graph=graph)
    check = condition(desk, graph, must_exist=True)
    if check is not None:
        # Before anything is fetched for nothing.
        check()
    with loader.loaded(asked) as complete:
        return _done(desk, graph, desk.hand_in(complete, check))


def _permit(desk: Desk, graph: str) -> None:
    desk.writer.permit(desk.gate.holder("write"), [graph])


def _done(desk: Desk, graph: str | None, done: Written) -> Response:
    """Return 201 for a graph that was made, 204 otherwise, or 200 where there is something to say."""
    made = graph is not None and not done.existed and done.added > 0
    response = written(done, 201 if made else 200)
    if made:
        response.headers["Location"] = _address(desk, graph or "")
    elif not done.report:
        response = Response(status=204, headers={"Cache-Control": "no-store"})
    if done.number is not None:
        response.headers["X-Write"] = str(done.number)
    return response


def _address(desk: Desk, graph: str) -> str:
    own = f"{desk.base_url}{STORE}"
    return graph if graph.startswith(own + "/") else f"{own}?graph={quote(graph, safe='')}"
