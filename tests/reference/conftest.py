"""The documentation as the project has it, and a page with its anchors and links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from tradegraph.files import Project
from tradegraph.publish.constraints import Shape, read_shapes
from tradegraph.publish.terms import Ontology, read_ontology


@dataclass
class Page(HTMLParser):
    """What a test asks of a page: its anchors, links, headings, and the text."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    text: str = ""
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (anchor := given.get("id")) is not None:
            self.ids.append(anchor)
        if tag == "a" and (href := given.get("href")) is not None:
            self.links.append(href)
        self.inside = tag
        if tag == "h1":
            self.headings.append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.inside == "h1":
            self.headings[-1] += data


def read_page(visitor: FlaskClient, path: str) -> Page:
    """Return a page; it must be there."""
    answer = visitor.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, (path, answer.text[:300])
    assert answer.mimetype == "text/html"
    page = Page()
    page.feed(answer.text)
    return page


@pytest.fixture(scope="session")
def ontology(project: Project) -> Ontology:
    return read_ontology(project)


@pytest.fixture(scope="session")
def shapes(project: Project) -> dict[str, Shape]:
    return read_shapes(project)
