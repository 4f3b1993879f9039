"""`/api/connections`: what connects two things, as the same typed answer that the page shows, in JSON."""

import json
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from tradegraph.errors import NotFound, QueryRefused
from tradegraph.explore.connections import connect
from tradegraph.explore.connections.opened import Opened
from tradegraph.explore.connections.sentences import read_templates
from tradegraph.explore.kinds import kind_of
from tradegraph.languages import LANGUAGES, Language
from tradegraph.web.explorer.connections_address import KEY, read_asked
from tradegraph.web.explorer.connections_files import as_json, complete_in_file
from tradegraph.web.explorer.connections_view import Viewer, key_of
from tradegraph.web.frame import check_parameters
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site

JSON: Final = "application/json"
MOST: Final = 500
DEFAULT_LIMIT: Final = 50
MOST_ENDS: Final = 20


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("api_connections", __name__)
    opened = Opened(site.endpoint.release)
    templates = read_templates(site.project)

    @routes.get("/api/connections")
    def connections() -> Response:
        given = MultiDict(request.args)
        language = _language(given.pop("lang", ""))
        limit = _limit(given.pop("limit", ""), MOST, DEFAULT_LIMIT)
        index = opened.index(site.reader)
        _only_once(("lang", "limit"))
        asked = read_asked(given, index)
        for name in ("from", "to", *(("via",) if asked.ends.get("via") else ())):
            if not KEY.fullmatch(asked.ends.get(name, "")):
                raise RequestError(400, f"{name} is no key.", "Give kind/key, such as territory/idn.")
        try:
            answer = connect(index, asked.question(index), asked.page, limit, in_group=limit)
        except QueryRefused as error:
            raise RequestError(400, error.detail, error.remedy) from error
        except NotFound as error:
            raise RequestError(404, str(error), "/api/search finds things by name.") from error
        viewer = Viewer(site, templates, answer, language, site.notes(language))
        return site.send(
            language,
            lambda: as_json(viewer, site.endpoint.release.identifier),
            JSON,
            X_Result_Complete="true" if complete_in_file(answer) else "false",
        )

    @routes.get("/api/connections/ends")
    def ends() -> Response:
        """Things that may be an end, for a box that suggests while one types."""
        check_parameters(request.args, ("lang", "limit", "q"))
        language = _language(request.args.get("lang", ""))
        limit = _limit(request.args.get("limit", ""), MOST_ENDS, 8)
        index, search = opened.index(site.reader), site.endpoint.index
        try:
            hits = (
                () if search is None else search.find(request.args.get("q", ""), language, limit=60, as_you_type=True)
            )
        except QueryRefused as error:
            raise RequestError(400, error.detail, error.remedy) from error
        found = [hit for hit in hits if index.node(hit.iri) is not None][:limit]
        names = site.named([hit.iri for hit in found], language)
        answer = {
            "ends": [
                {
                    "iri": hit.iri,
                    "key": key_of(hit.iri),
                    "label": names[hit.iri].text,
                    "kind": kind_of(hit.iri).one.in_(language),
                }
                for hit in found
            ]
        }
        return site.send(language, lambda: json.dumps(answer, ensure_ascii=False), JSON)

    return routes


def _only_once(names: tuple[str, ...]) -> None:
    for name in names:
        if len(request.args.getlist(name)) > 1:
            raise RequestError(400, f"Parameter “{name}” stands here more than once.", "Give it once.")


def _language(text: str) -> Language:
    if text and text not in LANGUAGES:
        raise RequestError(400, f"lang={text} cannot be used.", "Give nl or en; without it, nl.")
    return "en" if text == "en" else "nl"


def _limit(text: str, most: int, default: int) -> int:
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= most:
        raise RequestError(400, f"limit={text} cannot be used.", f"Give a whole number from 1 to {most}.")
    return int(text)
