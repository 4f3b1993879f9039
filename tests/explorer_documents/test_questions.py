"""Questions of Members and the answers to them."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from explorer_documents.conftest import Graph, read

LIST = "kst-36180-179"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_question_and_every_answer_has_a_page(visitor: FlaskClient, language: str) -> None:
    for number in range(1, 149):
        for kind in ("question", "answer"):
            page = read(visitor, f"/{language}/{kind}/{LIST}-{number}")
            assert (page.status, page.headings) == (200, 1), (kind, number)
            assert "None" not in page.text, (kind, number)
            assert len(page.by_testid["fact"]) >= 2, (kind, number)


def test_one_can_walk_from_the_first_question_to_the_last(visitor: FlaskClient) -> None:
    address, seen = f"/en/question/{LIST}-1", []
    while address:
        seen.append(address)
        html = visitor.get(address).text
        _, _, rest = html.partition('rel="next" class="onward" href="')
        address = rest.partition('"')[0]
    assert seen == [f"/en/question/{LIST}-{number}" for number in range(1, 149)]


def test_a_refusal_is_called_one_and_gives_its_ground(visitor: FlaskClient) -> None:
    text = read(visitor, f"/en/answer/{LIST}-93").text
    assert "refused" in text
    assert "Ground for not answering strategic interest" in text
    assert "What is left open" in text


def test_an_answer_that_refers_to_another_leads_there_and_back(visitor: FlaskClient, graph: Graph) -> None:
    number = "tg:answers/tg:questionNumber"
    pairs = graph.values(f"SELECT ?from ?to {{ ?a tg:refersToAnswer ?b ; {number} ?from . ?b {number} ?to }}")
    assert len(pairs) == 18
    for here, there in pairs:
        assert f"/nl/answer/{LIST}-{there}" in read(visitor, f"/nl/question/{LIST}-{here}").links
        assert f"/nl/question/{LIST}-{here}" in read(visitor, f"/nl/question/{LIST}-{there}").links


def test_filters_go_together_and_the_file_has_the_same_rows(visitor: FlaskClient) -> None:
    query = "disposition=concept/answer-disposition-partly&topic=concept/topic-imvo"
    page = read(visitor, f"/nl/question/?{query}")
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"/nl/question/?{query}&format=csv").text)))
    assert 0 < page.count() == len(rows) < 21
    for row in rows:
        assert "concept/topic-imvo" in row["topics"].split()
        assert "concept/answer-disposition-partly" in row["dispositions"].split()


def test_words_are_sought_in_question_and_answer(visitor: FlaskClient) -> None:
    assert read(visitor, "/en/question/?q=gum+Sudan").count() == 1


def test_every_question_is_on_one_page_of_the_list_with_its_source(visitor: FlaskClient) -> None:
    seen: list[str] = []
    for number in (1, 2, 3):
        page = read(visitor, f"/nl/question/?page={number}")
        assert len(page.by_testid["source-mark"]) == len(page.by_testid["fact"])
        seen += [link for link in page.links if link.startswith(f"/nl/question/{LIST}-")]
    assert {f"/nl/question/{LIST}-{number}" for number in range(1, 149)} <= set(seen)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nl/question/nothing-1", 404),
        ("/nl/answer/nothing-1", 404),
        ("/nl/question/?topic=concept/topic-cheese", 400),
        ("/nl/question/?page=4", 400),
        ("/nl/question/?page=x", 400),
        (f"/nl/question/{LIST}-1?q=x", 400),
    ],
)
def test_what_is_not_there_is_said(visitor: FlaskClient, path: str, status: int) -> None:
    assert visitor.get(path).status_code == status


def test_the_number_of_a_question_in_its_document_leads_to_it(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/nl/document/{LIST}/question-22")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/nl/question/{LIST}-22")
