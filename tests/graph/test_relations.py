"""The front door: every direct relation is derived by a rule and leads back to its evidence and passage."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from tradegraph.errors import NotSound
from tradegraph.files import Project
from tradegraph.graph.relations import RELATIONS, derive, relation_iri, superclass_types
from tradegraph.namespaces import DEF, PREFIXES
from tradegraph.queries import StoredQuery

DOCUMENT = NamedNode("https://example.org/graph")
LED = NamedNode(DEF + "ledBy")


def node(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


def rule(tmp_path: Path, select: str, name: str = "ledBy") -> StoredQuery:
    path = tmp_path / f"{name}.rq"
    path.write_text(f"# title: t\n# en: e?\n# nl: n?\n# row: r\n{select}", encoding="utf-8")
    return StoredQuery.read(path)


@pytest.fixture
def evidence() -> Store:
    store = Store()
    for name in ("leader", "second"):
        store.add(Quad(node(name), node("of"), node("mission"), DOCUMENT))
        store.add(Quad(node(name), node("who"), node("minister"), DOCUMENT))
        store.add(Quad(node(name), NamedNode(DEF + "statedIn"), node(f"passage-{name}"), DOCUMENT))
    return store


SELECT = """SELECT ?subject ?object ?evidence WHERE {
    ?evidence <https://example.org/of> ?subject ; <https://example.org/who> ?object . }"""


def test_a_rule_derives_the_direct_triple_once(evidence: Store, tmp_path: Path) -> None:
    derived = list(derive(evidence, [rule(tmp_path, SELECT)]))
    assert derived.count(Quad(node("mission"), LED, node("minister"), RELATIONS)) == 1


def test_a_derived_relation_names_rule_evidence_and_passages(evidence: Store, tmp_path: Path) -> None:
    derived = set(derive(evidence, [rule(tmp_path, SELECT)]))
    iri = relation_iri("https://example.org/mission", LED.value, str(node("minister")))
    about = {(quad.predicate.value, quad.object) for quad in derived if quad.subject == NamedNode(iri)}
    assert (PREFIXES["rdf"] + "predicate", LED) in about
    assert (DEF + "derivedFromEvidence", node("leader")) in about
    assert (DEF + "derivedFromEvidence", node("second")) in about
    assert (DEF + "statedIn", node("passage-leader")) in about
    assert (DEF + "statedIn", node("passage-second")) in about


def test_a_rule_may_derive_a_literal(evidence: Store, tmp_path: Path) -> None:
    select = "SELECT (?s AS ?subject) (2025 AS ?object) (?s AS ?evidence) WHERE { ?s <https://example.org/of> ?m }"
    derived = set(derive(evidence, [rule(tmp_path, select, "year")]))
    year = Literal("2025", datatype=NamedNode(PREFIXES["xsd"] + "integer"))
    assert Quad(node("leader"), NamedNode(DEF + "year"), year, RELATIONS) in derived


@pytest.mark.parametrize(
    "select",
    [
        "ASK {}",
        "SELECT ?subject ?object WHERE { ?subject ?p ?object }",
        "SELECT ?subject ?object ?evidence WHERE {}",
        "x",
    ],
)
def test_a_file_that_is_no_rule_is_refused(evidence: Store, tmp_path: Path, select: str) -> None:
    with pytest.raises(NotSound, match=r"queries/relations/ledBy\.rq"):
        list(derive(evidence, [rule(tmp_path, select)]))


def test_a_thing_has_the_types_of_all_superclasses_of_our_own() -> None:
    rdf_type, below = NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["rdfs"] + "subClassOf")
    mission, event, economic = (NamedNode(DEF + name) for name in ("Mission", "Event", "EconomicMission"))
    store = Store()
    for lower, upper in ((economic, mission), (mission, event), (event, node("foreign")), (event, mission)):
        store.add(Quad(lower, below, upper, DOCUMENT))
    store.add(Quad(node("kenya"), rdf_type, economic, DOCUMENT))
    assert set(superclass_types(store)) == {Quad(node("kenya"), rdf_type, cls, RELATIONS) for cls in (mission, event)}


def test_every_direct_triple_of_the_release_leads_back_to_a_passage(release_dataset: Store) -> None:
    described = 0
    for quad in release_dataset.quads_for_pattern(None, None, None, RELATIONS):
        if quad.predicate.value.startswith(DEF) and not isinstance(quad.subject, str):
            iri = relation_iri(str(getattr(quad.subject, "value", "")), quad.predicate.value, str(quad.object))
            if any(True for _ in release_dataset.quads_for_pattern(NamedNode(iri), None, None, RELATIONS)):
                described += 1
                evidence = list(
                    release_dataset.quads_for_pattern(
                        NamedNode(iri), NamedNode(DEF + "derivedFromEvidence"), None, None
                    )
                )
                assert evidence
    assert described > 500


def test_every_rule_finds_something_in_the_release(project: Project, release_dataset: Store) -> None:
    names = [path.stem for path in project.query_files("relations")]
    idle = [
        name
        for name in names
        if next(release_dataset.quads_for_pattern(None, NamedNode(DEF + name), None, RELATIONS), None) is None
    ]
    assert not idle
    assert len(names) > 25
