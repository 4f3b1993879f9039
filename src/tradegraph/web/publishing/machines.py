"""What crawlers ask for: robots.txt and sitemaps.

Addresses in them are absolute: under the setting `base_url`, else under the base of our IRIs, which leads to the site.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from flask import Blueprint, Response, current_app, request

from tradegraph.explore.kinds import KINDS
from tradegraph.publish.sitemap import PageIndex, sitemap, sitemap_index
from tradegraph.web.explorer.list_kinds import LIST_KINDS
from tradegraph.web.frame import check_parameters
from tradegraph.web.problems import RequestError
from tradegraph.web.publishing.record import site_address
from tradegraph.web.site import Site

_XML: Final = "application/xml"
_PAGES: Final = "/<any(nl, en):language>/"
# Pages without end (queries, connections, filters) are not for crawlers; everything behind them has a page of its own.
_CLOSED: Final = ("/sparql", "/api/", "/embed/", "/healthz", "/*/sparql", "/*/connections?", "/*/graph?", "/*/search?")
_TOOLS: Final = frozenset({"cite", "q", "search", "search/suggest", "sparql"})
"""Pages that say nothing of their own before one asks something."""


@dataclass
class Pages:
    """The pages of a site, for sitemaps; the dataset is read when first asked for."""

    site: Site
    _index: PageIndex | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def index(self) -> PageIndex:
        """Return where the things are of which there are pages."""
        with self._lock:
            if self._index is None:
                kinds = {kind.key for kind in KINDS.values() if kind.layer == "thing"}
                self._index = PageIndex.read(self.site.endpoint.release.dataset, kinds)
            return self._index


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("publishing_machines", __name__)
    pages, root = Pages(site), site_address(site)

    # RFC 9309: the longest rule that fits counts.
    @routes.get("/robots.txt")
    def robots() -> Response:
        check_parameters(request.args, ())
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED), "Allow: /sparql?format=ttl"]
        text = "\n".join([*lines, "", f"Sitemap: {root}/sitemap.xml", ""])
        return site.send("en", lambda: text, "text/plain")

    @routes.get("/sitemap.xml")
    def index() -> Response:
        check_parameters(request.args, ())
        count = len(pages.index().places)
        names = ["pages", *(f"things-{number}" for number in range(1, count + 1))]
        return site.send("en", lambda: "".join(sitemap_index(f"{root}/sitemap-{name}.xml" for name in names)), _XML)

    @routes.get("/sitemap-pages.xml")
    def of_pages() -> Response:
        check_parameters(request.args, ())
        return site.send("en", lambda: "".join(sitemap(_page_paths(pages.index().kinds), root)), _XML)

    @routes.get("/sitemap-things-<int:number>.xml")
    def of_things(number: int) -> Response:
        check_parameters(request.args, ())
        found = pages.index()
        if not 1 <= number <= len(found.places):
            raise RequestError(404, f"There is no sitemap {number}.", f"There are {len(found.places)}: /sitemap.xml.")
        return site.send("en", lambda: "".join(sitemap(found.things(number), root)), _XML)

    return routes


def _page_paths(kinds: Iterable[str]) -> list[str]:
    """Return the paths of pages without their language: those that take nothing else, and the lists of kinds.

    `data`, `map`, `mission/`, empty for home.
    """
    rules = (
        rule.rule.removeprefix(_PAGES)
        for rule in current_app.url_map.iter_rules()
        if rule.rule.startswith(_PAGES) and rule.arguments == {"language"} and "GET" in (rule.methods or ())
    )
    lists = (f"{kind}/" for kind in kinds if kind in LIST_KINDS)
    return sorted({*lists, *(path for path in rules if "." not in path and path not in _TOOLS)})
