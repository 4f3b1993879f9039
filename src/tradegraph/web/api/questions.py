"""Stored questions as pages with a form and as addresses for programs."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("api_questions", __name__)
