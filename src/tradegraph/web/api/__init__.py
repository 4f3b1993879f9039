"""What programs ask besides SPARQL: stored questions, things, relations, connections, and their description."""

from typing import Final

from flask import Flask

from tradegraph.web.api import connections, description, frozen, questions, things
from tradegraph.web.site import Site

_SUBJECTS: Final = (connections, description, frozen, questions, things)


def register(app: Flask, site: Site) -> None:
    """Put the routes of every subject on an application."""
    for subject in _SUBJECTS:
        app.register_blueprint(subject.blueprint(site))
