"""Each query under `queries/checks/` finds nothing in the sound world, and finds what it is for when that is broken."""

import pytest
from pyoxigraph import Store

from shapes.test_mutants import PROJECT, RULES, SHAPES, WORLD
from shapes.worlds import mutated
from tradegraph.checks.queries import run_checks
from tradegraph.queries import StoredQuery

PREFIXES = """
PREFIX con: <https://w3id.org/tradegraph/id/concept/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX observation: <https://w3id.org/tradegraph/id/observation/>
PREFIX passage: <https://w3id.org/tradegraph/id/passage/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX question: <https://w3id.org/tradegraph/id/question/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX scheme: <https://w3id.org/tradegraph/id/scheme/>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX structure: <https://w3id.org/tradegraph/id/structure/>
PREFIX territory: <https://w3id.org/tradegraph/id/territory/>
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
FLOWS = """
INSERT DATA {
    observation:f-all tg:tradeFlow con:trade-flow-export .
    observation:f-goods tg:tradeFlow con:trade-flow-export-goods ; sdmx-measure:obsValue 676900000000 .
    observation:f-services tg:tradeFlow con:trade-flow-export-services .
} ;
INSERT {
    ?flow tg:indicator con:indicator-trade-value ; tg:refThing territory:nld ;
        sdmx-dimension:refPeriod "2023" ; sdmx-attribute:unitMeasure con:unit-eur .
}
WHERE { VALUES ?flow { observation:f-all observation:f-goods observation:f-services } } ;
"""
"""Exports of one year: goods are there, the whole and the services still lack their values."""
TABLE = """
INSERT DATA {
    observation:f-total tg:indicator con:indicator-trade-value ; tg:cellReference "r2c1" .
    observation:f-use tg:indicator con:indicator-import-direct-domestic ; tg:cellReference "r1c1" .
} ;
INSERT {
    ?cell tg:refThing territory:nld ; tg:tradeFlow con:trade-flow-import-goods ;
        sdmx-dimension:refPeriod "2023" ; tg:statedIn passage:b-one .
}
WHERE { VALUES ?cell { observation:f-total observation:f-use } } ;
"""
"""A column of a table with one part and its total, both without their values."""
TWIN = """
INSERT { ?twin ?key ?code ; sdmx-measure:obsValue ?other ; tg:statedIn passage:a-heading }
WHERE {
    ?figure ?key ?code ; sdmx-measure:obsValue ?value .
    FILTER (?key NOT IN (tg:statedIn, tg:contradicts, tg:supersedes, sdmx-measure:obsValue))
    FILTER NOT EXISTS { ?rule tg:derives ?key }
    BIND (IRI(CONCAT(STR(?figure), "-twin")) AS ?twin)
    BIND (?value * 2 AS ?other)
"""
"""A figure like another one, with another value from another passage; the braces stay open for what tells which."""
BROKEN = {
    "answer_chain": """
        DELETE { ?answer tg:answerDisposition con:answer-disposition-substantive }
        INSERT {
            ?answer tg:answerDisposition con:answer-disposition-refers-to-other-answer ; tg:refersToAnswer ?answer .
        }
        WHERE { BIND (<https://w3id.org/tradegraph/id/answer/c-third> AS ?answer) }
    """,
    "computed_from_missing": "INSERT DATA { observation:g-computed tg:derivedFrom observation:h-missing }",
    "cube_ic_11": "DELETE DATA { structure:figures qb:component structure:thing }",
    "cube_ic_12": """
        INSERT { observation:twin ?key ?value }
        WHERE { observation:e-rating ?key ?value FILTER NOT EXISTS { ?rule tg:derives ?key } }
    """,
    "cube_ic_19": """
        DELETE { observation:e-rating tg:indicator ?old } INSERT { observation:e-rating tg:indicator con:sector-water }
        WHERE { observation:e-rating tg:indicator ?old }
    """,
    "goods_and_services": FLOWS
    + """
        INSERT DATA {
            observation:f-all sdmx-measure:obsValue 945200000000 .
            observation:f-services sdmx-measure:obsValue 268900000000 .
        }
    """,
    "moved_keys": """
        INSERT DATA {
            <https://w3id.org/tradegraph/id/mission/old>
                <http://www.w3.org/2002/07/owl#deprecated> true ;
                <http://purl.org/dc/terms/isReplacedBy> <https://w3id.org/tradegraph/id/mission/of-nowhere> .
        }
    """,
    "passages_apart": """
        DELETE { ?position oa:start ?old } INSERT { ?position oa:start 5 }
        WHERE { passage:a-heading oa:hasSelector ?position . ?position oa:start ?old }
    """,
    "question_numbers": """
        DELETE { ?question tg:questionNumber 2 } INSERT { ?question tg:questionNumber 9 }
        WHERE { ?question tg:questionNumber 2 }
    """,
    "relation_without_evidence": "INSERT DATA { observation:e-rating tg:about observation:f-money }",
    "restated_alike": "INSERT DATA { observation:f-money tg:restates observation:e-rating }",
    "rounding_is_no_contradiction": """
        DELETE { observation:d-share sdmx-measure:obsValue ?old }
        INSERT { observation:d-share sdmx-measure:obsValue 57.01 }
        WHERE { observation:d-share sdmx-measure:obsValue ?old }
    """,
    "same_cell": TWIN + "FILTER (?figure = observation:f-money) }",
    "table_sums": TABLE
    + """
        INSERT DATA {
            observation:f-total sdmx-measure:obsValue 591800000000 .
            observation:f-use sdmx-measure:obsValue 518600000000 .
        }
    """,
    "zero_is_a_value": "INSERT DATA { observation:h-missing sdmx-measure:obsValue 0.0 }",
}
ROUNDED = (
    FLOWS
    + TABLE
    + """
    INSERT DATA {
        observation:f-all sdmx-measure:obsValue 945200000000 .
        observation:f-services sdmx-measure:obsValue 268400000000 .
        observation:f-total sdmx-measure:obsValue 591800000000 .
        observation:f-use sdmx-measure:obsValue 591900000000 .
    }
"""
)


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


def test_a_tenth_of_a_billion_is_rounding() -> None:
    store = sound()
    store.update(PREFIXES + ROUNDED)
    assert run_checks(store, checks()) == []


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_check_finds_what_it_is_for_and_no_other_does(name: str) -> None:
    store = sound()
    store.update(PREFIXES + BROKEN[name])
    assert {violation.check for violation in run_checks(store, checks())} == {name}


def test_another_value_in_one_scenario_of_a_model_is_found() -> None:
    store = sound()
    store.update(PREFIXES + TWIN + "?figure tg:scenario ?scenario }")
    assert {violation.check for violation in run_checks(store, checks())} == {"same_cell"}


def test_a_list_with_a_question_less_than_it_counts_is_found() -> None:
    store = sound()
    store.update(PREFIXES + "DELETE WHERE { question:c-third ?key ?value }")
    assert {violation.check for violation in run_checks(store, checks())} == {"question_numbers"}


def test_figures_of_one_sentence_that_names_no_period_are_of_several_periods() -> None:
    store = sound()
    store.update(PREFIXES + TWIN + "FILTER (?figure = observation:e-rating) }")
    store.update(PREFIXES + "INSERT DATA { observation:e-rating-twin tg:statedIn passage:b-one }")
    assert "same_cell" not in {violation.check for violation in run_checks(store, checks())}
