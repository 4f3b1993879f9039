"""The project's graph as a site: asked without a network, over a real server, and with a real browser.

A page that complains in the browser, or asks anything of another server, fails its test. `TRADEGRAPH_CHROMIUM` names
the browser when it is not called `chromium`; `TRADEGRAPH_TEST_URL` names a running server to test in place of one that
is started here.
"""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, ConsoleMessage, Route, expect, sync_playwright

from browser.visit import Scheme, Visit, Visiting
from tradegraph.graph import Dataset
from tradegraph.graph.edges import EDGES_FILE
from tradegraph.release import ReleaseFolder
from tradegraph.release.build import statistics
from tradegraph.release.edges import edges_file
from tradegraph.search.index import build_index
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, Release
from tradegraph.store.release import DATASET_FILE, SEARCH_FILE, STATISTICS_FILE
from tradegraph.web.app import create_app
from tradegraph.web.endpoint import Endpoint

Opening = Callable[..., FlaskClient]

_PROGRAM = """
import os, sys
from pathlib import Path
from tradegraph.settings import Settings
from tradegraph.web import serve
serve(Settings.load(os.environ), Path(sys.argv[1]))
"""
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Long, for busy machines; nothing waits longer than it has to.
_PATIENCE_MS = 20_000
expect.set_options(timeout=_PATIENCE_MS)
# Collects what the policy of the page blocked, shadow roots included.
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


@pytest.fixture(scope="session")
def unchecked(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The graph of the project as a release that is there soon: nothing is validated."""
    folder = ReleaseFolder(tmp_path_factory.mktemp("unchecked"))
    digest = hashlib.sha256(dataset.nquads).hexdigest()
    place = folder.place(digest[:16])
    release = Release(place, digest[:16], digest, "", "0.1.0", len(dataset.store), dataset.graphs)
    index = folder.root / SEARCH_FILE
    build_index(dataset.store, index)
    files = {
        DATASET_FILE: dataset.nquads,
        STATISTICS_FILE: json.dumps(statistics(dataset.store)).encode(),
        EDGES_FILE: edges_file(dataset.store),
        SEARCH_FILE: index.read_bytes(),
    }
    folder.write(release, files)
    index.unlink()
    return release


@pytest.fixture(scope="session")
def opened(unchecked: Release) -> Iterator[EmbeddedStore]:
    """A store that holds the project's graph."""
    with EmbeddedStore(unchecked.dataset, time_limit_s=60, memory_limit_mb=500, max_workers=2) as store:
        yield store


@pytest.fixture(scope="session")
def opening(unchecked: Release, opened: EmbeddedStore) -> Iterator[Opening]:
    """Opens the site with settings of one's own."""
    endpoints: list[Endpoint] = []

    def open_site(**settings: str) -> FlaskClient:
        endpoints.append(Endpoint.open(Settings.load({}, settings), opened, unchecked))
        return create_app(endpoints[-1]).test_client()

    yield open_site
    for endpoint in endpoints:
        endpoint.close()


@pytest.fixture(scope="session")
def visitor(opening: Opening) -> FlaskClient:
    """Someone who asks for the pages of the project's graph, without a network."""
    return opening()


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    address: str
    pid: int


@contextmanager
def running(directory: Path) -> Iterator[Server]:
    """Run a server of a release, or of what a link leads to."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _PROGRAM, str(directory)]
    server = subprocess.Popen(command, env=os.environ | {"TRADEGRAPH_PORT": str(port)}, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 60
    while True:
        try:
            with urlopen(address + "/healthz") as response:
                if response.status == 200:
                    break
        except (URLError, OSError):
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.05)
    try:
        yield Server(address, server.pid)
    finally:
        server.terminate()
        # One that is being succeeded takes its time.
        server.wait(timeout=90)


@pytest.fixture(scope="session")
def home(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server with the graph of this checkout."""
    given = os.environ.get("TRADEGRAPH_TEST_URL")
    if given:
        yield given.rstrip("/")
        return
    release: Release = request.getfixturevalue("unchecked")
    with running(release.directory) as server:
        yield server.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("TRADEGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("These tests need Chromium: install it (apt install chromium) or name it in TRADEGRAPH_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def visiting(browser: Browser, home: str) -> Iterator[Visiting]:
    """Makes visits; at the end none of them may have had a complaint, a blocked part or a request to elsewhere."""
    visits: list[Visit] = []

    def visit(scheme: Scheme = "light", width: int = 1360, scripts: bool = True, locale: str = "nl-NL") -> Visit:
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale=locale
        )
        context.add_init_script(_WATCH)
        context.set_default_timeout(_PATIENCE_MS)
        page = context.new_page()
        made = Visit(page, context, home, scripts=scripts)

        def route(one: Route) -> None:
            if one.request.url.startswith((home + "/", "data:", "blob:")):
                one.continue_()
            else:
                made.outside.append(one.request.url)
                one.abort()

        def console(message: ConsoleMessage) -> None:
            # The browser reports every answer of 4xx and 5xx, also those that a test asks for.
            if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
                made.complaints.append(message.text)

        context.route("**/*", route)
        page.on("console", console)
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        visits.append(made)
        return made

    yield visit
    for made in visits:
        if made.scripts:
            made.complaints += made.page.evaluate("() => window.violations ?? []")
        made.context.close()
    assert [complaint for made in visits for complaint in made.complaints] == []
    assert [url for made in visits for url in made.outside] == []


@pytest.fixture
def visit(visiting: Visiting) -> Visit:
    return visiting()
