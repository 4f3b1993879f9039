"""Map, timeline, statistics and embeds: what they show, in which formats, and what they say to wrong addresses."""

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET

import openpyxl
import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

PAGES = (
    "map",
    "map?area=europe&year=2025",
    "map?layer=agreements",
    "map?layer=markets",
    "map?layer=figures",
    "timeline",
    "timeline?lanes=documents,agreements&from=1950&to=2030",
    "timeline?country=jpn",
    "statistics/",
    "statistics/mission-costs",
    "statistics/rank",
    "statistics/rank?view=map",
    "statistics/value-added-per-euro-export",
    "statistics/trade-value?country=gbr",
    "statistics/document-annexes",
    "statistics/gdp",
    "observation/expo-budget-revised",
    "observation/expo-sponsorship",
)


def page(visitor: FlaskClient, path: str) -> str:
    answer = visitor.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text[:2000]
    return html.unescape(answer.text)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_is_there_in_both_languages_with_one_heading(visitor: FlaskClient, language: str, path: str) -> None:
    text = page(visitor, f"/{language}/{path}")
    assert text.count("<h1") == 1
    assert f'<html lang="{language}"' in text
    assert "style=" not in re.sub(r"<textarea.*?</textarea>", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES)
def test_every_source_mark_leads_to_a_source_of_the_page(visitor: FlaskClient, path: str) -> None:
    text = page(visitor, f"/nl/{path}")
    assert set(re.findall(r'href="#(source-\d+)"', text)) <= set(re.findall(r'id="(source-\d+)"', text))


@pytest.mark.parametrize("path", PAGES)
def test_no_identifier_stands_twice_on_a_page(visitor: FlaskClient, path: str) -> None:
    found = re.findall(r'\sid="([^"]+)"', page(visitor, f"/en/{path}"))
    assert len(found) == len(set(found))


def test_the_list_says_what_the_map_shows(visitor: FlaskClient) -> None:
    text = page(visitor, "/en/map")
    drawn = set(re.findall(r'aria-label="([^":]+): \d+ missions?"', text))
    listed = set(re.findall(r'<a href="/en/territory/[^"]+">([^<]+)</a> <small>', text))
    assert "Indonesia" in drawn
    assert drawn <= listed


def test_a_year_narrows_the_map_down(visitor: FlaskClient) -> None:
    assert "Egypte" in page(visitor, "/nl/map?year=2026")
    assert "/mission/2025-06-indonesia" not in page(visitor, "/nl/map?year=2026")


def test_every_map_says_that_its_borders_are_not_authoritative(visitor: FlaskClient) -> None:
    assert "Grenzen: Natural Earth, niet gezaghebbend." in page(visitor, "/nl/map?layer=markets")
    assert "Boundaries: Natural Earth, not authoritative." in page(visitor, "/en/statistics/rank?view=map")


def test_the_timeline_lists_what_has_no_date(visitor: FlaskClient) -> None:
    assert "Zonder datum in de bronnen" in page(visitor, "/nl/timeline")


def test_a_refused_or_unmeasured_figure_shows_its_reason_and_no_zero(visitor: FlaskClient) -> None:
    text = page(visitor, "/nl/statistics/realised-export-value")
    assert "niet gemeten" in text
    assert "€ 0" not in text


def test_two_sources_that_differ_stand_side_by_side(visitor: FlaskClient) -> None:
    text = page(visitor, "/nl/statistics/follow-up-contract-share")
    assert 'data-testid="conflict"' in text
    assert "55%" in text
    assert "56%" in text


def test_an_expected_amount_is_drawn_as_such(visitor: FlaskClient) -> None:
    assert "verwacht, begroot of geraamd" in page(visitor, "/nl/statistics/expected-contract-value")


def test_a_figure_shows_its_words_beside_its_number(visitor: FlaskClient) -> None:
    text = page(visitor, "/nl/observation/expo-budget-revised")
    assert "€ 24 miljoen" in text
    assert "€ 24.000.000" in text
    assert "24 miljoen euro" in text


def test_a_replaced_figure_leads_to_the_one_that_replaced_it(visitor: FlaskClient) -> None:
    assert "/nl/observation/expo-budget-revised" in page(visitor, "/nl/observation/expo-budget-original")


def test_an_indicator_with_a_country_shows_missions_there_and_claims_no_cause(visitor: FlaskClient) -> None:
    text = page(visitor, "/en/statistics/trade-value?country=gbr")
    assert "/en/mission/" in text
    assert "says nothing about cause and effect" in text


def test_searching_the_statistics_finds_indicators_by_what_they_measure(visitor: FlaskClient) -> None:
    text = page(visitor, "/nl/statistics/?q=missie kosten")
    assert "/nl/statistics/mission-costs" in text
    assert "/nl/statistics/rank" not in text


def test_the_rows_of_an_indicator_are_the_same_in_every_format(visitor: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get("/nl/statistics/mission-costs?format=csv").text)))
    book = openpyxl.load_workbook(io.BytesIO(visitor.get("/nl/statistics/mission-costs?format=xlsx").data))
    graph = ox.parse(visitor.get("/nl/statistics/mission-costs?format=jsonld").data, format=ox.RdfFormat.JSON_LD)
    figures = {quad.subject for quad in graph if isinstance(quad.subject, ox.NamedNode)}
    assert len(rows) == book.worksheets[0].max_row - 1 == len(figures) == 14


