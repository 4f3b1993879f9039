"""Stored questions as addresses for programs."""

import csv
import io
import json

import openpyxl
import pytest
from flask.testing import FlaskClient

from tradegraph.files import Project
from tradegraph.publish.answer_workbook import write_answer
from tradegraph.queries import StoredQuery
from tradegraph.store import Release
from tradegraph.web.api.catalogue import RESERVED
from tradegraph.web.api.formats import ANSWER_FORMATS, WORKBOOK, AnswerFormat

PROJECT = Project.own()
FILES = [StoredQuery.read(path) for path in PROJECT.query_files("questions")]
ADDRESS = "/api/questions/agreements-of-a-mission"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "nl"}


def test_every_question_file_has_an_address(visitor: FlaskClient) -> None:
    listed = visitor.get("/api/questions").get_json()
    assert listed["count"] == len(FILES) == len(listed["questions"]) > 140
    assert {one["number"] for one in listed["questions"]} == {query.name.partition("-")[0] for query in FILES}
    assert len({one["name"] for one in listed["questions"]}) == len(FILES)


def test_no_stored_query_has_a_parameter_called_as_one_that_all_have() -> None:
    stored = [*FILES, *(StoredQuery.read(path) for path in PROJECT.query_files("pages"))]
    assert [query.name for query in stored for one in query.parameters if one.name in RESERVED] == []


@pytest.mark.parametrize("query", FILES, ids=lambda query: query.name)
def test_every_question_answers_as_it_stands(visitor: FlaskClient, query: StoredQuery) -> None:
    answer = visitor.get(f"/api/questions/{query.name.partition('-')[2]}?format=csv")
    assert answer.status_code == 200
    assert len(list(csv.reader(io.StringIO(answer.text)))) > 1


@pytest.mark.parametrize("form", ANSWER_FORMATS, ids=lambda form: form.name)
def test_every_format_can_be_had_by_name_and_by_accept(visitor: FlaskClient, form: AnswerFormat) -> None:
    named = visitor.get(f"{ADDRESS}?format={form.name}")
    accepted = visitor.get(ADDRESS, headers={"Accept": form.media_type})
    assert named.mimetype == accepted.mimetype == form.media_type
    assert named.data == accepted.data


def test_without_a_wish_the_answer_is_a_list_of_objects_with_names_and_numbers(visitor: FlaskClient) -> None:
    rows = visitor.get(ADDRESS).get_json()
    (signed,) = [row for row in rows if row["value"] == 18]
    assert signed["mission"] == "https://w3id.org/tradegraph/id/mission/2025-06-indonesia"
    assert signed["missionLabel"] == "economische missie naar Indonesië, 2025"
    assert signed["source"] is None


def test_names_come_in_the_language_asked_for_or_not_at_all(visitor: FlaskClient) -> None:
    assert visitor.get(f"{ADDRESS}?labels=en").get_json()[0]["missionLabel"] == "economic mission to Indonesia, 2025"
    assert "missionLabel" not in visitor.get(f"{ADDRESS}?labels=none").get_json()[0]


def test_texts_come_in_the_language_asked_for_and_what_is_stated_as_it_is_written(visitor: FlaskClient) -> None:
    address = "/api/questions/export-jobs-by-sector"
    dutch, english = (visitor.get(f"{address}?labels={language}").get_json() for language in ("nl", "en"))
    assert len(dutch) == len(english) > 0
    assert {row["passage"] for row in dutch}.isdisjoint(row["passage"] for row in english)
    assert "manufacturing" in {row["sector"] for row in english}
    assert "manufacturing" not in {row["sector"] for row in dutch}
    assert {row["direct"] for row in dutch} == {row["direct"] for row in english}


@pytest.mark.parametrize("query", FILES, ids=lambda query: query.name)
def test_a_question_has_as_many_rows_in_english_as_in_dutch(visitor: FlaskClient, query: StoredQuery) -> None:
    address = f"/api/questions/{query.name.partition('-')[2]}"
    dutch, english = (visitor.get(f"{address}?labels={language}").get_json() for language in ("nl", "en"))
    assert len(dutch) == len(english)


def test_a_thing_can_be_given_as_key_kind_and_key_or_iri(visitor: FlaskClient) -> None:
    values = [
        "2025-06-indonesia",
        "mission/2025-06-indonesia",
        "https://w3id.org/tradegraph/id/mission/2025-06-indonesia",
    ]
    address = "/api/questions/organisations-on-a-mission"
    answers = {visitor.get(address, query_string={"mission": value}).data for value in values}
    assert len(answers) == 1
    assert len(json.loads(answers.pop())) > 1


def test_another_value_gives_the_answer_for_that_value(visitor: FlaskClient) -> None:
    rows = visitor.get("/api/questions/customs-treaty?country=chn&labels=none").get_json()
    assert {row["country"] for row in rows} <= {"https://w3id.org/tradegraph/id/territory/chn"}


