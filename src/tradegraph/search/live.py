"""A copy of the index of a release that follows what is written, so that both are one index with one order.

What is written about a thing changes its entry: the row of the release is put aside (`superseded`), and rows made of
all that is said of the thing, by the release and by writers, stand beside it. They are in the same FTS5 tables, so
scores compare. When nothing is written about the thing any more, the row of the release counts again.

Three kinds of writing reach further than the thing that they are about, and are followed up:

* of a new Dutch word, compounds of the release may turn out to be made;
* where a passage stands is what things are called that are stated there and have no name;
* which class stands below which decides what kind of thing is shown.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from tradegraph.search.compounds import Compounds, may_be_compound
from tradegraph.search.gather import ABOUT_CLASSES, LOCATOR, Hierarchy, Table, Things, row_of, subject_of
from tradegraph.search.index import Indexed, delete, indexed, insert, names_of_classes
from tradegraph.search.original import Original, Outline, dutch_words, relevant

Change = tuple[Iterable[bytes], Iterable[bytes]]
"""The quads removed and added by a write, as N-Quads lines."""

_COLUMNS: Final[dict[Table, str]] = {
    "said": "thing, field, language, value",
    "typed": "thing, class",
    "stated": "thing, passage",
}
# `times`: how many quads say it, in how many graphs. `kept`: what FTS5 was given and must be given to forget it.
_LAYOUT: Final = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16000;
CREATE TABLE said (thing TEXT, field INTEGER, language TEXT, value TEXT, written INTEGER, times INTEGER,
    PRIMARY KEY (thing, field, language, value, written)) WITHOUT ROWID;
CREATE TABLE typed (thing TEXT, class TEXT, written INTEGER, times INTEGER,
    PRIMARY KEY (thing, class, written)) WITHOUT ROWID;
CREATE TABLE stated (thing TEXT, passage TEXT, written INTEGER, times INTEGER,
    PRIMARY KEY (thing, passage, written)) WITHOUT ROWID;
CREATE INDEX stated_by_passage ON stated (passage);
CREATE INDEX things_by_iri ON things (iri);
CREATE INDEX exact_by_row ON exact (row);
CREATE TABLE known (thing TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE superseded (row INTEGER PRIMARY KEY);
CREATE TABLE kept (row INTEGER PRIMARY KEY, c0, c1, c2, c3, c4, c5, c6, c7);
CREATE VIRTUAL TABLE temp.dutch USING fts5vocab(main, words_nl, col);
"""


@dataclass(frozen=True)
class Learnt:
    """What searching has to know of the state after a change: all classes by name, and the new parts of some words."""

    classes: Mapping[str, str]
    parts: Mapping[str, frozenset[str]]


@dataclass
class _Reach:
    """What a change reaches, while it is being taken over."""

    things: set[str] = field(default_factory=set)
    passages: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    classes: bool = False


