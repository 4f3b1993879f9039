"""The list of documents, and the page of each with its passages."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from explorer_documents.conftest import Graph, problem, read
from tradegraph.namespaces import ID

READ = ("bz2626864", "kst-36180-179", "letter-economic-missions-2025")


def test_the_list_has_every_document_once(visitor: FlaskClient, graph: Graph) -> None:
    links = read(visitor, "/nl/document/").links
    for key in graph.keys("document", "?s a tg:Document"):
        assert f"/nl/document/{key}" in links


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_document_has_a_page(visitor: FlaskClient, graph: Graph, language: str) -> None:
    documents = graph.keys("document", "?s a tg:Document")
    assert len(documents) > 100
    for key in documents:
        page = read(visitor, f"/{language}/document/{key}")
        assert (page.status, page.headings) == (200, 1), key
        assert "None" not in page.text, key
        assert len(page.ids) == len(set(page.ids)), key


@pytest.mark.parametrize("key", READ)
def test_a_document_shows_every_passage_at_its_anchor(visitor: FlaskClient, graph: Graph, key: str) -> None:
    passages = graph.keys("passage", f"?s oa:hasSource ?version . ?version eli:realizes <{ID}document/{key}>")
    assert len(passages) > 100
    assert set(passages) <= set(read(visitor, f"/nl/document/{key}").ids)


def test_the_longest_document_is_still_a_page_that_a_phone_can_hold(visitor: FlaskClient) -> None:
    for language in ("nl", "en"):
        assert len(visitor.get(f"/{language}/document/kst-36180-179").data) < 1_500_000


def test_a_source_mark_leads_to_a_place_that_exists(visitor: FlaskClient) -> None:
    page = read(visitor, "/nl/document/un-comtrade")
    places = [link.partition("#") for link in page.links if link.startswith("/nl/document/kst-36180-179#")]
    assert places
    ids = read(visitor, "/nl/document/kst-36180-179").ids
    assert {anchor for _, _, anchor in places} <= set(ids)


def test_a_passage_without_a_fact_says_why(visitor: FlaskClient) -> None:
    page = read(visitor, "/en/document/bz2626864?show=silent")
    assert page.text.count("States no fact:") == 9
    assert "States no fact: heading" in page.text


def test_the_filter_works_on_the_server(visitor: FlaskClient) -> None:
    page = read(visitor, "/en/document/bz2626864?filter=pavilion+budget")
    everything = read(visitor, "/en/document/bz2626864")
    passages = [one for one in page.ids if one.startswith("bz2626864-s")]
    assert 0 < len(passages) < len([one for one in everything.ids if one.startswith("bz2626864-s")])


def test_a_filter_that_finds_nothing_says_so(visitor: FlaskClient) -> None:
    assert "No passage fits this choice." in read(visitor, "/en/document/bz2626864?filter=zebra").text


def test_a_cited_document_says_that_it_was_not_read_and_who_cites_it(visitor: FlaskClient) -> None:
    page = read(visitor, "/en/document/wrr-mondiale-demografie-2025")
    assert "has not been read itself" in page.text
    assert "/en/document/letter-economic-missions-2025" in page.links
    assert page.by_testid["source-mark"]


def test_a_type_narrows_the_list_and_the_file_has_the_same_rows(visitor: FlaskClient) -> None:
    page = read(visitor, "/nl/document/?type=Report")
    rows = list(csv.DictReader(io.StringIO(visitor.get("/nl/document/?type=Report&format=csv").text)))
    assert page.count() == len(rows) == 31
    assert {row["type"] for row in rows} == {"Report"}
    assert all(row["passages"] for row in rows)


@pytest.mark.parametrize(
    ("path", "status", "remedy"),
    [
        ("/nl/document/nothing", 404, "/nl/document/"),
        ("/nl/document/?type=Novel", 400, "ParliamentaryDocument"),
        ("/nl/document/?sort=date", 400, "type, q, format"),
        ("/nl/document/?format=pdf", 406, "csv, json"),
        ("/nl/document/bz2626864?show=most", 400, "facts, silent"),
    ],
)
def test_what_cannot_be_had_is_answered_with_what_there_is(
    visitor: FlaskClient, path: str, status: int, remedy: str
) -> None:
    given, says = problem(visitor, path)
    assert given == status
    assert remedy in says


def test_an_unchanged_page_is_not_sent_again(visitor: FlaskClient) -> None:
    tag = visitor.get("/nl/document/bz2626864").headers["ETag"]
    assert visitor.get("/nl/document/bz2626864", headers={"If-None-Match": tag}).status_code == 304
