"""Lists, search and home in a real browser: no violation, no sideways scrolling, suggestions by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser.visit import Scheme, Visiting

PAGES = (
    "/nl/",
    "/en/kinds",
    "/nl/mission/",
    "/en/mission/?view=map",
    "/nl/agreement/?view=timeline",
    "/en/organisation/?view=chart",
    "/nl/mission/?country=territory/bra",
    "/nl/search?q=verdrag",
    "/en/search?q=semicunductors",
)
# The other kinds of page are looked at as a whole in tests/usability.
WHOLE = ("/nl/mission/", "/en/mission/?view=map", "/en/organisation/?view=chart")


@pytest.mark.parametrize(
    ("path", "scheme", "width"),
    [*((path, "light", 1360) for path in WHOLE), *((path, "dark", 320) for path in PAGES)],
)
def test_a_page_has_no_violation_and_no_sideways_scrolling(
    visiting: Visiting,
    path: str,
    scheme: Scheme,
    width: int,
) -> None:
    page = visiting(scheme=scheme, width=width).open(path)
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    # The other colours can only change the contrast.
    only = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    assert [one["id"] for one in found] == []


def test_a_suggestion_is_chosen_with_the_keyboard(visiting: Visiting) -> None:
    page = visiting().open("/nl/")
    field = page.get_by_role("combobox", name="Zoek een land")
    field.press_sequentially("indon")
    option = page.get_by_role("option", name="Indonesië", exact=False).first
    expect(option).to_be_visible()
    for _ in range(page.get_by_role("option").count()):
        field.press("ArrowDown")
        chosen = page.locator("[role=option][aria-selected=true]")
        expect(chosen).to_have_count(1)
        if chosen.get_attribute("data-href") == "/nl/territory/idn":
            break
    field.press("Enter")
    page.wait_for_url("**/nl/territory/idn")


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(visiting: Visiting) -> None:
    page = visiting().open("/en/")
    field = page.get_by_role("combobox", name="Search a country")
    field.press_sequentially("japan")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("japan")


def test_without_scripts_a_list_narrows_down_and_a_search_finds(visiting: Visiting) -> None:
    page = visiting(scripts=False).open("/en/mission/")
    page.get_by_role("link", name="Japan 14").click()
    expect(page.get_by_test_id("rowcount")).to_have_text("14")
    page.locator("#find").fill("hydrogen")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("ol.hits li").first).to_be_visible()
