"""The quality of the data: validation, contradictions, gaps, coverage; and what this site is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request

from tradegraph.explore.reading import Solution
from tradegraph.explore.stored import filled
from tradegraph.languages import Language, Words
from tradegraph.namespaces import ID
from tradegraph.queries import StoredQuery
from tradegraph.web.addresses import page_address, query_address
from tradegraph.web.explorer import about, coverage
from tradegraph.web.explorer.document_facts import queries
from tradegraph.web.explorer.quality_listings import LISTINGS, Listing
from tradegraph.web.explorer.quality_lists import Item, columns, file_rows, listed, marked
from tradegraph.web.explorer.quality_reading import ShapesReport, read_report, shown
from tradegraph.web.explorer.row_files import format_asked, format_links, page_asked, send_rows
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import PAGE_SIZE, Actions, Choice, Facet, Pager, Query
from tradegraph.web.notes import Link, Text
from tradegraph.web.problems import RequestError
from tradegraph.web.revision import Kept
from tradegraph.web.site import Site
from tradegraph.web.words import say

CHECKS: Final = "checks"
_FIRST: Final = ("contradictions", "replaced", "possibly-same")
"""Shown in full on the quality page itself; of the others it has the counts."""


@dataclass(frozen=True)
class Check:
    """A query that must find nothing, with what it found in this release: rows of texts by variable, linked."""

    key: str
    title: str
    question: Words
    rows: tuple[tuple[tuple[str, Link], ...], ...]
    query: str


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_quality", __name__)
    stored = {query.name: query for query in map(StoredQuery.read, site.project.query_files(CHECKS))}
    report = read_report(site.endpoint.release.directory)
    # What the checks find is the same until something is written, and takes a quarter of a second.
    kept: Kept[tuple[Solution, ...]] = Kept(site.endpoint.revision)

    def found(query: StoredQuery) -> tuple[Solution, ...]:
        return kept.of(query.name, lambda: tuple(site.reader().rows(filled(query, {}))))

    def checks(language: Language) -> tuple[Check, ...]:
        return tuple(_check(site, language, query, found(query)) for query in stored.values())

    @routes.get("/<any(nl, en):language>/quality")
    def quality(language: Language) -> Response:
        check_parameters(request.args, ())
        return site.page("quality.html", language, lambda: _overview(site, language, checks(language), report))

    @routes.get("/<any(nl, en):language>/quality/<key>")
    def one_list(language: Language, key: str) -> Response:
        check_parameters(request.args, ("reason", "page", "format"))
        form = format_asked()
        if key in stored:
            return _check_page(site, language, stored[key], found(stored[key]), form)
        if key not in LISTINGS:
            known = ", ".join([*LISTINGS, *stored])
            raise RequestError(404, f"There is no list “{key}” on quality.", f"There are: {known}.")
        listing = LISTINGS[key]
        if form:
            return send_rows(
                site,
                language,
                form,
                key,
                columns(listing),
                lambda: file_rows(_with_reason(listing, listed(site, language, listing)[0])),
            )
        return site.page("quality_list.html", language, lambda: _list(site, language, listing))

    @routes.get("/nl/<any(kwaliteit, dekking, over):name>")
    def dutch_alias(name: str) -> Response:
        check_parameters(request.args, ())
        pages = {"kwaliteit": "quality", "dekking": "coverage", "over": "about"}
        return cast("Response", redirect(f"/nl/{pages[name]}", 301))

    coverage.add_routes(routes, site)
    about.add_routes(routes, site)
    return routes


def _overview(
    site: Site, language: Language, checks: tuple[Check, ...], report: ShapesReport | None
) -> Mapping[str, object]:
    notes, panels = site.notes(language), []
    full, counts = [], []
    for key, listing in LISTINGS.items():
        items, run = listed(site, language, listing)
        panels.append(run[0])
        if key in _FIRST:
            full.append((listing, marked(notes, listing, items), run[0].address(language)))
        else:
            by_reason = Counter((one.reason, one.reason_name) for one in items)
            reasons = [
                (name or say(language, "doc_quality_no_reason"), count, _address(language, key, reason))
                for (reason, name), count in sorted(by_reason.items(), key=lambda found: (-found[1], found[0][1]))
            ]
            counts.append((listing, len(items), reasons if listing.reason else ()))
    # Those that can be told apart by reason first: side by side they are of a length.
    counts.sort(key=lambda one: not one[2])
    release = site.endpoint.release
    return {
        "report": report,
        "violations": report.count("Violation") if report else 0,
        "warnings": report.count("Warning") if report else 0,
        "remarks": report.count("Info") if report else 0,
        "findings": shown(site, language, report) if report else (),
        "checks": checks,
        "rows_found": sum(len(check.rows) for check in checks),
        "full": full,
        "counts": counts,
        "release_facts": _release_facts(site, language),
        "graphs": [
            (Link(iri.rpartition("/")[2], href=page_address(iri, language)), count) for iri, count in release.graphs
        ],
        "actions": Actions((), queries(site, language, panels), request.path),
        "sources": notes.sources(),
    }


def _address(language: Language, key: str, reason: str) -> str:
    return f"/{language}/quality/{key}" + ("?" + urlencode({"reason": reason.removeprefix(ID) or "none"}))


def _release_facts(site: Site, language: Language) -> list[tuple[str, str]]:
    release = site.endpoint.release
    return [
        (say(language, "doc_quality_identifier"), release.identifier),
        (say(language, "doc_quality_sha"), release.sha256),
        (say(language, "doc_quality_inputs"), release.inputs),
        (say(language, "doc_quality_ontology"), release.ontology_version),
    ]


def _check(site: Site, language: Language, query: StoredQuery, found: tuple[Solution, ...]) -> Check:
    links = site.links(
        {term.value for row in found for term in row.values() if isinstance(term, ox.NamedNode)}, language
    )
    rows = tuple(
        tuple(
            (name, links[term.value] if isinstance(term, ox.NamedNode) else Link(getattr(term, "value", str(term))))
            for name, term in row.items()
        )
        for row in found
    )
    return Check(
        query.name,
        query.title,
        Words(query.question_nl, query.question_en),
        rows,
        query_address(filled(query, {}), language),
    )


def _check_page(site: Site, language: Language, query: StoredQuery, found: tuple[Solution, ...], form: str) -> Response:
    if form:

        def rows() -> list[dict[str, str | int | list[str]]]:
            return [{name: str(getattr(term, "value", term)) for name, term in row.items()} for row in found]

        names = tuple(dict.fromkeys(name for row in rows() for name in row)) or ("row",)
        return send_rows(site, language, form, query.name, names, rows)

    def view() -> Mapping[str, object]:
        check = _check(site, language, query, found)
        return {
            "check": check,
            "question": check.question.in_(language),
            "row": query.row,
            "text": query.text,
            "actions": Actions(
                format_links(), (Query(check.question.in_(language), check.query),), request.full_path.rstrip("?")
            ),
        }

    return site.page("quality_check.html", language, view)


def _with_reason(listing: Listing, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the rows of the reason that the address asks for; RequestError 400 for one that no row has."""
    asked = request.args.get("reason", "")
    if not asked:
        return items
    wanted = "" if asked == "none" else ID + asked
    known = sorted({one.reason.removeprefix(ID) or "none" for one in items})
    if not listing.reason or asked not in known:
        there = ", ".join(known) if listing.reason else "none, since this list has no reasons"
        raise RequestError(400, f"No row has reason={asked}.", f"There are: {there}.")
    return tuple(one for one in items if one.reason == wanted)


