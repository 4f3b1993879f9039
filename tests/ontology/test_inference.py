"""What a reasoner would conclude: nothing absurd (rules 9, 10). OWL 2 RL, with what ORG and PROV-O say themselves."""

from functools import cache

import owlrl
import pytest
from pyoxigraph import Literal, NamedNode, Store
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF

from ontology.own_terms import EXAMPLE, core_files, values
from tradegraph.files import Project
from tradegraph.namespaces import BASE, DEF, ID, PREFIXES

FOREIGN_AXIOMS = """
    org:member a owl:FunctionalProperty .
    org:organization a owl:FunctionalProperty .
    org:Membership owl:disjointWith org:Organization .
    prov:Activity owl:disjointWith prov:Entity .
    prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity .
    prov:wasRevisionOf rdfs:subPropertyOf prov:wasDerivedFrom .
    prov:wasInformedBy rdfs:domain prov:Activity ; rdfs:range prov:Activity .
    skos:Concept owl:disjointWith skos:ConceptScheme .
"""
"""Axioms of W3C ORG, PROV-O and SKOS about terms that we reuse: they are what makes reuse dangerous."""

TRAPS = {
    "the cabinet as organisation of a holding": (
        "<id/holding/a> org:organization <id/organisation/ministry> , <id/cabinet/b> . "
        "<id/organisation/ministry> a tg:GovernmentBody . <id/cabinet/b> a tg:Cabinet .",
        "Cabinet and ministry become one thing",
    ),
    "a mission that is a visit": ("<id/mission/a> a tg:EconomicMission , tg:Visit .", "two disjoint classes"),
    "statedIn as a kind of wasDerivedFrom": (
        "tg:statedIn rdfs:subPropertyOf prov:wasDerivedFrom . "
        "<id/mission/a> a tg:Mission ; tg:statedIn <id/passage/p> .",
        "a mission, an activity, becomes an entity",
    ),
}


def test_the_ontology_with_its_examples_is_free_of_contradictions(project: Project, release_dataset: Store) -> None:
    graph = _closure(_header() + _examples(project, release_dataset), project)
    assert _absurdities(graph) == []


@pytest.mark.parametrize("trap", TRAPS)
def test_the_reasoner_catches(trap: str, project: Project) -> None:
    text, why = TRAPS[trap]
    assert _absurdities(_closure(_header() + text, project)), why


def _header() -> str:
    return f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


@cache
def _schema(project: Project) -> str:
    """Subclass, subproperty, disjointness and kind of every term, in N-Triples: what a reasoner uses."""
    wanted = {PREFIXES["rdfs"] + "subClassOf", PREFIXES["rdfs"] + "subPropertyOf", PREFIXES["owl"] + "disjointWith"}
    wanted |= {PREFIXES["rdf"] + "type"}
    lines = [
        f"{triple} ."
        for file in core_files(project)
        for triple in file.triples
        if triple.predicate.value in wanted and str(triple.subject).startswith("<" + DEF)
    ]
    return "\n".join(lines) + "\n"


def _examples(project: Project, release: Store) -> str:
    """Everything the release says about the nodes that the ontology gives as examples, literals left out."""
    nodes = {node for found in values(core_files(project), EXAMPLE).values() for node in found}
    lines = []
    for node in nodes:
        if isinstance(node, NamedNode) and node.value.startswith(ID):
            lines += [
                f"{quad.subject} {quad.predicate} {quad.object} ."
                for quad in release.quads_for_pattern(node, None, None, None)
                if not isinstance(quad.object, Literal)
            ]
    return "\n".join(sorted(lines)) + "\n"


def _closure(data: str, project: Project) -> Graph:
    graph = Graph()
    graph.parse(data=_header() + FOREIGN_AXIOMS, format="turtle")
    graph.parse(data=_schema(project), format="turtle")
    graph.parse(data=data, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return graph


def _absurdities(graph: Graph) -> list[tuple[str, ...]]:
    """Two named things made one, members of the empty class, and what the reasoner itself reports as inconsistent."""
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    found: list[tuple[str, ...]] = [(str(s), "is", str(o)) for s, o in graph.subject_objects(OWL.sameAs) if s != o]
    found += [(str(s), "is in owl:Nothing") for s in graph.subjects(RDF.type, OWL.Nothing)]
    found += [(str(text),) for text in graph.objects(None, error)]
    return found
