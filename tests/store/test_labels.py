"""Answers with labels: which variables get one, which label is chosen, and that every format says the same."""

import csv
import io
import json
from typing import Any

import pyoxigraph as ox
import pytest

from tradegraph.store.labels import LabelledRows, Language, label_of, labelled_json
from tradegraph.store.meter import meter_for

DATA = """
PREFIX ex: <https://example.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

GRAPH ex:g1 {
    ex:water rdfs:label "Water"@en, "Water"@nl .
    ex:india rdfs:label "India"@en .
    ex:ports skos:prefLabel "ports"@en, "havens"@nl .
    ex:both rdfs:label "label"@en ; skos:prefLabel "voorkeur"@nl, "preferred"@en .
    ex:many rdfs:label "bb"@en, "aa"@en, "much longer"@en .
    ex:region rdfs:label "harbour"@en-gb .
    ex:foreign rdfs:label "eau"@fr, "plain" ; skos:altLabel "water"@en .
}
GRAPH ex:g2 {
    ex:water rdfs:label "Water"@en .
    ex:hebrew rdfs:label "shalom"@en--rtl .
}
"""
EX = "https://example.org/"


@pytest.fixture(scope="module")
def labels() -> ox.Store:
    store = ox.Store()
    store.load(DATA.encode(), ox.RdfFormat.TRIG)
    return store


