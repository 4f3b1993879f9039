"""Every link on these pages answers."""

import re
from urllib.parse import unquote, urldefrag

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store

from reference.conftest import Page, read_page
from tradegraph.namespaces import ID

START = (
    "/en/def",
    "/en/def/ledBy",
    "/en/def/Mission",
    "/nl/shapes",
    "/en/scheme/",
    "/nl/scheme/mission-type",
    "/en/concept/sector-horticulture",
    "/nl/rule/ledBy",
    "/en/data-structure/figures",
    "/nl/graph/bz2626864",
)
OWN = re.compile(r"(/(nl|en))?/(def|shapes|scheme|concept|rule|component|data-structure|graph/)|/static/")
"""What these pages are responsible for; pages of others, and of queries, have tests of their own."""
THING = re.compile(r"/(?:nl|en)/([a-z-]+/[A-Za-z0-9._-]+)")


@pytest.mark.parametrize("path", START)
def test_every_link_leads_to_a_page_or_a_thing_and_every_fragment_to_an_anchor(
    visitor: FlaskClient, release_dataset: Store, path: str, pages: dict[str, Page | None]
) -> None:
    links = sorted({link for link in read_page(visitor, path).links if not link.startswith("http")})
    assert len(links) > 20
    wrong = []
    for link in links:
        target, fragment = urldefrag(link)
        target = target or path
        if OWN.match(target):
            if target not in pages:
                pages[target] = fetched(visitor, target)
            page = pages[target]
            if page is None or (fragment and page.ids and unquote(fragment) not in page.ids):
                wrong.append(link)
        elif (thing := THING.fullmatch(target)) is not None:
            there = release_dataset.quads_for_pattern(NamedNode(ID + thing.group(1)), None, None, None)
            if next(iter(there), None) is None:
                wrong.append(link)
    assert wrong == []


@pytest.fixture(scope="module")
def pages() -> dict[str, Page | None]:
    """What has been fetched, by address; None for what did not answer."""
    return {}


def fetched(visitor: FlaskClient, address: str) -> Page | None:
    answer = visitor.get(address, headers={"Accept": "text/html, */*;q=0.1"}, follow_redirects=True, buffered=True)
    if answer.status_code != 200:
        return None
    page = Page()
    if answer.mimetype == "text/html":
        page.feed(answer.text)
    return page
