"""What every page shares: the release and how to ask it, the stored queries, and how a page is sent.

A page is made of *panels*: stored queries under `queries/pages/`, run with values filled in, whose text the reader can
open in the editor. Facts get their source marks from `notes`, names of things from `names`.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self, cast

import pyoxigraph as ox
from flask import Response, render_template, request

from tradegraph import __version__
from tradegraph.explore.names import Name, Names
from tradegraph.explore.passages import Passages
from tradegraph.explore.reading import Reader, Solution
from tradegraph.explore.stored import Value, filled
from tradegraph.files import Project
from tradegraph.languages import LANGUAGES, Language
from tradegraph.media_types import HTML
from tradegraph.queries import StoredQuery
from tradegraph.web.addresses import page_address, query_address
from tradegraph.web.cache import matches
from tradegraph.web.endpoint import Endpoint
from tradegraph.web.examples import Example, examples
from tradegraph.web.incoming import Incoming
from tradegraph.web.notes import Link, Notes, Quoter, no_quotes
from tradegraph.web.sparql import ABANDONED
from tradegraph.web.vocabulary import Vocabulary

PANELS: Final = "pages"
MOST_ROWS_KEPT: Final = 5_000
"""Rows of an answer that is kept in memory: about 3 MB."""


@dataclass(frozen=True)
class Panel:
    """The answer to a stored query of the pages: its solutions, and the text that was run."""

    name: str
    rows: tuple[Solution, ...]
    text: str

    def address(self, language: Language) -> str:
        """Return the address where a reader sees and changes the query."""
        return query_address(self.text, language)


@dataclass(frozen=True)
class Form:
    """A format in which the content of a page can be had: its address, media type and what people call it."""

    label: str
    href: str
    media_type: str


@dataclass(frozen=True)
class Site:
    """The site for one release. `quoter` finds the literal words of passages where the documents are at hand."""

    endpoint: Endpoint
    project: Project
    vocabulary: Vocabulary
    questions: Mapping[str, Example]
    panels: Mapping[str, StoredQuery]
    quoter: Quoter = no_quotes
    names: Names = field(default_factory=Names)
    passages: Passages = field(default_factory=Passages)
    _kept: dict[str, tuple[int, Panel]] = field(default_factory=dict)

    @classmethod
    def open(cls, endpoint: Endpoint, project: Project) -> Self:
        """Read vocabulary and stored queries of `project`; OntologyError or NotSound for what cannot be read."""
        questions = examples(StoredQuery.read(path) for path in project.query_files("questions"))
        panels = {query.name: query for query in map(StoredQuery.read, project.query_files(PANELS))}
        site = cls(endpoint, project, Vocabulary.read(project, endpoint.release), questions, panels)
        endpoint.revision.on_renaming(site.names.forget)
        endpoint.revision.on_write(site.passages.forget)
        return site

    def reader(self) -> Reader:
        """Return a reader for whoever sent the request."""
        settings = self.endpoint.settings
        client = Incoming.from_flask(request).client(settings.trusted_proxies)
        reader = Reader(self.endpoint.store, self.endpoint.release, settings.query_time_limit_s)
        abandoned = request.environ.get(ABANDONED)
        return reader.asked_by(client, *(() if abandoned is None else (cast("Callable[[], bool]", abandoned),)))

    def panel(self, name: str, values: Mapping[str, Value] | None = None, reader: Reader | None = None) -> Panel:
        """Run the stored query `name` of the pages with `values` for its parameters; any QueryError may be raised.

        Without values the answer is kept, unless it is long: it is the same for every page until something is written.
        """
        # Taken before the data are asked: a write in between only makes it be asked once more.
        number = self.endpoint.revision.number
        kept = None if values else self._kept.get(name)
        if kept is not None and kept[0] == number:
            return kept[1]
        text = filled(self.panels[name], values or {})
        panel = Panel(name, tuple((reader or self.reader()).rows(text)), text)
        if not values and len(panel.rows) <= MOST_ROWS_KEPT:
            self._kept[name] = (number, panel)
        return panel

    def notes(self, language: Language) -> Notes:
        """Return the sources of a page that is about to be made."""
        return Notes(self.reader(), self.names, self.passages, language, self.quoter)

    def named(self, iris: Iterable[str], language: Language) -> dict[str, Name]:
        """Return the names of things, by IRI."""
        return self.names.of(self.reader(), iris, language)

    def links(self, iris: Iterable[str], language: Language) -> dict[str, Link]:
        """Return a link to the page of each thing, under its name, by IRI."""
        names = self.named(iris, language)
        return {
            iri: Link(
                name.text, name.language, page_address(iri, language), not page_address(iri, "nl").startswith("/")
            )
            for iri, name in names.items()
        }

    def send(
        self, language: Language, make: Callable[[], str | bytes], media_type: str = HTML, **fields: str
    ) -> Response:
        """Return what `make` makes, or 304 where the client has it: the same address has the same answer all release.

        `fields` are more header fields, underscores for hyphens.
        """
        version, documents = self.endpoint.version, self.endpoint.settings.documents
        depends_on = (__version__, version, documents, request.full_path, language, media_type)
        tag = f'W/"{hashlib.blake2b(repr(depends_on).encode(), digest_size=12).hexdigest()}"'
        given = {
            "ETag": tag,
            "Cache-Control": "public, no-cache",
            "Content-Language": language,
            **{name.replace("_", "-"): value for name, value in fields.items()},
        }
        sent = request.headers.get("If-None-Match")
        if sent is not None and matches(sent, tag):
            return Response(status=304, headers=given)
        return Response(make(), headers=given, mimetype=media_type)

    def page(self, template: str, language: Language, make: Callable[[], Mapping[str, object]]) -> Response:
        """Return a page: `make` returns what its template needs, and is not called where the client has the page."""
        others = [f'<{request.path}>; rel="canonical"']
        rest = request.full_path.rstrip("?").removeprefix(f"/{language}")
        others += [f'</{one}{rest}>; rel="alternate"; hreflang="{one}"' for one in LANGUAGES if one != language]
        return self.send(language, lambda: render_template(template, **make()), Link=", ".join(others))


def link_to(thing: str, name: Name, language: Language) -> Link:
    """Return the link to the page of a thing, under its name."""
    href = page_address(thing, language)
    return Link(name.text, name.language, href, bool(href) and not href.startswith("/"))


def iris_in(rows: Iterable[Solution]) -> list[str]:
    """Return every IRI in the solutions, once, in order of appearance: what a page needs names of."""
    return list(dict.fromkeys(term.value for row in rows for term in row.values() if isinstance(term, ox.NamedNode)))


def iri(row: Solution, name: str) -> str:
    """Return the IRI that a solution has for a variable; empty when it has none."""
    term = row.get(name)
    return term.value if isinstance(term, ox.NamedNode) else ""


def text(row: Solution, name: str) -> str:
    """Return the text of a literal (or IRI) that a solution has for a variable; empty when it has none."""
    term = row.get(name)
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
