"""The list of questions of Members: filters by topic and by how they were answered, and the same rows as a file."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import request

from tradegraph.explore.kinds import KINDS
from tradegraph.languages import Language
from tradegraph.namespaces import ID
from tradegraph.web.explorer.document_facts import queries
from tradegraph.web.explorer.row_files import Row, format_links, page_asked
from tradegraph.web.kit import PAGE_SIZE, Actions, Choice, Facet, Pager
from tradegraph.web.notes import Link, Mark, Text
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site, iri, text
from tradegraph.web.words import say

COLUMNS: Final = ("question", "number", "document", "answer", "label", "text", "answer_text", "topics", "dispositions")
_LONGEST_WORDS: Final = 200


@dataclass(frozen=True)
class Asked:
    """A question of the list, its answer, and the IRIs of its topics and of how it was answered."""

    iri: str
    number: int
    document: str
    answer: str
    topics: tuple[str, ...]
    dispositions: tuple[str, ...]


@dataclass(frozen=True)
class QuestionRow:
    """A question as a row of the page."""

    number: int
    link: Link
    text: Text
    marks: tuple[Mark, ...]
    topics: tuple[Link, ...]
    dispositions: tuple[Link, ...]


def _asked(panel: Panel) -> list[Asked]:
    topics: dict[str, dict[str, None]] = defaultdict(dict)
    ways: dict[str, dict[str, None]] = defaultdict(dict)
    heads: dict[str, tuple[int, str, str]] = {}
    for row in panel.rows:
        one = iri(row, "question")
        heads[one] = (int(text(row, "number")), iri(row, "document"), iri(row, "answer"))
        if topic := iri(row, "topic"):
            topics[one][topic] = None
        if way := iri(row, "disposition"):
            ways[one][way] = None
    return [Asked(one, *head, tuple(topics[one]), tuple(ways[one])) for one, head in heads.items()]


def _chosen(site: Site, language: Language) -> tuple[list[Asked], list[Asked], dict[str, tuple[str, str, str]], Panel]:
    """Return all questions, those asked for, their texts (question, answer, passage), and the panel of the list."""
    panel = site.panel("question_list")
    every = _asked(panel)
    written: dict[str, tuple[str, str, str]] = {}
    for row in site.panel("question_texts", {"language": ox.Literal(language)}).rows:
        written.setdefault(iri(row, "question"), (text(row, "text"), text(row, "answered"), iri(row, "passage")))
    names = site.named([one.iri for one in every], language)
    words = request.args.get("q", "").strip()[:_LONGEST_WORDS].casefold().split()
    topic, way = _concept("topic"), _concept("disposition")
    if topic and not any(topic in one.topics for one in every):
        raise _no_value("topic", {value for one in every for value in one.topics})
    if way and not any(way in one.dispositions for one in every):
        raise _no_value("disposition", {value for one in every for value in one.dispositions})
    found = [
        one
        for one in every
        if (not topic or topic in one.topics)
        and (not way or way in one.dispositions)
        and all(word in _searched(one, names[one.iri].text, written) for word in words)
    ]
    return every, found, written, panel


def _searched(one: Asked, name: str, written: Mapping[str, tuple[str, str, str]]) -> str:
    asked, answered, _ = written.get(one.iri, ("", "", ""))
    return f"{name} {asked} {answered}".casefold()


def _concept(name: str) -> str:
    """Return the IRI that a parameter names: `concept/topic-imvo`, or `imvo` for short."""
    value = request.args.get(name, "")
    if not value:
        return ""
    prefix = "topic-" if name == "topic" else "answer-disposition-"
    return ID + value if value.startswith("concept/") else f"{ID}concept/{prefix}{value}"


def _no_value(name: str, known: set[str]) -> RequestError:
    listed = ", ".join(sorted(value.removeprefix(ID) for value in known))
    return RequestError(400, f"No question has {name}={request.args[name]}.", f"There are: {listed}.")


def list_view(site: Site, language: Language) -> Mapping[str, object]:
    """Return what the page of the list needs; RequestError 400 for a filter that no question has."""
    every, found, written, panel = _chosen(site, language)
    notes, number = site.notes(language), page_asked(len(found))
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    links = site.links({value for one in every for value in (one.iri, *one.topics, *one.dispositions)}, language)
    rows = []
    for one in shown:
        asked, _, passage = written.get(one.iri, ("", "", ""))
        marks = notes.mark([passage] if passage else [], links[one.iri].text, record=one.iri)
        topics = tuple(Link(links[topic].text, href=narrowed(language, "topic", topic)) for topic in one.topics)
        ways = tuple(links[way] for way in one.dispositions)
        rows.append(QuestionRow(one.number, links[one.iri], Text(asked), marks, topics, ways))
    kept = [(name, request.args[name]) for name in ("disposition", "q", "topic") if request.args.get(name)]
    return {
        "kind": KINDS["question"],
        "rows": rows,
        "found": len(found),
        "total": len(every),
        "words": request.args.get("q", ""),
        "kept": [(name, value) for name, value in kept if name != "q"],
        "facets": (
            _facet(language, "disposition", say(language, "doc_disposition"), found, links),
            _facet(language, "topic", say(language, "doc_topic"), found, links),
        ),
        "pager": Pager.of(len(found), number, f"/{language}/question/", kept),
        "query": panel.address(language),
        "actions": Actions(format_links(), queries(site, language, [panel]), request.full_path.rstrip("?")),
        "sources": notes.sources(),
    }


def narrowed(language: Language, name: str, value: str) -> str:
    """Return the address of the list with one value of one filter."""
    return f"/{language}/question/?" + urlencode({name: value.removeprefix(ID)})


def _facet(language: Language, name: str, label: str, found: list[Asked], links: Mapping[str, Link]) -> Facet:
    counts: dict[str, int] = defaultdict(int)
    for one in found:
        for value in one.topics if name == "topic" else one.dispositions:
            counts[value] += 1
    kept = {key: value for key, value in request.args.items() if key not in ("page", "format") and value}
    chosen = _concept(name)
    choices = []
    for value, count in counts.items():
        pairs = {key: one for key, one in kept.items() if key != name}
        if value != chosen:
            pairs[name] = value.removeprefix(ID)
        query = urlencode(sorted(pairs.items()))
        href = f"/{language}/question/" + (f"?{query}" if query else "")
        choices.append(Choice(Text(links[value].text, links[value].language), count, href, value == chosen))
    choices.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.label.text.casefold()))
    return Facet(name, label, tuple(choices))


def list_rows(site: Site, language: Language) -> list[Row]:
    """Return all questions asked for, for a program."""
    _, found, written, _ = _chosen(site, language)
    names = site.named([one.iri for one in found], language)
    return [
        {
            "question": one.iri,
            "number": one.number,
            "document": one.document,
            "answer": one.answer,
            "label": names[one.iri].text,
            "text": written.get(one.iri, ("", "", ""))[0],
            "answer_text": written.get(one.iri, ("", "", ""))[1],
            "topics": [value.removeprefix(ID) for value in one.topics],
            "dispositions": [value.removeprefix(ID) for value in one.dispositions],
        }
        for one in found
    ]
