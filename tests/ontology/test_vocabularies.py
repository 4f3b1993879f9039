"""Concept schemes: one file each, every concept labelled and defined in both languages; the cube fits the table."""

import json
import re
from collections import Counter

import pytest
from pyoxigraph import Literal, NamedNode, Store

from ontology.own_terms import (
    DEFINITION,
    PREFERRED,
    RDF_TYPE,
    core_files,
    subjects_of_type,
    terms,
    texts,
    values,
    vocabulary_files,
)
from tradegraph.files import Project
from tradegraph.namespaces import DEF, ID, PREFIXES

SKOS = PREFIXES["skos"]
CONCEPT = ID + "concept/"


def test_each_file_holds_the_one_scheme_it_is_named_after(project: Project) -> None:
    for file in vocabulary_files(project):
        assert subjects_of_type([file], SKOS + "ConceptScheme") == [f"{ID}scheme/{file.path.stem}"]


def test_every_scheme_has_a_title_a_definition_and_a_licence(project: Project) -> None:
    schemes = subjects_of_type(vocabulary_files(project), SKOS + "ConceptScheme")
    for predicate, count in ((PREFIXES["dct"] + "title", 2), (DEFINITION, 2), (PREFIXES["dct"] + "license", 1)):
        found = values(vocabulary_files(project), predicate)
        assert [iri for iri in schemes if len(found.get(iri, [])) != count] == []


def test_every_concept_is_named_after_its_scheme_and_its_key(project: Project) -> None:
    schemes = values(vocabulary_files(project), SKOS + "inScheme")
    notations = values(vocabulary_files(project), SKOS + "notation")
    for concept in subjects_of_type(vocabulary_files(project), SKOS + "Concept"):
        (scheme,) = schemes[concept]
        key = concept.removeprefix(f"{CONCEPT}{scheme.value.removeprefix(ID + 'scheme/')}-")
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", key), concept
        assert notations[concept] == [Literal(key)]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_concept_has_one_label_and_one_good_definition(language: str, project: Project) -> None:
    labels = texts(vocabulary_files(project), PREFERRED, language)
    definitions = texts(vocabulary_files(project), DEFINITION, language)
    wrong = []
    for concept in subjects_of_type(vocabulary_files(project), SKOS + "Concept"):
        (label,), (definition,) = labels[concept], definitions[concept]
        circular = re.search(rf"(?<!\w){re.escape(label.lower())}(?!\w)", definition.lower())
        if circular or len(definition) < 30 or not definition.endswith(".") or not definition[0].isupper():
            wrong.append((concept.removeprefix(CONCEPT), definition))
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_two_concepts_of_a_scheme_share_a_label(language: str, project: Project) -> None:
    for file in vocabulary_files(project):
        counts = Counter(text.lower() for found in texts([file], PREFERRED, language).values() for text in found)
        assert [label for label, count in counts.items() if count > 1] == [], file.path.name


def test_every_concept_can_be_reached_from_the_top_of_its_scheme(project: Project) -> None:
    files = vocabulary_files(project)
    broader = values(files, SKOS + "broader")
    top = values(files, SKOS + "topConceptOf")
    listed = {concept.value for found in values(files, SKOS + "hasTopConcept").values() for concept in found}
    concepts = subjects_of_type(files, SKOS + "Concept")
    assert [iri for iri in concepts if (iri in top) == (iri in broader)] == []
    assert listed == set(top)
    assert {parent.value for found in broader.values() for parent in found} <= set(top), "two levels at most"


@pytest.mark.parametrize(("scheme", "term"), [("sector", "Sector"), ("indicator", "Indicator"), ("unit", "Unit")])
def test_concepts_that_have_a_class_of_their_own_carry_it(scheme: str, term: str, project: Project) -> None:
    concepts = {
        iri
        for iri, found in values(vocabulary_files(project), SKOS + "inScheme").items()
        if found == [NamedNode(f"{ID}scheme/{scheme}")]
    }
    typed = {
        iri for iri, found in values(vocabulary_files(project), RDF_TYPE).items() if NamedNode(DEF + term) in found
    }
    assert concepts
    assert concepts == typed


def test_every_scheme_that_a_column_takes_its_values_from_exists(project: Project) -> None:
    text = project.metadata.read_text(encoding="utf-8")
    named = set(re.findall(re.escape(CONCEPT) + r"([a-z-]+)-\{", text))
    assert len(named) > 25
    assert named <= {file.path.stem for file in vocabulary_files(project)}


def test_every_scheme_that_a_property_takes_its_values_from_is_the_one_of_its_column(project: Project) -> None:
    stated = values(core_files(project), DEF + "valueScheme")
    for table in json.loads(project.metadata.read_text(encoding="utf-8"))["tables"]:
        for column in table["tableSchema"]["columns"]:
            scheme = re.match(re.escape(CONCEPT) + r"([a-z-]+)-\{", column.get("valueUrl", ""))
            if scheme and column["propertyUrl"] in stated:
                assert stated[column["propertyUrl"]] == [NamedNode(f"{ID}scheme/{scheme[1]}")], column["name"]


def test_the_structure_of_figures_has_a_component_for_every_column_that_describes_a_figure(project: Project) -> None:
    tables = json.loads(project.metadata.read_text(encoding="utf-8"))["tables"]
    (table,) = [table for table in tables if table["url"] == "facts/observations.csv"]
    about_the_row = {DEF + name for name in ("curationNote", "contradicts", "supersedes", "derivedFrom", "restates")}
    about_the_row |= {RDF_TYPE, PREFIXES["rdfs"] + "label", PREFIXES["qb"] + "dataSet"}
    columns = {column["propertyUrl"] for column in table["tableSchema"]["columns"] if "propertyUrl" in column}
    components = {
        value.value
        for kind in ("dimension", "measure", "attribute")
        for found in values(core_files(project), PREFIXES["qb"] + kind).values()
        for value in found
    }
    assert components == columns - about_the_row
    assert {iri for iri in components if iri.startswith(DEF)} <= set(terms(project))


def test_every_dataset_has_a_structure_and_is_described_in_both_languages(project: Project) -> None:
    datasets = subjects_of_type(core_files(project), PREFIXES["qb"] + "DataSet")
    described = values(core_files(project), PREFIXES["dct"] + "description")
    structures = values(core_files(project), PREFIXES["qb"] + "structure")
    assert datasets
    assert [iri for iri in datasets if len(described[iri]) != 2 or len(structures[iri]) != 1] == []


def test_the_datasets_are_those_that_figures_stand_in(project: Project, release_dataset: Store) -> None:
    stands_in = NamedNode(PREFIXES["qb"] + "dataSet")
    used = {
        quad.object.value
        for quad in release_dataset.quads_for_pattern(None, stands_in, None, None)
        if isinstance(quad.object, NamedNode)
    }
    assert used == set(subjects_of_type(core_files(project), PREFIXES["qb"] + "DataSet"))


def test_every_concept_that_the_facts_name_is_in_a_scheme(project: Project, release_dataset: Store) -> None:
    concepts = set(subjects_of_type(vocabulary_files(project), SKOS + "Concept"))
    used = {quad.object.value for quad in release_dataset if isinstance(quad.object, NamedNode)}
    assert sorted(iri for iri in used if iri.startswith(CONCEPT) and iri not in concepts) == []
