"""From quads to things: what each is called and what is said of it, in each language.

The quads are taken down once, in any order, and sorted by SQLite in a file of its own, so that memory does not grow
with the release. `_FIELDS` is the one table of what can be found by which property.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Final
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, Quad

from tradegraph.namespaces import DEF, PREFIXES
from tradegraph.search.compounds import possible_parts
from tradegraph.search.words import LANGUAGES, Language

Role = OneOf["label", "name", "text", "note", "locator"]
Table = OneOf["said", "typed", "stated"]

# In the order of showing: of a thing with several labels, the first of this table is its label.
_FIELDS: Final[dict[str, Role]] = {
    PREFIXES["rdfs"] + "label": "label",
    PREFIXES["skos"] + "prefLabel": "label",
    PREFIXES["dct"] + "title": "label",
    PREFIXES["skos"] + "altLabel": "name",
    DEF + "shortName": "name",
    DEF + "nameAsStated": "name",
    PREFIXES["dct"] + "identifier": "name",
    DEF + "sourceReference": "name",
    DEF + "isoAlpha3": "name",
    PREFIXES["foaf"] + "familyName": "name",
    DEF + "paraphrase": "text",
    DEF + "text": "text",
    PREFIXES["skos"] + "definition": "text",
    PREFIXES["dct"] + "description": "text",
    DEF + "promises": "text",
    PREFIXES["skos"] + "scopeNote": "text",
    DEF + "qualification": "text",
    DEF + "curationNote": "note",
    DEF + "locator": "locator",
}
_NUMBER: Final = {iri: number for number, iri in enumerate(_FIELDS)}
_ROLE: Final = tuple(_FIELDS.values())
_TYPE: Final = PREFIXES["rdf"] + "type"
_STATED_IN: Final = DEF + "statedIn"
_SUBCLASS: Final = PREFIXES["rdfs"] + "subClassOf"
_FRONT_DOOR: Final = DEF + "frontDoor"
LOCATOR: Final = _NUMBER[DEF + "locator"]
"""The number of the field that says where something is written."""
ABOUT_CLASSES: Final = (_SUBCLASS, _FRONT_DOOR)
"""The properties that say which kind of thing something is shown as, and nothing of a thing itself."""
PROPERTIES: Final = (*_FIELDS, _TYPE, _STATED_IN, *ABOUT_CLASSES)
"""The properties that are looked at; all other quads are passed over."""

# What may stand between < and > (SPARQL 1.1 Query Language, rule 139).
_WRITABLE: Final = re.compile(r'[^<>"{}|^`\\\x00-\x20]+')
_STAGING: Final = """
CREATE TABLE staging.said (thing TEXT, field INTEGER, language TEXT, value TEXT);
CREATE TABLE staging.typed (thing TEXT, class TEXT);
CREATE TABLE staging.stated (thing TEXT, passage TEXT);
"""
_TAKE_DOWN: Final[dict[Table, str]] = {
    "said": "INSERT INTO said VALUES (?, ?, ?, ?)",
    "typed": "INSERT INTO typed VALUES (?, ?)",
    "stated": "INSERT INTO stated VALUES (?, ?)",
}


@dataclass
class Said:
    """What is said of one thing in one language, in the order of showing."""

    # Keys without values: sets that keep their order.
    labels: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    texts: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    locators: dict[str, None] = field(default_factory=dict)

    def add(self, role: Role, value: str) -> None:
        """Take down one value."""
        roles = {"label": self.labels, "name": self.names, "text": self.texts, "note": self.notes}
        roles.get(role, self.locators).setdefault(value)


@dataclass(frozen=True)
class Entry:
    """One thing in one language, ready to be indexed.

    `kind` is the local name of the class to show it under, `label` what to call it; `texts` end with what matters
    least. `classes` are the IRIs of all its classes, sorted.
    """

    iri: str
    language: Language
    kind: str
    classes: tuple[str, ...]
    label: str
    labels: tuple[str, ...]
    names: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass
class Hierarchy:
    """Which classes are below which, and which stand at the front door: what the class to show is chosen by."""

    parents: dict[str, set[str]] = field(default_factory=dict)
    front_door: set[str] = field(default_factory=set)
    _counted: dict[str, int] = field(default_factory=dict, repr=False)

    def take(self, thing: str, predicate: str, value: object) -> bool:
        """Take a quad down if it is about classes; say whether it is."""
        if predicate == _FRONT_DOOR:
            self.front_door.add(thing)
        elif predicate == _SUBCLASS and isinstance(value, NamedNode):
            self.parents.setdefault(thing, set()).add(value.value)
            self._counted.clear()
        return predicate in ABOUT_CLASSES

    def kind(self, classes: Sequence[str]) -> str:
        """Return the class to show: one of the front door, of the ontology, the most specific, in this order."""

        def rank(iri: str) -> tuple[bool, bool, int, str]:
            return iri not in self.front_door, not iri.startswith(DEF), -self._above(iri), iri

        return local_name(min(classes, key=rank) if len(classes) > 1 else classes[0]) if classes else ""

    def _above(self, iri: str) -> int:
        """Return how many classes stand above one: more than above any of those, unless they go round."""
        if iri not in self._counted:
            found, to_do = {iri}, [iri]
            while to_do:
                new = self.parents.get(to_do.pop(), set()) - found
                found |= new
                to_do += new
            self._counted[iri] = len(found) - 1
        return self._counted[iri]


def subject_of(quad: Quad) -> str | None:
    """Return the IRI of the thing that a quad is about; None when nothing can be found by it."""
    thing = quad.subject
    return thing.value if isinstance(thing, NamedNode) and _WRITABLE.fullmatch(thing.value) else None


def row_of(thing: str, predicate: str, value: object) -> tuple[Table, tuple[str | int, ...]] | None:
    """Return where a quad about `thing` is taken down, and as what; None when it is not, or is one about classes."""
    if isinstance(value, Literal) and predicate in _NUMBER:
        tag = (value.language or "").partition("-")[0]
        return "said", (thing, _NUMBER[predicate], tag, " ".join(value.value.split()))
    if isinstance(value, NamedNode) and predicate == _TYPE:
        return "typed", (thing, value.value)
    if isinstance(value, NamedNode) and predicate == _STATED_IN:
        return "stated", (thing, value.value)
    return None


class Things:
    """Makes entries of what was taken down: the tables `said`, `typed` and `stated` that `connection` sees."""

    def __init__(self, connection: sqlite3.Connection, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        self._connection = connection

    def entries_of(self, thing: str) -> Iterator[Entry]:
        """Yield the entries of one thing, Dutch before English."""
        lines = self._connection.execute(
            "SELECT DISTINCT field, language, value FROM said WHERE thing = ? ORDER BY 1, 2, 3", (thing,)
        )
        yield from self.entries_from(thing, lines)

    def entries_from(self, thing: str, lines: Iterable[tuple[int, str, str]]) -> Iterator[Entry]:
        """Yield the entries of a thing of which `lines` (field, language, value) are said, in the order of showing."""
        said = {language: Said() for language in LANGUAGES}
        for number, tag, value in lines:
            # A name without a language, such as an abbreviation, is the same in both.
            for language in LANGUAGES:
                if tag in ("", language):
                    said[language].add(_ROLE[number], value)
        typed = self._connection.execute("SELECT DISTINCT class FROM typed WHERE thing = ? ORDER BY class", (thing,))
        classes = tuple(found[0] for found in typed)
        kind = self.hierarchy.kind(classes)
        is_labelled = any(what.labels for what in said.values())
        for language, what in said.items():
            # A name or a note alone is of no use: it does not say of what it is.
            if not what.labels and not what.texts:
                continue
            # What has no label (a statement, a participation) bears the names of what it is about, not its own.
            names, texts = (what.names, what.texts) if is_labelled else ({}, {**what.texts, **what.names})
            yield Entry(
                thing,
                language,
                kind,
                classes,
                self._label(thing, language, said),
                tuple(what.labels),
                tuple(names),
                (*texts, *what.notes, *what.locators),
            )

    def _label(self, thing: str, language: Language, said: dict[Language, Said]) -> str:
        """Return what to call a thing: its label, where it is written down, or the end of its IRI."""
        others = [said[other].labels for other in LANGUAGES if other != language]
        for what in (said[language].labels, said[language].locators, *others):
            if what:
                return next(iter(what))
        written = self._connection.execute(
            "SELECT value FROM stated JOIN said ON said.thing = passage AND field = ? "
            "WHERE stated.thing = ? AND language = ? ORDER BY passage, value LIMIT 1",
            (LOCATOR, thing, language),
        ).fetchone()
        return str(written[0]) if written else local_name(thing)


class Gathered:
    """What was taken down from quads, in a database attached to `draft` under the name `staging`."""

    def __init__(self, draft: sqlite3.Connection, quads: Iterable[Quad]) -> None:
        self._draft = draft
        self._things = Things(draft, Hierarchy())
        draft.executescript(_STAGING)
        draft.execute("BEGIN")
        for quad in quads:
            thing = subject_of(quad)
            if thing is not None:
                self._take(thing, quad.predicate.value, quad.object)
        for name, columns in (("stated", "thing"), ("typed", "thing"), ("said", "thing, field")):
            draft.execute(f"CREATE INDEX staging.{name}_by_thing ON {name} ({columns})")
        draft.execute("COMMIT")

    def _take(self, thing: str, predicate: str, value: object) -> None:
        if self._things.hierarchy.take(thing, predicate, value):
            return
        taken = row_of(thing, predicate, value)
        if taken is not None:
            table, row = taken
            self._draft.execute(_TAKE_DOWN[table], row)

    def entries(self) -> Iterator[Entry]:
        """Yield the entries by IRI, Dutch before English; the terms of the ontology last, after what they name."""
        lines = self._draft.execute(
            "SELECT DISTINCT thing, field, language, value FROM said ORDER BY thing LIKE ? || '%', 1, 2, 3, 4", (DEF,)
        )
        for thing, group in groupby(lines, key=itemgetter(0)):
            yield from self._things.entries_from(thing, (line[1:] for line in group))

    def vocabulary(self) -> frozenset[str]:
        """Return the Dutch words that may be parts of others."""
        dutch = self._draft.execute("SELECT value FROM said WHERE language = 'nl'")
        return frozenset(word for (value,) in dutch for word in possible_parts(value))


def local_name(iri: str) -> str:
    """Return the end of an IRI, after its last # or /."""
    return re.split(r"[#/]", iri.rstrip("#/"))[-1]
