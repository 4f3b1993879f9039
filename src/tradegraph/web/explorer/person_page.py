"""Pages of people, offices, holdings of office, cabinets and their phases."""

from collections.abc import Iterable
from typing import Final

from tradegraph.web.explorer import thing_sections as sections
from tradegraph.web.explorer import thing_tables as tables
from tradegraph.web.explorer.thing_design import Design
from tradegraph.web.explorer.thing_parts import Column, Part, Sentence, Span, SpansPart, TablePart
from tradegraph.web.explorer.thing_reading import Record
from tradegraph.web.explorer.thing_sections import not_stated, quoted
from tradegraph.web.explorer.thing_values import Writer, say
from tradegraph.web.kit import Fact, Facts, date_in_words
from tradegraph.web.notes import Link, Text
from tradegraph.web.site import iri, text


def _curated(record: Record) -> bool:
    return "resolution-curated" in record.concepts


def _person_says(w: Writer) -> Iterable[Sentence]:
    w.shown.update({("tg:holdsOffice", False), ("org:member", True)})
    for record in w.reading.records("office_holdings"):
        office = _held(w, record, w.link(record.iri_of("tg:heldOffice")), record.text("tg:officeAsStated"))
        cabinet = [Fact(w.link(one)) for one in record.iris("tg:inCabinet")]
        tail = say(w, "things_in_cabinet") if cabinet else "."
        yield (*w.sentence(say(w, "things_in_data"), what=office), *w.sentence(tail, what=cabinet))
        acts_for = [Fact(w.link(one)) for one in record.iris("tg:actsFor")]
        if acts_for:
            yield w.sentence(say(w, "things_holding_acts"), what=acts_for)


def _person_facts(w: Writer) -> Iterable[Facts]:
    w.shown.update({("foaf:familyName", False), ("foaf:givenName", False)})
    yield from w.rows("tg:memberOf")
    for name in ("tg:ledBy", "tg:signedBy"):
        if (row := w.row(name, inverse=True)) is not None:
            yield row


_ENDS: Final = ("org:member", "tg:heldOffice", "tg:inCabinet")


def _holding_parts(w: Writer) -> list[Part | None]:
    """Return holdings as a time bar and as a table: who, which office, which cabinet, but not what the page is of."""
    found = sorted(w.reading.records("office_holdings"), key=lambda one: one.text("tg:validFrom") or "9999")
    if not found:
        return []
    w.shown.update({("tg:heldOffice", True), ("tg:inCabinet", True), ("tg:holdsOffice", True), ("org:member", True)})
    rows = []
    for record in found:
        stated = record.text("tg:officeAsStated")
        ends = [tuple(one for one in record.iris(name) if one != w.reading.thing) for name in _ENDS]
        first = next(number for number, iris in enumerate(ends) if iris)
        acting = tuple(
            Fact(Text(say(w, "things_acts_for", office=w.name(one).text))) for one in record.iris("tg:actsFor")
        )
        validity = w.span(record.text("tg:validFrom"), record.text("tg:validUntil"))
        note = w.chosen(record.texts("tg:curationNote"))
        remark = note.text if note else say(w, "things_not_from_documents") if _curated(record) else ""
        known = w.concept(record.iri_of("tg:resolution"))
        rows.append(
            (
                *(
                    tuple(
                        _held(w, record, w.link(one), stated) if number == first else Fact(w.link(one)) for one in iris
                    )
                    for number, iris in enumerate(ends)
                ),
                (Fact(Text(w.concept(record.iri_of("tg:holdingMode")))), *acting),
                (Fact(Text(validity)),) if validity else (not_stated(w),),
                quoted(stated),
                (Fact(Text(known), note=remark),),
            )
        )
    columns = (
        say(w, "things_holder"),
        say(w, "things_office"),
        say(w, "things_cabinet"),
        say(w, "things_mode"),
        say(w, "things_period"),
        say(w, "things_as_written"),
        say(w, "things_how_known"),
    )
    held = any(w.reading.thing in record.iris("org:member") for record in found)
    heading = say(w, "things_offices_held") if held else say(w, "things_holders")
    return [_time_bar(w, found), sections.table(w, "office_holdings", "holdings", heading, columns, rows)]


