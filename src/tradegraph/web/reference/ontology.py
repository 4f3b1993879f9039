"""Pages on the terms of the ontology: all of them, one subject, one term; and the diagrams."""

from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.drawings.classes import STYLE_HASH, draw
from tradegraph.languages import Language
from tradegraph.namespaces import BASE, DEF
from tradegraph.publish.diagrams import diagram
from tradegraph.publish.terms import Part
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Query
from tradegraph.web.negotiation import FORMS
from tradegraph.web.notes import Link
from tradegraph.web.problems import RequestError
from tradegraph.web.reference.shelf import Shelf
from tradegraph.web.reference.terms import IN_BRIEF, TermView, term_view
from tradegraph.web.site import iris_in
from tradegraph.web.words import say

_SVG: Final = "image/svg+xml"


def blueprint(shelf: Shelf) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("reference_ontology", __name__)
    site, ontology = shelf.site, shelf.ontology
    parts = {part.key: part for part in ontology.parts}
    by_name = {term.name: term for term in ontology.terms.values()}

    @routes.get("/<any(nl, en):language>/def")
    def every_term(language: Language) -> Response:
        check_parameters(request.args, ())

        def make() -> Mapping[str, object]:
            views = views_of(ontology.parts, language)
            front = [view for views in views.values() for view in views if view.term.front_door]
            return {
                "ontology": ontology,
                "views": views,
                "front": [view for view in front if view.term.sort == "relation"],
                "classes": sum(term.sort == "class" for term in by_name.values()),
                "properties": sum(term.sort not in ("class", "individual") for term in by_name.values()),
                "drawings": {part.key: drawn(part, language) for part in ontology.parts if part.key != "tradegraph"},
                "actions": Actions(formats=_formats(), identifier=BASE + "def"),
            }

        return site.page("reference_ontology.html", language, make)

    @routes.get("/<any(nl, en):language>/def/<name>.svg")
    def drawing(language: Language, name: str) -> Response:
        check_parameters(request.args, ())
        if name not in parts or name == "tradegraph":
            there = ", ".join(key for key in parts if key != "tradegraph")
            raise RequestError(404, f"There is no diagram “{name}”.", f"There are: {there}.")

        def make() -> str:
            return str(draw(diagram(ontology, parts[name], language), f"diagram-{name}", alone=True))

        policy = f"default-src 'none'; style-src {STYLE_HASH}"
        return site.send(language, make, _SVG, Content_Security_Policy=policy)

    @routes.get("/<any(nl, en):language>/def/<name>")
    def part_or_term(language: Language, name: str) -> Response:
        check_parameters(request.args, ())
        if name in parts:
            return site.page("reference_part.html", language, lambda: part_content(parts[name], language))
        if name in by_name:
            return site.page("reference_term.html", language, lambda: term_content(name, language))
        there = ", ".join(parts)
        raise RequestError(404, f"There is no term “{name}”.", f"All terms are at /{language}/def; subjects: {there}.")

    def views_of(wanted: tuple[Part, ...], language: Language) -> dict[str, list[TermView]]:
        examples = {iri for part in wanted for term in part.terms for iri in term.examples}
        schemes = {term.scheme for part in wanted for term in part.terms if term.scheme}
        links = shelf.things(sorted(examples | schemes), language)
        here = len(wanted) > 1
        return {
            part.key: [term_view(shelf, term, language, links, here=here, most=IN_BRIEF) for term in part.terms]
            for part in wanted
        }

    def drawn(part: Part, language: Language) -> object:
        return draw(diagram(ontology, part, language), f"diagram-{part.key}")

    def part_content(part: Part, language: Language) -> Mapping[str, object]:
        iri = BASE + "def" if part.key == "tradegraph" else f"{BASE}def/{part.key}"
        return {
            "part": part,
            "views": views_of((part,), language)[part.key],
            "drawing": None if part.key == "tradegraph" else drawn(part, language),
            "crumbs": (_home(language),),
            "actions": Actions(formats=_formats(), identifier=iri),
        }

    def term_content(name: str, language: Language) -> Mapping[str, object]:
        term = by_name[name]
        column = "class" if term.sort == "class" else "property"
        panel_name = "reference_class_things" if term.sort == "class" else "reference_property_values"
        panel = site.panel(panel_name, {column: ox.NamedNode(term.iri)}) if shelf.counts.get(term.iri) else None
        rows = panel.rows if panel else ()
        links = shelf.things([*term.examples, *([term.scheme] if term.scheme else []), *iris_in(rows)], language)
        top = []
        for row in rows:
            value, uses = row.get("thing", row.get("value")), row["uses"]
            if isinstance(value, ox.NamedNode):
                top.append((links[value.value], int(str(getattr(uses, "value", 0)))))
            elif isinstance(value, ox.Literal):
                top.append((Link(value.value), int(str(getattr(uses, "value", 0)))))
        queries = (Query(site.panels[panel_name].title, panel.address(language)),) if panel else ()
        rule = ontology.rule(term)
        return {
            "view": term_view(shelf, term, language, links),
            "part": parts[term.part],
            "rule_text": rule.text if rule else "",
            "top": top,
            "see": panel.address(language) if panel else "",
            "crumbs": (
                _home(language),
                Link(parts[term.part].title.in_(language), href=f"/{language}/def/{term.part}"),
            ),
            "actions": Actions(formats=_formats(), identifier=DEF + name, queries=queries),
        }

    return routes


def _home(language: Language) -> Link:
    return Link(say(language, "reference_title"), href=f"/{language}/def")


def _formats() -> tuple[Link, ...]:
    return tuple(Link(form.label, href=f"/def.{form.name}") for form in FORMS)
