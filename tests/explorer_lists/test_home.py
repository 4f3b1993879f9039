"""The front page: ways in, what is in here, and what is not."""

import pytest
from flask.testing import FlaskClient

from explorer_lists.tree import Node, read
from tradegraph.explore.kinds import KINDS
from tradegraph.store import Release
from tradegraph.web.words import say


def page(visitor: FlaskClient, language: str) -> Node:
    answer = visitor.get(f"/{language}/")
    assert answer.status_code == 200
    return read(answer.get_data(as_text=True))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_home_promises_what_the_graph_keeps(visitor: FlaskClient, language: str) -> None:
    assert say("en" if language == "en" else "nl", "home_honest_1") in page(visitor, language).text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_way_in_leads_somewhere(visitor: FlaskClient, language: str) -> None:
    tree = page(visitor, language)
    leads = {*tree.values("main a", "href"), *tree.values("main form", "action")}
    inside = sorted(href for href in leads if href.startswith("/"))
    assert len(inside) > 40
    for href in inside:
        assert visitor.get(href.partition("#")[0]).status_code in (200, 301, 303, 308), href


def test_the_numbers_of_home_are_those_of_the_lists(visitor: FlaskClient) -> None:
    tree = page(visitor, "en")
    for tile in tree.all("ul.kind-tiles a"):
        listed = read(visitor.get(tile.get("href")).get_data(as_text=True))
        assert listed.one("[data-testid=rowcount]").text == tile.one("strong").text


@pytest.mark.parametrize("kind", ["question", "observation", "document", "passage"])
def test_what_has_no_list_like_the_others_is_counted_as_the_api_counts_it(visitor: FlaskClient, kind: str) -> None:
    total = visitor.get(f"/api/things/{kind}").get_json()["total"]
    counted = [link.text for link in page(visitor, "en").all("p.also a")]
    many = KINDS[kind].many.en
    assert f"{total:,} {many}" in counted


def test_what_connects_two_things_starts_with_two_that_are_connected(visitor: FlaskClient) -> None:
    tree = page(visitor, "nl")
    asked = {one.get("name"): one.get("value") for one in tree.all("form[action=/nl/connections] input")}
    answer = visitor.get("/nl/connections", query_string=asked, follow_redirects=True)
    assert answer.status_code == 200
    assert 'data-testid="path"' in answer.get_data(as_text=True)


def test_a_refusal_on_home_has_its_source(visitor: FlaskClient) -> None:
    tree = page(visitor, "en")
    refused = tree.one("ul.refused")
    assert len(refused.all("li")) == len(refused.all("a[data-testid=source-mark]")) == 2
    assert len(tree.all("li[data-testid=source]")) == 2


def test_home_names_the_release_and_its_size(visitor: FlaskClient, unchecked: Release) -> None:
    text = page(visitor, "en").text
    assert unchecked.identifier in text
    assert f"{unchecked.quads:,}" in text
