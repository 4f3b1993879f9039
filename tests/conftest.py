"""What tests share: the project itself, its facts and graph (made once), and a small project to break."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store

from small_project import SmallProject
from tradegraph.facts import Facts, read_facts
from tradegraph.files import Project
from tradegraph.graph import Dataset, assemble
from tradegraph.release import Built, ReleaseFolder, build
from tradegraph.release.build import statistics
from tradegraph.search.index import build_index
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, Release
from tradegraph.store.release import DATASET_FILE, RELEASE_FILE, SEARCH_FILE, STATISTICS_FILE

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def project() -> Project:
    return Project.at(ROOT)


@pytest.fixture(scope="session")
def facts(project: Project) -> Facts:
    return read_facts(project)


@pytest.fixture(scope="session")
def dataset(project: Project, facts: Facts) -> Dataset:
    return assemble(project, facts)


@pytest.fixture(scope="session")
def release_dataset(dataset: Dataset) -> Store:
    return dataset.store


@pytest.fixture(scope="session")
def built(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(project, ReleaseFolder(tmp_path_factory.mktemp("releases")))


@pytest.fixture(scope="session")
def unchecked(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The graph of the project as a release that is there soon: nothing is validated."""
    directory = tmp_path_factory.mktemp("unchecked")
    digest = hashlib.sha256(dataset.nquads).hexdigest()
    release = Release(directory, digest[:16], digest, "", "0.1.0", len(dataset.store), dataset.graphs)
    (directory / DATASET_FILE).write_bytes(dataset.nquads)
    (directory / STATISTICS_FILE).write_text(json.dumps(statistics(dataset.store)), encoding="utf-8")
    build_index(dataset.store, directory / SEARCH_FILE)
    (directory / RELEASE_FILE).write_bytes(release.description())
    return release


@pytest.fixture(scope="session")
def visitor(unchecked: Release) -> Iterator[FlaskClient]:
    """Someone who asks for the pages of the project's graph, without a network."""
    from tradegraph.web.app import create_app
    from tradegraph.web.endpoint import Endpoint

    with EmbeddedStore(unchecked.dataset, time_limit_s=60, memory_limit_mb=500, max_workers=2) as store:
        endpoint = Endpoint.open(Settings.load({}), store, unchecked)
        yield create_app(endpoint).test_client()
        endpoint.close()


@pytest.fixture(scope="session")
def documents() -> Path:
    folder = SHARED / "sources"
    if not folder.is_dir():
        pytest.skip("the documents are not at hand")
    return folder


@pytest.fixture
def small(tmp_path: Path, project: Project) -> SmallProject:
    root = tmp_path / "project"
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(project.root / name, root / name)
    (root / "data" / "facts").mkdir(parents=True)
    shutil.copy(project.metadata, root / "data")
    for table in json.loads(project.metadata.read_text(encoding="utf-8"))["tables"]:
        names = [column["name"] for column in table["tableSchema"]["columns"] if not column.get("virtual")]
        (root / "data" / table["url"]).write_text(",".join(names) + "\n", encoding="utf-8")
    return SmallProject(Project.at(root))
