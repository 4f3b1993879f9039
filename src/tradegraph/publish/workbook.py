"""The tables of a release as one workbook for spreadsheet programs: a sheet per class, after one that explains them.

Cells are written as text or numbers, never as formulas or links. What a sheet cannot hold is said in the first one: a
cell takes 32,767 characters and a sheet 1,048,576 rows.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tradegraph.publish.sqlite_file import Cell, TableFile
from tradegraph.publish.tables import SEPARATOR, Table

CELL_LIMIT: Final = 32_767
ROW_LIMIT: Final = 1_048_575
_BAR: Final = SEPARATOR.strip()
_CUT: Final = " […]"
# A time is obligatory in the file's properties; the oldest one that spreadsheets and zip archives share tells nothing.
_NO_TIME: Final = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDTHS: Final = {"iri": 28, "key": 24, "label_nl": 44, "label_en": 44}


def write_workbook(tables: TableFile, path: Path, row_limit: int = ROW_LIMIT) -> None:
    """Write the workbook row by row; a table with more than `row_limit` rows goes on in a next sheet."""
    # Rows go to temporary files at once, so memory does not grow with the tables.
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": "tradegraph", "created": _NO_TIME})
        bold = book.add_format({"bold": True})
        _explain(tables, book.add_worksheet("Lees mij - Read me"), bold)
        for table in tables.tables:
            rows = tables.rows(table)
            for title in sheet_names(table, tables.count(table), row_limit):
                _write_sheet(book.add_worksheet(title), table, islice(rows, row_limit), bold)


def sheet_names(table: Table, rows: int, row_limit: int = ROW_LIMIT) -> list[str]:
    """Return the names of the sheets that a table needs: 31 characters at most, numbered from the second on."""
    count = max(1, -(-rows // row_limit))
    return [table.name[:27] if number == 1 else f"{table.name[:27]} {number}" for number in range(1, count + 1)]


def _write_sheet(sheet: Worksheet, table: Table, rows: Iterator[tuple[Cell, ...]], bold: Format) -> None:
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, _WIDTHS.get(column.name, 18))
        sheet.write_string(0, position, column.name, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for position, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(last, position, cut(cell))
            elif cell is not None:
                sheet.write_number(last, position, cell)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def cut(text: str) -> str:
    """Return a text that fits in a cell; a longer one ends in `[…]`. Spreadsheets count in UTF-16 code units."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    return units[: 2 * (CELL_LIMIT - len(_CUT))].decode("utf-16-le", errors="ignore") + _CUT


def _explain(tables: TableFile, sheet: Worksheet, bold: Format) -> None:
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, 3, 60)
    lines: list[tuple[tuple[str, ...], Format | None]] = [
        (("tradegraph",), bold),
        (("CC0 1.0: https://creativecommons.org/publicdomain/zero/1.0/",), None),
        ((f"Een blad per klasse, een rij per ding. In een cel met meer waarden staat {_BAR} ertussen;",), None),
        (("de namen ernaast (_nl, _en) staan in dezelfde volgorde.",), None),
        ((f"Een cel die eindigt op {_CUT.strip()} is afgekapt (32.767 tekens); de CSV-bestanden hebben alles.",), None),
        ((f"One sheet per class, one row per thing. Several values in one cell have {_BAR} between them;",), None),
        (("the names beside them (_nl, _en) stand in the same order.",), None),
        ((f"A cell that ends in {_CUT.strip()} was cut (32,767 characters); the CSV files have it all.",), None),
        ((), None),
        (("blad / sheet", "kolom / column", "betekenis", "meaning", "IRI"), bold),
    ]
    for table in tables.tables:
        lines.append(((table.name, "", table.title_nl, table.title_en, table.class_iri), bold))
        lines += [((table.name, one.name, one.title_nl, one.title_en, one.property), None) for one in table.columns]
    for number, (cells, form) in enumerate(lines):
        for position, cell in enumerate(cells):
            sheet.write_string(number, position, cell, form)
