"""Citations of pages and documents in the forms that people use."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("publishing_cite", __name__)