class LiveCopy:
    """The copy in the file `path`, to which nobody else writes; readers are welcome. For one thread at a time.

    After an error it is of no use any more: what it knows and what the file has may differ then.
    """

    def __init__(self, path: Path, original: Original, outline: Outline) -> None:
        self._original = original
        self._outline = outline
        # Opened to be used by one thread, not necessarily this one.
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.executescript(_LAYOUT)
        (self._last,) = self._connection.execute("SELECT COALESCE(MAX(row), 0) FROM things").fetchone()
        self._next = self._last + 1
        self._things = Things(self._connection, outline.hierarchy)
        self._about_classes: Counter[tuple[str, str]] = Counter()
        self._class_quads: dict[tuple[str, str], Quad] = {}
        self._release_classes = {iri for (iri,) in self._connection.execute("SELECT DISTINCT class FROM kinds")}
        self._written_classes: Counter[str] = Counter()
        self._written_words: Counter[str] = Counter()
        self._compounds = Compounds(outline.vocabulary)
        parts = self._connection.execute("SELECT word, parts FROM compounds")
        self._release_parts: dict[str, tuple[str, ...]] = {word: tuple(found.split()) for word, found in parts}
        self._parts = dict(self._release_parts)
        self._retaken: set[str] = set()
        self._long_words = _LongWords(
            word
            for (word,) in self._connection.execute(
                "SELECT DISTINCT term FROM temp.dutch WHERE col IN ('label', 'name', 'text')"
            )
        )
        self._learnt_parts: dict[str, frozenset[str]] = {}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def take(self, changes: Iterable[Change]) -> Learnt:
        """Take changes over, one after the other; readers see all of them or none.

        Lines must be removed only where they are and added only where they are not. Raises sqlite3.Error.
        """
        self._learnt_parts = {}
        with self._transaction():
            reach = self._take_down(changes)
            if reach.classes:
                self._arrange()
            for thing in sorted(self._reached(reach)):
                self._bring_up_to_date(thing)
        classes = names_of_classes(self._release_classes | (+self._written_classes).keys())
        return Learnt(classes, self._learnt_parts)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.execute("COMMIT")

    def _take_down(self, changes: Iterable[Change]) -> _Reach:
        """Count what is said more or less often than before; return whom that concerns."""
        reach = _Reach()
        counted: dict[Table, Counter[tuple[str | int, ...]]] = {table: Counter() for table in _COLUMNS}
        counted_words: Counter[str] = Counter()
        for change in changes:
            for lines, step in zip(change, (-1, 1), strict=True):
                for quad in relevant(lines):
                    thing = subject_of(quad)
                    if thing is None or self._about_class(thing, quad, step, reach):
                        continue
                    taken = row_of(thing, quad.predicate.value, quad.object)
                    if taken is None:
                        continue
                    table, row = taken
                    counted[table][row] += step
                    reach.things.add(thing)
                    if table == "said" and row[1] == LOCATOR:
                        reach.passages.add(thing)
                    for word in dutch_words(table, row):
                        counted_words[word] += step
        for table, rows in counted.items():
            self._count(table, rows)
        self._count_words(counted_words, reach)
        return reach

    def _about_class(self, thing: str, quad: Quad, step: int, reach: _Reach) -> bool:
        """Take down a quad about classes; say whether it is one."""
        if quad.predicate.value not in ABOUT_CLASSES:
            return False
        said = (thing, f"{quad.predicate} {quad.object}")
        self._about_classes[said] += step
        self._class_quads[said] = quad
        reach.classes = True
        return True

    def _count(self, table: Table, rows: Mapping[tuple[str | int, ...], int]) -> None:
        columns = _COLUMNS[table]
        marks = ", ".join("?" * len(columns.split(", ")))
        alike = " AND ".join(f"{column} = ?" for column in columns.split(", "))
        changed = [(row, step) for row, step in sorted(rows.items()) if step]
        self._connection.executemany(
            f"INSERT INTO {table} ({columns}, written, times) VALUES ({marks}, 1, ?) "  # noqa: S608 - our own tables
            f"ON CONFLICT ({columns}, written) DO UPDATE SET times = times + excluded.times",
            [(*row, step) for row, step in changed],
        )
        self._connection.executemany(
            f"DELETE FROM {table} WHERE {alike} AND written = 1 AND times <= 0",  # noqa: S608 - our own tables
            [row for row, step in changed if step < 0],
        )

    def _count_words(self, words: Mapping[str, int], reach: _Reach) -> None:
        for word, step in words.items():
            before = self._written_words[word]
            self._written_words[word] = before + step
            if (before > 0) != (before + step > 0) and word not in self._outline.vocabulary:
                reach.words.add(word)
            if before + step == 0:
                del self._written_words[word]
        if reach.words:
            self._compounds = Compounds(self._outline.vocabulary | self._written_words.keys())

    def _arrange(self) -> None:
        """Say of everything anew what kind it is: the classes have changed."""
        hierarchy = Hierarchy(
            {iri: set(parents) for iri, parents in self._outline.hierarchy.parents.items()},
            set(self._outline.hierarchy.front_door),
        )
        for said in [said for said, times in self._about_classes.items() if times <= 0]:
            del self._about_classes[said], self._class_quads[said]
        for (thing, _), quad in self._class_quads.items():
            hierarchy.take(thing, quad.predicate.value, quad.object)
        self._things.hierarchy = hierarchy
        known: dict[str, str] = {"": ""}
        rows = self._connection.execute(
            "SELECT row, kind, (SELECT group_concat(class, ' ') FROM kinds WHERE kinds.row = things.row) FROM things"
        )
        others = []
        for row, kind, classes in rows:
            found = known.get(classes or "")
            if found is None:
                found = known[classes] = hierarchy.kind(classes.split())
            if found != kind:
                others.append((found, row))
        self._connection.executemany("UPDATE things SET kind = ? WHERE row = ?", others)

    def _reached(self, reach: _Reach) -> set[str]:
        """Return all things whose entries may have changed."""
        things = reach.things | set(self._original.stated_in(reach.passages))
        for passage in reach.passages:
            stated = self._connection.execute("SELECT thing FROM stated WHERE passage = ?", (passage,))
            things.update(thing for (thing,) in stated)
        for word in self._taken_apart_otherwise(reach.words):
            # A folded word is letters only, so a quote can not end early.
            having = self._connection.execute(
                "SELECT iri FROM words_nl JOIN things ON things.row = words_nl.rowid WHERE words_nl MATCH ?",
                (f'{{label name text}} : "{word}"',),
            )
            things.update(thing for (thing,) in having)
        return things

    def _taken_apart_otherwise(self, changed: Iterable[str]) -> set[str]:
        """Return the words of the index that have other parts, now that `changed` have become words or ceased to be."""
        found = set()
        for word in {word for part in changed for word in self._long_words.holding(part)}:
            parts = self._compounds.parts(word)
            if parts != self._parts.get(word, ()):
                found.add(word)
                self._learn(word, parts)
                if parts == self._release_parts.get(word, ()):
                    self._retaken.discard(word)
                else:
                    self._retaken.add(word)
        return found

    def _learn(self, word: str, parts: tuple[str, ...]) -> None:
        if parts:
            self._parts[word] = parts
        else:
            self._parts.pop(word, None)
        self._learnt_parts[word] = frozenset(parts)

    def _bring_up_to_date(self, thing: str) -> None:
        """Make the rows of a thing what they should be."""
        self._know(thing)
        rows = dict(
            self._connection.execute("SELECT language, row FROM things WHERE iri = ? AND row > ?", (thing, self._last))
        )
        for language, row in rows.items():
            self._forget(row, language)
        entries = [indexed(entry, self._compounds) for entry in self._things.entries_of(thing)]
        if not self._differs(thing, entries):
            self._connection.execute(
                "DELETE FROM superseded WHERE row IN (SELECT row FROM things WHERE iri = ? AND row <= ?)",
                (thing, self._last),
            )
            return
        self._connection.execute(
            "INSERT OR IGNORE INTO superseded SELECT row FROM things WHERE iri = ? AND row <= ?", (thing, self._last)
        )
        for one in entries:
            row = rows.get(one.entry.language)
            if row is None:
                row, self._next = self._next, self._next + 1
            self._put(row, one)

    def _differs(self, thing: str, entries: Sequence[Indexed]) -> bool:
        """Say whether a thing is to be found otherwise than the release has it."""
        written = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM said WHERE thing = :thing AND written = 1)"
            " OR EXISTS (SELECT 1 FROM typed WHERE thing = :thing AND written = 1)"
            " OR EXISTS (SELECT 1 FROM stated WHERE thing = :thing AND written = 1)"
            " OR EXISTS (SELECT 1 FROM stated JOIN said ON said.thing = passage WHERE stated.thing = :thing"
            " AND said.written = 1 AND field = :locator)",
            {"thing": thing, "locator": LOCATOR},
        ).fetchone()[0]
        # Few words are retaken, so it is them that are looked for.
        return bool(written) or any(
            not self._retaken.isdisjoint(one.words) for one in entries if one.entry.language == "nl"
        )

    def _know(self, thing: str) -> None:
        """Have what the release says of a thing, and of where it is stated, in the tables."""
        self._know_one(thing)
        stated = self._connection.execute("SELECT passage FROM stated WHERE thing = ?", (thing,)).fetchall()
        for (passage,) in stated:
            self._know_one(passage)

    def _know_one(self, thing: str) -> None:
        if not self._connection.execute("INSERT OR IGNORE INTO known VALUES (?)", (thing,)).rowcount:
            return
        for quad in self._original.quads_of(thing):
            taken = row_of(thing, quad.predicate.value, quad.object)
            if taken is not None:
                table, row = taken
                marks = ", ".join("?" * len(row))
                kept = f"INSERT OR IGNORE INTO {table} VALUES ({marks}, 0, 1)"  # noqa: S608 - our own tables
                self._connection.execute(kept, row)

    def _put(self, row: int, one: Indexed) -> None:
        insert(self._connection, row, one)
        self._connection.execute("INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (row, *one.columns))
        self._written_classes.update(one.entry.classes)
        for word, parts in one.compounds.items():
            if self._parts.get(word) != parts:
                self._learn(word, parts)
        if one.entry.language == "nl":
            self._long_words.add(one.words)

    def _forget(self, row: int, language: str) -> None:
        columns = self._connection.execute("SELECT * FROM kept WHERE row = ?", (row,)).fetchone()[1:]
        classes = self._connection.execute("SELECT class FROM kinds WHERE row = ?", (row,))
        self._written_classes.subtract(iri for (iri,) in classes)
        delete(self._connection, row, language, columns)
        self._connection.execute("DELETE FROM kept WHERE row = ?", (row,))


class _LongWords:
    """The Dutch words of the index that may be compounds; a word stays when nothing has it any more, which is no harm.

    They stand in one text, which is searched in no time for those that hold a part.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._known: set[str] = set()
        self._text = "\n"
        self.add(words)

    def add(self, words: Iterable[str]) -> None:
        """Take words in."""
        new = {word for word in words if may_be_compound(word)} - self._known
        if new:
            self._known |= new
            self._text += "\n".join(sorted(new)) + "\n"

    def holding(self, part: str) -> Iterator[str]:
        """Yield the words that `part` is a part of."""
        at = self._text.find(part)
        while at >= 0:
            end = self._text.index("\n", at)
            yield self._text[self._text.rindex("\n", 0, at) + 1 : end]
            at = self._text.find(part, end)
