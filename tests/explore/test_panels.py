"""The stored queries of pages: each is shown with an example, and the example has an answer."""

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from tradegraph.explore.stored import filled
from tradegraph.files import Project
from tradegraph.queries import StoredQuery

PANELS = sorted(Project.own().query_files("pages"))


def test_no_stored_query_has_gone_missing() -> None:
    assert len(PANELS) == 142


@pytest.mark.parametrize("path", PANELS, ids=lambda path: path.stem)
def test_a_stored_query_of_a_page_finds_something_for_its_own_example(path: Path, release_dataset: Store) -> None:
    rows = release_dataset.query(filled(StoredQuery.read(path), {}), use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    assert next(iter(rows), None) is not None