def test_a_thing_that_is_not_there_is_a_404_that_names_those_that_may_be_meant(visitor: FlaskClient) -> None:
    answer = visitor.get(f"{ADDRESS}?mission=2025-06-indonesi")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert "mission/2025-06-indonesia" in answer.get_json()["remedy"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("missie=2025-india", "mission, format, labels, rows, timeout"),
        ("mission=<script>", "kind/key"),
        ("labels=de", "nl, en, none"),
        ("format=pdf", "records, json, csv, tsv, xml, xlsx"),
        ("rows=0", "from 1 to"),
        ("rows=x", "from 1 to"),
        ("timeout=9999", "from 1 to"),
        ("mission=a&mission=b", "once"),
    ],
)
def test_what_cannot_be_used_is_a_400_that_says_what_can(visitor: FlaskClient, query: str, named: str) -> None:
    answer = visitor.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 400
    assert named in answer.get_json()["remedy"]


def test_a_format_that_there_is_not_is_a_406_that_lists_what_there_is(visitor: FlaskClient) -> None:
    answer = visitor.get(ADDRESS, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert WORKBOOK in answer.get_json()["remedy"]


@pytest.mark.parametrize("name", ["Q018", "q018", "Q018-agreements-of-a-mission"])
def test_number_and_file_name_lead_to_the_one_address(visitor: FlaskClient, name: str) -> None:
    answer = visitor.get(f"/api/questions/{name}?mission=2025-india&format=csv")
    assert answer.status_code == 301
    assert answer.location == f"{ADDRESS}?mission=2025-india&format=csv"


def test_a_question_that_there_is_not_is_a_404(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/questions/Q999")
    assert answer.status_code == 404
    assert "/api/questions" in answer.get_json()["remedy"]


def test_a_browser_is_led_to_the_page_with_the_same_parameters(visitor: FlaskClient) -> None:
    answer = visitor.get(f"{ADDRESS}?mission=2025-india&rows=3", headers=BROWSER)
    assert answer.status_code == 303
    assert answer.location == "/nl/questions/agreements-of-a-mission?mission=2025-india"
    assert visitor.get("/api/questions", headers=BROWSER).location == "/nl/questions/"


@pytest.mark.parametrize("form", ["csv", "records", "xlsx"])
def test_an_answer_that_was_cut_says_so(visitor: FlaskClient, form: str) -> None:
    whole = visitor.get(f"{ADDRESS}?format={form}")
    cut = visitor.get(f"{ADDRESS}?format={form}&rows=1")
    assert whole.headers["X-Result-Complete"] == "true"
    assert cut.headers["X-Result-Complete"] == "false"
    assert "1 row" in cut.headers["X-Result-Incomplete-Reason"]


@pytest.mark.parametrize("form", ["csv", "records", "xlsx"])
def test_who_has_the_answer_gets_a_304(visitor: FlaskClient, form: str) -> None:
    tag = visitor.get(f"{ADDRESS}?format={form}").headers["ETag"]
    again = visitor.get(f"{ADDRESS}?format={form}", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["ETag"] == tag
    other = visitor.get(f"{ADDRESS}?format={form}&labels=en", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_the_tag_of_one_format_is_not_that_of_another(visitor: FlaskClient) -> None:
    tags = [visitor.get(f"{ADDRESS}?format={form.name}").headers["ETag"] for form in ANSWER_FORMATS]
    assert len(set(tags)) == len(ANSWER_FORMATS)


def test_the_workbook_has_the_rows_and_says_where_they_came_from(visitor: FlaskClient, unchecked: Release) -> None:
    answer = visitor.get(f"{ADDRESS}?format=xlsx&labels=nl")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = list(book.worksheets[0].values)
    assert len(rows) == 1 + len(visitor.get(ADDRESS).get_json())
    assert 18 in rows[2]
    about = {str(row[0]): str(row[1]) for row in book["Bron - Source"].values}
    assert about["uitgave / release"] == unchecked.identifier
    assert "SELECT ?mission" in about["zoekvraag / query (SPARQL 1.1)"]
    assert about["licentie / licence"].startswith("CC0")
    assert about["adres / address"].endswith("/nl/questions/agreements-of-a-mission")
    assert unchecked.identifier in about["citeer als / cite as"]


def test_the_same_question_gives_the_same_workbook(visitor: FlaskClient) -> None:
    assert visitor.get(f"{ADDRESS}?format=xlsx").data == visitor.get(f"{ADDRESS}?format=xlsx").data


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    body = write_answer(["a", "b"], [["=1+1", 2**60], [None, 0.5]], [("uitgave / release", "=x")])
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "=1+1")
    assert sheet["B2"].value == str(2**60)
    assert sheet["B3"].value == 0.5


def test_head_has_the_fields_and_no_body(visitor: FlaskClient) -> None:
    answer = visitor.head(f"{ADDRESS}?format=csv")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.mimetype == "text/csv"


def test_scripts_of_other_sites_may_read_the_answer(visitor: FlaskClient) -> None:
    assert visitor.get(ADDRESS).headers["Access-Control-Allow-Origin"] == "*"


def test_panels_of_pages_are_listed_and_can_be_asked(visitor: FlaskClient) -> None:
    listed = visitor.get("/api/panels").get_json()["questions"]
    assert {one["name"] for one in listed} == {path.stem for path in PROJECT.query_files("pages")}
    for one in listed:
        answer = visitor.get(one["address"])
        assert answer.status_code == 200, one["name"]
        assert isinstance(json.loads(answer.data), list)
