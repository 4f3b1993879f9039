"""Builds one release: read, check, assemble, derive, validate, write. The same input gives the same bytes."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Store

import tradegraph
from tradegraph.checks.queries import Violation, run_checks
from tradegraph.checks.shacl import SEVERITIES, ShaclReport, validate
from tradegraph.errors import NotSound, ReleaseError
from tradegraph.facts import read_facts
from tradegraph.files import Project
from tradegraph.graph import Dataset, assemble
from tradegraph.namespaces import BASE, PREFIXES, shrink
from tradegraph.queries import StoredQuery
from tradegraph.release.folder import ReleaseFolder
from tradegraph.store import Release

Progress = Callable[[str], None]
_CODE: Final = ("facts", "graph", "checks", "release")


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
    }
    folder.write(release, files)
    return Built(release, found)


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


def statistics(store: Store) -> dict[str, dict[str, int]]:
    """Count the instances of each class and the triples of each property, by IRI."""
    rdf_type = NamedNode(PREFIXES["rdf"] + "type")
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    for quad in store:
        properties[quad.predicate.value] += 1
        if quad.predicate == rdf_type and isinstance(quad.object, NamedNode):
            classes[quad.object.value] += 1
    return {"classes": dict(classes), "properties": dict(properties)}


def _ontology_version(store: Store) -> str:
    version = NamedNode(PREFIXES["owl"] + "versionInfo")
    for quad in store.quads_for_pattern(NamedNode(BASE + "def"), version, None, None):
        return str(getattr(quad.object, "value", ""))
    raise NotSound("ontology/tradegraph.ttl: no owl:versionInfo in the header. Add it.")
