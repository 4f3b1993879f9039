"""Downloads, releases, changes and citations over HTTP."""

from typing import Final

from flask import Flask

from tradegraph.web.publishing import changes, cite, downloads, machines
from tradegraph.web.site import Site

_SUBJECTS: Final = (changes, cite, downloads, machines)


def register(app: Flask, site: Site) -> None:
    """Put the routes of every subject on an application."""
    for subject in _SUBJECTS:
        app.register_blueprint(subject.blueprint(site))
