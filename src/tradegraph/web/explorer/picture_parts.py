"""What pages with pictures share: a picture with its words, as part of a page, as a file, as a table, as an embed."""

import base64
import functools
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from flask import Response, request

from tradegraph.drawings.svg import Drawing, Sheet, Swatch, stand_alone
from tradegraph.languages import Language, Words
from tradegraph.namespaces import BASE, ID
from tradegraph.publish.answer_workbook import Cell, write_answer
from tradegraph.web.explorer.row_files import Row, send_rows
from tradegraph.web.notes import Link, Source
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site
from tradegraph.web.words import say

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STATIC: Final = Path(__file__).parent.parent / "static"
_TOKEN: Final = re.compile(r"(--[\w-]+):\s*(light-dark\(([^,]+|[^()]*\([^)]*\)[^,]*),|([^;]+);)")
_LICENCE: Final = "CC0 1.0"


@dataclass(frozen=True)
class Picture:
    """A picture with what must always stand by it: title, what is shown in which unit, legend, sources, its page.

    `narrow` is the same for a narrow screen, where the wide one cannot be read. `sources` are names of documents.
    """

    title: str
    subtitle: str
    drawing: Drawing
    address: str
    sources: tuple[str, ...] = ()
    swatches: tuple[Swatch, ...] = ()
    narrow: Drawing | None = None
    note: str = ""


@dataclass(frozen=True)
class Snippet:
    """HTML to put a picture into another site: what the size is called, and the text to copy."""

    label: str
    html: str


@dataclass(frozen=True)
class Option:
    """A value of a form field: what it is called, and whether it is the one chosen."""

    value: str
    label: str
    chosen: bool = False


@functools.cache
def sheet_style() -> str:
    """Return the style of a file: the tokens of the pages in their light form, then the rules of drawings."""
    tokens: dict[str, str] = {}
    for name in ("page.css", "kit.css"):
        for found in _TOKEN.finditer((_STATIC / name).read_text(encoding="utf-8")):
            tokens.setdefault(found[1], (found[3] or found[4]).strip())
    rules = (_STATIC / "drawings.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--[\w-]+)\)", rules)) | {"--fg", "--muted", "--bg", "--font"}
    kinds = re.findall(r"^\.k-[\w-]+ .*$", (_STATIC / "kit.css").read_text(encoding="utf-8"), re.MULTILINE)
    used |= {name for line in kinds for name in re.findall(r"var\((--[\w-]+)\)", line)}
    values = "".join(f"{name}:{value};" for name, value in sorted(tokens.items()) if name in used)
    own = (
        ".sheet{fill:var(--bg)}.drawing .sheet-title{font-size:20px;font-weight:700}"
        ".drawing .sheet-text{font-size:14px;fill:var(--muted)}.drawing .sheet-source{font-size:12px;fill:var(--muted)}"
    )
    font = next((_STATIC / "vendor").glob("source-sans-3-latin-[0-9]*.woff2")).read_bytes()
    # A file has no folder of fonts beside it; in another face its words would be too wide for their places.
    face = (
        '@font-face{font-family:"Source Sans 3";font-weight:200 900;'
        f"src:url(data:font/woff2;base64,{base64.b64encode(font).decode()})}}"
    )
    return f"{face}svg{{{values}}}" + "".join(kinds) + _comments_out(rules) + own


@functools.cache
def file_policy() -> str:
    """Return the Content-Security-Policy of a file: nothing but its own style, named by its digest, and font."""
    digest = base64.b64encode(hashlib.sha256(sheet_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; frame-ancestors 'none'"


def _comments_out(rules: str) -> str:
    """Return rules without comments and without those for screens: a file has one width and one theme."""
    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    rules = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^}]*\})*\s*\}", "", rules)
    return re.sub(r"\s+", " ", rules)


def base_of(site: Site) -> str:
    """Return where the site is, as its settings say, else where this request came, without a slash at the end."""
    return (site.endpoint.settings.base_url or request.url_root).rstrip("/")


def file_of(site: Site, language: Language, picture: Picture) -> str:
    """Return the picture as SVG that stands alone: its sources, licence, release and address are in it."""
    lines = [source_line(language, picture.sources)]
    if picture.note:
        lines.append(picture.note)
    release, word = site.endpoint.release.identifier, say(language, "picture_release")
    lines.append(f"tradegraph, {word} {release}, {_LICENCE}")
    lines.append(lasting_base(site) + picture.address)
    sheet = Sheet(
        picture.subtitle, tuple(line for line in lines if line), sheet_style(), picture.swatches, lasting_base(site)
    )
    return stand_alone(replace(picture.drawing, title=picture.title), sheet)


