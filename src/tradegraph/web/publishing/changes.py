"""What changed between releases, as pages and as a feed."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("publishing_changes", __name__)
