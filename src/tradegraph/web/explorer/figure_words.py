"""Figures in words: the amount with unit and degree, what tells it apart, according to whom, why it is not known."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from tradegraph.explore import figures as f
from tradegraph.explore.figures import CONCEPT, Figure
from tradegraph.languages import Language, Words
from tradegraph.namespaces import ID
from tradegraph.web.addresses import page_address
from tradegraph.web.kit import date_in_words, number_in_words
from tradegraph.web.notes import How, Link, Mark, Notes, Text
from tradegraph.web.site import Site
from tradegraph.web.words import say

_UNITS: Final[dict[str, Words]] = {
    "edition": Words("{n}e editie", "edition {n}"),
    "eur": Words("€ {n}", "€{n}"),
    "factor": Words("× {n}", "× {n}"),
    "fte": Words("{n} voltijdsbanen", "{n} full-time jobs"),
    "kilogram": Words("{n} kg", "{n} kg"),
    "month": Words("{n} maanden", "{n} months"),
    "number": Words("{n}", "{n}"),
    "ordinal": Words("plaats {n}", "place {n}"),
    "percent": Words("{n}%", "{n}%"),
    "percentage-point": Words("{n} procentpunt", "{n} percentage points"),
    "rating-1-10": Words("{n} (cijfer 1 tot 10)", "{n} (mark from 1 to 10)"),
    "tonne": Words("{n} ton", "{n} tonnes"),
    "usd": Words("US$ {n}", "US${n}"),
    "year": Words("{n} jaar", "{n} years"),
}
"""How an amount in each unit is written; for another unit its name comes after the number."""
_LARGE: Final[tuple[tuple[Decimal, Words], ...]] = (
    (Decimal(10) ** 9, Words("miljard", "billion")),
    (Decimal(10) ** 6, Words("miljoen", "million")),
)
_LONGEST_COMPACT: Final = 4
"""Digits: a number that needs more of them in millions is written in full."""
_LABELS: Final[dict[str, Words]] = {
    f.THING: Words("gaat over", "about"),
    f.AREA: Words("land", "country"),
    f.COUNTERPART: Words("partnerland", "partner country"),
    f.SECTOR: Words("sector", "sector"),
    f.PRODUCT: Words("goederen", "goods"),
    f.CATEGORY: Words("wie is geteld", "who is counted"),
    f.FLOW: Words("stroom", "flow"),
    f.METHOD: Words("telwijze", "way of counting"),
    f.OF: Words("als deel van", "as a share of"),
    f.BASE_FIGURE: Words("honderd procent is", "one hundred per cent is"),
    f.SCENARIO: Words("scenario", "scenario"),
    f.RANKING: Words("ranglijst", "ranking"),
    f.ACCORDING: Words("volgens", "according to"),
    f.BASED: Words("gebaseerd op", "based on"),
    f.KNOWN: Words("stand van", "as known on"),
    f.CELL: Words("cel in de tabel", "cell of the table"),
    f.RESOLUTION: Words("hoe vastgesteld", "how established"),
    f.DATASET: Words("onderwerp", "subject"),
}
_LINKED: Final = frozenset(_LABELS) - {f.KNOWN, f.CELL}


@dataclass(frozen=True)
class Dimension:
    """Something told of a figure: what it is called, and the values, each a link where it leads somewhere."""

    label: str
    values: tuple[Text, ...]


@dataclass(frozen=True)
class Shown:
    """A figure as pages show it.

    `amount` is the number in words, or why there is none (`gap`); `exact` the whole number where `amount` shortens it;
    `stated` the value as written. `short` is what tells it apart from the figures around it.
    """

    figure: Figure
    href: str
    label: Text
    amount: str
    gap: bool
    exact: str
    stated: str
    period: str
    stage: str
    short: str
    dimensions: tuple[Dimension, ...]
    according: tuple[Text, ...]
    notes: tuple[Text, ...]
    marks: tuple[Mark, ...]
    replaced: bool = False


def amount_in_words(number: Decimal, unit: str, language: Language, unit_name: str = "") -> tuple[str, str]:
    """Return a number with its unit, and the same in full where the first is in millions or billions, else empty."""
    full = _with_unit(number_in_words(_plain(number), language), unit, language, unit_name)
    for divisor, word in _LARGE:
        if abs(number) >= divisor:
            scaled = (number / divisor).normalize()
            if len(scaled.as_tuple().digits) <= _LONGEST_COMPACT:
                words = f"{number_in_words(_plain(scaled), language)} {word.in_(language)}"
                return _with_unit(words, unit, language, unit_name), full
            return full, ""
    return full, ""


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _with_unit(number: str, unit: str, language: Language, unit_name: str) -> str:
    if unit in _UNITS:
        written = _UNITS[unit].in_(language).format(n=number)
        return "−" + written.replace("−", "", 1) if "−" in written and not written.startswith("−") else written
    return f"{number} {unit_name}".rstrip()


class FigureWords:
    """Puts figures in words; names of everything that they mention are looked up once, marks go to `notes`."""

    def __init__(self, site: Site, language: Language, notes: Notes, figures: Iterable[Figure]) -> None:
        self._language = language
        self._notes = notes
        self.figures = tuple(figures)
        iris = [
            term.value
            for one in self.figures
            for name, values in one.said.items()
            if name != f.PASSAGE
            for term in values
            if isinstance(term, ox.NamedNode)
        ]
        self._links = site.links(iris, language)
        self._replaced = f.replaced(self.figures)

    def name(self, iri: str) -> str:
        """Return what something is called that the figures mention."""
        return self._links[iri].text if iri in self._links else iri.removeprefix(ID)

    def link(self, iri: str) -> Link:
        """Return the link to something that the figures mention."""
        return self._links[iri]

    def period(self, figure: Figure) -> str:
        """Return the period in words; empty where there is none."""
        return (
            self.name(figure.period) if figure.period in self._links else date_in_words(figure.period, self._language)
        )

    def amount(self, figure: Figure) -> tuple[str, str, bool]:
        """Return the amount, the same in full where it is shortened, and whether it is a gap with its reason."""
        language = self._language
        number, unit = figure.number(), figure.unit
        low, high = figure.number(f.LOWER), figure.number(f.UPPER)
        unit_name = self.name(figure.one(f.UNIT)) if unit else ""
        if number is None and (low is None or high is None):
            reason = figure.one(f.REASON)
            return (self.name(reason) if reason else say(language, "figure_unknown")), "", True
        if number is None and low is not None and high is not None:
            first, last = (number_in_words(_plain(one), language) for one in (low, high))
            return _with_unit(say(language, "figure_range", low=first, high=last), unit, language, unit_name), "", False
        words, exact = amount_in_words(number or Decimal(0), unit, language, unit_name)
        degree = figure.one(f.QUALIFIER)
        if degree and not degree.endswith(("-exact", "-between", "-so-far")):
            words = f"{self.name(degree)} {words}"
        elif degree.endswith("-so-far"):
            words = f"{words} {self.name(degree)}"
        return words, exact, False

    def short(self, figure: Figure, telling: Iterable[str], *, period: bool) -> str:
        """Return what tells a figure apart: the names of its values of `telling`, and its period."""
        parts = [", ".join(self.name(iri) for iri in figure.all(name)) for name in telling if figure.all(name)]
        # A name such as “missions to the United Kingdom” says the country already, and so with years.
        parts = [one for one in dict.fromkeys(parts) if not any(one in other and one != other for other in parts)]
        when = self.period(figure) if period and figure.period else ""
        years = re.findall(r"\d{4}", when)
        if when and not any(when in part or (years and all(year in part for year in years)) for part in parts):
            parts.append(when)
        return ", ".join(parts) or figure.text(f.LABEL, self._language)[0]

    def shown(self, figure: Figure, telling: Iterable[str] = (), *, period: bool = True) -> Shown:
        """Return the figure as pages show it, with its source marks."""
        language = self._language
        label = Text(*figure.text(f.LABEL, language))
        stated, _ = figure.text(f.STATED, language)
        amount, exact, gap = self.amount(figure)
        how: How | None = "disagree" if figure.one(f.CONTRADICTS) else None
        marks = self._notes.mark(figure.all(f.PASSAGE), label.text, stated=stated, record=figure.iri, how=how)
        return Shown(
            figure,
            page_address(figure.iri, language),
            label,
            amount,
            gap,
            exact,
            stated,
            self.period(figure),
            self.name(figure.one(f.STAGE)) if figure.stage else "",
            self.short(figure, telling, period=period),
            tuple(self._dimensions(figure)),
            tuple(self._value(f.ACCORDING, iri) for iri in figure.all(f.ACCORDING)),
            self._curation(figure),
            marks,
            figure.iri in self._replaced,
        )

    def _dimensions(self, figure: Figure) -> Iterable[Dimension]:
        for name in f.DIMENSIONS:
            if values := figure.all(name):
                yield Dimension(_LABELS[name].in_(self._language), tuple(self._value(name, one) for one in values))

    def _value(self, name: str, value: str) -> Text:
        if name in _LINKED and value in self._links:
            return self._links[value]
        return Text(date_in_words(value, self._language))

    def _curation(self, figure: Figure) -> tuple[Text, ...]:
        text, language = figure.text(f.NOTE, self._language)
        return (Text(text, language),) if text else ()


def spans(rows: Iterable[Mapping[str, object]]) -> dict[str, tuple[str, str]]:
    """Return the first and last year or day of each named period, by IRI; empty where it is open."""
    found = {}
    for row in rows:
        period, start, end = row.get("period"), row.get("from"), row.get("until")
        if isinstance(period, ox.NamedNode):
            found[period.value] = (
                start.value if isinstance(start, ox.Literal) else "",
                end.value if isinstance(end, ox.Literal) else "",
            )
    return found


def concept_key(iri: str) -> str:
    """Return the key by which addresses name an indicator: its concept without `indicator-`."""
    return iri.removeprefix(CONCEPT).removeprefix("indicator-")
