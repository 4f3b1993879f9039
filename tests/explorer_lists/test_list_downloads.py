"""A download has the rows of the list, all of them: the same things, with IRIs, values and passages."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tradegraph.graph import Dataset
from tradegraph.namespaces import ID
from tradegraph.store import Release
from tradegraph.web.explorer.list_kinds import LIST_KINDS

HELD = "/en/mission/?format={}&status=concept/status-held"
"""More than one page of rows."""


def get(visitor: FlaskClient, address: str, media_type: str) -> bytes:
    answer = visitor.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == media_type
    return answer.get_data()


def table(visitor: FlaskClient) -> list[dict[str, str]]:
    text = get(visitor, HELD.format("csv"), "text/csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_table_has_all_rows_with_iris_values_and_passages(visitor: FlaskClient) -> None:
    rows = table(visitor)
    assert len(rows) == 31
    (indonesia,) = [row for row in rows if row["iri"] == ID + "mission/2025-06-indonesia"]
    assert indonesia["name"] == "economic mission to Indonesia, 2025"
    assert indonesia["destination"] == "Indonesia"
    assert indonesia["destination_iri"] == ID + "territory/idn"
    assert indonesia["destination_passages"].startswith(ID + "passage/")
    assert indonesia["date"] == "2025-06"


def test_a_workbook_has_the_same_rows_and_says_where_they_come_from(visitor: FlaskClient, unchecked: Release) -> None:
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = load_workbook(io.BytesIO(get(visitor, HELD.format("xlsx"), media_type)))
    rows, source = book.worksheets
    assert rows.max_row - 1 == len(table(visitor))
    said = {row[0]: row[1] for row in source.iter_rows(values_only=True)}
    assert said["Release"] == unchecked.identifier
    assert said["Rows"] == "31"
    assert said["Filters"] == "status: held"
    assert "tg:Mission" in said["Query (SPARQL)"]
    assert "creativecommons.org/publicdomain/zero" in said["Licence"]
    assert unchecked.identifier in said["Cite as"]


def test_json_has_the_same_things_with_the_rule_of_a_derived_relation(visitor: FlaskClient) -> None:
    answer = json.loads(get(visitor, HELD.format("json"), "application/json"))
    assert answer["rowcount"] == len(answer["rows"]) == 31
    assert answer["complete"] is True
    assert [row["iri"] for row in answer["rows"]] == [row["iri"] for row in table(visitor)]
    destination = answer["rows"][0]["said"]["destination"][0]
    assert destination["rule"] == ID + "rule/destination"
    assert destination["passages"]


@pytest.mark.parametrize("kind", LIST_KINDS)
def test_every_triple_of_the_turtle_is_in_the_release(visitor: FlaskClient, dataset: Dataset, kind: str) -> None:
    text = get(visitor, f"/en/{kind}/?format=ttl", "text/turtle")
    triples = {(quad.subject, quad.predicate, quad.object) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}
    assert triples
    assert [one for one in triples if not any(dataset.store.quads_for_pattern(*one, None))] == []


def test_a_download_has_a_name_that_tells_kind_and_release(visitor: FlaskClient, unchecked: Release) -> None:
    sent = visitor.get("/nl/policy/?format=csv").headers["Content-Disposition"]
    assert sent == f'attachment; filename="tradegraph-policy-{unchecked.identifier}.csv"'


def test_the_page_links_each_format_of_the_rows_it_shows(visitor: FlaskClient) -> None:
    text = visitor.get("/en/mission/?view=map&year=2025").get_data(as_text=True)
    for form in ("csv", "xlsx", "json", "ttl"):
        assert f'href="/en/mission/?format={form}&amp;year=2025" data-testid="export-{form}"' in text
