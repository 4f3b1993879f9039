"""The application factory: routes, headers that every answer carries, errors."""

from dataclasses import replace
from typing import Final, cast

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.exceptions import HTTPException

from tradegraph.errors import QueryError, StoreUnavailable
from tradegraph.files import Project
from tradegraph.web import (
    api,
    encoding,
    explorer,
    pages,
    problems,
    publishing,
    reference,
    search,
    sparql,
    things,
    writing,
)
from tradegraph.web.endpoint import Endpoint
from tradegraph.web.explorer.literal import LiteralQuotes
from tradegraph.web.headers import standard_fields
from tradegraph.web.site import Site

_PACKED: Final = frozenset(
    {"text/html", "text/css", "text/javascript", "application/json", "application/problem+json", "image/svg+xml"}
)


def create_app(endpoint: Endpoint, desk: writing.Desk | None = None) -> Flask:
    """Return the WSGI application around an endpoint, which stays the caller's to close; it takes writes at `desk`."""
    settings, release = endpoint.settings, endpoint.release
    app = Flask(__name__)
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    app.config["MAX_CONTENT_LENGTH"] = 3 * settings.max_query_bytes + 10_000
    app.url_map.merge_slashes = False
    if desk is not None:
        writing.register(app, desk)
    app.register_blueprint(sparql.blueprint(endpoint))
    if endpoint.index is not None:
        app.register_blueprint(search.blueprint(endpoint.index, release))
    fields = standard_fields(release)

    project = Project.own()
    pages.register(app, settings, release, project)
    things.register(app, endpoint, project)
    site = replace(Site.open(endpoint, project), quoter=LiteralQuotes.of_folder(settings.documents))
    for part in (explorer, api, publishing, reference):
        part.register(app, site)

    @app.get("/")
    def root() -> Response:
        language = request.accept_languages.best_match(("nl", "en"), default="nl")
        response = cast("Response", redirect(f"/{language}/", 302))
        response.headers["Vary"] = "Accept-Language"
        return response

    @app.get("/healthz")
    def healthz() -> Response:
        endpoint.store.check()
        if desk is not None and desk.writer.trouble:
            raise StoreUnavailable(desk.writer.trouble, "Look after the disk, then start the service again.")
        return jsonify(status="ok", release=release.identifier)

    @app.errorhandler(QueryError)
    def query_error(error: QueryError) -> Response:
        return problems.respond(error, request)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        known = problems.RequestError(status, (error.description or error.name).strip(), "See docs/endpoint.md.")
        response = problems.respond(known, request)
        # Werkzeug knows more than the status for some: the Allow of a 405, the Location of a redirect.
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length"):
                response.headers[name] = value
        return response

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in fields.items():
            response.headers.setdefault(name, value)
        return pack(response)

    return app


def pack(response: Response) -> Response:
    """Give a page or a file of the pages its content coding, and say how long it may be kept."""
    if request.endpoint == "static":
        # Vendored files have their version in their name; the others import each other by plain names.
        vendored = request.path.startswith("/static/vendor/")
        response.headers["Cache-Control"] = f"public, {'max-age=31536000, immutable' if vendored else 'no-cache'}"
    if (
        response.mimetype not in _PACKED
        or response.status_code != 200
        or (response.is_streamed and not (response.direct_passthrough))
    ):
        return response
    response.vary.add("Accept-Encoding")
    coding = encoding.choose(request.headers.get("Accept-Encoding"))
    if coding is None or "Content-Encoding" in response.headers or request.method == "HEAD":
        return response
    response.direct_passthrough = False
    coded = encoding.encode(response.get_data(), coding)
    if coded is not None:
        response.set_data(coded)
        response.headers["Content-Encoding"] = coding
        tag, _ = response.get_etag()
        if tag is not None:
            response.set_etag(tag, weak=True)
    return response