def _list(site: Site, language: Language, listing: Listing) -> Mapping[str, object]:
    every, panels = listed(site, language, listing)
    items = _with_reason(listing, every)
    number = page_asked(len(items))
    notes = site.notes(language)
    rows = marked(notes, listing, items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    chosen = request.args.get("reason", "")
    counts = Counter((one.reason, one.reason_name) for one in every)
    choices = tuple(
        Choice(
            Text(name or say(language, "doc_quality_no_reason")),
            count,
            f"/{language}/quality/{listing.key}" if is_chosen else _address(language, listing.key, reason),
            is_chosen,
        )
        for (reason, name), count in sorted(counts.items(), key=lambda found: (-found[1], found[0][1]))
        for is_chosen in [bool(chosen) and chosen == (reason.removeprefix(ID) or "none")]
    )
    return {
        "listing": listing,
        "title": listing.title.in_(language),
        "text": listing.text.in_(language),
        "items": rows,
        "total": len(items),
        "facet": Facet("reason", say(language, "doc_quality_reason"), choices) if listing.reason else None,
        "pager": Pager.of(
            len(items), number, f"/{language}/quality/{listing.key}", [("reason", chosen)] if chosen else []
        ),
        "query": panels[0].address(language),
        "actions": Actions(format_links(), queries(site, language, panels), request.full_path.rstrip("?")),
        "sources": notes.sources(),
    }
