"""Values of other endpoints come through unchanged, or not at all."""

import json
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from federation.elsewhere import answer
from tradegraph.errors import AnswerTooLarge, QueryError, QueryFailed, QueryRefused
from tradegraph.federation.results import Answer, Bounds, Table
from tradegraph.namespaces import PREFIXES

MANY = Bounds(10_000, 10_000_000)
XSD = PREFIXES["xsd"]
Cell = dict[str, object]


def table(*rows: dict[str, Cell], names: tuple[str, ...] = ("x",), bounds: Bounds = MANY) -> Table:
    body = json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}).encode()
    return Answer("https://e.org/sparql", body, names).table(bounds)


def read(text: str) -> list[object]:
    return [row[0] for row in cast("QuerySolutions", Store().query(f"SELECT * {{ {{ {text} }} }}"))]


datatypes = st.sampled_from([NamedNode(iri) for iri in ("https://e.org/t", "urn:t", XSD + "string", XSD + "date")])
tags = st.sampled_from(["nl", "en-GB", "x-own", "zh-Hant-TW", "de-1996", "en-a-bbb-x-a-ccc"])
texts = st.text() | st.text(alphabet="\\\"'\n\r\tuU0022@^<>{}#\x00\u2028\ufeff")
literals = (
    st.builds(Literal, texts)
    | st.builds(lambda value, tag: Literal(value, language=tag), texts, tags)
    | st.builds(lambda value, datatype: Literal(value, datatype=datatype), texts, datatypes)
)


@given(literals)
def test_every_literal_comes_through(literal: Literal) -> None:
    store = Store()
    store.add(Quad(NamedNode("https://e.org/s"), NamedNode("https://e.org/p"), literal))
    written = Answer("e", answer(store, "SELECT ?x { ?s ?p ?x }"), {"x"}).table(MANY).text
    assert read(written) == [literal]
    # Also on one line, and for engines that undo codepoint escapes before they read anything.
    assert "\n" not in written
    assert "\r" not in written
    assert read(written.replace("\\u0075", "u").replace("\\u0055", "U")) == [literal]


@given(st.text(alphabet='ah:/?#[]@!%2fF.-~é\ue000\U0001f600 <>"\\{}|^`\x7f\x00\xa0\n1', max_size=12))
def test_an_iri_comes_through_or_is_told(end: str) -> None:
    for iri in (f"http://{end}", f"http://e.org/{end}", f"urn:{end}", end):
        try:
            written = table({"x": {"type": "uri", "value": iri}}).text
        except QueryFailed:
            continue
        assert read(written) == [NamedNode(iri)]


@pytest.mark.parametrize(
    "iri",
    [
        "http://e.org/a?b=c&d=[]#e".replace("[]", "%5B%5D"),
        "http://user@e.org:80/é",
        "http://[2001:db8::1]:80/",
        "urn:isbn:1",
        "mailto:a@e.org",
        "http://e.org?x#y",
        "http://e.org/Ministerie_(Nederland)'s",
    ],
)
def test_iris_of_every_kind_come_through(iri: str) -> None:
    assert read(table({"x": {"type": "uri", "value": iri}}).text) == [NamedNode(iri)]


@given(st.from_regex(r"[a-zA-Z0-9]{0,9}(-[a-zA-Z0-9]{0,9}){0,4}", fullmatch=True))
def test_a_language_comes_through_or_is_told(tag: str) -> None:
    try:
        written = table({"x": {"type": "literal", "value": "v", "xml:lang": tag}}).text
    except QueryFailed:
        return
    assert read(written) == [Literal("v", language=tag) if tag else Literal("v")]


def test_the_older_way_to_say_that_a_literal_has_a_type_is_understood() -> None:
    cell: Cell = {"type": "typed-literal", "value": "1", "datatype": XSD + "integer"}
    assert read(table({"x": cell}).text) == [Literal("1", datatype=NamedNode(XSD + "integer"))]


def test_rows_keep_their_number_and_what_is_unbound_stays_so() -> None:
    cell: Cell = {"type": "literal", "value": "v"}
    made = table({"x": cell}, {"y": cell}, {}, {}, names=("x", "y"))
    assert made == Table('VALUES (?x ?y) { ("v" UNDEF) (UNDEF "v") (UNDEF UNDEF) (UNDEF UNDEF) }', 4)
    assert table().text == "VALUES (?x) {  }"


def test_rows_without_columns_are_counted_too() -> None:
    assert table({}, {}, names=()).text == "VALUES () { () () }"


