"""Releases to export: the project's own, exported once, and small ones of a few lines of TriG."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from tradegraph.graph import Dataset
from tradegraph.graph.assemble import canonical_nquads
from tradegraph.namespaces import PREFIXES
from tradegraph.publish.downloads import export
from tradegraph.release.build import statistics
from tradegraph.search import build_index
from tradegraph.store import Release
from tradegraph.store.release import SEARCH_FILE

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
TERMS = """
g:ontology {
    <https://w3id.org/tradegraph/def> dct:modified "2026-11-21"^^xsd:date .
    tg:Mission a owl:Class ; tg:frontDoor true ; rdfs:label "mission"@en , "missie"@nl .
    tg:EconomicMission a owl:Class ; tg:frontDoor true ; rdfs:subClassOf tg:Mission .
    tg:destination a owl:ObjectProperty ; tg:frontDoor true ; rdfs:label "destination"@en , "bestemming"@nl .
    tg:year a owl:DatatypeProperty ; tg:frontDoor true ; rdfs:label "in year"@en , "in jaar"@nl .
}
"""

ReleaseOf = Callable[[str], Release]


def write_release(directory: Path, nquads: bytes, store: Store) -> Release:
    """Write what an export reads of a release, without validating it first."""
    directory.mkdir()
    (directory / "dataset.nq").write_bytes(nquads)
    (directory / "statistics.json").write_text(json.dumps(statistics(store)), encoding="utf-8")
    # An export takes the index as it is, so that of nothing will do.
    build_index(Store(), directory / SEARCH_FILE)
    digest = hashlib.sha256(nquads).hexdigest()
    release = Release(directory, digest[:16], digest, "0", "0.1.0", len(store), ())
    (directory / "release.json").write_bytes(release.description())
    return release


@pytest.fixture
def release_of(tmp_path: Path) -> ReleaseOf:
    """Return a function from TriG, prefixes and a few terms declared, to a release of it."""

    def build(trig: str) -> Release:
        store = Store()
        store.load((HEAD + TERMS + trig).encode(), format=RdfFormat.TRIG)
        return write_release(tmp_path / f"release-{len(list(tmp_path.iterdir()))}", canonical_nquads(store), store)

    return build


@pytest.fixture(scope="session")
def release(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Release:
    return write_release(tmp_path_factory.mktemp("release") / "own", dataset.nquads, dataset.store)


@pytest.fixture(scope="session")
def exported(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "downloads"
    export(release, folder)
    return folder
