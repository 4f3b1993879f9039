"""The index of connections of the project's graph."""

import pytest

from tradegraph.explore.connections import EdgeIndex
from tradegraph.graph.edges import EDGES_FILE
from tradegraph.store import Release


@pytest.fixture(scope="session")
def edges(unchecked: Release) -> EdgeIndex:
    return EdgeIndex.open(unchecked.directory / EDGES_FILE)
