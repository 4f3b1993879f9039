"""Finding in an index: read-only, from any thread, never longer than the time it is given.

The index of a release never changes. That of what was written (`live`) is a file of the same layout that does, with one
table more: rows of the release that are not to be found any more.
"""

import difflib
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from tradegraph.errors import NotFound, QueryRefused, QueryTimeout
from tradegraph.search.index import APPLICATION, FORMAT
from tradegraph.search.question import Matcher, Term, expression, read
from tradegraph.search.snippets import Snippet, snippet
from tradegraph.search.words import LANGUAGES, Language

__all__ = ["MOST_HITS", "Hit", "Index", "SearchIndex", "Snippet"]

MOST_HITS: Final = 10_000
TIME_LIMIT_S: Final = 2.0
# How much a column counts, in the order of the columns: names far above texts, a part of a compound less than a word.
_WEIGHTS: Final = "10, 10, 8, 8, 4, 1, 1, 0.5"
_LAYOUT: Final = ("application_id", "user_version")
_STEPS_BETWEEN_LOOKS: Final = 2_000
_EXACT_LABEL, _EXACT_NAME, _NAMES, _TEXTS = 3.5, 3.0, 2.0, 1.0


@dataclass(frozen=True)
class Hit:
    """A thing that was found.

    `kind` is the local name of its class, `label` what to call it in `language`: the language in which it was found. A
    thing that has no label, such as a passage or an answer, is called by where it is written. `score` is higher for
    what fits better: from 3.5 its label is what was asked for, from 3 another name is, from 2 all words stand in its
    names, from 1 in its names and texts; the fraction is BM25, made to lie between 0 and 1, and compares hits of one
    question only.
    """

    iri: str
    kind: str
    label: str
    language: Language
    score: float
    snippet: Snippet


class SearchIndex(Protocol):
    """Where to search: `Index`, or `WrittenIndex`, of which everything may raise StoreBusy or StoreUnavailable too."""

    @property
    def kinds(self) -> dict[str, str]:
        """See `Index.kinds`."""

    def find(
        self,
        text: str,
        language: Language | None = None,
        kinds: Collection[str] = (),
        limit: int = 20,
        as_you_type: bool = False,
    ) -> tuple[Hit, ...]:
        """See `Index.find`."""

    def close(self) -> None:
        """Let go of it."""


@dataclass(frozen=True)
class _Found:
    """A row of the index before its texts are read."""

    row: int
    iri: str
    language: Language
    score: float


