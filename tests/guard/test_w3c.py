"""The W3C's test suite for SHACL: the core tests, and those of sh:sparql and of pre-binding."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from tradegraph.checks.guard.affected import Reach
from tradegraph.checks.guard.paths import Path as PropertyPath
from tradegraph.checks.guard.reading import read_shapes
from tradegraph.checks.guard.shapes import On
from tradegraph.checks.guard.shapes_graph import ShapesGraph
from tradegraph.checks.guard.terms import RDF_TYPE, Term
from tradegraph.errors import ShapeNotSupported

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "data-shapes" / "data-shapes-test-suite" / "tests"
FOLDERS = {"core": 98, "sparql/node": 4, "sparql/pre-binding": 14, "sparql/property": 1}
"""Folders of tests, with the number of tests they hold."""
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
NOT_SUPPORTED = {
    "core/property/datatype-ill-formed": "the store keeps xsd:byte as xsd:integer, so that no literal is one",
    "sparql/pre-binding/shapesGraph-001": "the optional variables $shapesGraph and $currentShape are refused",
}
DIFFERENT = {
    "core/property/uniqueLang-002": 'the store keeps "1"^^xsd:boolean as true, and sh:uniqueLang asks for true only',
}


class Expected(NamedTuple):
    """A validation result, as far as the suite compares it."""

    focus: Term
    path: PropertyPath | None
    severity: str
    component: str
    shape: Term
    value: Term | None


@cache
def quads(path: Path) -> tuple[Quad, ...]:
    """Read a document once, so that its blank nodes stay the same."""
    return tuple(parse(path=str(path), format=RdfFormat.TURTLE, base_iri=path.as_uri()))


def store_of(iri: Term) -> Store:
    assert isinstance(iri, NamedNode)
    store = Store()
    store.extend(quads(Path(iri.value.removeprefix("file://"))))
    return store


def cases() -> list[tuple[str, Path]]:
    if not SUITE.is_dir():
        return []
    return [
        (str(path.relative_to(SUITE).with_suffix("")), path)
        for folder in FOLDERS
        for path in sorted((SUITE / folder).rglob("*.ttl"))
        if any(quad.object == NamedNode(SHT + "Validate") for quad in quads(path))
    ]


CASES = cases()


def test_the_suite_is_whole() -> None:
    if not SUITE.is_dir():
        pytest.skip("the suite is not at hand")
    counted = Counter(next(folder for folder in FOLDERS if name.startswith(folder)) for name, _ in CASES)
    assert dict(counted) == FOLDERS


@pytest.mark.parametrize(("name", "path"), CASES, ids=[name for name, _ in CASES])
def test_the_guard_answers_as_the_suite_does(name: str, path: Path) -> None:
    manifest = store_of(NamedNode(path.as_uri()))
    graph = ShapesGraph(manifest)
    (test,) = graph.view.subjects(RDF_TYPE, NamedNode(SHT + "Validate"))
    (action,) = graph.view.objects(test, NamedNode(MF + "action"))
    (result,) = graph.view.objects(test, NamedNode(MF + "result"))
    (data,), (shapes,) = (graph.view.objects(action, NamedNode(SHT + key)) for key in ("dataGraph", "shapesGraph"))
    if result == NamedNode(SHT + "Failure") or name in NOT_SUPPORTED:
        with pytest.raises(ShapeNotSupported):
            read_shapes(ShapesGraph(store_of(shapes)))
        return
    agrees = found(store_of(data), store_of(shapes)) == expected(graph, result)
    assert agrees is (name not in DIFFERENT)


def found(data: Store, shapes: Store) -> Counter[Expected]:
    on = On.of(data)
    return Counter(
        Expected(one.focus, one.path, one.shape.severity, one.component, one.shape.node, one.value)
        for unit in Reach(read_shapes(ShapesGraph(shapes))).units
        for one in unit.check(unit.shape.targets.all(on.view), on)
    )


def expected(graph: ShapesGraph, report: Term) -> Counter[Expected]:
    results: Counter[Expected] = Counter()
    for node in graph.all(report, "result"):
        path = graph.one(node, "resultPath")
        (severity,), (component,) = (graph.iris(node, name) for name in ("resultSeverity", "sourceConstraintComponent"))
        focus, shape = graph.one(node, "focusNode"), graph.one(node, "sourceShape")
        assert focus is not None
        assert shape is not None
        value = graph.one(node, "value")
        results[
            Expected(focus, None if path is None else graph.path(path), severity.value, component.value, shape, value)
        ] += 1
    return results
