"""Writes what was read of a thing as facts: values in words, links under names, source marks, remarks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.connections.nouns import article
from tradegraph.explore.kinds import kind_of
from tradegraph.explore.names import Name
from tradegraph.languages import Language, Words
from tradegraph.namespaces import DEF, ID, PREFIXES, shrink
from tradegraph.web.explorer.property_words import INVERSES, SHORTER
from tradegraph.web.explorer.thing_parts import Sentence
from tradegraph.web.explorer.thing_reading import Reading, Record, Related, Term
from tradegraph.web.kit import Fact, Facts, date_in_words, number_in_words
from tradegraph.web.notes import How, Link, Mark, Notes, Text
from tradegraph.web.site import link_to
from tradegraph.web.vocabulary import Term as VocabularyTerm
from tradegraph.web.words import say as say_in

MOST_MARKS: Final = 3
"""A row that was read from many passages gets this many marks at each plain value; its relations have their own."""
MOST_IN_ROW: Final = 12
_DATES: Final = frozenset(PREFIXES["xsd"] + name for name in ("date", "gYear", "gYearMonth"))
_NUMBERS: Final = frozenset(PREFIXES["xsd"] + name for name in ("integer", "decimal"))
# From registers that we keep, whatever passages name the thing: codes, coordinates, parts of names.
_REGISTERED: Final = frozenset(
    [
        "foaf:familyName",
        "foaf:givenName",
        "org:postIn",
        "org:subOrganizationOf",
        "schema:latitude",
        "schema:longitude",
        "schema:sameAs",
        "tg:authorityConcept",
        "tg:isoAlpha2",
        "tg:isoAlpha3",
        "tg:partOfTerritory",
        "tg:territoryType",
        "tg:shortName",
        "tg:validFrom",
        "tg:validUntil",
        "tg:phaseType",
        "tg:succeededByOffice",
        "dct:identifier",
        "dct:description",
    ]
)
_SLOT: Final = re.compile(r"\[(\w+)\]")
# Slots that stand after a preposition, where a country or an organisation may need its article.
_AFTER_PREPOSITION: Final = frozenset(["where", "who", "whole"])
_WITH_ARTICLE: Final = frozenset(["territory", "organisation"])
# A Dutch adjective without its -e stands before a word with "het": Nationaal Contactpunt, Breed Handelsberaad.
_BARE_ADJECTIVES: Final = ("aal", "eed")
_WORDS_BEFORE: Final = frozenset(["about", "almost", "at-least", "at-most", "less-than", "more-than"])
# How a number of each unit is written; "year" and other calendar units are the same for one and many in Dutch.
_UNITS: Final = {
    "eur": Words("€ {n}", "€{n}"),
    "usd": Words("US$ {n}", "US${n}"),
    "percent": Words("{n}%", "{n}%"),
    "percentage-point": Words("{n} procentpunt", "{n} percentage points"),
    "number": Words("{n}", "{n}"),
    "ordinal": Words("plaats {n}", "place {n}"),
    "month": Words("{n} maanden", "{n} months"),
    "year": Words("{n} jaar", "{n} years"),
    "tonne": Words("{n} ton", "{n} tonnes"),
    "kilogram": Words("{n} kg", "{n} kg"),
    "fte": Words("{n} voltijdsbanen", "{n} full-time equivalents"),
    "factor": Words("factor {n}", "factor {n}"),
    "edition": Words("editie {n}", "edition {n}"),
    "rating-1-10": Words("rapportcijfer {n}", "report mark {n}"),
}


class Writer:
    """Writes facts about one thing in one language; `notes` are the sources of the page."""

    def __init__(self, reading: Reading, notes: Notes, vocabulary: Mapping[str, VocabularyTerm]) -> None:
        self.reading, self.notes, self.language = reading, notes, reading.language
        self.vocabulary = vocabulary
        recorded = reading.own.iri_of("tg:recordedIn") or reading.own.text("tg:recordedIn")
        self.registered = bool(recorded) and "data/facts/" not in recorded
        self.shown: set[tuple[str, bool]] = set()
        """Properties, and whether they are seen from their value, that have a place of their own on the page."""
        self.told: set[str] = set()
        """Statements that stand among what is good to know, and not once more among what is said."""

    # Words

    def label(self, name: str, *, inverse: bool = False) -> str:
        """Return what a property is called, by IRI or prefixed name; with `inverse`, seen from its value."""
        short = shrink(name) if "//" in name else name
        if inverse and short in INVERSES:
            return INVERSES[short].in_(self.language)
        if short in SHORTER and not inverse:
            return SHORTER[short].in_(self.language)
        term = self.vocabulary.get(expand(name))
        found = (term.label.in_(self.language) if term else "") or short
        return say(self, "things_inverse", name=found) if inverse else found

    def address_of(self, name: str) -> str:
        """Return where a property of our ontology is explained; empty for one of another vocabulary."""
        iri = expand(name)
        return f"/{self.language}/def#{iri.removeprefix(DEF)}" if iri.startswith(DEF) else ""

    def name(self, iri: str) -> Name:
        """Return what a thing is called."""
        return self.reading.site.names.of(self.reading.reader, [iri], self.language)[iri]

    def link(self, iri: str) -> Link:
        """Return the link to the page of a thing, under its name."""
        found = link_to(iri, self.name(iri), self.language)
        if found.outside and "//" in found.text:
            # The address of another site is no name; the site is.
            return Link(iri.partition("//")[2].partition("/")[0], "", found.href, found.outside)
        return found

    def concept(self, iri: str) -> str:
        """Return the label of a concept as running text; empty for no concept."""
        return self.name(iri).text if iri else ""

    def chosen(self, texts: Mapping[str, str]) -> Text | None:
        """Return the text in the page's language, else in another, marked as such."""
        return self.notes.text(texts)

    def value(self, term: Term) -> Text:
        """Return a value as people read it: a link, a date, a number or a text."""
        if isinstance(term, ox.NamedNode):
            return self.link(term.value)
        datatype = term.datatype.value
        if datatype in _DATES:
            return Text(date_in_words(term.value, self.language))
        if datatype in _NUMBERS:
            return Text(number_in_words(term.value, self.language))
        if datatype == PREFIXES["xsd"] + "boolean":
            return Text(say(self, "things_yes") if term.value == "true" else say(self, "things_no"))
        own = term.language or ""
        return Text(term.value, own if own != self.language else "")

    # Facts

    def marks(
        self,
        passages: Sequence[str],
        about: str,
        *,
        stated: str = "",
        rule: str = "",
        record: str = "",
        how: How | None = None,
    ) -> tuple[Mark, ...]:
        """Return the marks of a fact; see `Notes.mark`."""
        found = self.notes.mark(passages, about, stated=stated, rule=rule, record=record, how=how)
        return tuple(sorted(found, key=lambda mark: mark.number))

    def related(self, one: Related, note: str = "") -> Fact:
        """Return a direct relation as a fact: with its rule, its passages, the words it was read from, and limits."""
        value = self.value(one.other)
        label = self.label(one.relation, inverse=one.inverse)
        limit = self.chosen(one.qualification) if one.qualification else None
        remarks = [note, say(self, "things_denied") if one.denied else "", limit.text if limit else ""]
        record = next(iter(one.evidence), "")
        marks = self.marks(
            one.passages, f"{label}: {value.text}", stated=one.stated, rule=one.rule, record=own_record(record)
        )
        return Fact(value, marks, one.stated, " · ".join(filter(None, remarks)), one.denied)

    def own_value(self, name: str, term: Term, stated: str = "") -> Fact:
        """Return a value of the thing itself as a fact, with the passages of its row."""
        value = self.value(term)
        about = f"{self.label(name)}: {value.text}"
        if name.endswith("AsStated"):
            # Words of a source, and the sources are Dutch.
            about, stated = self.label(name), value.text
            value = Text(f"“{value.text}”", "nl" if self.language != "nl" else "")
        own = self.reading.own
        passages = () if self.registered or name in _REGISTERED else own.passages[:MOST_MARKS]
        marks = self.marks(passages, about, stated=stated)
        # A piece of evidence is called by the words it holds, which could be taken for the thing that they name.
        note = kind_of(term.value).one.in_(self.language) if name == "tg:derivedFromEvidence" else ""
        return Fact(
            value, marks, stated, note, gap=isinstance(term, ox.NamedNode) and term.value.endswith("-not-stated")
        )

    def row(self, name: str, label: str = "", *, inverse: bool = False) -> Facts | None:
        """Return the values of a property as a row: relations with their own sources, else plain values."""
        related = self.reading.related(name, inverse=inverse)
        facts = [self.related(one) for one in related]
        if not inverse:
            known = {one.other for one in related}
            own = in_language(self.reading.own.terms(name), self.language)
            facts += [self.own_value(name, term) for term in own if term not in known]
        if not facts:
            return None
        # A long row is cut here and stands whole among the relations.
        if len(facts) <= MOST_IN_ROW:
            self.shown.add((name, inverse))
        facts = facts[:MOST_IN_ROW]
        return Facts(label or self.label(name, inverse=inverse), tuple(facts), self.address_of(name))

    def rows(self, *names: str) -> list[Facts]:
        """Return the rows of those properties that the thing has."""
        return [row for name in names if (row := self.row(name)) is not None]

    def fact(self, text: Text | str, record: Record, about: str = "", stated: str = "", note: str = "") -> Fact:
        """Return something that a record says as a fact, with the passages of that record."""
        value = Text(text) if isinstance(text, str) else text
        marks = self.marks(record.passages, about or value.text, stated=stated, record=own_record(record.iri))
        return Fact(value, marks, stated, note)

    def joined(self, value: Text, records: Sequence[Record], note: str = "") -> Fact:
        """Return something that several records say as one fact, with the passages and words of each."""
        marks = {
            mark.number: mark
            for one in records
            for mark in self.marks(one.passages, value.text, stated=one.text("tg:nameAsStated"), record=one.iri)
        }
        return Fact(value, tuple(marks[number] for number in sorted(marks)), note=note)

    def gap(self, name: str, label: str = "", word: str = "") -> Facts:
        """Return a row that says that the documents do not state a value."""
        value = Text(word or say(self, "things_not_stated"))
        return Facts(label or self.label(name), (Fact(value, gap=True),), self.address_of(name))

    def sentence(self, template: str, **slots: Sequence[Fact] | Fact | str) -> Sentence:
        """Return a template with `[slots]` as a sentence in pieces; several facts in a slot are enumerated."""
        pieces: list[Fact] = []
        joints = {", ", f" {say(self, 'things_and')} "}
        for number, part in enumerate(_SLOT.split(template)):
            given = slots.get(part, "") if number % 2 else part
            if number % 2 and part in _AFTER_PREPOSITION and not isinstance(given, str):
                given = [self.with_article(one) for one in ((given,) if isinstance(given, Fact) else given)]
            if isinstance(given, str):
                pieces.append(Fact(Text(given)))
            elif not isinstance(given, Fact) and joints & {one.value.text for one in given}:
                # Enumerated already.
                pieces += given
            else:
                pieces += self.enumerated((given,) if isinstance(given, Fact) else given)
        return tuple(piece for piece in pieces if piece.value.text)

    def with_article(self, fact: Fact) -> Fact:
        """Return a country or an organisation with the article that a sentence needs; anything else as it is."""
        value = fact.value
        kind, _, key = (
            value.href.removeprefix(f"/{self.language}/").partition("/") if isinstance(value, Link) else [""] * 3
        )
        if kind not in _WITH_ARTICLE or not isinstance(value, Link):
            return fact
        before = article(f"{ID}{kind}/{key}", Name(value.text, value.language), self.language)
        first = value.text.partition(" ")[0]
        if not before or first.isupper():
            return fact
        if before == "de" and first.endswith(_BARE_ADJECTIVES):
            before = "het"
        return Fact(Link(f"{before} {value.text}", value.language, value.href, value.outside), fact.marks, fact.stated)

    def enumerated(self, facts: Sequence[Fact], most: int = 6) -> list[Fact]:
        """Return facts with commas and the word for `and` between them; beyond `most`, how many more."""
        shown = [Fact(one.value, one.marks) for one in facts[:most]]
        if len(facts) > most:
            shown.append(Fact(Text(say(self, "things_more_of", n=len(facts) - most))))
        found: list[Fact] = []
        and_word = " " + say(self, "things_and") + " "
        for number, one in enumerate(shown):
            if number:
                last = number == len(shown) - 1
                found.append(Fact(Text(and_word if last else ", ")))
            found.append(one)
        return found

    # Dates

    def moment(self, record: Record) -> str:
        """Return when something was as part of a sentence: `in juni 2025`, `op 16 juni 2025`; empty if unknown."""
        start, end = record.text("tg:validFrom"), record.text("tg:validUntil")
        date = record.text("tg:eventDate") or record.text("tg:year")
        if start and end and start != end:
            return say(self, "things_during", span=self.span(start, end))
        date = start or date
        if not date:
            return ""
        words = date_in_words(date, self.language)
        return say(self, "things_on_day", day=words) if len(date) == 10 else f"in {words}"

    def when(self, record: Record) -> str:
        """Return when something was, is or will be: `juni 2025`, `16 tot en met 20 juni 2025`; empty if unknown."""
        start, end = record.text("tg:validFrom"), record.text("tg:validUntil")
        if start or end:
            return self.span(start, end)
        return date_in_words(record.text("tg:eventDate") or record.text("tg:year"), self.language)

    def span(self, start: str, end: str) -> str:
        """Return a time from and until in words, either of which may be empty."""
        first, last = (date_in_words(one, self.language) for one in (start, end))
        if start and end:
            if start == end:
                return first
            if len(start) == len(end) == 10 and start[:7] == end[:7]:
                first = first.partition(" ")[0]
            return say(self, "things_from_until", first=first, last=last)
        if start:
            return say(self, "things_since", first=first)
        return say(self, "things_until", last=last) if end else ""

    def known_on(self, record: Record) -> Fact:
        """Return the day on which something is known to hold: stated, else the date of the document, as such."""
        if known := record.text("tg:knownOn"):
            return Fact(Text(date_in_words(known, self.language)))
        passage = next(iter(self.notes.passages.of(self.notes.reader, record.passages[:1]).values()), None)
        issued = passage.document.issued if passage is not None and passage.document is not None else ""
        of_document = say(self, "things_document_date")
        if not issued:
            return Fact(Text(of_document))
        return Fact(Text(date_in_words(issued, self.language)), note=f"({of_document})")

    def place_of(self, record: Record) -> str:
        """Return where a record was read: the document, the question or section, the sentence; empty if unknown."""
        found = self.notes.passages.of(self.notes.reader, record.passages[:1]).values()
        texts = (self.chosen(passage.locator) for passage in found)
        return next((text.text for text in texts if text is not None), "")

    # Figures

    def figure(self, record: Record) -> Fact:
        """Return the value of a figure: with its unit and words of degree, or the reason why there is none."""
        missing = record.iri_of("tg:missingReason")
        stated = " … ".join(one.value for one in record.literals("tg:valueAsStated"))
        remarks = []
        shown = [one for one in record.terms("sdmx-measure:obsValue") if isinstance(one, ox.Literal)]
        if shown:
            remarks.append(self.concept(record.iri_of("tg:estimateStage")))
            amount = " / ".join(self._amount(record, one.value) for one in shown)
            qualifier = record.iri_of("tg:valueQualifier")
            degree = qualifier.removeprefix(ID + "concept/qualifier-")
            if degree in _WORDS_BEFORE:
                amount = f"{self.concept(qualifier)} {amount}"
            elif qualifier and degree != "exact":
                remarks.append(self.concept(qualifier))
        else:
            amount = self.concept(missing) or stated or say(self, "things_not_stated")
        how: How | None = "disagree" if record.terms("tg:contradicts") else None
        if record.terms("tg:derivedFrom"):
            remarks.append(say(self, "things_computed"))
            how = how or "derived"
        if record.terms("tg:restates"):
            remarks.append(say(self, "things_restated"))
        if how == "disagree":
            remarks.append(say(self, "things_contradicted"))
        about = self.name(record.iri).text
        marks = self.marks(record.passages, about, stated=stated, record=record.iri, how=how)
        return Fact(Text(amount), marks, stated, " · ".join(filter(None, remarks)), not shown)

    def _amount(self, record: Record, value: str) -> str:
        unit = record.iri_of("sdmx-attribute:unitMeasure").removeprefix(ID + "concept/unit-")
        written = number_in_words(value, self.language)
        pattern = _UNITS.get(unit)
        return pattern.in_(self.language).format(n=written) if pattern else written

    def period(self, record: Record) -> Text | None:
        """Return the period of a figure, a link where the period is a thing."""
        return next((self.value(one) for one in record.terms("sdmx-dimension:refPeriod")), None)


def say(w: Writer, key: str, **places: object) -> str:
    """Return a word in the language of a page with its places filled in."""
    return say_in(w.language, key, **places)


def in_language(terms: Iterable[Term], language: Language) -> tuple[Term, ...]:
    """Leave out texts in another language where there are some in this one."""
    given = tuple(terms)
    mine = tuple(one for one in given if isinstance(one, ox.Literal) and one.language == language)
    return mine or given


def expand(name: str) -> str:
    """Return the IRI for a prefixed name; an IRI as it is."""
    if "//" in name:
        return name
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def own_record(iri: str) -> str:
    """Return the IRI where it is one of ours that has a page, else nothing."""
    return iri if iri.startswith(ID) else ""
