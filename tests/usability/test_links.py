"""Every link of every kind of page leads somewhere: to a page that is there, an anchor on it, or a known elsewhere.

From the front pages in two steps: all links of one page of each kind, and of what they lead to an even sample per kind.
"""

import hashlib
import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urldefrag, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tradegraph.namespaces import BASE

SITE = "http://localhost"
PER_KIND = 6
"""How many addresses of a kind are asked for."""

ELSEWHERE = {
    "data.europa.eu": "European vocabularies",
    "www.wikidata.org": "names of the same things elsewhere",
    "xmlns.com": "a vocabulary",
    "creativecommons.org": "licences",
    "w3id.org": "the names of this project",
    "www.w3.org": "standards",
    "schema.org": "a vocabulary",
    "purl.org": "vocabularies",
    "zoek.officielebekendmakingen.nl": "official publications",
}
"""The other hosts that a page may link to, and for what."""


class Page(HTMLParser):
    """The links and anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.anchors.add(given["id"])
        if tag in ("a", "link") and "href" in given:
            self.links.append(given["href"])
        if "src" in given:
            self.links.append(given["src"])
        if tag == "form" and given.get("method", "get") == "get" and "action" in given:
            self.links.append(given["action"])


@dataclass
class Crawl:
    """What was found: answers by address, and where each link stands."""

    visitor: FlaskClient
    pages: dict[str, Page] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)

    def asks(self, address: str) -> None:
        if address in self.statuses:
            return
        answer: TestResponse = self.visitor.get(
            address, headers={"Accept": "text/html, */*;q=0.5"}, follow_redirects=True, buffered=True
        )
        self.statuses[address] = answer.status_code
        if answer.mimetype == "text/html":
            self.pages[address] = Page(answer.text)

    def follows(self, address: str) -> list[str]:
        """The addresses on this site that a page links to, in the order of the page."""
        page = self.pages.get(address)
        here = []
        for link in page.links if page else ():
            if link.startswith(("mailto:", "data:")):
                continue
            target, fragment = urldefrag(urljoin(SITE + address, link))
            parts = urlsplit(target)
            if parts.netloc != "localhost":
                self.outside.setdefault(parts.netloc, f"{address}: {link}")
                continue
            path = target.removeprefix(SITE)
            if fragment:
                self.anchors.setdefault((path, unquote(fragment)), address)
            self.found_on.setdefault(path, address)
            here.append(path)
        return here


def kind_of(address: str) -> str:
    """What addresses of one kind have in common: the first two names of the path, and the names of the parameters."""
    parts = urlsplit(address)
    names = parts.path.split("/")
    shape = "/".join(names[:3]) + "/*" * max(0, len(names) - 3)
    ending = re.search(r"\.[a-z]+$", parts.path) if names[1] not in ("nl", "en") else None
    return f"{shape}{ending.group() if ending else ''}?{','.join(sorted(parse_qs(parts.query)))}"


def sample(addresses: set[str], known: dict[str, int]) -> list[str]:
    """Of each kind the same few, whatever the order in which they were found; a kind that was seen gets no more."""
    kinds: dict[str, list[str]] = defaultdict(list)
    seen: dict[str, int] = defaultdict(int)
    for address in known:
        seen[kind_of(address)] += 1
    for address in addresses - set(known):
        kinds[kind_of(address)].append(address)
    chosen = []
    for kind, members in sorted(kinds.items()):
        members.sort(key=lambda one: hashlib.sha256(one.encode()).digest())
        chosen += members[: max(0, PER_KIND - seen[kind])]
    return chosen


@pytest.fixture(scope="module")
def crawl(visitor: FlaskClient) -> Crawl:
    made = Crawl(visitor)
    made.asks("/nl/")
    made.asks("/en/")
    for _ in range(2):
        addresses: set[str] = set()
        for page in list(made.pages):
            addresses.update(made.follows(page))
        for address in sample(addresses, made.statuses):
            made.asks(address)
    return made


def test_the_crawl_reaches_every_kind_of_page(crawl: Crawl) -> None:
    kinds = {kind_of(address) for address in crawl.pages}
    assert {"/nl/mission/*?", "/en/document/*?", "/nl/connections?from,to", "/en/def/*?", "/nl/changes?"} <= kinds
    assert len(kinds) > 200
    assert 800 < len(crawl.statuses) < 3000


def test_every_link_answers(crawl: Crawl) -> None:
    wrong = {address: crawl.found_on.get(address) for address, status in crawl.statuses.items() if status >= 400}
    assert wrong == {}


def test_every_link_to_a_place_on_a_page_finds_it(crawl: Crawl) -> None:
    lost = {
        f"{path}#{anchor}": page
        for (path, anchor), page in crawl.anchors.items()
        if path in crawl.pages and anchor not in crawl.pages[path].anchors
    }
    assert lost == {}


def test_pages_link_to_no_other_place_than_is_listed(crawl: Crawl) -> None:
    assert {host: place for host, place in crawl.outside.items() if host not in ELSEWHERE} == {}


def test_every_feed_and_site_map_is_well_formed_and_its_addresses_answer(crawl: Crawl) -> None:
    listed = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    maps = [one.text or "" for one in ElementTree.fromstring(crawl.visitor.get("/sitemap.xml").data).iter(listed)]
    assert len(maps) >= 2
    for one in maps:
        tree = ElementTree.fromstring(crawl.visitor.get(one.removeprefix(BASE.rstrip("/"))).data)
        addresses = sorted((place.text or "" for place in tree.iter(listed)), key=lambda place: place[::-1])
        assert len(addresses) > 20
        for address in addresses[:: len(addresses) // 20]:
            crawl.asks(address.removeprefix(BASE.rstrip("/")))
            assert crawl.statuses[address.removeprefix(BASE.rstrip("/"))] == 200, address
    for feed in ("/feed.atom", "/nl/feed.atom"):
        assert len(ElementTree.fromstring(crawl.visitor.get(feed, follow_redirects=True).data)) > 3
