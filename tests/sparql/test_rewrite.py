"""Each rule of rewriting: where it is used, and where a condition forbids it."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from tradegraph.files import Project
from tradegraph.sparql.rewrite import rewrite
from tradegraph.sparql.statistics import Statistics

PREFIX = "PREFIX : <http://example.org/>\n"
MANY = Statistics({}, {f"http://example.org/{name}": 1_000 for name in "pqr"})
QUESTIONS = Project.own().query_files("questions")


def rewritten(pattern: str, statistics: Statistics | None = None) -> str:
    """Return what becomes of the pattern of a SELECT *, white space made plain."""
    text = rewrite(f"{PREFIX}SELECT * {{ {pattern} }}", statistics).text
    return " ".join(text.removeprefix(PREFIX + "SELECT * {").removesuffix("}").split())


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("?s :p ?o OPTIONAL { ?s :q ?x } ?s :r 1", "?s :p ?o . ?s :r 1 . OPTIONAL { ?s :q ?x }"),
        ("?s :p ?o OPTIONAL { ?s :q ?x } VALUES ?s { :a }", "?s :p ?o . VALUES ?s { :a } OPTIONAL { ?s :q ?x }"),
        (
            "?s :p ?o . OPTIONAL { ?s :q ?x } BIND (STR(?o) AS ?n) { ?s :r 1 } UNION { ?s :r 2 }",
            "?s :p ?o . { ?s :r 1 } UNION { ?s :r 2 } OPTIONAL { ?s :q ?x } BIND (STR(?o) AS ?n)",
        ),
        ("?s :p ?o MINUS { ?s :q ?x } ?s :r 1", "?s :p ?o . ?s :r 1 . MINUS { ?s :q ?x }"),
        (
            "?s :p ?o OPTIONAL { ?s :q ?x } GRAPH ?g { ?s :r 1 }",
            "?s :p ?o . GRAPH ?g { ?s :r 1 } OPTIONAL { ?s :q ?x }",
        ),
        (
            "?s :p ?o OPTIONAL { ?s :q ?x } _:b :r ?s . FILTER (?o > 1) . _:b :p 2 . FILTER (?o > 2)",
            "?s :p ?o . _:b :r ?s . _:b :p 2 . OPTIONAL { ?s :q ?x } FILTER (?o > 1) . FILTER (?o > 2)",
        ),
        (
            "?s :p ?o { ?o :p ?x OPTIONAL { ?o :q ?y } ?x :r 1 }",
            "?s :p ?o { ?o :p ?x . ?x :r 1 . OPTIONAL { ?o :q ?y } }",
        ),
    ],
)
def test_what_is_required_goes_before_what_is_optional(pattern: str, expected: str) -> None:
    assert rewritten(pattern) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        # ?x may be bound by the OPTIONAL only
        "?s :p ?o OPTIONAL { ?s :q ?x } ?x :r 1",
        # the FILTER of the OPTIONAL sees ?z, which only the last pattern binds
        "?s :p ?o OPTIONAL { ?s :q ?x FILTER (?x < ?z) } ?s :r ?z",
        # BIND uses ?z
        "?s :p ?o OPTIONAL { ?s :q ?x } BIND (BOUND(?z) AS ?b) ?s :r ?z",
        # ?s is not bound before
        "OPTIONAL { ?s :q ?x } ?s :r 1",
        # ?s is perhaps not bound before
        "VALUES ?s { :a UNDEF } OPTIONAL { ?s :q ?x } ?s :r 1",
        # one basic graph pattern, of which the second part mentions ?x
        "?s :p ?o OPTIONAL { ?s :q ?x } _:b :r ?s . FILTER (?o > 1) _:b :p ?x",
        # nothing connects them, so nothing is won
        "?s :p ?o OPTIONAL { ?s :q ?x } ?a :r ?b",
        # a path of any length may be dear for each row
        "?s :p ?o OPTIONAL { ?s :q+ ?x } ?s :r 1",
        # another service is left where it is
        "?s :p ?o OPTIONAL { ?s :q ?x } SERVICE <http://example.org/sparql> { ?s :r 1 }",
        "?s :p ?o SERVICE <https://w3id.org/tradegraph/def#search> { ?s :query 'wind' } ?s :r 1",
        # the value of RAND depends on how often it is computed
        "?s :p ?o OPTIONAL { ?s :q ?x FILTER (RAND() < 0.5) } ?s :r 1",
        # an OPTIONAL within, that mentions what is bound outside only
        "?s :p ?o OPTIONAL { ?s :q ?x OPTIONAL { ?x :r ?o } } ?s :r 1",
        # the engine counts this path as the plan has it
        "?s :p ?o OPTIONAL { ?s :q ?x } GRAPH ?g { ?s :r+ ?o }",
    ],
)
def test_what_is_required_stays_when_that_is_not_certain_to_be_the_same(pattern: str) -> None:
    assert rewritten(pattern) == pattern


@pytest.mark.parametrize(
    ("pattern", "values"),
    [
        ("?s :p ?o FILTER (?s = :a)", "VALUES ?s { :a }"),
        ("?s :p ?o FILTER (<http://example.org/a> = ?s)", "VALUES ?s { <http://example.org/a> }"),
        ("?s :p ?o FILTER (sameTerm(?s, :a))", "VALUES ?s { :a }"),
        ("?s :p ?o FILTER (?s IN (:a, :b))", "VALUES ?s { :a :b }"),
        ("?s :p ?o FILTER (?s = :a || (?s = :b))", "VALUES ?s { :a :b }"),
        ("?s :p ?o FILTER (?o > 3 && ?s = :a)", "VALUES ?s { :a }"),
        ("?s ?p ?o FILTER (?p = :a)", "VALUES ?p { :a }"),
        ("GRAPH ?g { ?s :p ?o } FILTER (?g = :a)", "VALUES ?g { :a }"),
    ],
)
def test_constants_of_a_filter_go_before_the_patterns(pattern: str, values: str) -> None:
    assert rewritten(pattern) == f"{values} {pattern}"


@pytest.mark.parametrize(
    "pattern",
    [
        "?s :p ?o FILTER (?s != :a)",
        "?s :p ?o FILTER (!(?s = :a))",
        "?s :p ?o FILTER (?s = :a || ?o = 1)",
        "?s :p ?o FILTER (?s = :a || ?o = :b)",
        "?s :p ?o FILTER (?s = :a || ?o > 1 && ?s = :b)",
        "?s :p ?o FILTER (?o = 1)",
        "?s :p ?o FILTER (?s IN (:a, :f(?o)))",
        # the same IRI twice would count its rows twice
        "?s :p ?o FILTER (?s IN (:a, <http://example.org/a>))",
        # only perhaps bound
        "?s :p ?o OPTIONAL { ?s :q ?x } FILTER (?x = :a)",
        # the other pattern may be narrower
        "?s :p ?x . ?s :q 1 FILTER (?x = :a)",
        "?s ?p ?o . ?s :q ?x FILTER (?p = :a)",
    ],
)
def test_constants_stay_in_the_filter_otherwise(pattern: str) -> None:
    assert rewritten(pattern) == pattern


def test_two_variables_that_are_the_same_become_one() -> None:
    assert rewritten("?s :p ?c . ?d :q ?e FILTER (?c = ?d)") == "?s :p ?c . ?c :q ?e . BIND(?c AS ?d) FILTER (?c = ?d)"


@pytest.mark.parametrize(
    "pattern",
    [
        # both may be literals, of which 1 and 1.0 are equal
        "?s :p ?c . ?x :q ?d FILTER (?c = ?d)",
        # connected already
        "?s :p ?c . ?d :q ?s FILTER (?c = ?d)",
        "?s :p ?c . ?d :q* ?e FILTER (?c = ?d)",
        "?s :p ?c OPTIONAL { ?d :q ?e } FILTER (?c = ?d)",
        # what stands before mentions both
        "VALUES (?c ?d) { (:a :a) } ?s :p ?c . ?d :q ?e FILTER (?c = ?d)",
    ],
)
def test_two_variables_stay_two_otherwise(pattern: str) -> None:
    assert rewritten(pattern) == pattern


def test_a_not_exists_over_many_rows_becomes_minus() -> None:
    pattern = "?s :p ?o FILTER NOT EXISTS { ?x :q ?s . ?x :r ?y } ?s :r ?z"
    expected = "?s :p ?o FILTER (true) ?s :r ?z MINUS { ?x :q ?s . ?x :r ?y }"
    assert rewritten(pattern, MANY) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        # nothing is shared: MINUS would remove nothing
        "?s :p ?o FILTER NOT EXISTS { ?x :q ?y . ?x :r ?z }",
        # ?x is only perhaps bound
        "?s :p ?o OPTIONAL { ?s :q ?x } FILTER NOT EXISTS { ?s :q ?x . ?x :r ?z }",
        # the FILTER within sees ?o, which the pattern within does not bind
        "?s :p ?o FILTER NOT EXISTS { ?s :q ?x . ?x :r ?z FILTER (?z < ?o) }",
        # the FILTER is the OPTIONAL's, and sees ?z
        "?s :p ?z OPTIONAL { ?s :q ?x FILTER NOT EXISTS { ?x :r ?y . ?y :p ?z } }",
        "?s :p ?o FILTER NOT EXISTS { ?s :q* ?y . ?y :r ?z }",
        "?s :p ?o FILTER (NOT EXISTS { ?s :q ?y . ?y :r ?z } || ?o = 1)",
        # one look-up for each row is as fast
        "?s :p ?o FILTER NOT EXISTS { ?s :q ?y }",
    ],
)
def test_a_not_exists_stays_otherwise(pattern: str) -> None:
    assert rewritten(pattern, MANY) == pattern


def test_without_counts_or_with_a_limit_not_exists_stays() -> None:
    text = PREFIX + "SELECT * { ?s :p ?o FILTER NOT EXISTS { ?x :q ?s . ?x :r ?y } }"
    assert rewrite(text, MANY).names == ("not-exists-as-minus",)
    assert rewrite(text).names == ()
    assert rewrite(text + " LIMIT 10", MANY).names == ()


def test_lines_after_the_change_keep_their_numbers() -> None:
    text = 'SELECT *\n{\n?s <a:p> ?o\nOPTIONAL { ?s <a:q> ?x }\n# why\n?s\n<a:r> "a # b" .\nFILTER (?o > 1)\n}'
    lines = rewrite(text).text.split("\n")
    assert lines[7] == "FILTER (?o > 1)"
    assert len(lines) == 9


def test_a_query_without_these_shapes_is_returned_as_it_is() -> None:
    text = "SELECT * { ?s ?p ?o }"
    assert rewrite(text).text is text


def test_a_very_long_query_is_run_as_written() -> None:
    text = f"{PREFIX}SELECT * {{ ?s :p ?o OPTIONAL {{ ?s :q ?x }} ?s :r '{'x' * 10_000}' }}"
    assert rewrite(text).names == ()


def test_rewritten_questions_have_the_same_answers(release_dataset: Store) -> None:
    changed = 0
    for path in QUESTIONS:
        text = path.read_text(encoding="utf-8")
        found = rewrite(text)
        if found.names:
            changed += 1
            assert rows(release_dataset, found.text) == rows(release_dataset, text), Path(path).name
    assert changed > 10


def rows(store: Store, text: str) -> Counter[str]:
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return Counter(map(str, found))
