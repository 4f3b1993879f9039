"""Documents with their questions, answers and passages, and the facts read from each."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("explorer_documents", __name__)
