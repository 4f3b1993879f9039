"""What the doctor finds in a query, and what it says of its cost."""

import json

import pytest

from tradegraph.namespaces import DEF, ID, PREFIXES
from tradegraph.sparql.doctor import Diagnosis, diagnose
from tradegraph.sparql.messages import MESSAGES, REASONS
from tradegraph.sparql.statistics import Statistics
from tradegraph.sparql.terms import did_you_mean

LABEL = PREFIXES["rdfs"] + "label"
RELEASE = Statistics(
    classes={DEF + "Mission": 50, DEF + "Mention": 20_000, DEF + "Statement": 30_000},
    properties={
        PREFIXES["rdf"] + "type": 50_050,
        LABEL: 60_000,
        DEF + "destination": 60,
        DEF + "text": 30_000,
        DEF + "about": 30_000,
        DEF + "broader": 5_000,
    },
)
PREFIX = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("tg", "rdfs", "xsd", "id"))


def diagnosis(text: str) -> Diagnosis:
    return diagnose(PREFIX + text, RELEASE)


def codes(text: str) -> list[str]:
    return [one.code for one in diagnosis(text).findings]


WEAK_SHAPES = [
    ("required-after-optional", "SELECT * { ?m rdfs:label ?l OPTIONAL { ?m tg:about ?x } ?x tg:text ?t }"),
    ("required-after-optional-moved", "SELECT * { ?m rdfs:label ?l OPTIONAL { ?m tg:about ?x } ?m tg:text ?t }"),
    ("cross-product", "SELECT * { ?m a tg:Mention . ?s a tg:Statement }"),
    ("joined-by-filter", "SELECT * { ?m rdfs:label ?l . ?s tg:text ?t FILTER (?l = ?t) }"),
    ("text-search-in-filter", "SELECT * { ?s tg:text ?t FILTER (CONTAINS(?t, 'wind')) }"),
    ("text-search-in-filter", "SELECT * { ?s tg:text ?t FILTER regex(?t, 'wind') }"),
    ("open-path", "SELECT * { ?a tg:broader+ ?b }"),
    ("many-graphs", "SELECT * " + "".join(f"FROM <a:{n}> " for n in range(11)) + "{ ?s tg:text ?t }"),
    ("many-graphs", "SELECT * { " + " UNION ".join(f"{{ GRAPH <a:{n}> {{ ?s ?p 1 }} }}" for n in range(11)) + " }"),
    ("order-without-limit", "SELECT * { ?s tg:text ?t } ORDER BY ?t"),
    ("large-not-exists", "SELECT * { ?s tg:text ?t FILTER NOT EXISTS { ?s tg:about ?x . ?x tg:about ?y } }"),
    ("everything", "SELECT * { ?s ?p ?o }"),
    ("long-list", "SELECT * { VALUES ?s { " + " ".join(f"id:{n}" for n in range(501)) + " } ?s tg:text ?t }"),
    ("long-list", "SELECT * { ?s tg:text ?t FILTER (?s IN (" + ", ".join(f"id:{n}" for n in range(501)) + ")) }"),
    ("offset-without-order", "SELECT * { ?s tg:text ?t } LIMIT 10 OFFSET 10"),
    ("unknown-term", "SELECT * { ?s a tg:Misson }"),
    ("unknown-function", "SELECT * { ?s tg:text ?t FILTER (xsd:int(?t) > 3) }"),
    ("unknown-function", "SELECT * { ?s tg:text ?t FILTER EXISTS { ?s tg:about ?x FILTER (<a:f>(?x)) } }"),
    ("never-bound", "SELECT ?texts { ?s tg:text ?text }"),
]


@pytest.mark.parametrize(("code", "text"), WEAK_SHAPES)
def test_each_weak_shape_is_found(code: str, text: str) -> None:
    assert code in codes(text)


def test_every_message_is_tried_above() -> None:
    assert {code for code, _ in WEAK_SHAPES} == set(MESSAGES)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?m a tg:Mission ; tg:destination ?d OPTIONAL { ?m rdfs:label ?l } } ORDER BY ?l",
        "SELECT ?m (COUNT(?s) AS ?n) { ?m a tg:Mission . ?s tg:about ?m } GROUP BY ?m ORDER BY DESC(?n) LIMIT 5",
        "SELECT * { ?a tg:broader+ id:x }",
        "SELECT * { ?m a tg:Mission ; tg:broader* ?b }",
        "SELECT * { ?m a tg:Mission . ?d a tg:Mission }",
        "SELECT * { ?m a tg:Mission ; rdfs:label ?l FILTER (CONTAINS(?l, 'wind')) }",
        "SELECT * { ?m a tg:Mission FILTER NOT EXISTS { ?m tg:destination ?d . ?d rdfs:label ?l } }",
        "SELECT * { ?s ?p ?o } LIMIT 10",
        "SELECT * { VALUES (?a ?b) { (1 2) (3 4) } ?m tg:destination ?a }",
        "SELECT * { SERVICE tg:search { ?m tg:query 'wind' ; tg:score ?score } ?m a tg:Mission }",
        "SELECT (xsd:integer(?t) AS ?n) { ?s tg:text ?t }",
        "DESCRIBE id:x",
        "ASK { tg:Misson rdfs:label ?l }",
    ],
)
def test_a_sound_query_gives_no_remark(text: str) -> None:
    assert codes(text) == []