@dataclass
class Index:
    """An index opened for reading. Use `open`, and `close` at the end, or a `with`.

    With `live`, somebody else writes to the file meanwhile: each search sees one state of it.
    """

    path: Path
    time_limit_s: float
    live: bool = False
    _classes: dict[str, str] = field(default_factory=dict, repr=False)
    _parts: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _idle: list[sqlite3.Connection] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _closed: bool = field(default=False, repr=False)

    @classmethod
    def open(cls, path: Path, time_limit_s: float = TIME_LIMIT_S, *, live: bool = False) -> "Index":
        """Open the index at `path`; NotFound when there is none that can be read. `time_limit_s` is for one search."""
        index = cls(path, time_limit_s, live)
        try:
            with index._connection() as connection:
                layout = tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _LAYOUT)
                if layout != (APPLICATION, FORMAT):
                    raise NotFound(f"{path}: this is no search index of this version. Build the release again.")
                index._classes.update(connection.execute("SELECT name, iri FROM classes"))
                for word, parts in connection.execute("SELECT word, parts FROM compounds"):
                    index._parts[word] = frozenset(parts.split())
        except (NotFound, sqlite3.DatabaseError) as error:
            index.close()
            if isinstance(error, NotFound):
                raise
            raise NotFound(f"{path}: the search index cannot be read ({error}). Build the release again.") from error
        return index

    @property
    def kinds(self) -> dict[str, str]:
        """The classes that things may be asked for by: local name → IRI."""
        return dict(self._classes)

    def learn(self, classes: Mapping[str, str], parts: Mapping[str, frozenset[str]]) -> None:
        """Take over what changed: all `classes` by name, and for some words the parts that they have now."""
        self._classes = dict(classes)
        self._parts.update(parts)

    def find(
        self,
        text: str,
        language: Language | None = None,
        kinds: Collection[str] = (),
        limit: int = 20,
        as_you_type: bool = False,
    ) -> tuple[Hit, ...]:
        """Return the best `limit` things, the best first, each once; of equal ones, in the order of their IRIs.

        `language` is that of names and texts (both for None: each thing in the one that fits better), `kinds` the local
        names of classes of which a thing must have one, be it a superclass. Raises QueryRefused for what cannot be
        asked, QueryTimeout when it takes too long.
        """
        terms = read(text, as_you_type)
        classes = [self._class(kind) for kind in kinds]
        if not 1 <= limit <= MOST_HITS:
            raise QueryRefused(f"{limit} hits cannot be had.", f"Ask for 1 to {MOST_HITS}.")
        deadline = time.monotonic() + self.time_limit_s
        with self._connection() as connection:
            connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
            try:
                # All that is read is of one state.
                connection.execute("BEGIN")
                asked = (language,) if language else LANGUAGES
                found = _search(connection, terms, asked, classes, limit, live=self.live)
                return tuple(self._hits(connection, found, terms))
            except sqlite3.OperationalError as error:
                if time.monotonic() <= deadline:
                    raise
                raise QueryTimeout(
                    f"The search took longer than {self.time_limit_s:g} s and was stopped.",
                    "Give a word more, or a longer beginning of one.",
                ) from error
            finally:
                connection.set_progress_handler(None, 0)
                connection.rollback()

    def close(self) -> None:
        """Close all connections; one with which somebody is searching, when that is done."""
        with self._lock:
            self._closed = True
            while self._idle:
                self._idle.pop().close()

    def __enter__(self) -> "Index":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _class(self, kind: str) -> str:
        if kind not in self._classes:
            near = difflib.get_close_matches(kind[:60], self._classes, n=3) or ["Mission", "Organisation", "Passage"]
            raise QueryRefused(
                f"Nothing here is of kind “{kind[:60]}”.", f"Kinds are, for instance: {', '.join(near)}."
            )
        return self._classes[kind]

    def _hits(self, connection: sqlite3.Connection, found: list[_Found], terms: tuple[Term, ...]) -> Iterator[Hit]:
        matchers = {
            language: Matcher(terms, language, self._parts if language == "nl" else {}) for language in LANGUAGES
        }
        for one in found:
            what = "SELECT kind, label, names, texts FROM things WHERE row = ?"
            kind, label, names, texts = connection.execute(what, (one.row,)).fetchone()
            shown = snippet([*texts.splitlines(), *names.splitlines()], matchers[one.language])
            yield Hit(one.iri, kind, label, one.language, one.score, shown)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that no other thread has at the same time."""
        with self._lock:
            idle = self._idle.pop() if self._idle else None
        # Of a file that never changes, SQLite need not look after locks and a journal.
        how = "mode=rw" if self.live else "mode=ro&immutable=1"
        address = f"{self.path.absolute().as_uri()}?{how}"
        connection = idle or sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        try:
            yield connection
        finally:
            with self._lock:
                if self._closed:
                    connection.close()
                else:
                    self._idle.append(connection)


def _search(
    connection: sqlite3.Connection,
    terms: tuple[Term, ...],
    languages: tuple[Language, ...],
    classes: list[str],
    limit: int,
    *,
    live: bool,
) -> list[_Found]:
    best: dict[str, _Found] = {}
    for language in languages:
        rows: dict[int, float] = {}
        for row, score in _ranked(connection, terms, language, classes, limit, live=live):
            rows.setdefault(row, score)
            if len(rows) == limit:
                break
        for row, score in rows.items():
            (iri,) = connection.execute("SELECT iri FROM things WHERE row = ?", (row,)).fetchone()
            if iri not in best or best[iri].score < score:
                best[iri] = _Found(row, iri, language, score)
    return sorted(best.values(), key=lambda one: (-one.score, one.row))[:limit]


def _ranked(
    connection: sqlite3.Connection,
    terms: tuple[Term, ...],
    language: Language,
    classes: list[str],
    limit: int,
    *,
    live: bool,
) -> Iterator[tuple[int, float]]:
    """Yield rows with their scores, the best first; a row may come again with a lower one."""
    fitting, values = "AND found.row NOT IN (SELECT row FROM superseded)" if live else "", list[str]()
    if classes:
        marks = ", ".join("?" * len(classes))
        of_kind = f"SELECT 1 FROM kinds WHERE kinds.row = found.row AND class IN ({marks})"  # noqa: S608 - only marks
        fitting += f" AND EXISTS ({of_kind})"
        values = classes
    whole = " ".join(word for term in terms for word in term.words)
    exact = (
        f"SELECT row, is_label FROM exact AS found WHERE language = ? AND name = ? {fitting} "  # noqa: S608 - ours
        "ORDER BY is_label DESC, row LIMIT ?"
    )
    for row, is_label in connection.execute(exact, (language, whole, *values, limit)):
        yield row, _EXACT_LABEL if is_label else _EXACT_NAME
    found = (
        f"SELECT row, fit FROM (SELECT rowid AS row, bm25(words_{language}, {_WEIGHTS}) AS fit "  # noqa: S608 - our tables
        f"FROM words_{language} WHERE words_{language} MATCH ?) AS found WHERE 1 {fitting} ORDER BY fit, row LIMIT ?"
    )
    for names_only, least in ((True, _NAMES), (False, _TEXTS)):
        asked = (expression(terms, language, names_only), *values, limit if names_only else 2 * limit)
        # bm25() of FTS5 is negative, and lower for what fits better.
        for row, fit in connection.execute(found, asked):
            yield row, round(least + min(-fit / (10 - fit), 0.9999), 4)
