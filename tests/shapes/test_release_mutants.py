"""The shapes guard the release itself: mutants of the real graph are caught, and the share that is caught is told.

The mutants are made in a sample of the release: some things of each class with all that they lead to and, unless that
is much, all that leads to them. All mutants of one round live in one copy of the sample, each on a place of its own,
and are judged by one validation: that of the guard, which finds what pySHACL finds (`tests/guard`) in seconds. The
first round holds those made from constraints; the updates come next, since they choose their places themselves and may
undo one another. What was not caught is tried again with fewer others.
"""

import sys
from collections import defaultdict
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from shapes.mutants import RDF_TYPE, Mutant, ShapesGraph, all_mutants
from shapes.worlds import mutated
from tradegraph.checks.guard import Guard, Shapes
from tradegraph.checks.report import Result
from tradegraph.files import Project
from tradegraph.graph.assemble import CONCEPTS, ONTOLOGY
from tradegraph.graph.relations import RELATIONS
from tradegraph.queries import StoredQuery

MUTATIONS = Path(__file__).parent / "mutations"
ROUNDS = 4
LEAST_CAUGHT = 1.0
"""Share of the mutants that could be made which must be caught."""
MOST_WITHOUT_PLACE = 40
"""Mutants of what this release has no instance of; more means that the data or the mutants have lost something."""
EACH = 5
"""How many things of each class the sample holds from either end of their order, beside what belongs to them."""
HUB = 8
"""A thing that more nodes lead to than this does not bring them along."""


def test_mutants_of_the_release_are_caught(release_dataset: Store, project: Project) -> None:
    shapes = ShapesGraph(
        (t.subject, t.predicate, t.object)
        for path in project.shape_files
        for t in parse(path=str(path), format=RdfFormat.TURTLE)
    )
    mutants = all_mutants(shapes, MUTATIONS)
    evidence = _sample([quad for quad in release_dataset if quad.graph_name != RELATIONS])
    before, _ = _validated(evidence, [], shapes, project)
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


def _sample(quads: list[Quad]) -> list[Quad]:
    """Return the quads of the sample, in one graph: the ontology, the concepts, and some things of each class."""
    about: dict[str, list[Quad]] = defaultdict(list)
    toward: dict[str, set[str]] = defaultdict(set)
    members: dict[str, set[str]] = defaultdict(set)
    whole: set[str] = set()
    for quad in quads:
        subject, value = _iri(quad.subject), _iri(quad.object)
        about[subject].append(quad)
        if quad.graph_name in (ONTOLOGY, CONCEPTS):
            whole.add(subject)
        elif quad.predicate == RDF_TYPE:
            members[value].add(subject)
        elif value:
            toward[value].add(subject)
    ends = {name for names in members.values() for name in (*sorted(names)[:EACH], *sorted(names)[-EACH:])}
    todo = [*whole, *ends, *(source for name in ends if len(toward[name]) <= HUB for source in toward[name])]
    taken: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in taken:
            taken.add(name)
            todo += [_iri(quad.object) for quad in about.get(name, ()) if name not in whole]
    return [Quad(quad.subject, quad.predicate, quad.object) for name in sorted(taken) for quad in about.get(name, ())]


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _round(
    evidence: list[Quad], mutants: list[Mutant], shapes: ShapesGraph, project: Project, before: set[Result]
) -> tuple[set[Mutant], list[Mutant]]:
    """Make the mutants in one copy and validate it; return those caught, and those that found no place."""
    results, focus = _validated(evidence, mutants, shapes, project)
    new = results - before
    places = {(r.shape, r.constraint, r.focus) for r in new} | {(r.shape, r.constraint, "") for r in new}
    found = {mutant: _in_ntriples(node) for mutant, node in focus.items() if node is not None}
    caught = {mutant for mutant, node in found.items() if (mutant.shape, mutant.component, node) in places}
    return caught, [mutant for mutant in mutants if mutant not in found]


def _validated(
    evidence: list[Quad], mutants: list[Mutant], shapes: ShapesGraph, project: Project
) -> tuple[set[Result], dict[Mutant, str | None]]:
    """Validate the evidence with the mutants and its relations; return the results and the mutants' focus nodes."""
    rules = [StoredQuery.read(path) for path in project.query_files("relations")]
    store, focus = mutated(evidence, mutants, shapes, frozenset(), rules)
    return set(Guard(Shapes.read(project.shape_files)).validate(store).results), focus


def _in_ntriples(iri: str) -> str:
    return str(NamedNode(iri)) if iri else ""
