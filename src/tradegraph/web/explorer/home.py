"""Home: a search, examples, what is in here and what is not."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("explorer_home", __name__)
