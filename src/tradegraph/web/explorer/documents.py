"""Documents with their questions, answers and passages, and the facts read from each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request

from tradegraph.explore.kinds import KINDS
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, ID
from tradegraph.web.explorer import part_page, passage_page, question_page
from tradegraph.web.explorer.document_body import Body
from tradegraph.web.explorer.document_facts import queries
from tradegraph.web.explorer.document_page import document_view
from tradegraph.web.explorer.row_files import Row, format_asked, format_links, send_rows
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Choice, Facet
from tradegraph.web.notes import Link, Mark, Notes, Text
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site, iri, text
from tradegraph.web.words import say

TYPES: Final = ("ParliamentaryDocument", "OfficialPublication", "Report", "WebPage", "Document")
"""Local names of the classes of documents, narrowest first, the general one last."""
SHOWS: Final = ("facts", "silent")
_COLUMNS: Final = (
    "document",
    "name",
    "type",
    "identifier",
    "issued",
    "date_as_stated",
    "issued_via",
    "addressed_to",
    "official",
    "cited_by",
    "passages",
)


@dataclass(frozen=True)
class Listed:
    """A document in the list; `read` are the numbers of passages, passages without a fact, and records read from it."""

    iri: str
    link: Link
    type: str
    type_name: str
    identifier: str
    issued: str
    issued_stated: str
    via: Link | None
    addressee: Link | None
    official: str
    cited_by: int
    passages: tuple[str, ...]
    read: tuple[int, int, int] | None = None
    marks: tuple[Mark, ...] = ()


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_documents", __name__)
    kept: dict[tuple[str, str], Body] = {}
    site.endpoint.revision.on_write(kept.clear)

    @routes.get("/<any(nl, en):language>/document/")
    def document_list(language: Language) -> Response:
        check_parameters(request.args, ("type", "q", "format"))
        type_, words, form = request.args.get("type", ""), request.args.get("q", "").strip(), format_asked()
        if type_ not in ("", *TYPES):
            raise RequestError(400, f"There is no type “{type_}”.", f"There are: {', '.join(TYPES)}.")
        if form:
            return send_rows(
                site,
                language,
                form,
                "documents",
                _COLUMNS,
                lambda: _rows(_chosen(_listed(site, language)[0], type_, words)),
            )
        return site.page("document_list.html", language, lambda: _list(site, language, type_, words))

    @routes.get("/<any(nl, en):language>/document/<key>")
    def document(language: Language, key: str) -> Response:
        check_parameters(request.args, ("filter", "show"))
        words, show = request.args.get("filter", "").strip(), request.args.get("show", "")
        if show not in ("", *SHOWS):
            raise RequestError(400, f"show={show} cannot be used.", f"There are: {', '.join(SHOWS)}.")
        return site.page("document.html", language, lambda: document_view(site, language, key, words[:200], show, kept))

    @routes.get("/<any(nl, en):language>/document/<key>/question-<int:number>")
    def numbered_question(language: Language, key: str, number: int) -> Response:
        check_parameters(request.args, ())
        return cast("Response", redirect(f"/{language}/question/{key}-{number}", 303))

    @routes.get("/<any(nl, en):language>/<any('document-part', 'document-version', passage):_kind>/")
    def no_list(language: Language, _kind: str) -> Response:
        # These are listed by the documents that they are of.
        check_parameters(request.args, ())
        return cast("Response", redirect(f"/{language}/document/", 303))

    @routes.get("/nl/documenten")
    def dutch_alias() -> Response:
        return cast("Response", redirect("/nl/document/", 301))

    question_page.add_routes(routes, site)
    passage_page.add_routes(routes, site)
    part_page.add_routes(routes, site)
    return routes


def _list(site: Site, language: Language, type_: str, words: str) -> Mapping[str, object]:
    listed, panels = _listed(site, language)
    notes = site.notes(language)
    read = [_marked(notes, one) for one in listed if one.read]
    others = [one for one in listed if not one.read]
    cited = [_marked(notes, one) for one in _chosen(others, type_, words)]
    return {
        "read": read,
        "cited": cited,
        "total": len(others),
        "types": _types(language, others, type_, words),
        "type": type_,
        "words": words,
        "kind": KINDS["document"],
        "query": panels[0].address(language),
        "actions": Actions(format_links(), queries(site, language, panels), request.full_path.rstrip("?")),
        "sources": notes.sources(),
    }


def _marked(notes: Notes, one: Listed) -> Listed:
    return replace(one, marks=notes.mark(one.passages, one.link.text, record=one.iri))


def _listed(site: Site, language: Language) -> tuple[list[Listed], tuple[Panel, ...]]:
    """Return all documents: those that were read first, then the others by name; and the panels that say so."""
    found, places = site.panel("document_list"), site.panel("document_sources")
    counts, cited = site.panel("document_counts"), site.panel("document_cited")
    passages: dict[str, list[str]] = defaultdict(list)
    for row in places.rows:
        passages[iri(row, "document")].append(iri(row, "passage"))
    citing: dict[str, int] = defaultdict(int)
    for row in cited.rows:
        # An answer that cites and the list that it stands in are one citation.
        citing[iri(row, "document")] += not iri(row, "from").startswith(ID + "document/")
    read = {
        iri(row, "document"): (int(text(row, "passages")), int(text(row, "silent")), int(text(row, "records")))
        for row in counts.rows
    }
    direct: dict[str, int] = defaultdict(int)
    for row in cited.rows:
        direct[iri(row, "document")] += 1
    things = [iri(row, name) for row in found.rows for name in ("document", "via", "addressee") if iri(row, name)]
    links = site.links(things, language)
    classes = {term.iri: term.label.in_(language) for term in site.vocabulary.classes}
    rows: dict[str, Listed] = {}
    for row in found.rows:
        document = iri(row, "document")
        kind = iri(row, "type") or DEF + "Document"
        rows.setdefault(
            document,
            Listed(
                document,
                links[document],
                kind.removeprefix(DEF),
                classes.get(kind, ""),
                text(row, "identifier"),
                text(row, "issued"),
                text(row, "dateAsStated"),
                links.get(iri(row, "via")),
                links.get(iri(row, "addressee")),
                text(row, "official"),
                citing[document] or direct[document],
                tuple(passages[document]),
                read.get(document),
            ),
        )
    ordered = sorted(
        rows.values(), key=lambda one: (one.read is None, -(one.read or (0,))[0], one.link.text.casefold())
    )
    return ordered, (found, counts, cited, places)


def _chosen(listed: list[Listed], type_: str, words: str) -> list[Listed]:
    wanted = words.casefold().split()
    return [
        one
        for one in listed
        if (not type_ or one.type == type_)
        and all(word in f"{one.link.text} {one.identifier} {one.issued}".casefold() for word in wanted)
    ]


def _types(language: Language, others: list[Listed], type_: str, words: str) -> Facet:
    kept = [("q", words)] if words else []
    path = f"/{language}/document/"
    choices = []
    for name in TYPES:
        count = len(_chosen(others, name, words))
        if not count:
            continue
        chosen = name == type_
        pairs = kept if chosen else [*kept, ("type", name)]
        label = next(one.type_name for one in others if one.type == name)
        choices.append(Choice(Text(label), count, path + ("?" + urlencode(pairs) if pairs else ""), chosen))
    return Facet("type", say(language, "doc_type"), tuple(sorted(choices, key=lambda choice: -choice.count)))


def _rows(listed: list[Listed]) -> list[Row]:
    return [
        {
            "document": one.iri,
            "name": one.link.text,
            "type": one.type,
            "identifier": one.identifier,
            "issued": one.issued,
            "date_as_stated": one.issued_stated,
            "issued_via": one.via.text if one.via else "",
            "addressed_to": one.addressee.text if one.addressee else "",
            "official": one.official,
            "cited_by": one.cited_by,
            "passages": list(one.passages),
        }
        for one in listed
    ]
