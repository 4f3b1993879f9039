"""What tests share: the project itself, its facts and graph (made once), and a small project to break."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from pyoxigraph import Store

from small_project import SmallProject
from tradegraph.facts import Facts, read_facts
from tradegraph.files import Project
from tradegraph.graph import Dataset, assemble
from tradegraph.release import Built, ReleaseFolder, build

pytest_plugins = ["serving"]

# Machines are busy, and speed is measured elsewhere.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

LONGEST = (
    "release/test_release.py",
    "shapes/test_release_mutants.py",
    "usability/test_every_page.py",
    "shapes/test_mutants.py",
    "usability/test_tasks.py",
)
"""Files that take minutes. They come first, so that no process is left with one of them at the end."""

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONGEST))


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
