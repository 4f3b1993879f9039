"""Pages on the structure of the figures (RDF Data Cube) and its components."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flask import Blueprint, Response, request

from tradegraph.languages import Language
from tradegraph.namespaces import PREFIXES
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Query
from tradegraph.web.negotiation import FORMS, address
from tradegraph.web.notes import Link, Text
from tradegraph.web.reference.described import Described, described
from tradegraph.web.reference.shelf import Shelf, text_of
from tradegraph.web.site import Panel, iri, text
from tradegraph.web.words import say

_QB, _RDFS = PREFIXES["qb"], PREFIXES["rdfs"]
Required = Literal["yes", "no", "not_applicable"]


@dataclass(frozen=True)
class Component:
    """A component: its `role` as the cube vocabulary calls it, its property, and whether each figure must have it.

    The vocabulary asks that only of attributes, and RDF Data Cube (section 6) has every dimension and measure required.
    """

    iri: str
    link: Link
    role: str
    property: Link
    definition: Text
    takes: tuple[Link, ...]
    order: str
    required: Required
    uses: int | None


def blueprint(shelf: Shelf) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("reference_cube", __name__)
    site = shelf.site

    @routes.get("/<any(nl, en):language>/data-structure/<key>")
    def structure(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        said = described(site, "data-structure", key)
        return site.page("reference_structure.html", language, lambda: content(said, "data-structure", key, language))

    @routes.get("/<any(nl, en):language>/component/<key>")
    def component(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        said = described(site, "component", key)
        return site.page("reference_structure.html", language, lambda: content(said, "component", key, language))

    def content(said: Described, kind: str, key: str, language: Language) -> Mapping[str, object]:
        panel = site.panel("reference_components")
        components = [one for one in of_panel(panel, language) if kind == "data-structure" or one.iri == said.iri]
        whole = Link(say(language, "reference_structure"), href=f"/{language}/data-structure/figures")
        label = said.texts(_RDFS + "label")
        return {
            "kind": kind,
            "title": text_of(label, language).text if label.nl else components[0].property.text if components else key,
            "components": components,
            "see": panel.address(language),
            "crumbs": (Link(say(language, "reference_title"), href=f"/{language}/def"),)
            + (() if kind == "data-structure" else (whole,)),
            "actions": Actions(
                formats=tuple(Link(form.label, href=address(kind, key, form)) for form in FORMS),
                queries=(Query(site.panels[panel.name].title, panel.address(language)),),
                identifier=said.iri,
            ),
        }

    def of_panel(panel: Panel, language: Language) -> list[Component]:
        found = []
        terms = shelf.ontology.terms
        links = shelf.things(
            [terms[one].scheme for row in panel.rows if (one := iri(row, "property")) in terms], language
        )
        for row in panel.rows:
            component_iri, name = iri(row, "component"), iri(row, "property")
            term, required = terms.get(name), text(row, "required")
            takes = (links[term.scheme],) if term and term.scheme else shelf.links(term.range if term else (), language)
            found.append(
                Component(
                    component_iri,
                    Link(
                        shelf.link(name, language).text,
                        href=f"/{language}/component/{component_iri.rpartition('/')[2]}",
                    ),
                    iri(row, "role").removeprefix(_QB),
                    shelf.link(name, language),
                    text_of(term.definition, language) if term else Text(""),
                    takes,
                    text(row, "order"),
                    "not_applicable" if not required else "yes" if required == "true" else "no",
                    shelf.counts.get(name),
                )
            )
        return found

    return routes
