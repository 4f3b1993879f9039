"""Pages of missions, of sets of missions, and of other events."""

from collections.abc import Iterable
from typing import Final

from tradegraph.namespaces import ID
from tradegraph.web.explorer import thing_sections as sections
from tradegraph.web.explorer import thing_tables as tables
from tradegraph.web.explorer.thing_design import Design, usual_parts
from tradegraph.web.explorer.thing_parts import Column, Part, Sentence, TablePart
from tradegraph.web.explorer.thing_reading import Record
from tradegraph.web.explorer.thing_values import MOST_MARKS, Writer, say
from tradegraph.web.kit import Fact, Facts
from tradegraph.web.notes import Link, Text
from tradegraph.web.site import iri

# Types of mission whose Dutch word has "het": the others have "de".
_NEUTER: Final = frozenset(ID + "concept/mission-type-" + name for name in ("counter-visit", "accelerator"))
_CHIEF: Final = ID + "concept/role-mission-leader"
_LEADERS: Final = frozenset(ID + "concept/role-" + name for name in ("mission-leader", "business-leader"))


def _this(w: Writer, kind: str) -> str:
    if w.language == "nl":
        return "Dit" if kind in _NEUTER else "Deze"
    return "This"


def _mission_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    kind = own.iri_of("tg:missionType")
    word = w.concept(kind) or say(w, "things_mission")
    what = f"{_this(w, kind)} {word}"
    where = [w.related(one) for one in w.reading.related("tg:destination")]
    states = {one.removeprefix(ID + "concept/status-") for one in own.iris("tg:hasStatus")}
    moment = w.moment(own)
    marks = w.marks(own.passages[:MOST_MARKS], say(w, "things_when"), stated=own.text("tg:dateAsStated"))
    when = Fact(Text(f" {moment}"), marks) if moment else ""
    held = "held" in states
    if held and where:
        template = say(w, "things_mission_went")
    elif held:
        template = say(w, "things_mission_held")
    elif where:
        template = say(w, "things_mission_planned")
    else:
        template = say(w, "things_mission_unknown")
    yield w.sentence(template, what=what, where=where, when=when)
    leaders = _leaders(w, chief_only=True)
    if leaders and not any(isinstance(one.value, Link) for one in leaders):
        yield w.sentence(say(w, "things_mission_leader_as"), who=leaders)
    elif leaders:
        yield w.sentence(say(w, "things_mission_led") if held else say(w, "things_mission_to_lead"), who=leaders)
    sectors = [w.related(one) for one in w.reading.related("tg:inSector")]
    if sectors:
        yield w.sentence(say(w, "things_mission_sectors"), what=sectors)


def _leaders(w: Writer, *, chief_only: bool = False) -> list[Fact]:
    """Return who led: named, else the office, else in the words of the source; the role of others than the chief."""
    found = []
    for record in w.reading.records("thing_participations"):
        role = record.iri_of("tg:participationRole")
        chief = role == _CHIEF
        if (chief or (role in _LEADERS and not chief_only)) and "polarity-negated" not in record.concepts:
            stated = record.text("tg:officeAsStated") or record.text("tg:nameAsStated")
            who = next(iter((*record.iris("tg:participant"), *record.iris("tg:viaOffice", "tg:heldOffice"))), "")
            value = w.link(who) if who else Text(f"“{stated}”", "nl" if w.language != "nl" else "")
            found.append(w.fact(value, record, w.label("tg:ledBy"), stated, "" if chief else w.concept(role)))
    return found


def _dates(w: Writer) -> Facts:
    own = w.reading.own
    label = say(w, "things_when")
    w.shown.update((name, False) for name in ("tg:eventDate", "tg:dateAsStated", "tg:validFrom", "tg:validUntil"))
    stated = own.text("tg:dateAsStated")
    when = w.when(own)
    if not when:
        return w.gap("tg:eventDate", label, f"“{stated}”" if stated else "")
    fact = Fact(Text(when), w.marks(own.passages[:MOST_MARKS], label, stated=stated), stated)
    differs = stated and stated.casefold() != when.casefold()
    note = say(w, "things_written_as", stated=stated) if differs else ""
    return Facts(label, (Fact(fact.value, fact.marks, stated, note),), w.address_of("tg:eventDate"))


def _mission_facts(w: Writer) -> Iterable[Facts]:
    yield from w.rows("tg:missionType", "tg:eventType")
    yield _dates(w)
    yield from w.rows("tg:destination", "tg:inTerritory", "tg:locatedIn", "tg:hasStatus")
    leaders = _leaders(w)
    if w.reading.own.is_a("Mission"):
        w.shown.add(("tg:ledBy", False))
        label = w.label("tg:ledBy")
        yield Facts(label, tuple(leaders), w.address_of("tg:ledBy")) if leaders else w.gap("tg:ledBy")
    yield from w.rows(
        "tg:organisedBy",
        "tg:commissionedBy",
        "tg:fundedBy",
        "tg:inSector",
        "tg:targetGroup",
        "tg:inSet",
        "tg:withinEvent",
        "tg:partOf",
        "tg:combinedWith",
        "tg:followUpOf",
        "tg:resultedIn",
        "tg:evaluatedIn",
    )
    if (row := w.row("tg:followUpOf", inverse=True)) is not None:
        yield row


