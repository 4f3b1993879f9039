"""A list per kind, with facets, as list, map, timeline, chart and download; and the index of kinds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, request

from tradegraph.explore.kinds import KINDS, Kind
from tradegraph.languages import Language
from tradegraph.web.explorer import list_exports as exports
from tradegraph.web.explorer.list_content import Content, Lists
from tradegraph.web.explorer.list_kind import ListKind
from tradegraph.web.explorer.list_kinds import ELSEWHERE, LIST_KINDS
from tradegraph.web.explorer.list_request import FORMATS, SORTS, Wanted
from tradegraph.web.explorer.list_rows import facets, filters, kind_name, rows, tabs
from tradegraph.web.explorer.list_views import chart_view, map_view, timeline_view
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Pager, Query
from tradegraph.web.notes import Link
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site
from tradegraph.web.words import say

PAGE_SIZE: Final = 25
_FIRST: Final = ("mission", "agreement", "territory", "organisation", "person", "instrument", "policy", "event")
"""The kinds in the switch of every list; the index has them all."""


@dataclass(frozen=True)
class IndexEntry:
    """A kind of the index: how many things there are and what they are."""

    kind: Kind
    href: str
    count: int
    about: str


@dataclass(frozen=True)
class Section:
    """A part of the index, under its own heading."""

    title: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True)
class Switch:
    """A link to the list of another kind."""

    kind: Kind
    href: str
    current: bool


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_lists", __name__)
    lists = Lists(site)
    listed = ", ".join(f'"{key}"' for key in LIST_KINDS)

    @routes.get(f"/<any(nl, en):language>/<any({listed}):kind>/")
    def show_list(language: Language, kind: str) -> Response:
        wanted = Wanted.read(LIST_KINDS[kind], request.args)
        if wanted.format:
            return _file(site, lists, wanted, language)
        return site.page("list.html", language, lambda: _page(site, lists, wanted, language))

    @routes.get("/<any(nl, en):language>/kinds")
    def kinds(language: Language) -> Response:
        check_parameters(request.args, ())
        return site.page("list_kinds.html", language, lambda: _index(lists, language))

    return routes


def _page(site: Site, lists: Lists, wanted: Wanted, language: Language) -> Mapping[str, object]:
    content = lists.content(wanted, language)
    last = max(1, -(-len(content.items) // PAGE_SIZE))
    if wanted.page > last:
        raise RequestError(404, f"There is no page {wanted.page} of this list.", f"It has {last}.")
    notes = site.notes(language)
    shown: dict[str, object] = {}
    if wanted.view == "list" and content.items:
        part = content.items[(wanted.page - 1) * PAGE_SIZE : wanted.page * PAGE_SIZE]
        shown["rows"] = rows(content, notes, part)
    elif wanted.view == "map" and content.items:
        shown["map"] = map_view(content)
    elif wanted.view == "timeline" and content.items:
        shown["timeline"] = timeline_view(content)
    elif wanted.view == "chart" and content.items:
        shown["chart"] = chart_view(content)
    kind = KINDS[wanted.kind.key]
    return {
        **shown,
        "kind": kind,
        "about": wanted.kind.about.in_(language),
        "wanted": wanted,
        "counted": kind_name(content, len(content.items)),
        "rowcount": len(content.items),
        "total": content.total,
        "pager": Pager.of(len(content.items), wanted.page, f"/{language}/{kind.key}/", wanted.parameters(), PAGE_SIZE),
        "facets": facets(content),
        "filters": filters(content),
        "empty_address": f"/{language}/{kind.key}/",
        "kept": [(name, value) for name, value in wanted.parameters() if name not in ("q", "sort")],
        "sorts": [(one, _sort_name(language, one), one == wanted.ordered) for one in SORTS if wanted.kind.dated],
        "tabs": tabs(content) if len(wanted.kind.views) > 1 else [],
        "switches": _switches(wanted.kind, language),
        "sources": notes.sources(),
        "query": content.panel.address(language),
        "actions": _actions(content, wanted, language),
        "search": f"/{language}/search",
    }


def _sort_name(language: Language, sort: str) -> str:
    names = {
        "name": say(language, "list_sort_name"),
        "newest": say(language, "list_sort_newest"),
        "oldest": say(language, "list_sort_oldest"),
    }
    return names[sort]


def _actions(content: Content, wanted: Wanted, language: Language) -> Actions:
    return Actions(
        formats=tuple(Link(one.upper(), href=wanted.downloaded(one).address(language)) for one in FORMATS),
        queries=(Query(kind_name(content, 2), content.panel.address(language)),),
    )


def _switches(kind: ListKind, language: Language) -> list[Switch]:
    shown = [*_FIRST, *([] if kind.key in _FIRST else [kind.key])]
    return [Switch(KINDS[one], f"/{language}/{one}/", one == kind.key) for one in shown]


def _file(site: Site, lists: Lists, wanted: Wanted, language: Language) -> Response:
    release = site.endpoint.release.identifier

    def make() -> bytes:
        content = lists.content(wanted, language)
        origin = exports.Origin(release, wanted.address(language))
        match wanted.format:
            case "csv":
                return exports.as_csv(content)
            case "xlsx":
                return exports.as_xlsx(content, origin)
            case "json":
                return exports.as_json(content, origin)
        return exports.as_turtle(content, site.panel("list_names").rows)

    name = f"tradegraph-{wanted.kind.key}-{release}.{wanted.format}"
    return site.send(
        language,
        make,
        exports.MEDIA_TYPES[wanted.format],
        Content_Disposition=f'attachment; filename="{name}"',
        Access_Control_Allow_Origin="*",
        X_Result_Complete="true",
    )


def _index(lists: Lists, language: Language) -> Mapping[str, object]:
    found = lists.counts()
    things, others, evidence = [], [], []
    for kind in KINDS.values():
        count = found.get(kind.key, 0)
        if not count:
            continue
        if kind.key in LIST_KINDS:
            about = LIST_KINDS[kind.key].about.in_(language)
            things.append(IndexEntry(kind, f"/{language}/{kind.key}/", count, about))
        elif kind.key in ELSEWHERE:
            href = f"/{language}{ELSEWHERE[kind.key]}"
            others.append(IndexEntry(kind, href, count, ""))
        else:
            evidence.append(IndexEntry(kind, "", count, ""))
    return {
        "contents": [
            Section(say(language, "list_index_things"), tuple(things)),
            Section(say(language, "list_index_documents"), tuple(others)),
            Section(say(language, "list_index_evidence"), tuple(evidence)),
        ],
        "query": lists.panel("home_kinds").address(language),
    }
