"""The Atom feed of releases (RFC 4287): an entry for each time that a release became the current one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from tradegraph.languages import Language

ATOM: Final = "application/atom+xml"
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """An entry: its permanent `identifier` (an IRI), `title`, `page`, moment (RFC 3339) and `paragraphs` of text."""

    identifier: str
    title: str
    page: str
    updated: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Feed:
    """A feed in one language; `address` is its own, `page` that of the page with the same content."""

    identifier: str
    title: str
    subtitle: str
    author: str
    rights: str
    language: Language
    address: str
    page: str
    entries: Sequence[Entry]
    others: Sequence[tuple[Language, str]] = ()

    def written(self) -> Iterator[str]:
        """Yield the feed; entries come in the order given, the newest first. A feed must have at least one."""
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f'<feed xmlns="{_NAMESPACE}" xml:lang="{self.language}">\n'
        yield _element("id", self.identifier)
        yield _element("title", self.title)
        yield _element("subtitle", self.subtitle)
        yield _element("updated", max(entry.updated for entry in self.entries))
        yield f"<author>{_element('name', self.author).rstrip()}</author>\n"
        yield _element("rights", self.rights)
        yield f'<link rel="self" type="{ATOM}" hreflang="{self.language}" href={quoteattr(self.address)}/>\n'
        yield f'<link rel="alternate" type="text/html" hreflang="{self.language}" href={quoteattr(self.page)}/>\n'
        for language, address in self.others:
            yield f'<link rel="alternate" type="{ATOM}" hreflang="{language}" href={quoteattr(address)}/>\n'
        for entry in self.entries:
            yield "<entry>\n"
            yield _element("id", entry.identifier)
            yield _element("title", entry.title)
            yield _element("updated", entry.updated)
            yield _element("published", entry.updated)
            yield f'<link rel="alternate" type="text/html" hreflang="{self.language}" href={quoteattr(entry.page)}/>\n'
            # Text as HTML that is written down as text (RFC 4287, section 3.1.1.2).
            body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in entry.paragraphs)
            yield f'<content type="html">{escape(body)}</content>\n'
            yield "</entry>\n"
        yield "</feed>\n"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>\n"
