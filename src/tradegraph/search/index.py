"""Writes the search index of a release: one SQLite file, made once, only read afterwards.

A row of `things` is one thing in one language, with a row of the FTS5 table of that language
(https://www.sqlite.org/fts5.html). The tokens are prepared here: SQLite sees words that are folded already, and takes
them as they are. The same quads give the same bytes with the same version of SQLite, which writes its number into the
file and may lay out its pages in its own way.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from tradegraph.namespaces import DEF
from tradegraph.search.compounds import Compounds
from tradegraph.search.gather import PROPERTIES, Entry, Gathered, local_name
from tradegraph.search.words import LANGUAGES, Language, stem, words

FORMAT: Final = 1
"""Number of the layout of the file (SQLite's `user_version`); `Index.open` refuses another."""

APPLICATION: Final = 0x74675349
"""SQLite's `application_id`: `tgSI`."""

BETWEEN: Final = " \u241e "
"""A token that no question can hold: it keeps a phrase from running on from one text into the next."""

# The order is that of the weights in `find`. Stems stand beside the words: FTS5 has one word at a place only.
_COLUMNS: Final = "label, label_stems, name, name_stems, name_parts, text, text_stems, text_parts"
_WORD_COLUMNS: Final = (0, 2, 5)
_INSERT_WORDS: Final[dict[str, str]] = {
    language: f"INSERT INTO words_{language} (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - ours
    for language in LANGUAGES
}
# https://www.sqlite.org/fts5.html, 6.3
_DELETE_WORDS: Final[dict[str, str]] = {
    language: f"INSERT INTO words_{language} (words_{language}, rowid, {_COLUMNS}) "  # noqa: S608 - our own tables
    "VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    for language in LANGUAGES
}
_LAYOUT: Final = f"""
CREATE TABLE things (row INTEGER PRIMARY KEY, iri TEXT, language TEXT, kind TEXT, label TEXT, names TEXT, texts TEXT);
CREATE TABLE kinds (row INTEGER, class TEXT, PRIMARY KEY (row, class)) WITHOUT ROWID;
CREATE TABLE classes (name TEXT PRIMARY KEY, iri TEXT) WITHOUT ROWID;
CREATE TABLE exact (language TEXT, name TEXT, is_label INTEGER, row INTEGER,
    PRIMARY KEY (language, name, is_label, row)) WITHOUT ROWID;
CREATE TABLE compounds (word TEXT PRIMARY KEY, parts TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE words_nl USING fts5({_COLUMNS}, content='', tokenize='ascii', prefix='1 2 3');
CREATE VIRTUAL TABLE words_en USING fts5({_COLUMNS}, content='', tokenize='ascii', prefix='1 2 3');
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {FORMAT};
"""


def build_index(store: Store, path: Path) -> None:
    """Write the index of everything in `store` to `path`, whatever was there before; OSError when it cannot."""
    quads = (quad for iri in PROPERTIES for quad in store.quads_for_pattern(None, NamedNode(iri), None, None))
    write_index(quads, path)


def write_index(quads: Iterable[Quad], path: Path) -> None:
    """Write the index of `quads`, which may come in any order and hold more than is needed."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".search-") as folder:
        draft_path, staging, finished = (Path(folder) / name for name in ("draft", "staging", "finished"))
        with closing(sqlite3.connect(draft_path, isolation_level=None)) as draft:
            # Nothing of a draft is worth saving when this breaks off.
            draft.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            draft.execute("ATTACH ? AS staging", (str(staging),))
            draft.executescript("PRAGMA staging.journal_mode = OFF; PRAGMA staging.synchronous = OFF;")
            gathered = Gathered(draft, quads)
            draft.executescript(_LAYOUT)
            draft.execute("BEGIN")
            _fill(draft, gathered)
            for language in LANGUAGES:
                words = f"words_{language}"
                draft.execute(f"INSERT INTO {words}({words}) VALUES ('optimize')")  # noqa: S608 - our own table
            draft.execute("COMMIT")
            draft.execute("DETACH staging")
            # Leaves out what the draft has no use for any more, and with it the order in which it came about.
            draft.execute("VACUUM INTO ?", (str(finished),))
        finished.replace(path)


def _fill(draft: sqlite3.Connection, gathered: Gathered) -> None:
    compounds = Compounds(gathered.vocabulary())
    classes: set[str] = set()
    for row, entry in enumerate(gathered.entries(), start=1):
        classes.update(entry.classes)
        one = indexed(entry, compounds)
        insert(draft, row, one)
        draft.executemany(
            "INSERT OR IGNORE INTO compounds VALUES (?, ?)",
            [(word, " ".join(parts)) for word, parts in one.compounds.items()],
        )
    draft.executemany("INSERT INTO classes VALUES (?, ?)", names_of_classes(classes).items())


@dataclass(frozen=True)
class Indexed:
    """An entry as it stands in the tables.

    `exact` are its names as whole texts, folded, each with 1 for a label; `columns` what FTS5 is given; `compounds` the
    Dutch words in it that fall apart, with their parts.
    """

    entry: Entry
    exact: tuple[tuple[str, int], ...]
    columns: tuple[str, ...]
    compounds: Mapping[str, tuple[str, ...]]

    @property
    def words(self) -> set[str]:
        """All its words, folded."""
        return {word for column in _WORD_COLUMNS for word in self.columns[column].split()} - {BETWEEN.strip()}


def indexed(entry: Entry, compounds: Compounds) -> Indexed:
    """Read the texts of an entry."""
    labels, names, texts = (_read(lines) for lines in (entry.labels, entry.names, entry.texts))
    exact: list[tuple[str, int]] = []
    for is_label, group in ((1, labels), (0, names)):
        exact += [(name, is_label) for name in sorted({" ".join(one.folded) for one in group} - {""})]
    found: dict[str, tuple[str, ...]] = {}
    columns = (
        *_tokens(labels, entry.language),
        *_tokens(names, entry.language),
        _parts(labels + names, entry.language, compounds, found),
        *_tokens(texts, entry.language),
        _parts(texts, entry.language, compounds, found),
    )
    return Indexed(entry, tuple(exact), columns, found)


def insert(connection: sqlite3.Connection, row: int, one: Indexed) -> None:
    """Put an entry into the tables, as row `row`, which is free."""
    entry = one.entry
    called, told = "\n".join((*entry.labels, *entry.names)), "\n".join(entry.texts)
    shown = (entry.iri, entry.language, entry.kind, entry.label, called, told)
    connection.execute("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?)", (row, *shown))
    connection.executemany("INSERT INTO kinds VALUES (?, ?)", [(row, iri) for iri in entry.classes])
    connection.executemany(
        "INSERT INTO exact VALUES (?, ?, ?, ?)", [(entry.language, *name, row) for name in one.exact]
    )
    connection.execute(_INSERT_WORDS[entry.language], (row, *one.columns))


def delete(connection: sqlite3.Connection, row: int, language: str, columns: Sequence[str]) -> None:
    """Take an entry out of the tables; `columns` must be what it was inserted with, since FTS5 did not keep them."""
    for table in ("things", "kinds", "exact"):
        connection.execute(f"DELETE FROM {table} WHERE row = ?", (row,))  # noqa: S608 - our own tables
    connection.execute(_DELETE_WORDS[language], (row, *columns))


def names_of_classes(classes: Iterable[str]) -> dict[str, str]:
    """Return the names by which things may be asked for: local name → IRI of the class, by name."""
    # Where two vocabularies use one name, it means the class of our ontology.
    named = {local_name(iri): iri for iri in sorted(classes, key=lambda iri: (iri.startswith(DEF), iri))}
    return dict(sorted(named.items()))


@dataclass(frozen=True)
class _Read:
    """A text, read: its words, folded, and each two with a hyphen between them as one (*followup*)."""

    folded: list[str]
    joined: list[str]


def _read(texts: Iterable[str]) -> list[_Read]:
    result = []
    for text in texts:
        found = list(words(text))
        pairs = pairwise(found) if "-" in text else ()
        joined = [left.folded + right.folded for left, right in pairs if text[left.end : right.start] == "-"]
        result.append(_Read([word.folded for word in found], joined))
    return result


def _tokens(texts: list[_Read], language: Language) -> tuple[str, str]:
    """Return the words of `texts` as FTS5 takes them: folded, and their stems."""
    return (
        BETWEEN.join(" ".join(one.folded) for one in texts),
        BETWEEN.join(" ".join(stem(word, language) for word in one.folded) for one in texts),
    )


def _parts(texts: list[_Read], language: Language, compounds: Compounds, found: dict[str, tuple[str, ...]]) -> str:
    """Return what else the words of `texts` are found by: parts of compounds, and words with a hyphen as one.

    Puts the compounds into `found`.
    """
    others: list[str] = []
    for one in texts:
        others += [stem(joined, language) for joined in one.joined]
        for word in one.folded if language == "nl" else ():
            parts = compounds.parts(word)
            if parts:
                found[word] = parts
                others += parts
    return BETWEEN.join(others)
