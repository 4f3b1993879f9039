"""Pages of agreements and of negotiations."""

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
from tradegraph.web.explorer.thing_values import MOST_MARKS, Writer, say
from tradegraph.web.kit import Fact, Facts, date_in_words
from tradegraph.web.notes import Text


def _agreement_says(w: Writer) -> Iterable[Sentence]:
    own, language = w.reading.own, w.language
    form = w.concept(own.iri_of("tg:instrumentForm")) or say(w, "things_agreement")
    parties = [w.related(one) for one in w.reading.related("tg:party")]
    concluded = date_in_words(own.text("tg:concludedOn"), language)
    when = ""
    if concluded:
        by_day = len(own.text("tg:concludedOn")) == 10
        when = say(w, "things_concluded_on", when=concluded) if by_day else say(w, "things_concluded", when=concluded)
    if len(parties) > 1:
        template = say(w, "things_agreement_between")
    else:
        template = say(w, "things_agreement_with") if parties else say(w, "things_agreement_alone")
    marks = w.marks(own.passages[:MOST_MARKS], w.label("tg:instrumentForm"), stated=own.text("tg:nameAsStated"))
    what = Fact(Text(form[:1].upper() + form[1:]), marks)
    yield w.sentence(template, what=what, who=parties, when=when)
    match own.iri_of("tg:bindingness").removeprefix(ID + "concept/bindingness-"):
        case "binding":
            yield w.sentence(say(w, "things_binding"))
        case "not-binding":
            yield w.sentence(say(w, "things_not_binding"))
        case _:
            yield w.sentence(say(w, "things_binding_unknown"))


def _agreement_facts(w: Writer) -> Iterable[Facts]:
    own = w.reading.own
    yield from w.rows("tg:agreementType", "tg:instrumentForm")
    yield w.row("tg:bindingness") or w.gap("tg:bindingness")
    yield w.row("tg:agreementScope") or w.gap("tg:agreementScope")
    yield w.row("tg:party") or w.gap("tg:party")
    yield w.row("tg:concludedOn") or w.gap("tg:concludedOn")
    yield w.row("tg:hasStatus") or w.gap("tg:hasStatus")
    yield from w.rows(
        "tg:signedBy",
        "tg:signedDuring",
        "tg:sourceReference",
        "tg:publishedIn",
        "tg:inSector",
        "tg:underAgreement",
        "tg:partOf",
        "tg:amendsAgreement",
    )
    for name in ("tg:amendsAgreement", "tg:resultedIn", "tg:negotiates"):
        if (row := w.row(name, inverse=True)) is not None:
            yield row
    if own.is_a("Treaty") and not own.terms("tg:publishedIn"):
        yield w.gap("tg:publishedIn")


def _agreement_parts(w: Writer) -> Iterable[Part | None]:
    yield sections.to_know(w)
    yield _steps(w)
    yield _parties(w)
    yield sections.statuses(w)
    yield tables.figures(w)
    yield sections.statements(w)
    yield sections.commitments(w)
    yield sections.questions(w)
    yield sections.mentions(w)


def _steps(w: Writer) -> Part | None:
    found = w.reading.records("agreement_steps")
    if not found:
        return None
    w.shown.add(("tg:actionOn", True))
    rows = []
    for record in sorted(found, key=lambda one: one.text("tg:actionDate")):
        stated = record.text("tg:dateAsStated")
        date = record.text("tg:actionDate")
        kind = w.concept(record.iri_of("tg:actionType"))
        note = w.chosen(record.texts("tg:curationNote"))
        rows.append(
            (
                (w.fact(kind, record, kind, stated),),
                (Fact(Text(date_in_words(date, w.language))),) if date else (not_stated(w),),
                quoted(stated),
                tuple(Fact(w.link(one)) for one in record.iris("tg:actionBy")) or (not_stated(w),),
                tuple(Fact(w.link(one)) for one in record.iris("tg:actionDuring")),
                (Fact(note),) if note else (),
            )
        )
    columns = (
        say(w, "things_step"),
        say(w, "things_when"),
        say(w, "things_as_written"),
        say(w, "things_by"),
        say(w, "things_at"),
        say(w, "things_note"),
    )
    return sections.table(w, "agreement_steps", "steps", say(w, "things_steps"), columns, rows)


def _parties(w: Writer) -> Part | None:
    found = w.reading.records("agreement_parties")
    if not found:
        return None
    w.shown.add(("tg:partyRecordOf", True))
    # Several places may name the same party: one row with all their words.
    groups: dict[tuple[str, bool], list[Record]] = defaultdict(list)
    for record in found:
        groups[record.iri_of("tg:partyRecordFor"), "polarity-negated" in record.concepts].append(record)
    rows = []
    for (party, denied), records in groups.items():
        written = dict.fromkeys(one.text("tg:nameAsStated") for one in records)
        spans = dict.fromkeys(w.span(one.text("tg:validFrom"), one.text("tg:validUntil")) for one in records)
        notes = (w.chosen(one.texts("tg:curationNote")) for one in records)
        rows.append(
            (
                (w.joined(w.link(party), records, say(w, "things_no_party") if denied else ""),),
                tuple(fact for stated in written for fact in quoted(stated)),
                tuple(Fact(Text(span)) for span in spans if span),
                tuple(dict.fromkeys(Fact(note) for note in notes if note is not None)),
            )
        )
    columns = (
        w.label("tg:party"),
        say(w, "things_as_written"),
        say(w, "things_holds"),
        say(w, "things_note"),
    )
    return sections.table(w, "agreement_parties", "parties", say(w, "things_parties"), columns, rows)


def _negotiation_says(w: Writer) -> Iterable[Sentence]:
    parties = [w.related(one) for one in w.reading.related("tg:party")]
    own = w.reading.own
    marks = w.marks(own.passages[:MOST_MARKS], w.label("tg:negotiatingParty"), stated=own.text("tg:nameAsStated"))
    if parties:
        several = len(parties) > 1
        template = say(w, "things_negotiation") if several else say(w, "things_negotiation_with")
        yield w.sentence(template, what=Fact(Text(say(w, "things_negotiations")), marks), who=parties)
    for record in w.reading.records("thing_statuses"):
        status = w.concept(record.iri_of("tg:status"))
        stated = record.text("tg:statusAsStated")
        known = date_in_words(record.text("tg:knownOn"), w.language)
        template = say(w, "things_state_on", day=known) if known else say(w, "things_state")
        yield w.sentence(template, what=w.fact(status, record, w.label("tg:hasStatus"), stated))


def _negotiation_facts(w: Writer) -> Iterable[Facts]:
    w.shown.update({("tg:negotiatingParty", False)})
    yield from w.rows("tg:agreementType", "tg:party")
    yield w.row("tg:hasStatus") or w.gap("tg:hasStatus")
    yield from w.rows("tg:negotiates", "tg:basedOn", "tg:partOf")


def _negotiation_parts(w: Writer) -> Iterable[Part | None]:
    yield sections.statuses(w)
    yield from usual_parts(w)


AGREEMENT: Final = Design(_agreement_says, _agreement_facts, _agreement_parts)
NEGOTIATION: Final = Design(_negotiation_says, _negotiation_facts, _negotiation_parts)
