"""Parts that most pages of things have: what is said, states over time, promises, where it is named, what to know."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from tradegraph.namespaces import ID
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.thing_parts import (
    Column,
    Group,
    GroupsPart,
    ListPart,
    NotesPart,
    Part,
    Said,
    SaidGroup,
    SaidPart,
    TablePart,
)
from tradegraph.web.explorer.thing_reading import Record
from tradegraph.web.explorer.thing_values import Writer, say
from tradegraph.web.kit import Fact, date_in_words
from tradegraph.web.notes import Link, Text
from tradegraph.web.site import iri, text

FIRST_OF_TYPE: Final = 4
"""How many statements of a type stand open; the others are folded."""
MOST_OF_TYPE: Final = 12
_GAPS: Final = ("absence", "refusal")
_MOST_GAPS: Final = 8
_MOST_PARTS: Final = 12
# What people look for first stands first; what has no type, last.
_TYPES: Final = [
    "absence",
    "refusal",
    "completeness",
    "finding",
    "assessment",
    "effect",
    "trend",
    "comparison",
    "cause",
    "reason",
    "plan",
    "aim",
    "obligation",
    "condition",
    "recommendation",
    "definition",
    "scope",
    "method",
    "description",
]
_TYPE: Final = ID + "concept/statement-type-"


def statements(w: Writer) -> Part | None:
    """Return what the documents say about the thing, by type of statement; gaps and refusals first."""
    every = w.reading.records("thing_statements")
    found = [one for one in every if one.literals("tg:text") and one.iri not in w.told]
    if not found:
        return None
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in found:
        groups[record.iri_of("tg:statementType")].append(record)

    def rank(kind: str) -> int:
        name = kind.removeprefix(_TYPE)
        return _TYPES.index(name) if name in _TYPES else len(_TYPES)

    shown = tuple(
        SaidGroup(
            w.concept(kind) or say(w, "things_said_other"),
            tuple(said(w, record) for record in groups[kind][:MOST_OF_TYPE]),
            len(groups[kind]),
        )
        for kind in sorted(groups, key=rank)
    )
    return SaidPart(
        "statements",
        say(w, "things_said"),
        shown,
        len(found),
        "?property=tg:refersTo" if any(len(members) > MOST_OF_TYPE for members in groups.values()) else "",
        query=w.reading.panel("thing_statements").address(w.language),
        intro=say(w, "things_said_intro"),
    )


def said(w: Writer, record: Record) -> Said:
    """Return a statement: whether it denies, expects or intends, whom it relies on, and since when it is known."""
    concepts = record.concepts
    remarks = [
        w.concept(iri_of)
        for iri_of in (record.iri_of("tg:missingReason"), record.iri_of("tg:modality"))
        if iri_of and not iri_of.endswith("modality-fact")
    ]
    kind = w.concept(record.iri_of("tg:statementType"))
    remarks = [one for one in remarks if one != kind]
    if "polarity-negated" in concepts and "statement-type-absence" not in concepts:
        remarks.insert(0, say(w, "things_negated"))
    according = [w.name(one).text for one in record.iris("tg:accordingTo")]
    if according:
        remarks.append(say(w, "things_according", who=", ".join(according)))
    if count := record.text("tg:statedCount"):
        remarks.append(say(w, "things_count", n=count))
    if known := record.text("tg:knownOn"):
        remarks.append(say(w, "things_known_on", day=date_in_words(known, w.language)))
    stated = tuple(one.value for one in record.literals("tg:valueAsStated"))
    contradicted = bool(record.terms("tg:contradicts"))
    if contradicted:
        remarks.append(say(w, "things_contradicted"))
    marks = w.marks(
        record.passages,
        kind,
        stated=" … ".join(stated),
        record=record.iri,
        how="disagree" if contradicted else None,
    )
    return Said(
        w.chosen(record.texts("tg:text")) or Text(record.iri.removeprefix(ID)),
        marks,
        tuple(remarks),
        stated,
        page_address(record.iri, w.language),
        bool(record.terms("tg:missingReason")),
    )


def table(
    w: Writer,
    panel: str,
    key: str,
    heading: str,
    columns: Iterable[str],
    rows: Iterable[tuple[tuple[Fact, ...], ...]],
    *,
    total: int = 0,
    more: str = "",
) -> TablePart:
    """Return what a panel answered as a table, without the columns in which no row has anything."""
    query = w.reading.panel(panel).address(w.language)
    whole = TablePart(key, heading, tuple(map(Column, columns)), tuple(rows), total, more, query=query)
    return whole.without_empty_columns()


def statuses(w: Writer) -> Part | None:
    """Return the states of the thing, as known when and in whose words; nothing for a thing without."""
    found = w.reading.records("thing_statuses")
    if not found:
        return None
    w.shown.add(("tg:statusOf", True))
    rows = []
    for record in sorted(found, key=lambda one: one.text("tg:knownOn") or one.text("tg:validFrom"), reverse=True):
        stated = record.text("tg:statusAsStated")
        status = Text(w.concept(record.iri_of("tg:status")))
        validity = w.span(record.text("tg:validFrom"), record.text("tg:validUntil"))
        rows.append(
            (
                (w.fact(status, record, w.label("tg:hasStatus") + ": " + status.text, stated),),
                quoted(stated),
                (w.known_on(record),),
                (Fact(Text(validity)),) if validity else (),
            )
        )
    w.shown.add(("tg:hasStatus", False))
    columns = (
        say(w, "things_status"),
        say(w, "things_as_written"),
        say(w, "things_known"),
        say(w, "things_holds"),
    )
    return table(w, "thing_statuses", "statuses", say(w, "things_statuses"), columns, rows)


def quoted(stated: str) -> tuple[Fact, ...]:
    """Return words of a source, which are Dutch, in quotation marks; nothing where there are none."""
    return (Fact(Text(f"“{stated}”", "nl")),) if stated else ()


def commitments(w: Writer) -> Part | None:
    """Return what was promised to Parliament about the thing."""
    found = w.reading.records("thing_commitments")
    if not found:
        return None
    rows = []
    for record in found:
        promise = w.chosen(record.texts("tg:promises")) or Text(w.name(record.iri).text)
        due = record.text("tg:dueDate")
        rows.append(
            (
                (w.fact(Link(promise.text, promise.language, page_address(record.iri, w.language)), record),),
                (Fact(Text(w.concept(record.iri_of("tg:commitmentStatus")))),),
                (
                    Fact(
                        Text(date_in_words(due, w.language)),
                        note=", ".join(f"“{one.value}”" for one in record.literals("tg:dateAsStated")),
                    ),
                )
                if due
                else quoted(record.text("tg:dateAsStated")) or (not_stated(w),),
            )
        )
    return TablePart(
        "commitments",
        say(w, "things_commitments"),
        (
            Column(say(w, "things_promise")),
            Column(say(w, "things_status")),
            Column(say(w, "things_due")),
        ),
        tuple(rows),
        query=w.reading.panel("thing_commitments").address(w.language),
    )


def not_stated(w: Writer) -> Fact:
    """Return the fact that the documents do not state something."""
    return Fact(Text(say(w, "things_not_stated")), gap=True)


def mentions(w: Writer) -> Part | None:
    """Return the parts of documents that name the thing, by document; a link leads to the place in the document."""
    rows = w.reading.panel("thing_mentions").rows
    if not rows:
        return None
    w.shown.update({("tg:mentions", True), ("tg:mentionedIn", False)})
    documents: dict[str, list[Fact]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for row in rows:
        document, count = iri(row, "document"), int(text(row, "count") or 0)
        totals[document] += count
        anchor = iri(row, "first").removeprefix(ID + "passage/")
        name = w.name(iri(row, "part"))
        href = f"{page_address(document, w.language)}#{anchor}"
        documents[document].append(Fact(Link(name.text, name.language, href), note=f"{count}×" if count > 1 else ""))
    groups = tuple(
        Group(w.name(document).text, tuple(parts[:_MOST_PARTS]), len(parts), term=page_address(document, w.language))
        for document, parts in documents.items()
    )
    return GroupsPart(
        "mentions",
        say(w, "things_mentions"),
        groups,
        query=w.reading.panel("thing_mentions").address(w.language),
        intro=_times_named(w, sum(totals.values())),
        flowing=True,
    )


def _times_named(w: Writer, count: int) -> str:
    return say(w, "things_mentions_intro", n=count) if count > 1 else say(w, "things_mention_intro")


def questions(w: Writer) -> Part | None:
    """Return the questions of Parliament that name the thing, or whose answers do, by number."""
    rows = w.reading.panel("thing_questions").rows
    if not rows:
        return None
    items = tuple(
        Fact(Link(say(w, "things_question", n=text(row, "number")), "", page_address(iri(row, "question"), w.language)))
        for row in rows
    )
    return ListPart(
        "questions",
        say(w, "things_questions", n=len(items)),
        items,
        flowing=True,
        query=w.reading.panel("thing_questions").address(w.language),
    )


def to_know(w: Writer) -> Part | None:
    """Return what a careful reader should know: the note of the curator, gaps, disagreements."""
    items: list[tuple[str, Fact]] = []
    note = w.chosen(w.reading.own.texts("tg:curationNote"))
    if note is not None:
        items.append((say(w, "things_note"), Fact(note)))
    for record in w.reading.records("thing_statements"):
        kind = record.iri_of("tg:statementType").removeprefix(_TYPE)
        if kind in _GAPS and len(w.told) < _MOST_GAPS and record.literals("tg:text"):
            w.told.add(record.iri)
            one = said(w, record)
            label = say(w, "things_missing") if kind == "absence" else say(w, "things_refused")
            items.append((label, Fact(one.text, one.marks, note=" · ".join(one.remarks))))
    pairs: set[frozenset[str]] = set()
    read = {one.iri: one for panel in ("thing_figures", "thing_statements") for one in w.reading.records(panel)}
    for record in read.values():
        for other in record.iris("tg:contradicts", "tg:supersedes"):
            # Each says it of the other; once is enough.
            if (pair := frozenset((record.iri, other))) in pairs:
                continue
            pairs.add(pair)
            replaced = other in record.iris("tg:supersedes")
            name = w.link(record.iri)
            about = (
                say(w, "things_replaces", other=w.name(other).text)
                if replaced
                else say(w, "things_differs", other=w.name(other).text)
            )
            marks = w.marks(record.passages, name.text, record=record.iri, how=None if replaced else "disagree")
            if other in read and not replaced:
                found = w.marks(read[other].passages, w.name(other).text, record=other, how="disagree")
                marks = tuple(sorted({*marks, *found}, key=lambda mark: mark.number))
            label = say(w, "things_superseded") if replaced else say(w, "things_disagreement")
            items.append((label, Fact(name, marks, note=about)))
    same = w.reading.related("tg:possiblySameAs") + w.reading.related("tg:possiblySameAs", inverse=True)
    for relation in same:
        items.append((w.label("tg:possiblySameAs"), w.related(relation)))
        w.shown.update({("tg:possiblySameAs", False), ("tg:possiblySameAs", True)})
    unique = tuple(dict.fromkeys(items))
    return NotesPart("to-know", say(w, "things_to_know"), unique) if unique else None


def other_names(w: Writer) -> tuple[Fact, ...]:
    """Return the names by which documents call the thing, other than its own, the one used most first."""
    title = w.name(w.reading.thing).text.casefold()
    known = {title}
    found = []
    for row in w.reading.panel("thing_names").rows:
        name = row.get("name")
        if isinstance(name, ox.Literal) and name.value.casefold() not in known:
            known.add(name.value.casefold())
            marks = w.marks([iri(row, "first")], say(w, "things_named"), stated=name.value)
            language = name.language or ""
            found.append(Fact(Text(name.value, language if language != w.language else ""), marks, name.value))
    for naming in ("tg:shortName", "tg:nameAsStated"):
        for term in w.reading.own.literals(naming):
            w.shown.add((naming, False))
            if term.value.casefold() not in known:
                known.add(term.value.casefold())
                fact = w.own_value(naming, term, term.value if naming == "tg:nameAsStated" else "")
                # No quotation marks, as the other names.
                found.append(Fact(Text(term.value, fact.value.language), fact.marks, fact.stated))
    return tuple(found)
