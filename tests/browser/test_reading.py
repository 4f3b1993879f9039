"""What the editor understands of a query that is not finished: `reading.mjs`, asked in the browser."""

from typing import Any

import pytest

from browser.visit import Visit

# | is the cursor; then what is expected there, of which subject, for which property.
PLACES = [
    ("SELECT * WHERE { | }", "subject", "", ""),
    ("SELECT * WHERE { ?m | }", "property", "?m", ""),
    ("SELECT * WHERE { ?m a | }", "class", "?m", "a"),
    ("SELECT * WHERE { ?m rdf:type | }", "class", "?m", "rdf:type"),
    ("SELECT * WHERE { ?m tg:ledBy | }", "object", "?m", "tg:ledBy"),
    ("SELECT * WHERE { ?m a tg:Mission ; | }", "property", "?m", "a"),
    ("SELECT * WHERE { ?m a tg:Mission , | }", "class", "?m", "a"),
    ("SELECT * WHERE { ?m a tg:Mission . | }", "subject", "?m", "a"),
    ("SELECT * WHERE { ?m tg:ledBy/| ?name }", "property", "?m", "tg:ledBy"),
    ("SELECT * WHERE { ?m (|tg:ledBy|tg:party) ?x }", "property", "?m", ""),
    ("SELECT * WHERE { ?m tg:date [ | ] }", "property", "", ""),
    ("SELECT * WHERE { OPTIONAL { ?m | } }", "property", "?m", ""),
    ("SELECT * WHERE { GRAPH ?g { ?m | } }", "property", "?m", ""),
    ("SELECT * WHERE { FILTER NOT EXISTS { ?m | } }", "property", "?m", ""),
    ('SELECT * WHERE { ?m rdfs:label "a ; b . c"@en ; | }', "property", "?m", "rdfs:label"),
    ("SELECT * WHERE { ?m a tg:Mission # a . comment {\n ; | }", "property", "?m", "a"),
    ("SELECT * WHERE { FILTER (?x > |) }", "expression", "", ""),
    ("SELECT * WHERE { VALUES ?m { | } }", "value", "", ""),
    ("PREFIX |", "prefix", "", ""),
    ("SEL|", "none", "", ""),
]


def ask(visit: Visit, function: str, *values: object) -> Any:
    """Call a function of the module with `values`, in a page."""
    visit.open("/en/")
    call = "async ([name, values]) => (await import('/static/reading.mjs'))[name](...values)"
    return visit.page.evaluate(call, [function, values])


@pytest.mark.parametrize(("text", "place", "subject", "property_"), PLACES)
def test_it_knows_what_is_expected_at_the_cursor(
    visit: Visit, text: str, place: str, subject: str, property_: str
) -> None:
    before, _, after = text.partition("|")
    found = ask(visit, "expectedAt", before + after, len(before))
    assert (found["place"], found["subject"], found["property"]) == (place, subject, property_)


def test_it_knows_the_classes_of_a_variable_wherever_they_stand(visit: Visit) -> None:
    text = "SELECT * WHERE { ?m tg:ledBy ?p . { ?m a tg:Mission } UNION { ?m a tg:Visit , tg:Event } }"
    visit.open("/en/")
    types = visit.page.evaluate(
        "async (text) => [...(await import('/static/reading.mjs')).expectedAt(text, 20).types.get('?m')]", text
    )
    assert types == ["tg:Mission", "tg:Visit", "tg:Event"]


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("SELECT *", "PREFIX tg: <IRI>\nSELECT *"),
        ("# why\n\nSELECT *", "# why\n\nPREFIX tg: <IRI>\nSELECT *"),
        ("PREFIX a: <A>\nSELECT *", "PREFIX a: <A>\nPREFIX tg: <IRI>\nSELECT *"),
        ("", "PREFIX tg: <IRI>\n"),
    ],
)
def test_a_prefix_is_declared_after_the_others_and_before_the_query(visit: Visit, text: str, declared: str) -> None:
    edit = ask(visit, "declaration", text, "tg", "IRI")
    assert text[: edit["from"]] + edit["insert"] + text[edit["from"] :] == declared


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("# SELECT\nASK {}", "ASK"),
        ("PREFIX select: <x> CONSTRUCT WHERE {}", "CONSTRUCT"),
        ("describe <x>", "DESCRIBE"),
        ("", ""),
    ],
)
def test_it_knows_the_form_of_a_query(visit: Visit, text: str, form: str) -> None:
    assert ask(visit, "formOf", text) == form
