"""The pages on ontology, shapes and code lists."""

from typing import Final

from flask import Flask

from tradegraph.web.reference import ontology, schemes, shapes
from tradegraph.web.site import Site

_SUBJECTS: Final = (ontology, schemes, shapes)


def register(app: Flask, site: Site) -> None:
    """Put the routes of every subject on an application."""
    for subject in _SUBJECTS:
        app.register_blueprint(subject.blueprint(site))