def lasting_base(site: Site) -> str:
    """Return where the site is for files that are kept: as its settings say, else where our IRIs say it is."""
    return (site.endpoint.settings.base_url or BASE).rstrip("/")


def source_line(language: Language, sources: Iterable[str]) -> str:
    """Return the line that names the documents behind a picture; empty without any."""
    named = list(dict.fromkeys(sources))
    return say(language, "picture_source", names="; ".join(named)) if named else ""


def documents_of(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return the documents that sources of a page are from: by number where they have one, else by name."""
    found = (one.identifier or one.document.text for one in sources if one.document is not None)
    return tuple(dict.fromkeys(found))


def asked_format(offered: Collection[str]) -> str:
    """Return the format in the address, empty for a page; RequestError 406 for one that is not offered."""
    asked = request.args.get("format", "")
    if asked in ("", "html"):
        return ""
    if asked not in offered:
        raise RequestError(406, f"There is no “{asked}” of this page.", f"There are: html, {', '.join(offered)}.")
    return asked


def address_with(path: str, given: Mapping[str, str]) -> str:
    """Return an address with its parameters in alphabetical order; empty ones are left out."""
    pairs = [(name, value) for name, value in sorted(given.items()) if value]
    return path + ("?" + urlencode(pairs) if pairs else "")


def format_links(address: Mapping[str, str], offered: Iterable[str]) -> tuple[Link, ...]:
    """Return a link per format to what this page shows."""
    labels = {"jsonld": "JSON-LD"}
    return tuple(
        Link(labels.get(name, name.upper()), href=address_with(request.path, {**address, "format": name}))
        for name in offered
    )


def send_file(
    site: Site,
    language: Language,
    form: str,
    name: str,
    picture: Callable[[], Picture | None],
    columns: tuple[str, ...],
    rows: Callable[[], Iterable[Row]],
) -> Response:
    """Return what a page shows as a picture (svg) or as rows (csv, json, xlsx); 406 where there is no picture."""
    if form == "svg":
        drawn = picture()
        if drawn is None:
            raise RequestError(
                406, "These figures are too few or too different for a picture.", "There are: html, csv, xlsx, jsonld."
            )
        disposition = f'inline; filename="{name}.svg"'
        response = site.send(
            language, lambda: file_of(site, language, drawn), "image/svg+xml", Content_Disposition=disposition
        )
        response.headers["Content-Security-Policy"] = file_policy()
        return response
    if form == "xlsx":
        disposition = f'attachment; filename="{name}.xlsx"'
        return site.send(language, lambda: _workbook(site, columns, rows()), XLSX, Content_Disposition=disposition)
    return send_rows(site, language, form, name, columns, rows)


def _workbook(site: Site, columns: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    cells: list[list[Cell]] = [
        [" ".join(value) if isinstance(value := row.get(column, ""), list) else value for column in columns]
        for row in rows
    ]
    source = [
        ("uitgave / release", site.endpoint.release.identifier),
        ("adres / address", lasting_base(site) + request.full_path.rstrip("?")),
        ("licentie / licence", "CC0 1.0: https://creativecommons.org/publicdomain/zero/1.0/"),
    ]
    return write_answer(columns, cells, source)


_SIZES: Final = (
    (Words("Klein", "Small"), 480, 420),
    (Words("Middel", "Medium"), 720, 560),
    (Words("Groot", "Large"), 960, 720),
)


def snippets(site: Site, language: Language, title: str, path: str, given: Mapping[str, str]) -> tuple[Snippet, ...]:
    """Return the HTML with which other sites show this picture, in three sizes.

    `path` is that of the page after its language, `given` the parameters that it was asked with.
    """
    address = base_of(site) + address_with(f"/embed/{language}{path}", {**given, "chrome": "minimal"})
    safe = address.replace("&", "&amp;")
    named = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return tuple(
        Snippet(
            f"{label.in_(language)} ({width} × {height})",
            f'<iframe src="{safe}" title="{named}" width="{width}" height="{height}" loading="lazy"></iframe>',
        )
        for label, width, height in _SIZES
    )


def key_of(iri: str) -> str:
    """Return the `kind/key` of one of our things, as parameters of an address have it; another IRI as it is."""
    return iri.removeprefix(ID)
