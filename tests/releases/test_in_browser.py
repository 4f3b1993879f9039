"""The pages of releases in a real browser: both languages, light and dark, wide and narrow, without scripts."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.conftest import browser as browser
from browser.conftest import visiting as visiting
from browser.visit import Scheme, Visiting
from tradegraph.release import ReleaseFolder

SERVE = """
import os, sys
from pathlib import Path
from tradegraph.settings import Settings
from tradegraph.web import serve
serve(Settings.load(os.environ), Path(sys.argv[1]))
"""


@pytest.fixture(scope="session")
def home(two: ReleaseFolder) -> Iterator[str]:
    """The address of a server of the two releases."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(two.current().directory)]
    server = subprocess.Popen(command, env=os.environ | {"TRADEGRAPH_PORT": str(port)}, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz") as response:
                if response.status == 200:
                    break
        except (URLError, OSError):
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=15)


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
        found = Axe().run(page).response["violations"]
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
