"""A SERVICE block becomes a table of its solutions, wherever it stands, and nothing else changes."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.elsewhere import DATA, Elsewhere, solutions, store_of
from tradegraph.errors import (
    AnswerTooLarge,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTooComplex,
    StoreBusy,
    StoreUnavailable,
)
from tradegraph.federation import Call, FederationLimits, resolve
from tradegraph.federation.inside import MOST_AT_ONCE
from tradegraph.sparql.scan import Bounds, scan

HERE = "@prefix : <https://e.org/> . :a :role :Leader . :b :role :Member . :d :role :Member ."
ONE, TWO = "https://one.example/sparql", "https://two.example/sparql"
ALLOWED = (ONE, TWO)
P = "PREFIX : <https://e.org/>\n"


def elsewhere(fails: Mapping[str, QueryError] | None = None) -> Elsewhere:
    return Elsewhere(
        {ONE: store_of(DATA), TWO: store_of("<https://e.org/a> <https://e.org/p> 1, 2 .")}, dict(fails or {})
    )


def asked(text: str) -> list[tuple[str, ...]]:
    return solutions(store_of(HERE), resolve(P + text, ALLOWED, fetch=elsewhere()))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "SELECT ?n { ?x :role ?r SERVICE <%s> { ?x :name ?n } }",
            ['n="Ada"@en', 'n="Ada"@nl', 'n="Bo"'],
        ),
        ("SELECT ?x { ?x :role ?r OPTIONAL { SERVICE <%s> { ?x :age ?n } } }", ["x=:a", "x=:b", "x=:d"]),
        ("SELECT ?x { ?x :role ?r MINUS { SERVICE <%s> { ?x :age ?n } } }", ["x=:b", "x=:d"]),
        ("SELECT ?x { ?x :role ?r FILTER NOT EXISTS { SERVICE <%s> { ?x :name ?n } } }", ["x=:d"]),
        ("SELECT ?x { { SERVICE <%s> { ?x :age 36 } } UNION { ?x :role :Leader } }", ["x=:a", "x=:a"]),
        ("SELECT ?x { { SELECT ?x { SERVICE <%s> { ?x :age ?n } } } ?x :role ?r . }", ["x=:a"]),
        # A sub-select in the block is asked as it is, its LIMIT too.
        ("SELECT ?n { SERVICE <%s> { SELECT ?n { ?x :age ?n } ORDER BY ?n LIMIT 1 } }", ["n=36"]),
        # Rows that are alike stay as many as they are.
        ("SELECT ?x { SERVICE <%s> { SELECT ?x { ?x :name ?n } } }", ["x=:a", "x=:a", "x=:b"]),
        # Unbound there is unbound here.
        ("SELECT ?x { SERVICE <%s> { ?x :name ?n OPTIONAL { ?x :age ?g } } FILTER (!BOUND(?g)) }", ["x=:b"]),
        # A pattern without variables holds or does not.
        ("SELECT ?x { ?x :role :Leader SERVICE <%s> { :a :age 36 } }", ["x=:a"]),
        ("SELECT ?x { ?x :role :Leader SERVICE <%s> { :a :age 37 } }", []),
        # The block is evaluated on its own: a value given outside is joined afterwards, and not seen inside.
        ("SELECT ?x { BIND (36 AS ?g) SERVICE <%s> { ?x :age ?a FILTER (!BOUND(?g)) } }", ["x=:a", "x=:c"]),
        ("SELECT ?x { BIND (36 AS ?g) SERVICE <%s> { ?x :age ?g } }", ["x=:a"]),
    ],
)
def test_a_block_means_what_federated_query_says(text: str, rows: list[str]) -> None:
    assert [row[0] for row in asked(text % ONE)] == [full(row) for row in rows]


def full(row: str) -> str:
    name, _, value = row.partition("=")
    if value.startswith(":"):
        value = f"<https://e.org/{value[1:]}>"
    return f'{name}="{value}"^^<http://www.w3.org/2001/XMLSchema#integer>' if value.isdecimal() else f"{name}={value}"


def test_several_endpoints_are_joined() -> None:
    text = f"SELECT ?n ?p {{ SERVICE <{ONE}> {{ ?x :age ?n }} SERVICE SILENT <{TWO}> {{ ?x :p ?p }} }}"
    assert len(asked(text)) == 2


def test_only_the_block_and_the_declarations_it_uses_are_sent() -> None:
    other = elsewhere()
    text = (
        "BASE <https://e.org/>\nPREFIX e: <>\nPREFIX own: <https://secret.example/>\n"
        f"SELECT * {{ ?s own:p ?o SERVICE <{ONE}> {{ # not for others\n ?x e:name 'own:' . ?x <age> ?g }} }}"
    )
    resolve(text, ALLOWED, FederationLimits(rows=7), other)
    (call,) = other.calls
    assert call.query == (
        "BASE <https://e.org/>\nPREFIX e: <>\nSELECT * WHERE { ?x e:name 'own:' . ?x <age> ?g } LIMIT 8"
    )


def test_the_endpoint_may_be_written_in_any_way_that_gives_its_address() -> None:
    for head, name in [
        ("PREFIX s: <https://one.example/>", "s:sparql"),
        ("prefix s: <https://one.example/sparql>", "s:"),
        ("BASE <https://one.example/x>", "<sparql>"),
        ("BASE <https://one.example/x> PREFIX s: <y/../>", "s:sparql"),
    ]:
        other = elsewhere()
        resolve(
            f"{head} SELECT * {{ service\tsilent{name if name[0] == '<' else ' ' + name} {{ ?s ?p ?o }} }}",
            ALLOWED,
            fetch=other,
        )
        assert [call.endpoint for call in other.calls] == [ONE], name


def test_a_prefix_declared_elsewhere_counts_unless_the_text_declares_it() -> None:
    other = elsewhere()
    text = f"PREFIX b: <https://b.example/> SELECT * {{ SERVICE <{ONE}> {{ ?s a:p ?o ; b:p ?o }} }}"
    resolve(text, ALLOWED, fetch=other, prefixes={"a": "https://a.example/", "b": "https://wrong.example/"})
    assert other.calls[0].query.startswith("PREFIX a: <https://a.example/>\nPREFIX b: <https://b.example/>\nSELECT")


@pytest.mark.parametrize("block", ["{ ?x :name ?n }", "{\n ?x :name ?n\n\n }", "\n{ ?x :age 36\n}"])
@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_what_follows_keeps_its_line(block: str, silent: str) -> None:
    text = f"{P}SELECT * {{ SERVICE {silent} <{ONE}> {block} ?marker ?p ?o }}"
    down = elsewhere({ONE: StoreUnavailable("Down.", "")}) if silent else elsewhere()
    resolved = resolve(text, ALLOWED, fetch=down)
    line = text[: text.index("?marker")].count("\n")
    assert "?marker" in resolved.split("\n")[line]
    if "\n" in block:
        assert resolved.split("\n")[line].index("?marker") == text.split("\n")[line].index("?marker")


def test_the_result_passes_the_scan_that_refuses_service() -> None:
    resolved = resolve(f"{P}SELECT * {{ SERVICE <{ONE}> {{ ?x :name ?n }} }}", ALLOWED, fetch=elsewhere())
    assert scan(resolved, Bounds(5, 5, 0)).kind == "bindings"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ ?s ?p 'SERVICE <{ONE}> {{ }}' }}",
        f"SELECT * {{ ?s ?p ?o }} # SERVICE <{ONE}> {{ ?s ?p ?o }}",
        f'SELECT * {{ ?s ?p """SERVICE <{ONE}> {{ ?s ?p ?o }}""" }}',
        "SELECT * { ?service :service ?SERVICE }",
    ],
)
def test_texts_and_comments_are_left_alone(text: str) -> None:
    other = elsewhere()
    assert resolve(text, ALLOWED, fetch=other) == text
    assert other.calls == []


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        # The mark is put before the place that the message names.
        ("SELECT * { SERVICE ▸<https://other.example/sparql> { ?s ?p ?o } }", QueryRefused, "not one of the endpoints"),
        (f"SELECT * {{ SERVICE ▸<{ONE}/> {{ ?s ?p ?o }} }}", QueryRefused, "not one of the endpoints"),
        ("SELECT * { SERVICE SILENT ▸<https://one.example:443/sparql> { } }", QueryRefused, "not one of the endpoints"),
        ("SELECT * { SERVICE ▸<http://one.example/sparql> { ?s ?p ?o } }", QueryRefused, "not one of the endpoints"),
        ("SELECT * { SERVICE ▸<sparql> { ?s ?p ?o } }", QueryRefused, "not one of the endpoints"),
        ("SELECT * { ?e ?p ?o SERVICE ▸?e { ?s ?p ?o } }", QueryRefused, "not known before"),
        (f"SELECT * {{ SERVICE <{ONE}> {{ ?s ?p ?o ▸SERVICE <{TWO}> {{ }} }} }}", QueryRefused, "inside another"),
        (
            f"SELECT * {{ FILTER EXISTS {{ SERVICE <{ONE}> {{ {{ ▸service ?x {{ }} }} }} }} }}",
            QueryRefused,
            "inside another",
        ),
        (f"SELECT * {{ SERVICE <{ONE}> {{ ?s ?p '▸\\u0022' }} }}", QueryRefused, "cannot be sent"),
        (f"SELECT * {{ SERVICE <{ONE}> {{ ▸\\U00000053ERVICE <{TWO}> {{ }} }} }}", QueryRefused, "cannot be sent"),
        (f"SELECT * {{ SERVICE <{ONE}> {{ ?s ?p ▸<here> }} }}", QuerySyntaxError, "relative"),
        ("SELECT * { SERVICE ▸un:known { ?s ?p ?o } }", QuerySyntaxError, "not declared"),
        ("SELECT * { SERVICE ▸'one' { ?s ?p ?o } }", QuerySyntaxError, "not the address"),
        (f"SELECT * {{ SERVICE <{ONE}> ▸?s ?p ?o }}", QuerySyntaxError, "a block between"),
        (f"SELECT * {{ ▸SERVICE <{ONE}> {{ ?s ?p ?o ", QuerySyntaxError, "not finished"),
        (f"SELECT * {{ SERVICE ▸<{ONE}>", QuerySyntaxError, "in the middle"),
        ("SELECT * { ▸SERVICE", QuerySyntaxError, "in the middle"),
        # Inline data may stand where SERVICE may not.
        (f"SELECT * {{ ?s ?p ?o }} ▸SERVICE <{ONE}> {{ ?s ?p ?o }}", QuerySyntaxError, "cannot stand here"),
        (f"SELECT * {{ OPTIONAL ▸SERVICE <{ONE}> {{ ?s ?p ?o }} }}", QuerySyntaxError, "cannot stand here"),
        (f"SELECT * {{ {{ SELECT * ▸SERVICE <{ONE}> {{ ?s ?p ?o }} }} }}", QuerySyntaxError, "cannot stand here"),
        (f"SELECT * {{ SERVICE <{ONE}> {{ ?s ?p ?o }} ▸UNION {{ }} }}", QuerySyntaxError, "UNION cannot"),
        (f"SELECT * {{ ▸SERVICE <{ONE}> {{ {'{' * 60}{'}' * 60} }} }}", QueryTooComplex, "nested"),
    ],
)
def test_what_cannot_be_asked_is_told_with_its_place_before_anything_is(
    text: str, kind: type[QueryError], what: str
) -> None:
    first = f"SELECT * {{ SERVICE <{TWO}> {{ ?a ?b ?c }}\n"
    line = text.removeprefix("SELECT * {")
    other = elsewhere()
    with pytest.raises(kind, match=what) as caught:
        resolve(P + first + line.replace("▸", ""), ALLOWED, fetch=other)
    assert (caught.value.line, caught.value.column) == (3, line.index("▸") + 1)
    assert caught.value.remedy
    assert other.calls == []


def test_without_a_list_nothing_is_called_and_the_message_says_who_decides() -> None:
    other = elsewhere()
    with pytest.raises(QueryRefused, match="not available") as caught:
        resolve(f"SELECT * {{ SERVICE <{ONE}> {{ ?s ?p ?o }} }}", (), fetch=other)
    assert "operator" in caught.value.remedy
    assert other.calls == []


def test_a_refusal_names_what_may_be_called() -> None:
    with pytest.raises(QueryRefused) as caught:
        resolve("SELECT * { SERVICE <https://other.example/> { } }", ALLOWED, fetch=elsewhere())
    assert f"<{ONE}>" in caught.value.remedy


@pytest.mark.parametrize("kind", [StoreUnavailable, AnswerTooLarge])
def test_what_goes_wrong_elsewhere_is_told_where_the_block_stands(kind: type[QueryError]) -> None:
    with pytest.raises(kind, match="It is down") as caught:
        resolve(
            f"SELECT * {{\n SERVICE <{ONE}> {{ ?s ?p ?o }} }}",
            ALLOWED,
            fetch=elsewhere({ONE: kind("It is down.", "Ask again.")}),
        )
    assert (caught.value.line, caught.value.column) == (2, 2)
    assert caught.value.remedy == "Ask again."


def test_after_silent_a_failure_is_the_one_empty_solution() -> None:
    text = f"{P}SELECT ?x {{ ?x :role :Member SERVICE SILENT <{ONE}> {{ ?x :name ?n }} }}"
    down = elsewhere({ONE: StoreUnavailable("It is down.", "")})
    assert len(solutions(store_of(HERE), resolve(text, ALLOWED, fetch=down))) == 2


def test_after_silent_an_answer_that_is_none_counts_as_a_failure() -> None:
    def page(call: Call) -> bytes:
        return b"<html>"

    text = f"SELECT * {{ SERVICE SILENT <{ONE}> {{ ?s ?p ?o }} }}"
    assert solutions(store_of(""), resolve(text, ALLOWED, fetch=page)) == [()]


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_blank_nodes_are_refused_even_after_silent_since_the_rows_would_be_missed(silent: str) -> None:
    other = Elsewhere({ONE: store_of("[] <https://e.org/p> 1 .")})
    with pytest.raises(QueryRefused, match="blank nodes") as caught:
        resolve(f"SELECT * {{ SERVICE {silent}<{ONE}> {{ ?s ?p ?o }} }}", ALLOWED, fetch=other)
    assert (caught.value.line, caught.value.column) == (1, 12)
    assert "1" in resolve(f"SELECT * {{ SERVICE <{ONE}> {{ SELECT ?o {{ ?s ?p ?o }} }} }}", ALLOWED, fetch=other)


def test_there_is_a_most_of_blocks() -> None:
    block = f"SERVICE <{TWO}> {{ ?a ?b ?c }} "
    assert resolve(f"SELECT * {{ {block * 2} }}", ALLOWED, FederationLimits(blocks=2), elsewhere()).count("VALUES") == 2
    other = elsewhere()
    with pytest.raises(QueryRefused, match="more than 2"):
        resolve(f"SELECT * {{ {block * 3} }}", ALLOWED, FederationLimits(blocks=2), other)
    assert other.calls == []


def test_rows_count_over_all_blocks_and_are_never_left_out_silently() -> None:
    block = f"SERVICE <{TWO}> {{ ?a ?b ?c }} "
    two = f"SELECT * {{ {block * 2} }}"
    assert resolve(two, ALLOWED, FederationLimits(rows=4), elsewhere()).count("VALUES") == 2
    with pytest.raises(AnswerTooLarge, match="more rows"):
        resolve(two, ALLOWED, FederationLimits(rows=3), elsewhere())


def test_bytes_count_over_all_blocks() -> None:
    block = f"SERVICE <{TWO}> {{ ?a ?b ?c }} "
    size = len(resolve(f"SELECT * {{ {block} }}", ALLOWED, fetch=elsewhere()))
    resolve(f"SELECT * {{ {block} }}", ALLOWED, FederationLimits(bytes=size), elsewhere())
    with pytest.raises(AnswerTooLarge, match="larger"):
        resolve(f"SELECT * {{ {block * 2} }}", ALLOWED, FederationLimits(bytes=size), elsewhere())


def test_the_deadline_is_one_for_all_blocks() -> None:
    other = elsewhere()
    resolve(f"SELECT * {{ SERVICE <{ONE}> {{ ?a ?b ?c }} SERVICE <{TWO}> {{ ?a ?b ?c }} }}", ALLOWED, fetch=other)
    assert other.calls[0].deadline == other.calls[1].deadline


def test_only_a_few_queries_ask_others_at_a_time() -> None:
    text = f"SELECT * {{ SERVICE <{TWO}> {{ ?a ?b ?c }} }}"
    running: list[Call] = []

    def meanwhile(call: Call) -> bytes:
        running.append(call)
        resolve(text, ALLOWED, FederationLimits(time_s=0.05), meanwhile)
        return b""

    with pytest.raises(StoreBusy, match="at the moment"):
        resolve(text, ALLOWED, fetch=meanwhile)
    assert len(running) == MOST_AT_ONCE
    # The places are free again.
    assert "VALUES" in resolve(text, ALLOWED, fetch=elsewhere())


@given(st.text(max_size=60), st.sampled_from(["SERVICE {}", "SELECT * {{ SERVICE <" + ONE + "> {{ {}"]))
def test_soup_raises_nothing_but_our_errors(soup: str, around: str) -> None:
    def nothing(call: Call) -> bytes:
        return b'{"head":{"vars":[]},"results":{"bindings":[]}}'

    text = around.format(soup)
    try:
        resolved = resolve(text, ALLOWED, fetch=nothing)
    except QueryError as error:
        line = error.line
        assert line is not None
    else:
        assert resolved.count("\n") == text.count("\n")
