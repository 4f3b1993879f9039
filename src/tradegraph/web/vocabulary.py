"""`/api/vocabulary`: the words of the graph, for completion and for whoever writes queries elsewhere.

Labels, definitions, domains and ranges come from the ontology, the counts from the release that is served.
"""

import csv
import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, request
from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from tradegraph.files import Project
from tradegraph.graph.turtle import read_turtle
from tradegraph.languages import Words
from tradegraph.namespaces import DEF, PREFIXES, shrink
from tradegraph.store import Release
from tradegraph.store.release import STATISTICS_FILE
from tradegraph.web.problems import RequestError

_RDF: Final = PREFIXES["rdf"]
_RDFS: Final = PREFIXES["rdfs"]
_OWL: Final = PREFIXES["owl"]
_SKOS: Final = PREFIXES["skos"]
_SCHEMA: Final = PREFIXES["schema"]
_PROPERTY_TYPES: Final = frozenset({_OWL + "ObjectProperty", _OWL + "DatatypeProperty", _OWL + "AnnotationProperty"})


@dataclass(frozen=True)
class Term:
    """A class or property: `name` as written in a query, `count` instances or triples in the release.

    `parents` are superclasses or superproperties, `domain` and `range` classes (all as names), `scheme` the concept
    scheme that a property takes its values from. `front_door`: one of the few that most questions need.
    """

    iri: str
    name: str
    label: Words
    definition: Words
    count: int
    front_door: bool = False
    parents: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    scheme: str = ""


@dataclass(frozen=True)
class Concept:
    """A value of a code list, with the scheme that it belongs to."""

    name: str
    label: Words
    scheme: str


@dataclass(frozen=True)
class Vocabulary:
    """Every class and property that occurs in the release, most used first, and every concept, by name."""

    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    concepts: tuple[Concept, ...]

    @classmethod
    def read(cls, project: Project, release: Release) -> "Vocabulary":
        """Read the ontology of `project` and the counts of `release`.

        Without a file of counts (a release made elsewhere) every term of the ontology is listed, with a count of 0.
        Raises OntologyError for a file of the ontology that cannot be read.
        """
        ontology = _Ontology.read(project)
        path = release.directory / STATISTICS_FILE
        counted = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return cls(
            ontology.terms(counted.get("classes"), ontology.classes),
            ontology.terms(counted.get("properties"), ontology.properties),
            ontology.concepts(),
        )

    def to_json(self, release: str) -> bytes:
        """Return everything as JSON; members that say nothing are left out."""
        content = {
            "release": release,
            "prefixes": PREFIXES,
            "classes": [_said(asdict(term)) for term in self.classes],
            "properties": [_said(asdict(term)) for term in self.properties],
            "concepts": [_said(asdict(concept)) for concept in self.concepts],
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _said(members: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in members.items() if value not in (False, "", (), {"nl": "", "en": ""})}


class _Ontology:
    """The Turtle files, by subject and property; labels of other vocabularies from their table."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self.links: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.front_door: set[str] = set()
        self.classes: set[str] = set()
        self.properties: set[str] = set()

    @classmethod
    def read(cls, project: Project) -> "_Ontology":
        self = cls()
        for quad in read_turtle([*project.ontology_files, *project.vocabulary_files], NamedNode(DEF)):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, NamedNode):
                continue
            if isinstance(value, RdfLiteral):
                self.texts[subject.value, predicate].setdefault(value.language or "", value.value)
                if predicate == DEF + "frontDoor" and value.value == "true":
                    self.front_door.add(subject.value)
            elif isinstance(value, NamedNode):
                self.links[subject.value, predicate].append(value.value)
                if predicate == _RDF + "type" and value.value == _OWL + "Class":
                    self.classes.add(subject.value)
                elif predicate == _RDF + "type" and value.value in _PROPERTY_TYPES:
                    self.properties.add(subject.value)
        for iri, label in _foreign_labels(project.root / "ontology" / "external-terms.csv"):
            self.texts[iri, _RDFS + "label"].setdefault("en", label)
        return self

    def words(self, iri: str, *properties: str) -> Words:
        for name in properties:
            found = self.texts.get((iri, name))
            if found:
                return Words(found.get("nl", ""), found.get("en", found.get("", "")))
        return Words()

    def names(self, iri: str, *properties: str) -> tuple[str, ...]:
        return tuple(sorted({shrink(value) for name in properties for value in self.links.get((iri, name), ())}))

    def terms(self, counts: dict[str, int] | None, declared: set[str]) -> tuple[Term, ...]:
        listed = counts if counts is not None else dict.fromkeys(declared, 0)
        terms = [
            Term(
                iri=iri,
                name=shrink(iri),
                label=self.words(iri, _RDFS + "label"),
                definition=self.words(iri, _SKOS + "definition"),
                count=count,
                front_door=iri in self.front_door,
                parents=self.names(iri, _RDFS + "subClassOf", _RDFS + "subPropertyOf"),
                domain=self.names(iri, _SCHEMA + "domainIncludes", _RDFS + "domain"),
                range=self.names(iri, _SCHEMA + "rangeIncludes", _RDFS + "range"),
                scheme=next(iter(self.names(iri, DEF + "valueScheme", PREFIXES["qb"] + "codeList")), ""),
            )
            for iri, count in listed.items()
        ]
        return tuple(sorted(terms, key=lambda term: (not term.front_door, -term.count, term.name)))

    def concepts(self) -> tuple[Concept, ...]:
        concepts = [
            Concept(shrink(iri), self.words(iri, _SKOS + "prefLabel"), shrink(schemes[0]))
            for (iri, name), schemes in self.links.items()
            if name == _SKOS + "inScheme"
        ]
        return tuple(sorted(concepts, key=lambda concept: concept.name))


def _foreign_labels(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["term"], row["label"]) for row in csv.DictReader(file)]


def blueprint(vocabulary: Vocabulary, release: Release) -> Blueprint:
    """Return the route; the answer changes with the release only, and says so by its ETag."""
    routes = Blueprint("vocabulary", __name__)
    body = vocabulary.to_json(release.identifier)
    etag = hashlib.sha256(body).hexdigest()[:20]

    @routes.get("/api/vocabulary")
    def api_vocabulary() -> Response:
        for name in request.args:
            raise RequestError(400, f"There is no parameter “{name}”.", "The vocabulary has none.")
        response = Response(body, mimetype="application/json")
        response.set_etag(etag)
        response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
        return response

    return routes
