"""The network of direct relations, read as XML."""

from pathlib import Path
from xml.etree import ElementTree

from pyoxigraph import Store

from publish.conftest import ReleaseOf
from tradegraph.publish.downloads import export
from tradegraph.store import Asker

SPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}
RELATIONS = """
g:a {
    <https://w3id.org/tradegraph/id/mission/m1> a tg:EconomicMission , tg:Mission ; rdfs:label "<één> & \\u0001"@nl .
    <https://w3id.org/tradegraph/id/passage/p1> a tg:Passage ; tg:locator "alinea 1"@nl , "paragraph 1"@en .
}
g:relations {
    <https://w3id.org/tradegraph/id/relation/r1> a tg:DerivedRelation ;
        rdf:subject <https://w3id.org/tradegraph/id/mission/m1> ; rdf:predicate tg:destination ;
        rdf:object <https://w3id.org/tradegraph/id/territory/bel> ;
        tg:statedIn <https://w3id.org/tradegraph/id/passage/p1> .
    <https://w3id.org/tradegraph/id/relation/r2> a tg:DerivedRelation ;
        rdf:subject <https://w3id.org/tradegraph/id/mission/m1> ; rdf:predicate tg:year ; rdf:object 2025 .
}
"""


class Network:
    """A GraphML file: its nodes by id and its edges, each with its attributes by name."""

    def __init__(self, path: Path) -> None:
        root = ElementTree.parse(path).getroot()
        names = {key.attrib["id"]: key.attrib["attr.name"] for key in root.findall("g:key", SPACE)}

        def data(element: ElementTree.Element) -> dict[str, str]:
            return {names[one.attrib["key"]]: one.text or "" for one in element.findall("g:data", SPACE)}

        self.nodes = {node.attrib["id"]: data(node) for node in root.findall("g:graph/g:node", SPACE)}
        edges = root.findall("g:graph/g:edge", SPACE)
        self.edges = [(edge.attrib["source"], edge.attrib["target"], data(edge)) for edge in edges]


def test_an_edge_says_what_it_is_and_where_it_was_read(release_of: ReleaseOf, tmp_path: Path) -> None:
    export(release_of(RELATIONS), tmp_path / "out", ["graphml"])
    network = Network(tmp_path / "out" / "tradegraph.graphml")
    mission, territory = (f"https://w3id.org/tradegraph/id/{key}" for key in ("mission/m1", "territory/bel"))
    assert network.nodes == {
        # XML cannot write a control character at all.
        mission: {
            "label": "<één> & �",
            "label_nl": "<één> & �",
            "label_en": "<één> & �",
            "class": "tg:EconomicMission",
            "year": "2025",
        },
        territory: {"label": "<https://w3id.org/tradegraph/id/territory/bel>"},
    }
    said = {
        "label": "destination",
        "label_nl": "bestemming",
        "property": "https://w3id.org/tradegraph/def#destination",
        "relation": "https://w3id.org/tradegraph/id/relation/r1",
        "passages": "https://w3id.org/tradegraph/id/passage/p1",
        "locators_nl": "alinea 1",
        "locators_en": "paragraph 1",
    }
    assert network.edges == [(mission, territory, said)]


def test_every_direct_relation_between_things_is_an_edge(exported: Path, release_dataset: Store) -> None:
    query = """PREFIX tg: <https://w3id.org/tradegraph/def#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?s ?p ?o WHERE { ?r a tg:DerivedRelation ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
            FILTER(isIRI(?o)) }"""
    expected = {
        tuple(str(getattr(term, "value", "")) for term in row.terms) for row in Asker(release_dataset).rows(query)
    }
    network = Network(exported / "tradegraph.graphml")
    found = {(source, data["property"], target) for source, target, data in network.edges}
    assert len(expected) > 3000
    assert found >= expected
    assert {end for source, target, _ in network.edges for end in (source, target)} <= set(network.nodes)
