"""Keys that are no longer in use: a moved thing answers 301 with its new address, a withdrawn one 410 with the reason.

The release says which (`data/moved.csv`): an old IRI is `owl:deprecated`, and `dct:isReplacedBy` what it is now. Works
for `/id/…`, `/doc/…` and the pages alike, before any of them looks for a thing.
"""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from flask import Blueprint, Response, redirect, render_template, request

from tradegraph.explore.reading import Reader
from tradegraph.languages import Language, Words
from tradegraph.media_types import HTML, best
from tradegraph.namespaces import BASE, ID, PREFIXES
from tradegraph.web.frame import language_of_request
from tradegraph.web.kit import date_in_words
from tradegraph.web.problems import PROBLEM
from tradegraph.web.site import Site, iri, text
from tradegraph.web.words import say

GONE: Final = 410
_ADDRESS: Final = re.compile(r"/(id|doc|nl|en)/([a-z][a-z-]*)/([A-Za-z0-9_~-]+)(\.[a-z0-9]+)?")
_ASKED: Final = f"""\
PREFIX dct: <{PREFIXES["dct"]}>
PREFIX owl: <{PREFIXES["owl"]}>
PREFIX tg: <{PREFIXES["tg"]}>
SELECT ?old ?new ?since ?reason WHERE {{
    ?old owl:deprecated true .
    FILTER (STRSTARTS(STR(?old), "{ID}"))
    OPTIONAL {{ ?old dct:isReplacedBy ?new }}
    OPTIONAL {{ ?old dct:modified ?since }}
    OPTIONAL {{ ?old tg:curationNote ?reason }}
}}"""


@dataclass(frozen=True)
class Moved:
    """An old thing: what it is now (`kind/key`, empty when it was withdrawn), since which day, and why."""

    now: str
    since: str
    reason: Words


def read_moved(reader: Reader) -> Mapping[str, Moved]:
    """Return the old things of a release by `kind/key`, each with what it has become in the end."""
    found: dict[str, Moved] = {}
    for row in reader.rows(_ASKED):
        old = iri(row, "old").removeprefix(ID)
        before = found.get(old, Moved("", "", Words()))
        language = getattr(row.get("reason"), "language", None)
        words = text(row, "reason")
        reason = Words(words, before.reason.en) if language == "nl" else Words(before.reason.nl, words)
        found[old] = Moved(iri(row, "new").removeprefix(ID), text(row, "since"), reason)
    return {old: Moved(_end(old, found), one.since, one.reason) for old, one in found.items()}


def _end(old: str, moved: Mapping[str, Moved]) -> str:
    seen = {old}
    while (now := moved[old].now) in moved and now not in seen:
        seen.add(now)
        old = now
    return "" if moved[old].now in seen else moved[old].now


@dataclass
class OldKeys:
    """The old keys of the release that a site serves; read once, when first needed."""

    site: Site
    _found: Mapping[str, Moved] | None = None

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def get(self, thing: str) -> Moved | None:
        """Return what became of `kind/key`; None when it is not an old key. Any QueryError may be raised."""
        if self._found is None:
            with self._lock:
                if self._found is None:
                    self._found = read_moved(self.site.reader())
        return self._found.get(thing)


def blueprint(site: Site) -> Blueprint:
    """Return the rule, for the whole application."""
    routes = Blueprint("publishing_moved", __name__)
    keys = OldKeys(site)

    @routes.before_app_request
    def answer_for_old_keys() -> Response | None:
        asked = _ADDRESS.fullmatch(request.path)
        if asked is None or request.method not in ("GET", "HEAD"):
            return None
        place, kind, key, suffix = asked.groups(default="")
        moved = keys.get(f"{kind}/{key}")
        if moved is None:
            return None
        if not moved.now:
            return _gone(f"{kind}/{key}", moved)
        query = request.query_string.decode("latin-1")
        target = f"/{place}/{moved.now}{suffix}" + ("?" + query if query else "")
        response = cast("Response", redirect(target, 301))
        # For good, but a later release may put right what this one says.
        response.headers["Cache-Control"] = "max-age=86400"
        return response

    return routes


def _gone(thing: str, moved: Moved) -> Response:
    """Say that a thing was withdrawn, and why: as a page for a browser, else as problem details (RFC 9457)."""
    language: Language = language_of_request()
    if best(request.headers.get("Accept"), (PROBLEM, "application/json", HTML)) == HTML:
        page = render_template(
            "withdrawn.html",
            thing=thing,
            reason=moved.reason.in_(language),
            since=date_in_words(moved.since, language),
            kind=thing.partition("/")[0],
        )
        response = Response(page, GONE, mimetype=HTML)
    else:
        problem = {
            "type": f"{BASE}problem/withdrawn",
            "title": say("en", "releases_withdrawn"),
            "title_nl": say("nl", "releases_withdrawn"),
            "status": GONE,
            "detail": moved.reason.en,
            "detail_nl": moved.reason.nl,
            "remedy": "It is in older releases; /changes says in which one it was withdrawn.",
            "withdrawn": moved.since,
        }
        response = Response(json.dumps(problem, ensure_ascii=False), GONE, mimetype=PROBLEM)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    return response
