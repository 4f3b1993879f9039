"""`/api/search`: full-text search as JSON, for programs and for pages that complete what is typed.

A parameter that is unknown, repeated or out of bounds is an error that names it, as at `/sparql`.
"""

import json
from typing import Final
from urllib.parse import parse_qsl

from flask import Blueprint, Request, Response, request

from tradegraph.errors import QueryRefused
from tradegraph.search import LANGUAGES, Hit, Language, SearchIndex
from tradegraph.store import Release
from tradegraph.web.problems import RequestError

DEFAULT_LIMIT: Final = 20
MOST_HITS: Final = 1_000
_PARAMETERS: Final = ("q", "lang", "kind", "limit")
_LONGEST_ADDRESS: Final = 8_000


def blueprint(index: SearchIndex, release: Release) -> Blueprint:
    """Return the route of the search in `index`: of `release`, and of what was written since.

    The index stays the caller's.
    """
    routes = Blueprint("search", __name__)

    @routes.get("/api/search")
    def search() -> Response:
        given = _read(request)
        limit = _limit(given.get("limit"))
        language = _language(given.get("lang"))
        kinds = [given["kind"]] if given.get("kind") else []
        try:
            # One more than shown tells whether there are more.
            hits = index.find(given["q"], language, kinds, limit + 1)
        except QueryRefused as error:
            raise RequestError(400, error.detail, error.remedy) from error
        answer = {
            "query": given["q"],
            "lang": language,
            "kind": given.get("kind") or None,
            "limit": limit,
            "complete": len(hits) <= limit,
            "release": release.identifier,
            "hits": [_member(hit) for hit in hits[:limit]],
        }
        # It may be another one after the next write.
        fields = {"Cache-Control": "no-cache"}
        return Response(json.dumps(answer, ensure_ascii=False), headers=fields, mimetype="application/json")

    return routes


def _read(incoming: Request) -> dict[str, str]:
    """Return the parameters, each once and known, with `q` among them; RequestError 400 or 414."""
    text = str(incoming.environ.get("QUERY_STRING", ""))
    if len(text) > _LONGEST_ADDRESS:
        raise RequestError(414, "The address is too long.", "Give fewer words.")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", encoding="utf-8", max_num_fields=100)
    except (UnicodeDecodeError, ValueError) as error:
        raise RequestError(400, "The parameters are not UTF-8, or too many.", "Encode as UTF-8.") from error
    names = [name for name, _ in pairs]
    for name in names:
        if name not in _PARAMETERS:
            raise RequestError(400, f"There is no parameter “{name}”.", f"There are: {', '.join(_PARAMETERS)}.")
        if names.count(name) > 1:
            raise RequestError(400, f"Parameter “{name}” stands here more than once.", "Give it once.")
    if "q" not in names:
        raise RequestError(400, "There is nothing to search for.", "Give the words as parameter “q”.")
    return dict(pairs)


def _language(text: str | None) -> Language | None:
    if text and text not in LANGUAGES:
        raise RequestError(400, f"lang={text} cannot be used.", "Give nl or en, or leave it out for both.")
    return text or None


def _limit(text: str | None) -> int:
    if not text:
        return DEFAULT_LIMIT
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MOST_HITS:
        raise RequestError(400, f"limit={text} cannot be used.", f"Give a whole number from 1 to {MOST_HITS}.")
    return int(text)


def _member(hit: Hit) -> dict[str, object]:
    return {
        "iri": hit.iri,
        "kind": hit.kind,
        "label": hit.label,
        "language": hit.language,
        "score": hit.score,
        "snippet": [{"text": text, "match": match} for text, match in hit.snippet.pieces()],
    }
