"""The stored questions as pages with a form."""

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from tradegraph.files import Project
from tradegraph.queries import StoredQuery
from tradegraph.web.api.themes import THEMES, theme_of

FILES = [StoredQuery.read(path) for path in Project.own().query_files("questions")]
PAGE = "/nl/questions/agreements-of-a-mission"


class Elements(HTMLParser):
    """Collects the start tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_list_has_every_question_once(visitor: FlaskClient, language: str) -> None:
    page = Elements(visitor.get(f"/{language}/questions/").text)
    led = [href for link in page.named("a") if (href := link["href"] or "").startswith(f"/{language}/questions/")]
    slugs = [href.rpartition("/")[2] for href in led if not href.endswith("/")]
    assert sorted(slugs) == sorted(query.name.partition("-")[2] for query in FILES)


def test_no_theme_is_empty_and_none_holds_half_of_the_questions() -> None:
    counts = {theme.key: sum(theme_of(query) == theme for query in FILES) for theme in THEMES}
    assert min(counts.values()) >= 5
    assert max(counts.values()) < len(FILES) / 2


@pytest.mark.parametrize("query", FILES, ids=lambda query: query.name)
def test_every_question_page_shows_its_answer_with_a_source(visitor: FlaskClient, query: StoredQuery) -> None:
    page = visitor.get(f"/en/questions/{query.name.partition('-')[2]}")
    assert page.status_code == 200
    elements = Elements(page.text)
    assert any(attrs.get("data-testid") == "source-mark" for attrs in elements.named("a"))
    marks = {attrs["href"] for attrs in elements.named("a") if attrs.get("data-testid") == "source-mark"}
    sources = {f"#{attrs['id']}" for attrs in elements.named("li") if attrs.get("data-testid") == "source"}
    assert marks == sources


def test_the_form_offers_the_things_of_the_kind_with_their_names(visitor: FlaskClient) -> None:
    page = Elements(visitor.get(PAGE).text)
    options = page.named("option")
    assert [option["value"] for option in options if "selected" in option] == ["2025-06-indonesia"]
    assert len(options) > 30


def test_another_choice_gives_another_answer(visitor: FlaskClient) -> None:
    page = visitor.get(f"{PAGE}?mission=2025-india").text
    assert re.search(r'<option value="2025-india" selected>', page)
    assert 'data-testid="rowcount">Geen rijen' in page
    assert "geen “nee”" in page


def test_the_rows_shown_are_those_counted(visitor: FlaskClient) -> None:
    page = visitor.get(PAGE).text
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert 'data-testid="rowcount">2 rijen' in page
    assert body.count("<tr>") == 2
    assert re.search(r'data-testid="complete">.*volledig', page)


def test_every_download_of_the_page_works(visitor: FlaskClient) -> None:
    page = Elements(visitor.get(PAGE + "?mission=2025-06-indonesia").text)
    links = {
        attrs["data-testid"]: attrs["href"]
        for attrs in page.named("a")
        if "export-" in (attrs.get("data-testid") or "")
    }
    assert {"export-csv", "export-xlsx", "export-records", "export-json"} <= set(links)
    for address in links.values():
        assert visitor.get(address or "").status_code == 200


def test_numbers_are_written_as_the_language_writes_them(visitor: FlaskClient) -> None:
    assert "650.000.000" in visitor.get(PAGE).text
    assert "650,000,000" in visitor.get(PAGE.replace("/nl/", "/en/")).text


def test_words_of_a_document_on_an_english_page_say_that_they_are_dutch(visitor: FlaskClient) -> None:
    page = visitor.get(PAGE.replace("/nl/", "/en/")).text
    assert '<span lang="nl">kan oplopen tot 650 miljoen euro</span>' in page
    assert "value of agreements" in page


def test_a_number_leads_to_the_page(visitor: FlaskClient) -> None:
    answer = visitor.get("/en/questions/Q018?mission=2025-india")
    assert (answer.status_code, answer.location) == (301, "/en/questions/agreements-of-a-mission?mission=2025-india")


def test_what_is_not_there_is_a_page_that_says_so(visitor: FlaskClient) -> None:
    answer = visitor.get(f"{PAGE}?mission=2025-06-indonesi", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "mission/2025-06-indonesia" in answer.text


def test_the_page_has_a_tag_and_who_has_it_gets_a_304(visitor: FlaskClient) -> None:
    tag = visitor.get(PAGE).headers["ETag"]
    assert visitor.get(PAGE, headers={"If-None-Match": tag}).status_code == 304


def test_a_column_leads_to_the_term_of_the_graph_that_fills_it(visitor: FlaskClient) -> None:
    page = Elements(visitor.get("/en/questions/customs-treaty").text)
    led = {link["href"] or "" for link in page.named("a") if "/def/" in (link.get("href") or "")}
    assert led
    for address in led:
        assert visitor.get(address).status_code == 200, address
