"""The release as one SQLite file: a table per class, the relations, and the passages they rest on.

All other table formats read this file, so they agree. It is made in two passes over the dataset: the first takes down
names, passages and relations and surveys the columns; the second writes the rows. What has to be looked up is looked
up in the file, so memory does not grow with the release. The same release and the same version of SQLite give the
same bytes.

```
term(iri, label_nl, label_en, class)             everything with a name; class: the narrowest of ours
passage(iri, locator_nl, locator_en, paraphrase_nl, paraphrase_en, document)
relation(id, iri, subject, property, object, literal)
                                                 a direct relation: object is an IRI, or else literal has the value;
                                                 iri names the node with the rule and evidence it was derived by
relation_passage(relation, passage)              where a relation was read
relation_named                                   a view: relations with the labels beside the IRIs
table_list, column_list                          what the tables and columns are, in both languages
economic_mission, organisation, …                a row per thing
```
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from tradegraph.namespaces import DEF, ID, PREFIXES, shrink
from tradegraph.publish.quads import TYPE, Term, Vocabulary, iris, literals, names, read_quads, text, things, values_of
from tradegraph.publish.tables import SEPARATOR, Column, Survey, Table, number

Cell = str | int | float | None

_RDF: Final = PREFIXES["rdf"]
_DERIVED: Final = NamedNode(DEF + "DerivedRelation")
_PASSAGE: Final = NamedNode(DEF + "Passage")
_STATED_IN: Final = DEF + "statedIn"
_SOURCE: Final = PREFIXES["oa"] + "hasSource"
_REALIZES: Final = PREFIXES["eli"] + "realizes"
_SCHEMA: Final = """
CREATE TABLE term (iri TEXT PRIMARY KEY, label_nl TEXT, label_en TEXT, class TEXT) WITHOUT ROWID;
CREATE TABLE passage (
    iri TEXT PRIMARY KEY, locator_nl TEXT, locator_en TEXT, paraphrase_nl TEXT, paraphrase_en TEXT, document TEXT
) WITHOUT ROWID;
CREATE TABLE relation (
    id INTEGER PRIMARY KEY, iri TEXT, subject TEXT, property TEXT, object TEXT, literal TEXT
);
CREATE TABLE relation_passage (relation INTEGER, passage TEXT, PRIMARY KEY (relation, passage)) WITHOUT ROWID;
CREATE TABLE table_list (name TEXT PRIMARY KEY, class TEXT, title_nl TEXT, title_en TEXT, rows INTEGER);
CREATE TABLE column_list (
    table_name TEXT, position INTEGER, name TEXT, property TEXT, title_nl TEXT, title_en TEXT, type TEXT,
    PRIMARY KEY (table_name, position)
) WITHOUT ROWID;
CREATE VIEW relation_named AS
    SELECT r.id, r.subject, s.label_nl AS subject_nl, s.label_en AS subject_en, r.property,
           p.label_nl AS property_nl, p.label_en AS property_en, r.object,
           coalesce(o.label_nl, r.literal) AS object_nl, coalesce(o.label_en, r.literal) AS object_en
    FROM relation r
    LEFT JOIN term s ON s.iri = r.subject LEFT JOIN term p ON p.iri = r.property LEFT JOIN term o ON o.iri = r.object;
"""


@dataclass(frozen=True)
class TableFile:
    """A written SQLite file and the tables in it, for the formats that are made from it."""

    path: Path
    tables: tuple[Table, ...]

    def count(self, table: Table) -> int:
        """Return the number of rows of a table."""
        with closing(sqlite3.connect(self.path)) as connection:
            found = connection.execute("SELECT rows FROM table_list WHERE name = ?", (table.name,)).fetchone()
        return int(found[0])

    def rows(self, table: Table) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of a table in the order of its IRIs; an empty cell is None."""
        yield from self.select(f"SELECT * FROM {_quoted(table.name)} ORDER BY iri")  # noqa: S608 - our own names

    def select(self, query: str) -> Iterator[tuple[Cell, ...]]:
        """Yield what one of the formats asks of the file."""
        with closing(sqlite3.connect(self.path)) as connection:
            yield from connection.execute(query)


