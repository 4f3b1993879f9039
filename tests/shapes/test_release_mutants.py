"""The shapes guard the release itself: mutants of the real graph are caught, and the share that is caught is told.

All mutants of one round live in one copy of the release, each on a place of its own, and are judged by one validation.
The first round holds those made from constraints; the updates come next, since they choose their places themselves and
may undo one another. Whatever was not caught is tried again in a round with fewer others.
"""

import sys
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize

from shapes.mutants import Mutant, ShapesGraph, all_mutants
from shapes.worlds import mutated
from tradegraph.checks.shacl import Result, validate
from tradegraph.files import Project
from tradegraph.graph.relations import RELATIONS
from tradegraph.queries import StoredQuery
from tradegraph.release import Built

MUTATIONS = Path(__file__).parent / "mutations"
ROUNDS = 4
LEAST_CAUGHT = 1.0
"""Share of the mutants that could be made which must be caught."""
MOST_WITHOUT_PLACE = 60
"""Mutants of what this release has no instance of; more means that the data or the mutants have lost something."""


def test_mutants_of_the_release_are_caught(release_dataset: Store, built: Built, project: Project) -> None:
    shapes = ShapesGraph(
        (t.subject, t.predicate, t.object)
        for path in project.shape_files
        for t in parse(path=str(path), format=RdfFormat.TURTLE)
    )
    mutants = all_mutants(shapes, MUTATIONS)
    evidence = [Quad(q.subject, q.predicate, q.object) for q in release_dataset if q.graph_name != RELATIONS]
    before = set(built.verdict.shacl.results)
    caught: set[Mutant] = set()
    without_place: list[Mutant] = []
    todo = [mutant for mutant in mutants if not mutant.update]
    for _ in range(ROUNDS):
        found, without_place = _round(evidence, todo, shapes, project, before)
        caught |= found
        todo = [mutant for mutant in mutants if mutant not in caught]
        if set(todo) <= set(without_place):
            break
    made = [mutant for mutant in mutants if mutant not in without_place]
    missed = sorted(str(mutant) for mutant in made if mutant not in caught)
    sys.stdout.write(
        f"\nrelease: {len(caught)} of {len(made)} mutants caught ({len(caught) / len(made):.1%}); "
        f"{len(without_place)} could not be made: {', '.join(sorted(map(str, without_place)))}\n"
    )
    assert len(without_place) <= MOST_WITHOUT_PLACE
    assert len(caught) / len(made) >= LEAST_CAUGHT, missed


def _round(
    evidence: list[Quad], mutants: list[Mutant], shapes: ShapesGraph, project: Project, before: set[Result]
) -> tuple[set[Mutant], list[Mutant]]:
    """Make the mutants in one copy and validate it; return those caught, and those that found no place."""
    rules = [StoredQuery.read(path) for path in project.query_files("relations")]
    store, focus = mutated(evidence, mutants, shapes, frozenset(), rules)
    results = set(validate(serialize(store, format=RdfFormat.N_QUADS) or b"", project.shape_files).results) - before
    places = {(r.shape, r.constraint, r.focus) for r in results} | {(r.shape, r.constraint, "") for r in results}
    found = {mutant: _in_ntriples(node) for mutant, node in focus.items() if node is not None}
    caught = {mutant for mutant, node in found.items() if (mutant.shape, mutant.component, node) in places}
    return caught, [mutant for mutant in mutants if mutant not in found]


def _in_ntriples(iri: str) -> str:
    return str(NamedNode(iri)) if iri else ""
