"""Pages on which people look around: lists, things, documents, connections, map, statistics, quality."""

from typing import Final

from flask import Flask

from tradegraph.web.explorer import (
    connections,
    documents,
    embed,
    graph,
    home,
    lists,
    pictures,
    quality,
    search,
    statistics,
    things,
)
from tradegraph.web.site import Site

_SUBJECTS: Final = (connections, documents, embed, graph, home, lists, pictures, quality, search, statistics, things)


def register(app: Flask, site: Site) -> None:
    """Put the routes of every subject on an application."""
    for subject in _SUBJECTS:
        app.register_blueprint(subject.blueprint(site))
