"""Each query under `queries/checks/` finds nothing in the sound world, and finds what it is for when that is broken."""

import pytest
from pyoxigraph import Store

from shapes.test_mutants import PROJECT, RULES, SHAPES, WORLD
from shapes.worlds import mutated
from tradegraph.checks.queries import run_checks
from tradegraph.queries import StoredQuery

PREFIXES = """
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX observation: <https://w3id.org/tradegraph/id/observation/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX scheme: <https://w3id.org/tradegraph/id/scheme/>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX structure: <https://w3id.org/tradegraph/id/structure/>
PREFIX tg: <https://w3id.org/tradegraph/def#>
"""
STRUCTURE = """
INSERT DATA {
    tg:indicator a qb:DimensionProperty ; qb:codeList scheme:indicator .
    tg:refThing a qb:DimensionProperty .
    structure:figures qb:component structure:indicator , structure:thing .
    structure:indicator qb:dimension tg:indicator .
    structure:thing qb:dimension tg:refThing .
}
"""
BROKEN = {
    "cube_ic_11": "DELETE DATA { structure:figures qb:component structure:thing }",
    "cube_ic_12": """
        INSERT { observation:twin ?key ?value }
        WHERE { observation:e-rating ?key ?value FILTER NOT EXISTS { ?rule tg:derives ?key } }
    """,
    "cube_ic_19": """
        DELETE { observation:e-rating tg:indicator ?old } INSERT { observation:e-rating tg:indicator con:sector-water }
        WHERE { observation:e-rating tg:indicator ?old }
    """,
    "relation_without_evidence": "INSERT DATA { observation:e-rating tg:about observation:f-money }",
}


def sound() -> Store:
    store, _ = mutated((*WORLD.own, *WORLD.shared), [], SHAPES, WORLD.shared_names, RULES)
    store.update(PREFIXES + STRUCTURE)
    return store


def checks() -> list[StoredQuery]:
    return [StoredQuery.read(path) for path in PROJECT.query_files("checks")]


def test_every_check_has_a_graph_here_that_it_must_object_to() -> None:
    assert sorted(BROKEN) == [check.name for check in checks()]


def test_no_check_objects_to_the_sound_world() -> None:
    assert run_checks(sound(), checks()) == []


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_check_finds_what_it_is_for_and_no_other_does(name: str) -> None:
    store = sound()
    store.update(PREFIXES + BROKEN[name])
    assert {violation.check for violation in run_checks(store, checks())} == {name}
