"""Pages of countries and areas, and of sets of countries."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from tradegraph.namespaces import ID
from tradegraph.web.explorer import thing_sections as sections
from tradegraph.web.explorer import thing_tables as tables
from tradegraph.web.explorer.thing_design import Design, usual_parts
from tradegraph.web.explorer.thing_parts import Part, Sentence
from tradegraph.web.explorer.thing_reading import Record
from tradegraph.web.explorer.thing_sections import not_stated, quoted
from tradegraph.web.explorer.thing_values import Writer, say
from tradegraph.web.kit import Fact, Facts, date_in_words
from tradegraph.web.notes import Link, Text


def _territory_says(w: Writer) -> Iterable[Sentence]:
    kind = w.concept(w.reading.own.iri_of("tg:territoryType"))
    larger = [Fact(w.link(one)) for one in w.reading.own.iris("tg:partOfTerritory")]
    what = kind[:1].upper() + kind[1:]
    missions = len(w.reading.records("territory_missions"))
    agreements = len(w.reading.records("territory_agreements"))
    questions = len(w.reading.panel("thing_questions").rows)
    counted = [
        text
        for number, text in (
            (
                missions,
                say(w, "things_n_missions", n=missions) if missions != 1 else say(w, "things_1_mission", n=missions),
            ),
            (
                agreements,
                say(w, "things_n_agreements", n=agreements)
                if agreements != 1
                else say(w, "things_1_agreement", n=agreements),
            ),
            (
                questions,
                say(w, "things_n_questions", n=questions)
                if questions != 1
                else say(w, "things_1_question", n=questions),
            ),
        )
        if number
    ]
    where = say(w, "things_territory_in") if larger else say(w, "things_territory")
    tail = say(w, "things_with_in_data") if counted else "."
    counts = [Fact(Text(one)) for one in counted]
    yield (*w.sentence(where, what=what, where=larger), *w.sentence(tail, what=counts))


def _territory_facts(w: Writer) -> Iterable[Facts]:
    yield from w.rows("tg:territoryType", "tg:partOfTerritory")
    codes = [w.reading.own.text(name) for name in ("tg:isoAlpha2", "tg:isoAlpha3")]
    if any(codes):
        w.shown.update({("tg:isoAlpha2", False), ("tg:isoAlpha3", False)})
        yield Facts(say(w, "things_iso"), (Fact(Text(", ".join(filter(None, codes)))),))
    w.shown.update({("schema:latitude", False), ("schema:longitude", False)})
    yield from w.rows("tg:participatesIn", "tg:authorityConcept")
    if (row := w.row("tg:appliesTo", say(w, "things_applies_here"), inverse=True)) is not None:
        yield row


def _territory_parts(w: Writer) -> Iterable[Part | None]:
    language = w.language
    yield sections.to_know(w)
    events = w.reading.records("territory_missions")
    if events:
        w.shown.update({("tg:destination", True), ("tg:inTerritory", True)})
        yield tables.by_year(w, events, "years", say(w, "things_by_year"))
        yield tables.events(w, events, "missions", say(w, "things_missions_here"), "territory_missions")
    yield agreements_of(w)
    yield _groupings(w)
    key = w.reading.thing.removeprefix(ID + "territory/")
    yield tables.figures(w, more=f"/{language}/statistics/?country={key}")
    yield sections.statements(w)
    yield sections.commitments(w)
    yield sections.questions(w)
    yield sections.mentions(w)


def agreements_of(w: Writer) -> Part | None:
    """Return the agreements and negotiations that a party is in, with their type, form and state."""
    found = w.reading.records("territory_agreements")
    if not found:
        return None
    w.shown.update({("tg:party", True), ("tg:negotiatingParty", True), ("tg:partyRecordFor", True)})

    def rank(record: Record) -> tuple[str, str]:
        return (w.concept(record.iri_of("tg:agreementType")) or "~", record.text("tg:concludedOn"))

    rows = []
    for record in sorted(found, key=rank):
        name = w.link(record.iri)
        form = record.iri_of("tg:instrumentForm")
        form_words = w.concept(form) if form else say(w, "things_talks")
        force = w.concept(record.iri_of("tg:bindingness"))
        status = tuple(Fact(Text(w.concept(one))) for one in record.iris("tg:hasStatus"))
        concluded = date_in_words(record.text("tg:concludedOn"), w.language)
        kinds = tuple(Fact(Text(w.concept(one))) for one in record.iris("tg:agreementType"))
        rows.append(
            (
                kinds or (not_stated(w),),
                (w.fact(name, record, name.text),),
                (Fact(Text(form_words), note=force if force and "binding" in force else ""),),
                (Fact(Text(concluded)),) if concluded else (),
                status or (not_stated(w),),
            )
        )
    columns = (
        w.label("tg:agreementType"),
        say(w, "things_what"),
        w.label("tg:instrumentForm"),
        w.label("tg:concludedOn"),
        say(w, "things_status"),
    )
    return sections.table(w, "territory_agreements", "agreements", say(w, "things_agreements"), columns, rows)


def _groupings(w: Writer) -> Part | None:
    found = w.reading.records("territory_groupings")
    if not found:
        return None
    w.shown.update({("tg:inGrouping", False), ("tg:memberTerritory", True)})
    return _memberships(w, found, "tg:grouping", "sets", say(w, "things_sets"), "territory_groupings")


def _memberships(w: Writer, found: Iterable[Record], end: str, key: str, heading: str, panel: str) -> Part:
    """Return memberships by their other end: a country that two documents place in a set has one row with both."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in found:
        groups[record.iri_of(end)].append(record)
    rows = []
    for other, records in groups.items():
        # Where a set and its sub-sets both name a country, the set itself is enough.
        direct = [one for one in records if end == "tg:grouping" or one.iri_of("tg:grouping") == w.reading.thing]
        within = () if end == "tg:grouping" else {one.iri_of("tg:grouping") for one in records} - {w.reading.thing}
        value: Link = w.link(other)
        shown = direct or records
        written = dict.fromkeys(one.text("tg:nameAsStated") for one in shown)
        rows.append(
            (
                (w.joined(value, shown),),
                tuple(fact for stated in written for fact in quoted(stated)),
                tuple(Fact(w.link(one)) for one in sorted(within)),
                tuple(dict.fromkeys(w.known_on(one) for one in shown)),
                tuple(Fact(Text(span)) for span in dict.fromkeys(_validity(w, one) for one in shown) if span),
                tuple(Fact(note) for one in shown if (note := w.chosen(one.texts("tg:curationNote")))),
            )
        )
    columns = (
        say(w, "things_set") if end == "tg:grouping" else say(w, "things_member"),
        say(w, "things_as_written"),
        say(w, "things_sub_set"),
        say(w, "things_known"),
        say(w, "things_holds"),
        say(w, "things_note"),
    )
    return sections.table(w, panel, key, heading, columns, rows)


