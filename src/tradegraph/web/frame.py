"""What every page has: its language, its words, the links around it, and the rule against unknown parameters."""

from collections.abc import Collection
from pathlib import Path
from types import SimpleNamespace
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict

from tradegraph.languages import LANGUAGES, Language
from tradegraph.store import Release
from tradegraph.web.kit import date_in_words
from tradegraph.web.problems import RequestError
from tradegraph.web.vocabulary import Vocabulary
from tradegraph.web.words import words_in

_STATIC: Final = Path(__file__).parent / "static"


def language_of_request() -> Language:
    """Return the language of the page: the first part of its path, else what the browser likes best, else Dutch."""
    first = request.path.split("/")[1] if "/" in request.path else ""
    if first in LANGUAGES:
        return "nl" if first == "nl" else "en"
    return "en" if request.accept_languages.best_match(LANGUAGES, default="nl") == "en" else "nl"


def in_other_language(language: Language) -> str:
    """Return the address of this page in `language`: the other first part, the same rest and query string.

    A page that has no language in its address, or was sent by POST, leads to the front page.
    """
    first, _, rest = request.path.lstrip("/").partition("/")
    if first not in LANGUAGES or request.method == "POST":
        return f"/{language}/"
    pairs = [
        (name, language if name == "labels" else value) for name, values in request.args.lists() for value in values
    ]
    return f"/{language}/{rest}" + ("?" + urlencode(pairs) if pairs else "")


def check_parameters(given: MultiDict[str, str], known: Collection[str], passed_on: Collection[str] = ()) -> None:
    """Raise RequestError 400 for a parameter that is not `known` or stands there twice; nothing is silently ignored.

    Those that are `passed_on` are for someone else to judge.
    """
    for name, values in given.lists():
        if name in passed_on:
            continue
        if name not in known:
            listed = ", ".join([*known, *passed_on]) or "none"
            raise RequestError(400, f"There is no parameter “{name}”.", f"This page knows: {listed}.")
        if len(values) > 1:
            raise RequestError(400, f"Parameter “{name}” stands here more than once.", "Give it once.")


def number(value: object, language: Language) -> str:
    """Return a whole number with its thousands apart, as the language writes it; anything else as it is."""
    if not isinstance(value, int):
        return str(value)
    return f"{value:,}".replace(",", "." if language == "nl" else ",")


def vendored(name: str) -> str:
    """Return the file name, version included, of a vendored file: `vendored("lucide")` → `lucide-1.62.0.svg`."""
    (found,) = (_STATIC / "vendor").glob(f"{name}-[0-9]*")
    return found.name


def blueprint(release: Release, vocabulary: Vocabulary) -> Blueprint:
    """Return what every template may use."""
    routes = Blueprint("frame", __name__)
    icons = f"/static/vendor/{vendored('lucide')}"

    named = {term.name: term.label for term in vocabulary.classes}

    @routes.app_context_processor
    def words() -> dict[str, object]:
        language = language_of_request()
        return {
            "language": language,
            # Attributes, not items: a dictionary has names of its own, and a template would find those first.
            "t": SimpleNamespace(**words_in(language)),
            "languages": [(one, in_other_language(one)) for one in LANGUAGES],
            "release": release,
            "icons": icons,
            "number": lambda value: number(value, language),
            "term_words": lambda name: named[name].in_(language) if name in named else "",
            "vendored": vendored,
            "date": lambda value: date_in_words(value, language),
            "path": "/" + request.path.lstrip("/").partition("/")[2],
        }

    return routes
