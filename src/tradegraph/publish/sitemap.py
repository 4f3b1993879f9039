"""The pages of a release as sitemaps (sitemaps.org protocol 0.9): each thing in both languages, which name each other.

A sitemap holds 50,000 addresses at most, so a release of many things has several and an index of them. Only the place
in the dataset where each sitemap begins is kept; it is written from there, as a stream.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self
from xml.sax.saxutils import escape, quoteattr

from tradegraph.languages import LANGUAGES
from tradegraph.namespaces import ID

LARGEST: Final = 50_000
"""Addresses in one sitemap (protocol 0.9)."""
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_THING: Final = re.compile(rb"<" + re.escape(ID.encode()) + rb"(([a-z][a-z-]*)/[A-Za-z0-9._~-]+)> ")


@dataclass(frozen=True)
class PageIndex:
    """Where, in bytes, each sitemap of things begins in `dataset`; only things of `kinds` have pages that count."""

    dataset: Path
    kinds: frozenset[str]
    places: tuple[int, ...]
    per_sitemap: int

    @classmethod
    def read(cls, dataset: Path, kinds: Collection[str], largest: int = LARGEST) -> Self:
        """Read the dataset once, in the order of a release, with at most `largest` addresses to a sitemap."""
        per_sitemap = largest // len(LANGUAGES)
        wanted = frozenset(kinds)
        places = [place for number, (place, _) in enumerate(_things(dataset, wanted, 0)) if number % per_sitemap == 0]
        return cls(dataset, wanted, tuple(places), per_sitemap)

    def things(self, number: int) -> Iterator[str]:
        """Yield the things, as `kind/key`, of sitemap `number` (from 1)."""
        for count, (_, thing) in enumerate(_things(self.dataset, self.kinds, self.places[number - 1])):
            if count == self.per_sitemap:
                return
            yield thing


def _things(dataset: Path, kinds: frozenset[str], start: int) -> Iterator[tuple[int, str]]:
    before = b""
    with dataset.open("rb") as file:
        file.seek(start)
        place = start
        for line in file:
            found = _THING.match(line)
            if found is not None and found[1] != before:
                before = found[1]
                if found[2].decode() in kinds:
                    yield place, before.decode()
            place += len(line)


def sitemap(paths: Iterable[str], root: str) -> Iterator[str]:
    """Yield a sitemap of pages; a path is one without its language (`mission/2025-06-indonesia`, empty for home)."""
    yield f'{_HEAD}<urlset xmlns="{_NAMESPACE}" xmlns:xhtml="{_XHTML}">\n'
    for path in paths:
        addresses = [(language, f"{root}/{language}/{path}") for language in LANGUAGES]
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(address)}/>'
            for language, address in addresses
        )
        for _, address in addresses:
            yield f"<url><loc>{escape(address)}</loc>{others}</url>\n"
    yield "</urlset>\n"


def sitemap_index(addresses: Iterable[str]) -> Iterator[str]:
    """Yield an index of sitemaps."""
    yield f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n'
    yield from (f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    yield "</sitemapindex>\n"
