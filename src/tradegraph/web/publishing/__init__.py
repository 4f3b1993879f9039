"""Downloads, releases, changes and citations over HTTP."""

from flask import Flask

from tradegraph.web.publishing import changes, cite, downloads, machines, moved, record
from tradegraph.web.publishing.shelf import Shelf
from tradegraph.web.site import Site


def register(app: Flask, site: Site) -> None:
    """Put the routes of every subject on an application."""
    shelf = Shelf.beside(site.endpoint.release)
    for routes in (
        changes.blueprint(site, shelf),
        cite.blueprint(site),
        downloads.blueprint(site, shelf),
        machines.blueprint(site),
        moved.blueprint(site),
        record.blueprint(site, shelf),
    ):
        app.register_blueprint(routes)
