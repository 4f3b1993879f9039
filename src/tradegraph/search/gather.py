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
from tradegraph.search.words import LANGUAGES, Language, words

Role = OneOf["label", "name", "text", "note", "locator"]

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
PROPERTIES: Final = (*_FIELDS, _TYPE, _STATED_IN, _SUBCLASS, _FRONT_DOOR)
"""The properties that are looked at; all other quads are passed over."""

# What may stand between < and > (SPARQL 1.1 Query Language, rule 139).
_WRITABLE: Final = re.compile(r'[^<>"{}|^`\\\x00-\x20]+')
_STAGING: Final = """
CREATE TABLE staging.said (thing TEXT, field INTEGER, language TEXT, value TEXT);
CREATE TABLE staging.typed (thing TEXT, class TEXT);
CREATE TABLE staging.stated (thing TEXT, passage TEXT);
"""


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


class Gathered:
    """What was taken down from quads, in a database attached to `draft` under the name `staging`."""

    def __init__(self, draft: sqlite3.Connection, quads: Iterable[Quad]) -> None:
        self._draft = draft
        self._parents: dict[str, set[str]] = {}
        self._front_door: set[str] = set()
        draft.executescript(_STAGING)
        draft.execute("BEGIN")
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and _WRITABLE.fullmatch(quad.subject.value):
                self._take(quad.subject.value, quad.predicate.value, quad.object)
        for name, columns in (("stated", "thing"), ("typed", "thing"), ("said", "thing, field")):
            draft.execute(f"CREATE INDEX staging.{name}_by_thing ON {name} ({columns})")
        draft.execute("COMMIT")

    def _take(self, thing: str, predicate: str, value: object) -> None:
        if predicate == _FRONT_DOOR:
            self._front_door.add(thing)
        elif isinstance(value, Literal) and predicate in _NUMBER:
            tag = (value.language or "").partition("-")[0]
            row = (thing, _NUMBER[predicate], tag, " ".join(value.value.split()))
            self._draft.execute("INSERT INTO said VALUES (?, ?, ?, ?)", row)
        elif isinstance(value, NamedNode):
            if predicate == _TYPE:
                self._draft.execute("INSERT INTO typed VALUES (?, ?)", (thing, value.value))
            elif predicate == _STATED_IN:
                self._draft.execute("INSERT INTO stated VALUES (?, ?)", (thing, value.value))
            elif predicate == _SUBCLASS:
                self._parents.setdefault(thing, set()).add(value.value)

    def entries(self) -> Iterator[Entry]:
        """Yield the entries by IRI, Dutch before English; the terms of the ontology last, after what they name."""
        lines = self._draft.execute(
            "SELECT DISTINCT thing, field, language, value FROM said ORDER BY thing LIKE ? || '%', 1, 2, 3, 4", (DEF,)
        )
        for thing, group in groupby(lines, key=itemgetter(0)):
            said = {language: Said() for language in LANGUAGES}
            for _, number, tag, value in group:
                # A name without a language, such as an abbreviation, is the same in both.
                for language in LANGUAGES:
                    if tag in ("", language):
                        said[language].add(_ROLE[number], value)
            yield from self._entries_of(thing, said)

    def _entries_of(self, thing: str, said: dict[Language, Said]) -> Iterator[Entry]:
        typed = self._draft.execute("SELECT DISTINCT class FROM typed WHERE thing = ? ORDER BY class", (thing,))
        classes = tuple(found[0] for found in typed)
        kind = self._kind(classes)
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
        written = self._draft.execute(
            "SELECT value FROM stated JOIN said ON said.thing = passage AND field = ? "
            "WHERE stated.thing = ? AND language = ? ORDER BY passage, value LIMIT 1",
            (_NUMBER[DEF + "locator"], thing, language),
        ).fetchone()
        return str(written[0]) if written else local_name(thing)

    def _kind(self, classes: Sequence[str]) -> str:
        """Return the class to show: one of the front door, of the ontology, the most specific, in this order."""

        def rank(iri: str) -> tuple[bool, bool, int, str]:
            return iri not in self._front_door, not iri.startswith(DEF), -self._depth(iri), iri

        return local_name(min(classes, key=rank)) if classes else ""

    def _depth(self, iri: str, below: frozenset[str] = frozenset()) -> int:
        above = self._parents.get(iri, set()) - below - {iri}
        return 1 + max((self._depth(parent, below | {iri}) for parent in above), default=0)

    def vocabulary(self) -> frozenset[str]:
        """Return the Dutch words, folded, that may be parts of others: letters only, four of them or more."""
        dutch = self._draft.execute("SELECT value FROM said WHERE language = 'nl'")
        found = (word.folded for (value,) in dutch for word in words(value))
        return frozenset(word for word in found if len(word) > 3 and word.isalpha())


def local_name(iri: str) -> str:
    """Return the end of an IRI, after its last # or /."""
    return re.split(r"[#/]", iri.rstrip("#/"))[-1]
