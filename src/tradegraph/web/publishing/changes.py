"""What changed between releases: for programs under `/changes`, as pages under `/{language}/changes`, and as a feed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, render_template, request

from tradegraph.errors import QueryError
from tradegraph.languages import LANGUAGES, Language, Words
from tradegraph.media_types import HTML
from tradegraph.namespaces import BASE
from tradegraph.publish.difference_forms import as_json, as_turtle
from tradegraph.publish.differences import HOWS, How
from tradegraph.publish.feed import ATOM, Entry, Feed
from tradegraph.publish.kept_differences import PAGE_SIZE, KeptDifference
from tradegraph.publish.site_record import series
from tradegraph.release import Turn
from tradegraph.web.frame import check_parameters, language_of_request, number
from tradegraph.web.kit import Pager, Tab
from tradegraph.web.problems import RequestError
from tradegraph.web.publishing import change_page
from tradegraph.web.publishing.download_page import moments_in_words
from tradegraph.web.publishing.forms import JSON, PAGE, TURTLE, form_wanted, rdf
from tradegraph.web.publishing.record import see, site_address
from tradegraph.web.publishing.shelf import Shelf, answered
from tradegraph.web.site import Site
from tradegraph.web.words import say

MOST_ENTRIES: Final = 20
_OLDER: Final = ("from", "format")
_LISTS: Final = ("from", "kind", "how", "page")


@dataclass(frozen=True)
class Step:
    """A release that became current, the one before it, and what that changed in words."""

    turn: Turn
    previous: str
    moment: str
    paragraphs: tuple[str, ...]


def blueprint(site: Site, shelf: Shelf) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("publishing_changes", __name__)

    @routes.get("/changes")
    @routes.get("/changes/")
    def history() -> Response:
        check_parameters(request.args, ("format",))
        form = form_wanted(JSON, PAGE)
        if form == PAGE:
            return see(f"/{language_of_request()}/changes", "Accept, Accept-Language")
        return answered(lambda: _history(shelf), form.media_type, shelf.state(), Vary="Accept")

    @routes.get("/changes/<version>")
    def of_version(version: str) -> Response:
        check_parameters(request.args, _OLDER)
        form = form_wanted(JSON, TURTLE, PAGE)
        release = shelf.read(version)
        if form == PAGE:
            query = f"?from={older}" if (older := request.args.get("from")) else ""
            return see(f"/{language_of_request()}/changes/{release.identifier}{query}", "Accept, Accept-Language")
        old = _older(shelf, release.identifier)
        if old is None:
            first = json.dumps({"from": None, "to": release.identifier, "things": []}) + "\n"
            day = [(one.release.identifier, one.turn.day) for one in shelf.listed()]
            mine = [pair for pair in day if pair[0] == release.identifier]
            body = first if form == JSON else rdf(series(mine, site_address(site)), form)
            return answered(lambda: body, form.media_type, release.sha256, Vary="Accept")
        found = shelf.difference(old, release.identifier)
        parts = as_json(found) if form == JSON else as_turtle(found)
        fields = {"Content-Type": form.media_type, "Vary": "Accept", "Cache-Control": "no-cache"}
        return Response((part.encode() for part in parts) if request.method != "HEAD" else (), headers=fields)

    @routes.get("/<any(nl, en):language>/changes")
    def page(language: Language) -> Response:
        check_parameters(request.args, ())

        def make() -> str:
            return render_template("changes.html", steps=_steps(shelf, language), served=shelf.release.identifier)

        return answered(make, HTML, language, shelf.state())

    @routes.get("/<any(nl, en):language>/changes/<version>")
    def page_of_version(language: Language, version: str) -> Response:
        check_parameters(request.args, _LISTS)
        release = shelf.read(version)
        old = _older(shelf, release.identifier)
        return answered(
            lambda: _version_page(site, shelf, release.identifier, old, language),
            HTML,
            language,
            release.sha256,
            shelf.release.sha256,
            shelf.state(),
        )

    @routes.get("/feed.atom")
    def feed() -> Response:
        check_parameters(request.args, ())
        return see(f"/{language_of_request()}/feed.atom", "Accept-Language", 302)

    @routes.get("/<any(nl, en):language>/feed.atom")
    def feed_in(language: Language) -> Response:
        check_parameters(request.args, ())
        return answered(
            lambda: "".join(_feed(shelf, site_address(site), language).written()),
            ATOM,
            language,
            shelf.state(),
            site_address(site),
        )

    return routes


def _older(shelf: Shelf, version: str) -> str | None:
    """Return the release to compare with: the one that the address names, else the one before; None for the first."""
    asked = request.args.get("from")
    if not asked:
        return shelf.previous(version)
    old = shelf.read(asked).identifier
    if old == version:
        raise RequestError(400, f"from={asked} is the same release.", "Name another one, or leave it out.")
    return old


def _pairs(shelf: Shelf) -> Iterator[tuple[Turn, str]]:
    """Yield each time that a release became current, the newest first, with the one before (empty for the first)."""
    turns = shelf.history()
    for place in range(len(turns) - 1, -1, -1):
        yield turns[place], turns[place - 1].identifier if place else ""


def _steps(shelf: Shelf, language: Language) -> list[Step]:
    found = []
    pairs = list(_pairs(shelf))[:MOST_ENTRIES]
    moments = moments_in_words([turn for turn, _ in pairs], language)
    for turn, previous in pairs:
        if not previous:
            quads = number(shelf.read(turn.identifier).quads, language)
            paragraphs: tuple[str, ...] = (say(language, "releases_first", n=quads),)
        elif previous == turn.identifier:
            paragraphs = (say(language, "releases_same"),)
        else:
            paragraphs = _compared(shelf, previous, turn.identifier, language)
        found.append(Step(turn, previous, moments[turn], paragraphs))
    return found


def _compared(shelf: Shelf, old: str, new: str, language: Language) -> tuple[str, ...]:
    try:
        return change_page.sentences(shelf.difference(old, new).summary, language)
    except QueryError:
        # Too large to compare on request, or somebody else's comparison is running: the sizes are known anyway.
        before, after = (number(shelf.read(one).quads, language) for one in (old, new))
        return (say(language, "releases_sizes", before=before, after=after),)


def _history(shelf: Shelf) -> str:
    members = [
        {
            "release": turn.identifier,
            "current_since": turn.timestamp,
            "previous": previous or None,
            "changes": f"/changes/{turn.identifier}" + (f"?from={previous}" if previous else ""),
        }
        for turn, previous in _pairs(shelf)
    ]
    return json.dumps({"served": shelf.release.identifier, "history": members}, indent=2) + "\n"


def _feed(shelf: Shelf, root: str, language: Language) -> Feed:
    entries = [
        Entry(
            # The same however the site is reached, and another one when a release becomes current again.
            identifier=f"{BASE}changes/{step.turn.identifier}/{language}#{step.turn.timestamp}",
            title=say(language, "releases_entry", version=step.turn.identifier),
            page=f"{root}/{language}/changes/{step.turn.identifier}",
            updated=step.turn.timestamp,
            paragraphs=step.paragraphs,
        )
        for step in _steps(shelf, language)
    ]
    return Feed(
        identifier=f"{BASE}{language}/feed.atom",
        title=say(language, "releases_feed"),
        subtitle=say(language, "releases_feed_about"),
        author=say(language, "releases_team"),
        rights="CC0 1.0",
        language=language,
        address=f"{root}/{language}/feed.atom",
        page=f"{root}/{language}/changes",
        entries=entries,
        others=[(one, f"{root}/{one}/feed.atom") for one in LANGUAGES if one != language],
    )


def _version_page(site: Site, shelf: Shelf, new: str, old: str | None, language: Language) -> str:
    turns = {turn.identifier: turn for turn in shelf.history()}
    moments = moments_in_words(turns.values(), language)
    days = {identifier: moments[turn] for identifier, turn in turns.items()}
    common = {
        "version": new,
        "old": old,
        "days": days,
        "served": shelf.release.identifier,
        "others": [one for one in reversed(list(turns)) if one not in (new, old)],
    }
    if old is None:
        quads = shelf.read(new).quads
        return render_template("changes_release.html", **common, difference=None, quads=quads)
    found = shelf.difference(old, new)
    return render_template("changes_release.html", **common, difference=found.summary, **_lists(site, found, language))


def _lists(site: Site, found: KeptDifference, language: Language) -> dict[str, object]:
    """Return what the page of a comparison shows: tables, and the chosen page of the chosen list."""
    summary = found.summary
    kind, how = request.args.get("kind", ""), request.args.get("how", "")
    if how and how not in HOWS:
        raise RequestError(400, f"how={how} cannot be used.", f"There are: {', '.join(HOWS)}.")
    if kind and kind not in {one.kind for one in summary.kinds}:
        there = ", ".join(one.kind for one in summary.kinds) or "none"
        raise RequestError(400, f"No thing of kind “{kind}” differs.", f"Those that do are of kind: {there}.")
    chosen = change_page.chosen_list(summary, kind, how)
    parameters = [("from", older)] if (older := request.args.get("from")) else []
    rows = change_page.kind_rows(summary, request.path, parameters, chosen)
    shown: dict[str, object] = {
        "kinds": rows,
        "graphs": change_page.graph_rows(summary, language),
        "sentences": change_page.sentences(summary, language),
        "chosen": chosen,
    }
    if chosen is None:
        return shown
    page = _page_number()
    things = found.things(*chosen, page)
    total = next(one.of(chosen[1]) for one in summary.kinds if one.kind == chosen[0])
    if not things:
        raise RequestError(404, f"There is no page {page}.", f"There are {-(-total // PAGE_SIZE)} pages.")
    names = site.named([*change_page.iris_shown(things), *(one.thing for one in things)], language)
    labels: dict[str, Words] = {term.iri: term.label for term in site.vocabulary.properties}
    pairs = [*parameters, ("kind", chosen[0]), ("how", chosen[1])]
    return shown | {
        "kind": change_page.kind_named(chosen[0]),
        "how": chosen[1],
        "how_word": change_page.how_in_words(chosen[1], language),
        "things": change_page.thing_rows(things, names, labels, language),
        "pager": Pager.of(total, page, request.path, pairs, PAGE_SIZE),
        "tabs": _tabs(rows, chosen, language),
        "total": total,
    }


def _tabs(rows: list[change_page.KindRow], chosen: tuple[str, How], language: Language) -> list[Tab]:
    row = next(one for one in rows if one.kind == change_page.kind_named(chosen[0]))
    return [
        Tab(f"{change_page.how_in_words(how, language)} ({number(count.count, language)})", count.href, count.current)
        for how, count in zip(HOWS, row.counts, strict=True)
        if count.count
    ]


def _page_number() -> int:
    given = request.args.get("page") or "1"
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= 10**7:
        raise RequestError(400, f"page={given} cannot be used.", "Give a whole number from 1.")
    return int(given)
