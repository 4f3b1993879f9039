"""An example in the ontology is something that a reader can look up in the release (rule 2)."""

from pyoxigraph import NamedNode, Quad, Store

from ontology.own_terms import CLASS, EXAMPLE, core_files, subjects_of_type, terms, values, with_all_parents
from tradegraph.files import Project
from tradegraph.namespaces import DEF, PREFIXES

TYPE = NamedNode(PREFIXES["rdf"] + "type")


def test_every_term_has_an_example_unless_it_is_reserved(project: Project) -> None:
    examples = values(core_files(project), EXAMPLE)
    reserved = values(core_files(project), DEF + "reserved")
    assert [iri for iri in terms(project) if iri not in examples and iri not in reserved] == []


def test_no_reserved_term_claims_an_example(project: Project) -> None:
    assert set(values(core_files(project), EXAMPLE)) & set(values(core_files(project), DEF + "reserved")) == set()


def test_the_example_of_a_class_is_a_member_of_it(project: Project, release_dataset: Store) -> None:
    wrong = []
    for iri in subjects_of_type(core_files(project), CLASS):
        for example in values(core_files(project), EXAMPLE).get(iri, []):
            assert isinstance(example, NamedNode)
            types = [quad.object for quad in _quads(release_dataset, example, TYPE)]
            if not any(
                iri in with_all_parents(project, found.value) for found in types if isinstance(found, NamedNode)
            ):
                wrong.append((iri.removeprefix(DEF), example.value))
    assert wrong == []


def test_the_example_of_a_property_stands_at_one_end_of_it(project: Project, release_dataset: Store) -> None:
    wrong = []
    kinds = (PREFIXES["owl"] + "ObjectProperty", PREFIXES["owl"] + "DatatypeProperty")
    for iri in subjects_of_type(core_files(project), *kinds):
        for example in values(core_files(project), EXAMPLE).get(iri, []):
            assert isinstance(example, NamedNode)
            starts = any(_quads(release_dataset, example, NamedNode(iri)))
            ends = any(release_dataset.quads_for_pattern(None, NamedNode(iri), example, None))
            if not starts and not ends:
                wrong.append((iri.removeprefix(DEF), example.value))
    assert wrong == []


def _quads(store: Store, subject: NamedNode, predicate: NamedNode) -> list[Quad]:
    return list(store.quads_for_pattern(subject, predicate, None, None))
