"""The graph around a thing, to explore freely."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("explorer_graph", __name__)
