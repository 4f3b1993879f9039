"""The guard and the release: the same findings as the report that was published, and mutants that it catches."""

import random
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse

from shapes.mutants import ShapesGraph, all_mutants, mutate
from tradegraph.checks.guard import Guard, Shapes
from tradegraph.checks.shacl import VIOLATION, Result
from tradegraph.files import Project
from tradegraph.release import Built

MUTATIONS = Path(__file__).parent.parent / "shapes" / "mutations"
MUTANTS = 5


@pytest.fixture(scope="module")
def guard(project: Project) -> Guard:
    return Guard(Shapes.read(project.shape_files))


@pytest.fixture(scope="module")
def graph(release_dataset: Store) -> Store:
    """A copy that tests may write to."""
    store = Store()
    store.bulk_extend(release_dataset)
    return store


@pytest.fixture(scope="module")
def findings(guard: Guard, graph: Store) -> set[Result]:
    return set(guard.validate(graph).results)


def test_whole_validation_finds_what_the_published_report_says(findings: set[Result], built: Built) -> None:
    assert findings == set(built.verdict.shacl.results)


def test_mutants_of_the_release_are_found_as_by_whole_validation(
    guard: Guard, graph: Store, findings: set[Result], project: Project
) -> None:
    shapes = ShapesGraph(
        (t.subject, t.predicate, t.object)
        for path in project.shape_files
        for t in parse(path=str(path), format=RdfFormat.TURTLE)
    )
    mutants = all_mutants(shapes, MUTATIONS)
    whole = set(graph)
    tried = 0
    for mutant in random.Random(7).sample(mutants, len(mutants)):
        mutate(graph, mutant, shapes, frozenset(), set())
        removed, added = whole - set(graph), set(graph) - whole
        if not removed and not added:
            continue
        said = guard.check(graph, _lines(removed), _lines(added))
        now = set(guard.validate(graph).results)
        assert _violations(set(said.results)) == _violations(now - findings), mutant
        assert now - findings <= set(said.results) <= now, mutant
        for quad in added:
            graph.remove(quad)
        graph.extend(removed)
        tried += 1
        if tried == MUTANTS:
            break
    assert tried == MUTANTS
    assert set(graph) == whole


def _violations(results: set[Result]) -> set[Result]:
    return {result for result in results if result.severity == VIOLATION}


def _lines(quads: set[Quad]) -> list[bytes]:
    return [f"{quad} .\n".encode() for quad in quads]
