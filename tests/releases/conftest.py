"""Folders of small releases, made of a few lines of TriG, and the application around the newest of them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, Store
from werkzeug.test import TestResponse

from tradegraph.graph.assemble import canonical_nquads
from tradegraph.namespaces import PREFIXES
from tradegraph.publish.downloads import export
from tradegraph.release import ReleaseFolder
from tradegraph.release.build import statistics
from tradegraph.search import build_index
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, Release
from tradegraph.web.app import create_app
from tradegraph.web.endpoint import Endpoint

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
TERMS = """
g:ontology {
    <https://w3id.org/tradegraph/def> dct:modified "2026-11-21"^^xsd:date ; owl:versionInfo "0.1.0" .
    tg:Mission a owl:Class ; tg:frontDoor true ; rdfs:label "mission"@en , "missie"@nl .
    tg:year a owl:DatatypeProperty ; tg:frontDoor true ; rdfs:label "in year"@en , "in jaar"@nl .
}
"""
OLDER = """
g:registry {
    <https://w3id.org/tradegraph/id/mission/japan> a tg:Mission ; rdfs:label "Japan"@nl , "Japan"@en .
    <https://w3id.org/tradegraph/id/mission/chile> a tg:Mission ; rdfs:label "Chili"@nl , "Chile"@en .
    <https://w3id.org/tradegraph/id/person/jansen> a tg:Person ; rdfs:label "Jansen"@nl , "Jansen"@en .
}
g:letter { <https://w3id.org/tradegraph/id/mission/japan> tg:year 2024 . }
"""
NEWER = """
g:registry {
    <https://w3id.org/tradegraph/id/mission/japan> a tg:Mission ; rdfs:label "Japan"@nl , "Japan"@en .
    <https://w3id.org/tradegraph/id/mission/kenya> a tg:Mission ; rdfs:label "Kenia"@nl , "Kenya"@en .
    <https://w3id.org/tradegraph/id/person/jansen> a tg:Person ; rdfs:label "Jansen"@nl , "Jansen"@en .
}
g:letter { <https://w3id.org/tradegraph/id/mission/japan> tg:year 2025 . }
"""
"""After the older one: Chile is gone, Kenya is new, the year of the mission to Japan was corrected."""


class Calendar:
    """A clock that goes a day further at each look, from 1 March 2026."""

    def __init__(self) -> None:
        self._next = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        moment, self._next = self._next, self._next + timedelta(days=1)
        return moment


def put(folder: ReleaseFolder, trig: str) -> Release:
    """Write a release of the TriG (with prefixes and a few terms) to a folder, unchecked, and make it current."""
    store = Store()
    store.load((HEAD + TERMS + trig).encode(), format=RdfFormat.TRIG)
    return put_dataset(folder, canonical_nquads(store), store)


def put_dataset(folder: ReleaseFolder, nquads: bytes, store: Store) -> Release:
    digest = hashlib.sha256(nquads).hexdigest()
    graphs = Counter(quad.graph_name.value for quad in store if isinstance(quad.graph_name, NamedNode))
    counts = tuple(sorted(graphs.items()))
    release = Release(folder.place(digest[:16]), digest[:16], digest, "0", "0.1.0", len(store), counts)
    index = folder.root / "index.sqlite"
    folder.root.mkdir(parents=True, exist_ok=True)
    index.unlink(missing_ok=True)
    build_index(store, index)
    files = {
        "dataset.nq": nquads,
        "statistics.json": json.dumps(statistics(store)).encode(),
        "search.sqlite": index.read_bytes(),
    }
    folder.write(release, files)
    index.unlink()
    return release


def members(response: TestResponse) -> Any:
    """Return what a JSON response holds."""
    return json.loads(response.data)


def client_of(release: Release, **settings: str) -> Iterator[FlaskClient]:
    with EmbeddedStore(release.dataset, time_limit_s=60, memory_limit_mb=500, max_workers=2) as store:
        endpoint = Endpoint.open(Settings.load({}, dict(settings)), store, release)
        yield create_app(endpoint).test_client()
        endpoint.close()


@pytest.fixture
def folder(tmp_path: Path) -> ReleaseFolder:
    return ReleaseFolder(tmp_path / "build", Calendar())


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> ReleaseFolder:
    """Two releases, of 1 and 2 March 2026; the newer one has files, without Parquet or not as the machine has it."""
    folder = ReleaseFolder(tmp_path_factory.mktemp("two"), Calendar())
    put(folder, OLDER)
    newer = put(folder, NEWER)
    place = folder.downloads(newer.identifier)
    place.parent.mkdir()
    export(newer, place)
    return folder


@pytest.fixture(scope="session")
def older(two: ReleaseFolder) -> str:
    return two.history()[0].identifier


@pytest.fixture(scope="session")
def newer(two: ReleaseFolder) -> str:
    return two.history()[1].identifier


@pytest.fixture(scope="session")
def site(two: ReleaseFolder) -> Iterator[FlaskClient]:
    yield from client_of(two.current())


@pytest.fixture(scope="session")
def placed(two: ReleaseFolder) -> Iterator[FlaskClient]:
    """The same site, which knows where it is."""
    yield from client_of(two.current(), base_url="https://graph.example/")
