"""The pages of questions, the API, citations and frozen answers in a real browser."""

import io
from typing import Final

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser.visit import Scheme, Visit, Visiting

QUESTION: Final = "/en/questions/agreements-of-a-mission"
FROZEN: Final = f"/en/q?query=ASK+%7B+%7D&release=0123456789abcdef&rows=1&on=2026-11-21&sha256={'0' * 64}"
PAGES: Final = ("/en/questions/", QUESTION, "/en/api", "/en/cite?of=/en/document/bz2626864", FROZEN)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1360), ("dark", 320)])
def test_a_page_is_accessible_and_fits_the_screen(visiting: Visiting, path: str, scheme: Scheme, width: int) -> None:
    page = visiting(scheme, width).open(path)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_typing_narrows_the_list_down(visit: Visit) -> None:
    page = visit.open("/en/questions/")
    everything = page.locator("[data-question]:visible").count()
    page.get_by_role("searchbox", name="Search the questions").fill("customs treaty")
    expect(page.locator("[data-question]:visible")).to_have_count(1)
    expect(page.locator("[data-theme-section]:visible")).to_have_count(1)
    page.get_by_role("searchbox", name="Search the questions").fill("")
    expect(page.locator("[data-question]:visible")).to_have_count(everything)
    page.get_by_role("searchbox", name="Search the questions").fill("no such words")
    expect(page.get_by_text("No question with these words.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_can_be_asked_of_another_thing_with_or_without_scripts(visiting: Visiting, scripts: bool) -> None:
    page = visiting(scripts=scripts).open(QUESTION)
    expect(page.get_by_test_id("rowcount")).to_have_text("2 rows")
    page.get_by_label("Mission", exact=True).select_option(label="economic mission to India, 2025")
    page.get_by_role("button", name="Show the answer").click()
    page.wait_for_url("**?mission=2025-india")
    expect(page.get_by_test_id("rowcount")).to_have_text("No rows")
    page.get_by_label("Mission", exact=True).select_option(label="economic mission to Indonesia, 2025")
    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_test_id("source-mark")).to_have_count(2)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_workbook_downloads_with_the_rows_that_the_page_counts(visiting: Visiting, scripts: bool) -> None:
    page = visiting(scripts=scripts).open(QUESTION)
    with page.expect_download() as download:
        page.get_by_test_id("export-xlsx").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert f"{book.worksheets[0].max_row - 1} rows" == page.get_by_test_id("rowcount").inner_text()
    assert len(book.sheetnames) == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_an_answer_is_frozen_with_one_click_and_can_be_opened_again(visiting: Visiting, scripts: bool) -> None:
    page = visiting(scripts=scripts).open(QUESTION)
    page.get_by_role("button", name="Freeze this answer").click()
    expect(page.get_by_test_id("same")).to_be_visible()
    assert "sha256=" in page.url
    page.reload()
    expect(page.get_by_test_id("same")).to_be_visible()


def test_the_cite_button_leads_to_the_reference(visit: Visit) -> None:
    page = visit.open(QUESTION + "?mission=2025-06-indonesia")
    page.get_by_test_id("cite").click()
    expect(page.get_by_test_id("cite-text")).to_contain_text("mission=2025-06-indonesia")
    with page.expect_download() as download:
        page.get_by_test_id("cite-page-bib").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("@misc{tradegraph-")


def test_switching_the_language_keeps_the_choice(visit: Visit) -> None:
    page = visit.open(QUESTION + "?mission=2025-india")
    page.get_by_test_id("lang-switch").get_by_role("link", name="Nederlands").click()
    page.wait_for_url("**/nl/questions/agreements-of-a-mission?mission=2025-india")
    expect(page.get_by_label("Missie", exact=True)).to_have_value("2025-india")
