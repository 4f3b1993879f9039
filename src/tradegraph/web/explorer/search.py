"""The page of search results: things, passages and terms, each counted; and what the sources say is absent."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.errors import QueryRefused
from tradegraph.explore.kinds import KINDS, Kind, kind_of
from tradegraph.explore.passages import Passage
from tradegraph.languages import LANGUAGES, Language
from tradegraph.search import Hit, SearchIndex
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.search_words import Spelling, absent, broader
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Fact, Pager, Tab, date_in_words
from tradegraph.web.notes import Link, Notes, Text
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site, link_to
from tradegraph.web.words import say

Lane = Literal["things", "passages", "terms"]
LANES: Final[tuple[Lane, ...]] = ("things", "passages", "terms")
COUNTED: Final = 500
"""Hits that are counted in each lane; beyond it says “more than”."""
FIRST: Final[dict[Lane, int]] = {"things": 8, "passages": 6, "terms": 6}
PAGE_SIZE: Final = 25
SUGGESTED: Final = 8
_PARAMETERS: Final = ("kind", "page", "q")
_THINGS: Final = (
    "Mission MissionSet Event Agreement Negotiation Territory CountryGrouping Venue Person Office OfficeHolding "
    "Cabinet CabinetPhase Organisation PolicyInstrument Policy Project Document ParliamentaryQuestion Answer "
    "Commitment Observation Ranking DataSet PeriodOfTime"
)
_CLASSES: Final[dict[Lane, tuple[str, ...]]] = {
    "things": tuple(_THINGS.split()),
    "passages": ("Passage",),
    "terms": ("Concept", "ConceptScheme", "Class", "ObjectProperty", "DatatypeProperty"),
}


@dataclass(frozen=True)
class Result:
    """A hit as the page shows it: what it is, its name, the piece of text with the words marked.

    `where` leads to the place in the document, for a passage.
    """

    kind: Kind
    badge: str
    link: Link
    pieces: tuple[tuple[str, bool], ...]
    language: str
    where: Link | None = None


@dataclass(frozen=True)
class LaneShown:
    """A lane of the results: how many there are, whether there are more than were counted, and where all are."""

    key: Lane
    title: str
    count: int
    more: bool
    all: str
    results: tuple[Result, ...]
    kinds: tuple[Tab, ...] = ()


@dataclass(frozen=True)
class Absence:
    """A statement that something is absent: its text with the source, who said so and when."""

    fact: Fact
    said: str
    href: str


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_search", __name__)
    spelling = Spelling(site)

    @routes.get("/<any(nl, en):language>/search")
    def search(language: Language) -> Response:
        check_parameters(request.args, _PARAMETERS)
        text = " ".join(request.args.get("q", "").split())
        lane, kind = _narrowed(request.args.get("kind", ""))
        page = _page(request.args.get("page", "1"), bool(lane))
        return site.page("search.html", language, lambda: _results(site, spelling, text, lane, kind, page, language))

    @routes.get("/<any(nl, en):language>/search/suggest")
    def suggest(language: Language) -> Response:
        check_parameters(request.args, ("q",))
        text = request.args.get("q", "")
        return site.send(language, lambda: json.dumps(_suggested(site, text, language)), "application/json")

    return routes


def _narrowed(given: str) -> tuple[Lane | None, str]:
    """Return the lane that `kind` names, and the kind of things where it names one."""
    if not given:
        return None, ""
    lane = next((one for one in LANES if one == given), None)
    if lane:
        return lane, ""
    if given in KINDS and given not in ("passage", "concept"):
        return "things", given
    known = ", ".join([*LANES, *(key for key, kind in KINDS.items() if kind.layer == "thing")])
    raise RequestError(400, f"kind={given[:60]} cannot be used.", f"There are: {known}.")


def _page(text: str, narrowed: bool) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= COUNTED:
        raise RequestError(400, f"page={text[:60]} cannot be used.", "Give a whole number from 1.")
    if int(text) > 1 and not narrowed:
        raise RequestError(400, "This page has no further pages.", f"Give kind as well: {', '.join(LANES)}.")
    return int(text)


def _index(site: Site) -> SearchIndex:
    if site.endpoint.index is None:
        raise RequestError(404, "This release has no search index.", "Build the release again to get one.")
    return site.endpoint.index


def _results(
    site: Site, spelling: Spelling, text: str, lane: Lane | None, kind: str, page: int, language: Language
) -> Mapping[str, object]:
    shown: dict[str, object] = {"words": text, "lane": lane, "lanes": (), "count": 0, "empty": not text}
    if not text:
        return shown
    index = _index(site)
    try:
        found, other = _find(index, text, language)
    except QueryRefused as error:
        raise RequestError(400, error.detail, error.remedy) from error
    if kind:
        found["things"] = tuple(hit for hit in found["things"] if kind_of(hit.iri).key == kind)
    total = sum(len(hits) for hits in found.values())
    notes = site.notes(language)
    absences = [_absence(site, notes, hit, language) for hit in absent(index, text)] if page == 1 else []
    shown["absences"] = absences
    if lane:
        size = len(found[lane])
        if page > max(1, -(-size // PAGE_SIZE)):
            raise RequestError(404, f"There is no page {page} of these results.", f"There are {size} results.")
        part = found[lane][(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        shown["lanes"] = (_lane(site, lane, found[lane], part, text, kind, language),)
        given = [("kind", kind or lane), ("q", text)]
        shown["pager"] = Pager.of(size, page, f"/{language}/search", given, PAGE_SIZE)
    else:
        shown["lanes"] = tuple(
            _lane(site, one, found[one], found[one][: FIRST[one]], text, "", language) for one in LANES if found[one]
        )
    shown |= {
        "count": total,
        "other_language": other and total > 0,
        "tabs": _tabs(text, lane, found, kind, language),
        "sources": notes.sources(),
    }
    if not total:
        better = spelling.suggest(index, text, language)
        shown["better"] = Link(better, href=_address(language, better)) if better else None
        shown["broader"] = [
            (Link(one.text, href=_address(language, one.text)), one.count) for one in broader(index, text)
        ]
        shown["documents"] = [
            (link_to(one.iri, site.named([one.iri], language)[one.iri], language), date_in_words(one.issued, language))
            for one in site.passages.documents(site.reader()).values()
        ]
        shown["things"] = site.endpoint.release.quads
    return shown


def _find(index: SearchIndex, text: str, language: Language) -> tuple[dict[Lane, tuple[Hit, ...]], bool]:
    """Return the hits of each lane in the language of the page; where there is none at all, in the other one."""
    for asked in (language, *(one for one in LANGUAGES if one != language)):
        found: dict[Lane, tuple[Hit, ...]] = {}
        for lane in LANES:
            classes = [name for name in _CLASSES[lane] if name in index.kinds]
            found[lane] = index.find(text, asked, classes, COUNTED + 1) if classes else ()
        if any(found.values()):
            break
    return found, asked != language


def _lane(
    site: Site, lane: Lane, hits: tuple[Hit, ...], part: tuple[Hit, ...], text: str, kind: str, language: Language
) -> LaneShown:
    titles = {
        "things": say(language, "search_things"),
        "passages": say(language, "search_passages"),
        "terms": say(language, "search_terms"),
    }
    passages = site.passages.of(site.reader(), [hit.iri for hit in part]) if lane == "passages" else {}
    links = site.links([hit.iri for hit in part], language)
    badges = _badges(site, lane, part, language)
    results = tuple(_result(hit, badges[hit.iri], links[hit.iri], passages.get(hit.iri), language) for hit in part)
    kinds: tuple[Tab, ...] = ()
    if lane == "things" and not kind:
        counts = Counter(kind_of(hit.iri).key for hit in hits)
        kinds = tuple(
            Tab(f"{KINDS[key].many.in_(language)} {count}", _address(language, text, key))
            for key, count in counts.most_common()
            if key in KINDS
        )
    title = KINDS[kind].many.in_(language).capitalize() if kind else titles[lane]
    return LaneShown(
        lane,
        title,
        min(len(hits), COUNTED),
        len(hits) > COUNTED,
        _address(language, text, kind or lane),
        results,
        kinds if len(kinds) > 1 else (),
    )


def _badges(site: Site, lane: Lane, hits: tuple[Hit, ...], language: Language) -> dict[str, str]:
    """Return what each hit is, in a word, by IRI: by the folder of its IRI, by its class when a writer named it."""
    classes = _index(site).kinds if lane == "things" and any(not kind_of(hit.iri).key for hit in hits) else {}
    of_writers = {hit.iri: classes[hit.kind] for hit in hits if not kind_of(hit.iri).key and hit.kind in classes}
    names = site.named(of_writers.values(), language)
    known = {hit.iri: kind_of(hit.iri) for hit in hits}
    return {
        iri: names[of_writers[iri]].text
        if iri in of_writers
        else (kind.one.in_(language) if kind.key else say(language, "search_term"))
        for iri, kind in known.items()
    }


def _result(hit: Hit, badge: str, link: Link, passage: Passage | None, language: Language) -> Result:
    kind = kind_of(hit.iri)
    pieces = tuple(hit.snippet.pieces())
    where = None
    if passage is not None and passage.document is not None:
        key = hit.iri.rpartition("/")[2]
        where = Link(link.text, link.language, f"{page_address(passage.document.iri, language)}#{key}")
    elif hit.snippet.text == link.text:
        # It would be the name again.
        pieces = ()
    other = hit.language if hit.language != language else ""
    return Result(kind, badge, link, pieces, other, where)


def _tabs(
    text: str, lane: Lane | None, found: Mapping[Lane, tuple[Hit, ...]], kind: str, language: Language
) -> list[Tab]:
    names = {
        "things": say(language, "search_things"),
        "passages": say(language, "search_passages"),
        "terms": say(language, "search_terms"),
    }
    tabs = [Tab(say(language, "search_all"), _address(language, text), lane is None)]
    for one in LANES:
        count = len(found[one])
        number = f"{COUNTED}+" if count > COUNTED else str(count)
        tabs.append(Tab(f"{names[one]} {number}", _address(language, text, one), one == lane and not kind))
    return tabs


def _absence(site: Site, notes: Notes, hit: Hit, language: Language) -> Absence:
    rows = site.panel("search_statement", {"thing": ox.NamedNode(hit.iri)}).rows
    texts = {row["value"].language or "": row["value"].value for row in rows if isinstance(row["value"], ox.Literal)}
    passages = [row["value"].value for row in rows if isinstance(row["value"], ox.NamedNode)]
    said = notes.text(texts) or Text(hit.label)
    marks = notes.mark(passages, say(language, "search_absent_about"), record=hit.iri)
    origin = ""
    for passage in site.passages.of(site.reader(), passages).values():
        if (document := passage.document) is not None:
            names = site.named([document.iri, *([document.issued_via] if document.issued_via else [])], language)
            parts = [names[document.issued_via].text] if document.issued_via else []
            parts += [names[document.iri].text + (f" ({document.identifier})" if document.identifier else "")]
            parts += [date_in_words(document.issued, language)] if document.issued else []
            origin = ", ".join(parts)
            break
    return Absence(Fact(said, marks), origin, page_address(hit.iri, language))


def _address(language: Language, text: str, kind: str = "") -> str:
    pairs = ([("kind", kind)] if kind else []) + [("q", text)]
    return f"/{language}/search?" + urlencode(pairs)


def _suggested(site: Site, text: str, language: Language) -> dict[str, object]:
    """Return what completes the words: groups by kind, best first; nothing for what cannot be asked."""
    try:
        hits = _index(site).find(text, language, (), 4 * SUGGESTED, as_you_type=True)
    except QueryRefused:
        hits = ()
    shown = [hit for hit in hits if kind_of(hit.iri).layer == "thing" and kind_of(hit.iri).key != "passage"][:SUGGESTED]
    links = site.links([hit.iri for hit in shown], language)
    groups: dict[str, list[dict[str, str]]] = {}
    for hit in shown:
        kind = kind_of(hit.iri)
        groups.setdefault(kind.key, []).append({"text": links[hit.iri].text, "href": links[hit.iri].href})
    return {
        "groups": [
            {"name": KINDS[key].many.in_(language), "colour": KINDS[key].colour, "items": items}
            for key, items in groups.items()
        ]
    }
