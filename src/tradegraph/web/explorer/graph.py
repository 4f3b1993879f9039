"""The graph around a thing, to explore freely: `/nl/graph?focus=mission/2025-06-indonesia`.

The address holds everything: what stands in the middle, what is shown, what is chosen. Each click is a link, so that
the page works without scripts; with them the same page is fetched and its parts are put in place.
"""

import json
from typing import Final

from flask import Blueprint, Response, render_template, request

from tradegraph.errors import QueryRefused
from tradegraph.explore.kinds import Kind, kind_of
from tradegraph.explore.network import edges_among
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, ID
from tradegraph.web.explorer.graph_state import State, key_of, read_state
from tradegraph.web.explorer.graph_view import view_of
from tradegraph.web.frame import check_parameters
from tradegraph.web.notes import Link
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site

_PARAMETERS: Final = ("focus", "show", "chosen", "q", "format")
_STARTS: Final = (
    "mission/2025-06-indonesia",
    "event/expo-2025-osaka",
    "territory/jpn",
    "organisation/rvo",
    "organisation/invest-international",
    "grouping/priority-markets",
)


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_graph", __name__)
    relations = {term.iri: term.label for term in site.vocabulary.properties}

    @routes.get("/<any(nl, en):language>/graph")
    def graph(language: Language) -> Response:
        check_parameters(request.args, _PARAMETERS)
        if not request.args.get("focus"):
            return site.page("graph_start.html", language, lambda: _start(site, language))
        return site.page("graph.html", language, lambda: {"view": view_of(site, read_state(site), language, relations)})

    @routes.get("/<any(nl, en):language>/graph.svg")
    def drawing(language: Language) -> Response:
        check_parameters(request.args, _PARAMETERS)
        return site.send(
            language,
            lambda: render_template("graph_file.svg", view=view_of(site, read_state(site), language, relations)),
            "image/svg+xml",
        )

    @routes.get("/<any(nl, en):language>/graph.json")
    def data(language: Language) -> Response:
        check_parameters(request.args, _PARAMETERS)
        return site.send(language, lambda: _as_json(site, read_state(site), language), "application/json")

    return routes


def _start(site: Site, language: Language) -> dict[str, object]:
    links = site.links([ID + key for key in _STARTS], language)
    words = request.args.get("q", "").strip()
    found: list[tuple[str, Link, Kind]] = []
    if words and site.endpoint.index is not None:
        try:
            hits = site.endpoint.index.find(words, language, [], 40)
        except QueryRefused as error:
            raise RequestError(400, error.detail, error.remedy) from error
        iris = [hit.iri for hit in hits if hit.iri.startswith(ID) and kind_of(hit.iri).layer == "thing"]
        named = site.links(dict.fromkeys(iris), language)
        found = [(iri, link, kind_of(iri)) for iri, link in named.items() if kind_of(iri).key != "passage"][:20]
    return {
        "starts": [(State(key, (), key), links[ID + key], kind_of(ID + key)) for key in _STARTS],
        "words": words,
        "found": [(key_of(iri), link, kind) for iri, link, kind in found],
    }


def _as_json(site: Site, state: State, language: Language) -> str:
    keys = (state.focus, *state.shown)
    names = site.named([ID + key for key in keys], language)
    among = edges_among(site.reader(), [ID + key for key in keys])
    return json.dumps(
        {
            "release": site.endpoint.release.identifier,
            "focus": ID + state.focus,
            "nodes": [
                {"id": ID + key, "key": key, "kind": kind_of(ID + key).key, "label": names[ID + key].text}
                for key in keys
            ],
            "edges": [
                {
                    "source": edge.source,
                    "property": edge.property.removeprefix(DEF),
                    "target": edge.target,
                    "passages": edge.passages,
                    "rule": edge.rule,
                }
                for edge in among
            ],
        },
        ensure_ascii=False,
    )