def _mission_parts(w: Writer) -> Iterable[Part | None]:
    legs = w.reading.records("mission_places")
    yield sections.to_know(w)
    yield tables.participations(w, of_event=True)
    if legs:
        w.shown.add(("tg:withinEvent", True))
        yield tables.events(w, legs, "places", say(w, "things_legs"), "mission_places")
    yield _agreements(w)
    yield tables.figures(w)
    yield sections.statuses(w)
    yield sections.commitments(w)
    yield sections.statements(w)
    yield sections.questions(w)
    yield sections.mentions(w)


def _agreements(w: Writer) -> Part | None:
    """Return the agreements that came out of an event, with the value that the documents expect of them."""
    rows = w.reading.panel("mission_agreements").rows
    if not rows:
        return None
    w.shown.update({("tg:resultedIn", False), ("tg:signedDuring", True)})
    found: dict[str, list[str]] = {}
    form: dict[str, str] = {}
    force: dict[str, str] = {}
    for row in rows:
        agreement = iri(row, "agreement")
        found.setdefault(agreement, []).append(iri(row, "passage"))
        form[agreement], force[agreement] = iri(row, "form"), iri(row, "force")
    cells = []
    for agreement, passages in found.items():
        link = w.link(agreement)
        marks = w.marks(passages, link.text)
        cells.append(
            (
                (Fact(link, marks),),
                (Fact(Text(w.concept(form[agreement]))),),
                (Fact(Text(w.concept(force[agreement]))),),
            )
        )
    return TablePart(
        "agreements",
        say(w, "things_agreements"),
        (Column(say(w, "things_what")), Column(w.label("tg:instrumentForm")), Column(w.label("tg:bindingness"))),
        tuple(cells),
        query=w.reading.panel("mission_agreements").address(w.language),
    )


def _event_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    kind = w.concept(own.iri_of("tg:eventType")) or w.label("tg:Event")
    places = [
        w.related(one)
        for name in ("tg:inTerritory", "tg:locatedIn", "tg:destination")
        for one in w.reading.related(name)
    ]
    moment = w.moment(own)
    # The type alone stands above the heading already.
    if places or moment or not own.terms("dct:description"):
        template = say(w, "things_event_where") if places else say(w, "things_event")
        marks = w.marks(own.passages[:MOST_MARKS], w.label("tg:eventDate"), stated=own.text("tg:dateAsStated"))
        when = Fact(Text(f" {moment}"), marks) if moment else ""
        yield w.sentence(template, what=kind[:1].upper() + kind[1:], where=places, when=when)
    whole = [w.related(one) for one in w.reading.related("tg:withinEvent")]
    if whole:
        yield w.sentence(say(w, "things_event_within"), what=whole)


def _set_says(w: Writer) -> Iterable[Sentence]:
    members = w.reading.records("set_missions")
    if members:
        yield w.sentence(
            say(w, "things_set_members", n=len(members))
            if len(members) > 1
            else say(w, "things_set_member", n=len(members))
        )
    else:
        yield w.sentence(say(w, "things_set_none"))


def _set_facts(w: Writer) -> Iterable[Facts]:
    if any(w.reading.own.text(name) for name in ("tg:eventDate", "tg:dateAsStated", "tg:validFrom")):
        yield _dates(w)
    yield from w.rows(
        "tg:destination",
        "tg:inSector",
        "tg:hasStatus",
        "tg:partOf",
        "tg:withinEvent",
        "tg:organisedBy",
        "tg:commissionedBy",
        "tg:combinedWith",
        "tg:resultedIn",
        "tg:evaluatedIn",
    )


def _set_parts(w: Writer) -> Iterable[Part | None]:
    members: tuple[Record, ...] = w.reading.records("set_missions")
    if members:
        w.shown.add(("tg:inSet", True))
        heading = say(w, "things_set_missions")
        yield tables.events(w, members, "missions", heading, "set_missions")
    if w.reading.records("thing_participations"):
        yield tables.participations(w, of_event=True)
    yield sections.statuses(w)
    yield from usual_parts(w)


MISSION: Final = Design(_mission_says, _mission_facts, _mission_parts)
EVENT: Final = Design(_event_says, _mission_facts, _mission_parts)
MISSION_SET: Final = Design(_set_says, _set_facts, _set_parts)
