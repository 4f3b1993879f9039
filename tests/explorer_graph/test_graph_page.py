"""The graph around a thing: its state is its address, every line has its source, and nothing is hidden silently."""

import json
import re
import xml.etree.ElementTree as ET
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

MISSION = "mission/2025-06-indonesia"


def page(visitor: FlaskClient, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def keys(text: str) -> list[str]:
    found: list[str] = re.findall(r'data-key="([^"]+)"', text)
    return found


def shown_by(text: str, word: str) -> list[str]:
    (link,) = re.findall(rf'data-do="{word}" href="([^"]+)"', text)
    query: str = urlsplit(link.replace("&amp;", "&")).query
    return parse_qs(query)["show"][0].split(",")


def test_a_thing_stands_in_the_middle_with_its_best_neighbours(visitor: FlaskClient) -> None:
    text = page(visitor, f"/nl/graph?focus={MISSION}")
    assert keys(text)[0] == MISSION
    assert len(keys(text)) == 13
    assert "12 van 21 directe buren getekend" in text


def test_an_expansion_adds_the_rest_of_the_neighbours_and_says_how_many(visitor: FlaskClient) -> None:
    text = page(visitor, f"/nl/graph?focus={MISSION}")
    assert "Toon 9 buren erbij" in text
    whole = page(visitor, f"/nl/graph?focus={MISSION}&show={','.join(shown_by(text, 'expand'))}")
    assert "21 van 21 directe buren getekend" in whole
    assert "Alle buren staan in de tekening." in whole


def test_every_line_of_the_drawing_leads_to_a_source_on_the_page(visitor: FlaskClient) -> None:
    text = page(visitor, f"/en/graph?focus={MISSION}")
    lines = re.findall(r'class="graph-edge" href="#(source-\d+)"', text)
    assert len(lines) >= 12
    assert all(f'id="{source}"' in text for source in lines)


def test_what_is_chosen_can_be_put_in_the_middle_or_hidden(visitor: FlaskClient) -> None:
    text = page(visitor, f"/nl/graph?focus={MISSION}&show=territory/idn,organisation/rvo&chosen=territory/idn")
    assert "organisation/rvo" in shown_by(text, "hide")
    assert "territory/idn" not in shown_by(text, "hide")
    assert "/nl/graph?focus=territory/idn&amp;show=mission/2025-06-indonesia,organisation/rvo" in text


def test_the_data_of_the_drawing_has_the_same_nodes(visitor: FlaskClient) -> None:
    address = f"focus={MISSION}&show=territory/idn"
    answer = visitor.get(f"/nl/graph.json?{address}")
    data = json.loads(answer.data)
    assert [node["key"] for node in data["nodes"]] == keys(page(visitor, f"/nl/graph?{address}"))
    assert {edge["property"] for edge in data["edges"]} == {"destination"}
    assert all(edge["passages"] for edge in data["edges"])


def test_the_drawing_is_a_file_that_stands_on_its_own(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/nl/graph.svg?focus={MISSION}&show=territory/idn")
    assert answer.mimetype == "image/svg+xml"
    text = answer.get_data(as_text=True)
    assert "href" not in text
    assert len(ET.fromstring(text).findall(".//{http://www.w3.org/2000/svg}title")) == 4


def test_the_start_offers_things_and_finds_others(visitor: FlaskClient) -> None:
    assert f"/nl/graph?focus={MISSION}" in page(visitor, "/nl/graph")
    assert "/en/graph?focus=territory/ken" in page(visitor, "/en/graph?q=Kenya")
    assert "Niets gevonden voor “xyzzyq”" in page(visitor, "/nl/graph?q=xyzzyq")


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("focus=mission/atlantis", 404, "There is no “mission/atlantis” in this release."),
        ("focus=nonsense", 400, "“nonsense” is no thing."),
        (f"focus={MISSION}&chosen=territory/jpn", 400, "is chosen and not shown"),
        (f"focus={MISSION}&depth=3", 400, "There is no parameter “depth”."),
        (f"focus={MISSION}&show=" + ",".join(f"territory/t{n}" for n in range(200)), 400, "More than 150 things"),
    ],
)
def test_an_address_that_means_nothing_is_told_why(visitor: FlaskClient, query: str, status: int, message: str) -> None:
    answer = visitor.get(f"/nl/graph?{query}")
    assert answer.status_code == status
    assert message in json.loads(answer.data)["detail"]
