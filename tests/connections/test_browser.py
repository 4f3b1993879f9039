"""In a real browser: everyone can use the page, with a keyboard, without scripts, on a small screen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser.visit import Scheme, Visiting

ASKED = "?from=organisation/rvo&to=territory/idn"
FILTERED = ASKED + "&hubs=1&kinds=mission,territory&mentions=1&max=3"
APART = "?from=person/dick-schoof&to=organisation/invest-international"
CHOICE = "?from=missie&to=territory/idn"
PAGES = ("", ASKED, FILTERED, APART, CHOICE)


def findings(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} ({one['impact']}): {[node['html'][:120] for node in one['nodes']][:3]}" for one in found]


@pytest.mark.parametrize(("language", "scheme"), [("nl", "light"), ("en", "dark")])
@pytest.mark.parametrize("query", PAGES)
def test_axe_finds_nothing_and_one_heading_says_what_the_page_is(
    visiting: Visiting, language: str, scheme: Scheme, query: str
) -> None:
    page = visiting(scheme=scheme).open(f"/{language}/connections{query}")
    page.wait_for_load_state("networkidle")
    assert findings(page) == []
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("query", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(visiting: Visiting, query: str) -> None:
    page = visiting(width=320).open("/nl/connections" + query)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320


def test_two_things_are_chosen_with_the_keyboard_alone(visiting: Visiting) -> None:
    page = visiting().open("/nl/connections")
    for name, typed, option in (
        ("Van", "vno", "VNO-NCW"),
        ("Naar", "economische saoedi", "economische missie naar Saoedi-Arabië"),
    ):
        page.get_by_role("combobox", name=name, exact=True).focus()
        page.keyboard.type(typed)
        chosen = page.get_by_role("option").filter(has_text=option).first
        expect(chosen).to_be_visible()
        for _ in range(8):
            page.keyboard.press("ArrowDown")
            if chosen.get_attribute("aria-selected") == "true":
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("combobox", name=name, exact=True)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/nl/connections\?from=organisation/vno-ncw&to=mission/2025-saudi-arabia$"))
    expect(page.get_by_test_id("path")).to_have_count(1)
    expect(page.get_by_test_id("path-step")).to_have_count(3)


def test_a_source_opens_beside_its_step_and_beside_its_line(visiting: Visiting) -> None:
    page = visiting().open("/nl/connections" + ASKED)
    page.get_by_test_id("path").first.get_by_test_id("source-mark").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("brief over de economische missies")
    page.keyboard.press("Escape")
    page.get_by_test_id("graph-edge").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_language_switch_keeps_the_question(visiting: Visiting) -> None:
    page = visiting().open("/nl/connections" + FILTERED)
    page.get_by_test_id("lang-switch").get_by_role("link", name="English").click()
    page.wait_for_url(re.compile(r"/en/connections\?from=organisation%2Frvo.*hubs=1"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("What connects")


def test_without_scripts_words_are_looked_up_and_sources_are_on_the_page(visiting: Visiting) -> None:
    page = visiting(scripts=False).open("/nl/connections")
    page.get_by_label("Van", exact=True).fill("VNO-NCW")
    page.get_by_label("Naar", exact=True).fill("economische missie naar Saoedi-Arabië, 2025")
    page.get_by_role("button", name="Zoek verbanden").click()
    expect(page.get_by_test_id("path")).to_have_count(1)
    page.get_by_test_id("path").get_by_test_id("source-mark").first.click()
    expect(page.get_by_test_id("source").first).to_be_in_viewport()


def test_the_button_on_not_connected_searches_wider(visiting: Visiting) -> None:
    page = visiting().open("/en/connections" + APART)
    expect(page.get_by_test_id("not-connected")).to_be_visible()
    page.get_by_role("link", name="Also pass through hubs").click()
    page.wait_for_url(re.compile(r"hubs=1"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dick Schoof")
