"""Pages of policy instruments, policies and commitments to Parliament."""

from collections.abc import Iterable
from typing import Final

from tradegraph.web.explorer import thing_sections as sections
from tradegraph.web.explorer import thing_tables as tables
from tradegraph.web.explorer.thing_design import Design
from tradegraph.web.explorer.thing_parts import Part, Sentence
from tradegraph.web.explorer.thing_values import MOST_MARKS, Writer, say
from tradegraph.web.kit import Fact, Facts, date_in_words
from tradegraph.web.notes import Text


def _instrument_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    kinds = [w.own_value("tg:instrumentKind", term) for term in own.terms("tg:instrumentKind")]
    runs = [w.related(one) for one in w.reading.related("tg:runBy")]
    if kinds:
        yield w.sentence(say(w, "things_instrument_kind"), what=kinds)
    elif not own.terms("dct:description"):
        marks = w.marks(own.passages[:MOST_MARKS], w.label("tg:PolicyInstrument"), stated=own.text("tg:nameAsStated"))
        yield (*w.sentence(say(w, "things_instrument")), Fact(Text(""), marks))
    yield w.sentence(say(w, "things_run_by") if runs else say(w, "things_run_by_unknown"), who=runs)
    groups = [w.related(one) for one in w.reading.related("tg:targetGroup")]
    if groups:
        yield w.sentence(say(w, "things_meant_for"), who=groups)


def _instrument_facts(w: Writer) -> Iterable[Facts]:
    yield from w.rows("tg:shortName")
    yield w.row("tg:instrumentKind") or w.gap("tg:instrumentKind")
    yield w.row("tg:runBy") or w.gap("tg:runBy")
    yield from w.rows("tg:policyOwner", "tg:fundedBy", "tg:targetGroup", "tg:inSector", "tg:appliesTo")
    yield w.row("tg:hasStatus") or w.gap("tg:hasStatus")
    yield from w.rows("tg:partOf", "tg:basedOn", "tg:legalBasis", "tg:evaluatedIn")
    for name in ("tg:partOf", "tg:appliesTo", "tg:conditionFor", "tg:fundedBy"):
        if (row := w.row(name, inverse=True)) is not None:
            yield row


def _policy_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    measure = own.is_a("TradeMeasure")
    owners = [w.related(one) for one in w.reading.related("tg:policyOwner")]
    kind = w.label("tg:TradeMeasure") if measure else w.label("tg:Policy")
    template = say(w, "things_policy_of") if owners else say(w, "things_policy")
    # The kind alone stands above the heading already.
    if owners or not own.terms("dct:description"):
        marks = w.marks(own.passages[:MOST_MARKS], kind, stated=own.text("tg:nameAsStated"))
        yield w.sentence(template, what=Fact(Text(kind[:1].upper() + kind[1:]), marks), who=owners)
    whole = [w.related(one) for one in w.reading.related("tg:partOf")]
    if whole:
        yield w.sentence(say(w, "things_policy_part"), what=whole)
    applies = [w.related(one) for one in w.reading.related("tg:appliesTo")]
    if applies:
        yield w.sentence(say(w, "things_policy_applies"), what=applies)


def _policy_facts(w: Writer) -> Iterable[Facts]:
    yield w.row("tg:policyOwner") or w.gap("tg:policyOwner")
    yield from w.rows("tg:runBy", "tg:appliesTo", "tg:targetGroup", "tg:conditionFor", "tg:startedOn")
    yield w.row("tg:hasStatus") or w.gap("tg:hasStatus")
    yield from w.rows("tg:partOf", "tg:basedOn", "tg:legalBasis", "tg:underAgreement", "tg:fundedBy")
    for name in ("tg:partOf", "tg:basedOn", "tg:appliesTo"):
        if (row := w.row(name, inverse=True)) is not None:
            yield row


def _parts(w: Writer) -> Iterable[Part | None]:
    yield sections.to_know(w)
    yield tables.figures(w)
    yield sections.statuses(w)
    yield sections.statements(w)
    yield sections.commitments(w)
    yield sections.questions(w)
    yield sections.mentions(w)


def _commitment_says(w: Writer) -> Iterable[Sentence]:
    own = w.reading.own
    promise = w.chosen(own.texts("tg:promises"))
    if promise is not None:
        marks = w.marks(own.passages, w.label("tg:promises"), record=own.iri)
        yield (Fact(promise, marks),)
    body = [Fact(w.link(one)) for one in own.iris("tg:addressedTo")]
    status = w.concept(own.iri_of("tg:commitmentStatus"))
    due = date_in_words(own.text("tg:dueDate"), w.language)
    template = say(w, "things_promised_to") if body else say(w, "things_promised")
    yield w.sentence(template, who=body)
    yield w.sentence(
        say(w, "things_promise_due", status=status, due=due) if due else say(w, "things_promise_status", status=status)
    )


def _commitment_facts(w: Writer) -> Iterable[Facts]:
    w.shown.update({("tg:promises", False), ("tg:dateAsStated", False)})
    own = w.reading.own
    yield w.row("tg:addressedTo") or w.gap("tg:addressedTo")
    yield from w.rows("tg:commitmentStatus")
    stated = own.text("tg:dateAsStated")
    label = w.label("tg:dueDate")
    w.shown.add(("tg:dueDate", False))
    if (due := own.text("tg:dueDate")) or stated:
        value = Text(date_in_words(due, w.language) or f"“{stated}”")
        note = say(w, "things_written_as", stated=stated) if due and stated else ""
        marks = w.marks(own.passages[:MOST_MARKS], label, stated=stated)
        yield Facts(label, (Fact(value, marks, stated, note),), w.address_of("tg:dueDate"))
    else:
        yield w.gap("tg:dueDate")
    about = [w.related(one) for one in w.reading.relations if one.relation.endswith("#about") and not one.inverse]
    about = about or [w.own_value("tg:refersTo", term) for term in own.terms("tg:refersTo")]
    if about:
        yield Facts(w.label("tg:refersTo"), tuple(about), w.address_of("tg:refersTo"))


INSTRUMENT: Final = Design(_instrument_says, _instrument_facts, _parts)
POLICY: Final = Design(_policy_says, _policy_facts, _parts)
COMMITMENT: Final = Design(_commitment_says, _commitment_facts, _parts)
