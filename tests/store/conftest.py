"""A store in worker processes over a release of 400 quads in two graphs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tradegraph.media_types import Kind, format_named
from tradegraph.store import Dataset, EmbeddedStore, Limits, Request

G1, G2 = "https://example.org/graph/1", "https://example.org/graph/2"
Ask = Callable[..., bytes]


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = [
        f'<https://example.org/{number}> <https://example.org/number> "{number}"'
        f"^^<http://www.w3.org/2001/XMLSchema#integer> <{G1 if number < 100 else G2}> .\n"
        for number in range(400)
    ]
    path = tmp_path_factory.mktemp("release") / "dataset.nq"
    path.write_text("".join(sorted(lines)), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def store(dataset: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(dataset, time_limit_s=20, memory_limit_mb=200, max_workers=2) as store:
        yield store


@pytest.fixture(scope="session")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """A store with one thing that has a label."""
    path = tmp_path_factory.mktemp("labelled") / "dataset.nq"
    label = '<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "a thing"@en'
    path.write_text(
        f'{label} <{G1}> .\n<https://example.org/a> <https://example.org/n> "1" <{G1}> .\n', encoding="utf-8"
    )
    with EmbeddedStore(path, time_limit_s=20, memory_limit_mb=200, max_workers=1) as store:
        yield store


def request_for(
    text: str,
    kind: Kind = "bindings",
    form: str = "csv",
    time_s: float = 20,
    dataset: Dataset | None = None,
    limits: Limits | None = None,
    **more: Any,
) -> Request:
    found = format_named(form)
    assert found is not None
    return Request(
        text,
        kind,
        found,
        dataset or Dataset(),
        limits or Limits(time_s),
        "https://example.org/",
        own_dataset="FROM" in text,
        **more,
    )


@pytest.fixture
def ask(store: EmbeddedStore) -> Ask:
    def ask(
        text: str, kind: Kind = "bindings", form: str = "csv", dataset: Dataset | None = None, **more: Any
    ) -> bytes:
        return b"".join(store.query(request_for(text, kind, form, dataset=dataset, **more)).chunks())

    return ask
