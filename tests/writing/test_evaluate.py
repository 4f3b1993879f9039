"""What an update changes, where the ways of working it out differ by how much there is."""

import pyoxigraph as ox
import pytest

from tradegraph.errors import QueryError, QueryRefused
from tradegraph.writing import evaluate
from tradegraph.writing.changes import Changes, lines
from tradegraph.writing.documents import parsed
from tradegraph.writing.evaluate import Evaluation

WHERE = (
    "{ ?s <e:p> ?o }",
    "{ ?s <e:p> ?o . ?s <e:q> ?other }",
    "{ GRAPH <e:g1> { ?s <e:p> ?o } }",
    "{ GRAPH ?g { ?s <e:p> ?o } ?s <e:q> ?other }",
    "{ GRAPH ?g { ?s <e:p> ?o } FILTER NOT EXISTS { ?s <e:q> ?other } }",
    "{ { GRAPH <e:g1> { ?s <e:p> ?o } } UNION { GRAPH <e:g2> { ?s <e:p> ?o } } }",
)


def there() -> ox.Store:
    store = ox.Store()
    quads = "".join(f'<e:s{n}> <e:p> "{n}" <e:g{n}> .\n' for n in range(4)) + '<e:s2> <e:q> "x" <e:other> .\n'
    store.extend(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    return store


@pytest.mark.parametrize("where", WHERE)
def test_many_graphs_are_asked_at_once_as_few_are(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"DELETE {{ GRAPH <e:g2> {{ ?s <e:p> ?o }} }} INSERT {{ GRAPH <e:new> {{ ?s <e:r> ?o }} }} WHERE {where}"
    found = []
    for most in (1000, 2):
        monkeypatch.setattr(evaluate, "_MOST_GRAPHS", most)
        changes = Changes(there())
        Evaluation("https://example.org/", union=True).run(text, changes)
        found.append((sorted(lines(changes.removed)), sorted(lines(changes.added)), set(changes.store.named_graphs())))
    assert found[0] == found[1]
    assert found[0][1], "something was added"


@pytest.mark.parametrize("levels", [150, 20_000])
def test_xml_may_nest_but_not_without_end(levels: int) -> None:
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="e:"'
    content = f"<rdf:RDF {rdf}>" + "<e:T><e:p>" * (levels // 2) + "</e:p></e:T>" * (levels // 2) + "</rdf:RDF>"
    if levels < 200:
        graph = ox.NamedNode("e:g")
        assert len(parsed(content.encode(), ox.RdfFormat.RDF_XML, "e:x", graph)) == levels
    else:
        with pytest.raises(QueryRefused, match="more than 200 levels"):
            parsed(content.encode(), ox.RdfFormat.RDF_XML, "e:x", ox.DefaultGraph())


def test_what_is_no_xml_is_told_by_the_engine_with_its_place() -> None:
    with pytest.raises(QueryError, match="This is not RDF/XML"):
        parsed(b"<rdf:RDF", ox.RdfFormat.RDF_XML, "e:x", ox.DefaultGraph())