def test_a_finding_says_where_and_what_in_both_languages() -> None:
    text = "PREFIX tg: <https://w3id.org/tradegraph/def#>\nSELECT *\n{ ?m a tg:Misson }"
    (found,) = diagnose(text, RELEASE).findings
    assert (found.line, found.column, found.severity) == (3, 8, "warning")
    assert found.sentence.en == "The release holds nothing of tg:Misson."
    assert found.sentence.nl == "De release bevat niets van tg:Misson."
    assert "tg:Mission" in found.remedy.en
    assert found.remedy.nl.startswith("Bedoelde u tg:Mission")


def test_a_not_exists_that_could_be_minus_is_shown_as_minus() -> None:
    text = "SELECT * { ?s tg:text ?t FILTER NOT EXISTS { ?s tg:about ?x . ?x tg:about ?y } } LIMIT 10"
    (found,) = (one for one in diagnosis(text).findings if one.code == "large-not-exists")
    assert "MINUS { ?s tg:about ?x . ?x tg:about ?y }" in found.remedy.en


def test_two_parts_that_nothing_connects_are_named_with_the_product() -> None:
    (found,) = diagnosis("SELECT * { ?m a tg:Mention . ?s a tg:Statement }").findings
    assert "?m and ?s" in found.sentence.en
    assert "600\u202f000\u202f000 rows" in found.sentence.en


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        ("instant", "SELECT * { ?m a tg:Mission ; rdfs:label ?l }"),
        ("seconds", "SELECT * { ?m a tg:Mission . ?s a tg:Statement }"),
        ("limit", "SELECT * { ?m a tg:Mention . ?s a tg:Statement }"),
    ],
)
def test_the_cost_follows_from_the_rows_looked_at(cost: str, text: str) -> None:
    assert diagnosis(text).cost == cost


def test_steps_begin_at_the_smallest_pattern_and_follow_what_is_connected() -> None:
    found = diagnosis("SELECT * { ?s tg:about ?m ; tg:text ?t . ?m a tg:Mission OPTIONAL { ?m rdfs:label ?l } }")
    assert [(step.depth, step.kind, step.text.split(" ")[-1]) for step in found.steps][:3] == [
        (0, "triple", "tg:Mission"),
        (0, "triple", "?m"),
        (0, "triple", "?t"),
    ]
    assert found.steps[0].rows == 50
    assert found.steps[3].depth == 1
    assert found.steps[-1].kind == "optional"


def test_steps_are_those_of_the_rewritten_query() -> None:
    found = diagnosis("SELECT * { ?m rdfs:label ?l OPTIONAL { ?m tg:about ?x } ?m a tg:Mission }")
    assert found.rewritten.names == ("required-first",)
    assert [step.kind for step in found.steps if step.depth == 0] == ["triple", "triple", "optional"]


def test_the_diagnosis_is_json_with_reasons_for_each_rewriting() -> None:
    found = diagnosis("SELECT * { ?m rdfs:label ?l OPTIONAL { ?m tg:about ?x } ?m a tg:Mission }")
    members = json.loads(json.dumps(found.to_json()))
    assert (members["parsed"], members["readable"], members["cost"]) == (True, True, "instant")
    assert members["rewritten"]["text"] == found.rewritten.text
    assert members["rewritten"]["reasons"] == [{"name": "required-first", **REASONS["required-first"].to_json()}]
    assert set(members["findings"][0]) == {"code", "severity", "line", "column", "sentence", "remedy"}
    assert set(members["steps"][0]) == {"number", "depth", "kind", "text", "rows"}


def test_text_that_is_no_query_is_neither_parsed_nor_readable() -> None:
    found = diagnosis("SELECT * { ?s")
    assert (found.parsed, found.readable, found.cost, found.rows, found.steps) == (False, False, None, None, ())


def test_sparql_1_2_is_readable_to_nobody_here_and_still_checked_for_terms() -> None:
    found = diagnosis("SELECT * { << ?s ?p ?o >> tg:abaut ?m }")
    assert (found.parsed, found.readable) == (False, False)
    assert [one.code for one in found.findings] == ["unknown-term"]


def test_a_term_that_is_not_there_brings_the_closest_that_are() -> None:
    vocabulary = frozenset({*RELEASE.classes, *RELEASE.properties, ID + "concept/sector-energy"})
    text = f"PREFIX tg: <{DEF}> PREFIX con: <{ID}concept/>\nASK {{ ?m a tg:mission ; tg:about con:sector-enrgy }}"
    first, second = did_you_mean(text, vocabulary)
    assert (first.term, first.line, first.column, first.meant) == ("tg:mission", 2, 12, ("tg:Mission",))
    assert (second.iri, second.meant) == (ID + "concept/sector-enrgy", ("con:sector-energy",))


@pytest.mark.parametrize(
    "text",
    [
        f"PREFIX tg: <{DEF}> ASK {{ ?m a tg:Mission }}",
        f"PREFIX tg: <{DEF}> ASK {{ SERVICE tg:search {{ ?m tg:query 'x' ; tg:score ?s }} }}",
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/> ASK { ?m a foaf:Persona }",
        # a namespace of which nothing is known
        f"PREFIX id: <{ID}territory/> ASK {{ ?m tg:about id:jpn }}",
        "ASK { ?m a tg:Undeclared }",
    ],
)
def test_terms_that_are_there_or_not_ours_bring_no_notice(text: str) -> None:
    assert did_you_mean(text, RELEASE.classes.keys() | RELEASE.properties.keys()) == ()
