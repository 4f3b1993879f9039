"""The page of a thing, made for its kind; with `?property=` the list of what points to it, a page at a time."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Final

from flask import Blueprint, Response, render_template, request

from tradegraph.errors import NotFound
from tradegraph.explore import describe
from tradegraph.explore.context import Context
from tradegraph.explore.describe import list_incoming, thing_iri
from tradegraph.explore.kinds import KINDS, Kind, kind_of
from tradegraph.languages import LANGUAGES, Language
from tradegraph.namespaces import ID, shrink
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer import (
    agreement_page,
    instrument_page,
    mission_page,
    organisation_page,
    person_page,
    record_page,
    territory_page,
)
from tradegraph.web.explorer import thing_sections as sections
from tradegraph.web.explorer import thing_tables as tables
from tradegraph.web.explorer.thing_design import Design
from tradegraph.web.explorer.thing_parts import Part
from tradegraph.web.explorer.thing_reading import Reading
from tradegraph.web.explorer.thing_relations import relations, sketch
from tradegraph.web.explorer.thing_schema import schema
from tradegraph.web.explorer.thing_values import Writer, say
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Fact, Pager, Query
from tradegraph.web.negotiation import FORMS, address
from tradegraph.web.notes import Link, Text
from tradegraph.web.site import Site
from tradegraph.web.thing_requests import LISTS, list_asked, missing, nothing_listed, property_name

DESIGNS: Final[Mapping[str, Design]] = {
    "mission": mission_page.MISSION,
    "mission-set": mission_page.MISSION_SET,
    "event": mission_page.EVENT,
    "agreement": agreement_page.AGREEMENT,
    "negotiation": agreement_page.NEGOTIATION,
    "territory": territory_page.TERRITORY,
    "grouping": territory_page.GROUPING,
    "venue": organisation_page.VENUE,
    "person": person_page.PERSON,
    "office": person_page.OFFICE,
    "holding": person_page.HOLDING,
    "cabinet": person_page.CABINET,
    "cabinet-phase": person_page.CABINET_PHASE,
    "organisation": organisation_page.ORGANISATION,
    "project": organisation_page.PROJECT,
    "instrument": instrument_page.INSTRUMENT,
    "policy": instrument_page.POLICY,
    "commitment": instrument_page.COMMITMENT,
    "ranking": record_page.RANKING,
    "dataset": record_page.DATASET,
    "period": record_page.PERIOD,
}
"""By kind; everything else has the page of a record."""
_LONGEST: Final = 90
# Kinds with classes that say more than the kind; the class of all of a kind says no more than the kind does.
_NAMED_BY_CLASS: Final = frozenset(["mission", "event", "agreement", "organisation", "territory", "policy"])
_PLAIN_CLASSES: Final = frozenset(["tg:Event", "tg:Mission", "tg:Organisation", "tg:Territory", "tg:Policy"])
_LEADS: Final = ("dct:description", "skos:definition", "tg:paraphrase")


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_things", __name__)
    terms = {term.iri: term for term in (*site.vocabulary.classes, *site.vocabulary.properties)}
    context = Context.read(site.project)

    @routes.get("/<any(nl, en):language>/<kind>/<key>")
    def thing(language: Language, kind: str, key: str) -> Response:
        check_parameters(request.args, LISTS)
        listed = list_asked(context)
        try:
            iri = thing_iri(kind, key)
        except NotFound as error:
            raise missing(site.reader(), kind, key) from error

        def make() -> str:
            reading = Reading(site, language, iri)
            if not reading.own.values:
                raise missing(reading.reader, kind, key)
            w = Writer(reading, site.notes(language), terms)
            if listed is None:
                return render_template("thing.html", **_page(w, site.endpoint.settings.base_url))
            return render_template("thing_list.html", **_listing(w, *listed))

        lead = [f'<{iri}>; rel="describes"', f'<{iri}>; rel="cite-as"', f'<{request.path}>; rel="canonical"']
        lead += [f'</{one}/{kind}/{key}>; rel="alternate"; hreflang="{one}"' for one in LANGUAGES if one != language]
        lead += [f'<{address(kind, key, form)}>; rel="alternate"; type="{form.media_type}"' for form in FORMS]
        return site.send(language, make, Link=", ".join(lead))

    return routes


def _frame(w: Writer) -> dict[str, object]:
    """Return what both templates need: what the thing is, where it stands, what can be done with it."""
    iri = w.reading.thing
    kind = kind_of(iri)
    path = iri.removeprefix(ID)
    name = w.name(iri)
    evidence = kind.layer == "evidence"
    return {
        "thing": iri,
        "kind": kind,
        "badge": _badge(w, kind),
        "title": Text(_title(w), name.language),
        "crumbs": _crumbs(w, kind),
        "formats": [(form, address(*path.partition("/")[::2], form)) for form in FORMS],
        "actions": Actions(
            formats=tuple(Link(form.label, href=address(*path.partition("/")[::2], form)) for form in FORMS),
            queries=tuple(
                Query(_question(w, panel), w.reading.panels[panel].address(w.language)) for panel in w.reading.panels
            ),
            identifier=iri,
            graph="" if evidence else f"/{w.language}/graph?focus={path}",
            connections="" if evidence else f"/{w.language}/connections?from={path}",
        ),
    }


def _question(w: Writer, panel: str) -> str:
    query = w.reading.site.panels[panel]
    return query.question_nl if w.language == "nl" else query.question_en


def _badge(w: Writer, kind: Kind) -> str:
    """Return what the thing is called among its kind: the class that says most, else the kind."""
    own = w.reading.own
    classes = [one for one in own.iris("rdf:type") if w.label(one) and "#" in one and one in w.vocabulary]
    most_special = min(classes, key=lambda one: w.vocabulary[one].count, default="")
    named_by_class = kind.key in _NAMED_BY_CLASS and shrink(most_special) not in _PLAIN_CLASSES
    return w.label(most_special) if most_special and named_by_class else kind.one.in_(w.language)


def _crumbs(w: Writer, kind: Kind) -> tuple[Link, ...]:
    """Return the way to the thing: the list of its kind, and what it is part of."""
    own = w.reading.own
    if kind.key == "cabinet-phase":
        cabinets = Link(KINDS["cabinet"].many.in_(w.language), href=page_address(f"{ID}cabinet/", w.language))
        return (cabinets, *(w.link(one) for one in own.iris("tg:phaseOf")))
    # There are lists of things, and none of the records behind them.
    address_of_list = page_address(f"{ID}{kind.key}/", w.language) if kind.layer == "thing" else ""
    first = Link(kind.many.in_(w.language), href=address_of_list)
    wholes = own.iris("tg:partOfTerritory", "tg:withinEvent", "tg:partOfGrouping", "org:subOrganizationOf")[:1]
    links = tuple(w.link(one) for one in wholes if kind_of(one).key == kind.key)
    if kind.key == "mission" and (year := own.text("tg:year")):
        links = (Link(year, href=f"{first.href}?year={year}"), *links)
    return (first, *links) if kind.layer != "described" else links


def _title(w: Writer) -> str:
    """Return what the thing is called; for a record without a name, what it joins or says."""
    own = w.reading.own
    ends = [own.terms(f"rdf:{role}") for role in ("subject", "predicate", "object")]
    if all(ends):
        subject, predicate, value = (one[0] for one in ends)
        start, end = (shorten(w.value(one).text, _LONGEST, placeholder="…") for one in (subject, value))
        return f"{start} → {w.label(predicate.value)} → {end}"
    kind = kind_of(w.reading.thing)
    joined = {
        "participation": ("tg:participant", "tg:viaOffice", "tg:participationIn"),
        "status-period": ("tg:statusOf", "tg:status"),
        "grouping-membership": ("tg:memberTerritory", "tg:grouping"),
        "agreement-party": ("tg:partyRecordFor", "tg:partyRecordOf"),
        "agreement-action": ("tg:actionType", "tg:actionOn"),
        "mention": ("tg:mentions",),
    }.get(kind.key, ())
    names = [w.name(one).text for name in joined for one in own.iris(name)[:1]]
    if (
        kind.key == "participation"
        and len(names) == 1
        and (stated := own.text("tg:nameAsStated") or own.text("tg:officeAsStated"))
    ):
        names.insert(0, f"“{stated}”")
    if names:
        return f"{kind.one.in_(w.language)}: {' – '.join(names)}"
    if kind.layer == "evidence" and own.texts("tg:text"):
        what = w.concept(own.iri_of("tg:statementType")) or kind.one.in_(w.language)
        return f"{what}: {w.place_of(own) or own.iri.removeprefix(ID).partition('/')[2]}"
    return w.name(own.iri).text


def _page(w: Writer, base_url: str) -> dict[str, object]:
    own = w.reading.own
    design = DESIGNS.get(kind_of(own.iri).key, record_page.RECORD)
    names = sections.other_names(w) if design is not record_page.RECORD else ()
    lead = next((text for name in _LEADS if (text := w.chosen(own.texts(name))) is not None), None)
    w.shown.update((name, False) for name in _LEADS)
    description = Fact(lead, w.marks(own.passages[:3], say(w, "things_description"))) if lead else None
    says = tuple(design.says(w))
    facts = tuple(design.facts(w))
    special = [part for part in design.parts(w) if part is not None]
    parts: list[Part] = [*special, *relations(w)]
    timed = tables.strip(w, _moments(w)) if design is not record_page.RECORD else None
    if timed is not None and not any(part.key == "time" for part in parts):
        parts.insert(0, timed)
    return {
        **_frame(w),
        "names": names,
        "description": description,
        "says": says,
        "says_first": kind_of(own.iri).key == "mission-set",
        "row": own.text("tg:recordedIn"),
        "facts": facts,
        "panels": parts,
        "sketch": sketch(w) if design is not record_page.RECORD else None,
        "schema": schema(w, base_url),
        "registered": w.registered,
        "sources": w.notes.sources(),
    }


def _moments(w: Writer) -> list[tuple[str, Fact]]:
    """Return the dated facts of the thing and of what it is tied to, for the strip of time."""
    own = w.reading.own
    found: list[tuple[str, Fact]] = []
    if date := tables.date_of(own):
        lasts = bool(own.text("tg:validFrom"))
        found.append((date, Fact(Text(say(w, "things_begin") if lasts else kind_of(own.iri).one.in_(w.language)))))
    if date := own.text("tg:validUntil"):
        found.append((date, Fact(Text(say(w, "things_end")))))
    dated = ("tg:concludedOn", "tg:startedOn", "tg:dueDate")
    found += [(date, Fact(Text(w.label(name)))) for name in dated if (date := own.text(name))]
    for panel in ("agreement_steps", "thing_statuses", "thing_commitments", "mission_places"):
        if panel not in w.reading.panels:
            continue
        for record in w.reading.records(panel):
            match panel:
                case "agreement_steps":
                    date, what = record.text("tg:actionDate"), Fact(w.link(record.iri_of("tg:actionType")))
                    what = Fact(Text(what.value.text))
                case "thing_statuses":
                    # The day of the source, and not the day on which the state began.
                    known = say(w, "things_known_state", state=w.concept(record.iri_of("tg:status")))
                    date, what = record.text("tg:knownOn"), Fact(Text(known))
                case "thing_commitments":
                    date, what = record.text("tg:dueDate"), Fact(w.link(record.iri))
                case _:
                    date, what = tables.date_of(record), Fact(w.link(record.iri))
            if date:
                found.append((date, what))
    return found


def _listing(w: Writer, name: str, page: int) -> dict[str, object]:
    """Return a page of everything that points to the thing with one property."""
    reader, iri = w.reading.reader, w.reading.thing
    try:
        (group,) = list_incoming(reader, iri, name, page).incoming
    except NotFound as error:
        raise nothing_listed(reader, iri, str(error)) from error
    path = page_address(iri, w.language)
    w.reading.site.names.of(reader, group.subjects, w.language)
    parameters = [("property", property_name(name))]
    return {
        **_frame(w),
        "heading": w.label(name, inverse=True),
        "items": [(kind_of(one), w.link(one)) for one in group.subjects],
        "pager": Pager.of(group.count, page, path, parameters, describe.PAGE_SIZE),
        "path_back": path,
    }
