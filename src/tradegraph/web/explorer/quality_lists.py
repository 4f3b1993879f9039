"""The lists behind the quality page: what contradicts, is missing, refused, absent, open, or not from a document."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.kinds import kind_of
from tradegraph.languages import Language, Words
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.web.explorer.record_lines import Line, Records
from tradegraph.web.kit import date_in_words, number_in_words
from tradegraph.web.notes import How, Link, Mark, Notes
from tradegraph.web.site import Panel, Site, iri, text

_VALUE: Final = PREFIXES["sdmx-measure"] + "obsValue"
_UNIT: Final = PREFIXES["sdmx-attribute"] + "unitMeasure"


@dataclass(frozen=True)
class Listing:
    """A list: its key in the address, the panel behind it, its title and what it tells; `pairs`: rows hold two records.

    `reason` names the variable by which the rows can be told apart; `remark` a variable that is shown in small.
    """

    key: str
    panel: str
    title: Words
    text: Words
    pairs: bool = False
    reason: str = ""
    remark: str = ""
    how: How = "stated"


LISTINGS: Final = {
    one.key: one
    for one in (
        Listing(
            "contradictions",
            "quality_contradictions",
            Words("Bronnen die elkaar tegenspreken", "Sources that contradict each other"),
            Words(
                "Twee plaatsen zeggen iets dat niet allebei waar kan zijn. Wij kiezen niet; beide staan in de "
                "gegevens.",
                "Two places say what cannot both be true. We do not choose; both are in the data.",
            ),
            pairs=True,
            how="disagree",
        ),
        Listing(
            "replaced",
            "quality_replaced",
            Words("Vervangen door iets nieuwers", "Replaced by something newer"),
            Words(
                "Het eerste komt in de plaats van het tweede. Het oude blijft staan: een bron verandert niet.",
                "The first takes the place of the second. The older stays: a source does not change.",
            ),
            pairs=True,
        ),
        Listing(
            "restated",
            "quality_restated",
            Words("Hetzelfde cijfer nog een keer", "The same figure again"),
            Words(
                "Een cijfer dat op een andere plaats ook staat, soms anders afgerond. Tel het niet dubbel.",
                "A figure that also stands elsewhere, sometimes rounded otherwise. Do not count it twice.",
            ),
            pairs=True,
        ),
        Listing(
            "gaps",
            "quality_gaps",
            Words("Wat ontbreekt, en waarom", "What is missing, and why"),
            Words(
                "Een waarde of feit waarvan de bron laat zien dat het er niet is. Dat is iets anders dan nul of nee.",
                "A value or fact of which the source shows that it is not there. That differs from zero or no.",
            ),
            reason="reason",
        ),
        Listing(
            "absences",
            "quality_absences",
            Words("Wat er volgens een bron niet is", "What there is not, according to a source"),
            Words(
                "Een document zegt zelf dat iets niet bestaat of niet is gebeurd.",
                "A document itself says that something does not exist or did not happen.",
            ),
            remark="known",
        ),
        Listing(
            "refusals",
            "quality_refusals",
            Words("Wat niet wordt gedeeld", "What is not disclosed"),
            Words(
                "De regering zegt dat zij iets niet deelt, met de reden die zij geeft.",
                "The government says that it does not share something, with the ground that it gives.",
            ),
            reason="ground",
        ),
        Listing(
            "open-answers",
            "quality_open_answers",
            Words("Antwoorden die iets open laten", "Answers that leave something open"),
            Words(
                "Antwoorden die niet alles zeggen wat is gevraagd, en hoe.",
                "Answers that do not say all that was asked, and how.",
            ),
            reason="disposition",
        ),
        Listing(
            "readings",
            "quality_read",
            Words("Wat wij erin lazen", "What we read into it"),
            Words(
                "Waar de woorden van de bron niet genoeg zeggen: door ons ingevuld, of niet uit te maken.",
                "Where the words of the source do not say enough: settled by us, or not to be settled.",
            ),
            reason="reason",
        ),
        Listing(
            "elsewhere",
            "quality_elsewhere",
            Words("Niet uit de documenten", "Not from the documents"),
            Words(
                "Toegevoegd om te begrijpen wie wie is; geen passage noemt dit. In antwoorden is dat te zien.",
                "Added to make clear who is who; no passage names this. Answers show it.",
            ),
            remark="row",
        ),
        Listing(
            "possibly-same",
            "quality_same",
            Words("Misschien hetzelfde", "Perhaps the same"),
            Words(
                "Twee dingen die apart staan, maar misschien één zijn. Volgens ons, niet volgens een bron.",
                "Two things kept apart that may be one. Our reading, not that of a source.",
            ),
            pairs=True,
        ),
        Listing(
            "notes",
            "quality_notes",
            Words("Onze kanttekeningen", "Our notes"),
            Words(
                "Wat wij bij het overnemen opmerkten: wat er niet staat, en hoe iets is gelezen.",
                "What we noted on the way: what is not stated, and how something was read.",
            ),
            remark="note",
        ),
    )
}
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