def _validity(w: Writer, record: Record) -> str:
    return w.span(record.text("tg:validFrom"), record.text("tg:validUntil"))


def _members(w: Writer) -> list[Record]:
    return sorted(
        w.reading.records("grouping_members"), key=lambda one: w.name(one.iri_of("tg:memberTerritory")).text.casefold()
    )


def _grouping_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    kind = w.concept(own.iri_of("tg:groupingType"))
    places = {one.iri_of("tg:memberTerritory") for one in _members(w)}
    marks = w.marks(own.passages[:3], w.label("tg:groupingType"), stated=own.text("tg:nameAsStated"))
    template = (
        say(w, "things_grouping", n=len(places), kind=kind)
        if len(places) != 1
        else say(w, "things_grouping_one", n=len(places), kind=kind)
    )
    yield (*w.sentence(template), Fact(Text(""), marks))
    whole = [w.related(one) for one in w.reading.related("tg:partOfGrouping")] or [
        Fact(w.link(one)) for one in own.iris("tg:partOfGrouping")
    ]
    if whole:
        yield w.sentence(say(w, "things_grouping_part"), what=whole)


def _grouping_facts(w: Writer) -> Iterable[Facts]:
    yield from w.rows("tg:groupingType", "tg:partOfGrouping")
    if (row := w.row("tg:partOfGrouping", inverse=True)) is not None:
        yield row
    if (row := w.row("tg:appliesTo", inverse=True)) is not None:
        yield row


def _grouping_parts(w: Writer) -> Iterable[Part | None]:
    members = _members(w)
    if members:
        w.shown.update({("tg:inGrouping", True), ("tg:grouping", True)})
        heading = say(w, "things_members", n=len({one.iri_of("tg:memberTerritory") for one in members}))
        yield _memberships(w, members, "tg:memberTerritory", "members", heading, "grouping_members")
    yield from usual_parts(w)


TERRITORY: Final = Design(_territory_says, _territory_facts, _territory_parts)
GROUPING: Final = Design(_grouping_says, _grouping_facts, _grouping_parts)