def _held(w: Writer, record: Record, end: Link, stated: str) -> Fact:
    """Return the end of a holding with the page of the holding as its record."""
    about = w.name(record.iri).text
    return Fact(end, w.marks(record.passages, about, stated=stated, record=record.iri), stated)


def _time_bar(w: Writer, found: Iterable[Record]) -> Part | None:
    """Return holdings and the phases of their cabinets on one scale of years; nothing where no date is known."""
    phases = w.reading.records("cabinet_phases")
    times = [(Fact(w.link(record.iri)), record, False) for record in found]
    times += [(Fact(w.link(one.iri)), one, True) for one in phases]
    dates = [
        tables.day_number(date, end=name == "tg:validUntil")
        for _, record, _ in times
        for name in ("tg:validFrom", "tg:validUntil")
        if (date := record.text(name))
    ]
    if not dates or len(times) < 2:
        return None
    low, high = int(min(dates)), int(max(dates)) + 1
    reach = float(high - low)
    spans = []
    for what, record, shaded in times:
        start, end = record.text("tg:validFrom"), record.text("tg:validUntil")
        a = tables.day_number(start) if start else low
        b = tables.day_number(end, end=True) if end else high
        spans.append(
            Span(
                what,
                w.span(start, end) or say(w, "things_no_dates"),
                round(100 * (a - low) / reach, 2),
                round(max(100 * (b - a) / reach, 1.0), 2),
                not start,
                not end,
                shaded,
                bool(start or end),
            )
        )
    ticks = tuple((str(year), round(100 * (year - low) / reach, 2)) for year in range(low, high + 1))
    return SpansPart("time", say(w, "things_time"), tuple(spans), ticks)


def _shared_parts(w: Writer) -> Iterable[Part | None]:
    yield from _holding_parts(w)
    yield tables.participations(w, of_event=False)
    yield _issued(w)
    yield sections.to_know(w)
    yield tables.figures(w)
    yield sections.statements(w)
    yield sections.commitments(w)
    yield sections.questions(w)
    yield sections.mentions(w)


def _issued(w: Writer) -> Part | None:
    """Return the documents that were issued by virtue of the office."""
    rows = w.reading.panel("office_documents").rows
    if not rows:
        return None
    w.shown.add(("tg:issuedVia", True))
    found: dict[str, list[str]] = {}
    issued: dict[str, str] = {}
    via: dict[str, str] = {}
    for row in rows:
        document = iri(row, "document")
        passage = iri(row, "passage")
        found.setdefault(document, []).extend([passage] if passage else [])
        issued[document], via[document] = text(row, "issued"), iri(row, "holding")
    cells = []
    for document, passages in found.items():
        link = w.link(document)
        date = date_in_words(issued[document], w.language)
        cells.append(
            (
                (Fact(link, w.marks(passages[:3], link.text)),),
                (Fact(Text(date)),) if date else (not_stated(w),),
                (Fact(w.link(via[document])),),
            )
        )
    return TablePart(
        "documents",
        say(w, "things_issued"),
        (
            Column(say(w, "things_document")),
            Column(say(w, "things_date")),
            Column(say(w, "things_by")),
        ),
        tuple(cells),
        query=w.reading.panel("office_documents").address(w.language),
    )


def _office_says(w: Writer) -> Iterable[Sentence]:
    bodies = [Fact(w.link(one)) for one in w.reading.own.iris("org:postIn")]
    template = say(w, "things_office_at") if bodies else say(w, "things_office_says")
    yield w.sentence(template, where=bodies)
    holders = [w.related(one) for one in w.reading.related("tg:holdsOffice", inverse=True)]
    template = say(w, "things_office_held") if holders else say(w, "things_office_nobody")
    yield w.sentence(template, who=holders)


def _office_facts(w: Writer) -> Iterable[Facts]:
    yield from w.rows("org:postIn", "tg:appliesTo", "tg:memberOf", "tg:succeededByOffice")
    for name in ("tg:succeededByOffice", "tg:ledBy"):
        if (row := w.row(name, inverse=True)) is not None:
            yield row


