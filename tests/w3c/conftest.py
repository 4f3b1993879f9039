"""One server for all suites, over every data file of theirs, and one that is empty and can be written to."""

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


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not AT_HAND:
        pytest.skip(NOT_AT_HAND)
    place = tmp_path_factory.mktemp("w3c-writable")
    (place / "data.nq").touch()
    with started(place / "data.nq", data_folder=place / "folder", base_url="http://www.example") as server:
        yield server
