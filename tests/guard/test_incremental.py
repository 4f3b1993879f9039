"""What the guard says of a write is what validating the whole graph before and after it says."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from tradegraph.checks.guard import Guard, GuardReport, Shapes
from tradegraph.checks.guard.affected import Reach, Unit
from tradegraph.checks.guard.select import BySelect
from tradegraph.checks.guard.terms import RDF_TYPE, SUBCLASS_OF, Term
from tradegraph.checks.report import VIOLATION, Result
from tradegraph.files import Project
from tradegraph.namespaces import PREFIXES

HERE = Path(__file__).parent
EX = "http://example.org/"
XSD = PREFIXES["xsd"]
GRAPHS = (NamedNode(EX + "graph"), NamedNode(EX + "other"))
NODES = tuple(NamedNode(f"{EX}n{number}") for number in range(4))
LITERALS = (
    Literal("text", language="en"),
    Literal("Two", language="nl"),
    Literal("x"),
    Literal(2),
    Literal("2025-01-31", datatype=NamedNode(XSD + "date")),
    Literal("2025-03-01", datatype=NamedNode(XSD + "date")),
)
OWN = Guard(Shapes.read([HERE / "shapes.ttl"]))
OWN_PREDICATES = tuple(
    NamedNode(EX + name)
    for name in ("signedBy", "date", "due", "replied", "title", "part", "cites", "refersTo", "status", "other")
)
OWN_THINGS: tuple[Term, ...] = (*NODES, *NODES, NamedNode(EX + "withdrawn"), *LITERALS)
CLASSES = tuple(NamedNode(EX + name) for name in ("Letter", "Person", "Note"))
PROJECT = Project.at(HERE.parent.parent)

Facts = frozenset[Quad]


def facts(
    predicates: tuple[NamedNode, ...], things: tuple[Term, ...], classes: tuple[Term, ...]
) -> st.SearchStrategy[Quad]:
    node, graph = st.sampled_from(NODES), st.sampled_from(GRAPHS)
    plain = st.builds(Quad, node, st.sampled_from(predicates), st.sampled_from(things), graph)
    typed = st.builds(Quad, node, st.just(RDF_TYPE), st.sampled_from(classes), graph)
    return st.one_of(plain, plain, plain, typed)


def writes(fact: st.SearchStrategy[Quad]) -> st.SearchStrategy[tuple[Facts, Facts]]:
    """Pairs of a graph before and after a write; most of what is there stays."""
    return st.builds(
        lambda common, removed, added: (common | removed, (common | added) - (removed - added)),
        st.frozensets(fact, max_size=20),
        st.frozensets(fact, max_size=3),
        st.frozensets(fact, max_size=3),
    )


def store_of(quads: Facts) -> Store:
    store = Store()
    store.extend(quads)
    return store


def lines(quads: Facts) -> list[bytes]:
    return [f"{quad} .\n".encode() for quad in quads]


def assert_same(guard: Guard, before: Facts, after: Facts) -> GuardReport:
    """Hold the guard's answer against two whole validations."""
    earlier, later = (set(guard.validate(store_of(quads)).results) for quads in (before, after))
    store = store_of(after)
    report = guard.check(store, lines(before - after), lines(after - before))
    said = set(report.results)
    assert set(store) == set(store_of(after))
    assert violations(said) == violations(later - earlier)
    assert said >= later - earlier
    assert said | set(report.standing) <= later
    assert report.conforms is not bool(violations(later - earlier))
    return report


def violations(results: set[Result]) -> set[Result]:
    return {result for result in results if result.severity == VIOLATION}


@settings(max_examples=800, deadline=None)
@given(writes(facts((*OWN_PREDICATES, NamedNode(PREFIXES["rdfs"] + "label")), OWN_THINGS, CLASSES)))
def test_every_component_and_path(write: tuple[Facts, Facts]) -> None:
    assert_same(OWN, *write)


@settings(max_examples=60, deadline=None)
@given(
    writes(
        st.one_of(
            facts(OWN_PREDICATES, OWN_THINGS, CLASSES),
            st.builds(Quad, st.sampled_from(CLASSES), st.just(SUBCLASS_OF), st.sampled_from(CLASSES)),
        )
    )
)
def test_a_change_of_the_classes(write: tuple[Facts, Facts]) -> None:
    assert_same(OWN, *write)


def test_what_is_optional_may_keep_what_follows_from_joining() -> None:
    letter, part, cited, status = NODES[:4]
    before = frozenset(
        Quad(*triple)
        for triple in (
            (letter, RDF_TYPE, CLASSES[0]),
            (letter, NamedNode(EX + "part"), part),
            (part, NamedNode(EX + "cites"), cited),
        )
    )
    after = before | {Quad(part, NamedNode(EX + "status"), status)}
    report = assert_same(OWN, after, before)
    assert [result.value for result in report.results if "OptionalThenJoined" in result.shape] == [str(cited)]


def test_a_path_is_followed_from_its_end() -> None:
    letter, person, part, other = NODES[:4]
    before = frozenset(
        Quad(*triple)
        for triple in (
            (person, RDF_TYPE, CLASSES[1]),
            (letter, NamedNode(EX + "part"), part),
            (letter, NamedNode(EX + "part"), other),
        )
    )
    report = assert_same(OWN, before, before | {Quad(letter, NamedNode(EX + "signedBy"), person)})
    assert (EX + "Person-wrote", str(person)) in {(result.shape, result.focus) for result in report.results}


UNITS = [unit for unit in Reach(Shapes.read(PROJECT.shape_files).all).units if isinstance(unit.constraint, BySelect)]


def test_all_queries_of_the_project_are_tried() -> None:
    assert len(UNITS) > 80


@pytest.mark.parametrize("unit", UNITS, ids=[str(unit.shape.node).rpartition("#")[2][:-1] for unit in UNITS])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_each_query_of_the_project(unit: Unit, data: st.DataObject) -> None:
    assert isinstance(unit.constraint, BySelect)
    places = unit.constraint.select.places.all
    named = {place.step.predicate for place in places if place.step is not None and place.step.predicate is not None}
    named |= {predicate for place in places if place.only is not None for predicate in place.only}
    named |= {*unit.shape.targets.subjects_of, *unit.shape.targets.objects_of}
    ends = {term for place in places for term in (place.pattern.subject, place.pattern.object)}
    constants = sorted({term for term in ends if isinstance(term, NamedNode | Literal)}, key=str)
    predicates = tuple(sorted(named - {RDF_TYPE, SUBCLASS_OF}, key=str)) or (NamedNode(EX + "p"),)
    classes = tuple(dict.fromkeys((*unit.shape.targets.classes, *unit.shape.targets.classes, *CLASSES[:1])))
    fact = facts(predicates, (*NODES, *NODES, *constants, *constants, *LITERALS), classes)
    assert_same(Guard(Shapes((unit.shape,))), *data.draw(writes(fact)))