def test_a_column_that_was_not_asked_for_is_not_taken() -> None:
    cell: Cell = {"type": "literal", "value": "v"}
    body = json.dumps({"head": {"vars": ["y", "x"]}, "results": {"bindings": [{"x": cell, "y": cell}]}}).encode()
    assert Answer("e", body, {"x"}).table(MANY).text == 'VALUES (?x) { ("v") }'


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ({"type": "uri", "value": "http://e.org/> ?y } DROP ALL #"}, "not an IRI"),
        ({"type": "uri", "value": "relative"}, "not an IRI"),
        ({"type": "uri", "value": "http://[::g]/"}, "not an IRI"),
        ({"type": "literal", "value": "v", "xml:lang": 'nl> "'}, "not a language"),
        ({"type": "literal", "value": "v", "xml:lang": 1}, "not a language"),
        ({"type": "literal", "value": "v", "xml:lang": "nl", "its:dir": "ltr"}, "a direction"),
        ({"type": "literal", "value": "v", "xml:lang": "nl", "datatype": XSD + "date"}, "both"),
        ({"type": "literal", "value": "v", "datatype": "x> y"}, "not an IRI"),
        ({"type": "literal", "value": "v", "datatype": ["a"]}, "without the language"),
        ({"type": "literal", "value": "v", "datatype": PREFIXES["rdf"] + "langString"}, "without the language"),
        ({"type": "literal", "value": 1}, "without text"),
        ({"type": "literal"}, "without text"),
        ({"type": "triple", "value": {"subject": 1}}, "a triple"),
        ({"type": ["uri"], "value": "v"}, "of type"),
        ({"value": "v"}, "of type"),
        ("v", "without text"),
        ({"type": "literal", "value": "\ud800"}, "surrogate"),
    ],
)
def test_what_is_no_term_is_told(cell: Cell, what: str) -> None:
    with pytest.raises(QueryFailed, match=what):
        table({"x": cell})


def test_a_blank_node_is_told_with_a_way_out() -> None:
    with pytest.raises(QueryRefused, match="blank nodes") as caught:
        table({"x": {"type": "bnode", "value": "b0"}})
    assert "sub-select" in caught.value.remedy


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff",
        b"[]",
        b'"text"',
        b'{"head":{},"boolean":true}',
        b'{"head":{"vars":["x"]},"results":[]}',
        b'{"head":[],"results":{"bindings":[]}}',
        b'{"head":{"vars":"x"},"results":{"bindings":[]}}',
        b'{"head":{"vars":[["x"]]},"results":{"bindings":[]}}',
        b'{"head":{"vars":["x"]},"results":{"bindings":{}}}',
        b'{"head":{"vars":["x"]},"results":{"bindings":[[]]}}',
        b'{"head":{"vars":["x"]},"results":{"bindings":[{"y":{}}]}}',
        b'{"head":{"vars":["x"]},"results":{"bindings":[',
        b'{"head":{"vars":["x"]},"results":{"bindings":[],"n":' + b"9" * 5000 + b"}}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'"' + b'\\"' * 100_000,
    ],
    ids=lambda body: body[:50].decode("latin-1"),
)
def test_what_is_no_such_answer_is_told(body: bytes) -> None:
    with pytest.raises(QueryFailed, match="not in the SPARQL results JSON format"):
        Answer("https://e.org/sparql", body, {"x"}).table(MANY)


def _objects(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.dictionaries(st.sampled_from(["type", "value", "xml:lang", "datatype"]), inner)


@given(st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | _objects(inner)))
def test_json_of_any_shape_raises_nothing_but_our_errors(document: object) -> None:
    body = json.dumps({"head": {"vars": ["value", "type"]}, "results": {"bindings": [document]}}).encode()
    try:
        made = Answer("e", body, {"value", "type"}).table(MANY)
    except QueryError:
        return
    assert made.rows == 1


def test_more_rows_or_bytes_than_may_be_are_an_error_and_no_shorter_table() -> None:
    cell: Cell = {"type": "literal", "value": "é"}
    assert table({"x": cell}, {"x": cell}, bounds=Bounds(2, 14)).rows == 2
    with pytest.raises(AnswerTooLarge, match="more rows"):
        table({"x": cell}, {"x": cell}, bounds=Bounds(1, 14))
    with pytest.raises(AnswerTooLarge, match="larger"):
        table({"x": cell}, {"x": cell}, bounds=Bounds(2, 13))


def test_empty_rows_of_many_columns_do_not_grow_without_end() -> None:
    names = tuple(f"v{number}" for number in range(1000))
    with pytest.raises(AnswerTooLarge):
        table(*({} for _ in range(1000)), names=names, bounds=Bounds(1000, 100_000))
