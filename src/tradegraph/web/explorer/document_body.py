"""The text of a document in our words, part by part, as its page shows it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox

from tradegraph.explore.kinds import kind_of
from tradegraph.explore.reading import Solution
from tradegraph.languages import Language
from tradegraph.namespaces import ID
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.document_passages import PASSAGE, PassageView, Read, titles_of, view_of, written
from tradegraph.web.notes import Link, Text
from tradegraph.web.site import Panel, Site, iri, text


@dataclass(frozen=True)
class QuestionView:
    """A question of a list: its number, its page, and how it was answered."""

    number: int
    link: Link
    answer: str
    dispositions: tuple[Link, ...]


@dataclass(frozen=True)
class PartView:
    """A part of a document with its passages, and the question that it holds, where it holds one."""

    anchor: str
    href: str
    title: Text
    passages: tuple[PassageView, ...]
    question: QuestionView | None = None

    @property
    def facts(self) -> int:
        """Number of records read from the part."""
        return len({line.iri for passage in self.passages for line in passage.lines})


@dataclass(frozen=True)
class Body:
    """The text of a document in our words, part by part, and the queries behind it."""

    parts: tuple[PartView, ...]
    panels: tuple[Panel, ...]

    def only(self, words: str, show: str) -> "Body":
        """Return the parts and passages that hold all `words`; `show`: those with `facts`, or the `silent` ones."""
        wanted = words.casefold().split()
        kept = []
        for part in self.parts:
            own = part.title.text.casefold()
            passages = tuple(
                one
                for one in part.passages
                if (show != "facts" or not one.silent)
                and (show != "silent" or one.silent)
                and all(word in own or word in _words(one) for word in wanted)
            )
            if passages:
                kept.append(replace(part, passages=passages))
        return replace(self, parts=tuple(kept))

    @property
    def passages(self) -> int:
        """Number of passages."""
        return sum(len(part.passages) for part in self.parts)

    @property
    def with_facts(self) -> int:
        """Number of passages from which something was read."""
        return sum(1 for part in self.parts for one in part.passages if not one.silent)


def _words(passage: PassageView) -> str:
    named = " ".join(f"{one.link.text} {one.stated}" for one in passage.things)
    return f"{passage.text.text} {passage.place} {named}".casefold()


def body_of(site: Site, language: Language, document: str, version: str) -> Body:
    """Return the text of a version of `document`."""
    given = {"version": ox.NamedNode(version)}
    parts = site.panel("document_parts", given)
    passages = site.panel("document_passages", {**given, "language": ox.Literal(language)})
    facts, records = site.panel("document_facts", given), site.panel("document_records", given)
    questions = site.panel("document_questions", {"document": ox.NamedNode(document)})
    read = Read.of(site, language, facts.rows, records.rows)
    reasons = site.links({iri(row, "silent") for row in passages.rows if iri(row, "silent")}, language)
    titles = site.named([iri(row, "part") for row in parts.rows], language)
    headings = titles_of(site, titles)
    views: dict[str, list[PassageView]] = defaultdict(list)
    asked: dict[str, str] = {}
    for row in passages.rows:
        part, passage = iri(row, "part"), iri(row, "passage")
        rendering = Text(text(row, "paraphrase"))
        views[part].append(
            view_of(
                site,
                language,
                passage,
                text(row, "locator"),
                rendering,
                read,
                reasons,
                iri(row, "silent"),
                headings[part],
            )
        )
        for one in read.whole.get(passage, ()):
            if kind_of(one).key == "question":
                asked[part] = one
    known = _questions(site, language, questions.rows)
    found = tuple(
        PartView(
            iri(row, "part").removeprefix(ID + "document-part/"),
            page_address(iri(row, "part"), language),
            Text(titles[iri(row, "part")].text, titles[iri(row, "part")].language),
            tuple(views[iri(row, "part")]),
            known.get(asked.get(iri(row, "part"), "")),
        )
        for row in parts.rows
        if views[iri(row, "part")]
    )
    return Body(found, (parts, passages, facts, records, questions))


def quoted(site: Site, body: Body) -> Body:
    """Return the body with the literal words of each passage, where the documents are at hand."""
    known = site.passages.of(site.reader(), [PASSAGE + one.anchor for part in body.parts for one in part.passages])
    parts = []
    for part in body.parts:
        passages = (replace(one, quote=site.quoter(known[PASSAGE + one.anchor], written(one))) for one in part.passages)
        parts.append(replace(part, passages=tuple(passages)))
    return replace(body, parts=tuple(parts))


def _questions(site: Site, language: Language, rows: Iterable[Solution]) -> dict[str, QuestionView]:
    ways: dict[str, list[str]] = defaultdict(list)
    numbers: dict[str, tuple[int, str]] = {}
    for row in rows:
        question = iri(row, "question")
        numbers[question] = (int(text(row, "number")), iri(row, "answer"))
        if iri(row, "disposition"):
            ways[question].append(iri(row, "disposition"))
    links = site.links([*numbers, *{way for found in ways.values() for way in found}], language)
    return {
        question: QuestionView(
            number,
            links[question],
            page_address(answer, language) if answer else "",
            tuple(links[way] for way in ways[question]),
        )
        for question, (number, answer) in numbers.items()
    }
