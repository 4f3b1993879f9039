"""The application factory: routes, headers that every answer carries, errors."""

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from tradegraph.errors import QueryError
from tradegraph.settings import Settings
from tradegraph.store import QueryStore, Release
from tradegraph.web import problems, sparql

_HEADERS = {
    # No script and no outside request at all; the form may be sent to this server only.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": sparql.METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Expose-Headers": "Content-Disposition, Retry-After, X-Release",
}


def create_app(settings: Settings, store: QueryStore, release: Release) -> Flask:
    """Return the WSGI application that answers from `store`, which holds `release`. The store stays the caller's."""
    app = Flask(__name__)
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    app.config["MAX_CONTENT_LENGTH"] = 3 * settings.max_query_bytes + 10_000
    app.url_map.merge_slashes = False
    app.register_blueprint(sparql.blueprint(settings, store, release))

    @app.get("/")
    def landing() -> str:
        return render_template("landing.html", release=release)

    @app.get("/healthz")
    def healthz() -> Response:
        store.check()
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
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        # Header fields are Latin-1 on the wire; identifiers are ASCII.
        response.headers["X-Release"] = release.identifier
        return response

    return app
