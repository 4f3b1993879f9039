"""Every term is named, defined, unambiguous and used (rules 1 to 5, 14 of `docs/for-ontologists.md`)."""

import json
import re
from collections import Counter
from itertools import combinations

import pytest
from pyoxigraph import NamedNode, Store

from ontology.own_terms import (
    CLASS,
    DEFINITION,
    DISJOINT,
    INDIVIDUAL,
    LABEL,
    PROPERTY_KINDS,
    SUBCLASS,
    core_files,
    prefixed_names,
    subjects_of_type,
    terms,
    texts,
    values,
    with_all_parents,
)
from tradegraph.files import Project
from tradegraph.namespaces import BASE, DEF, GRAPH, PREFIXES

ONTOLOGY = BASE + "def"
LANGUAGES = ("en", "nl")


def test_the_ontology_has_as_many_terms_as_its_documentation_says(project: Project) -> None:
    page = (project.root / "docs" / "for-ontologists.md").read_text(encoding="utf-8")
    classes, properties, individuals = (
        len(subjects_of_type(core_files(project), *kinds)) for kinds in ([CLASS], PROPERTY_KINDS, [INDIVIDUAL])
    )
    assert f"{classes} classes, {properties} properties and {individuals} individual" in page
    assert classes + properties + individuals == len(terms(project))


@pytest.mark.parametrize(
    "predicate",
    [
        *(
            "dct:title",
            "dct:description",
            "dct:license",
            "dct:creator",
            "dct:created",
            "dct:issued",
            "dct:modified",
            "dct:publisher",
        ),
        *("dct:bibliographicCitation", "owl:versionIRI", "owl:versionInfo"),
        *("vann:preferredNamespacePrefix", "vann:preferredNamespaceUri"),
    ],
)
def test_the_header_gives(predicate: str, project: Project) -> None:
    prefix, _, local = predicate.partition(":")
    assert values(core_files(project), PREFIXES[prefix] + local).get(ONTOLOGY)


def test_the_version_has_an_iri_of_its_own_that_ends_in_its_number(project: Project) -> None:
    (iri,) = values(core_files(project), PREFIXES["owl"] + "versionIRI")[ONTOLOGY]
    (number,) = values(core_files(project), PREFIXES["owl"] + "versionInfo")[ONTOLOGY]
    assert iri.value == f"{ONTOLOGY}/{number.value}"


def test_the_header_imports_every_module_and_the_catalogue_finds_each(project: Project) -> None:
    catalogue = (project.root / "ontology" / "catalog-v001.xml").read_text(encoding="utf-8")
    imported = {value.value for value in values(core_files(project), PREFIXES["owl"] + "imports")[ONTOLOGY]}
    modules = set(subjects_of_type(core_files(project), PREFIXES["owl"] + "Ontology")) - {ONTOLOGY}
    assert imported == modules
    for module in modules:
        file = project.root / "ontology" / f"{module.rpartition('/')[2]}.ttl"
        assert file.is_file()
        assert f'<uri name="{module}" uri="{file.name}"/>' in catalogue


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("predicate", [LABEL, DEFINITION])
def test_every_term_has_exactly_one_text_in_each_language(predicate: str, language: str, project: Project) -> None:
    found = texts(core_files(project), predicate, language)
    assert [iri for iri in terms(project) if len(found.get(iri, [])) != 1] == []


