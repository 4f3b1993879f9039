"""The numbered sources of one page: each mark after a fact leads to the passage that it was read from.

A page makes its `Notes` first, asks for a mark at each fact, and asks for the `sources` at the end.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from tradegraph.explore.describe import Texts
from tradegraph.explore.names import Names
from tradegraph.explore.passages import Passage, Passages
from tradegraph.explore.reading import Reader
from tradegraph.languages import LANGUAGES, Language
from tradegraph.namespaces import ID
from tradegraph.web.addresses import page_address

How = Literal["stated", "derived", "disagree"]


@dataclass(frozen=True)
class Text:
    """A text, and its language where that is not the page's, else empty."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Link(Text):
    """A text that leads somewhere; `outside` when it leaves this site."""

    href: str = ""
    outside: bool = False


@dataclass(frozen=True)
class Mark:
    """A source mark after a fact: the number of the source, and how the fact came from it."""

    number: int
    how: How = "stated"


@dataclass(frozen=True)
class Claim:
    """A fact of the page read from a passage: what it is about, the value as written, the rule where it is derived.

    `record` is the page of the evidence node.
    """

    about: str
    stated: str = ""
    rule: Link | None = None
    record: str = ""


@dataclass(frozen=True)
class Quote:
    """The literal words of a passage, where the operator has the documents: pieces, each marked or not."""

    pieces: tuple[tuple[str, bool], ...]
    language: str


@dataclass(frozen=True)
class Source:
    """A source as the page shows it: the passage `place`, our `rendering`, its document, and what was read from it."""

    number: int
    place: Link
    rendering: Text | None
    document: Link | None
    identifier: str
    issued: str
    official: str
    claims: tuple[Claim, ...]
    quote: Quote | None


Quoter = Callable[[Passage, tuple[str, ...]], Quote | None]


def no_quotes(_: Passage, __: tuple[str, ...]) -> Quote | None:
    """Return nothing: the documents are not at hand."""
    return None


@dataclass
class Notes:
    """Sources in order of their first mark. `quoter` finds the literal words, given those to be marked."""

    reader: Reader
    names: Names
    passages: Passages
    language: Language
    quoter: Quoter = no_quotes
    _claims: dict[str, list[Claim]] = field(default_factory=dict)

    def mark(
        self,
        passages: Iterable[str],
        about: str = "",
        *,
        stated: str = "",
        rule: str = "",
        record: str = "",
        how: How | None = None,
    ) -> tuple[Mark, ...]:
        """Return the marks of a fact that was read from `passages` (IRIs), in the order given.

        `about` says in the page's language which fact it is, `stated` is the value as written; `rule` and `record`
        are IRIs. Facts with a rule are marked as derived.
        """
        found = []
        for iri in dict.fromkeys(passages):
            claims = self._claims.setdefault(iri, [])
            if about or stated:
                leads = page_address(record, self.language) if record else ""
                claim = Claim(about, stated, self._rule(rule), leads)
                if claim not in claims:
                    claims.append(claim)
            number = list(self._claims).index(iri) + 1
            found.append(Mark(number, how or ("derived" if rule else "stated")))
        return tuple(found)

    def sources(self) -> tuple[Source, ...]:
        """Return every source that has been marked, with what the release knows of it."""
        known = self.passages.of(self.reader, self._claims)
        return tuple(
            self._source(number, iri, known.get(iri), tuple(claims))
            for number, (iri, claims) in enumerate(self._claims.items(), 1)
        )

    def text(self, texts: Texts) -> Text | None:
        """Return the text in the page's language, else in another, marked as such."""
        for language in (self.language, *LANGUAGES, ""):
            if language in texts:
                return Text(texts[language], language if language != self.language else "")
        return None

    def _rule(self, iri: str) -> Link | None:
        if not iri:
            return None
        return Link(iri.removeprefix(ID + "rule/"), href=page_address(iri, self.language))

    def _source(self, number: int, iri: str, passage: Passage | None, claims: tuple[Claim, ...]) -> Source:
        href = page_address(iri, self.language)
        if passage is None:
            return Source(number, Link(iri.removeprefix(ID), href=href), None, None, "", "", "", claims, None)
        place = self.text(passage.locator) or Text(iri.removeprefix(ID))
        document, identifier, issued, official = None, "", "", ""
        if (of := passage.document) is not None:
            name = self.text(of.name) or Text(of.iri.removeprefix(ID))
            # At the place of the passage in the document.
            anchor = "#" + iri.removeprefix(ID + "passage/")
            document = Link(name.text, name.language, page_address(of.iri, self.language) + anchor)
            identifier, issued, official = of.identifier, of.issued, of.official
        stated = tuple(claim.stated for claim in claims if claim.stated)
        return Source(
            number,
            Link(place.text, place.language, href),
            self.text(passage.paraphrase),
            document,
            identifier,
            issued,
            official,
            claims,
            self.quoter(passage, stated),
        )
