"""What crawlers ask for: robots.txt and sitemap."""

from flask import Blueprint

from tradegraph.web.site import Site


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    return Blueprint("publishing_machines", __name__)
