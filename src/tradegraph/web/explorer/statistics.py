"""Statistics: a page per indicator, with charts."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("explorer_statistics", __name__)
