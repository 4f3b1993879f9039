"""Every constraint of every shape can fail, and fails alone: a mutant of a sound world is caught by its shape only."""

import functools
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from shapes.mutants import BY_UPDATE, COMPONENTS, Mutant, ShapesGraph, all_mutants, constraints
from shapes.worlds import Finding, World, mutated, validate_copies
from tradegraph.checks.shacl import validate
from tradegraph.files import Project
from tradegraph.queries import StoredQuery

HERE = Path(__file__).parent
PROJECT = Project.at(HERE.parent.parent)
SHAPES = ShapesGraph(
    (t.subject, t.predicate, t.object)
    for path in PROJECT.shape_files
    for t in parse(path=str(path), format=RdfFormat.TURTLE)
)
UPDATES = sorted((HERE / "mutations").glob("*.ru"))
MUTANTS = all_mutants(SHAPES, HERE / "mutations")
WORLD = World.read(HERE / "world.trig", (path.read_text(encoding="utf-8") for path in UPDATES), SHAPES.schemes())
RULES = [StoredQuery.read(path) for path in PROJECT.query_files("relations")]
PER_COPY = {False: 17, True: 4}
"""How many mutants share one copy of the world: those made from a constraint, and those made by an update.

The list is sorted by shape and dealt out like cards, so those of one class land in different copies.
"""


def copies() -> list[list[Mutant]]:
    """Deal the mutants out over copies of the world; the first copy stays as it is."""
    groups: list[list[Mutant]] = [[]]
    for by_update, size in PER_COPY.items():
        mutants = [mutant for mutant in MUTANTS if bool(mutant.update) is by_update]
        number = -(-len(mutants) // size)
        groups += [mutants[start::number] for start in range(number)]
    return groups


@functools.cache
def outcome() -> tuple[list[tuple[list[Mutant], dict[Mutant, str | None], set[Finding]]], set[Finding]]:
    """Mutate one copy of the world per group and validate them all at once; the first copy is left as it is."""
    groups = copies()
    made = [mutated((*WORLD.own, *WORLD.shared), group, SHAPES, WORLD.shared_names, RULES) for group in groups]
    found, elsewhere = validate_copies(
        WORLD, [store for store, _ in made], lambda nq: validate(nq, PROJECT.shape_files)
    )
    return [(group, made[n][1], found.get(n, set())) for n, group in enumerate(groups)], elsewhere


def copy_of(mutant: Mutant) -> tuple[list[Mutant], dict[Mutant, str | None], set[Finding]]:
    return next(case for case in outcome()[0] if mutant in case[0])


def test_the_world_conforms_to_every_shape() -> None:
    assert outcome()[0][0][2] == set()


def test_what_all_copies_share_conforms() -> None:
    assert outcome()[1] == set()


def test_every_constraint_of_every_shape_has_a_mutant() -> None:
    assert {(m.shape, m.key) for m in MUTANTS} == {(shape, key) for shape, key, _, _ in constraints(SHAPES)}


def test_no_case_has_gone_missing() -> None:
    counts = Counter(m.key in BY_UPDATE for m in MUTANTS)
    assert (counts[False], counts[True]) == (568, 99)


def test_every_kind_of_constraint_in_the_shapes_is_known_here() -> None:
    used = {predicate for path in PROJECT.shape_files for predicate in _constraint_names(path)}
    assert used <= set(COMPONENTS) | {"hasValue", "or"}


def _constraint_names(path: Path) -> set[str]:
    about = {"declare", "message", "name", "namespace", "path", "prefix", "prefixes", "property", "select", "severity"}
    prefix = "http://www.w3.org/ns/shacl#"
    found = {t.predicate.value.removeprefix(prefix) for t in parse(path=str(path), format=RdfFormat.TURTLE)}
    return {name for name in found if "/" not in name and not name.startswith("target")} - about


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_caught_by_its_shape_and_by_no_other(mutant: Mutant) -> None:
    group, focus, found = copy_of(mutant)
    assert focus[mutant] is not None, "the world has nothing that this mutant could change"
    caught = {f.focus for f in found if (f.shape, f.component) == (mutant.shape, mutant.component)}
    assert caught, "not caught"
    assert focus[mutant] in ("", *caught)
    assert {f.shape for f in found} <= {m.shape for m in group}
