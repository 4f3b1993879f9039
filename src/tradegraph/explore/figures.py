"""Figures (`tg:Observation`) as values: what is measured of whom and when, by which rule, or why it is not known.

Which figures can be drawn together follows from what they share: figures in one unit that differ in nothing but their
year are a series; what was restated, replaced or aimed at is told apart and never joined to it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.reading import Solution
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, PREFIXES

_DIMENSION, _MEASURE = PREFIXES["sdmx-dimension"], PREFIXES["sdmx-measure"]
_ATTRIBUTE: Final = PREFIXES["sdmx-attribute"]
CONCEPT: Final = PREFIXES["con"]
LABEL: Final = PREFIXES["rdfs"] + "label"
VALUE: Final = _MEASURE + "obsValue"
UNIT: Final = _ATTRIBUTE + "unitMeasure"
STATUS: Final = _ATTRIBUTE + "obsStatus"
PERIOD: Final = _DIMENSION + "refPeriod"
AREA: Final = _DIMENSION + "refArea"
DATASET: Final = PREFIXES["qb"] + "dataSet"
INDICATOR, THING, COUNTERPART = DEF + "indicator", DEF + "refThing", DEF + "counterpartArea"
SECTOR, CATEGORY, FLOW = DEF + "refSector", DEF + "participantCategory", DEF + "tradeFlow"
METHOD, PRODUCT, SCENARIO = DEF + "accountingMethod", DEF + "productCategory", DEF + "scenario"
STATED, QUALIFIER, LOWER, UPPER = (DEF + one for one in ("valueAsStated", "valueQualifier", "lowerBound", "upperBound"))
OF, BASE_FIGURE = DEF + "percentageOf", DEF + "baseObservation"
STAGE, REASON, RANKING, CELL = DEF + "estimateStage", DEF + "missingReason", DEF + "inRanking", DEF + "cellReference"
ACCORDING, BASED, KNOWN, NOTE = DEF + "accordingTo", DEF + "basedOn", DEF + "knownOn", DEF + "curationNote"
CONTRADICTS, RESTATES, SUPERSEDES = DEF + "contradicts", DEF + "restates", DEF + "supersedes"
DERIVED, PASSAGE, RESOLUTION = DEF + "derivedFrom", DEF + "statedIn", DEF + "resolution"
YEAR: Final = DEF + "year"

TELLING: Final = (
    COUNTERPART,
    SECTOR,
    PRODUCT,
    CATEGORY,
    FLOW,
    RANKING,
    THING,
    AREA,
    SCENARIO,
    METHOD,
    OF,
    STAGE,
    ACCORDING,
)
"""What tells figures of one indicator apart, the most telling first; the period comes on top of it."""
DIMENSIONS: Final = (
    THING, AREA, COUNTERPART, SECTOR, PRODUCT, CATEGORY, FLOW, METHOD, OF, BASE_FIGURE, SCENARIO, RANKING, ACCORDING,
    BASED, KNOWN, CELL, RESOLUTION, DATASET,
)  # fmt: skip
"""What is told of a figure beside its value and period, in this order."""
UNCERTAIN_STAGES: Final = frozenset(
    CONCEPT + "stage-" + one for one in ("expected", "planned", "budgeted", "estimated")
)
TARGET_STAGE: Final = CONCEPT + "stage-target"
_YEAR: Final = re.compile(r"(\d{4})(-\d\d(-\d\d)?)?")


@dataclass(frozen=True)
class Figure:
    """One figure: everything said of it, by property."""

    iri: str
    said: Mapping[str, tuple[ox.NamedNode | ox.Literal, ...]] = field(default_factory=dict)

    def all(self, property_: str) -> tuple[str, ...]:
        """Return the values of a property as texts."""
        return tuple(term.value for term in self.said.get(property_, ()))

    def one(self, property_: str) -> str:
        """Return a value of a property, empty when it has none."""
        return next(iter(self.all(property_)), "")

    def text(self, property_: str, language: Language) -> tuple[str, str]:
        """Return a text in `language`, else in another, with its language where that is another."""
        texts = {
            (term.language or "").partition("-")[0]: term.value
            for term in self.said.get(property_, ())
            if isinstance(term, ox.Literal)
        }
        for tag in (language, "nl", "en", ""):
            if tag in texts:
                return texts[tag], "" if tag in (language, "") else tag
        return "", ""

    def number(self, property_: str = VALUE) -> Decimal | None:
        """Return a number, with the decimals that it has in the data; None where there is none."""
        try:
            return Decimal(self.one(property_)) if self.one(property_) else None
        except InvalidOperation:
            return None

    @property
    def unit(self) -> str:
        """The key of the unit, such as `eur`; empty where there is none."""
        return self.one(UNIT).removeprefix(CONCEPT + "unit-")

    @property
    def stage(self) -> str:
        """The key of the stage of estimate, such as `realised`; empty where it is not stated."""
        return self.one(STAGE).removeprefix(CONCEPT + "stage-")

    @property
    def uncertain(self) -> bool:
        """Whether the number is expected, planned, budgeted or estimated, or the source calls it a forecast."""
        return self.one(STAGE) in UNCERTAIN_STAGES or self.one(STATUS).rpartition("-")[2] in ("E", "F")

    @property
    def period(self) -> str:
        """The date, month or year as XSD writes it, or the IRI of a named period; empty where there is none."""
        return self.one(PERIOD)

    @property
    def year(self) -> int | None:
        """The year, where the period is a year, month or day."""
        found = _YEAR.fullmatch(self.period)
        return int(found[1]) if found else None

    @property
    def repeats(self) -> bool:
        """Whether another figure says the same, so that drawing it would count it twice."""
        return bool(self.one(RESTATES))

    def places(self) -> frozenset[str]:
        """Return every territory that it is about."""
        return frozenset(iri for one in (COUNTERPART, AREA, THING) for iri in self.all(one) if "/id/territory/" in iri)


def figures_of(rows: Iterable[Solution]) -> tuple[Figure, ...]:
    """Return the figures of solutions with `figure`, `property` and `value`, in order of appearance."""
    said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        value = row["value"]
        if isinstance(value, ox.NamedNode | ox.Literal):
            figure, name = row["figure"], row["property"]
            if isinstance(figure, ox.NamedNode) and isinstance(name, ox.NamedNode):
                said[figure.value][name.value].append(value)
    return tuple(
        Figure(iri, {name: tuple(values) for name, values in properties.items()}) for iri, properties in said.items()
    )


def replaced(figures: Iterable[Figure]) -> frozenset[str]:
    """Return the IRIs of the figures that another one replaces."""
    return frozenset(old for one in figures for old in one.all(SUPERSEDES))


def varying(figures: Iterable[Figure]) -> tuple[str, ...]:
    """Return the properties of `TELLING` in which the figures differ."""
    listed = list(figures)
    return tuple(name for name in TELLING if len({one.all(name) for one in listed}) > 1)


@dataclass(frozen=True)
class Group:
    """Figures in one unit that can be drawn together; `series` are those that differ in their year only."""

    unit: str
    figures: tuple[Figure, ...]

    def series(self) -> dict[tuple[tuple[str, ...], ...], list[Figure]]:
        """Return the figures with a year by all else that tells them apart, each list in order of time."""
        found: dict[tuple[tuple[str, ...], ...], list[Figure]] = defaultdict(list)
        # A target or an estimate belongs to the series of what came of it.
        telling = [name for name in TELLING if name not in (STAGE, ACCORDING)]
        for one in self.figures:
            if one.year is not None:
                found[tuple(one.all(name) for name in telling)].append(one)
        return {key: sorted(items, key=lambda one: one.period) for key, items in found.items()}

    @property
    def shape(self) -> str:
        """How to show them: `lines` for three years or more of one thing, `bars`, `ranks`, or `cards`."""
        known = [one for one in self.figures if one.number() is not None]
        if self.unit == "ordinal":
            return "ranks" if len(known) > 2 else "cards"
        if any(len({one.year for one in items if one.number() is not None}) >= 3 for items in self.series().values()):
            return "lines"
        return "bars" if len(known) >= 3 else "cards"


def groups(figures: Iterable[Figure]) -> tuple[Group, ...]:
    """Return figures by unit, the largest group first; those without a value go where most of their kind are."""
    listed = [one for one in figures if not one.repeats]
    by_unit: dict[str, list[Figure]] = defaultdict(list)
    for one in listed:
        if one.number() is not None or one.unit:
            by_unit[one.unit].append(one)
    largest = max(by_unit, key=lambda unit: len(by_unit[unit]), default="")
    for one in listed:
        if one.number() is None and not one.unit:
            by_unit[largest].append(one)
    return tuple(
        Group(unit, tuple(items)) for unit, items in sorted(by_unit.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )
