"""A rewritten query has the same solutions as the query, whatever the data: random queries over random data."""

from hypothesis import HealthCheck, assume, given, settings
from pyoxigraph import Quad, Store

from sparql.random_queries import MANY, data, queries, solutions
from tradegraph.sparql.rewrite import rewrite
from tradegraph.sparql.structure import read_structure

HUNT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def valid(text: str, content: list[Quad]) -> Store:
    """Return a store with the content; queries that the engine finds wrong are passed over."""
    store = Store()
    store.extend(content)
    try:
        store.query(text)
    except SyntaxError:
        assume(False)
    return store


@HUNT
@given(queries(), data)
def test_a_rewritten_query_has_the_same_solutions(text: str, content: list[Quad]) -> None:
    rewritten = rewrite(text, MANY)
    assume(rewritten.names)
    store = valid(text, content)
    assert solutions(store, rewritten.text) == solutions(store, text), rewritten


@HUNT
@given(queries(), data)
def test_what_is_called_certain_is_bound_in_every_solution(text: str, content: list[Quad]) -> None:
    store = valid(text, content)
    structure = read_structure(text)
    assert structure is not None
    assert structure.where is not None
    for row in solutions(store, text):
        bound = {cell.partition("=")[0][1:] for cell in row if not cell.endswith("=None")}
        assert structure.where.certain <= bound
