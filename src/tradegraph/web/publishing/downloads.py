"""Downloads per release, the catalogue and its statistics."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("publishing_downloads", __name__)
