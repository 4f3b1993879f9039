"""The rows of the lists behind the quality page: records that contradict, are missing, refused, absent or open."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.kinds import kind_of
from tradegraph.languages import Language
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.web.explorer.quality_listings import Listing
from tradegraph.web.explorer.record_lines import Line, Records
from tradegraph.web.kit import date_in_words, number_in_words
from tradegraph.web.notes import Link, Mark, Notes
from tradegraph.web.site import Panel, Site, iri, text

_VALUE: Final = PREFIXES["sdmx-measure"] + "obsValue"
_UNIT: Final = PREFIXES["sdmx-attribute"] + "unitMeasure"
_NEEDS_LANGUAGE: Final = frozenset({"quality_notes"})
_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "quality_contradictions": ("quality_values",),
    "quality_replaced": ("quality_values",),
    "quality_restated": ("quality_values",),
    "quality_gaps": ("quality_record_parts",),
    "quality_read": ("quality_record_parts",),
}


@dataclass(frozen=True)
class Side:
    """A record of a pair: its line, value and unit, the values as written, and the passages that state it."""

    line: Line
    value: str
    stated: tuple[str, ...]
    passages: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Item:
    """A row of a list: one or two records, the reason by which rows can be told apart, and a remark."""

    sides: tuple[Side, ...]
    reason: str = ""
    reason_name: str = ""
    remark: str = ""


def listed(site: Site, language: Language, listing: Listing) -> tuple[tuple[Item, ...], tuple[Panel, ...]]:
    """Return the rows of a list, each record once, and the panels that were run."""
    given = {"language": ox.Literal(language)} if listing.panel in _NEEDS_LANGUAGE else {}
    panel = site.panel(listing.panel, given)
    parts = tuple(site.panel(name) for name in _PARTS.get(listing.panel, ()))
    said = Records(site, language, (row for part in parts for row in part.rows))
    names = ("one", "other") if listing.pairs else ("record",)
    places: dict[str, dict[str, None]] = defaultdict(dict)
    remarks: dict[str, str] = {}
    rows: dict[tuple[str, ...], None] = {}
    for row in panel.rows:
        key = (*(iri(row, name) for name in names), iri(row, listing.reason) if listing.reason else "")
        rows[key] = None
        for name in names:
            variable = f"passage_of_{name}" if listing.pairs else "passage"
            if passage := iri(row, variable):
                places[iri(row, name)][passage] = None
        if listing.remark:
            remarks[iri(row, names[0])] = text(row, listing.remark)
    records = list(dict.fromkeys(one for key in rows for one in key[: len(names)]))
    lines = _lines(site, language, said, records)
    reasons = site.named({key[-1] for key in rows if key[-1]}, language)
    units = site.named(
        {
            term.value
            for record in records
            for term in said.said.get(record, {}).get(_UNIT, ())
            if isinstance(term, ox.NamedNode)
        },
        language,
    )

    def side(record: str) -> Side:
        own = said.said.get(record, {})
        value = " ".join(
            [number_in_words(term.value, language) for term in own.get(_VALUE, ())]
            + [units[term.value].text for term in own.get(_UNIT, ()) if term.value in units]
        )
        return Side(lines[record], value, said.stated(record), tuple(places[record]))

    items = tuple(
        Item(
            tuple(side(one) for one in key[: len(names)]),
            key[-1],
            reasons[key[-1]].text if key[-1] else "",
            _remark(listing, remarks.get(key[0], ""), language),
        )
        for key in rows
    )
    return items, (panel, *parts)


def _remark(listing: Listing, value: str, language: Language) -> str:
    return date_in_words(value, language) if listing.remark == "known" else value


def _lines(site: Site, language: Language, said: Records, records: list[str]) -> dict[str, Line]:
    """Return the lines of records; an answer, which has no name of its own, goes under that of its question."""
    lines = said.lines(records)
    if not any(kind_of(one).key == "answer" for one in records):
        return lines
    questions = {
        iri(row, "answer"): iri(row, "question") for row in site.panel("question_list").rows if iri(row, "answer")
    }
    names = site.named(questions.values(), language)
    for one in records:
        if one in questions:
            line, name = lines[one], names[questions[one]]
            link = Link(name.text, name.language, line.link.href)
            lines[one] = Line(link, line.kind, one, line.stated, line.missing)
    return lines


def marked(notes: Notes, listing: Listing, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the rows with marks for where each record is stated."""

    def with_marks(side: Side) -> Side:
        name = side.line.link.text
        marks = notes.mark(side.passages, name, stated="; ".join(side.stated), record=side.line.iri, how=listing.how)
        return Side(side.line, side.value, side.stated, side.passages, marks)

    return tuple(Item(tuple(map(with_marks, one.sides)), one.reason, one.reason_name, one.remark) for one in items)


Row = Mapping[str, str | int | list[str]]


def file_rows(items: tuple[Item, ...]) -> list[Row]:
    """Return the rows for a program: IRIs, names, values and passages."""
    found: list[Row] = []
    for one in items:
        row: dict[str, str | int | list[str]] = {}
        for number, side in enumerate(one.sides):
            prefix = "" if len(one.sides) == 1 else ("one_", "other_")[number]
            row |= {
                f"{prefix}record": side.line.iri,
                f"{prefix}text": side.line.link.text,
                f"{prefix}value": side.value,
                f"{prefix}stated": "; ".join(side.stated),
                f"{prefix}passages": list(side.passages),
            }
        row |= {"reason": one.reason.removeprefix(ID), "reason_name": one.reason_name, "remark": one.remark}
        found.append(row)
    return found


def columns(listing: Listing) -> tuple[str, ...]:
    """Return the columns of `file_rows` for a list."""
    sides = ("one_", "other_") if listing.pairs else ("",)
    named = tuple(f"{side}{name}" for side in sides for name in ("record", "text", "value", "stated", "passages"))
    return (*named, "reason", "reason_name", "remark")
