"""Indexes to search in: of the release, and of a few lines of Turtle."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from tradegraph.namespaces import PREFIXES
from tradegraph.search import Index, build_index

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + "@prefix : <https://e.org/> .\n"

IndexOf = Callable[[str], Index]


@pytest.fixture
def index_of(tmp_path: Path) -> Iterator[IndexOf]:
    """Return a function from Turtle, prefixes declared, to its index."""
    made: list[Index] = []

    def build(turtle: str) -> Index:
        store = Store()
        store.load((HEAD + turtle).encode(), format=RdfFormat.TURTLE)
        path = tmp_path / f"{len(made)}.sqlite"
        build_index(store, path)
        made.append(Index.open(path))
        return made[-1]

    yield build
    for index in made:
        index.close()


@pytest.fixture(scope="session")
def release_index(release_dataset: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path = tmp_path_factory.mktemp("search") / "search.sqlite"
    build_index(release_dataset, path)
    # The machine may be busy.
    with Index.open(path, time_limit_s=60) as index:
        yield index
