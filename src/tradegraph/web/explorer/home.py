"""Home: a search, examples, what is in here and what is not."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request
from markupsafe import Markup

from tradegraph.drawings.timeline import Lane, Moment, timeline
from tradegraph.explore.kinds import KINDS, Kind, kind_of
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, ID
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.list_content import Content, Lists, when
from tradegraph.web.explorer.list_kinds import LIST_KINDS
from tradegraph.web.explorer.list_request import Wanted
from tradegraph.web.explorer.list_views import NARROW, MapView, map_view
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Fact, date_in_words
from tradegraph.web.notes import Link, Notes, Text
from tradegraph.web.site import Site, iri, link_to, text
from tradegraph.web.sparql import endpoint_url
from tradegraph.web.words import say

FIRST_QUESTIONS: Final = ("Q032", "Q018", "Q039", "Q007", "Q071", "Q079", "Q128", "Q137")
_TILES: Final = ("mission", "agreement", "territory", "organisation", "person", "instrument", "policy", "event")
_ALSO: Final = {
    "question": "/question/",
    "observation": "/statistics/",
    "document": "/document/",
    "passage": "/document/",
}
_ENDS: Final = frozenset(
    ("organisation", "territory", "person", "mission", "instrument", "policy", "event", "agreement", "grouping")
)
_MOST_ENDS: Final = 60
_FROM_AND_TO: Final = (ID + "organisation/vno-ncw", ID + "territory/idn")
_SHOWN_REFUSALS: Final = 2
_STRIP_MONTHS: Final = 24


@dataclass(frozen=True)
class Tile:
    """A kind of thing with its number, leading to the list of them."""

    kind: Kind
    count: int
    href: str


@dataclass(frozen=True)
class Read:
    """A document that was read: its date in words, and how many passages of it the graph has."""

    link: Link
    date: str
    passages: int


@dataclass(frozen=True)
class Gap:
    """A reason why something is missing, and how often it is."""

    reason: Link
    count: int


@dataclass(frozen=True)
class Strip:
    """The missions of the last years that have a month or a day, on a line; `undated` are the others."""

    wide: Markup
    narrow: Markup
    undated: int


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_home", __name__)
    lists = Lists(site)

    @routes.get("/<any(nl, en):language>/")
    def home(language: Language) -> Response:
        check_parameters(request.args, ())
        return site.page("landing.html", language, lambda: _content(site, lists, language))

    return routes


def _content(site: Site, lists: Lists, language: Language) -> Mapping[str, object]:
    notes = site.notes(language)
    missions = lists.content(Wanted(LIST_KINDS["mission"]), language)
    refusals, absences, shown = _refusals(lists, notes, language)
    names, starts = _ends(lists, language)
    found = lists.counts()
    return {
        "tiles": _tiles(found, language),
        "also": _also(found, language),
        "questions": _questions(site, language),
        "question_count": len(site.questions),
        "ends": names,
        "starts": starts,
        "map": _map(missions),
        "map_href": missions.wanted.as_view("map").address(language),
        "strip": _strip(missions),
        "strip_href": missions.wanted.as_view("timeline").address(language),
        "mission_count": len(missions.items),
        "documents": _documents(lists, language),
        "gaps": _gaps(lists, language),
        "refusals": refusals,
        "absences": absences,
        "shown_refusals": shown,
        "sources": notes.sources(),
        "endpoint": endpoint_url(site.endpoint.settings.base_url, request),
    }


def _tiles(found: Mapping[str, int], language: Language) -> list[Tile]:
    return [Tile(KINDS[key], found[key], f"/{language}/{key}/") for key in _TILES if found.get(key)]


def _also(found: Mapping[str, int], language: Language) -> list[Tile]:
    return [Tile(KINDS[key], found[key], f"/{language}{path}") for key, path in _ALSO.items() if found.get(key)]


def _questions(site: Site, language: Language) -> list[Link]:
    shown = [site.questions[number] for number in FIRST_QUESTIONS if number in site.questions]
    return [
        Link(one.question.in_(language), href=f"/{language}/questions/{one.query.name.partition('-')[2]}")
        for one in shown
    ]


def _ends(lists: Lists, language: Language) -> tuple[list[Text], tuple[str, str]]:
    """Return names to choose from in the form for connections, and the two that it starts with."""
    things = [iri(row, "thing") for row in lists.panel("home_ends").rows]
    things = [one for one in things if kind_of(one).key in _ENDS][:_MOST_ENDS]
    names = lists.site.named([*things, *_FROM_AND_TO], language)
    first, second = (names[one].text for one in _FROM_AND_TO)
    listed = sorted({names[one].text for one in things}, key=str.casefold)
    return [Text(one) for one in listed], (first, second)


def _map(missions: Content) -> MapView | None:
    return map_view(missions) if missions.items else None


def _strip(missions: Content) -> Strip | None:
    """Return the missions of two years up to the last one whose month is known."""
    language = missions.language
    exact = [(when(item), item) for item in missions.items if len(when(item)) > len("2025")]
    if not exact:
        return None
    latest = max(date for date, _ in exact)
    last = datetime.date(int(latest[:4]), 12, 31)
    first = datetime.date(last.year - _STRIP_MONTHS // 12 + 1, 1, 1)
    shown = [(date, item) for date, item in exact if date >= first.isoformat()[:7]]
    kind = KINDS["mission"]
    moments = tuple(
        Moment(
            missions.name(item.iri).text,
            date,
            text=date_in_words(date, language),
            href=page_address(item.iri, language),
        )
        for date, item in shown
    )
    drawings = [
        timeline(
            (Lane(kind.many.in_(language).capitalize(), kind.colour, moments),),
            first=first,
            last=last,
            language=language,
            title=say(language, "home_strip"),
            width=width,
        ).inline(style)
        for width, style in ((620.0, "wide-only"), (NARROW, "narrow-only"))
    ]
    return Strip(drawings[0], drawings[1], len(missions.items) - len(shown))


def _documents(lists: Lists, language: Language) -> list[Read]:
    rows = lists.panel("home_documents").rows
    names = lists.site.named([iri(row, "document") for row in rows], language)
    return [
        Read(
            link_to(iri(row, "document"), names[iri(row, "document")], language),
            date_in_words(text(row, "issued"), language),
            int(text(row, "passages")),
        )
        for row in rows
    ]


def _gaps(lists: Lists, language: Language) -> list[Gap]:
    rows = lists.panel("home_gaps").rows
    links = lists.site.links([iri(row, "reason") for row in rows], language)
    return [Gap(links[iri(row, "reason")], int(text(row, "things"))) for row in rows]


def _refusals(lists: Lists, notes: Notes, language: Language) -> tuple[int, int, list[Fact]]:
    """Return how many statements refuse an answer, how many say that something is absent, and some of the first."""
    texts: dict[str, dict[str, str]] = {}
    passages: dict[str, dict[str, None]] = {}
    classes: dict[str, str] = {}
    for row in lists.panel("home_refusals").rows:
        statement, said = iri(row, "statement"), row["text"]
        classes[statement] = iri(row, "class")
        if isinstance(said, ox.Literal):
            texts.setdefault(statement, {})[said.language or ""] = said.value
        passages.setdefault(statement, {})[iri(row, "passage")] = None
    refused = [one for one, name in classes.items() if name == DEF + "NonDisclosure"]
    shown = []
    # The shortest are the plainest.
    for statement in sorted(refused, key=lambda one: (len(texts[one].get(language, "")), one))[:_SHOWN_REFUSALS]:
        said_text = notes.text(texts[statement]) or Text("")
        marks = notes.mark(passages[statement], say(language, "home_refused"), record=statement)
        shown.append(Fact(said_text, marks))
    return len(refused), len(classes) - len(refused), shown
