"""Pages on the named graphs of the release: what is in each, and which document it was read from."""

from collections.abc import Mapping

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.languages import Language
from tradegraph.namespaces import GRAPH
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Query
from tradegraph.web.negotiation import FORMS
from tradegraph.web.notes import Link
from tradegraph.web.problems import RequestError
from tradegraph.web.reference.shelf import Shelf, graph_link
from tradegraph.web.site import iri, text


def blueprint(shelf: Shelf) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("reference_graphs", __name__)
    site = shelf.site
    sizes = dict(site.endpoint.release.graphs)

    @routes.get("/<any(nl, en):language>/graph/<name>")
    def graph(language: Language, name: str) -> Response:
        check_parameters(request.args, ())
        if GRAPH + name not in sizes:
            there = ", ".join(one.removeprefix(GRAPH) for one in sizes)
            raise RequestError(404, f"There is no graph “{name}” in this release.", f"There are: {there}.")
        return site.page("reference_graph.html", language, lambda: content(name, language))

    def content(name: str, language: Language) -> Mapping[str, object]:
        node = {"graph": ox.NamedNode(GRAPH + name)}
        classes, properties, source = (
            site.panel(f"reference_graph_{one}", node) for one in ("classes", "properties", "source")
        )
        wanted = [iri(row, "class") for row in classes.rows] + [iri(row, "property") for row in properties.rows]
        from_ = source.rows[0] if source.rows else {}
        links = shelf.things(
            [*wanted, *(one for one in (iri(from_, "version"), iri(from_, "document")) if one)], language
        )
        panels = (classes, properties, source)
        return {
            "name": name,
            "size": sizes[GRAPH + name],
            "version": links.get(iri(from_, "version")),
            "document": links.get(iri(from_, "document")),
            "classes": [(links[iri(row, "class")], int(text(row, "things"))) for row in classes.rows],
            "properties": [(links[iri(row, "property")], int(text(row, "triples"))) for row in properties.rows],
            "see_classes": classes.address(language),
            "see_properties": properties.address(language),
            "others": [(graph_link(one, language), size) for one, size in sizes.items() if one != GRAPH + name],
            "actions": Actions(
                formats=tuple(Link(form.label, href=f"/graph/{name}.{form.name}") for form in FORMS),
                queries=tuple(Query(site.panels[one.name].title, one.address(language)) for one in panels),
                identifier=GRAPH + name,
            ),
        }

    return routes
