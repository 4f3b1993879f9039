"""The pages of the things of the project's graph, and what is in that graph."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from html import unescape

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store

from tradegraph.namespaces import ID, PREFIXES

Ask = Callable[[str], str]


@pytest.fixture(scope="session")
def things(release_dataset: Store) -> Mapping[str, list[str]]:
    """The things of the graph as kind/key, sorted, by kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in release_dataset.quads_for_pattern(None, NamedNode(PREFIXES["rdf"] + "type"), None, None):
        subject = quad.subject
        if isinstance(subject, NamedNode) and subject.value.startswith(ID) and "#" not in subject.value:
            path = subject.value.removeprefix(ID)
            found[path.partition("/")[0]].add(path)
    return {kind: sorted(paths) for kind, paths in found.items()}


@pytest.fixture
def page(visitor: FlaskClient) -> Ask:
    """Return the HTML between the tags of `main` of a page that is there."""

    def ask(path: str) -> str:
        answer = visitor.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "text/html"), path
        return answer.text.partition("<main")[2].partition("</main>")[0]

    return ask


def words_of(html: str) -> str:
    """Return what people read of a piece of HTML."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def part(html: str, key: str) -> str:
    """Return the part of a page under the heading with the identifier `key`; empty where there is none."""
    found = html.partition(f'aria-labelledby="{key}"')
    return found[2].partition("</section>")[0]


def source(html: str, number: str) -> str:
    """Return the numbered source at the foot of a page."""
    return html.partition(f'<li id="source-{number}"')[2].partition("\n</li>")[0]