def test_a_table_keeps_numbers_as_the_data_has_them(visitor: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get("/nl/statistics/expo-budget?format=csv").text)))
    assert {"24000000", "20000000"} <= {row["value"] for row in rows}


@pytest.mark.parametrize("path", ["map?layer=markets", "timeline"])
def test_map_and_timeline_have_the_same_rows_as_csv_and_json(visitor: FlaskClient, path: str) -> None:
    sign = "&" if "?" in path else "?"
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"/en/{path}{sign}format=csv").text)))
    listed = json.loads(visitor.get(f"/en/{path}{sign}format=json").data)["rows"]
    assert len(rows) == len(listed) > 50


@pytest.mark.parametrize("path", ["map", "timeline", "statistics/mission-costs"])
def test_an_svg_file_says_its_source_licence_and_release_and_loads_nothing(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(f"/en/{path}?format=svg")
    assert answer.mimetype == "image/svg+xml"
    root = ET.fromstring(answer.data)
    words = " ".join(one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Source: " in words
    assert "CC0 1.0" in words
    assert answer.headers["X-Release"] in words
    assert re.findall(r'(?:src|href)="(?!https://w3id\.org/tradegraph/)[^"]*"|url\((?!data:)', answer.text) == []


def test_the_style_of_a_file_is_allowed_by_its_digest_only(visitor: FlaskClient) -> None:
    policy = visitor.get("/en/map?format=svg").headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["map", "timeline?country=jpn", "statistics/mission-costs"])
def test_an_embed_may_be_framed_and_keeps_its_source(visitor: FlaskClient, path: str) -> None:
    sign = "&" if "?" in path else "?"
    answer = visitor.get(f"/embed/en/{path}{sign}chrome=minimal&theme=dark")
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Source: " in answer.text
    assert "More on tradegraph" in answer.text
    assert "<script" not in answer.text
    assert 'data-theme="dark"' in answer.text


def test_other_pages_may_not_be_framed(visitor: FlaskClient) -> None:
    assert "frame-ancestors 'none'" in visitor.get("/en/map").headers["Content-Security-Policy"]


def test_the_snippet_of_a_page_is_an_embed_that_is_there(visitor: FlaskClient) -> None:
    text = html.unescape(html.unescape(visitor.get("/nl/map?year=2025").text))
    (address, *_) = re.findall(r'<iframe src="https?://[^/]+(/embed/[^"]+)"', text)
    assert visitor.get(address).status_code == 200


def test_oembed_answers_for_a_map_within_the_room_there_is(visitor: FlaskClient) -> None:
    answer = visitor.get("/oembed", query_string={"url": "https://example.org/en/map?year=2025", "maxwidth": "480"})
    content = json.loads(answer.data)
    assert (content["version"], content["type"], content["width"]) == ("1.0", "rich", 480)
    assert "year=2025" in content["html"]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nl/map?layer=moon", 400, "missions, agreements, markets, figures"),
        ("/nl/map?foo=1", 400, "area, format, indicator, layer, list, sector, year"),
        ("/nl/map?year=1066", 400, "2025"),
        ("/nl/map?layer=markets&year=2025", 400, "list"),
        ("/nl/map?format=gif", 406, "svg, csv, json, xlsx"),
        ("/nl/timeline?lanes=dreams", 400, "missions, events, agreements, offices, documents"),
        ("/nl/timeline?from=2026&to=2025", 400, "Swap"),
        ("/nl/timeline?from=x", 400, "four digits"),
        ("/nl/statistics/no-such-thing", 404, "/statistics/"),
        ("/nl/statistics/indicator-rank", 404, "/statistics/rank"),
        ("/nl/statistics/rank?view=pie", 400, "chart, table, map"),
        ("/nl/statistics/rank?country=a b", 400, "idn"),
        ("/nl/statistics/rank?format=svg", 406, "csv, xlsx, jsonld"),
        ("/nl/statistics/?q=" + "a" * 101, 400, "100"),
        ("/nl/observation/no-such-figure", 404, "/statistics/"),
        ("/embed/nl/home", 404, "map, timeline, statistics"),
        ("/embed/nl/map?theme=pink", 400, "auto, dark, light"),
        ("/embed/nl/map?release=old", 404, "Leave release out"),
        ("/oembed?url=https://example.org/", 404, "map"),
        ("/oembed?url=https://example.org/en/map&format=xml", 501, "json"),
        ("/oembed?url=https://example.org/en/map&maxwidth=10", 400, "200"),
    ],
)
def test_a_wrong_address_says_what_there_is(visitor: FlaskClient, path: str, status: int, says: str) -> None:
    answer = visitor.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert says in json.dumps(answer.get_json(), ensure_ascii=False)


def test_a_page_that_the_browser_has_is_not_sent_again(visitor: FlaskClient) -> None:
    tag = visitor.get("/nl/timeline").headers["ETag"]
    assert visitor.get("/nl/timeline", headers={"If-None-Match": tag}).status_code == 304


def test_an_agreement_concluded_and_signed_on_one_day_is_drawn_once(visitor: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get("/nl/timeline?lanes=agreements&from=1950&format=csv").text)))
    drawn = [(row["thing"], row["start"]) for row in rows]
    assert len(drawn) == len(set(drawn)) > 10
