"""The parts that the page of a thing is put together from; `templates/thing_parts.html` draws each by its `shape`."""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from tradegraph.web.kit import Fact, Facts
from tradegraph.web.notes import Link, Mark, Text

Sentence = tuple[Fact, ...]
"""A sentence in pieces: plain text, and things with the marks of where they were read."""


@dataclass(frozen=True)
class Part:
    """A part of the page under a heading; `query` is the address of the query behind it, `intro` a line under it."""

    shape: ClassVar[str] = ""
    key: str
    heading: str
    query: str = field(default="", kw_only=True)
    intro: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class FactsPart(Part):
    """A list of facts."""

    shape: ClassVar[str] = "facts"
    rows: tuple[Facts, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and whether it holds numbers."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class TablePart(Part):
    """A table; each cell holds facts, none for what does not apply. `more` leads to all of `total` rows."""

    shape: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Fact, ...], ...], ...]
    total: int = 0
    more: str = ""

    def without_empty_columns(self) -> "TablePart":
        """Return the table without the columns in which no row has anything."""
        kept = [number for number in range(len(self.columns)) if any(row[number] for row in self.rows)]
        return replace(
            self,
            columns=tuple(self.columns[number] for number in kept),
            rows=tuple(tuple(row[number] for number in kept) for row in self.rows),
        )


@dataclass(frozen=True)
class Said:
    """A statement in our words: remarks on it (denied, expected …), the values as written, and its record."""

    text: Text
    marks: tuple[Mark, ...]
    remarks: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    record: str = ""
    gap: bool = False


@dataclass(frozen=True)
class SaidGroup:
    """Statements of one type, the first few of `total`."""

    label: str
    items: tuple[Said, ...]
    total: int


@dataclass(frozen=True)
class SaidPart(Part):
    """What is said about a thing, by type of statement; `more` leads to everything."""

    shape: ClassVar[str] = "said"
    groups: tuple[SaidGroup, ...]
    total: int = 0
    more: str = ""


@dataclass(frozen=True)
class Group:
    """The relations of one property and direction: the first of `total`, and the address of the list of all."""

    label: str
    items: tuple[Fact, ...]
    total: int
    more: str = ""
    term: str = ""


@dataclass(frozen=True)
class GroupsPart(Part):
    """Relations by property; `flowing` ones run on in one paragraph, `folded` ones open on demand."""

    shape: ClassVar[str] = "groups"
    groups: tuple[Group, ...]
    flowing: bool = False
    folded: bool = False


@dataclass(frozen=True)
class Bar:
    """A year of a bar strip: its label, how many, where a click leads, and the place and height in the drawing."""

    label: str
    count: int
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True)
class BarsPart(Part):
    """How many things there were in each year, as a strip of bars; `says` is the same in words."""

    shape: ClassVar[str] = "bars"
    bars: tuple[Bar, ...]
    says: str


@dataclass(frozen=True)
class Moment:
    """A moment of a time strip: the date in words, what happened, and its place from 0 to 100."""

    when: str
    what: Fact
    x: float


@dataclass(frozen=True)
class StripPart(Part):
    """Moments on a line, and the same as an ordered list."""

    shape: ClassVar[str] = "strip"
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Span:
    """A time in a bar chart of times: what, from and until in words, its place from 0 to 100.

    `open` where the end is not known; `shaded` for a caretaker phase; `known` is false where there are no dates at all.
    """

    what: Fact
    when: str
    x: float
    width: float
    open_start: bool = False
    open_end: bool = False
    shaded: bool = False
    known: bool = True


@dataclass(frozen=True)
class SpansPart(Part):
    """Times under one another on one scale, whose `ticks` are years with their places."""

    shape: ClassVar[str] = "spans"
    spans: tuple[Span, ...]
    ticks: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class NotesPart(Part):
    """What a careful reader should know: what a row leaves out, what contradicts it, what is not known."""

    shape: ClassVar[str] = "notes"
    items: tuple[tuple[str, Fact], ...]


@dataclass(frozen=True)
class ListPart(Part):
    """Things under one another."""

    shape: ClassVar[str] = "list"
    items: tuple[Fact, ...]
    ordered: bool = False
    flowing: bool = False


@dataclass(frozen=True)
class ThingPage:
    """Everything on the page of a thing but its sources: those are made last, when every mark has been given."""

    title: Text
    crumbs: tuple[Link, ...]
    badge: str
    names: tuple[Fact, ...]
    says: tuple[Sentence, ...]
    description: Fact | None
    facts: tuple[Facts, ...]
    parts: tuple[Part, ...]
