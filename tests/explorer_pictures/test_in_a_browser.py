"""Pictures in a real browser: nothing sticks out, nobody is shut out, and a PNG is twice the size of its SVG."""

import struct
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = (
    "/nl/map",
    "/en/map?area=europe&layer=markets",
    "/nl/timeline?from=2025&to=2025",
    "/en/statistics/",
    "/nl/statistics/mission-costs",
    "/en/statistics/rank",
    "/nl/statistics/follow-up-contract-share",
    "/en/observation/expo-budget-revised",
    "/embed/nl/statistics/value-added-per-euro-export?theme=light",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is as narrow as they come; what it complains of fails the test."""
    page = browser.new_page(viewport={"width": 320, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    yield page
    page.close()
    assert complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_of_a_narrow_page_and_nobody_is_shut_out(page: Page, home: str, path: str) -> None:
    page.goto(home + path)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_a_png_is_twice_the_size_of_its_svg(page: Page, home: str) -> None:
    page.goto(home + "/en/statistics/mission-costs")
    page.wait_for_selector("html[data-ready]", state="attached")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as PNG").click()
    content = download.value.path().read_bytes()
    svg = page.request.get(home + "/en/statistics/mission-costs?format=svg").text()
    width = float(svg.partition('width="')[2].partition('"')[0])
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", content[16:20])[0] == 2 * width


def test_a_country_of_the_map_is_reached_by_keyboard_and_says_what_it_is(page: Page, home: str) -> None:
    page.set_viewport_size({"width": 1000, "height": 800})
    page.goto(home + "/en/map?year=2025")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Tab")
    for _ in range(3):
        if page.evaluate("() => !!document.activeElement.closest('.place')"):
            break
        page.keyboard.press("Tab")
    assert "mission" in page.locator(".picture-tip").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/territory/*")
