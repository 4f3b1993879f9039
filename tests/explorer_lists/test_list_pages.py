"""The list of each kind: rows with sources, facets that agree with them, views of the same rows, plain refusals."""

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from explorer_lists.tree import Node, read
from tradegraph.explore.kinds import KINDS
from tradegraph.explore.listing import TYPE
from tradegraph.files import Project
from tradegraph.namespaces import PREFIXES
from tradegraph.web.explorer.list_kinds import LIST_KINDS

WATER = "concept/sector-water"


def page(visitor: FlaskClient, address: str) -> Node:
    answer = visitor.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return read(answer.get_data(as_text=True))


def rowcount(tree: Node) -> int:
    return int(tree.one("[data-testid=rowcount]").text.replace(".", "").replace(",", ""))


def names(tree: Node) -> list[str]:
    return [heading.all("a")[0].text for heading in tree.all("ol.rows h2")]


def test_there_is_a_list_of_every_kind_that_people_look_for() -> None:
    elsewhere = {"document", "document-part", "document-version", "question", "answer", "passage", "observation"}
    things = {key for key, kind in KINDS.items() if kind.layer == "thing"}
    assert set(LIST_KINDS) == things - elsewhere - {"concept", "cabinet-phase"}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", LIST_KINDS)
def test_every_list_has_rows_with_names_that_lead_to_things(visitor: FlaskClient, kind: str, language: str) -> None:
    tree = page(visitor, f"/{language}/{kind}/")
    shown = [heading.all("a")[0].get("href") for heading in tree.all("ol.rows h2")]
    assert len(shown) == min(rowcount(tree), 25) > 0
    assert all(href.startswith(f"/{language}/{kind}/") for href in shown)


@pytest.mark.parametrize("kind", LIST_KINDS)
def test_the_query_of_a_list_asks_for_every_property_that_the_list_shows(project: Project, kind: str) -> None:
    asked = LIST_KINDS[kind]
    text = (project.root / "queries" / "pages" / f"{asked.panel}.rq").read_text(encoding="utf-8")
    prefixes = {iri: prefix for prefix, iri in PREFIXES.items()}
    for aspect in asked.aspects:
        for iri in aspect.properties:
            namespace = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
            name = f"{prefixes[namespace]}:{iri.removeprefix(namespace)}"
            # The year of a mission or event is derived; other lists read it from a date.
            assert iri == TYPE or name in text or name == "tg:year", name


def test_every_fact_that_was_read_has_a_mark_and_every_mark_a_source(visitor: FlaskClient) -> None:
    tree = page(visitor, "/nl/mission/?year=2025")
    marks = {href.lstrip("#") for href in tree.values("a[data-testid=source-mark]", "href")}
    assert marks
    assert marks == set(tree.values("li[data-testid=source]", "id"))
    destinations = [one for one in tree.all("ol.rows dl div") if one.texts("dt") == ["bestemming"]]
    assert len(destinations) == 25
    assert all(one.all("a[data-testid=source-mark]") for one in destinations)


def test_what_no_source_states_is_said_in_the_row(visitor: FlaskClient) -> None:
    tree = page(visitor, "/nl/mission/?leader=none&year=2025")
    leaders = [one for one in tree.all("ol.rows dl div") if one.texts("dt") == ["leiding"]]
    assert {one.one("dd").text for one in leaders} == {"niet vermeld"}


@pytest.mark.parametrize("address", ["/nl/mission/", "/en/agreement/", "/nl/organisation/", "/nl/mission/?year=2025"])
def test_each_value_of_a_facet_finds_as_many_rows_as_it_says(visitor: FlaskClient, address: str) -> None:
    tree = page(visitor, address)
    facets = [one for one in tree.all("section[data-testid=facet]") if not one.all("a[aria-current]")]
    choices = [choice for facet in facets for choice in facet.all("a")[:4]]
    assert len(choices) > 10
    for choice in choices[:16]:
        assert rowcount(page(visitor, choice.get("href"))) == int(choice.one("span.count").text)


def test_task_6_the_water_missions_of_2025_are_three_clicks_away(visitor: FlaskClient) -> None:
    tree = page(visitor, "/nl/mission/")
    (year,) = [href for href in tree.values("[data-testid=facet] a", "href") if href.endswith("year=2025")]
    tree = page(visitor, year)
    (water,) = [href for href in tree.values("[data-testid=facet] a", "href") if WATER in href]
    tree = page(visitor, water)
    assert names(tree) == ["economische missie naar Indonesië, 2025"]
    assert rowcount(tree) == 1


def test_a_filter_that_is_on_can_be_taken_away(visitor: FlaskClient) -> None:
    tree = page(visitor, f"/nl/mission/?sector={WATER}&year=2025")
    without = tree.values("ul.filters a", "href")
    assert f"/nl/mission/?sector={WATER}" in without
    assert "/nl/mission/?year=2025" in without


