"""Every code list and concept has its page, and so have rules, components and graphs."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Store

from reference.conftest import read_page
from tradegraph.namespaces import GRAPH, ID, PREFIXES

SKOS = PREFIXES["skos"]


def texts(store: Store, iri: str, *names: str) -> list[str]:
    node = NamedNode(iri)
    return [
        quad.object.value
        for name in names
        for quad in store.quads_for_pattern(node, NamedNode(name), None, None)
        if isinstance(quad.object, Literal)
    ]


def typed(store: Store, class_iri: str) -> list[str]:
    found = store.quads_for_pattern(None, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(class_iri), None)
    return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})


def test_every_concept_has_a_label_and_definition_in_both_languages(release_dataset: Store) -> None:
    concepts = typed(release_dataset, SKOS + "Concept")
    assert len(concepts) > 750
    for iri in concepts:
        assert len(texts(release_dataset, iri, SKOS + "prefLabel", SKOS + "definition")) == 4, iri


def test_a_concept_has_a_page_with_its_label_and_definition_in_both_languages(
    visitor: FlaskClient, release_dataset: Store
) -> None:
    # Each page takes some queries: one concept in fifteen, from every part of the alphabet of code lists.
    for iri in typed(release_dataset, SKOS + "Concept")[::15]:
        for language in ("nl", "en"):
            text = read_page(visitor, f"/{language}/{iri.removeprefix(ID)}").text.lower()
            said = texts(release_dataset, iri, SKOS + "prefLabel", SKOS + "definition")
            assert [one for one in said if one.lower() not in text] == [], iri


def test_every_code_list_has_a_page_with_all_its_concepts(visitor: FlaskClient, release_dataset: Store) -> None:
    schemes = typed(release_dataset, SKOS + "ConceptScheme")
    listed = read_page(visitor, "/nl/scheme/").links
    assert len(schemes) == 35
    for iri in schemes:
        path = "/nl/" + iri.removeprefix(ID)
        page = read_page(visitor, path)
        members = release_dataset.quads_for_pattern(None, NamedNode(SKOS + "inScheme"), NamedNode(iri), None)
        concepts = {
            f"/nl/{quad.subject.value.removeprefix(ID)}" for quad in members if isinstance(quad.subject, NamedNode)
        }
        assert path in listed
        assert concepts <= set(page.links), iri


def test_a_concept_shows_where_it_is_used_with_the_sources(visitor: FlaskClient) -> None:
    page = read_page(visitor, "/en/concept/sector-horticulture")
    assert "/en/mission/2025-09-japan-horticulture" in page.links
    assert "/en/territory/jpn" in page.links
    assert "#source-1" in page.links
    assert "source-1" in page.ids


def test_a_concept_that_nothing_has_says_so_and_does_not_say_no(visitor: FlaskClient, release_dataset: Store) -> None:
    asked = (
        f"SELECT ?c {{ ?c <{SKOS}inScheme> ?s FILTER NOT EXISTS {{ ?x ?p ?c FILTER (?p NOT IN "
        f"(<{SKOS}hasTopConcept>, <{SKOS}broader>, <{SKOS}broadMatch>, <{SKOS}example>)) }} }} ORDER BY ?c LIMIT 1"
    )
    answer = release_dataset.query(asked, use_default_graph_as_union=True)
    (concept,) = [row["c"].value for row in answer]  # type: ignore[union-attr]  # a SELECT
    assert "does not mean that there is none" in read_page(visitor, f"/en/{concept.removeprefix(ID)}").text


def test_narrower_concepts_stand_under_their_concept(visitor: FlaskClient) -> None:
    text = visitor.get("/en/scheme/sector").text
    assert text.index("/en/concept/sector-agrofood") < text.index('class="depth-1"')


def test_every_rule_has_a_page_with_its_text_and_what_it_derived(visitor: FlaskClient, release_dataset: Store) -> None:
    rules = typed(release_dataset, PREFIXES["tg"] + "Rule")
    assert len(rules) == 40
    for iri in rules:
        page = read_page(visitor, "/en/" + iri.removeprefix(ID))
        (rule_text,) = texts(release_dataset, iri, PREFIXES["tg"] + "ruleText")
        assert rule_text in page.text


def test_the_structure_of_the_figures_lists_every_component_and_each_has_a_page(
    visitor: FlaskClient, release_dataset: Store
) -> None:
    components = typed(release_dataset, PREFIXES["qb"] + "ComponentSpecification")
    paths = {"/nl/" + iri.removeprefix(ID) for iri in components}
    assert len(paths) == 28
    assert paths <= set(read_page(visitor, "/nl/data-structure/figures").links)
    for path in paths:
        read_page(visitor, path)


def test_every_graph_has_a_page_that_names_its_document(visitor: FlaskClient, release_dataset: Store) -> None:
    graphs = [graph.value for graph in release_dataset.named_graphs() if isinstance(graph, NamedNode)]
    for iri in graphs:
        page = read_page(visitor, "/en/graph/" + iri.removeprefix(GRAPH))
        source = list(
            release_dataset.quads_for_pattern(NamedNode(iri), NamedNode(PREFIXES["prov"] + "wasDerivedFrom"), None)
        )
        assert any("/en/document-version/" in link for link in page.links) == bool(source)


@pytest.mark.parametrize("kind", ["concept", "scheme", "rule", "component", "data-structure", "graph"])
def test_what_is_not_there_is_answered_with_where_to_look(visitor: FlaskClient, kind: str) -> None:
    answer = visitor.get(f"/nl/{kind}/nothing", headers={"Accept": "application/problem+json"})
    assert answer.status_code == 404
    assert answer.get_json()["remedy"]


@pytest.mark.parametrize("path", ["def", "def/ledBy", "shapes", "scheme/", "concept/sector-energy", "graph/ontology"])
def test_a_parameter_that_a_page_does_not_know_is_refused(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(f"/nl/{path}?colour=red").status_code == 400
