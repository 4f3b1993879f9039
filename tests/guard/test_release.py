"""The guard on the release: what mutants break is found write by write, as validating the whole graph finds it."""

import random
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from shapes.mutants import ShapesGraph, all_mutants, mutate
from tradegraph.checks.guard import Guard, Shapes
from tradegraph.checks.report import VIOLATION, Result
from tradegraph.files import Project

MUTATIONS = Path(__file__).parent.parent / "shapes" / "mutations"
MUTANTS = 10


def test_mutants_of_the_release_are_found_as_by_whole_validation(release_dataset: Store, project: Project) -> None:
    """Each mutant is a write of its own; the whole graph is validated before the first and after the last."""
    guard = Guard(Shapes.read(project.shape_files))
    graph = Store()
    graph.bulk_extend(release_dataset)
    findings = set(guard.validate(graph).results)
    shapes = ShapesGraph(
        (t.subject, t.predicate, t.object)
        for path in project.shape_files
        for t in parse(path=str(path), format=RdfFormat.TURTLE)
    )
    # The updates are about a default graph, in which a release has nothing.
    mutants = [mutant for mutant in all_mutants(shapes, MUTATIONS) if not mutant.update]
    places: set[str] = set()
    before = set(graph)
    written: list[str] = []
    said: set[Result] = set()
    for mutant in random.Random(7).sample(mutants, len(mutants)):
        if len(written) < MUTANTS and mutate(graph, mutant, shapes, frozenset(), places) is not None:
            after = set(graph)
            report = guard.check(graph, _lines(before - after), _lines(after - before))
            assert report.conforms is not bool(_violations(set(report.results))), mutant
            said |= set(report.results)
            before = after
            written.append(str(mutant))
    assert len(written) == MUTANTS
    assert set(graph) == before
    now = set(guard.validate(graph).results)
    # A write may mend what one before it broke; the places of mutants are kept apart, so that it is seldom so.
    assert _violations(said & now) == _violations(now - findings), written
    assert now - findings <= said, written
    assert _violations(now - findings)


def _violations(results: set[Result]) -> set[Result]:
    return {result for result in results if result.severity == VIOLATION}


def _lines(quads: set[Quad]) -> list[bytes]:
    return [f"{quad} .\n".encode() for quad in quads]
