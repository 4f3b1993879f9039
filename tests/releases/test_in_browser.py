"""The pages of releases in a real browser: both languages, light and dark, wide and narrow, without scripts."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.visit import Scheme, Visiting
from serving import running
from tradegraph.release import ReleaseFolder


@pytest.fixture(scope="session")
def home(two: ReleaseFolder) -> Iterator[str]:
    """The address of a server of the two releases."""
    with running(two.current().directory) as server:
        yield server.address


@pytest.fixture
def paths(older: str, newer: str) -> list[str]:
    return ["/data", f"/data/{newer}", f"/data/{older}", "/changes", f"/changes/{newer}", f"/changes/{older}"]


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("nl", "light", 1360), ("en", "dark", 1360), ("en", "light", 320), ("nl", "dark", 375)],
)
def test_pages_are_accessible_and_fit(
    language: str,
    scheme: Scheme,
    width: int,
    visiting: Visiting,
    paths: list[str],
) -> None:
    visit = visiting(scheme=scheme, width=width)
    for path in paths:
        page = visit.open(f"/{language}{path}")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_file_is_saved_under_the_name_of_its_release(visiting: Visiting, newer: str) -> None:
    page = visiting().open("/en/data")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download Excel workbook").click()
    assert saved.value.suggested_filename == f"tradegraph-{newer}.xlsx"


def test_without_scripts_all_of_it_works(visiting: Visiting, newer: str) -> None:
    page = visiting(scripts=False).open("/en/changes")
    page.get_by_role("link", name=f"See what changed {newer}").click()
    page.get_by_role("link", name="New (1)").click()
    page.locator("summary").click()
    assert page.get_by_role("link", name="Kenya").is_visible()
