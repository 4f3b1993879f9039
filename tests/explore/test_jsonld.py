"""Descriptions as plain JSON that is also RDF."""

import json

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from tradegraph.explore.context import KEYWORDS, Context
from tradegraph.explore.describe import Description, describe
from tradegraph.explore.jsonld import to_jsonld
from tradegraph.explore.reading import Reader
from tradegraph.files import Project
from tradegraph.namespaces import DEF, ID, PREFIXES

OSLO, NORWAY = f"{ID}mission/oslo", f"{ID}territory/nor"


@pytest.fixture(scope="module")
def context(project: Project) -> Context:
    return Context.read(project)


def triples(body: bytes) -> set[Triple]:
    return {Triple(quad.subject, quad.predicate, quad.object) for quad in parse(body, format=RdfFormat.JSON_LD)}


def test_a_thing_reads_as_one_plain_object(reader: Reader, context: Context) -> None:
    said = json.loads(to_jsonld(describe(reader, OSLO, "front-door"), context))
    del said["@context"]
    assert said == {
        "id": OSLO,
        "type": "Mission",
        "label": {"en": "mission to Oslo", "nl": "missie naar Oslo"},
        "destination": {"id": NORWAY, "label": {"en": "Norway", "nl": "Noorwegen"}},
        "year": 2025,
    }


def test_what_points_to_a_thing_stands_under_the_property_with_which_it_does(reader: Reader, context: Context) -> None:
    said = json.loads(to_jsonld(describe(reader, NORWAY, "front-door"), context))
    (mission,) = said["incoming"]["destination"]
    assert (mission["id"], mission["label"]["en"]) == (OSLO, "mission to Oslo")


@pytest.mark.parametrize("profile", ["front-door", "evidence"])
@pytest.mark.parametrize("iri", [OSLO, NORWAY, f"{ID}passage/letter-1", f"{ID}territory/far", f"{ID}relation/r1"])
def test_reading_it_gives_the_same_triples(reader: Reader, context: Context, iri: str, profile: str) -> None:
    said = describe(reader, iri, "evidence" if profile == "evidence" else "front-door")
    assert triples(to_jsonld(said, context)) == set(said.triples)


@pytest.mark.parametrize(
    "value",
    [
        Literal("2025", datatype=NamedNode(PREFIXES["xsd"] + "integer")),
        Literal("02025", datatype=NamedNode(PREFIXES["xsd"] + "integer")),
        Literal("9" * 30, datatype=NamedNode(PREFIXES["xsd"] + "integer")),
        Literal("1.50", datatype=NamedNode(PREFIXES["xsd"] + "decimal")),
        Literal("1", datatype=NamedNode(PREFIXES["xsd"] + "boolean")),
        Literal("2025-05", datatype=NamedNode(PREFIXES["xsd"] + "gYearMonth")),
        Literal("plain"),
        Literal("tekst", language="nl"),
        NamedNode(NORWAY),
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["year", "destination", "paraphrase", "frontDoor", "notInTheOntology"])
def test_a_value_keeps_its_letters_and_datatype_whatever_the_context_expects(
    context: Context, name: str, value: Literal | NamedNode
) -> None:
    triple = Triple(NamedNode(OSLO), NamedNode(DEF + name), value)
    assert triples(to_jsonld(Description(OSLO, "evidence", (triple,), ()), context)) == {triple}


def test_keys_are_those_of_the_ontology(context: Context) -> None:
    assert context.terms["ledBy"].definition() == {"@id": DEF + "ledBy", "@type": "@id"}
    assert context.terms["label"].definition() == {"@id": PREFIXES["rdfs"] + "label", "@container": "@language"}
    assert context.terms["EconomicMission"].definition() == DEF + "EconomicMission"


def test_no_two_keys_stand_for_one_term_and_none_for_a_keyword(context: Context) -> None:
    iris = [term.iri for term in context.terms.values()]
    assert len(set(iris)) == len(iris)
    assert not set(KEYWORDS) & set(context.terms)


def test_a_document_carries_the_part_of_the_published_context_that_it_needs(reader: Reader, context: Context) -> None:
    published = json.loads(context.document())["@context"]
    part = json.loads(to_jsonld(describe(reader, OSLO, "evidence"), context))["@context"]
    assert {name: published[name] for name in part} == part
    assert len(part) < len(published) / 10
