"""The OpenAPI description of the API, and its page."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("api_description", __name__)
