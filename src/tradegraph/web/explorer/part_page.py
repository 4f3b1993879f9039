"""The page of a part of a document, and of the version of a document that was read."""

from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.explore.kinds import KINDS, kind_of
from tradegraph.explore.literal import State
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, ID, PREFIXES
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.document_facts import by_property, missing_page, one_of, own_notes, thing_actions
from tradegraph.web.explorer.document_passages import Read, passage_views
from tradegraph.web.explorer.literal import LiteralQuotes
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Fact, Facts
from tradegraph.web.notes import Text
from tradegraph.web.site import Site, iri
from tradegraph.web.words import say

PART: Final = ID + "document-part/"
VERSION: Final = ID + "document-version/"


def add_routes(routes: Blueprint, site: Site) -> None:
    """Put the routes of parts and versions on `routes`."""

    @routes.get("/<any(nl, en):language>/document-part/<key>")
    def part(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        return site.page("document_part.html", language, lambda: _part(site, language, PART + key))

    @routes.get("/<any(nl, en):language>/document-version/<key>")
    def version(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        return site.page("document_version.html", language, lambda: _version(site, language, VERSION + key))


def _part(site: Site, language: Language, part: str) -> Mapping[str, object]:
    about = site.panel("passage_about", {"thing": ox.NamedNode(part)})
    if not about.rows:
        raise missing_page(language, part)
    node = {"part": ox.NamedNode(part)}
    listed = site.panel("passage_part", node)
    facts, records = site.panel("passage_part_facts", node), site.panel("passage_part_records", node)
    said = by_property(about.rows)
    version = one_of(said, DEF + "partOfVersion")
    known = site.passages.documents(site.reader()).get(version)
    things = [one for one in (part, version, known.iri if known else "") if one]
    links = site.links(things, language)
    silent = {iri(row, "passage"): iri(row, "silent") for row in listed.rows if iri(row, "silent")}
    read = Read.of(site, language, facts.rows, records.rows)
    passages = passage_views(site, language, [iri(row, "passage") for row in listed.rows], read, silent)
    questions = {one for found in read.whole.values() for one in found if kind_of(one).key == "question"}
    return {
        "kind": KINDS["document-part"],
        "title": links[part],
        "document": links[known.iri] if known else None,
        "version": links.get(version),
        "context": f"{page_address(known.iri, language)}#{part.removeprefix(PART)}" if known else "",
        "official": known.official if known else "",
        "place": one_of(said, DEF + "partNumber"),
        "row": one_of(said, DEF + "recordedIn"),
        "notes": own_notes(said, language),
        "questions": tuple(site.links(sorted(questions), language).values()),
        "passages": passages,
        "query": facts.address(language),
        "actions": thing_actions(site, language, part, [about, listed, facts, records]),
    }


def _version(site: Site, language: Language, version: str) -> Mapping[str, object]:
    about = site.panel("passage_about", {"thing": ox.NamedNode(version)})
    if not about.rows:
        raise missing_page(language, version)
    said = by_property(about.rows)
    known = site.passages.documents(site.reader()).get(version)
    parts = site.panel("document_parts", {"version": ox.NamedNode(version)})
    listed = [iri(row, "part") for row in parts.rows]
    document = one_of(said, PREFIXES["eli"] + "realizes")
    links = site.links([version, *listed, *([document] if document else [])], language)
    quoter = site.quoter
    state: State = quoter.state(known) if known is not None and isinstance(quoter, LiteralQuotes) else "none"
    rows = [
        (say(language, "doc_document"), links.get(document) or Text(""), "http://data.europa.eu/eli/ontology#realizes"),
        (say(language, "doc_language"), Text(one_of(said, PREFIXES["dct"] + "language")), ""),
        (say(language, "doc_file_name"), Text(one_of(said, DEF + "fileName")), "fileName"),
        (say(language, "doc_file_digest"), Text(one_of(said, DEF + "fileDigest")), "fileDigest"),
        (say(language, "doc_text_digest"), Text(one_of(said, DEF + "textDigest")), "textDigest"),
        (say(language, "doc_normalisation"), Text(one_of(said, DEF + "normalisation")), "normalisation"),
        (say(language, "doc_row"), Text(one_of(said, DEF + "recordedIn")), "recordedIn"),
    ]
    return {
        "kind": KINDS["document-version"],
        "title": links[version],
        "document": links.get(document),
        "facts": tuple(
            Facts(label, (Fact(value),), f"/{language}/def/{term}" if term and not term.startswith("http") else "")
            for label, value, term in rows
            if value.text
        ),
        "notes": own_notes(said, language),
        "state": state,
        "divisions": tuple(links[part] for part in listed),
        "official": known.official if known else "",
        "query": parts.address(language),
        "actions": thing_actions(site, language, version, [about, parts]),
    }
