"""What the tables of a release look like: one per front-door class, one row per thing.

Columns: the thing's IRI, key, labels and classes; then per property, the front door's first, the values, and beside
IRIs their labels in Dutch and English; last the passages that the row rests on, and their documents. Several values
in one cell are separated by `SEPARATOR`, and the labels beside them stand in the same order.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from tradegraph.namespaces import DEF, PREFIXES, shrink
from tradegraph.publish.quads import LABELS, TYPE, Term, Vocabulary

SEPARATOR: Final = " | "
ALSO: Final = (DEF + "Observation", DEF + "Statement")
"""Classes of the evidence layer that get a table too: the figures, and what is said."""

Holds = OneOf["iri", "key", "label", "types", "value", "passage", "locator", "document"]
Type = OneOf["TEXT", "INTEGER", "REAL"]

_STATED_IN: Final = DEF + "statedIn"
_LEFT_OUT: Final = frozenset({TYPE, *LABELS, _STATED_IN})
_XSD: Final = PREFIXES["xsd"]
_NUMBERS: Final[dict[str, Type]] = {
    _XSD + "integer": "INTEGER",
    _XSD + "decimal": "REAL",
    _XSD + "double": "REAL",
}
# A double holds 15 digits exactly; a property with longer numbers stays text in every format.
_DIGITS: Final = 15


@dataclass(frozen=True)
class Column:
    """One column: `holds` says what, of `property` (an IRI, or nothing); `language` is `nl`, `en` or nothing."""

    name: str
    holds: Holds
    title_nl: str
    title_en: str
    property: str = ""
    language: str = ""
    type: Type = "TEXT"


@dataclass(frozen=True)
class Table:
    """One table: `name` as a file or SQL name (`economic_mission`), the class, its labels, its columns."""

    name: str
    class_iri: str
    title_nl: str
    title_en: str
    columns: tuple[Column, ...]


_FIRST: Final = (
    Column("iri", "iri", "IRI", "IRI"),
    Column("key", "key", "sleutel", "key"),
    Column("label_nl", "label", "naam", "name in Dutch", language="nl"),
    Column("label_en", "label", "naam in het Engels", "name in English", language="en"),
    Column("types", "types", "klassen", "classes"),
)
_LAST: Final = (
    Column("passages", "passage", "passages waarop de rij rust", "passages that the row rests on"),
    Column("locators_nl", "locator", "vindplaatsen", "where they stand, in Dutch", language="nl"),
    Column("locators_en", "locator", "vindplaatsen in het Engels", "where they stand, in English", language="en"),
    Column("documents", "document", "documenten", "documents"),
    Column("documents_nl", "document", "namen van de documenten", "names of the documents in Dutch", language="nl"),
    Column("documents_en", "document", "hun namen in het Engels", "their names in English", language="en"),
)


@dataclass
class _Use:
    """How a class uses a property: which datatypes and languages its literals have, and the most values of a thing."""

    iris: int = 0
    datatypes: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)
    most: int = 0
    too_long: bool = False

    def take(self, values: list[Term]) -> None:
        self.most = max(self.most, len(values))
        for value in values:
            if isinstance(value, Literal):
                self.languages.add(value.language or "")
                self.datatypes[value.datatype.value] += 1
                self.too_long |= len(value.value) > _DIGITS
            else:
                self.iris += 1

    @property
    def type(self) -> Type:
        """The SQL type: a number only when every thing has one number at most and all fit."""
        types = {_NUMBERS.get(name, "TEXT") for name in self.datatypes}
        if self.most > 1 or self.iris or self.too_long or not types or "TEXT" in types:
            return "TEXT"
        return "INTEGER" if types == {"INTEGER"} else "REAL"


class Survey:
    """Sees every thing once, then tells which tables and columns there are. Keeps one entry per class and property."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._wanted = frozenset((*vocabulary.classes, *ALSO))
        self._uses: defaultdict[str, defaultdict[str, _Use]] = defaultdict(lambda: defaultdict(_Use))

    def take(self, values: dict[str, list[Term]]) -> None:
        """Take down how a thing uses its properties."""
        for class_iri in self.classes(values):
            # Named before the loop: a class whose things say nothing more than their names has a table as well.
            uses = self._uses[class_iri]
            for name, found in values.items():
                if name not in _LEFT_OUT:
                    uses[name].take(found)

    def classes(self, values: dict[str, list[Term]]) -> list[str]:
        """Return the classes of a thing that have a table."""
        return [one.value for one in values.get(TYPE, ()) if isinstance(one, NamedNode) and one.value in self._wanted]

    def tables(self) -> tuple[Table, ...]:
        """Return the tables of all classes with things, by name."""
        found = []
        for class_iri, uses in self._uses.items():
            dutch, english = self._vocabulary.label(class_iri)
            found.append(Table(table_name(class_iri), class_iri, dutch, english, tuple(self._columns(uses))))
        return tuple(sorted(found, key=lambda table: table.name))

    def _columns(self, uses: dict[str, _Use]) -> Iterator[Column]:
        yield from _FIRST
        front = frozenset(self._vocabulary.properties)
        # SQL names do not tell capitals apart.
        taken = {column.name.lower() for column in (*_FIRST, *_LAST)}
        for iri in sorted(uses, key=lambda name: (name not in front, not name.startswith(DEF), name)):
            for column in self._property(iri, uses[iri]):
                name, count = column.name, 1
                while name.lower() in taken:
                    count += 1
                    name = f"{column.name}_{count}"
                taken.add(name.lower())
                yield replace(column, name=name)
        yield from _LAST

    def _property(self, iri: str, use: _Use) -> Iterator[Column]:
        name = column_name(iri)
        dutch, english = self._vocabulary.label(iri)
        if use.iris:
            yield Column(name, "value", dutch, english, iri)
            yield Column(f"{name}_nl", "label", f"{dutch}: naam", f"{english}: name in Dutch", iri, "nl")
            yield Column(f"{name}_en", "label", f"{dutch}: naam in het Engels", f"{english}: name", iri, "en")
        elif "" in use.languages:
            yield Column(name, "value", dutch, english, iri, "", use.type)
        for language in sorted(use.languages - {""}):
            title = f"{dutch} ({language})", f"{english} ({language})"
            yield Column(f"{name}_{language.replace('-', '_')}", "value", *title, iri, language)


def table_name(class_iri: str) -> str:
    """Return the name of a class as a file or table name: `EconomicMission` → `economic_mission`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_iri.removeprefix(DEF)).lower()


def column_name(property_iri: str) -> str:
    """Return the name of a property as a column name: our own as it is, others after their prefix (`dct_issued`)."""
    short = shrink(property_iri).removeprefix("tg:")
    if short.startswith("<"):
        short = property_iri.rpartition("#")[2].rpartition("/")[2] or "property"
    return re.sub(r"\W", "_", short)


def number(value: str, type_: Type) -> str | int | float:
    """Return the text of a cell as the number that its column holds."""
    match type_:
        case "INTEGER":
            return int(value)
        case "REAL":
            return float(value)
    return value
