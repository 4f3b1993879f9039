"""All downloads of a release, written to one folder at once: the files, their catalogue, citation and checksums.

```
DIR/
├── tradegraph.nq.gz  .trig.gz  .ttl.gz  .jsonld.gz  .rdf.gz      RDF
├── tradegraph-rdf12.nq.gz                                        RDF 1.2, relations as triple terms
├── csv/  parquet/  tradegraph.xlsx                               a table per class
├── tradegraph.sqlite  search.sqlite  tradegraph.graphml          for SQL, full text, networks
└── catalogue.ttl  catalogue.jsonld  CITATION.cff  README.txt  SHA256SUMS
```

The same release and the same versions of the libraries give the same bytes.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat

from tradegraph.errors import NotFound
from tradegraph.publish import catalogue as record
from tradegraph.publish import texts
from tradegraph.publish.catalogue import Download
from tradegraph.publish.columnar import available as parquet_available
from tradegraph.publish.columnar import write_parquet
from tradegraph.publish.csv_files import METADATA, write_csv
from tradegraph.publish.dumps import prefixes, write_by_graph, write_merged, write_nquads, write_rdf12
from tradegraph.publish.graphml import write_graphml
from tradegraph.publish.quads import Vocabulary, years
from tradegraph.publish.sqlite_file import TableFile, write_sqlite
from tradegraph.publish.workbook import write_workbook
from tradegraph.store import Release
from tradegraph.store.release import SEARCH_FILE

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Form:
    """One form of download: its name on the command line, its file (or folder, with a slash), what it is."""

    name: str
    path: str
    media_type: str
    title_nl: str
    title_en: str

    @property
    def packed(self) -> bool:
        """Whether its file is packed with gzip."""
        return self.path.endswith(".gz")


FORMS: Final = (
    Form(
        "nq",
        "tradegraph.nq.gz",
        "application/n-quads",
        "alles, als canonieke N-Quads",
        "everything, as canonical N-Quads",
    ),
    Form("trig", "tradegraph.trig.gz", "application/trig", "alles, als TriG", "everything, as TriG"),
    Form(
        "ttl",
        "tradegraph.ttl.gz",
        "text/turtle",
        "alle triples zonder grafen, als Turtle",
        "all triples without graphs, as Turtle",
    ),
    Form("jsonld", "tradegraph.jsonld.gz", "application/ld+json", "alles, als JSON-LD", "everything, as JSON-LD"),
    Form(
        "rdf",
        "tradegraph.rdf.gz",
        "application/rdf+xml",
        "alle triples zonder grafen, als RDF/XML",
        "all triples without graphs, as RDF/XML",
    ),
    Form(
        "rdf12",
        "tradegraph-rdf12.nq.gz",
        "application/n-quads",
        "alles, als N-Quads van RDF 1.2: relaties als tripletermen",
        "everything, as RDF 1.2 N-Quads: relations as triple terms",
    ),
    Form("csv", "csv/", "text/csv", "tabel", "table"),
    Form(
        "xlsx",
        "tradegraph.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "werkmap met een blad per klasse",
        "workbook with a sheet per class",
    ),
    Form("parquet", "parquet/", "application/vnd.apache.parquet", "tabel", "table"),
    Form(
        "sqlite",
        "tradegraph.sqlite",
        "application/vnd.sqlite3",
        "tabellen, relaties en passages, als SQLite",
        "tables, relations and passages, as SQLite",
    ),
    Form("search", SEARCH_FILE, "application/vnd.sqlite3", "zoekindex, als SQLite", "search index, as SQLite"),
    Form(
        "graphml",
        "tradegraph.graphml",
        "application/graphml+xml",
        "directe relaties als netwerk, in GraphML",
        "direct relations as a network, in GraphML",
    ),
)
"""Every form of download, in the order of writing."""

_FROM_TABLES: Final = frozenset({"csv", "xlsx", "parquet", "sqlite", "graphml"})


def forms_of(release: Release) -> tuple[Form, ...]:
    """Return the forms that can be written here: Parquet needs its extra, a search index must be in the release."""
    missing = {
        name
        for name, there in (("parquet", parquet_available()), ("search", (release.directory / SEARCH_FILE).is_file()))
        if not there
    }
    return tuple(form for form in FORMS if form.name not in missing)


def chosen(names: Iterable[str], release: Release) -> tuple[Form, ...]:
    """Return the forms of these names, in the order of writing, or all that can be written for no name at all.

    Raises `NotFound` for a name that is not one, and for a form that cannot be written here.
    """
    wanted = set(names)
    known = {form.name for form in FORMS}
    if wrong := sorted(wanted - known):
        raise NotFound(f"{wrong[0]}: there is no such format. There are {', '.join(form.name for form in FORMS)}.")
    able = forms_of(release)
    if wanted & {"parquet"} and not parquet_available():
        raise NotFound("parquet: needs a package that is not installed. Run: pip install 'tradegraph[parquet]'.")
    if missing := sorted(wanted - {form.name for form in able}):
        raise NotFound(f"{missing[0]}: release {release.identifier} has none. Build it again: tradegraph build.")
    return tuple(form for form in able if not wanted or form.name in wanted)


def export(
    release: Release, target: Path, names: Iterable[str] = (), progress: Progress = lambda step: None
) -> tuple[Download, ...]:
    """Write the downloads of a release to the new folder `target` and return them; `progress` is told each form.

    Raises `NotFound` for an unknown format and for a target that exists or has no parent, `NotSound` for a dataset that
    is not that of a release. On any failure nothing is left behind.
    """
    forms = chosen(names, release)
    if target.exists() or target.is_symlink():
        raise NotFound(f"{target}: is there already. Name a folder that does not exist yet; nothing is overwritten.")
    if not target.absolute().parent.is_dir():
        raise NotFound(f"{target.absolute().parent}: there is no such folder. Make it first, or name another.")
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=target.absolute().parent))
    try:
        files, work = draft / "files", draft / "work"
        files.mkdir()
        work.mkdir()
        downloads = _write(release, forms, files, work, progress)
        # Renaming fails when another process made the target meanwhile and put something in it.
        files.rename(target)
    finally:
        shutil.rmtree(draft)
    return downloads


def _write(
    release: Release, forms: tuple[Form, ...], folder: Path, work: Path, progress: Progress
) -> tuple[Download, ...]:
    vocabulary = Vocabulary.read(release.dataset)
    tables: TableFile | None = None
    if any(form.name in _FROM_TABLES for form in forms):
        progress("tables")
        tables = write_sqlite(release.dataset, vocabulary, work / "tables.sqlite")
    for form in forms:
        progress(form.name)
        path = folder / form.path
        if form.path.endswith("/"):
            path.mkdir()
        if tables is not None and form.name in _FROM_TABLES:
            write_tables(tables, form, path)
        else:
            write_rdf(release, form, path)
    downloads = tuple(_described(folder, forms, tables))
    _write_texts(release, folder, downloads, vocabulary.issued)
    return downloads


def write_rdf(release: Release, form: Form, path: Path) -> None:
    """Write one form that is made from the dataset itself."""
    dataset = release.dataset
    match form.name:
        case "nq":
            write_nquads(dataset, path)
        case "trig":
            write_by_graph(dataset, path, RdfFormat.TRIG, prefixes(dataset))
        case "jsonld":
            write_by_graph(dataset, path, RdfFormat.JSON_LD, None)
        case "ttl":
            write_merged(dataset, path, RdfFormat.TURTLE, prefixes(dataset))
        case "rdf":
            write_merged(dataset, path, RdfFormat.RDF_XML, prefixes(dataset))
        case "rdf12":
            write_rdf12(dataset, path)
        case "search":
            shutil.copyfile(release.directory / SEARCH_FILE, path)


def write_tables(tables: TableFile, form: Form, path: Path) -> None:
    """Write one form that is made from the tables; `path` is a file, or a folder that exists."""
    match form.name:
        case "csv":
            write_csv(tables, path)
        case "xlsx":
            write_workbook(tables, path)
        case "parquet":
            write_parquet(tables, path)
        case "graphml":
            write_graphml(tables, path)
        case "sqlite":
            shutil.copyfile(tables.path, path)


def _described(folder: Path, forms: tuple[Form, ...], tables: TableFile | None) -> Iterator[Download]:
    titles = {table.name: (table.title_nl, table.title_en) for table in (tables.tables if tables else ())}
    for form in forms:
        path = folder / form.path
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            dutch, english, media_type = form.title_nl, form.title_en, form.media_type
            if file.name == METADATA:
                dutch, english = "wat de kolommen betekenen (CSV on the Web)", "what the columns mean (CSV on the Web)"
                media_type = "application/csvm+json"
            elif path.is_dir():
                name = titles[file.stem]
                dutch, english = f"{dutch}: {name[0]}", f"{english}: {name[1]}"
            size, sha256 = file.stat().st_size, digest(file)
            yield Download(file.relative_to(folder).as_posix(), dutch, english, media_type, form.packed, size, sha256)


def _write_texts(release: Release, folder: Path, downloads: tuple[Download, ...], issued: str) -> None:
    triples = record.catalogue(release, downloads, issued, years(release.dataset))
    beside = {
        "CITATION.cff": texts.citation(release, issued).encode(),
        "README.txt": texts.readme(release, downloads, issued).encode(),
        "catalogue.jsonld": record.json_ld(triples),
        "catalogue.ttl": record.turtle(triples),
    }
    for name, content in beside.items():
        (folder / name).write_bytes(content)
    digests = {file.path: file.sha256 for file in downloads} | {name: digest(folder / name) for name in beside}
    (folder / "SHA256SUMS").write_text(texts.checksums(sorted(digests.items())), encoding="utf-8")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
