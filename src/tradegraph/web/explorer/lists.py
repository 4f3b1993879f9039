"""A list per kind, with facets, as list, map, timeline, chart and download."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("explorer_lists", __name__)
