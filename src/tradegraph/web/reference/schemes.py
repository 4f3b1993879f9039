"""Pages on code lists and their concepts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.explore.kinds import KINDS, Kind, kind_of
from tradegraph.languages import Language, Words
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Query
from tradegraph.web.negotiation import FORMS, address
from tradegraph.web.notes import Link, Mark, Notes, Text
from tradegraph.web.reference.described import Described, described
from tradegraph.web.reference.shelf import Shelf, in_other, text_of
from tradegraph.web.site import Panel, iri, text
from tradegraph.web.words import say

SHOWN: Final = 10
"""How many things of a kind a page of a concept shows."""
_SKOS, _RDFS = PREFIXES["skos"], PREFIXES["rdfs"]
_MATCHES: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_SECTOR: Final = ID + "scheme/sector"


@dataclass(frozen=True)
class ConceptRow:
    """A concept in its code list, with those under it."""

    link: Link
    other_label: str
    definition: Text
    notation: str
    uses: int
    narrower: tuple["ConceptRow", ...]


@dataclass(frozen=True)
class Using:
    """Things of one kind that have a concept as the value of a property: the first, each with its source marks.

    `count` is how many there are of all kinds together; `more` the address of a query for all of them.
    """

    property: Link
    kind: Kind
    things: tuple[tuple[Link, tuple[Mark, ...]], ...]
    of_kind: int
    count: int
    more: str


@dataclass(frozen=True)
class _Concept:
    """What a code list says of a concept."""

    label: Words
    definition: Words
    notation: str
    broader: tuple[str, ...]


def blueprint(shelf: Shelf) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("reference_schemes", __name__)
    site = shelf.site

    @routes.get("/<any(nl, en):language>/scheme/")
    def every_scheme(language: Language) -> Response:
        check_parameters(request.args, ())
        return site.page("reference_schemes.html", language, lambda: list_content(language))

    @routes.get("/<any(nl, en):language>/scheme/<key>")
    def scheme(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        said = described(site, "scheme", key)
        return site.page("reference_scheme.html", language, lambda: scheme_content(said, key, language))

    @routes.get("/<any(nl, en):language>/concept/<key>")
    def concept(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        said = described(site, "concept", key)
        return site.page("reference_concept.html", language, lambda: concept_content(said, key, language))

    def properties_of(scheme_iri: str, language: Language) -> tuple[Link, ...]:
        terms = shelf.ontology.terms.values()
        return shelf.links((term.iri for term in terms if term.scheme == scheme_iri), language)

    def list_content(language: Language) -> Mapping[str, object]:
        panel = site.panel("reference_schemes", {"language": ox.Literal(language)})
        links = site.links((iri(row, "scheme") for row in panel.rows), language)
        rows = [
            (links[one], text(row, "definition"), properties_of(one, language), int(text(row, "concepts")))
            for row in panel.rows
            if (one := iri(row, "scheme"))
        ]
        rows.sort(key=lambda row: row[0].text.lower())
        return {"rows": rows, "total": sum(row[3] for row in rows), "actions": Actions(queries=(_query(panel),))}

    def scheme_content(said: Described, key: str, language: Language) -> Mapping[str, object]:
        node = {"scheme": ox.NamedNode(said.iri)}
        texts, uses = site.panel("reference_scheme_texts", node), site.panel("reference_scheme_uses", node)
        used = {iri(row, "concept"): int(text(row, "uses")) for row in uses.rows}
        concepts = _concepts(texts)
        label = said.texts(_RDFS + "label")
        return {
            "key": key,
            "label": text_of(label, language),
            "other_label": in_other(label, language),
            "definition": text_of(said.texts(_SKOS + "definition"), language),
            "rows": _tree(concepts, used, language),
            "nested": any(one.broader for one in concepts.values()),
            "count": len(concepts),
            "properties": properties_of(said.iri, language),
            "see": uses.address(language),
            "crumbs": (_home(language),),
            "actions": Actions(
                formats=(*_formats("scheme", key), Link("CSV", href=_csv(texts))),
                queries=(_query(texts), _query(uses)),
                identifier=said.iri,
            ),
        }

    def concept_content(said: Described, key: str, language: Language) -> Mapping[str, object]:
        node = {"concept": ox.NamedNode(said.iri)}
        uses = site.panel("reference_concept_uses", node)
        under = site.panel("reference_concept_narrower", node)
        notes = site.notes(language)
        schemes = said.iris(_SKOS + "inScheme")
        broader = said.iris(_SKOS + "broader")
        narrower = tuple(iri(row, "narrower") for row in under.rows if iri(row, "property") == _SKOS + "broader")
        matched = tuple(
            (iri(row, "narrower"), "narrowMatch") for row in under.rows if iri(row, "narrower") not in narrower
        )
        matches = [(one, name) for name in _MATCHES for one in said.iris(_SKOS + name)] + list(matched)
        links = shelf.things([*schemes, *broader, *narrower, *(one for one, _ in matches)], language)
        groups = [
            using
            for row in uses.rows
            for using in using_of(said.iri, iri(row, "property"), int(text(row, "things")), notes, language)
        ]
        missions = site.panel("reference_sector_missions", node) if _SECTOR in schemes else None
        label = said.texts(_SKOS + "prefLabel")
        panels = [uses, under, *([missions] if missions else [])]
        return {
            "key": key,
            "kind": KINDS["concept"],
            "label": text_of(label, language),
            "other_label": in_other(label, language),
            "definition": text_of(said.texts(_SKOS + "definition"), language),
            "other_definition": in_other(said.texts(_SKOS + "definition"), language),
            "notation": said.texts(_SKOS + "notation").en,
            "schemes": [links[one] for one in schemes],
            "broader": [links[one] for one in broader],
            "narrower": [links[one] for one in narrower],
            "matches": [(name, links[one]) for one, name in matches],
            "groups": groups,
            "see": uses.address(language),
            "matrix": matrix(missions, language) if missions else None,
            "see_matrix": missions.address(language) if missions else "",
            "sources": notes.sources(),
            "crumbs": (_home(language), *(links[one] for one in schemes)),
            "actions": Actions(
                formats=_formats("concept", key),
                queries=tuple(_query(panel) for panel in panels),
                identifier=said.iri,
                graph=f"/{language}/graph?{urlencode({'focus': f'concept/{key}'})}",
            ),
        }

    def using_of(concept_iri: str, name: str, count: int, notes: Notes, language: Language) -> list[Using]:
        values = {"concept": ox.NamedNode(concept_iri), "property": ox.NamedNode(name)}
        panel = site.panel("reference_concept_things", values)
        link = shelf.link(name, language)
        things: dict[str, list[str]] = defaultdict(list)
        rules: dict[str, str] = {}
        for row in panel.rows:
            thing = iri(row, "thing")
            things[thing] += [passage] if (passage := iri(row, "passage")) else []
            rules[thing] = iri(row, "rule")
        by_kind: dict[str, list[str]] = defaultdict(list)
        for thing in things:
            by_kind[kind_of(thing).key].append(thing)
        found = []
        for members in by_kind.values():
            shown = members[:SHOWN]
            links = shelf.things(shown, language)
            found.append(
                Using(
                    link,
                    kind_of(members[0]),
                    tuple(
                        (
                            links[one],
                            notes.mark(things[one][:3], f"{links[one].text}: {link.text}", rule=rules[one], record=""),
                        )
                        for one in shown
                    ),
                    len(members),
                    count,
                    panel.address(language),
                )
            )
        return found

    def matrix(panel: Panel, language: Language) -> Mapping[str, object] | None:
        if not panel.rows:
            return None
        links = site.links([iri(row, name) for row in panel.rows for name in ("country", "mission")], language)
        years = sorted({text(row, "year") for row in panel.rows})
        cells: dict[str, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
        for row in panel.rows:
            cells[iri(row, "country")][text(row, "year")].append(links[iri(row, "mission")])
        rows = [(links[country], [cells[country].get(year, []) for year in years]) for country in cells]
        return {"years": years, "rows": sorted(rows, key=lambda row: row[0].text.lower())}

    def _query(panel: Panel) -> Query:
        language: Language = "nl" if request.path.startswith("/nl") else "en"
        stored = site.panels[panel.name]
        return Query(stored.question_nl if language == "nl" else stored.question_en, panel.address(language))

    return routes


def _home(language: Language) -> Link:
    return Link(say(language, "reference_schemes_title"), href=f"/{language}/scheme/")


def _formats(kind: str, key: str) -> tuple[Link, ...]:
    return tuple(Link(form.label, href=address(kind, key, form)) for form in FORMS)


def _csv(panel: Panel) -> str:
    return "/sparql?" + urlencode({"format": "csv", "query": panel.text})


def _concepts(panel: Panel) -> dict[str, _Concept]:
    texts: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    broader: dict[str, list[str]] = defaultdict(list)
    for row in panel.rows:
        one, name, value = iri(row, "concept"), iri(row, "property").removeprefix(_SKOS), row["value"]
        if isinstance(value, ox.NamedNode):
            broader[one].append(value.value)
        elif isinstance(value, ox.Literal):
            texts[one][name][value.language or ""] = value.value

    def words(one: str, name: str) -> Words:
        return Words(texts[one][name].get("nl", ""), texts[one][name].get("en", ""))

    return {
        one: _Concept(
            words(one, "prefLabel"),
            words(one, "definition"),
            texts[one]["notation"].get("", ""),
            tuple(sorted(broader[one])),
        )
        for one in texts
    }


def _tree(concepts: Mapping[str, _Concept], uses: Mapping[str, int], language: Language) -> tuple[ConceptRow, ...]:
    """Return the concepts that lie under none of the list, each with those under it, by label."""
    under: dict[str, list[str]] = defaultdict(list)
    for one, said in concepts.items():
        for parent in said.broader:
            under[parent].append(one)

    def row(one: str) -> ConceptRow:
        said = concepts[one]
        label = text_of(said.label, language)
        return ConceptRow(
            Link(label.text, label.language, f"/{language}/{one.removeprefix(ID)}"),
            in_other(said.label, language),
            text_of(said.definition, language),
            said.notation,
            uses.get(one, 0),
            rows(under[one]),
        )

    def rows(wanted: list[str]) -> tuple[ConceptRow, ...]:
        return tuple(sorted((row(one) for one in wanted), key=lambda found: found.link.text.lower()))

    return rows([one for one, said in concepts.items() if not any(parent in concepts for parent in said.broader)])
