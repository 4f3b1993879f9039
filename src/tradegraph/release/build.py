"""Builds one release: read, check, assemble, derive, validate, write. The same input gives the same bytes."""

import hashlib
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Store

import tradegraph
from tradegraph.checks.queries import Violation, run_checks
from tradegraph.checks.report import SEVERITIES, ShaclReport
from tradegraph.checks.shacl import validate
from tradegraph.errors import NotSound, ReleaseError
from tradegraph.facts import read_facts
from tradegraph.files import Project
from tradegraph.graph import Dataset, assemble
from tradegraph.graph.edges import EDGES_FILE
from tradegraph.namespaces import BASE, PREFIXES, shrink
from tradegraph.queries import StoredQuery
from tradegraph.release.edges import edges_file
from tradegraph.release.folder import ReleaseFolder
from tradegraph.search.index import build_index
from tradegraph.store import Release
from tradegraph.store.release import SEARCH_FILE

Progress = Callable[[str], None]
_CODE: Final = ("facts", "graph", "checks", "release", "search")


@dataclass(frozen=True)
class Verdict:
    """What the checks say of a dataset: the SHACL report and the rows that query checks found."""

    shacl: ShaclReport
    violations: tuple[Violation, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing of severity Violation was found."""
        return self.shacl.conforms and not self.violations

    def summary(self) -> str:
        """Return one line: how many results of each severity, and rows found by checks."""
        counts = Counter(result.severity for result in self.shacl.results)
        shapes = ", ".join(f"{counts[severity]} {shrink(severity)}" for severity in SEVERITIES)
        return f"validation: {shapes}; query checks: {len(self.violations)} rows"

    def text(self) -> str:
        """Return the whole verdict as a page of text."""
        lines = [self.shacl.text(), "", f"Query checks: {len(self.violations)} rows found"]
        return "\n".join([*lines, *map(str, self.violations)]).rstrip() + "\n"


@dataclass(frozen=True)
class Built:
    """A release that was written, and the verdict on it."""

    release: Release
    verdict: Verdict


def build(project: Project, folder: ReleaseFolder, progress: Progress = lambda step: None) -> Built:
    """Build and write a release, and make it the current one.

    Raises `FactError`, `OntologyError`, `NotSound` for wrong input and `ReleaseError` when the graph does not conform;
    then nothing is written and the previous release stays. `progress` is told each step.
    """
    progress("reading the facts")
    facts = read_facts(project)
    progress("assembling the graph")
    dataset = assemble(project, facts)
    progress("validating")
    found = verdict(project, dataset)
    if not found.sound:
        raise ReleaseError(
            found.text() + "The graph is not sound, so no release was written. Correct the rows named above."
        )
    progress("writing the release")
    digest = hashlib.sha256(dataset.nquads).hexdigest()
    release = Release(
        directory=folder.place(digest[:16]),
        identifier=digest[:16],
        sha256=digest,
        inputs=inputs_digest(project),
        ontology_version=_ontology_version(dataset.store),
        quads=len(dataset.store),
        graphs=dataset.graphs,
    )
    files = {
        "dataset.nq": dataset.nquads,
        "statistics.json": json.dumps(statistics(dataset.store), indent=2, sort_keys=True).encode() + b"\n",
        "report.ttl": found.shacl.turtle().encode(),
        "report.txt": found.text().encode(),
        SEARCH_FILE: _search_index(dataset.store),
        EDGES_FILE: edges_file(dataset.store),
    }
    folder.write(release, files)
    return Built(release, found)


def _search_index(store: Store) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / SEARCH_FILE
        build_index(store, path)
        return path.read_bytes()


def verdict(project: Project, dataset: Dataset) -> Verdict:
    """Validate a dataset against the project's shapes and query checks."""
    checks = [StoredQuery.read(path) for path in project.query_files("checks")]
    return Verdict(validate(dataset.nquads, project.shape_files), tuple(run_checks(dataset.store, checks)))


def inputs_digest(project: Project) -> str:
    """Return a digest of every file a release depends on, the code that makes it included.

    It tells whether a release is still that of the present files without building it again.
    """
    package = Path(tradegraph.__file__).parent
    paths = [*project.inputs(), *(path for room in _CODE for path in sorted((package / room).glob("*.py")))]
    total = hashlib.sha256(tradegraph.__version__.encode())
    for path in paths:
        total.update(f"{path.name}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def statistics(store: Store) -> dict[str, dict[str, int] | list[str]]:
    """Count, by IRI, what `Statistics` holds; `declared` are the terms of our ontology."""
    rdf_type, defined_by = NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["rdfs"] + "isDefinedBy")
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    subjects: defaultdict[str, set[object]] = defaultdict(set)
    objects: defaultdict[str, set[object]] = defaultdict(set)
    declared: set[str] = set()
    for quad in store:
        name = quad.predicate.value
        properties[name] += 1
        subjects[name].add(quad.subject)
        objects[name].add(quad.object)
        if quad.predicate == rdf_type and isinstance(quad.object, NamedNode):
            classes[quad.object.value] += 1
        elif quad.predicate == defined_by and isinstance(quad.subject, NamedNode):
            declared.add(quad.subject.value)
    return {
        "classes": dict(classes),
        "properties": dict(properties),
        "subjects": {name: len(distinct) for name, distinct in subjects.items()},
        "objects": {name: len(distinct) for name, distinct in objects.items()},
        "declared": sorted(declared),
    }


def _ontology_version(store: Store) -> str:
    version = NamedNode(PREFIXES["owl"] + "versionInfo")
    for quad in store.quads_for_pattern(NamedNode(BASE + "def"), version, None, None):
        return str(getattr(quad.object, "value", ""))
    raise NotSound("ontology/tradegraph.ttl: no owl:versionInfo in the header. Add it.")