def write_sqlite(dataset: Path, vocabulary: Vocabulary, path: Path) -> TableFile:
    """Write the file at `path`, which must not exist. Raises `NotSound` when the dataset is not that of a release."""
    draft = path.with_name(f".{path.name}")
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        # The draft is thrown away when anything fails, so nothing needs a journal; 64 MB of pages at most are kept.
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;"
        )
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        tables = _take_down(connection, dataset, vocabulary)
        connection.execute("CREATE INDEX relation_by_subject ON relation (subject, property)")
        connection.execute("CREATE INDEX relation_by_object ON relation (object, property)")
        _resolve_documents(connection)
        _fill(connection, dataset, vocabulary, tables)
        connection.execute("COMMIT")
        # Copies the pages in order: the file is as small as can be, and the same whatever way it came about.
        connection.execute("VACUUM INTO ?", (str(path),))
    draft.unlink()
    return TableFile(path, tables)


def _take_down(connection: sqlite3.Connection, dataset: Path, vocabulary: Vocabulary) -> tuple[Table, ...]:
    """First pass: names, passages, relations, and which columns there are."""
    survey = Survey(vocabulary)
    connection.execute("CREATE TEMP TABLE realizes (version TEXT PRIMARY KEY, document TEXT) WITHOUT ROWID")
    for iri, quads in things(read_quads(dataset)):
        values = values_of(quads)
        types = iris(values, TYPE)
        if _DERIVED in types:
            _relation(connection, iri, values)
            continue
        labels = names(values)
        if any(labels) or types:
            kind = vocabulary.narrowest(one.value for one in types)
            connection.execute("INSERT INTO term VALUES (?, ?, ?, ?)", (iri, *labels, kind))
        if _PASSAGE in types:
            said = (text(values, DEF + name, tag) for name in ("locator", "paraphrase") for tag in ("nl", "en"))
            source = next((one.value for one in iris(values, _SOURCE)), None)
            connection.execute("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)", (iri, *said, source))
        for document in iris(values, _REALIZES)[:1]:
            connection.execute("INSERT INTO realizes VALUES (?, ?)", (iri, document.value))
        survey.take(values)
    return survey.tables()


def _relation(connection: sqlite3.Connection, iri: str, values: dict[str, list[Term]]) -> None:
    subject, predicate = iris(values, _RDF + "subject")[0].value, iris(values, _RDF + "predicate")[0].value
    value = values[_RDF + "object"][0]
    ends = (value.value, None) if isinstance(value, NamedNode) else (None, getattr(value, "value", str(value)))
    row = connection.execute(
        "INSERT INTO relation (iri, subject, property, object, literal) VALUES (?, ?, ?, ?, ?)",
        (iri, subject, predicate, *ends),
    )
    passages = ((row.lastrowid, passage.value) for passage in iris(values, _STATED_IN))
    connection.executemany("INSERT INTO relation_passage VALUES (?, ?)", passages)


def _plain_relation(
    connection: sqlite3.Connection, subject: str, name: str, value: str, values: dict[str, list[Term]]
) -> None:
    """Write a relation of the front door that is a fact itself, not derived: it was read where its thing was."""
    row = connection.execute(
        "INSERT INTO relation (subject, property, object) VALUES (?, ?, ?)", (subject, name, value)
    )
    passages = ((row.lastrowid, passage.value) for passage in iris(values, _STATED_IN))
    connection.executemany("INSERT INTO relation_passage VALUES (?, ?)", passages)


def _resolve_documents(connection: sqlite3.Connection) -> None:
    """Name the document of each passage, where the dataset names the version that it stands in."""
    connection.execute(
        "UPDATE passage SET document = coalesce((SELECT r.document FROM realizes r WHERE r.version = passage.document),"
        " passage.document)"
    )


