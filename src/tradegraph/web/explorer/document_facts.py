"""What is known of a document itself, as facts with source marks, and what can be done with pages of this subject."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.kinds import KINDS
from tradegraph.explore.reading import Solution
from tradegraph.languages import Language, Words
from tradegraph.namespaces import DEF, ID, PREFIXES
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.record_lines import property_names
from tradegraph.web.kit import Actions, Fact, Facts, Query, date_in_words
from tradegraph.web.negotiation import FORMS, address
from tradegraph.web.notes import Link, Notes, Text
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site, iri

_DCT, _SCHEMA, _RDF, _RDFS = PREFIXES["dct"], PREFIXES["schema"], PREFIXES["rdf"], PREFIXES["rdfs"]
_LABELS: Final = {
    _DCT + "identifier": Words("Nummer", "Number"),
    _DCT + "issued": Words("Datum", "Date"),
    DEF + "dateAsStated": Words("Datum zoals geschreven", "Date as written"),
    _DCT + "date": Words("Gaat over de dag", "About the day"),
    DEF + "issuedVia": Words("Van", "From"),
    DEF + "addressedTo": Words("Aan", "To"),
    DEF + "commissionedBy": Words("Op verzoek van", "Requested by"),
    DEF + "conductedBy": Words("Gemaakt door", "Made by"),
    DEF + "basedOn": Words("Gebaseerd op", "Based on"),
    DEF + "partOf": Words("Deel van", "Part of"),
    DEF + "nameAsStated": Words("Genoemd als", "Referred to as"),
    _DCT + "description": Words("Inhoud", "Content"),
    DEF + "curationNote": Words("Kanttekening van ons", "Our note"),
}
_LEFT_OUT: Final = frozenset(
    {
        _RDF + "type",
        _RDFS + "label",
        _SCHEMA + "sameAs",
        DEF + "statedIn",
        DEF + "recordedIn",
        DEF + "mentionedIn",
        DEF + "cites",
        DEF + "curationNote",
    }
)
"""Shown elsewhere on the page, or of the data and not of the document."""
_DATES: Final = frozenset(PREFIXES["xsd"] + name for name in ("date", "gYear", "gYearMonth"))


def by_property(rows: Iterable[Solution]) -> dict[str, list[ox.NamedNode | ox.Literal]]:
    """Return the values of rows with `property` and `value`, by the IRI of the property."""
    found: dict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)
    for row in rows:
        value = row.get("value")
        if isinstance(value, ox.NamedNode | ox.Literal):
            found[iri(row, "property")].append(value)
    return found


def one_of(said: Mapping[str, list[ox.NamedNode | ox.Literal]], name: str) -> str:
    """Return the first value of a property in order of text, empty where there is none."""
    return min((term.value for term in said.get(name, ())), default="")


def in_language(terms: Iterable[ox.NamedNode | ox.Literal], language: Language) -> list[ox.NamedNode | ox.Literal]:
    """Leave out texts that also stand there in the language of the page."""
    listed = list(terms)
    own = [term for term in listed if isinstance(term, ox.Literal) and term.language == language]
    return [term for term in listed if not (isinstance(term, ox.Literal) and term.language and own) or term in own]


def head_facts(
    site: Site, notes: Notes, language: Language, document: str, head: Panel, relations: Panel
) -> tuple[Facts, ...]:
    """Return the facts of a document: those of our list first, in its order, then the others by name."""
    said = by_property(head.rows)
    passages = [term.value for term in said.get(DEF + "statedIn", ())]
    evidence: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for row in relations.rows:
        key = (iri(row, "property"), iri(row, "value"))
        evidence.setdefault(key, (iri(row, "rule"), []))[1].append(iri(row, "passage"))
    things = {term.value for terms in said.values() for term in terms if isinstance(term, ox.NamedNode)}
    links = site.links(things, language)
    labels = property_names(site, language) | {name: words.in_(language) for name, words in _LABELS.items()}
    order = [name for name in _LABELS if name in said]
    order += sorted((name for name in said if name not in _LABELS), key=lambda name: labels.get(name, name))
    rows = []
    for name in order:
        if name in _LEFT_OUT or name not in labels:
            continue
        label, facts = labels[name], []
        for term in in_language(said[name], language):
            rule, places = evidence.get((name, term.value), ("", []))
            if isinstance(term, ox.NamedNode):
                marks = notes.mark(places or passages, label, rule=rule, record="" if places else document)
                facts.append(Fact(links[term.value], marks))
                continue
            written = term.value if name.endswith("AsStated") else ""
            # A note is ours; a description is our reading of what the passages say.
            marks = notes.mark(passages, label, stated=written, record=document)
            shown = date_in_words(term.value, language) if term.datatype.value in _DATES else term.value
            other = term.language if term.language and term.language != language else ""
            facts.append(Fact(Text(shown, other or ""), marks))
        if facts:
            rows.append(Facts(label, tuple(facts), _term(name, language)))
    return tuple(rows)


def own_notes(said: Mapping[str, list[ox.NamedNode | ox.Literal]], language: Language) -> tuple[Text, ...]:
    """Return the notes of the curator in the language of the page."""
    listed = in_language(said.get(DEF + "curationNote", ()), language)
    return tuple(
        Text(term.value, term.language if term.language and term.language != language else "")
        for term in listed
        if isinstance(term, ox.Literal)
    )


def _term(name: str, language: Language) -> str:
    return f"/{language}/def/{name.removeprefix(DEF)}" if name.startswith(DEF) else ""


def queries(site: Site, language: Language, panels: Iterable[Panel]) -> tuple[Query, ...]:
    """Return the queries behind a page, under the questions that they answer."""
    found = {}
    for panel in panels:
        stored = site.panels[panel.name]
        found[panel.name] = Query(
            stored.question_nl if language == "nl" else stored.question_en, panel.address(language)
        )
    return tuple(found.values())


def thing_actions(site: Site, language: Language, thing: str, panels: Iterable[Panel]) -> Actions:
    """Return what can be done with the page of a thing."""
    path = thing.removeprefix(ID)
    kind, _, key = path.partition("/")
    return Actions(
        tuple(Link(form.name.upper(), href=address(kind, key, form)) for form in FORMS),
        queries(site, language, panels),
        page_address(thing, language),
        thing,
        f"/{language}/graph?focus={path}",
        f"/{language}/connections?from={path}",
    )


def missing_page(language: Language, thing: str) -> RequestError:
    """Return the 404 for a passage, part or version that there is not."""
    kind, _, key = thing.removeprefix(ID).partition("/")
    return RequestError(
        404,
        f"There is no {KINDS[kind].one.en} “{key}” in this release.",
        f"The documents with all their passages are listed at /{language}/document/.",
    )
