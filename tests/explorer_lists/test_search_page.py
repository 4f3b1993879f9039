"""The search page: things, passages and terms, what is known to be absent, and help when nothing is found."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from explorer_lists.tree import Node, read


def page(visitor: FlaskClient, language: str = "nl", **asked: str) -> Node:
    answer = visitor.get(f"/{language}/search", query_string=asked)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return read(answer.get_data(as_text=True))


def count(tree: Node) -> int:
    return int(tree.one("[data-testid=rowcount]").text)


def words_of(href: str) -> str:
    return parse_qs(urlsplit(href).query)["q"][0]


def test_results_come_in_three_lanes_each_with_its_number(visitor: FlaskClient) -> None:
    tree = page(visitor, q="verdrag")
    lanes = tree.texts("section.lane h2")
    assert [lane.rpartition(" ")[0] for lane in lanes] == ["Dingen", "Passages", "Begrippen en termen"]
    counts = [int(lane.rpartition(" ")[2]) for lane in lanes]
    assert sum(counts) == count(tree)


def test_a_lane_leads_to_all_of_its_results(visitor: FlaskClient) -> None:
    tree = page(visitor, q="Japan", kind="passages")
    assert len(tree.all("ol.hits li")) == 25
    (following,) = tree.values("a[rel=next]", "href")
    assert visitor.get(following).status_code == 200


def test_things_can_be_narrowed_down_to_a_kind(visitor: FlaskClient) -> None:
    tree = page(visitor, "en", q="Japan", kind="mission")
    hrefs = tree.values("p.hit-name a", "href")
    assert len(hrefs) >= 14
    assert all(href.startswith("/en/mission/") for href in hrefs)


def test_a_passage_shows_our_rendering_with_the_words_marked_and_leads_to_its_place(visitor: FlaskClient) -> None:
    tree = page(visitor, q="halfgeleiders", kind="passages")
    (first, *_) = tree.all("ol.hits li")
    assert first.all("mark")
    (place, passage) = first.values("a", "href")
    assert "#" in place
    assert place.startswith("/nl/document/")
    assert passage == f"/nl/passage/{place.rpartition('#')[2]}"


@pytest.mark.parametrize(
    ("language", "asked"),
    [("en", "bilateral financial treaty Israel"), ("nl", "financieel verdrag Israël")],
)
def test_task_5_what_is_stated_to_be_absent_is_said_with_document_date_and_source(
    visitor: FlaskClient, language: str, asked: str
) -> None:
    tree = page(visitor, language, q=asked)
    said = tree.one("section.absent")
    assert {"en": "No bilateral financial treaties", "nl": "geen bilaterale financiële verdragen"}[
        language
    ] in said.text
    assert {"en": "3 November 2025", "nl": "3 november 2025"}[language] in said.text
    assert said.all("a[data-testid=source-mark]")
    assert tree.all("li[data-testid=source]")


def test_absences_about_something_else_are_not_shown(visitor: FlaskClient) -> None:
    assert not page(visitor, q="verdrag Rusland").all("section.absent")


def test_a_misspelt_word_brings_the_word_that_may_have_been_meant(visitor: FlaskClient) -> None:
    tree = page(visitor, q="halfgelijders")
    (better,) = tree.values("p.better a", "href")
    assert words_of(better) == "halfgeleiders"
    assert count(page(visitor, q=words_of(better))) > 0


def test_nothing_found_says_what_was_searched_and_what_finds_more(visitor: FlaskClient) -> None:
    tree = page(visitor, q="Rusland verdrag")
    none = tree.one("section.none")
    assert len(none.all("a[href^=/nl/document/]")) == 3
    assert "geen “nee”" in none.text
    broader = [words_of(href) for href in none.values("a[href^=/nl/search]", "href")]
    assert "verdrag" in broader


def test_english_words_find_english_texts_on_a_dutch_page_marked_as_english(visitor: FlaskClient) -> None:
    tree = page(visitor, q="horticulture", kind="passages")
    assert "Engelse resultaten" in tree.text
    assert set(tree.values("p.snippet", "lang")) == {"en"}


def test_an_empty_search_says_what_can_be_typed(visitor: FlaskClient) -> None:
    assert "Typ in het zoekveld" in page(visitor).text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("q=x&year=2025", "kind, page, q"),
        ("q=water&kind=planet", "passages"),
        ("q=water&page=2", "Give kind as well"),
        ("q=%22%22", "one or more words"),
        ("q=" + "a" * 400, "fewer words"),
    ],
)
def test_what_cannot_be_searched_is_refused_and_says_what_can(visitor: FlaskClient, query: str, says: str) -> None:
    answer = visitor.get(f"/en/search?{query}")
    assert answer.status_code == 400
    assert says in answer.get_data(as_text=True)


def test_what_is_typed_is_shown_as_text_and_never_as_html(visitor: FlaskClient) -> None:
    text = visitor.get("/en/search", query_string={"q": "<b>japan</b>"}).get_data(as_text=True)
    assert "<b>japan" not in text


def test_suggestions_complete_an_unfinished_word_with_things_by_kind(visitor: FlaskClient) -> None:
    groups = json.loads(visitor.get("/nl/search/suggest?q=indon").get_data())["groups"]
    found = {item["href"] for group in groups for item in group["items"]}
    assert {"/nl/territory/idn", "/nl/mission/2025-06-indonesia"} <= found
    assert {"missies", "landen en gebieden"} <= {group["name"] for group in groups}


def test_nothing_is_suggested_for_what_has_no_word(visitor: FlaskClient) -> None:
    assert json.loads(visitor.get("/nl/search/suggest?q=%22").get_data()) == {"groups": []}
