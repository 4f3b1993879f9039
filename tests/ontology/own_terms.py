"""The ontology as its tests read it: every Turtle file parsed once, and small questions about its triples."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from tradegraph.files import Project
from tradegraph.namespaces import BASE, DEF, PREFIXES

RDF_TYPE = PREFIXES["rdf"] + "type"
LABEL = PREFIXES["rdfs"] + "label"
DEFINITION = PREFIXES["skos"] + "definition"
EXAMPLE = PREFIXES["skos"] + "example"
PREFERRED = PREFIXES["skos"] + "prefLabel"
SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
DISJOINT = PREFIXES["owl"] + "disjointWith"
CLASS = PREFIXES["owl"] + "Class"
INDIVIDUAL = PREFIXES["owl"] + "NamedIndividual"
PROPERTY_KINDS = [PREFIXES["owl"] + kind for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")]
OWN_VOCABULARIES = ("def#", "shapes#", "id/", "graph/")


@dataclass(frozen=True)
class TurtleFile:
    """One Turtle file: its path, its text, and its triples."""

    path: Path
    text: str
    triples: tuple[Triple, ...]

    @property
    def blocks(self) -> list[str]:
        """The text between empty lines: prefixes, comments, and one subject each."""
        return re.split(r"\n{2,}", self.text.strip("\n"))


@cache
def read(path: Path) -> TurtleFile:
    triples = tuple(Triple(q.subject, q.predicate, q.object) for q in parse(path=str(path), format=RdfFormat.TURTLE))
    return TurtleFile(path, path.read_text(encoding="utf-8"), triples)


def core_files(project: Project) -> list[TurtleFile]:
    return [read(path) for path in sorted((project.root / "ontology").glob("*.ttl"))]


def vocabulary_files(project: Project) -> list[TurtleFile]:
    return [read(path) for path in project.vocabulary_files]


def alignment_files(project: Project) -> list[TurtleFile]:
    return [read(path) for path in sorted((project.root / "ontology" / "alignments").glob("*.ttl"))]


def all_files(project: Project) -> list[TurtleFile]:
    return [*core_files(project), *vocabulary_files(project), *alignment_files(project)]


def triples(files: list[TurtleFile]) -> Iterator[tuple[str, str, NamedNode | Literal]]:
    """Yield subject IRI, predicate IRI and object; a blank node anywhere is a failure of the form tests, not here."""
    for file in files:
        for triple in file.triples:
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                yield triple.subject.value, triple.predicate.value, triple.object


def subjects_of_type(files: list[TurtleFile], *types: str) -> list[str]:
    return sorted({s for s, p, o in triples(files) if p == RDF_TYPE and o.value in types})


def terms(project: Project) -> list[str]:
    """Every class, property and individual that the ontology declares."""
    declared = subjects_of_type(core_files(project), CLASS, INDIVIDUAL, *PROPERTY_KINDS)
    return [iri for iri in declared if iri.startswith(DEF)]


def values(files: list[TurtleFile], predicate: str) -> dict[str, list[NamedNode | Literal]]:
    """The objects of one predicate, by subject."""
    found: dict[str, list[NamedNode | Literal]] = {}
    for subject, used, value in triples(files):
        if used == predicate:
            found.setdefault(subject, []).append(value)
    return found


def texts(files: list[TurtleFile], predicate: str, language: str) -> dict[str, list[str]]:
    """The texts of one predicate in one language, by subject."""
    return {
        subject: [value.value for value in found if isinstance(value, Literal) and value.language == language]
        for subject, found in values(files, predicate).items()
    }


def with_all_parents(project: Project, iri: str) -> set[str]:
    """The class itself and every class above it, our own and foreign."""
    parents = values(core_files(project), SUBCLASS)
    found: set[str] = set()
    waiting = [iri]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [parent.value for parent in parents.get(current, [])]
    return found


def listed_foreign_terms(project: Project) -> set[str]:
    """The terms of other vocabularies that we decided to use, from `ontology/external-terms.csv`."""
    with (project.root / "ontology" / "external-terms.csv").open(encoding="utf-8", newline="") as file:
        return {row["term"] for row in csv.DictReader(file)}


def is_own(iri: str) -> bool:
    return iri.startswith(BASE)


def prefixed_names(text: str, prefix: str) -> set[str]:
    """The local names that `text` uses with `prefix`, without those inside IRIs, strings and comments."""
    bare = re.sub(r'<[^>\s]*>|"""(?s:.*?)"""|"(?:[^"\\\n]|\\.)*"|(?m:^\s*#.*$)', " ", text)
    return set(re.findall(rf"(?<![\w:/-]){re.escape(prefix)}:([A-Za-z0-9_][\w-]*)", bare))
