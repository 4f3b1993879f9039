"""Files of every release, under `/dump/`, and the pages on them, under `/{language}/data`."""

import json
from typing import Final

from flask import Blueprint, Response, render_template, request

from tradegraph.languages import Language
from tradegraph.media_types import HTML
from tradegraph.publish.catalogue import LICENCE
from tradegraph.publish.site_record import series
from tradegraph.store import Release
from tradegraph.web.frame import check_parameters, language_of_request
from tradegraph.web.kit import date_in_words
from tradegraph.web.problems import RequestError
from tradegraph.web.publishing import download_page
from tradegraph.web.publishing.files import file_response
from tradegraph.web.publishing.forms import JSON, JSON_LD, PAGE, PARAMETERS, TURTLE, form_wanted, rdf
from tradegraph.web.publishing.record import record_of, see, site_address
from tradegraph.web.publishing.shelf import CHECKSUMS, LATEST, Files, Shelf, answered
from tradegraph.web.site import Site

_ALLOWED: Final = "Accept, If-None-Match, If-Range, Range"
_EXPOSED: Final = "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Link, X-Release"


def blueprint(site: Site, shelf: Shelf) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("publishing_downloads", __name__)

    @routes.get("/dump/")
    def versions() -> Response:
        check_parameters(request.args, PARAMETERS)
        form = form_wanted(JSON, TURTLE, JSON_LD, PAGE)
        if form == PAGE:
            return see(f"/{language_of_request()}/data#releases", "Accept, Accept-Language")
        if form == JSON:
            return answered(lambda: _versions(shelf), form.media_type, shelf.state(), Vary="Accept")
        turns = [(one.release.identifier, one.turn.day) for one in reversed(shelf.listed())]
        address = site_address(site)
        return answered(
            lambda: rdf(series(turns, address), form), form.media_type, shelf.state(), address, Vary="Accept"
        )

    @routes.get(f"/dump/{LATEST}/", defaults={"path": ""})
    @routes.get(f"/dump/{LATEST}/<path:path>")
    def latest(path: str) -> Response:
        check_parameters(request.args, PARAMETERS)
        query = request.query_string.decode("latin-1")
        target = f"/dump/{shelf.release.identifier}/{path}" + ("?" + query if query else "")
        return see(target, "Accept", 302)

    @routes.get("/dump/<version>/")
    def version(version: str) -> Response:
        check_parameters(request.args, PARAMETERS)
        form = form_wanted(JSON, TURTLE, JSON_LD, PAGE)
        release = shelf.read(version)
        if form == PAGE:
            return see(f"/{language_of_request()}/data/{release.identifier}", "Accept, Accept-Language")
        files = shelf.files(release)
        if form == JSON:
            if files is None:
                raise shelf.missing(release)
            return answered(lambda: _files(release, files), form.media_type, release.sha256, Vary="Accept")
        depends_on = (release.sha256, shelf.state(), site_address(site))
        return answered(lambda: rdf(record_of(site, shelf, release), form), form.media_type, depends_on, Vary="Accept")

    @routes.get("/dump/<version>/<path:path>")
    def file(version: str, path: str) -> Response:
        check_parameters(request.args, ())
        release = shelf.read(version)
        files = shelf.files(release)
        if files is None:
            raise shelf.missing(release)
        if path not in files.digests and path != CHECKSUMS:
            raise RequestError(
                404, f"Release {release.identifier} has no file “{path}”.", f"See /dump/{release.identifier}/."
            )
        return file_response(files, path, release.identifier)

    @routes.get("/<any(nl, en):language>/data")
    def data(language: Language) -> Response:
        check_parameters(request.args, ())
        return answered(lambda: _page(site, shelf, language), HTML, language, shelf.release.sha256, shelf.state())

    @routes.get("/<any(nl, en):language>/data/<version>")
    def data_of_version(language: Language, version: str) -> Response:
        check_parameters(request.args, ())
        if version == LATEST:
            return see(f"/{language}/data/{shelf.release.identifier}", "Accept-Encoding", 302)
        release = shelf.read(version)
        return answered(lambda: _version_page(shelf, release, language), HTML, language, release.sha256, shelf.state())

    @routes.after_request
    def for_scripts(response: Response) -> Response:
        """Let scripts of other sites ask for parts, and see what they got (Fetch, section 3.3.3)."""
        response.headers.setdefault("Access-Control-Allow-Headers", _ALLOWED)
        response.headers.setdefault("Access-Control-Expose-Headers", _EXPOSED)
        return response

    return routes


def _versions(shelf: Shelf) -> str:
    members = {
        "latest": shelf.release.identifier,
        "releases": [
            {
                "release": one.release.identifier,
                "current_since": one.turn.timestamp,
                "sha256": one.release.sha256,
                "quads": one.release.quads,
                "files": f"/dump/{one.release.identifier}/" if one.has_files else None,
                "changes": f"/changes/{one.release.identifier}",
            }
            for one in shelf.listed()
        ],
    }
    return json.dumps(members, indent=2) + "\n"


def _files(release: Release, files: Files) -> str:
    members = {
        "release": release.identifier,
        "licence": LICENCE,
        "catalogue": f"/dump/{release.identifier}/catalogue.ttl",
        "checksums": f"/dump/{release.identifier}/{CHECKSUMS}",
        "files": [
            {
                "path": file.path,
                "href": f"/dump/{release.identifier}/{file.path}",
                "title": file.title_en,
                "title_nl": file.title_nl,
                "media_type": file.media_type,
                "packed": "gzip" if file.packed else None,
                "bytes": file.size,
                "sha256": file.sha256,
            }
            for file in files.downloads
        ],
    }
    return json.dumps(members, indent=2, ensure_ascii=False) + "\n"


def _page(site: Site, shelf: Shelf, language: Language) -> str:
    release = shelf.release
    files = shelf.files(release)
    rows = {
        group: [] if files is None else download_page.form_rows(files, release.identifier, language, group)
        for group in ("tables", "rdf")
    }
    return render_template(
        "downloads.html",
        files=files,
        rows=rows,
        total="" if files is None else download_page.size_in_words(files.size, language),
        releases=download_page.release_rows(shelf.listed(), release.identifier, language),
        check=download_page.CHECKED,
        address=site.endpoint.settings.base_url.rstrip("/"),
    )


def _version_page(shelf: Shelf, release: Release, language: Language) -> str:
    files = shelf.files(release)
    turn = next((one for one in shelf.listed() if one.release.identifier == release.identifier), None)
    return render_template(
        "downloads_release.html",
        of=release,
        files=files,
        groups={} if files is None else download_page.file_rows(files, release.identifier, language),
        uses=download_page.USES,
        since="" if turn is None else date_in_words(turn.turn.day, language),
        check=download_page.CHECKED,
        served=release.identifier == shelf.release.identifier,
        previous=shelf.previous(release.identifier),
    )
