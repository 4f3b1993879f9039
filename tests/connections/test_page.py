"""The page, its files and the API: the address is the question, and the answer is the same in every form."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from tradegraph.explore.connections import EdgeIndex, Question, connect
from tradegraph.explore.connections.opened import Opened
from tradegraph.explore.reading import Reader
from tradegraph.graph.edges import EDGES_FILE
from tradegraph.namespaces import ID
from tradegraph.store import EmbeddedStore, Release
from tradegraph.web.explorer.connections import EXAMPLES

ASKED = "from=organisation/rvo&to=territory/idn"
APART = "from=person/dick-schoof&to=organisation/invest-international"


def page(visitor: FlaskClient, query: str, language: str = "nl") -> str:
    answer = visitor.get(f"/{language}/connections?{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


def problem(visitor: FlaskClient, query: str, status: int = 400, path: str = "/nl/connections") -> str:
    answer = visitor.get(f"{path}?{query}", headers={"Accept": "application/json"})
    assert answer.status_code == status, answer.text
    return f"{answer.json['detail']} {answer.json['remedy']}"  # type: ignore[index]  # a problem is an object


def steps_of(html: str) -> int:
    return html.count('data-testid="path-step"')


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_of_every_path_has_a_source_that_is_on_the_page(visitor: FlaskClient, language: str) -> None:
    html = page(visitor, ASKED, language)
    paths = re.findall(r'<li data-testid="path" .*?</li>', html, re.DOTALL)
    assert len(paths) == 12
    for path in paths:
        for step in path.split('data-testid="path-step"')[1:]:
            assert 'data-testid="source-mark"' in step
    for number in set(re.findall(r'href="#source-(\d+)"', html)):
        assert f'id="source-{number}"' in html


def test_the_table_has_a_row_for_each_step(visitor: FlaskClient) -> None:
    html = page(visitor, ASKED)
    table = html.partition('data-testid="steps"')[2].partition("</table>")[0]
    assert table.partition("<tbody>")[2].count("<tr") == steps_of(html) > 12


def test_the_drawing_has_at_most_forty_things_and_each_leads_to_its_page(visitor: FlaskClient) -> None:
    for query in (ASKED, "from=territory/nld&to=territory/idn&max=6&hubs=1&mentions=1"):
        html = page(visitor, query)
        nodes = re.findall(r'<a class="graph-node [^>]*href="([^"]*)"', html)
        assert 2 <= len(nodes) <= 40
        assert all(href.startswith("/nl/") for href in nodes)


def test_the_number_of_connections_is_that_of_the_library(visitor: FlaskClient, edges: EdgeIndex) -> None:
    answer = connect(edges, Question(f"{ID}organisation/rvo", f"{ID}territory/idn"))
    assert answer.total > 12
    assert f"12 van {answer.total} verbanden" in page(visitor, ASKED)
    assert f"12 of {answer.total} connections" in page(visitor, ASKED, "en")


def test_all_of_one_kind_of_route_are_a_click_away(visitor: FlaskClient) -> None:
    html = page(visitor, ASKED)
    href = re.findall(r'class="every"><a href="([^"]*)"', html)[0].replace("&amp;", "&")
    answer = visitor.get(href)
    assert answer.status_code == 200
    assert answer.text.count('class="shape"') == 1


def test_not_connected_says_what_was_searched_and_how_to_search_wider(visitor: FlaskClient) -> None:
    html = page(visitor, APART, "en")
    assert 'data-testid="not-connected"' in html
    assert "No connection of at most 4 steps" in html
    assert re.search(r"in \d+ documents up to \d+ \w+ \d{4}", html)
    for wider in ("max=5", "hubs=1", "mentions=1"):
        assert re.search(rf'class="button" href="/en/connections\?[^"]*{wider}', html), wider
    assert "Nearest to Dick Schoof" in html


def test_words_in_place_of_a_key_are_looked_up(visitor: FlaskClient) -> None:
    answer = visitor.get("/nl/connections?from=Indonesi%C3%AB&to=organisation/rvo")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/nl/connections?from=territory/idn&to=organisation/rvo")


def test_words_that_may_mean_several_things_give_a_choice(visitor: FlaskClient) -> None:
    html = page(visitor, "from=missie&to=territory/idn")
    assert "Wat bedoelt u met “missie”?" in html
    choices = re.findall(r'href="(/nl/connections\?from=[^"]*to=territory/idn)"', html)
    assert len(choices) >= 3
    assert visitor.get(choices[0].replace("&amp;", "&")).status_code == 200


def test_words_that_mean_nothing_are_said_to(visitor: FlaskClient) -> None:
    assert "Niets in deze gegevens heet zo" in page(visitor, "from=qqqqzzzz&to=territory/idn")


def test_what_a_form_sends_becomes_the_canonical_address(visitor: FlaskClient) -> None:
    sent = f"{ASKED}&max=4&via=&since=&until=&kinds=mission&kinds=event&relations=ledBy"
    answer = visitor.get(f"/nl/connections?{sent}")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(
        "?from=organisation/rvo&kinds=mission,event&relations=ledBy&to=territory/idn"
    )


def test_the_order_of_the_parameters_does_not_matter(visitor: FlaskClient) -> None:
    assert steps_of(page(visitor, "to=territory/idn&max=2&from=organisation/rvo")) == 2


def test_filters_change_the_answer(visitor: FlaskClient) -> None:
    def total(query: str) -> int:
        answer = visitor.get(f"/api/connections?{ASKED}&{query}")
        assert answer.status_code == 200
        return int(answer.json["total"])  # type: ignore[index]  # an object

    whole = total("")
    assert 0 < total("max=2") < whole
    assert 0 < total("kinds=mission") < whole
    assert 0 < total("without=mission/2025-06-indonesia") < whole
    assert 0 < total("via=grouping/promising-markets") < whole
    assert total("hubs=1") > whole
    assert total("mentions=1") > whole
    assert total("relations=ledBy") == 0


def test_the_start_page_has_examples_that_are_connected(visitor: FlaskClient, edges: EdgeIndex) -> None:
    html = page(visitor, "")
    for start, end in EXAMPLES:
        assert f"from={start}&amp;to={end}" in html
        assert connect(edges, Question(ID + start, ID + end)).total > 0, (start, end)


def test_an_office_that_no_document_names_says_so_and_leads_to_its_record(visitor: FlaskClient) -> None:
    html = page(visitor, "from=person/r-j-klever&to=office/minister-bho&max=1")
    assert "niet uit de documenten" in html
    assert 'href="/nl/holding/klever-bho"' in html


def test_an_intention_is_not_told_as_a_fact(visitor: FlaskClient) -> None:
    html = page(visitor, "from=mission/2026-spain&to=territory/esp&max=1")
    assert "(intentie)" in html or "(voornemen)" in html


def test_a_connection_that_is_only_a_mention_is_dotted(visitor: FlaskClient) -> None:
    html = page(visitor, "from=organisation/asml&to=territory/ukr&mentions=1&max=2")
    assert 'class="told mention"' in html
    assert 'class="line mention"' in html


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("colour=red", "This page knows: from, hubs, kinds"),
        (f"{ASKED}&max=9", "from 1 to 6"),
        (f"{ASKED}&max=x", "from 1 to 6"),
        (f"{ASKED}&since=soon", "from 1 to 9999"),
        (f"{ASKED}&kinds=zebra", "There are: mission"),
        (f"{ASKED}&relations=knows", "There are: about"),
        (f"{ASKED}&hubs=maybe", "Give 1"),
        (f"{ASKED}&shape=zebra", "kinds with points"),
        (f"{ASKED}&without=x", "kind/key"),
        (f"{ASKED}&without=territory/idn", "one of the two"),
        (f"{ASKED}&via=territory/idn", "third thing"),
        (f"{ASKED}&from=territory/jpn", "Give it once"),
        ("from=" + "x" * 400, "fewer words"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(visitor: FlaskClient, query: str, says: str) -> None:
    assert says in problem(visitor, query)


def test_what_is_not_there_is_not_found(visitor: FlaskClient) -> None:
    assert "There is no territory/zzz" in problem(visitor, "from=territory/zzz&to=territory/idn", 404)
    assert "there are" in problem(visitor, f"{ASKED}&page=99", 404)


def test_the_same_thing_twice_is_explained(visitor: FlaskClient) -> None:
    assert "Kies twee verschillende" in page(visitor, "from=territory/idn&to=territory/idn")


def test_csv_has_a_row_for_each_relation_of_each_step_of_every_path(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/nl/connections.csv?{ASKED}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    whole = visitor.get(f"/api/connections?{ASKED}&limit=500").json
    assert answer.headers["X-Result-Complete"] == "true"
    assert len({row["path"] for row in rows}) == whole["total"]  # type: ignore[index]  # an object
    assert all(row["passages"].startswith(ID) for row in rows)


def test_json_of_the_page_and_of_the_api_are_the_same(visitor: FlaskClient) -> None:
    file = json.loads(visitor.get(f"/en/connections.json?{ASKED}").text)
    assert file == visitor.get(f"/api/connections?{ASKED}&lang=en&limit=500").json


def test_json_ld_says_only_what_the_release_says(visitor: FlaskClient, release_dataset: ox.Store) -> None:
    body = visitor.get(f"/nl/connections.jsonld?{ASKED}").data
    quads = list(ox.parse(body, format=ox.RdfFormat.JSON_LD))
    assert len(quads) > 100
    for quad in quads:
        assert any(release_dataset.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)), quad


def test_the_drawing_as_a_file_stands_alone_with_its_source(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/nl/connections.svg?{ASKED}")
    assert answer.mimetype == "image/svg+xml"
    svg = ElementTree.fromstring(answer.text)
    assert svg.find("{http://www.w3.org/2000/svg}title") is not None
    assert "href" not in answer.text
    assert re.search(r"Bron: \d+ documenten tot en met", answer.text)
    assert problem(visitor, APART, 404, "/nl/connections.svg").startswith("Nothing connects")


def test_the_api_says_that_two_things_are_not_connected(visitor: FlaskClient) -> None:
    found = visitor.get(f"/api/connections?{APART}").get_json()
    assert (found["connected"], found["complete"], found["complete_to"]) == (False, True, 4)
    assert found["nearest"]["from"]


@pytest.mark.parametrize("query", ["lang=fr", "limit=0", "limit=501", "limit=1&limit=2", "from=Japan"])
def test_the_api_refuses_what_it_does_not_know(visitor: FlaskClient, query: str) -> None:
    asked = query if query.startswith("from") else f"{ASKED}&{query}"
    problem(visitor, asked, 400, "/api/connections")


def test_suggestions_are_things_that_have_relations(visitor: FlaskClient, edges: EdgeIndex) -> None:
    found = visitor.get("/api/connections/ends?q=indon&lang=nl").json["ends"]  # type: ignore[index]  # an object
    assert "territory/idn" in [one["key"] for one in found]
    assert all(edges.node(one["iri"]) is not None for one in found)


def test_the_query_behind_the_page_finds_the_same_stops(visitor: FlaskClient, edges: EdgeIndex) -> None:
    html = page(visitor, "from=organisation/rvo&to=territory/idn&max=2&hubs=1")
    assert "/nl/sparql?labels=nl&amp;query=" in html
    found = connect(
        edges, Question(f"{ID}organisation/rvo", f"{ID}territory/idn", 2, hubs=True), size=500, in_group=500
    )
    stops = {path.things[1] for path in found.paths if len(path.steps) == 2}
    query = next(one for one in re.findall(r'href="(/nl/sparql\?[^"]*)"', html) if "relation_with_start" in one)
    rows = visitor.get(
        query.replace("/nl/sparql", "/sparql").replace("&amp;", "&").replace("labels=nl&", ""),
        headers={"Accept": "text/csv"},
    )
    assert rows.status_code == 200
    assert {row["between"] for row in csv.DictReader(io.StringIO(rows.text))} == stops


def test_a_release_without_the_file_has_the_same_index(
    unchecked: Release, opened: EmbeddedStore, tmp_path: Path
) -> None:
    without = replace(unchecked, directory=tmp_path)
    made = Opened(without).index(lambda: Reader(opened, unchecked, 60))
    assert made.content == (unchecked.directory / EDGES_FILE).read_bytes()
