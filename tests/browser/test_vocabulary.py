"""`/api/vocabulary`: the words of the release."""

import dataclasses
import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from tradegraph.files import Project
from tradegraph.languages import Words
from tradegraph.namespaces import DEF, PREFIXES
from tradegraph.store import Release
from tradegraph.web.vocabulary import Term, Vocabulary

TYPE = NamedNode(PREFIXES["rdf"] + "type")


@pytest.fixture(scope="module")
def vocabulary(project: Project, unchecked: Release) -> Vocabulary:
    return Vocabulary.read(project, unchecked)


def term(terms: tuple[Term, ...], name: str) -> Term:
    (found,) = [one for one in terms if one.name == name]
    return found


def test_a_class_has_its_words_in_both_languages_and_its_instances_counted(
    vocabulary: Vocabulary, release_dataset: Store
) -> None:
    mission = term(vocabulary.classes, "tg:Mission")
    assert mission.label == Words("missie", "mission")
    instances = {
        quad.subject for quad in release_dataset.quads_for_pattern(None, TYPE, NamedNode(DEF + "Mission"), None)
    }
    assert mission.count >= len(instances) > 20
    assert mission.definition.nl
    assert mission.definition.en


def test_a_property_says_where_it_leads_from_and_to(vocabulary: Vocabulary) -> None:
    led_by = term(vocabulary.properties, "tg:ledBy")
    assert led_by.domain == ("tg:Mission", "tg:Visit")
    assert led_by.range == ("tg:Office", "tg:Organisation", "tg:Person")
    assert led_by.front_door


def test_a_property_with_a_code_list_names_it_and_its_concepts_are_there(vocabulary: Vocabulary) -> None:
    scheme = term(vocabulary.properties, "tg:missionType").scheme
    assert [concept.name for concept in vocabulary.concepts if concept.scheme == scheme]


def test_terms_that_occur_nowhere_are_not_offered(vocabulary: Vocabulary) -> None:
    assert all(one.count > 0 for one in (*vocabulary.classes, *vocabulary.properties))


def test_words_of_other_vocabularies_have_a_label_too(vocabulary: Vocabulary) -> None:
    assert term(vocabulary.properties, "dct:identifier").label.en


def test_without_counts_the_ontology_is_offered_as_it_is(project: Project, unchecked: Release, tmp_path: Path) -> None:
    bare = Vocabulary.read(project, dataclasses.replace(unchecked, directory=tmp_path))
    assert term(bare.classes, "tg:Mission").count == 0
    assert term(bare.properties, "tg:ledBy").label == Words("geleid door", "led by")


def test_the_json_leaves_out_what_says_nothing(vocabulary: Vocabulary) -> None:
    read = json.loads(vocabulary.to_json("r1"))
    assert read["release"] == "r1"
    assert all("" not in one.values() and () not in one.values() for one in read["properties"])
