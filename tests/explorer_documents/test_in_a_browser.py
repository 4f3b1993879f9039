"""The pages in a real browser: accessible, complete on a narrow screen, and filtered while one types."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

PAGES = (
    "/nl/document/",
    "/en/document/letter-economic-missions-2025",
    "/nl/document/un-comtrade",
    "/en/question/",
    "/nl/question/kst-36180-179-93",
    "/en/answer/kst-36180-179-22",
    "/nl/passage/kst-36180-179-a1-2",
    "/en/document-part/kst-36180-179_draft-q15",
    "/nl/document-version/bz2626864",
    "/en/quality",
    "/nl/quality/contradictions",
    "/en/quality/gaps",
    "/nl/quality/same_cell",
    "/en/coverage",
    "/nl/about",
)
# The other kinds of page are looked at as a whole in tests/usability.
WHOLE = (
    "/en/document/letter-economic-missions-2025",
    "/en/answer/kst-36180-179-22",
    "/en/quality/gaps",
    "/nl/quality/same_cell",
)


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [*((path, 1360, "light") for path in WHOLE), *((path, 320, "dark") for path in PAGES)],
)
def test_a_page_is_accessible_and_never_wider_than_the_screen(
    browser: Browser, home: str, path: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(home + path)
    # The other colours can only change the contrast.
    only = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert complaints == []
    context.close()


def test_passages_are_filtered_while_one_types(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.goto(home + "/en/document/bz2626864")
    everything = page.locator(".passage:visible").count()
    page.get_by_role("searchbox", name="Search in this document").fill("pavilion")
    expect(page.locator("[data-filter-status]")).to_contain_text("passages shown")
    some = page.locator(".passage:visible").count()
    assert 0 < some < everything
    page.get_by_label("Show", exact=True).select_option("silent")
    expect(page.locator(".passage:visible")).not_to_have_count(some)
    page.close()


def test_someone_who_comes_for_a_passage_sees_what_was_read_from_it(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.goto(home + "/en/document/bz2626864#bz2626864-s4-p4-1")
    expect(page.locator("#bz2626864-s4-p4-1 details")).to_have_attribute("open", "")
    page.close()
