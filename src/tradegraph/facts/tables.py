"""Reads the tables into rows, each cell checked against its column."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tradegraph.errors import FactError, Finding
from tradegraph.facts.schema import Column, Schema, Table
from tradegraph.files import Project
from tradegraph.namespaces import PREFIXES

_LEXICAL: Final = {
    PREFIXES["xsd"] + "gYear": re.compile(r"\d{4}"),
    PREFIXES["xsd"] + "gYearMonth": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
}
"""Lexical forms that the CSVW library passes through unread (XML Schema 1.1 Datatypes, 3.3.10 and 3.3.11)."""


@dataclass(frozen=True)
class Row:
    """One row: its table, where it stands (`file:line`), the IRI it is about, its non-empty cells split into values."""

    table: Table
    where: str
    subject: str
    cells: dict[str, tuple[str, ...]]

    def one(self, column: str) -> str | None:
        """Return the first value of a cell, or `None` when it is empty or the table has no such column."""
        values = self.cells.get(column)
        return values[0] if values else None

    def all(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell, none when it is empty."""
        return self.cells.get(column, ())


@dataclass(frozen=True)
class Facts:
    """All rows of all tables, in table and file order."""

    schema: Schema
    rows: tuple[Row, ...]

    def of(self, path: str) -> list[Row]:
        """Return the rows of one table, named by its path under `data/`."""
        return [row for row in self.rows if row.table.path == path]


def read_facts(project: Project) -> Facts:
    """Read every table of the project.

    Raises `FactError` with *all* findings, in file and line order: a missing file, a header that differs, a row that
    is too short or long, an empty required cell, a value that does not fit its datatype, a key that stands twice.
    """
    schema = Schema.read(project.metadata)
    findings: list[Finding] = []
    rows: list[Row] = []
    seen: dict[str, str] = {}
    for table in schema.tables:
        path = project.metadata.parent / table.path
        where = project.name(path)
        if not path.is_file():
            findings.append(
                Finding(f"{where}:1", "the file is missing.", "Add it, with only a header if it has no rows.")
            )
            continue
        for row in _rows(table, path, where, findings):
            first = seen.setdefault(row.subject, row.where)
            if first != row.where:
                findings.append(
                    Finding(row.where, f"key '{row.one('key')}' is already in {first}.", "Give it another key.")
                )
            rows.append(row)
    if findings:
        raise FactError(findings)
    return Facts(schema, tuple(rows))


def _rows(table: Table, path: Path, where: str, findings: list[Finding]) -> Iterator[Row]:
    columns = [column for column in table.columns if not column.virtual]
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        findings.append(Finding(f"{where}:1", f"not UTF-8 (byte {error.start}).", "Save the file as UTF-8."))
        return
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = next(reader, [])
        if header != table.header:
            findings.append(
                Finding(f"{where}:1", _header_difference(header, table.header), "data/README.md lists the columns.")
            )
            return
        for record in reader:
            line = f"{where}:{reader.line_num}"
            if len(record) != len(columns):
                findings.append(
                    Finding(
                        line,
                        f"{len(record)} cells where the header has {len(columns)}.",
                        "Quote cells that hold a comma.",
                    )
                )
                continue
            before = len(findings)
            cells = dict(_cells(columns, record, line, findings))
            if len(findings) == before:
                yield Row(table, line, table.subject({name: values[0] for name, values in cells.items()}), cells)
    except csv.Error as error:
        findings.append(Finding(f"{where}:{reader.line_num}", f"not CSV ({error}).", "Check the quotes."))


def _header_difference(header: list[str], expected: list[str]) -> str:
    unknown = [name for name in header if name not in expected]
    missing = [name for name in expected if name not in header]
    if unknown:
        return f"unknown column '{unknown[0]}'."
    if missing:
        return f"column '{missing[0]}' is missing."
    return "the columns stand in another order than the metadata has."


def _cells(
    columns: list[Column], record: list[str], line: str, findings: list[Finding]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for column, cell in zip(columns, record, strict=True):
        if cell != cell.strip() or "\n" in cell:
            findings.append(
                Finding(line, f"{column.name}: white space around the value, or a line break in it.", "Remove it.")
            )
            continue
        if not cell:
            if column.required:
                findings.append(Finding(line, f"{column.name} is empty.", "This column must have a value."))
            continue
        values = tuple(cell.split(column.separator)) if column.separator else (cell,)
        for value in values:
            problem = _problem(column, value)
            if problem:
                findings.append(
                    Finding(line, f"{column.name}: {problem}", "data/README.md says what the column takes.")
                )
        yield column.name, values


def _problem(column: Column, value: str) -> str | None:
    """Say what is wrong with one value, or return `None`."""
    if value == "" or value != value.strip():
        return "an empty value in the list, or a space too many."
    try:
        column.csvw_column.datatype.read(value)
    except ValueError as error:
        return f"'{value}' is not valid ({error})."
    form = _LEXICAL.get(column.datatype)
    if form and not form.fullmatch(value):
        return f"'{value}' is not a valid {column.datatype.rpartition('#')[2]}."
    return None
