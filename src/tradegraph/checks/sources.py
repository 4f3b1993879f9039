"""Holds every row against the document it was read from, and says how much of each document the facts cover."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from tradegraph.checks.numbers import stated_dates, stated_numbers, stated_scales
from tradegraph.errors import Finding, NotFound
from tradegraph.facts import Column, Facts, Row
from tradegraph.facts.source_text import NORMALISATION, SourceText, digest
from tradegraph.namespaces import PREFIXES

_DATE_TYPES: Final = tuple(PREFIXES["xsd"] + name for name in ("date", "gYearMonth", "gYear"))
_PASSAGES: Final = ("passages", "question_passages")
_ANY_SCALE: Final = frozenset(Decimal(10) ** power for power in (0, 3, 6, 9))
_RECHECK: Final = "Read the passage again and correct the row."


@dataclass(frozen=True)
class Passage:
    """A registered passage with the text that stands there now."""

    row: Row
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Uncovered:
    """A stretch of a document that no row cites: the line it begins on and its text."""

    line: int
    text: str


@dataclass(frozen=True)
class Coverage:
    """How much of a document's text the facts rest on, in characters without white space.

    `cited` lie in passages that a row cites; `passed` in passages marked as stating no fact; the rest is `uncovered`.
    """

    version: str
    total: int
    cited: int
    passed: int
    uncovered: tuple[Uncovered, ...]


@dataclass(frozen=True)
class SourceReport:
    """All findings in file order, the number of rows and stated values compared, and the coverage per document."""

    findings: tuple[Finding, ...]
    rows: int
    values: int
    coverage: tuple[Coverage, ...]

    @property
    def sound(self) -> bool:
        """Whether every row agrees with its passage."""
        return not self.findings


def check_sources(facts: Facts, documents: Path) -> SourceReport:
    """Compare all rows with the documents in the folder `documents`.

    Raises `NotFound` when a document version's file is not there. Cost: linear in text and rows.
    """
    findings: list[Finding] = []
    texts = {str(row.one("key")): _text(row, documents, findings) for row in facts.of("document_versions.csv")}
    passages: dict[str, Passage] = {}
    for row in facts.of("facts/passages.csv"):
        passages[str(row.one("key"))] = _passage(row, texts[str(row.one("version"))], findings)
    rows = values = 0
    cited: set[str] = set()
    for row in facts.rows:
        keys = [key for column in row.table.columns if column.name in _PASSAGES for key in row.all(column.name)]
        if not keys:
            continue
        rows += 1
        if row.table.path != "facts/mentions.csv":
            cited.update(keys)
        spans = [passages[key].text for key in keys if key in passages]
        for column, value in _stated(row):
            values += 1
            if not any(value in span for span in spans):
                findings.append(
                    Finding(row.where, f"{column.name}: '{value}' does not occur in its passages.", _RECHECK)
                )
        findings += _number_findings(row, spans)
        findings += _date_findings(row)
    for key, passage in passages.items():
        if key in cited and passage.row.one("no_fact"):
            findings.append(
                Finding(passage.row.where, "marked as stating no fact, but a row cites it.", "Empty no_fact.")
            )
        if key not in cited and not passage.row.one("no_fact"):
            what = "states something that no row cites."
            findings.append(Finding(passage.row.where, what, "Add the fact, or say in no_fact why there is none."))
    coverage = [_coverage(version, text, passages, cited) for version, text in texts.items()]
    return SourceReport(tuple(findings), rows, values, tuple(coverage))


def _text(row: Row, documents: Path, findings: list[Finding]) -> SourceText:
    path = documents / str(row.one("file_name"))
    if not path.is_file():
        raise NotFound(f"{path}: this document is not there. Name the folder that holds it with --documents.")
    text = SourceText.read(path)
    expected = (row.one("file_digest"), row.one("text_digest"), row.one("normalisation"))
    if (text.file_digest, text.text_digest, NORMALISATION) != expected:
        what = f"{path.name} is not the file that was read (digest {text.file_digest[:12]}…)."
        findings.append(Finding(row.where, what, "Register it as a new version, or find the right file."))
    return text


def _passage(row: Row, source: SourceText, findings: list[Finding]) -> Passage:
    start, end = int(str(row.one("start"))), int(str(row.one("end")))
    text = source.span(start, end)
    if not 0 <= start < end <= len(source.text):
        findings.append(Finding(row.where, f"the span {start}–{end} is not in the document.", _RECHECK))
    elif digest(text) != row.one("digest"):
        findings.append(Finding(row.where, f"another text stands at {start}–{end}.", _RECHECK))
    elif source.line_of(start) != int(str(row.one("line"))):
        findings.append(Finding(row.where, f"the span begins on line {source.line_of(start)}.", "Correct the line."))
    return Passage(row, start, end, text)


def _stated(row: Row) -> Iterator[tuple[Column, str]]:
    for column in row.table.columns:
        if column.property_url is not None and column.property_url.endswith("AsStated"):
            for value in row.all(column.name):
                yield column, value


def _number_findings(row: Row, spans: list[str]) -> Iterator[Finding]:
    """Find figures that are none of the numbers that their stated form says; a derived figure has no stated form.

    The scale may stand elsewhere in the passages, as in a table's caption. A figure that is marked as our reading of an
    incomplete form must have the digits of that form, if it has any.
    """
    stated = row.one("value_as_stated")
    if row.table.path != "facts/observations.csv" or stated is None:
        return
    scales = stated_scales(" ".join(spans)) if row.one("resolution") is None else _ANY_SCALE
    numbers = {number * scale for number in stated_numbers(stated) for scale in scales}
    read = row.one("resolution") is not None and not numbers
    for name in ("value", "lower_bound", "upper_bound"):
        value = row.one(name)
        if value is not None and not read and Decimal(value) not in numbers:
            yield Finding(row.where, f"{name}: '{stated}' does not say {value}.", _RECHECK)


def _date_findings(row: Row) -> Iterator[Finding]:
    """Find dates in a row's stated form that agree with none of the row's dates, as far as both go."""
    stated = row.one("date_as_stated")
    if stated is None:
        return
    columns = [column for column in row.table.columns if column.datatype in _DATE_TYPES]
    dates = [tuple(int(part) for part in value.split("-")) for c in columns for value in row.all(c.name)]
    for given in stated_dates(stated):
        known = [part for part in given if part is not None]
        if dates and not any(_agrees(given, date) for date in dates):
            yield Finding(row.where, f"date_as_stated: '{stated}' ({known}) fits none of the row's dates.", _RECHECK)


def _agrees(given: tuple[int | None, int | None, int | None], date: tuple[int, ...]) -> bool:
    return all(stated is None or stated == own for stated, own in zip(given, date, strict=False))


def _coverage(version: str, source: SourceText, passages: dict[str, Passage], cited: set[str]) -> Coverage:
    marks = bytearray(len(source.text))
    for key, passage in passages.items():
        if passage.row.one("version") == version:
            mark = 2 if key in cited else 1 if passage.row.one("no_fact") else 0
            marks[passage.start : passage.end] = bytes([mark]) * (passage.end - passage.start)
    counts = [0, 0, 0]
    uncovered: list[Uncovered] = []
    begin = -1
    for offset, character in enumerate(source.text):
        if not character.isspace():
            counts[marks[offset]] += 1
        if marks[offset] == 0 and not character.isspace() and begin < 0:
            begin = offset
        if begin >= 0 and (marks[offset] != 0 or character == "\n"):
            uncovered.append(Uncovered(source.line_of(begin), source.text[begin:offset].strip()))
            begin = -1
    if begin >= 0:
        uncovered.append(Uncovered(source.line_of(begin), source.text[begin:].strip()))
    return Coverage(version, sum(counts), counts[2], counts[1], tuple(uncovered))
