"""Map and timeline: a picture of things in space or time, and the same as a list with its sources."""

from typing import Final

from flask import Blueprint, Response, request

from tradegraph.languages import Language
from tradegraph.web.explorer import map_request, timeline_content
from tradegraph.web.explorer.map_content import MAP_COLUMNS, map_rows, read_map
from tradegraph.web.explorer.picture_parts import (
    Picture,
    address_with,
    asked_format,
    format_links,
    send_file,
    snippets,
)
from tradegraph.web.explorer.timeline_content import TIME_COLUMNS, read_timeline, time_rows
from tradegraph.web.kit import Actions, Query, Tab
from tradegraph.web.notes import Link
from tradegraph.web.site import Panel, Site
from tradegraph.web.words import say

FORMATS: Final = ("svg", "csv", "json", "xlsx")


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_pictures", __name__)

    @routes.get("/<any(nl, en):language>/map")
    def world(language: Language) -> Response:
        asked = map_request.Asked.read(request.args)
        if form := asked_format(FORMATS):
            return send_file(
                site,
                language,
                form,
                f"map-{asked.layer}",
                lambda: read_map(site, language, asked).picture,
                MAP_COLUMNS,
                lambda: map_rows(read_map(site, language, asked)),
            )
        # What cannot be chosen is said before a page is made of it.
        return site.page("map.html", language, lambda: _map(site, language, asked))

    @routes.get("/<any(nl, en):language>/timeline")
    def time(language: Language) -> Response:
        asked = timeline_content.Asked.read(request.args)
        if form := asked_format(FORMATS):
            return send_file(
                site,
                language,
                form,
                "timeline",
                lambda: read_timeline(site, language, asked).picture,
                TIME_COLUMNS,
                lambda: time_rows(read_timeline(site, language, asked)),
            )
        return site.page("timeline.html", language, lambda: _timeline(site, language, asked))

    return routes


def _map(site: Site, language: Language, asked: map_request.Asked) -> dict[str, object]:
    content = read_map(site, language, asked)
    parameters = asked.parameters()
    path = f"/{language}/map"
    labels: tuple[tuple[map_request.Layer, str], ...] = (
        ("missions", say(language, "map_layer_missions")),
        ("agreements", say(language, "map_layer_agreements")),
        ("markets", say(language, "map_layer_markets")),
        ("figures", say(language, "map_layer_figures")),
    )
    layers = [
        Tab(label, address_with(path, {"layer": "" if layer == "missions" else layer}), layer == asked.layer)
        for layer, label in labels
    ]
    title = content.picture.title if content.picture else say(language, "map_title")
    return {
        "content": content,
        "asked": asked,
        "layers": layers,
        "snippets": snippets(site, language, title, "/map", parameters),
        "svg": address_with(path, {**parameters, "format": "svg"}),
        "sources": content.notes.sources(),
        "actions": Actions(formats=_formats(parameters, content.picture), queries=_queries(language, content.panels)),
    }


def _timeline(site: Site, language: Language, asked: timeline_content.Asked) -> dict[str, object]:
    content = read_timeline(site, language, asked)
    parameters = asked.parameters()
    return {
        "content": content,
        "asked": asked,
        "snippets": snippets(site, language, say(language, "time_picture"), "/timeline", parameters),
        "svg": address_with(f"/{language}/timeline", {**parameters, "format": "svg"}),
        "sources": content.notes.sources(),
        "actions": Actions(formats=_formats(parameters, content.picture), queries=_queries(language, content.panels)),
    }


def _formats(parameters: dict[str, str], picture: Picture | None) -> tuple[Link, ...]:
    return format_links(parameters, [form for form in FORMATS if form != "svg" or picture is not None])


def _queries(language: Language, panels: tuple[tuple[str, Panel], ...]) -> tuple[Query, ...]:
    return tuple(Query(label, panel.address(language)) for label, panel in panels)
