"""The pages on downloads, as values: what each form is for, what it weighs, how to check and cite it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tradegraph.languages import Language, Words
from tradegraph.publish.catalogue import Download
from tradegraph.publish.downloads import FORMS, Form
from tradegraph.release import Turn
from tradegraph.web.kit import date_in_words
from tradegraph.web.publishing.shelf import Files, Listed

WHOLE: Final = "whole"
BESIDE: Final = "beside"
CHECKED: Final = "sha256sum --check --ignore-missing SHA256SUMS"


@dataclass(frozen=True)
class Use:
    """What a form is for: its name, whom it serves, with what it is opened; `group` is where it stands on the page."""

    group: str
    name: Words
    purpose: Words


USES: Final[dict[str, Use]] = {
    "xlsx": Use(
        "tables",
        Words("Excel-werkmap", "Excel workbook"),
        Words(
            "Voor wie in een spreadsheet werkt. Een blad per soort ding; het eerste legt elke kolom uit.",
            "For work in a spreadsheet. A sheet per kind of thing; the first explains every column.",
        ),
    ),
    "csv": Use(
        "tables",
        Words("CSV-tabellen", "CSV tables"),
        Words(
            "Voor elk ander programma. Een tabel per soort ding, en één bestand dat zegt wat de kolommen betekenen.",
            "For any other program. A table per kind of thing, and one file that says what the columns mean.",
        ),
    ),
    "parquet": Use(
        "tables",
        Words("Parquet-tabellen", "Parquet tables"),
        Words(
            "Dezelfde tabellen voor grotere analyses, in DuckDB, Polars, pandas of R.",
            "The same tables for larger analyses, in DuckDB, Polars, pandas or R.",
        ),
    ),
    "sqlite": Use(
        "tables",
        Words("SQLite-database", "SQLite database"),
        Words(
            "Vragen stellen in SQL, zonder server: de tabellen, en alle relaties met hun passages.",
            "For questions in SQL, without a server: the tables, and all relations with their passages.",
        ),
    ),
    "graphml": Use(
        "tables",
        Words("Netwerk (GraphML)", "Network (GraphML)"),
        Words("Voor Gephi, Cytoscape, networkx en igraph.", "For Gephi, Cytoscape, networkx and igraph."),
    ),
    "search": Use(
        "tables",
        Words("Zoekindex (SQLite)", "Search index (SQLite)"),
        Words("Zelf zoeken in alle teksten, met SQLite FTS5.", "For full-text search of your own, with SQLite FTS5."),
    ),
    "nq": Use(
        "rdf",
        Words("N-Quads", "N-Quads"),
        Words(
            "Het origineel, om te bewaren of in een triplestore te laden. Uitgepakt is de SHA-256 die van de uitgave.",
            "The original, to archive or to load into a triple store. Unpacked, its SHA-256 is that of the release.",
        ),
    ),
    "trig": Use(
        "rdf",
        Words("TriG", "TriG"),
        Words("RDF om te lezen, met een graaf per document.", "RDF to read, with a graph per document."),
    ),
    "ttl": Use(
        "rdf",
        Words("Turtle", "Turtle"),
        Words("Voor Protégé en programma’s zonder grafen.", "For Protégé and programs without graphs."),
    ),
    "jsonld": Use(
        "rdf", Words("JSON-LD", "JSON-LD"), Words("Voor JavaScript, met grafen.", "For JavaScript, with graphs.")
    ),
    "rdf": Use(
        "rdf",
        Words("RDF/XML", "RDF/XML"),
        Words("Voor oudere programma’s, zonder grafen.", "For older programs, without graphs."),
    ),
    "rdf12": Use(
        "rdf",
        Words("N-Quads van RDF 1.2", "RDF 1.2 N-Quads"),
        Words(
            "Relaties als tripletermen, voor nieuwe triplestores.", "Relations as triple terms, for new triple stores."
        ),
    ),
}
"""What each form of `publish.downloads.FORMS` is for, in the order in which people need them."""


@dataclass(frozen=True)
class FormRow:
    """A form as the page shows it: one file or a folder of them, its size in words, checksum and address."""

    use: Use
    path: str
    size: str
    count: int
    href: str
    sha256: str


@dataclass(frozen=True)
class FileRow:
    """A file as the page shows it."""

    path: str
    title: str
    size: str
    href: str
    sha256: str


@dataclass(frozen=True)
class ReleaseRow:
    """A release as the page shows it: since when, how many statements, whether it has files, whether it is served."""

    identifier: str
    day: str
    timestamp: str
    quads: int
    has_files: bool
    served: bool


def form_rows(files: Files, identifier: str, language: Language, group: str) -> list[FormRow]:
    """Return the forms of a group that a release has, in the order in which people need them."""
    by_form = {form.name: form for form in FORMS}
    found = []
    for name, use in USES.items():
        if use.group != group:
            continue
        form = by_form[name]
        parts = [file for file in files.downloads if _belongs(file, form)]
        if not parts:
            continue
        folder = form.path.endswith("/")
        href = f"/{language}/data/{identifier}#{name}" if folder else f"/dump/{identifier}/{form.path}"
        size = size_in_words(sum(file.size for file in parts), language)
        found.append(FormRow(use, form.path, size, len(parts), href, "" if folder else parts[0].sha256))
    return found


def file_rows(files: Files, identifier: str, language: Language) -> dict[str, list[FileRow]]:
    """Return every file of a release, by where it stands; parts without a file are left out.

    `whole` has the forms of one file, `csv` and `parquet` what is in their folders, `beside` the rest.
    """
    folders = {form.name for form in FORMS if form.path.endswith("/")}
    found: dict[str, list[FileRow]] = {name: [] for name in (WHOLE, *sorted(folders), BESIDE)}
    for file in files.downloads:
        form = next((form for form in FORMS if _belongs(file, form)), None)
        name = BESIDE if form is None else form.name if form.name in folders else WHOLE
        title = file.title_nl if language == "nl" else file.title_en
        size = size_in_words(file.size, language)
        found[name].append(FileRow(file.path, title, size, f"/dump/{identifier}/{file.path}", file.sha256))
    listed = {file.path for file in files.downloads}
    for path, digest in sorted(files.digests.items()):
        if path not in listed:
            size = size_in_words((files.folder / path).stat().st_size, language)
            found[BESIDE].append(FileRow(path, "", size, f"/dump/{identifier}/{path}", digest))
    return {name: rows for name, rows in found.items() if rows}


def release_rows(listed: tuple[Listed, ...], served: str, language: Language) -> list[ReleaseRow]:
    """Return the releases that are here, the newest first."""
    moments = moments_in_words([one.turn for one in listed], language)
    return [
        ReleaseRow(
            one.release.identifier,
            moments[one.turn],
            one.turn.timestamp,
            one.release.quads,
            one.has_files,
            one.release.identifier == served,
        )
        for one in listed
    ]


def moments_in_words(turns: Iterable[Turn], language: Language) -> dict[Turn, str]:
    """Return the day of each as people write it, with the time (UTC) where two stand on one day."""
    listed = list(turns)
    days = Counter(turn.day for turn in set(listed))
    return {
        turn: date_in_words(turn.day, language) + (f", {turn.since:%H:%M} UTC" if days[turn.day] > 1 else "")
        for turn in listed
    }


def size_in_words(size: int, language: Language) -> str:
    """Return bytes as people read them: `1,9 MB` in Dutch, `1.9 MB` in English."""
    for unit, many in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= many:
            return f"{size / many:.1f} {unit}".replace(".", "," if language == "nl" else ".")
    return f"{size} B"


def _belongs(file: Download, form: Form) -> bool:
    return file.path.startswith(form.path) if form.path.endswith("/") else file.path == form.path
