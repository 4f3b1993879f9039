"""The page that answers what connects two things: `/nl/connections?from=organisation/rvo&to=territory/idn`.

The address is the question. Words in place of a key are looked up: one thing of that name is taken, of several the
reader chooses. Everything works without scripts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request

from tradegraph.errors import NotFound, QueryRefused
from tradegraph.explore.connections import Answer, EdgeIndex, connect
from tradegraph.explore.connections.nouns import article
from tradegraph.explore.connections.opened import Opened
from tradegraph.explore.connections.results import PAGE_SIZE
from tradegraph.explore.connections.search import MOST_STEPS
from tradegraph.explore.connections.sentences import Templates, read_templates
from tradegraph.explore.describe import exists
from tradegraph.explore.kinds import KINDS, Kind, kind_of
from tradegraph.explore.names import Name
from tradegraph.explore.stored import filled
from tradegraph.languages import Language
from tradegraph.media_types import HTML
from tradegraph.namespaces import ID
from tradegraph.web.explorer.connections_address import (
    KEY,
    Asked,
    is_canonical,
    read_asked,
    relation_names,
)
from tradegraph.web.explorer.connections_files import as_csv, as_json, as_jsonld, complete_in_file
from tradegraph.web.explorer.connections_view import Viewer, key_of
from tradegraph.web.kit import Actions, Pager, Query, date_in_words, number_in_words
from tradegraph.web.notes import Link
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site
from tradegraph.web.words import say

EXAMPLES: Final = (
    ("organisation/rvo", "territory/idn"),
    ("organisation/nieuwe-instituut", "territory/jpn"),
    ("person/s-w-sjoerdsma", "territory/esp"),
    ("organisation/asml", "organisation/semicon-board-nl"),
    ("instrument/pib", "event/expo-2025-osaka"),
    ("organisation/vno-ncw", "mission/2025-saudi-arabia"),
)
"""Pairs of the start page, which tests hold to be connected."""
IN_FILES: Final = 500
"""How many connections a file has at most."""
CHOICES: Final = 8
_EXACT: Final = 3.0
"""From this score on, a name is exactly what was typed."""
_FILES: Final[dict[str, str]] = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "svg": "image/svg+xml",
}
_PANELS: Final = {1: "connections_one", 2: "connections_two", 3: "connections_three"}


@dataclass(frozen=True)
class End:
    """What an address says for one end: the text in its box, the thing it stands for, or things it may stand for.

    `spoken` is the name as it stands in a sentence, with its article.
    """

    name: str
    text: str
    spoken: str = ""
    typed: str = ""
    thing: str = ""
    kind: Kind | None = None
    choices: tuple[tuple[Link, Kind], ...] = ()


@dataclass(frozen=True)
class Scope:
    """What was searched, in words: numbers of relations, things and documents, and the date of the newest."""

    edges: str
    nodes: str
    documents: str
    date: str


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_connections", __name__)
    opened = Opened(site.endpoint.release)
    templates = read_templates(site.project)
    asker = _Asker(site, opened, templates)

    @routes.get("/<any(nl, en):language>/connections")
    def page(language: Language) -> Response:
        index = opened.index(site.reader)
        asked = read_asked(request.args, index)
        ends = {name: asker.end(name, asked, index, language) for name in ("from", "to", "via")}
        keys = {name: key_of(end.thing) or end.typed for name, end in ends.items() if end.thing or end.typed}
        canonical = Asked(**{**vars(asked), "ends": keys})
        if not is_canonical(request.args, canonical):
            query = canonical.query(page=canonical.page)
            return _to(f"/{language}/connections" + ("?" + query if query else ""))
        return site.page("connections.html", language, lambda: asker.content(canonical, ends, index, language))

    @routes.get("/<any(nl, en):language>/connections.<any(csv, json, jsonld, svg):form>")
    def file(language: Language, form: str) -> Response:
        index = opened.index(site.reader)
        asked = read_asked(request.args, index)
        for name in ("from", "to"):
            if not KEY.fullmatch(asked.ends.get(name, "")):
                raise RequestError(400, f"{name} is no key.", "Give kind/key for from and to, such as territory/idn.")
        if form == "svg":
            answer = asker.answer(asked, index)
            return site.send(language, lambda: asker.drawing(asked, answer, language), _FILES[form])
        answer = asker.answer(asked, index, in_file=True)
        viewer = Viewer(site, templates, answer, language, site.notes(language))
        makers: dict[str, Callable[[], bytes]] = {
            "csv": lambda: as_csv(viewer),
            "json": lambda: as_json(viewer, site.endpoint.release.identifier),
            "jsonld": lambda: as_jsonld(viewer),
        }
        return site.send(
            language,
            makers[form],
            _FILES[form],
            X_Result_Complete="true" if complete_in_file(answer) else "false",
            Content_Disposition=f'inline; filename="connections.{form}"',
        )

    return routes


def _to(address: str) -> Response:
    answer = redirect(address, 303)
    answer.headers["Cache-Control"] = "no-cache"
    return Response(answer.get_data(), 303, headers=dict(answer.headers), mimetype=HTML)


@dataclass(frozen=True)
class _Asker:
    """Answers one request after another with what the blueprint opened once."""

    site: Site
    opened: Opened
    templates: Templates

    def end(self, name: str, asked: Asked, index: EdgeIndex, language: Language) -> End:
        """Return what an address says for one end; RequestError 404 for the key of nothing."""
        text = asked.ends.get(name, "")
        if not text:
            return End(name, "")
        if KEY.fullmatch(text):
            iri = ID + text
            if index.node(iri) is None and not exists(self.site.reader(), iri):
                raise RequestError(404, f"There is no {text} in this release.", "Type a name instead of a key.")
            return self._end(name, iri, language)
        search = self.site.endpoint.index
        if search is None:
            return End(name, text, typed=text)
        try:
            hits = search.find(text, language, as_you_type=True, limit=60)
        except QueryRefused:
            hits = ()
        found = [hit for hit in hits if index.node(hit.iri) is not None]
        exact = [hit for hit in found if hit.score >= _EXACT]
        if len(exact) == 1 or (exact and exact[0].label.casefold() == text.casefold()):
            return self._end(name, exact[0].iri, language)
        links = self.site.links([hit.iri for hit in found[:CHOICES]], language)
        choices = []
        for iri, link in links.items():
            query = asked.query(ends={**asked.ends, name: key_of(iri)})
            choices.append((Link(link.text, link.language, f"/{language}/connections?{query}"), kind_of(iri)))
        return End(name, text, typed=text, choices=tuple(choices))

    def _end(self, name: str, iri: str, language: Language) -> End:
        called = self.site.named([iri], language)[iri]
        return End(name, called.text, _spoken(iri, called, language), thing=iri, kind=kind_of(iri))

    def answer(self, asked: Asked, index: EdgeIndex, *, in_file: bool = False) -> Answer:
        """Return the answer; RequestError for what cannot be asked or is not there."""
        try:
            if in_file:
                return connect(index, asked.question(index), asked.page, IN_FILES, in_group=IN_FILES)
            return connect(index, asked.question(index), asked.page)
        except QueryRefused as error:
            raise RequestError(400, error.detail, error.remedy) from error
        except NotFound as error:
            raise RequestError(404, str(error), "Choose another thing or page.") from error

    def content(self, asked: Asked, ends: dict[str, End], index: EdgeIndex, language: Language) -> dict[str, object]:
        """Return what the template needs."""
        content: dict[str, object] = {
            "asked": asked,
            "ends": ends,
            "here": f"/{language}/connections",
            "kind_choices": [kind for kind in KINDS.values() if kind.key in index.kinds],
            "relation_choices": self._relation_choices(index, language),
            "without": self.site.links([ID + key for key in asked.without], language),
            "steps": range(1, MOST_STEPS + 1),
            "scope": self.scope(index, language),
            "answer": None,
            "searchable": self.site.endpoint.index is not None,
            "examples": [],
            "same": ends["from"].thing != "" and ends["from"].thing == ends["to"].thing,
            "alone": [end for end in ends.values() if end.thing and index.node(end.thing) is None],
        }
        if not (ends["from"].thing and ends["to"].thing) or ends["via"].typed or content["same"] or content["alone"]:
            return content | {"examples": self._examples(index, language)}
        answer = self.answer(asked, index)
        notes = self.site.notes(language)
        viewer = Viewer(self.site, self.templates, answer, language, notes)
        view = viewer.view()
        beside = [thing for side in answer.nearest for thing in side]
        hubs = [index.iri(node) for node in index.hubs() if index.kind(node) != "concept"]
        links = self.site.links([*beside, *hubs, answer.question.start, answer.question.end], language)
        query = asked.query()
        here = f"/{language}/connections"
        graph = f"/{language}/graph?focus={asked.ends['from']}"
        formats = tuple(Link(form.upper(), "", f"{here}.{form}?{query}") for form in _FILES)
        parameters = [pair for pair in asked.pairs() if pair[0] != "page"]
        return content | {
            "answer": answer,
            "view": view,
            "links": links,
            "hubs": [links[iri] for iri in hubs],
            "kind_of": kind_of,
            "nearest": [
                (links[end], [(links[thing], kind_of(thing)) for thing in side])
                for end, side in zip((answer.question.start, answer.question.end), answer.nearest, strict=True)
            ],
            "sources": notes.sources(),
            "pager": Pager.of(answer.listed, asked.page, here, parameters, PAGE_SIZE),
            "actions": Actions(formats, self._queries(answer, language), graph=graph),
        }

    def drawing(self, asked: Asked, answer: Answer, language: Language) -> str:
        """Return the drawing as a file of its own; RequestError 404 when there is nothing to draw."""
        viewer = Viewer(self.site, self.templates, answer, language, self.site.notes(language))
        picture = viewer.picture()
        if picture is None:
            raise RequestError(404, "Nothing connects these two, so there is nothing to draw.", "Allow more steps.")
        names = self.site.named([answer.question.start, answer.question.end], language)
        title = say(
            language,
            "connections_picture_of",
            start=_spoken(answer.question.start, names[answer.question.start], language),
            end=_spoken(answer.question.end, names[answer.question.end], language),
            paths=picture.paths,
            nodes=max(0, len(picture.nodes) - 2),
        )
        scope = self.scope(self.opened.index(self.site.reader), language)
        source = say(language, "connections_source_line", documents=scope.documents, date=scope.date)
        return render_template("connections_file.svg", picture=picture, title=title, source=source, query=asked.query())

    def scope(self, index: EdgeIndex, language: Language) -> Scope:
        """Return what was searched."""
        documents = self.site.passages.documents(self.site.reader()).values()
        newest = max((document.issued for document in documents), default="")
        return Scope(
            number_in_words(str(index.edges), language),
            number_in_words(str(index.nodes), language),
            str(len({document.iri for document in documents})),
            date_in_words(newest, language),
        )

    def _relation_choices(self, index: EdgeIndex, language: Language) -> list[tuple[str, Link]]:
        names = relation_names(index)
        links = self.site.links(names.values(), language)
        return sorted(((name, links[iri]) for name, iri in names.items()), key=lambda one: one[1].text.casefold())

    def _examples(self, index: EdgeIndex, language: Language) -> list[Link]:
        pairs = [pair for pair in EXAMPLES if all(index.node(ID + key) is not None for key in pair)]
        names = self.site.named([ID + key for pair in pairs for key in pair], language)
        return [
            Link(
                say(
                    language,
                    "connections_example",
                    start=_spoken(ID + start, names[ID + start], language),
                    end=_spoken(ID + end, names[ID + end], language),
                ),
                "",
                f"/{language}/connections?" + Asked({"from": start, "to": end}).query(),
            )
            for start, end in pairs
        ]

    def _queries(self, answer: Answer, language: Language) -> tuple[Query, ...]:
        found = []
        for length in sorted({len(path.steps) for path in answer.paths} | ({2} if not answer.paths else set())):
            if length in _PANELS:
                stored = self.site.panels[_PANELS[length]]
                values = {"start": ox.NamedNode(answer.question.start), "end": ox.NamedNode(answer.question.end)}
                panel = Panel(stored.name, (), filled(stored, values))
                found.append(Query(_label(length, language), panel.address(language)))
        return tuple(found)


def _spoken(iri: str, name: Name, language: Language) -> str:
    return f"{article(iri, name, language)} {name.text}".strip()


def _label(length: int, language: Language) -> str:
    if length == 1:
        return say(language, "connections_query_1")
    return say(language, "connections_query_2") if length == 2 else say(language, "connections_query_3")