def _holding_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    who = [Fact(w.link(one)) for one in own.iris("org:member")]
    office = w.own_value("tg:heldOffice", own.terms("tg:heldOffice")[0], own.text("tg:officeAsStated"))
    mode = w.concept(own.iri_of("tg:holdingMode"))
    cabinet = [Fact(w.link(one)) for one in own.iris("tg:inCabinet")]
    yield (
        *w.sentence(say(w, "things_holding_says"), who=who, what=_with_sources(w, own, office)),
        *w.sentence(say(w, "things_in_cabinet") if cabinet else ".", what=cabinet),
    )
    if _curated(own):
        yield w.sentence(say(w, "things_holding_curated"))
    acts_for = [w.own_value("tg:actsFor", term) for term in own.terms("tg:actsFor")]
    if acts_for:
        yield w.sentence(say(w, "things_holding_acts"), what=acts_for)
    elif mode and "holding-mode-regular" not in own.concepts:
        yield w.sentence(say(w, "things_holding_mode", mode=mode))


def _with_sources(w: Writer, own: Record, fact: Fact) -> Fact:
    """Return the fact with the passages of the row: a holding is read from them, though it stands in a register."""
    return Fact(fact.value, w.marks(own.passages, w.label("tg:heldOffice"), stated=fact.stated), fact.stated)


def _holding_facts(w: Writer) -> Iterable[Facts]:
    own = w.reading.own
    w.shown.update({("tg:validFrom", False), ("tg:validUntil", False), ("tg:officeAsStated", False)})
    yield from w.rows("org:member", "tg:heldOffice", "org:organization", "tg:inCabinet", "tg:holdingMode", "tg:actsFor")
    span = w.span(own.text("tg:validFrom"), own.text("tg:validUntil"))
    label = say(w, "things_period")
    yield Facts(label, (Fact(Text(span)),), w.address_of("tg:validFrom")) if span else w.gap("tg:validFrom", label)
    stated = own.text("tg:officeAsStated")
    if stated:
        marks = w.marks(own.passages, w.label("tg:officeAsStated"), stated=stated)
        value = Text(f"“{stated}”", "nl" if w.language != "nl" else "")
        yield Facts(w.label("tg:officeAsStated"), (Fact(value, marks, stated),), w.address_of("tg:officeAsStated"))
    yield from w.rows("tg:resolution")


def _holding_page_parts(w: Writer) -> Iterable[Part | None]:
    yield sections.to_know(w)
    yield _time_bar(w, w.reading.records("office_holdings"))
    yield tables.participations(w, of_event=False)
    yield _issued(w)
    yield sections.statements(w)


def _cabinet_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    span = w.span(own.text("tg:validFrom"), own.text("tg:validUntil"))
    count = len(w.reading.records("office_holdings"))
    if span:
        yield w.sentence(say(w, "things_cabinet_since", span=span))
    yield w.sentence(say(w, "things_cabinet_says", n=count) if count != 1 else say(w, "things_cabinet_one", n=count))


def _cabinet_facts(w: Writer) -> Iterable[Facts]:
    own = w.reading.own
    w.shown.update({("tg:validFrom", False), ("tg:validUntil", False)})
    span = w.span(own.text("tg:validFrom"), own.text("tg:validUntil"))
    label = say(w, "things_period")
    yield Facts(label, (Fact(Text(span)),), w.address_of("tg:validFrom")) if span else w.gap("tg:validFrom", label)
    yield from w.rows("tg:phaseOf", "tg:phaseType")
    if (row := w.row("tg:phaseOf", inverse=True)) is not None:
        yield row


def _phase_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    span = w.span(own.text("tg:validFrom"), own.text("tg:validUntil"))
    cabinet = [Fact(w.link(one)) for one in own.iris("tg:phaseOf")]
    template = say(w, "things_phase_says", kind=w.concept(own.iri_of("tg:phaseType")), span=span)
    yield w.sentence(template, what=cabinet)


PERSON: Final = Design(_person_says, _person_facts, _shared_parts)
OFFICE: Final = Design(_office_says, _office_facts, _shared_parts)
HOLDING: Final = Design(_holding_says, _holding_facts, _holding_page_parts)
CABINET: Final = Design(_cabinet_says, _cabinet_facts, _shared_parts)
CABINET_PHASE: Final = Design(_phase_says, _cabinet_facts, lambda w: [sections.to_know(w), sections.statements(w)])
