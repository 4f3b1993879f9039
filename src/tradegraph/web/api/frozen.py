"""Frozen answers: a query with the digest of its result, to be cited."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("api_frozen", __name__)
