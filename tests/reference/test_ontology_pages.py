"""Whoever follows the IRI of a term finds what it means, in both languages."""

import re
from collections import Counter

import pytest
from flask.testing import FlaskClient

from reference.conftest import read_page
from tradegraph.files import Project
from tradegraph.namespaces import BASE, DEF
from tradegraph.publish.terms import Ontology

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}


def test_the_page_has_every_term_at_the_anchor_that_is_its_fragment(visitor: FlaskClient, ontology: Ontology) -> None:
    page = read_page(visitor, "/nl/def")
    assert len(ontology.terms) == 239
    assert {term.name for term in ontology.terms.values()} <= set(page.ids)
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_term_has_a_page_with_its_label_and_definition(
    visitor: FlaskClient, ontology: Ontology, language: str
) -> None:
    for term in ontology.terms.values():
        page = read_page(visitor, f"/{language}/def/{term.name}")
        for words in (term.label, term.definition):
            assert words.nl in page.text
            assert words.en in page.text
        assert term.name in page.ids


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_with_everything_stays_light(visitor: FlaskClient, language: str) -> None:
    assert len(visitor.get(f"/{language}/def").data) < 600_000


def test_a_browser_that_follows_a_term_is_led_to_the_page_and_keeps_the_fragment(visitor: FlaskClient) -> None:
    answer = visitor.get("/def", headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/def")
    assert answer.headers["Vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/def/events", "/en/def/events"),
        ("/def/0.1.0", "/en/def"),
        ("/def/alignments/org", "/en/def#alignments-org"),
        ("/shapes", "/en/shapes"),
        ("/graph/relations", "/en/graph/relations"),
    ],
)
def test_a_browser_is_led_to_the_page_of_what_else_is_ours(visitor: FlaskClient, address: str, page: str) -> None:
    answer = visitor.get(address, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert visitor.get(page, headers=BROWSER).status_code == 200


@pytest.mark.parametrize("address", ["/def", "/def/events", "/shapes", "/graph/relations"])
@pytest.mark.parametrize("accept", ["text/turtle", "*/*", "application/ld+json"])
def test_a_program_gets_the_data_as_before(visitor: FlaskClient, address: str, accept: str) -> None:
    answer = visitor.get(address, headers={"Accept": accept}, buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == ("application/ld+json" if "json" in accept else "text/turtle")


def test_what_is_not_a_term_is_answered_with_what_there_is(visitor: FlaskClient) -> None:
    answer = visitor.get("/nl/def/ledby", headers={"Accept": "application/problem+json"})
    assert answer.status_code == 404
    assert "front-door" in answer.get_json()["remedy"]


def test_a_derived_relation_shows_the_rule_that_makes_it(visitor: FlaskClient, project: Project) -> None:
    page = read_page(visitor, "/en/def/ledBy")
    rule = (project.root / "queries" / "relations" / "ledBy.rq").read_text(encoding="utf-8")
    assert rule in page.text
    assert "/en/rule/ledBy" in page.links


def test_a_term_names_its_requirements_queries_examples_and_relatives(visitor: FlaskClient) -> None:
    page = read_page(visitor, "/en/def/Mission")
    assert "/en/def/Event" in page.links
    assert "/en/def/destination" in page.links
    assert "/en/mission/2025-05-japan-ceo" in page.links
    assert "/en/shapes#Mission" in page.links
    assert any(link.startswith("/en/sparql?question=Q") for link in page.links)
    assert "a state visit." in page.text


def test_a_term_of_another_vocabulary_leads_there(visitor: FlaskClient) -> None:
    assert "http://www.w3.org/ns/prov#wasAssociatedWith" in read_page(visitor, "/en/def/ledBy").links


def test_every_rule_belongs_to_a_relation_of_the_front_door(ontology: Ontology, project: Project) -> None:
    with_rule = {term.name for term in ontology.terms.values() if ontology.rule(term)}
    assert with_rule == {path.stem for path in project.query_files("relations")}
    assert all(ontology.terms[DEF + name].front_door for name in with_rule)


def test_every_part_of_the_ontology_has_a_page_with_its_terms(visitor: FlaskClient, ontology: Ontology) -> None:
    assert sum(len(part.terms) for part in ontology.parts) == len(ontology.terms)
    for part in ontology.parts:
        page = read_page(visitor, f"/nl/def/{part.key}")
        assert {term.name for term in part.terms} <= set(page.ids)
        assert part.description.nl in page.text


def test_negative_examples_stand_apart_from_notes(ontology: Ontology) -> None:
    mission = ontology.terms[BASE + "def#Mission"]
    assert [note.en for note in mission.notes] == ["Incoming missions are included."]
    assert [note.en for note in mission.counters] == ["a state visit."]
    counters = [note for term in ontology.terms.values() for note in term.counters]
    assert len(counters) == 17
    assert all(note.nl and note.en for note in counters)


def test_pages_have_no_inline_style_or_handler(visitor: FlaskClient) -> None:
    for path in ("/nl/def", "/nl/def/agents", "/nl/shapes", "/nl/scheme/sector", "/nl/concept/sector-horticulture"):
        assert re.findall(r"<[^>]+\s(?:style|on\w+)=|<style", visitor.get(path).text) == [], path