def ask(store: ox.Store, query: str, language: Language = "en", cap: int = 100) -> LabelledRows:
    solutions = store.query(f"PREFIX : <{EX}> {query}", use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return labelled_json(store, solutions, language, cap)


def written(rows: LabelledRows, results_format: ox.QueryResultsFormat) -> bytes:
    output = io.BytesIO()
    rows.write(output, results_format)
    return output.getvalue()


def table(rows: LabelledRows) -> list[dict[str, Any]]:
    """Return the rows as short text: IRIs by local name, labels with their tag."""

    def text(term: dict[str, str]) -> str:
        tag = f"@{term['xml:lang']}" if "xml:lang" in term else ""
        return term["value"].removeprefix(EX) + tag

    bindings = json.loads(rows.json)["results"]["bindings"]
    return [{name: text(term) for name, term in row.items()} for row in bindings]


def columns(rows: LabelledRows) -> list[str]:
    return list(json.loads(rows.json)["head"]["vars"])


@pytest.mark.parametrize(
    ("name", "nl", "en"),
    [
        ("water", "Water@nl", "Water@en"),
        ("india", "India@en", "India@en"),
        ("ports", "havens@nl", "ports@en"),
        ("both", "voorkeur@nl", "label@en"),
        ("many", "aa@en", "aa@en"),
        ("region", "harbour@en-gb", "harbour@en-gb"),
        ("foreign", None, None),
        ("unknown", None, None),
    ],
)
def test_language_counts_before_kind_of_label_and_then_the_shortest_is_chosen(
    labels: ox.Store, name: str, nl: str | None, en: str | None
) -> None:
    found = [label_of(labels, ox.NamedNode(EX + name), language) for language in ("nl", "en")]
    assert [label and f"{label.value}@{label.language}" for label in found] == [nl, en]


def test_each_variable_with_iris_is_followed_by_one_with_their_labels(labels: ox.Store) -> None:
    rows = ask(labels, "SELECT ?x ?n ?y { VALUES (?x ?n ?y) { (:water 1 :india) (:ports 2 :unknown) } }")
    assert columns(rows) == ["x", "xLabel", "n", "y", "yLabel"]
    assert table(rows) == [
        {"x": "water", "xLabel": "Water@en", "n": "1", "y": "india", "yLabel": "India@en"},
        {"x": "ports", "xLabel": "ports@en", "n": "2", "y": "unknown"},
    ]


def test_one_iri_in_any_row_is_enough_and_other_terms_get_no_label(labels: ox.Store) -> None:
    rows = ask(labels, 'SELECT ?x ?free { VALUES ?x { "text" UNDEF :water :water } }')
    assert columns(rows) == ["x", "xLabel", "free"]
    labelled = {"x": "water", "xLabel": "Water@en"}
    assert table(rows) == [{"x": "text"}, {}, labelled, labelled]


def test_a_label_variable_of_the_query_itself_is_left_alone(labels: ox.Store) -> None:
    rows = ask(labels, 'SELECT ?xLabel ?x { VALUES (?x ?xLabel) { (:water "my own") } }')
    assert columns(rows) == ["xLabel", "x"]
    assert table(rows) == [{"xLabel": "my own", "x": "water"}]


def test_iris_within_triple_terms_get_no_label(labels: ox.Store) -> None:
    rows = ask(labels, "SELECT ?t { BIND(<<( :water :p <<( :india :p 1 )>> )>> AS ?t) }")
    assert columns(rows) == ["t"]
    value = json.loads(rows.json)["results"]["bindings"][0]["t"]["value"]
    assert value["object"]["value"]["subject"] == {"type": "uri", "value": EX + "india"}


@pytest.mark.parametrize(("cap", "count", "complete"), [(0, 0, False), (2, 2, False), (3, 3, True), (4, 3, True)])
def test_no_more_rows_are_taken_than_allowed(labels: ox.Store, cap: int, count: int, complete: bool) -> None:
    rows = ask(labels, "SELECT ?x { VALUES ?x { :water :india :ports } }", cap=cap)
    assert (rows.rows, len(table(rows)), rows.complete) == (count, count, complete)


EVERY_TERM = """SELECT ?a ?b ?c {
    VALUES (?a ?b ?c) {
        (:water "plain" "tagged"@nl)
        (:hebrew 1.50 "01"^^<https://example.org/type>)
        (UNDEF UNDEF UNDEF)
        (:unknown "quote \\" backslash \\\\ tab \\t, <b>&amp;</b> },{ line\\nend" "\\u0001é\U0001f600")
        (:ports true <<( :india :p "within"@en--ltr )>>)
    }
}"""


def test_without_labels_the_answer_is_byte_for_byte_the_engines(labels: ox.Store) -> None:
    query = f"PREFIX : <{EX}> {EVERY_TERM}"
    empty = ox.Store()
    native, ours = empty.query(query), empty.query(query)
    assert isinstance(native, ox.QuerySolutions)
    assert isinstance(ours, ox.QuerySolutions)
    lines = [native.serialize(None, ox.QueryResultsFormat.JSON), labelled_json(empty, ours, "en", 100).json]
    without_variable = [(line or b"").replace(b'"a","aLabel"', b'"a"') for line in lines]
    assert without_variable[0] == without_variable[1]


def test_all_formats_hold_the_same_answer(labels: ox.Store) -> None:
    rows = ask(labels, EVERY_TERM)
    wanted = [tuple(row) for row in _parsed(rows.json, ox.QueryResultsFormat.JSON)]
    assert wanted[1][:2] == (
        ox.NamedNode(EX + "hebrew"),
        ox.Literal("shalom", language="en", direction=ox.BaseDirection.RTL),
    )
    assert wanted[2] == (None, None, None, None)
    for results_format in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.TSV):
        assert [tuple(row) for row in _parsed(written(rows, results_format), results_format)] == wanted
    xml = [tuple(row) for row in _parsed(written(rows, ox.QueryResultsFormat.XML), ox.QueryResultsFormat.XML)]
    assert xml[:3] + xml[4:] == wanted[:3] + wanted[4:]  # XML 1.0 has no U+0001
    lines = list(csv.reader(io.StringIO(written(rows, ox.QueryResultsFormat.CSV).decode(), newline="")))
    assert lines[0] == ["a", "aLabel", "b", "c"]
    assert [line[1] for line in lines[1:]] == ["Water", "shalom", "", "", "ports"]


def _parsed(body: bytes, results_format: ox.QueryResultsFormat) -> ox.QuerySolutions:
    solutions = ox.parse_query_results(body, results_format)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def test_blank_nodes_keep_apart_and_together(labels: ox.Store) -> None:
    rows = ask(labels, "SELECT ?x ?y ?z { BIND(BNODE() AS ?x) BIND(?x AS ?y) BIND(BNODE() AS ?z) }")
    (row,) = table(rows)
    assert row["x"] == row["y"] != row["z"]


def test_a_meter_understands_what_is_written_here(labels: ox.Store) -> None:
    rows = ask(labels, EVERY_TERM)
    meter = meter_for("json", 3)
    cut = meter.feed(rows.json) + meter.finish()
    assert json.loads(cut)["results"]["bindings"] == json.loads(rows.json)["results"]["bindings"][:3]
    assert meter.full