def test_every_term_says_which_ontology_defines_it(project: Project) -> None:
    defined = values(core_files(project), PREFIXES["rdfs"] + "isDefinedBy")
    assert [iri for iri in terms(project) if defined.get(iri) != [NamedNode(ONTOLOGY)]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_definition_is_one_long_enough_sentence_that_does_not_use_the_word_it_defines(
    language: str, project: Project
) -> None:
    labels = texts(core_files(project), LABEL, language)
    wrong = []
    for iri, (definition,) in texts(core_files(project), DEFINITION, language).items():
        (label,) = labels.get(iri, [""])
        circular = label and re.search(rf"(?<!\w){re.escape(label.lower())}(?!\w)", definition.lower())
        if circular or len(definition) < 30 or not definition.endswith(".") or ". " in definition:
            wrong.append((iri, definition))
        if not definition[0].isupper() or definition.startswith("An instance of"):
            wrong.append((iri, definition))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_terms_share_a_label_or_a_definition(language: str, project: Project) -> None:
    for predicate in (LABEL, DEFINITION):
        found = texts(core_files(project), predicate, language)
        counts = Counter(text.lower() for iri in terms(project) for text in found[iri])
        assert [text for text, count in counts.items() if count > 1] == []


def test_classes_are_upper_camel_case_and_properties_lower_camel_case(project: Project) -> None:
    classes = subjects_of_type(core_files(project), CLASS)
    properties = subjects_of_type(core_files(project), *PROPERTY_KINDS)
    assert [iri for iri in classes if not re.fullmatch(r"([A-Z][a-z0-9]+)+", iri.removeprefix(DEF))] == []
    assert [iri for iri in properties if not re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*|2|3)*", iri.removeprefix(DEF))] == []


@pytest.mark.parametrize("folder", ["ontology", "shapes", "queries", "docs"])
def test_every_term_written_with_our_prefix_is_declared(folder: str, project: Project) -> None:
    declared = {iri.removeprefix(DEF) for iri in terms(project)}
    files = [path for path in sorted((project.root / folder).rglob("*")) if path.suffix in {".ttl", ".rq", ".md"}]
    used = {(path.name, name) for path in files for name in prefixed_names(path.read_text(encoding="utf-8"), "tg")}
    assert used
    assert sorted((file, name) for file, name in used if name not in declared) == []


def test_every_term_in_the_table_metadata_is_declared(project: Project) -> None:
    text = project.metadata.read_text(encoding="utf-8")
    used = set(re.findall(re.escape(DEF) + r"(\w+)", text))
    columns = [column for table in json.loads(text)["tables"] for column in table["tableSchema"]["columns"]]
    for column in columns:
        if column.get("valueUrl") == DEF + "{class}":
            used |= set(column["datatype"]["format"].split("|"))
    assert sorted(used - {iri.removeprefix(DEF) for iri in terms(project)}) == []


def test_every_term_occurs_in_the_release_unless_it_is_reserved(project: Project, release_dataset: Store) -> None:
    used = _terms_in_use(release_dataset)
    used |= {parent for iri in used for parent in with_all_parents(project, iri)}
    annotations = set(subjects_of_type(core_files(project), PREFIXES["owl"] + "AnnotationProperty"))
    assert sorted(set(terms(project)) - used - annotations - _reserved(project)) == []


def test_a_term_that_occurs_in_the_release_is_no_longer_called_reserved(
    project: Project, release_dataset: Store
) -> None:
    assert sorted(_reserved(project) & _terms_in_use(release_dataset)) == []


def test_no_class_is_above_itself(project: Project) -> None:
    parents = values(core_files(project), SUBCLASS)
    assert [
        iri for iri, above in parents.items() for parent in above if iri in with_all_parents(project, parent.value)
    ] == []


@pytest.mark.parametrize(
    "classes",
    [
        ("Person", "Organisation", "Territory", "Event", "Document", "Observation"),
        ("Treaty", "NonBindingInstrument"),
        ("EconomicMission", "BusinessDevelopmentMission"),
        ("Mission", "Visit"),
    ],
)
def test_siblings_that_nothing_can_be_at_once_are_declared_disjoint(classes: tuple[str, ...], project: Project) -> None:
    declared = {frozenset((s, o.value)) for s, found in values(core_files(project), DISJOINT).items() for o in found}
    assert [pair for pair in combinations(classes, 2) if frozenset(DEF + name for name in pair) not in declared] == []


def test_no_class_lies_under_two_disjoint_ones(project: Project) -> None:
    disjoint = [(s, o.value) for s, found in values(core_files(project), DISJOINT).items() for o in found]
    above = {iri: with_all_parents(project, iri) for iri in subjects_of_type(core_files(project), CLASS)}
    assert [iri for iri in above for pair in disjoint if set(pair) <= above[iri]] == []


def test_every_front_door_relation_is_made_by_the_rule_of_its_name_or_stands_in_a_column(project: Project) -> None:
    front = set(values(core_files(project), DEF + "frontDoor")) - _reserved(project)
    relations = front & set(subjects_of_type(core_files(project), *PROPERTY_KINDS))
    tables = json.loads(project.metadata.read_text(encoding="utf-8"))["tables"]
    columns = {column.get("propertyUrl") for table in tables for column in table["tableSchema"]["columns"]}
    rules = {path.stem for path in project.query_files("relations")}
    assert {iri.removeprefix(DEF) for iri in relations - columns} == rules


def _reserved(project: Project) -> set[str]:
    return set(values(core_files(project), DEF + "reserved"))


def _terms_in_use(release: Store) -> set[str]:
    """Our terms that facts use; that the ontology declares one, or that a rule could derive it, does not count."""
    found = {DEF + "derives"}
    for quad in release:
        if quad.graph_name != NamedNode(GRAPH + "ontology") and quad.predicate != NamedNode(DEF + "derives"):
            found |= {node.value for node in (quad.predicate, quad.object) if isinstance(node, NamedNode)}
    return {iri for iri in found if iri.startswith(DEF)}
