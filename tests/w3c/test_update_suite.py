"""The W3C suite of SPARQL 1.1 Update, sent to the running server: each case from an empty store.

The server keeps no graphs without quads, which SPARQL 1.1 Update leaves open (section 3.1), so graphs that are empty in
an expected result are not expected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from w3c.endpoint import Server
from w3c.suites import AT_HAND, MF, NOT_AT_HAND, UPDATE, Kind, Manifest, file_at, manifests, name_of

pytestmark = pytest.mark.skipif(not AT_HAND, reason=NOT_AT_HAND)

UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
KINDS: Final[dict[str, Kind]] = {
    "UpdateEvaluationTest": "evaluation",
    "PositiveUpdateSyntaxTest11": "positive",
    "NegativeUpdateSyntaxTest11": "negative",
}
TYPE: Final = {"Content-Type": "application/sparql-update"}
Files = tuple[tuple[Path, str], ...]


@dataclass(frozen=True)
class Change:
    """One test: what stands where before and after, as files with the graphs they go to (empty: the default graph)."""

    name: str
    kind: Kind
    request: Path
    before: Files = ()
    after: Files = ()


def changes() -> list[Change]:
    if not AT_HAND:
        return []
    return [
        _change(manifest, test, KINDS[kind])
        for manifest in manifests(UPDATE.path)
        for test, kind in manifest.entries()
        if kind in KINDS
    ]


def _change(manifest: Manifest, test: ox.NamedNode, kind: Kind) -> Change:
    name = name_of(manifest, test)
    [action] = manifest.values(test, MF + "action")
    if kind != "evaluation":
        assert isinstance(action, ox.NamedNode)
        return Change(name, kind, file_at(action.value))
    [request] = manifest.values(action, UT + "request")
    [result] = manifest.values(test, MF + "result")
    assert isinstance(request, ox.NamedNode)
    return Change(name, kind, file_at(request.value), _files(manifest, action), _files(manifest, result))


def _files(manifest: Manifest, state: ox.NamedNode | ox.BlankNode) -> Files:
    found = [(file_at(node.value), "") for node in manifest.values(state, UT + "data")]
    for named in manifest.values(state, UT + "graphData"):
        graph = manifest.text(named, LABEL) or ""
        found += [(file_at(node.value), graph) for node in manifest.values(named, UT + "graph")]
    return tuple(found)


def quads(files: Files) -> list[ox.Quad]:
    """Return what stands in files, as the engine keeps it."""
    store = ox.Store()
    for path, graph in files:
        target = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        store.load(path=str(path), base_iri="http://example.org/", to_graph=target)
    return list(store)


def same(one: Sequence[ox.Quad], other: Sequence[ox.Quad]) -> bool:
    found = []
    for each in (one, other):
        dataset = ox.Dataset(each)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        found.append(dataset)
    return bool(found[0] == found[1])


CHANGES: Final = changes()


def test_the_suite_has_all_its_cases() -> None:
    assert len(CHANGES) == UPDATE.cases


@pytest.mark.parametrize("change", [one for one in CHANGES if one.kind == "evaluation"], ids=lambda one: one.name)
def test_an_update_leaves_what_it_should(writable: Server, change: Change) -> None:
    assert writable.write("POST", "/update", b"CLEAR ALL", TYPE).status == 200
    before = ox.serialize(quads(change.before), format=ox.RdfFormat.N_QUADS) or b""
    assert writable.write("POST", "/store", before, {"Content-Type": "application/n-quads"}).status == 204
    reply = writable.write("POST", "/update", change.request.read_bytes(), TYPE)
    assert reply.status == 200, reply.body
    after = writable.send("GET", "/store", None, {"Accept": "application/n-quads"})
    assert same(list(ox.parse(after.body, format=ox.RdfFormat.N_QUADS)), quads(change.after))


@pytest.mark.parametrize("change", [one for one in CHANGES if one.kind == "positive"], ids=lambda one: one.name)
def test_what_is_an_update_is_read(writable: Server, change: Change) -> None:
    reply = writable.write("POST", "/update", change.request.read_bytes(), TYPE)
    # It may name graphs that are not there or not the writer's own, or want to load something.
    assert reply.status in (200, 403, 409) or b"LOAD" in reply.body, reply.body


@pytest.mark.parametrize("change", [one for one in CHANGES if one.kind == "negative"], ids=lambda one: one.name)
def test_what_is_no_update_is_refused_as_such(writable: Server, change: Change) -> None:
    reply = writable.write("POST", "/update", change.request.read_bytes(), TYPE)
    assert (reply.status, b"problem/syntax" in reply.body) == (400, True), reply.body