def test_addresses_are_written_in_one_order_whatever_the_order_they_came_in(visitor: FlaskClient) -> None:
    for query in ("year=2025&country=territory/jpn", "country=territory/jpn&year=2025"):
        tree = page(visitor, f"/en/mission/?{query}")
        assert "/en/mission/?country=territory/jpn&view=map&year=2025" in tree.values("nav.tabs a", "href")


def test_words_narrow_a_list_down_without_accents(visitor: FlaskClient) -> None:
    assert names(page(visitor, "/nl/mission/?q=indonesie")) == ["economische missie naar Indonesië, 2025"]


def test_the_newest_come_first_and_the_oldest_when_asked(visitor: FlaskClient) -> None:
    newest = names(page(visitor, "/en/mission/"))
    oldest = names(page(visitor, "/en/mission/?sort=oldest"))
    assert newest[0] == "economic mission to Egypt, 2026"
    assert oldest[0] == "economic mission to the United Kingdom in 2022"


def test_a_page_of_a_list_leads_to_the_next_one_with_its_filters(visitor: FlaskClient) -> None:
    tree = page(visitor, "/nl/mission/?status=concept/status-held")
    (following,) = tree.values("a[rel=next]", "href")
    assert following == "/nl/mission/?status=concept%2Fstatus-held&page=2"
    assert len(names(page(visitor, following))) == rowcount(tree) - 25


def test_a_country_without_missions_is_an_answer_with_what_was_checked_and_no_no(visitor: FlaskClient) -> None:
    tree = page(visitor, "/nl/mission/?country=territory/bra")
    assert rowcount(tree) == 0
    said = tree.one("section.none")
    assert "41 missies nagekeken" in said.text
    assert "geen “nee”" in said.text
    assert "/nl/mission/" in said.values("a", "href")


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("country=territory/nowhere", 404, "territory/bel"),
        ("country=japan", 400, "territory/"),
        ("year=soon", 400, "2025"),
        ("colour=red", 400, "country"),
        ("view=globe", 400, "timeline"),
        ("sort=size", 400, "newest"),
        ("format=pdf", 400, "xlsx"),
        ("format=csv&page=2", 400, "leave this out"),
        ("page=0", 400, "whole number"),
        ("page=99", 404, "It has 2"),
        ("q=a&q=b", 400, "once"),
        ("view=chart&by=size", 400, "sector"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_says_what_can(
    visitor: FlaskClient, query: str, status: int, says: str
) -> None:
    answer = visitor.get(f"/en/mission/?{query}")
    assert answer.status_code == status
    assert says in answer.get_data(as_text=True)


def test_a_value_with_the_letters_of_a_query_is_refused_as_no_thing(visitor: FlaskClient) -> None:
    answer = visitor.get("/en/mission/", query_string={"country": "territory/x> ?p ?o } #"})
    assert answer.status_code == 404


def test_the_map_shows_a_country_with_as_many_missions_as_its_link_finds(visitor: FlaskClient) -> None:
    tree = page(visitor, "/nl/mission/?view=map")
    japan = tree.one("svg a[aria-label^=Japan]")
    count = int(re.findall(r"\d+", japan.get("aria-label"))[0])
    assert rowcount(page(visitor, japan.get("href"))) == count
    assert count in [int(one) for one in tree.texts("ul.counted span.count")]


def test_the_timeline_says_how_many_have_no_date(visitor: FlaskClient) -> None:
    tree = page(visitor, "/en/mission/?view=timeline")
    assert len(tree.all("ol.dated li")) == 39
    assert "2 without a date are not on it." in tree.one("figcaption").text


def test_the_chart_has_the_same_numbers_as_its_table(visitor: FlaskClient) -> None:
    tree = page(visitor, "/en/mission/?view=chart&by=type")
    drawn = set(tree.values("svg.wide-only a", "aria-label"))
    cells = {": ".join(row.texts("td")) for row in tree.all("tbody tr")}
    assert drawn == cells
    assert "economic mission: 23" in cells


def test_every_kind_is_in_the_index_with_its_number(visitor: FlaskClient) -> None:
    tree = page(visitor, "/en/kinds")
    shown = dict(re.findall(r"(.+) ([\d,]+)$", "\n".join(tree.texts("p.kind-name")), re.M))
    assert shown["missions"] == "41"
    leads = {urlsplit(href).path for href in tree.values("ul.index a", "href")}
    assert {f"/en/{kind}/" for kind in LIST_KINDS} <= leads


def test_a_list_links_to_its_query(visitor: FlaskClient) -> None:
    tree = page(visitor, "/en/policy/")
    assert any("tg%3APolicy" in href for href in tree.values("section[aria-labelledby=use] a", "href"))
