"""The SHACL shapes as their documentation shows them, and what they found in a release."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import pyoxigraph as ox

from tradegraph.files import Project
from tradegraph.graph.turtle import read_turtle
from tradegraph.languages import Words
from tradegraph.namespaces import PREFIXES, SHAPES, shrink

Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("Violation", "Warning", "Info")
"""Gravest first (SHACL, section 2.1.4)."""
REPORT_FILE: Final = "report.ttl"

_SH, _RDF = PREFIXES["sh"], PREFIXES["rdf"]
_TARGETS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_LISTS: Final = ("or", "xone", "and", "in", "languageIn")
_CONSTRAINTS: Final = (
    "minCount",
    "maxCount",
    "class",
    "datatype",
    "nodeKind",
    "node",
    "hasValue",
    "in",
    "pattern",
    "minLength",
    "maxLength",
    "minInclusive",
    "maxInclusive",
    "languageIn",
    "uniqueLang",
    "or",
    "xone",
    "and",
    "not",
)


@dataclass(frozen=True)
class Target:
    """Which nodes a shape is about: `relation` is targetClass, targetSubjectsOf, … and `iri` a class or property."""

    relation: str
    iri: str


@dataclass(frozen=True)
class Constraint:
    """A component with its values in order: IRIs in angle brackets, all else as text."""

    parameter: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """A named shape. `path` is the IRI of its property, empty for a shape of nodes; `parts` are its property shapes.

    `holders` are the shapes that use it; `queries` its SPARQL constraints, by IRI; `cells` IRIs of its list cells.
    """

    iri: str
    file: str
    name: Words
    message: Words
    severity: Severity
    targets: tuple[Target, ...]
    path: str
    constraints: tuple[Constraint, ...]
    parts: tuple[str, ...]
    holders: tuple[str, ...]
    queries: Mapping[str, str]
    cells: tuple[str, ...]

    @property
    def key(self) -> str:
        """The fragment of the IRI: the anchor in the documentation."""
        return self.iri.removeprefix(SHAPES)

    def terms(self) -> set[str]:
        """Return the IRIs of classes and properties that the shape is about or asks for."""
        values = {value.strip("<>") for one in self.constraints for value in one.values if value.startswith("<")}
        return {self.path, *(target.iri for target in self.targets), *values} - {""}


@dataclass(frozen=True)
class Found:
    """What the validation of a release found: the number of results by severity and by shape."""

    conforms: bool
    by_severity: Mapping[Severity, int]
    by_shape: Mapping[str, int]
    nodes: Mapping[str, tuple[str, ...]]


class _Graph:
    def __init__(self) -> None:
        self.said: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = defaultdict(list)
        self.files: dict[str, str] = {}
        self.names: set[str] = set()

    def values(self, iri: str, name: str) -> list[ox.NamedNode | ox.Literal]:
        return self.said.get((iri, _SH + name), [])

    def iris(self, iri: str, name: str) -> list[str]:
        return [value.value for value in self.values(iri, name) if isinstance(value, ox.NamedNode)]

    def words(self, iri: str, name: str) -> Words:
        texts = {value.language: value.value for value in self.values(iri, name) if isinstance(value, ox.Literal)}
        return Words(texts.get("nl", ""), texts.get("en", ""))

    def cells(self, first: str) -> list[str]:
        """Return the cells of a list, in order."""
        found, cell = [], first
        while cell != _RDF + "nil":
            found.append(cell)
            cell = self.said[cell, _RDF + "rest"][0].value
        return found


def read_shapes(project: Project) -> dict[str, Shape]:
    """Return every named shape by IRI, in order of the files; OntologyError for a file that cannot be read."""
    graph = _Graph()
    for path in project.shape_files:
        for quad in read_turtle([path], ox.NamedNode(SHAPES)):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                graph.said[quad.subject.value, quad.predicate.value].append(quad.object)
                graph.files.setdefault(quad.subject.value, f"shapes/{path.name}")
                if quad.object in (ox.NamedNode(_SH + "NodeShape"), ox.NamedNode(_SH + "PropertyShape")):
                    graph.names.add(quad.subject.value)
    holders: dict[str, list[str]] = defaultdict(list)
    for iri in graph.files:
        if iri in graph.names:
            for name in ("property", "node", "not"):
                for value in graph.iris(iri, name):
                    holders[value].append(iri)
            for name in _LISTS:
                for first in graph.iris(iri, name):
                    for cell in graph.cells(first):
                        holders[graph.said[cell, _RDF + "first"][0].value].append(iri)
    return {iri: _shape(graph, iri, tuple(holders.get(iri, ()))) for iri in graph.files if iri in graph.names}


def _shape(graph: _Graph, iri: str, holders: tuple[str, ...]) -> Shape:
    severity = next(iter(graph.iris(iri, "severity")), _SH + "Violation").removeprefix(_SH)
    constraints, cells = [], []
    for name in _CONSTRAINTS:
        given = graph.values(iri, name)
        if given and name in _LISTS:
            cells += graph.cells(given[0].value)
            given = [graph.said[cell, _RDF + "first"][0] for cell in graph.cells(given[0].value)]
        if given:
            constraints.append(Constraint(name, tuple(_written(value) for value in given)))
    return Shape(
        iri=iri,
        file=graph.files[iri],
        name=graph.words(iri, "name"),
        message=graph.words(iri, "message"),
        severity=next(one for one in SEVERITIES if one == severity),
        targets=tuple(Target(name, value) for name in _TARGETS for value in graph.iris(iri, name)),
        path=next(iter(graph.iris(iri, "path")), ""),
        constraints=tuple(constraints),
        parts=tuple(graph.iris(iri, "property")),
        holders=holders,
        queries={
            query: next(value.value for value in graph.values(query, "select")).strip("\n")
            for query in graph.iris(iri, "sparql")
        },
        cells=tuple(cells),
    )


def _written(value: ox.NamedNode | ox.Literal) -> str:
    return str(value) if isinstance(value, ox.NamedNode) else value.value


def in_words(shape: Shape) -> str:
    """Return the constraints as a line of SHACL terms: `minCount 1 · class tg:Territory`."""
    return " · ".join(f"{one.parameter} {' '.join(map(_brief, one.values))}" for one in shape.constraints)


def _brief(value: str) -> str:
    return shrink(value.strip("<>")) if value.startswith("<") else value


def read_report(directory: Path) -> Found | None:
    """Return what the report of a release says; None for a release without one, which was not validated here."""
    path = directory / REPORT_FILE
    if not path.is_file():
        return None
    severities: dict[str, str] = {}
    shapes: dict[str, str] = {}
    focus: dict[str, str] = {}
    conforms = False
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        subject, name, value = str(quad.subject), quad.predicate.value.removeprefix(_SH), quad.object
        if name == "conforms":
            conforms = getattr(value, "value", "") == "true"
        elif isinstance(value, ox.NamedNode):
            for key, found in (("resultSeverity", severities), ("sourceShape", shapes), ("focusNode", focus)):
                if name == key:
                    found[subject] = value.value
    nodes: dict[str, list[str]] = defaultdict(list)
    for result in sorted(shapes):
        if result in focus:
            nodes[shapes[result]].append(focus[result])
    return Found(
        conforms,
        {one: sum(value == _SH + one for value in severities.values()) for one in SEVERITIES},
        Counter(shapes.values()),
        {shape: tuple(sorted(set(found))) for shape, found in nodes.items()},
    )
