"""The page of a document: what it is, what it says passage by passage, and what refers to it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from tradegraph.explore.kinds import KINDS, Kind, kind_of
from tradegraph.explore.literal import State
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, ID, PREFIXES, shrink
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.document_body import Body, body_of, quoted
from tradegraph.web.explorer.document_facts import by_property, head_facts, one_of, own_notes, thing_actions
from tradegraph.web.explorer.literal import LiteralQuotes
from tradegraph.web.explorer.record_lines import Records
from tradegraph.web.kit import date_in_words
from tradegraph.web.notes import Link, Mark, Notes, Text
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site, iri, text
from tradegraph.web.words import say

DOCUMENT = ID + "document/"


@dataclass(frozen=True)
class Reference:
    """A thing that a page refers to, with where that stands, and a remark in small."""

    link: Link
    marks: tuple[Mark, ...]
    note: str = ""
    kind: Kind | None = None


@dataclass(frozen=True)
class Group:
    """Things of one kind, by name."""

    kind: Kind
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Version:
    """The version of a document that was read: its page, file name, digest, our notes, whether we have its text."""

    link: Link
    file_name: str
    digest: str
    normalisation: str
    notes: tuple[Text, ...]
    state: State


def document_view(
    site: Site, language: Language, key: str, words: str, show: str, kept: dict[tuple[str, str], Body]
) -> Mapping[str, object]:
    """Return what the page of a document needs; RequestError 404 for one that there is not.

    `kept` holds the texts of documents that were made before, which are the same all release.
    """
    document = DOCUMENT + key
    node = ox.NamedNode(document)
    head = site.panel("document_head", {"document": node})
    if not head.rows:
        raise RequestError(
            404, f"There is no document “{key}” in this release.", f"All documents are listed at /{language}/document/."
        )
    notes = site.notes(language)
    said = by_property(head.rows)
    relations = site.panel("document_relations", {"document": node})
    facts = head_facts(site, notes, language, document, head, relations)
    read = site.panel("document_version", {"document": node})
    panels = [head, relations, read]
    version, body = _version(site, language, read), None
    if version is not None:
        if (language, key) not in kept:
            made = body_of(site, language, document, iri(read.rows[0], "version"))
            kept[language, key] = quoted(site, made) if version.state == "read" else made
        body = kept[language, key]
        panels += body.panels
    references = site.panel("document_references", {"document": node})
    mentioned = site.panel("document_mentioned", {"document": node})
    commitments = site.panel("document_commitments", {"document": node})
    about = site.panel("document_about", {"document": node})
    shown = body.only(words, show) if body is not None and (words or show) else body
    cites, cited = _references(site, notes, language, document, references)
    name = site.named([document], language)[document]
    view = {
        "document": Link(name.text, name.language, page_address(document, language)),
        "kind": KINDS["document"],
        "type": _type(site, language, said),
        "facts": facts,
        "notes": own_notes(said, language),
        "official": one_of(said, PREFIXES["schema"] + "sameAs"),
        "identifier": one_of(said, PREFIXES["dct"] + "identifier"),
        "issued": date_in_words(one_of(said, PREFIXES["dct"] + "issued"), language),
        "version": version,
        "body": shown,
        "whole": body,
        "words": words,
        "show": show,
        "cites": cites,
        "cited": cited,
        "mentioned": _by_kind(site, language, mentioned),
        "commitments": _commitments(site, notes, language, commitments),
        "about": _about(site, notes, language, about),
        "query_references": references.address(language),
        "query_mentioned": mentioned.address(language),
        "query_commitments": commitments.address(language),
        "query_about": about.address(language),
        "query_passages": body.panels[1].address(language) if body is not None else "",
        "actions": thing_actions(site, language, document, [*panels, references, mentioned, commitments, about]),
    }
    return {**view, "sources": notes.sources()}


def _type(site: Site, language: Language, said: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> str:
    """Return what kind of document it is: the name of its narrowest class."""
    classes = {term.name: term.label for term in site.vocabulary.classes}
    names = [shrink(term.value) for term in said.get(PREFIXES["rdf"] + "type", ())]
    found = next((name for name in names if name != "tg:Document" and name in classes), "tg:Document")
    return classes[found].in_(language) if found in classes else say(language, "doc_document")


def _version(site: Site, language: Language, read: Panel) -> Version | None:
    if not read.rows:
        return None
    version = iri(read.rows[0], "version")
    said = by_property(row for row in read.rows if iri(row, "version") == version)
    known = site.passages.documents(site.reader()).get(version)
    quoter = site.quoter
    state: State = quoter.state(known) if known is not None and isinstance(quoter, LiteralQuotes) else "none"
    return Version(
        site.links([version], language)[version],
        one_of(said, DEF + "fileName"),
        one_of(said, DEF + "textDigest"),
        one_of(said, DEF + "normalisation"),
        own_notes(said, language),
        state,
    )


def _references(
    site: Site, notes: Notes, language: Language, document: str, panel: Panel
) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """Return what the document cites and what cites it. Answers of a list of questions stand for the list."""
    to: dict[str, list[str]] = defaultdict(list)
    by: dict[str, list[str]] = defaultdict(list)
    for row in panel.rows:
        start, end, passage = iri(row, "from"), iri(row, "to"), iri(row, "passage")
        found = to[end] if start == document else by[start]
        if passage:
            found.append(passage)
    links = site.links([*to, *by], language)
    about = say(language, "doc_reference")

    def listed(found: Mapping[str, list[str]]) -> tuple[Reference, ...]:
        ordered = sorted(found, key=lambda one: (kind_of(one).key, _natural(links[one].text)))
        return tuple(
            Reference(links[one], notes.mark(found[one], f"{about}: {links[one].text}"), kind=kind_of(one))
            for one in ordered
        )

    return listed(to), listed(by)


def _natural(name: str) -> tuple[str | int, ...]:
    """Return a key that puts question 9 before question 10."""
    head, _, tail = name.casefold().partition(" ")
    number, _, rest = tail.partition(" ")
    return (head, int(number), rest) if number.isdigit() and number.isascii() else (head, 0, tail)


def _by_kind(site: Site, language: Language, panel: Panel) -> tuple[Group, ...]:
    links = site.links([iri(row, "thing") for row in panel.rows], language)
    groups: dict[str, list[Link]] = defaultdict(list)
    for row in panel.rows:
        groups[kind_of(iri(row, "thing")).key].append(links[iri(row, "thing")])
    order = list(KINDS)
    return tuple(
        Group(KINDS[key], tuple(sorted(groups[key], key=lambda link: link.text.casefold())))
        for key in sorted(groups, key=order.index)
        if key in KINDS
    )


def _commitments(site: Site, notes: Notes, language: Language, panel: Panel) -> tuple[Reference, ...]:
    links = site.links(
        [one for row in panel.rows for one in (iri(row, "commitment"), iri(row, "status")) if one], language
    )
    passages: dict[str, list[str]] = defaultdict(list)
    remarks: dict[str, str] = {}
    for row in panel.rows:
        one = iri(row, "commitment")
        passages[one].append(iri(row, "passage"))
        parts = [links[iri(row, "status")].text] if iri(row, "status") else []
        if due := text(row, "due"):
            parts.append(say(language, "doc_due", when=date_in_words(due, language)))
        remarks[one] = ", ".join(parts)
    label = KINDS["commitment"].one.in_(language)
    return tuple(
        Reference(links[one], notes.mark(passages[one], label, record=one), remarks[one], KINDS["commitment"])
        for one in sorted(passages, key=lambda one: links[one].text)
    )


def _about(site: Site, notes: Notes, language: Language, panel: Panel) -> tuple[Reference, ...]:
    passages: dict[str, list[str]] = defaultdict(list)
    for row in panel.rows:
        passages[iri(row, "record")].append(iri(row, "passage"))
    lines = Records(site, language, ()).lines(passages)
    return tuple(
        Reference(lines[one].link, notes.mark(passages[one], record=one), kind=lines[one].kind)
        for one in passages
        if kind_of(one).key not in ("question", "answer")
    )
