"""Everyone can use the pages: no findings of axe, no sideways scrolling, names for everything."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser.visit import Scheme, Visit, Visiting

ANSWERED = "/sparql?question=Q018"
WRONG = "/sparql?query=SELECT+*+WHERE+%7B+%3Fs+tgx%3Aa+%3Fo+%7D"
PAGES = ("/", "/sparql", ANSWERED, WRONG, "/sparql?colour=red")


def findings(page: Page, scheme: Scheme = "light") -> list[str]:
    # What is looked at as a whole in light colours can differ in dark ones by its contrast only.
    only = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return [f"{one['id']} ({one['impact']}): {[node['html'][:120] for node in one['nodes']][:3]}" for one in found]


@pytest.mark.parametrize(("scheme", "language"), [("light", "nl"), ("dark", "en")])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visiting: Visiting, scheme: Scheme, language: str, path: str) -> None:
    visit = visiting(scheme=scheme)
    visit.page.goto(f"{visit.home}/{language}{path}")
    visit.page.wait_for_load_state("networkidle")
    assert findings(visit.page, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("panel", ["Spiekbrief", "Eerder gesteld"])
def test_axe_finds_nothing_while_completing_and_with_panels_open(
    visiting: Visiting, scheme: Scheme, panel: str
) -> None:
    visit = visiting(scheme=scheme)
    page = visit.open("/nl" + ANSWERED)
    page.locator(".cm-content").focus()
    visit.run()
    for name in (panel, "Als programma", "Grenzen van deze dienst"):
        page.get_by_text(name, exact=True).click()
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * WHERE { ?m a tg:Mission ; ", delay=20)
    page.locator(".cm-tooltip-autocomplete li").first.wait_for()
    page.wait_for_timeout(150)
    page.keyboard.press("ArrowDown")
    page.locator(".cm-completionInfo").wait_for()
    assert findings(page, scheme) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(visiting: Visiting, path: str, scripts: bool) -> None:
    visit = visiting(width=320, scripts=scripts)
    visit.page.goto(visit.home + "/nl" + path)
    visit.page.wait_for_load_state("networkidle")
    assert visit.page.evaluate("() => document.documentElement.scrollWidth") == 320


def test_an_error_with_a_long_word_does_not_scroll_sideways(visiting: Visiting) -> None:
    visit = visiting(width=320)
    visit.open("/nl/sparql")
    visit.write("SELECT * WHERE { ?m a tg:Mission }")
    visit.run()
    expect(visit.page.locator("#problem")).to_contain_text("https://w3id.org/tradegraph/def#")
    assert visit.page.evaluate("() => document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_its_language_one_heading_and_a_title_of_its_own(
    visiting: Visiting, language: str, path: str
) -> None:
    visit = visiting()
    visit.page.goto(f"{visit.home}/{language}{path}")
    expect(visit.page.locator("html")).to_have_attribute("lang", language)
    expect(visit.page.locator("h1")).to_have_count(1)
    assert re.search(r"\w+.* · tradegraph$|^tradegraph · ", visit.page.title())
    for link in visit.page.locator("link[rel=alternate]").all():
        answer = visit.page.request.get(visit.home + (link.get_attribute("href") or ""))
        assert answer.status in (200, 400)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_no_placeholder_or_name_of_a_program_is_left_in_a_page(visiting: Visiting, language: str, path: str) -> None:
    visit = visiting(scripts=False)
    visit.page.goto(f"{visit.home}/{language}{path}")
    shown = visit.page.locator("body").inner_text()
    assert re.findall(r"\{\w+\}|built-in|None|Undefined|object at", shown) == []


def test_the_skip_link_comes_first_and_leads_to_the_content(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_editor_is_a_text_field_with_a_name(visit: Visit) -> None:
    visit.open("/en/sparql")
    expect(visit.page.get_by_role("textbox", name="Query")).to_be_visible()


def test_an_answer_and_a_problem_are_announced(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    visit.write("ASK {}")
    visit.run()
    expect(page.locator("[data-tally][role=status]")).to_contain_text("complete")
    visit.write("ASK {")
    visit.run()
    expect(page.get_by_role("alert")).to_contain_text("The query cannot be read")


def test_the_page_prints_the_answer_and_not_its_buttons(visit: Visit) -> None:
    page = visit.open("/nl" + ANSWERED)
    page.emulate_media(media="print")
    expect(page.locator(".answer table")).to_be_visible()
    expect(page.locator("[data-run]")).to_be_hidden()
    expect(page.locator(".shelf")).to_be_hidden()
    expect(page.locator("footer code")).to_be_visible()


def test_with_forced_colours_nothing_is_lost(visiting: Visiting) -> None:
    visit = visiting()
    visit.page.emulate_media(forced_colors="active")
    page = visit.open("/nl" + ANSWERED)
    expect(page.get_by_test_id("complete")).to_have_css("border-top-style", "solid")
