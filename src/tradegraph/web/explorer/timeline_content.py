"""What the timeline shows: missions, events, agreements, offices and documents, each as exactly dated as stated."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, Self, get_args

from werkzeug.datastructures import MultiDict

from tradegraph.drawings.scales import span_of
from tradegraph.drawings.svg import Swatch
from tradegraph.drawings.timeline import Lane, Moment, timeline
from tradegraph.explore.kinds import KINDS, Kind, kind_of
from tradegraph.languages import Language
from tradegraph.namespaces import ID
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.map_places import NOT_DRAWN
from tradegraph.web.explorer.picture_parts import Option, Picture, address_with, documents_of
from tradegraph.web.explorer.row_files import Row
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import date_in_words
from tradegraph.web.notes import Link, Mark, Notes
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site, iri, text
from tradegraph.web.words import say

LaneName = Literal["missions", "events", "agreements", "offices", "documents"]
LANES: Final[tuple[LaneName, ...]] = get_args(LaneName)
FIRST_LANES: Final[tuple[LaneName, ...]] = ("missions", "events", "offices")
PARAMETERS: Final = ("country", "format", "from", "lanes", "to")
TIME_COLUMNS: Final = ("lane", "thing", "label", "start", "end", "date_as_stated", "passages")
_KINDS: Final[dict[LaneName, Kind]] = {
    "missions": KINDS["mission"],
    "events": KINDS["event"],
    "agreements": KINDS["agreement"],
    "offices": KINDS["office"],
    "documents": KINDS["document"],
}
_START: Final = 2025
_END: Final = 2026
"""The years shown when none is asked for: those that the documents are mostly about."""


@dataclass(frozen=True)
class Asked:
    """The parameters of the timeline; `country` is an IRI, empty where not asked."""

    lanes: tuple[LaneName, ...] = FIRST_LANES
    first: int = _START
    last: int = _END
    country: str = ""

    @classmethod
    def read(cls, given: MultiDict[str, str], more: tuple[str, ...] = ()) -> Self:
        """Read them; RequestError 400 for what is not known. Forms send `lanes` more than once."""
        single = MultiDict((name, value) for name, value in given.items(multi=True) if name != "lanes")
        check_parameters(single, sorted((*PARAMETERS, *more)))
        named = [one for value in given.getlist("lanes") for one in value.split(",") if one]
        if unknown := [one for one in named if one not in LANES]:
            raise RequestError(400, f"There is no lane “{unknown[0]}”.", f"There are: {', '.join(LANES)}.")
        first, last = _year(given, "from", _START), _year(given, "to", _END)
        if first > last:
            raise RequestError(400, f"from={first} is after to={last}.", "Swap the two years.")
        if last - first > 500:
            raise RequestError(400, f"{first} to {last} is too long to draw.", "Ask for at most 500 years.")
        country = given.get("country", "").removeprefix("territory/")
        if country and not re.fullmatch(r"[A-Za-z0-9._~-]+", country):
            raise RequestError(400, f"country={country} is no key.", "Give the key of a territory, such as idn.")
        lanes = tuple(one for one in LANES if one in named) or FIRST_LANES
        return cls(lanes, first, last, ID + "territory/" + country if country else "")

    def parameters(self) -> dict[str, str]:
        """Return them as an address has them."""
        return {
            "country": self.country.removeprefix(ID + "territory/"),
            "from": "" if self.first == _START else str(self.first),
            "lanes": "" if self.lanes == FIRST_LANES else ",".join(self.lanes),
            "to": "" if self.last == _END else str(self.last),
        }


def _year(given: MultiDict[str, str], name: str, otherwise: int) -> int:
    written = given.get(name, "")
    if written and not re.fullmatch(r"\d{4}", written):
        raise RequestError(400, f"{name}={written} is no year.", "Give four digits, such as 2025.")
    return int(written) if written and int(written) > 0 else otherwise


@dataclass
class _Happening:
    lane: LaneName
    thing: str
    start: str = ""
    end: str = ""
    open_start: bool = False
    open_end: bool = False
    stated: str = ""
    steps: dict[str, None] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    passages: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """Something in the list: its date in words, the kind for its colour and icon, a remark and its source marks."""

    lane: LaneName
    kind: Kind
    date: str
    thing: Link
    remark: str
    marks: tuple[Mark, ...]
    iri: str
    start: str
    end: str
    stated: str
    passages: tuple[str, ...]


@dataclass(frozen=True)
class TimeContent:
    """The timeline, the list in order of time, what has no date, and the choices of the form."""

    picture: Picture | None
    listed: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    lanes: tuple[Option, ...]
    countries: tuple[Option, ...]
    notes: Notes
    panels: tuple[tuple[str, Panel], ...]


def read_timeline(site: Site, language: Language, asked: Asked) -> TimeContent:
    """Return what was asked for; any QueryError may be raised."""
    panels = tuple((lane_name(language, lane), site.panel(f"timeline_{lane}")) for lane in asked.lanes)
    everything = [one for lane, (_, panel) in zip(asked.lanes, panels, strict=True) for one in _happenings(lane, panel)]
    countries = {country for one in everything for country in one.countries} - NOT_DRAWN
    wanted = [one for one in everything if not asked.country or asked.country in one.countries]
    first, last = datetime.date(asked.first, 1, 1), datetime.date(asked.last, 12, 31)
    dated = sorted((one for one in wanted if _within(one, first, last)), key=_order)
    undated = [one for one in wanted if not one.start and not one.end]
    named = [*(one.thing for one in wanted), *countries, *(step for one in wanted for step in one.steps)]
    links = site.links([*named, *([asked.country] if asked.country else [])], language)
    notes = site.notes(language)
    listed = tuple(_entry(one, links, notes, language) for one in dated)
    unlisted = tuple(
        _entry(one, links, notes, language) for one in sorted(undated, key=lambda one: links[one.thing].text)
    )
    country = links[asked.country].text if asked.country else ""
    options = [Option(one.removeprefix(ID + "territory/"), links[one].text, one == asked.country) for one in countries]
    return TimeContent(
        _picture(language, asked, listed, dated, first, last, country, documents_of(notes.sources()))
        if listed
        else None,
        listed,
        unlisted,
        tuple(Option(one, lane_name(language, one), one in asked.lanes) for one in LANES),
        tuple(sorted(options, key=lambda one: one.label.casefold())),
        notes,
        panels,
    )


def lane_name(language: Language, lane: LaneName) -> str:
    """Return what a lane is called."""
    match lane:
        case "missions":
            return say(language, "time_lane_missions")
        case "events":
            return say(language, "time_lane_events")
        case "agreements":
            return say(language, "time_lane_agreements")
        case "offices":
            return say(language, "time_lane_offices")
    return say(language, "time_lane_documents")


def _happenings(lane: LaneName, panel: Panel) -> Iterable[_Happening]:
    found: dict[tuple[str, str], _Happening] = {}
    for row in panel.rows:
        thing, date, step = iri(row, "thing"), text(row, "date"), iri(row, "step")
        one = found.setdefault((thing, date), _Happening(lane, thing))
        # Concluded and signed on one day are one thing to draw, with both said of it.
        if step:
            one.steps.setdefault(step)
        start, end = text(row, "from"), text(row, "until")
        one.start, one.end = start or date, end
        # Somebody was in office before or after what we know; a visit without an end was over one day.
        one.open_start, one.open_end = lane == "offices" and not start, lane == "offices" and not end
        one.stated = text(row, "stated") or one.stated
        if country := iri(row, "country"):
            one.countries.add(country)
        if passage := iri(row, "passage"):
            one.passages.setdefault(passage)
    return found.values()


def _within(one: _Happening, first: datetime.date, last: datetime.date) -> bool:
    start, end = span_of(one.start), span_of(one.end)
    begins, ends = start or end, end or start
    if begins is None or ends is None:
        return False
    return (one.open_end or ends.last >= first) and (one.open_start or begins.first <= last)


def _order(one: _Happening) -> tuple[str, str, str]:
    return (one.start or one.end, one.end, one.thing)


def _entry(one: _Happening, links: dict[str, Link], notes: Notes, language: Language) -> Entry:
    link = links[one.thing]
    kind = kind_of(one.thing) if one.lane == "offices" else _KINDS[one.lane]
    remark = ", ".join(links[step].text for step in one.steps)
    if not one.passages:
        remark = ", ".join(filter(None, (remark, say(language, "time_curated"))))
    marks = notes.mark(one.passages, link.text, stated=one.stated)
    date = _date(one, language)
    return Entry(
        one.lane, kind, date, link, remark, marks, one.thing, one.start, one.end, one.stated, tuple(one.passages)
    )


def _date(one: _Happening, language: Language) -> str:
    first, last = date_in_words(one.start, language), date_in_words(one.end, language)
    if first and last and first != last:
        return say(language, "time_until", first=first, last=last)
    if one.open_end and first:
        return say(language, "time_from", first=first)
    if one.open_start and last:
        return say(language, "time_up_to", last=last)
    return first or last


def _picture(
    language: Language,
    asked: Asked,
    listed: tuple[Entry, ...],
    happenings: list[_Happening],
    first: datetime.date,
    last: datetime.date,
    country: str,
    sources: tuple[str, ...],
) -> Picture:
    lanes = []
    for lane in asked.lanes:
        moments = tuple(
            Moment(
                entry.thing.text,
                one.start,
                one.end,
                entry.date,
                page_address(one.thing, language),
                one.open_start,
                one.open_end,
            )
            for entry, one in zip(listed, happenings, strict=True)
            if one.lane == lane
        )
        lanes.append(Lane(lane_name(language, lane), _KINDS[lane].colour, moments))
    title = say(language, "time_picture")
    description = say(language, "time_text", n=len(listed), lanes=len(lanes))
    drawing = timeline(
        tuple(lanes), first=first, last=last, language=language, title=title, description=description, width=1200.0
    )
    swatches = (
        Swatch("day", say(language, "time_day")),
        Swatch("moment", say(language, "time_span")),
        Swatch("moment vague", say(language, "time_vague")),
    )
    subtitle = say(language, "time_sub", first=asked.first, last=asked.last)
    if country:
        subtitle = say(language, "time_sub_country", first=asked.first, last=asked.last, country=country)
    note = say(language, "time_arrows") if any(one.open_start or one.open_end for one in happenings) else ""
    address = address_with(f"/{language}/timeline", asked.parameters())
    return Picture(title, subtitle, drawing, address, sources, swatches, None, note)


def time_rows(content: TimeContent) -> Iterable[Row]:
    """Yield the list of a timeline as rows of a file; dates as the graph has them, so as exact as they are known."""
    for one in (*content.listed, *content.undated):
        yield {
            "lane": one.lane,
            "thing": one.iri,
            "label": one.thing.text,
            "start": one.start,
            "end": one.end,
            "date_as_stated": one.stated,
            "passages": [passage.removeprefix(ID) for passage in one.passages],
        }
