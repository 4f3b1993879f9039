"""What programs ask for to learn what is here: the record of the data set, at `/dataset` and `/.well-known/void`."""

from typing import cast

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request

from tradegraph.namespaces import BASE
from tradegraph.publish.site_record import site_record
from tradegraph.store import Release
from tradegraph.web.frame import check_parameters, language_of_request
from tradegraph.web.publishing.forms import JSON_LD, PAGE, PARAMETERS, TURTLE, form_wanted, rdf
from tradegraph.web.publishing.shelf import Shelf, answered
from tradegraph.web.site import Site


def site_address(site: Site) -> str:
    """Return where the site is: as its settings say, else where our IRIs say (a Host field is not to be trusted)."""
    return (site.endpoint.settings.base_url or BASE).rstrip("/")


def record_of(site: Site, shelf: Shelf, release: Release) -> list[ox.Triple]:
    """Return the record of a release on this site, with its files where they have been made."""
    files = shelf.files(release)
    issued, span = shelf.issued(release)
    downloads = () if files is None else files.downloads
    return site_record(release, downloads, issued, span, site_address(site), shelf.previous(release.identifier))


def blueprint(site: Site, shelf: Shelf) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("publishing_record", __name__)

    # RFC 8615 registers the name; VoID, section 7.2, says what stands there.
    @routes.get("/.well-known/void")
    @routes.get("/dataset")
    def dataset() -> Response:
        check_parameters(request.args, PARAMETERS)
        form = form_wanted(TURTLE, JSON_LD, PAGE)
        if form == PAGE:
            return see(f"/{language_of_request()}/data", "Accept, Accept-Language")
        return answered(
            lambda: rdf(record_of(site, shelf, shelf.release), form),
            form.media_type,
            shelf.release.sha256,
            shelf.state(),
            site_address(site),
            Vary="Accept",
            Link='</dataset>; rel="canonical"',
        )

    # The IRIs that the record gives to the catalogue, the data set and its releases lead here too.
    @routes.get("/id/catalogue/tradegraph")
    @routes.get("/id/dataset/tradegraph")
    def identified() -> Response:
        check_parameters(request.args, PARAMETERS)
        return see("/dump/" if request.path.startswith("/id/dataset") else "/dataset", "Accept")

    @routes.get("/id/dataset/tradegraph-<version>")
    def identified_release(version: str) -> Response:
        check_parameters(request.args, PARAMETERS)
        return see(f"/dump/{shelf.read(version).identifier}/", "Accept")

    return routes


def see(target: str, varies: str, status: int = 303) -> Response:
    """Return a redirection within the site that is not kept."""
    response = cast("Response", redirect(target, status))
    response.headers["Vary"] = varies
    response.headers["Cache-Control"] = "no-cache"
    return response
