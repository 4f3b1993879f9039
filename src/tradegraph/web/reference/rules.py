"""Pages on the rules by which direct relations are derived from evidence."""

from collections.abc import Mapping

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.languages import Language
from tradegraph.namespaces import DEF
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Query
from tradegraph.web.negotiation import FORMS, address
from tradegraph.web.notes import Link
from tradegraph.web.reference.described import Described, described
from tradegraph.web.reference.shelf import Shelf, in_other, text_of
from tradegraph.web.site import iri, text
from tradegraph.web.words import say


def blueprint(shelf: Shelf) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("reference_rules", __name__)
    site = shelf.site

    @routes.get("/<any(nl, en):language>/rule/<key>")
    def rule(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        said = described(site, "rule", key)
        return site.page("reference_rule.html", language, lambda: content(said, key, language))

    def content(said: Described, key: str, language: Language) -> Mapping[str, object]:
        node = {"rule": ox.NamedNode(said.iri)}
        counted, listed = site.panel("reference_rule_count", node), site.panel("reference_rule_relations", node)
        notes = site.notes(language)
        ends = [iri(row, name) for row in listed.rows for name in ("subject", "object")]
        links = shelf.things([one for one in ends if one], language)
        passages: dict[str, list[str]] = {}
        triples: dict[str, tuple[Link, Link]] = {}
        for row in listed.rows:
            relation = iri(row, "relation")
            passages.setdefault(relation, []).extend([iri(row, "passage")] if iri(row, "passage") else [])
            there = iri(row, "object")
            triples[relation] = (links[iri(row, "subject")], links[there] if there else Link(text(row, "object")))
        derives = next(iter(said.iris(DEF + "derives")), "")
        name = shelf.link(derives, language).text if derives else key
        relations = [
            (
                *triples[relation],
                notes.mark(passages[relation], f"{name}: {triples[relation][1].text}", rule=said.iri, record=relation),
                f"/{language}/relation/{relation.rpartition('/')[2]}",
            )
            for relation in list(triples)[:20]
        ]
        total = counted.rows[0] if counted.rows else {}
        question = said.texts("http://www.w3.org/2000/01/rdf-schema#label")
        panels = (counted, listed)
        return {
            "key": key,
            "name": name,
            "term": shelf.link(derives, language) if derives else None,
            "question": text_of(question, language),
            "other_question": in_other(question, language),
            "text": said.texts(DEF + "ruleText").en,
            "numbers": {one: int(text(total, one) or 0) for one in ("relations", "subjects", "objects")},
            "relations": relations,
            "see": listed.address(language),
            "sources": notes.sources(),
            "crumbs": (Link(say(language, "reference_title"), href=f"/{language}/def"),),
            "actions": Actions(
                formats=tuple(Link(form.label, href=address("rule", key, form)) for form in FORMS),
                queries=tuple(Query(site.panels[one.name].title, one.address(language)) for one in panels),
                identifier=said.iri,
            ),
        }

    return routes
