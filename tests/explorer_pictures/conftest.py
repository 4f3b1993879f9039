"""The application around a store that holds the project's graph, asked without a network."""

import hashlib
import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tradegraph.graph import Dataset
from tradegraph.release.build import statistics
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, Release
from tradegraph.store.release import DATASET_FILE, RELEASE_FILE, STATISTICS_FILE
from tradegraph.web.app import create_app
from tradegraph.web.endpoint import Endpoint


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
def site(served: Release) -> Iterator[FlaskClient]:
    with EmbeddedStore(served.dataset, time_limit_s=60, memory_limit_mb=500, max_workers=3) as store:
        endpoint = Endpoint.open(Settings.load({}), store, served)
        yield create_app(endpoint).test_client()
        endpoint.close()
