"""The page of a passage: what it says in our words, what was read from it, and what stands around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.explore.kinds import KINDS, kind_of
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, PREFIXES, shrink
from tradegraph.web.addresses import page_address
from tradegraph.web.explorer.document_facts import by_property, missing_page, one_of, thing_actions
from tradegraph.web.explorer.document_passages import (
    PASSAGE,
    PassageView,
    Read,
    passage_views,
    place_in_part,
    titles_of,
)
from tradegraph.web.explorer.record_lines import Line, Records, property_names
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Fact, Facts
from tradegraph.web.notes import Link, Text
from tradegraph.web.site import Panel, Site, iri, text
from tradegraph.web.words import say

_OA: Final = PREFIXES["oa"]
_AROUND: Final = 2
"""How many passages before and after are shown."""


@dataclass(frozen=True)
class ReadFact:
    """Something read from a passage: its line, the values as written, and the row of the data in which it stands."""

    line: Line
    stated: tuple[str, ...]
    row: str


@dataclass(frozen=True)
class Relation:
    """A direct relation that was derived from a passage, with the rule."""

    subject: Link
    predicate: str
    object: Link
    rule: Link


def add_routes(routes: Blueprint, site: Site) -> None:
    """Put the route of passages on `routes`."""

    @routes.get("/<any(nl, en):language>/passage/<key>")
    def passage(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        return site.page("passage.html", language, lambda: _passage(site, language, PASSAGE + key))


def _passage(site: Site, language: Language, passage: str) -> Mapping[str, object]:
    node = {"passage": ox.NamedNode(passage)}
    head = site.panel("passage_head", node)
    known = site.passages.of(site.reader(), [passage]).get(passage)
    if not head.rows or known is None:
        raise missing_page(language, passage)
    facts, records = site.panel("passage_facts", node), site.panel("passage_records", node)
    relations, near = site.panel("passage_relations", node), site.panel("passage_neighbours", node)
    said = by_property(head.rows)
    notes = site.notes(language)
    locator = notes.text(known.locator) or Text(passage.removeprefix(PASSAGE))
    silent = one_of(said, DEF + "statesNoFact")
    read, wholes = _read(site, language, facts, records)
    stated = tuple(value for one in read for value in one.stated)
    order = [iri(row, "other") for row in near.rows]
    place = order.index(passage) if passage in order else 0
    document = known.document
    crumbs = [Link(say(language, "nav_documents"), href=f"/{language}/document/")]
    things = [one for one in (document.iri if document else "", known.part, silent) if one]
    links = site.links(things, language)
    if document is not None:
        crumbs.append(links[document.iri])
    if known.part:
        crumbs.append(links[known.part])
    return {
        "kind": KINDS["passage"],
        "title": locator,
        "crumbs": (
            *crumbs,
            Text(place_in_part(locator.text, titles_of(site, [known.part])[known.part] if known.part else ())),
        ),
        "rendering": notes.text(known.paraphrase),
        "quote": site.quoter(known, stated),
        "silent": links[silent] if silent else None,
        "facts": _place(language, said, known.document.version if known.document else "", site),
        "read": read,
        "wholes": wholes,
        "relations": _relations(site, language, relations),
        "around": _around(site, language, order[max(0, place - _AROUND) : place + _AROUND + 1]),
        "current": passage.removeprefix(PASSAGE),
        "previous": page_address(order[place - 1], language) if place > 0 else "",
        "next": page_address(order[place + 1], language) if place + 1 < len(order) else "",
        "context": f"{page_address(document.iri, language)}#{passage.removeprefix(PASSAGE)}" if document else "",
        "official": document.official if document else "",
        "query_read": facts.address(language),
        "query_relations": relations.address(language),
        "actions": thing_actions(site, language, passage, [head, facts, records, relations, near]),
    }


def _read(
    site: Site, language: Language, facts: Panel, records: Panel
) -> tuple[tuple[ReadFact, ...], tuple[Link, ...]]:
    """Return what was read from a passage, and the questions and answers that it is part of."""
    said = Records(site, language, records.rows)
    found = [iri(row, "fact") for row in facts.rows]
    wholes = [one for one in found if kind_of(one).key in ("question", "answer")]
    lines = said.lines(one for one in found if one not in wholes)
    rows = {iri(row, "fact"): text(row, "row") for row in facts.rows}
    read = [ReadFact(line, said.stated(one), rows[one]) for one, line in lines.items()]
    read.sort(
        key=lambda one: (list(KINDS).index(one.line.kind.key) if one.line.kind.key in KINDS else 99, one.line.link.text)
    )
    links = site.links(wholes, language)
    named = tuple(
        Link(say(language, "doc_answer_here"), href=links[one].href) if kind_of(one).key == "answer" else links[one]
        for one in wholes
    )
    return tuple(read), named


def _relations(site: Site, language: Language, panel: Panel) -> tuple[Relation, ...]:
    things = [iri(row, name) for row in panel.rows for name in ("subject", "object", "rule") if iri(row, name)]
    links, names = site.links(things, language), property_names(site, language)
    return tuple(
        Relation(
            links[iri(row, "subject")],
            names.get(iri(row, "predicate"), shrink(iri(row, "predicate"))),
            links.get(iri(row, "object")) or Link(text(row, "object")),
            Link(iri(row, "rule").rpartition("/")[2], href=page_address(iri(row, "rule"), language)),
        )
        for row in panel.rows
    )


def _around(site: Site, language: Language, passages: list[str]) -> tuple[PassageView, ...]:
    return passage_views(site, language, passages, Read({}, {}, {}), {})


def _place(
    language: Language, said: Mapping[str, list[ox.NamedNode | ox.Literal]], version: str, site: Site
) -> tuple[Facts, ...]:
    span = say(language, "doc_span_text", start=one_of(said, _OA + "start"), end=one_of(said, _OA + "end"))
    rows = [
        Facts(say(language, "doc_line"), (Fact(Text(one_of(said, DEF + "line"))),)),
        Facts(say(language, "doc_span"), (Fact(Text(span)),)),
        Facts(
            say(language, "doc_digest"), (Fact(Text(one_of(said, DEF + "spanDigest"))),), f"/{language}/def/spanDigest"
        ),
        Facts(say(language, "doc_row"), (Fact(Text(one_of(said, DEF + "recordedIn"))),), f"/{language}/def/recordedIn"),
    ]
    if version:
        rows.insert(0, Facts(say(language, "doc_version"), (Fact(site.links([version], language)[version]),)))
    return tuple(rows)
