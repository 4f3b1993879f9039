"""The application around a store that holds the project's graph, with and without a folder for frozen answers."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from browser.conftest import browser, visit, visiting
from tradegraph.graph import Dataset
from tradegraph.release.build import statistics
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, Release
from tradegraph.store.release import DATASET_FILE, RELEASE_FILE, STATISTICS_FILE
from tradegraph.web.app import create_app
from tradegraph.web.endpoint import Endpoint

__all__ = ["browser", "visit", "visiting"]

MakeApp = Callable[[dict[str, str | int | None]], Flask]


@pytest.fixture(scope="session")
def served(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The graph of the project as a release; nothing is validated, so that it is there soon."""
    directory = tmp_path_factory.mktemp("served")
    digest = hashlib.sha256(dataset.nquads).hexdigest()
    release = Release(directory, digest[:16], digest, "", "0.1.0", len(dataset.store), dataset.graphs)
    (directory / DATASET_FILE).write_bytes(dataset.nquads)
    (directory / RELEASE_FILE).write_bytes(release.description())
    (directory / STATISTICS_FILE).write_text(json.dumps(statistics(dataset.store)), encoding="utf-8")
    return release


@pytest.fixture(scope="session")
def store(served: Release) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(served.dataset, time_limit_s=60, memory_limit_mb=500, max_workers=3) as store:
        yield store


@pytest.fixture(scope="session")
def make_app(served: Release, store: EmbeddedStore) -> Iterator[MakeApp]:
    opened = []

    def make(overrides: dict[str, str | int | None]) -> Flask:
        opened.append(Endpoint.open(Settings.load({}, overrides), store, served))
        return create_app(opened[-1])

    yield make
    for endpoint in opened:
        endpoint.close()


@pytest.fixture(scope="session")
def app(make_app: MakeApp) -> Flask:
    """As most people run it: nothing is ever written."""
    return make_app({})


@pytest.fixture(scope="session")
def site(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "frozen"


@pytest.fixture
def keeping(make_app: MakeApp, folder: Path) -> FlaskClient:
    """A site whose operator keeps frozen answers."""
    return make_app({"frozen_folder": str(folder)}).test_client()


@pytest.fixture(scope="session")
def home(app: Flask) -> Iterator[str]:
    """The address of a server for the browser."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
