"""Passages, and the parts and versions of documents that they are of."""

import pytest
from flask.testing import FlaskClient

from explorer_documents.conftest import Graph, problem, read
from tradegraph.namespaces import ID


def test_a_passage_lists_all_that_was_read_from_it(visitor: FlaskClient, graph: Graph) -> None:
    for key in graph.keys("passage", "?s a tg:Passage")[::25]:
        others = "tg:DerivedRelation, tg:ParliamentaryQuestion, tg:Answer"
        wanted = graph.count(
            f"?fact tg:statedIn <{ID}passage/{key}> FILTER NOT EXISTS {{ ?fact a ?kind FILTER (?kind IN ({others})) }}"
        )
        page = read(visitor, f"/en/passage/{key}")
        assert page.headings == 1
        assert page.count() == wanted, key


def test_a_passage_shows_the_words_as_written_and_the_row_of_the_data(visitor: FlaskClient) -> None:
    text = read(visitor, "/nl/passage/kst-36180-179-a1-2").text
    assert "ongeveer 1,8%" in text
    assert "data/facts/observations.csv#key=nld-sdn-gum-2024-share" in text


def test_a_passage_leads_to_its_place_in_the_document(visitor: FlaskClient) -> None:
    assert "/nl/document/bz2626864#bz2626864-s1-p1-1" in read(visitor, "/nl/passage/bz2626864-s1-p1-1").links


def test_a_passage_without_a_fact_says_why(visitor: FlaskClient, graph: Graph) -> None:
    silent = "?s tg:statesNoFact con:no-fact-heading FILTER NOT EXISTS { ?fact tg:statedIn ?s }"
    page = read(visitor, f"/en/passage/{graph.keys('passage', silent)[0]}")
    assert "States no fact: heading" in page.text
    assert "Nothing was read from this passage." in page.text


def test_a_derived_relation_names_its_rule(visitor: FlaskClient) -> None:
    assert "/nl/rule/year" in read(visitor, "/nl/passage/kst-36180-179-a1-2").links


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_part_and_every_version_has_a_page(visitor: FlaskClient, graph: Graph, language: str) -> None:
    for kind, type_ in (("document-part", "tg:DocumentPart"), ("document-version", "tg:DocumentVersion")):
        found = graph.keys(kind, f"?s a {type_}")
        assert found
        for key in found:
            page = read(visitor, f"/{language}/{kind}/{key}")
            assert (page.status, page.headings) == (200, 1), key
            assert "None" not in page.text, key


@pytest.mark.parametrize("kind", ["passage", "document-part", "document-version"])
def test_what_is_not_there_is_a_404_that_says_where_to_look(visitor: FlaskClient, kind: str) -> None:
    given, says = problem(visitor, f"/en/{kind}/nothing")
    assert given == 404
    assert "/en/document/" in says
