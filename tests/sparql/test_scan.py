"""The scanner refuses what kills or calls out, and nothing else."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradegraph.errors import QueryRefused, QuerySyntaxError, QueryTooComplex
from tradegraph.sparql.explain import explain
from tradegraph.sparql.scan import Bounds, scan
from tradegraph.sparql.tokens import tokens

BOUNDS = Bounds(depth=100, chain=1000, graphs=20)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", 12),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", 12),
        ("ASK { ?s ?p ?o FILTER EXISTS { SERVICE<http://x/>{ ?s ?p ?o } } }", 32),
        ("ASK { ?s ?p 1SERVICE <http://x/> {} }", 14),
        ("ASK { ?s ?p 'a'SERVICE <http://x/> {} }", 16),
        ('ASK { ?s ?p "a\\"" . SERVICE <http://x/> {} }', 21),
    ],
)
def test_service_is_refused_wherever_it_stands(text: str, column: int) -> None:
    with pytest.raises(QueryRefused, match="SERVICE") as caught:
        scan(text, BOUNDS)
    assert (caught.value.line, caught.value.column) == (1, column)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX service: <http://x/> SELECT * { ?s service:x ?o }",
        "PREFIX e: <http://x/> SELECT * { ?s e:service ?o }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://x/> {}",
        "SELECT * { ?s ?p 'SERVICE <http://x/> {}' }",
        'SELECT * { ?s ?p """a "SERVICE" {{{ """ }',
        "SELECT * { ?s <http://x/SERVICE#SERVICE> ?service }",
        "SELECT ?insert { ?insert ?delete ?load }",
        "SELECT * { ?s ?p 'x'@service }",
        "SELECT * { ?a ?b ?c FILTER(?a<?b&&?c>1) }",
        "SELECT * { _:service ?p ?o }",
    ],
)
def test_names_and_texts_that_look_like_keywords_are_left_alone(text: str) -> None:
    assert scan(text, BOUNDS).kind == "bindings"
    ox.Store().query(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a> <b> <c> }",
        "PREFIX : <http://x/> DELETE WHERE { ?s ?p ?o }",
        "BASE <http://x/> LOAD <y>",
        "CLEAR ALL",
        "WITH <http://x/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="update"):
        scan(text, BOUNDS)


@pytest.mark.parametrize("bracket", ["{}", "()", "[]"])
def test_nesting_is_refused_one_level_past_the_bound_and_not_before(bracket: str) -> None:
    opened, closed = bracket[0], bracket[1]
    assert scan("SELECT " + opened * 100 + closed * 100, BOUNDS).depth == 100
    with pytest.raises(QueryTooComplex) as caught:
        scan("SELECT\n" + opened * 101 + closed * 101, BOUNDS)
    assert (caught.value.line, caught.value.column) == (2, 101)


@pytest.mark.parametrize("operator", ["||", "+", "!", "/", " UNION "])
def test_a_chain_is_refused_one_operator_past_the_bound(operator: str) -> None:
    scan("SELECT" + operator * 1000, BOUNDS)
    with pytest.raises(QueryTooComplex):
        scan("SELECT" + operator * 1001, BOUNDS)


def test_a_long_list_of_values_is_no_chain() -> None:
    values = " ".join(f"<http://x/{number}> {number}" for number in range(5000))
    assert scan(f"SELECT * {{ VALUES ?x {{ {values} }} }}", BOUNDS).longest_chain == 1


def test_more_graphs_than_the_bound_are_refused() -> None:
    with pytest.raises(QueryRefused, match="more than 20 graphs"):
        scan("SELECT * " + "FROM <http://x/> " * 21 + "{}", BOUNDS)


def test_the_declared_prefixes_are_taken_down() -> None:
    seen = scan("PREFIX a: <http://a/> prefix : <http://b/> PREFIX r: <rel> ASK {}", BOUNDS)
    assert seen.prefixes == (("a", "http://a/"), ("", "http://b/"))


def test_a_text_without_a_query_is_said_to_be_none() -> None:
    with pytest.raises(QuerySyntaxError, match="not a query"):
        scan("  # nothing\n", BOUNDS)


_NAMES = st.sampled_from(["service:x", ":a.b", "e:insert", "e:a%20b", "e:x\\,y", "<http://x/SERVICE{>"[:-2] + ">"])
_TEXTS = st.text(st.characters(exclude_characters="\x00\r\n\"'\\", exclude_categories=["Cs"]), max_size=20)
_OBJECTS = st.one_of(_NAMES, _TEXTS.map(lambda text: f'"{text}"'), _TEXTS.map(lambda text: f"'''{text}'''"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_NAMES, _OBJECTS), max_size=6), st.sampled_from(["", " # SERVICE\n", "\n\t"]))
def test_what_the_engine_reads_the_scanner_lets_pass(pairs: list[tuple[str, str]], space: str) -> None:
    triples = " . ".join(f"?s {name}{space} {value}" for name, value in pairs)
    text = f"PREFIX service: <http://s/> PREFIX : <http://d/> PREFIX e: <http://e/> SELECT * {{{space} {triples} }}"
    ox.Store().query(text)
    assert scan(text, BOUNDS).kind == "bindings"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_is_cut_into_tokens_that_cover_it(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        end = token.start + len(token.text)
    assert end <= len(text)


@pytest.mark.parametrize(
    ("text", "says", "place"),
    [
        ("SELECT * { ?s ?p ?o", "never closed", (1, 10)),
        ("SELECT * { ?s ?p ?o }}", "closes nothing", (1, 22)),
        ("SELECT * { ?s ?p (1 }", "does not close", (1, 21)),
        ("SELECT *\n{ ?s foo ?o }", "“foo” is not expected", (2, 6)),
        ("SELECT * { ?s nope:x ?o }", "Prefix `nope:` is not declared", (1, 15)),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }", "variable that is unbound", None),
        ("SELECT * { ?s ?p ?o } LIMIT x", "“x” is not expected", (1, 29)),
    ],
)
def test_syntax_errors_are_told_in_plain_words(text: str, says: str, place: tuple[int, int] | None) -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(text)
    explained = explain(text, str(caught.value))
    assert says in explained.detail
    if place is not None:
        assert (explained.line, explained.column) == place
