"""The pages of things in a browser: for everyone, on a narrow screen, by keyboard and without scripts."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from browser.test_access import findings
from browser.visit import Scheme, Visiting
from tradegraph.web.explorer.things import DESIGNS

# The things of their kind with the most on their pages; of the others, the first will do.
FULL = {
    "mission": "mission/2025-06-indonesia",
    "mission-set": "mission-set/economic-2025",
    "agreement": "agreement/aachen-export-control",
    "territory": "territory/jpn",
    "office": "office/minister-bho",
    "organisation": "organisation/rvo",
}
RECORDS = ("statement", "participation", "relation")
KINDS = (*DESIGNS, *RECORDS)


def chosen(things: Mapping[str, list[str]], kind: str) -> str:
    return FULL.get(kind) or things[kind][0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_of_any_kind(
    scheme: Scheme, things: Mapping[str, list[str]], visiting: Visiting
) -> None:
    visit = visiting(scheme=scheme)
    found = {}
    for kind in KINDS:
        path = chosen(things, kind)
        found[path] = findings(visit.open(f"/en/{path}"), scheme)
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_nothing_scrolls_sideways_at_320_pixels(
    scripts: bool, things: Mapping[str, list[str]], visiting: Visiting
) -> None:
    visit = visiting(width=320, scripts=scripts)
    widths = {}
    for kind in KINDS:
        path = chosen(things, kind)
        widths[path] = visit.open(f"/nl/{path}").evaluate("() => document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width != 320} == {}


def test_a_neighbour_is_reached_from_the_drawing_by_keyboard(visiting: Visiting) -> None:
    page = visiting().open("/en/territory/jpn")
    page.get_by_role("group", name="What this is connected to").first.focus()
    page.keyboard.press("Tab")
    name = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name.partition(": ")[2])


def test_a_source_mark_leads_to_its_source_without_scripts(visiting: Visiting) -> None:
    page = visiting(scripts=False).open("/nl/mission/2025-06-indonesia")
    page.locator("#facts ~ dl").get_by_test_id("source-mark").first.click()
    expect(page.locator("#source-1")).to_be_in_viewport()
    assert page.url.endswith("#source-1")
