"""The application and a server around the project's graph, with the index of connections and that of words."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient

from browser.conftest import browser, visiting  # noqa: F401 - fixtures
from tradegraph.explore.connections import EdgeIndex
from tradegraph.graph import Dataset
from tradegraph.graph.edges import EDGES_FILE
from tradegraph.release.build import statistics
from tradegraph.release.edges import edges_file
from tradegraph.search.index import build_index
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, Release
from tradegraph.store.release import DATASET_FILE, RELEASE_FILE, SEARCH_FILE, STATISTICS_FILE
from tradegraph.web.app import create_app
from tradegraph.web.endpoint import Endpoint

_PROGRAM = """
import os, sys
from pathlib import Path
from tradegraph.settings import Settings
from tradegraph.web import serve
serve(Settings.load(os.environ), Path(sys.argv[1]))
"""


@pytest.fixture(scope="session")
def served(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The graph of the project as a release; nothing is validated, so that it is there soon."""
    directory = tmp_path_factory.mktemp("served")
    digest = hashlib.sha256(dataset.nquads).hexdigest()
    release = Release(directory, digest[:16], digest, "", "0.1.0", len(dataset.store), dataset.graphs)
    (directory / DATASET_FILE).write_bytes(dataset.nquads)
    (directory / RELEASE_FILE).write_bytes(release.description())
    (directory / STATISTICS_FILE).write_text(json.dumps(statistics(dataset.store)), encoding="utf-8")
    (directory / EDGES_FILE).write_bytes(edges_file(dataset.store))
    build_index(dataset.store, directory / SEARCH_FILE)
    return release


@pytest.fixture(scope="session")
def edges(served: Release) -> EdgeIndex:
    return EdgeIndex.open(served.directory / EDGES_FILE)


@pytest.fixture(scope="session")
def store(served: Release) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(served.dataset, time_limit_s=60, memory_limit_mb=500, max_workers=3) as store:
        yield store


@pytest.fixture(scope="session")
def site(served: Release, store: EmbeddedStore) -> Iterator[FlaskClient]:
    endpoint = Endpoint.open(Settings.load({}), store, served)
    yield create_app(endpoint).test_client()
    endpoint.close()


@pytest.fixture(scope="session")
def home(served: Release) -> Iterator[str]:
    """The address of a server with this graph."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _PROGRAM, str(Path(served.directory))]
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
            time.sleep(0.1)
    yield address
    server.terminate()
    server.wait(timeout=15)
