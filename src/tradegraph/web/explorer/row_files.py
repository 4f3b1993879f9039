"""The rows of a list, page by page, or as CSV or JSON in full: what a page shows with marks has IRIs there."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from urllib.parse import urlencode

from flask import Response, request

from tradegraph.languages import Language
from tradegraph.namespaces import BASE
from tradegraph.web.kit import PAGE_SIZE
from tradegraph.web.notes import Link
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site

FORMATS: Final[dict[str, str]] = {"csv": "text/csv", "json": "application/json"}
Row = Mapping[str, str | int | list[str]]


def format_asked() -> str:
    """Return the format that the address asks for, empty for a page; RequestError 406 for one that there is not."""
    asked = request.args.get("format", "")
    if asked not in ("", "html", *FORMATS):
        raise RequestError(406, f"There is no “{asked}” of this page.", f"There are: html, {', '.join(FORMATS)}.")
    return "" if asked == "html" else asked


def format_links() -> tuple[Link, ...]:
    """Return links to the same rows, with the same filters, in each format."""
    kept = [(name, value) for name, value in sorted(request.args.items(multi=True)) if name not in ("format", "page")]
    return tuple(Link(name.upper(), href=f"{request.path}?" + urlencode([("format", name), *kept])) for name in FORMATS)


def page_asked(total: int) -> int:
    """Return the number of the page that the address asks for, from 1; RequestError 400 for one that there is not."""
    asked, last = request.args.get("page", "1"), max(1, -(-total // PAGE_SIZE))
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked[:9]) <= last:
        raise RequestError(400, f"There is no page {asked}.", f"Pages are 1 to {last}.")
    return int(asked)


def send_rows(
    site: Site, language: Language, form: str, name: str, columns: tuple[str, ...], rows: Callable[[], Iterable[Row]]
) -> Response:
    """Return `rows` as a file called `name`; a list in CSV is joined with spaces, an unknown column is empty."""
    make = (lambda: _csv(columns, rows())) if form == "csv" else lambda: _json(site, rows())
    disposition = f'inline; filename="{name}.{form}"'
    return site.send(language, make, FORMATS[form], Content_Disposition=disposition, Access_Control_Allow_Origin="*")


def _csv(columns: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column, "")) for column in columns])
    return written.getvalue().encode()


def _cell(value: str | int | list[str]) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def _json(site: Site, rows: Iterable[Row]) -> bytes:
    listed = [dict(row) for row in rows]
    content = {
        "release": site.endpoint.release.identifier,
        "source": BASE.rstrip("/") + request.path,
        "count": len(listed),
        "rows": listed,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"
