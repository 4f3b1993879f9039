"""One server for all suites, over every data file of theirs."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from w3c.endpoint import Server, all_data, started
from w3c.suites import AT_HAND, NOT_AT_HAND


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not AT_HAND:
        pytest.skip(NOT_AT_HAND)
    data = tmp_path_factory.mktemp("w3c") / "data.nq"
    with data.open("wb") as output:
        ox.serialize(all_data(), output, format=ox.RdfFormat.N_QUADS)
    with started(data) as server:
        yield server
