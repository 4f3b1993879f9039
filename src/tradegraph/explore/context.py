"""The JSON-LD context: short keys for the terms of the ontology, so that a description reads like plain JSON.

Made from the ontology and its list of terms of other vocabularies; nothing in it is written by hand but the names of
JSON-LD's own keywords. JSON-LD 1.1, sections 4.1 (contexts), 4.2.3 (coercion) and 4.6.2 (texts by language).
"""

import csv
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import pyoxigraph as ox

from tradegraph.files import Project
from tradegraph.graph.turtle import read_turtle
from tradegraph.namespaces import DEF, PREFIXES

KEYWORDS: Final = {"id": "@id", "type": "@type", "incoming": "@reverse", "included": "@included"}
"""Short names for keywords. `incoming` holds what points to the thing, by the property with which it does."""
_RDF, _RDFS, _OWL, _XSD = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["owl"], PREFIXES["xsd"]
_RANGES: Final = (PREFIXES["schema"] + "rangeIncludes", _RDFS + "range")
_PLAIN: Final = ("rdfs", "skos", "dct", "foaf", "oa", "qb", "org")
"""Vocabularies whose terms keep their plain name when several have it, first come first served."""
# Of terms of others we know the name only; these are the ones whose values are texts in a language.
_TEXTS: Final = frozenset(
    PREFIXES[prefix] + name
    for prefix, names in {
        "rdfs": ("label", "comment"),
        "skos": ("prefLabel", "altLabel", "definition", "scopeNote", "editorialNote"),
        "dct": ("title", "description", "bibliographicCitation"),
    }.items()
    for name in names
)


@dataclass(frozen=True)
class Term:
    """One key: the IRI it stands for, and how its values are written (`language`: a map; `datatype`: left out)."""

    iri: str
    language: bool = False
    reference: bool = False
    datatype: str = ""

    def definition(self) -> object:
        """Return the term's definition in a context."""
        if self.language:
            return {"@id": self.iri, "@container": "@language"}
        if self.reference:
            return {"@id": self.iri, "@type": "@id"}
        return {"@id": self.iri, "@type": self.datatype} if self.datatype else self.iri


@dataclass(frozen=True)
class Context:
    """The published context: the terms by key, sorted."""

    terms: Mapping[str, Term]

    @classmethod
    def read(cls, project: Project) -> Self:
        """Make the context of the ontology of `project`; OntologyError for a file that cannot be read."""
        kinds: dict[str, set[str]] = defaultdict(set)
        ranges: dict[str, set[str]] = defaultdict(set)
        for quad in read_turtle(project.ontology_files, ox.NamedNode(DEF)):
            if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
                continue
            iri, name, value = quad.subject.value, quad.predicate.value, quad.object.value
            if name == _RDF + "type" and iri.startswith(DEF):
                kinds[iri].add(value)
            elif name in _RANGES:
                ranges[iri].add(value)
        own = {iri.removeprefix(DEF): _term(iri, classes, ranges[iri]) for iri, classes in kinds.items()}
        return cls(dict(sorted({**_foreign(project, own), **own}.items())))

    def key(self, iri: str) -> str:
        """Return the key for a term; the IRI itself where the context has none."""
        return self._keys.get(iri, iri)

    def of(self, iri: str) -> Term:
        """Return how the values of a property are written; as nothing special where the context does not say."""
        found = self.terms.get(self.key(iri))
        return Term(iri) if found is None else found

    def part(self, iris: Collection[str]) -> dict[str, object]:
        """Return the part of the context that a document with these terms needs, so that it stands on its own."""
        used = {self.key(iri) for iri in iris}
        return KEYWORDS | {key: term.definition() for key, term in self.terms.items() if key in used}

    def document(self) -> bytes:
        """Return the whole context as a document."""
        members = KEYWORDS | {key: term.definition() for key, term in self.terms.items()}
        return json.dumps({"@context": members}, indent=1, ensure_ascii=False).encode() + b"\n"

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {term.iri: key for key, term in self.terms.items()}


def _term(iri: str, classes: set[str], ranges: set[str]) -> Term:
    if _OWL + "ObjectProperty" in classes:
        return Term(iri, reference=True)
    if ranges == {_RDF + "langString"}:
        return Term(iri, language=True)
    # xsd:string needs no coercion; with several datatypes each value has to say its own.
    if len(ranges) == 1 and (only := next(iter(ranges))).startswith(_XSD) and only != _XSD + "string":
        return Term(iri, datatype=only)
    return Term(iri)


def _foreign(project: Project, own: Collection[str]) -> dict[str, Term]:
    """Return terms of other vocabularies under their local names; where that name is taken, with their prefix too."""
    by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (project.root / "ontology" / "external-terms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            iri = row["term"]
            for prefix, namespace in PREFIXES.items():
                local = iri.removeprefix(namespace)
                if local != iri and local.isidentifier() and iri != _RDF + "type":
                    by_name[local].append((prefix, iri))
    found = {}
    for local, terms in by_name.items():
        free = local not in own and local not in KEYWORDS
        for place, (prefix, iri) in enumerate(sorted(terms, key=_preference)):
            key = local if free and place == 0 else f"{prefix}_{local}"
            found[key] = Term(iri, language=iri in _TEXTS)
    return found


def _preference(term: tuple[str, str]) -> tuple[int, str]:
    prefix, _ = term
    return (_PLAIN.index(prefix) if prefix in _PLAIN else len(_PLAIN)), prefix
