"""The pages on ontology, shapes, code lists, rules, the structure of the figures, and named graphs."""

from typing import Final

from flask import Flask

from tradegraph.web.reference import cube, graphs, ontology, rules, schemes, shapes
from tradegraph.web.reference.shelf import Shelf
from tradegraph.web.site import Site

_SUBJECTS: Final = (ontology, shapes, schemes, rules, cube, graphs)


def register(app: Flask, site: Site) -> None:
    """Put the routes of every subject on an application; OntologyError for a file that cannot be read."""
    shelf = Shelf.open(site)
    for subject in _SUBJECTS:
        app.register_blueprint(subject.blueprint(shelf))
