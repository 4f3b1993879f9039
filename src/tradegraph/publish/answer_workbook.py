"""One answer as a workbook: a sheet with its rows, and a sheet that says where it came from."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

import xlsxwriter

from tradegraph.publish.workbook import cut

Cell = str | int | float | bool | None
SOURCE_SHEET: Final = "Bron - Source"
# A time is obligatory in the file; the oldest that spreadsheets and zip archives share tells nothing.
_NO_TIME: Final = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_EXACT: Final = 2**53
_WIDEST: Final = 60


def write_answer(columns: Sequence[str], rows: Iterable[Sequence[Cell]], source: Iterable[tuple[str, str]]) -> bytes:
    """Return the workbook: `source` are the lines (term, value) of its second sheet.

    The same answer gives the same bytes. Cells are text or numbers, never formulas or links; a whole number that a
    spreadsheet cannot hold is written as text.
    """
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": "tradegraph", "created": _NO_TIME})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Antwoord - Answer")
        sheet.freeze_panes(1, 0)
        widths = [len(name) for name in columns]
        for position, name in enumerate(columns):
            sheet.write_string(0, position, name, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for position, cell in enumerate(row):
                if cell is None:
                    continue
                widths[position] = max(widths[position], len(str(cell)))
                if isinstance(cell, bool):
                    sheet.write_boolean(last, position, cell)
                elif isinstance(cell, float) or (isinstance(cell, int) and abs(cell) <= _EXACT):
                    sheet.write_number(last, position, cell)
                else:
                    sheet.write_string(last, position, cut(str(cell)))
        for position, width in enumerate(widths):
            sheet.set_column(position, position, min(width + 2, _WIDEST))
        if columns:
            sheet.autofilter(0, 0, last, len(columns) - 1)
        about = book.add_worksheet(SOURCE_SHEET)
        about.set_column(0, 0, 26, bold)
        about.set_column(1, 1, 110, wrapped)
        for number, (term, value) in enumerate(source):
            about.write_string(number, 0, term, bold)
            about.write_string(number, 1, cut(value), wrapped)
    return written.getvalue()
