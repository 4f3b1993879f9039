"""What the documentation shows works, and what it generates is up to date."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Store

from tradegraph.files import Project
from tradegraph.publish.reference import pages
from tradegraph.store import Asker

ROOT = Path(__file__).resolve().parent.parent
GUIDE = re.findall(r"```sparql\n(.+?)```", (ROOT / "docs" / "guide.md").read_text(encoding="utf-8"), re.DOTALL)
PROSE = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data" / "README.md"])


def test_the_guide_shows_enough_queries() -> None:
    assert len(GUIDE) == 25


@pytest.mark.parametrize("text", GUIDE, ids=lambda text: re.sub(r"\W+", "-", text[-60:]))
def test_every_query_of_the_guide_finds_something(release_dataset: Store, text: str) -> None:
    assert next(Asker(release_dataset).rows(text), None) is not None


@pytest.mark.parametrize("path", ["data/README.md", "docs/ontology.md", "docs/concepts.md", "docs/questions.md"])
def test_generated_pages_are_up_to_date(project: Project, path: str) -> None:
    (page,) = [page for page in pages(project) if page.path == path]
    assert (project.root / path).read_text(encoding="utf-8") == page.text, "run ./tradegraph docs"


@pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_term_that_a_page_names_is_declared(release_dataset: Store, path: Path) -> None:
    declared = {str(quad.subject).rpartition("#")[2][:-1] for quad in release_dataset if "/def#" in str(quad.subject)}
    named = set(re.findall(r"\btg:(\w+)", path.read_text(encoding="utf-8")))
    assert named <= declared, sorted(named - declared)