def _fill(connection: sqlite3.Connection, dataset: Path, vocabulary: Vocabulary, tables: tuple[Table, ...]) -> None:
    """Second pass: the rows."""
    by_class = {table.class_iri: table for table in tables}
    inserts: dict[str, str] = {}
    for table in tables:
        columns = ", ".join(f"{_quoted(column.name)} {column.type}" for column in table.columns)
        connection.execute(f"CREATE TABLE {_quoted(table.name)} ({columns}, PRIMARY KEY (iri)) WITHOUT ROWID")
        places = ", ".join("?" * len(table.columns))
        inserts[table.name] = f"INSERT INTO {_quoted(table.name)} VALUES ({places})"  # noqa: S608 - our own names
        described = (
            (table.name, position, one.name, one.property, one.title_nl, one.title_en, one.type)
            for position, one in enumerate(table.columns, start=1)
        )
        connection.executemany("INSERT INTO column_list VALUES (?, ?, ?, ?, ?, ?, ?)", described)
    rows = _Rows(connection)
    derived = {row[0] for row in connection.execute("SELECT DISTINCT property FROM relation")}
    plain = [name for name in vocabulary.properties if name not in derived]
    for iri, quads in things(read_quads(dataset)):
        values = values_of(quads)
        for name in plain:
            for value in iris(values, name):
                _plain_relation(connection, iri, name, value.value, values)
        wanted = [by_class[one.value] for one in iris(values, TYPE) if one.value in by_class]
        if wanted:
            support = rows.support(iri, values)
            for table in wanted:
                cells = [rows.cell(column, iri, values, support) for column in table.columns]
                connection.execute(inserts[table.name], cells)
    for table in tables:
        count = connection.execute(f"SELECT count(*) FROM {_quoted(table.name)}").fetchone()[0]  # noqa: S608 - our name
        row = (table.name, table.class_iri, table.title_nl, table.title_en, count)
        connection.execute("INSERT INTO table_list VALUES (?, ?, ?, ?, ?)", row)


@dataclass(frozen=True)
class _Support:
    """The passages that a row rests on, with their locators (nl, en), and the documents they stand in."""

    passages: tuple[str, ...]
    locators: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]


class _Rows:
    """Makes cells, looking names and passages up in the file; the last 50,000 names are remembered."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._label = lru_cache(maxsize=50_000)(self._look_up)

    def _look_up(self, iri: str) -> tuple[str, str]:
        found = self._connection.execute("SELECT label_nl, label_en FROM term WHERE iri = ?", (iri,)).fetchone()
        return (found[0], found[1]) if found and any(found) else (shrink(iri), shrink(iri))

    def support(self, iri: str, values: dict[str, list[Term]]) -> _Support:
        """Return what the thing itself and the relations that leave from it were read in."""
        of_relations = self._connection.execute(
            "SELECT DISTINCT passage FROM relation_passage JOIN relation ON relation.id = relation WHERE subject = ?",
            (iri,),
        )
        passages = sorted({row[0] for row in of_relations} | {one.value for one in iris(values, _STATED_IN)})
        query = "SELECT locator_nl, locator_en, document FROM passage WHERE iri = ?"
        rows = [self._connection.execute(query, (one,)).fetchone() or ("", "", None) for one in passages]
        documents = sorted({row[2] for row in rows if row[2]})
        return _Support(tuple(passages), tuple((row[0], row[1]) for row in rows), tuple(documents))

    def cell(self, column: Column, iri: str, values: dict[str, list[Term]], support: _Support) -> Cell:
        """Return what stands in a column; None when there is nothing."""
        side = 0 if column.language == "nl" else 1
        match column.holds:
            case "iri":
                return iri
            case "key":
                return iri.removeprefix(ID).partition("/")[2] or iri
            case "types":
                found = [one.value.removeprefix(DEF) for one in iris(values, TYPE) if one.value.startswith(DEF)]
            case "label" if not column.property:
                return names(values)[side] or None
            case "label":
                found = [
                    self._label(one.value)[side] if isinstance(one, NamedNode) else _value(one)
                    for one in _without_language(values, column.property)
                ]
            case "passage":
                found = list(support.passages)
            case "locator":
                found = [locator[side] for locator in support.locators]
            case "document":
                found = [self._label(one)[side] if column.language else one for one in support.documents]
            case "value" if column.language:
                found = [one.value for one in literals(values, column.property) if one.language == column.language]
            case _:
                found = [_value(one) for one in _without_language(values, column.property)]
        if len(found) == 1:
            return number(found[0], column.type)
        return SEPARATOR.join(found) or None


def _without_language(values: dict[str, list[Term]], name: str) -> list[Term]:
    """Return the values of one column: texts in a language have columns of their own."""
    return [one for one in values.get(name, ()) if not (isinstance(one, Literal) and one.language)]


def _value(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
