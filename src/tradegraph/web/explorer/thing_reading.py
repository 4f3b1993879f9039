"""What the release says of one thing, read panel by panel: records, direct relations and names as written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.reading import Reader, Solution
from tradegraph.languages import Language
from tradegraph.namespaces import ID, shrink
from tradegraph.web.site import Panel, Site, iri, iris_in, text

Term = ox.NamedNode | ox.Literal
# Nobody looks these up by name: a passage is shown as a numbered source, a relation by what it joins.
_NAMELESS: Final = tuple(ID + kind for kind in ("passage/", "relation/", "document-version/"))


@dataclass(frozen=True)
class Record:
    """A thing or a piece of evidence, with its values by prefixed name of the property: `tg:statedIn`."""

    iri: str
    values: Mapping[str, tuple[Term, ...]]

    def terms(self, name: str) -> tuple[Term, ...]:
        """Return every value of a property."""
        return self.values.get(name, ())

    def iris(self, *names: str) -> tuple[str, ...]:
        """Return the IRIs among the values of some properties, each once."""
        found = (one.value for name in names for one in self.terms(name) if isinstance(one, ox.NamedNode))
        return tuple(dict.fromkeys(found))

    def iri_of(self, name: str) -> str:
        """Return the first IRI among the values of a property; empty when it has none."""
        return next(iter(self.iris(name)), "")

    def literals(self, name: str) -> tuple[ox.Literal, ...]:
        """Return the literals among the values of a property."""
        return tuple(one for one in self.terms(name) if isinstance(one, ox.Literal))

    def text(self, name: str) -> str:
        """Return the first literal of a property, whatever its language; empty when it has none."""
        return next((one.value for one in self.literals(name)), "")

    def texts(self, name: str) -> Mapping[str, str]:
        """Return the literals of a property by language; of several in one language the first in order of text."""
        found: dict[str, str] = {}
        for one in sorted(self.literals(name), key=lambda literal: literal.value):
            found.setdefault(one.language or "", one.value)
        return found

    def is_a(self, name: str) -> bool:
        """Say whether the thing is of a class, given by its local name in our ontology."""
        return any(shrink(one) == f"tg:{name}" for one in self.iris("rdf:type"))

    @property
    def passages(self) -> tuple[str, ...]:
        """The IRIs of the passages that the record was read from."""
        return self.iris("tg:statedIn")

    @property
    def concepts(self) -> frozenset[str]:
        """The local names of the concepts among all values: `polarity-negated`."""
        found = (one for name in self.values for one in self.iris(name) if one.startswith(ID + "concept/"))
        return frozenset(one.removeprefix(ID + "concept/") for one in found)


@dataclass(frozen=True)
class Related:
    """A direct relation of the thing: with what, in which direction, by which rule, and what it was read from.

    `denied` is a relation that a document says is not there. `rule` is empty for what our registers say.
    """

    relation: str
    inverse: bool
    other: Term
    rule: str = ""
    passages: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    stated: str = ""
    qualification: Mapping[str, str] | None = None
    denied: bool = False

    @property
    def iri(self) -> str:
        """The IRI of the other end; empty for a literal."""
        return self.other.value if isinstance(self.other, ox.NamedNode) else ""


class Reading:
    """One thing and what was asked about it; `panels` are those that were asked, in order."""

    def __init__(self, site: Site, language: Language, thing: str) -> None:
        self.site, self.language, self.thing = site, language, thing
        self.reader: Reader = site.reader()
        self.panels: dict[str, Panel] = {}

    def panel(self, name: str) -> Panel:
        """Ask a stored query about the thing, once, and look up the names of what it answers."""
        if name not in self.panels:
            found = self.site.panel(name, {"thing": ox.NamedNode(self.thing)}, self.reader)
            self.panels[name] = found
            named = [one for one in iris_in(found.rows) if not one.startswith(_NAMELESS)]
            self.site.names.of(self.reader, named, self.language)
        return self.panels[name]

    def records(self, name: str) -> tuple[Record, ...]:
        """Return the records of a panel with the columns `record`, `property` and `value`."""
        found: dict[str, dict[str, list[Term]]] = {}
        for row in self.panel(name).rows:
            value = row.get("value")
            if isinstance(value, ox.NamedNode | ox.Literal):
                values = found.setdefault(iri(row, "record"), {}).setdefault(shrink(iri(row, "property")), [])
                if value not in values:
                    values.append(value)
        return tuple(Record(one, {name: tuple(terms) for name, terms in said.items()}) for one, said in found.items())

    @cached_property
    def own(self) -> Record:
        """What is said of the thing itself."""
        values: dict[str, list[Term]] = defaultdict(list)
        for row in self.panel("thing_properties").rows:
            value = row.get("value")
            if isinstance(value, ox.NamedNode | ox.Literal):
                values[shrink(iri(row, "property"))].append(value)
        return Record(self.thing, {name: tuple(terms) for name, terms in values.items()})

    @cached_property
    def relations(self) -> tuple[Related, ...]:
        """The direct relations of the thing, derived ones first; each once, with all its passages."""
        derived = list(_joined(self.panel("thing_relations").rows, denied=False))
        known = {(one.relation, one.inverse, one.other) for one in derived}
        denied = list(_joined(self.panel("thing_denials").rows, denied=True))
        registered = [
            Related(iri(row, "property"), True, row["other"])
            for row in self.panel("thing_incoming").rows
            if isinstance(row["other"], ox.NamedNode) and (iri(row, "property"), True, row["other"]) not in known
        ]
        return (*derived, *denied, *registered)

    def related(self, name: str, *, inverse: bool = False) -> tuple[Related, ...]:
        """Return the relations of one property, given by its prefixed name, that nobody denies."""
        return tuple(
            one for one in self.relations if one.inverse == inverse and not one.denied and shrink(one.relation) == name
        )


def _joined(rows: Iterable[Solution], *, denied: bool) -> Iterator[Related]:
    """Yield one relation for the rows that differ in passage, evidence and wording only."""
    groups: dict[tuple[str, str, Term], list[Solution]] = {}
    for row in rows:
        other = row.get("other")
        if isinstance(other, ox.NamedNode | ox.Literal):
            groups.setdefault((iri(row, "property"), text(row, "way"), other), []).append(row)
    for (name, way, other), members in groups.items():
        qualification = {}
        for row in members:
            said = row.get("qualification")
            if isinstance(said, ox.Literal):
                qualification[said.language or ""] = said.value
        yield Related(
            name,
            way == "in",
            other,
            next((iri(row, "rule") for row in members), ""),
            _column(members, "passage"),
            _column(members, "evidence") or _column(members, "record"),
            next((found for row in members if (found := text(row, "name") or text(row, "value"))), ""),
            qualification,
            denied,
        )


def _column(rows: Sequence[Solution], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for row in rows if (found := iri(row, name))))
