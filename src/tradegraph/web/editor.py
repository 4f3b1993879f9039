"""`/nl/sparql` and `/en/sparql`: the page on which people write queries. Complete without JavaScript.

The page runs the query itself when its address holds one, so that a link to a query is a link to its answer. Scripts
make it quicker: they send the same form to `/sparql` and draw the same table.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.datastructures import MultiDict

from tradegraph.languages import LANGUAGES, Language
from tradegraph.media_types import FORMATS, HTML, format_named
from tradegraph.namespaces import BASE, PREFIXES
from tradegraph.settings import SETTINGS, Settings
from tradegraph.store import Release
from tradegraph.web.answers import Asked, Outcome, Problem, Runner
from tradegraph.web.examples import Example, choices_query, parameter_name
from tradegraph.web.frame import check_parameters, vendored
from tradegraph.web.parameters import MOST_FIRST_ROWS
from tradegraph.web.problems import RequestError
from tradegraph.web.vocabulary import Vocabulary
from tradegraph.web.words import frame, query_page

_ROW_CHOICES: Final = (100, 1_000, 10_000, MOST_FIRST_ROWS)
_ROWS, _TIME_S = 1_000, 10
_TIME_CHOICES: Final = (5, 10, 30, 60, 120, 300)
_MOST_CHOICES: Final = 2_000
_PARAMETER: Final = "p."
_KNOWN: Final = ("query", "question", "labels", "rows", "timeout", "format")
_PASSED_ON: Final = ("prefixes", "rewrite", "default-graph-uri", "named-graph-uri")
_IRI: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_SHOWN_LIMITS: Final = (
    "query_time_limit_s",
    "query_memory_limit_mb",
    "max_query_bytes",
    "max_dataset_graphs",
    "max_running_queries",
)
_START: Final = """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>

SELECT ?mission ?year ?country WHERE {{
    ?mission a tg:EconomicMission ;
        tg:year ?year ;
        tg:destination ?country ;
        rdfs:label ?name .
    FILTER (LANG(?name) = "{language}")
}}
ORDER BY ?year ?name
"""


@dataclass(frozen=True)
class Choice:
    """A parameter of an example as a form field: its name in the address, and the (IRI, label) pairs to choose from."""

    name: str
    label: str
    chosen: str
    things: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Form:
    """What stands in the form: the query's text, whether there is one to run, and the options next to it."""

    asked: Asked
    run: bool
    example: Example | None
    values: Mapping[str, str]


def blueprint(
    settings: Settings, release: Release, questions: Mapping[str, Example], vocabulary: Vocabulary, run: Runner
) -> Blueprint:
    """Return the routes of the page, in both languages; `questions` by number, as `examples` returns them."""
    routes = Blueprint("editor", __name__)
    times = tuple(time for time in _TIME_CHOICES if time < settings.query_time_limit_s)
    times += (settings.query_time_limit_s,)
    row_choices = tuple(rows for rows in _ROW_CHOICES if rows <= settings.max_answer_rows)
    choices: dict[tuple[str, Language], tuple[tuple[str, str], ...]] = {}

    def things(query: str, language: Language) -> tuple[tuple[str, str], ...]:
        """Return what a parameter can stand for; found once, since a release never changes."""
        if (query, language) not in choices:
            found = run(
                Asked(query, None, min(_MOST_CHOICES, settings.max_answer_rows), settings.query_time_limit_s), language
            )
            if isinstance(found, Problem):
                return ()
            choices[query, language] = tuple((row[0].iri, row[1].text) for row in found.rows)
        return choices[query, language]

    def fields(form: Form, language: Language) -> list[Choice]:
        if form.example is None:
            return []
        return [
            Choice(
                _PARAMETER + one.name,
                parameter_name(one).in_(language),
                form.values[one.name],
                things(choices_query(one, language), language),
            )
            for one in form.example.query.parameters
        ]

    @routes.route("/<any(nl, en):language>/sparql", methods=["GET", "POST"])
    def editor(language: Language) -> Response:
        given = request.form if request.method == "POST" else request.args
        form = _read(given, language, questions, settings)
        if given.get("format"):
            return _download(given, form)
        answer = run(form.asked, language) if form.run and request.method != "HEAD" else None
        page = render_template(
            "sparql.html",
            asked=form.asked,
            example=form.example,
            choices=fields(form, language),
            outcome=answer if isinstance(answer, Outcome) else None,
            problem=answer if isinstance(answer, Problem) else None,
            downloads=_downloads(form.asked, answer),
            questions=questions.values(),
            vocabulary=vocabulary,
            formats=FORMATS,
            row_choices=row_choices,
            time_choices=times,
            limits=[(row, settings.value(row.name)) for row in SETTINGS if row.name in _SHOWN_LIMITS],
            page_data=_page_data(release, language),
        )
        status = answer.status if isinstance(answer, Problem) else 200
        return Response(page, status, mimetype=HTML)

    return routes


def _read(given: MultiDict[str, str], language: Language, questions: Mapping[str, Example], settings: Settings) -> Form:
    """Read what the address or the form holds; RequestError for what is unknown, repeated or cannot be used."""
    example = None
    number = given.get("question") or ""
    if number:
        if number not in questions:
            raise RequestError(404, f"There is no question “{number}”.", "The page lists all there are.")
        example = questions[number]
    fields = tuple(_PARAMETER + one.name for one in example.query.parameters) if example else ()
    check_parameters(given, _KNOWN + fields, _PASSED_ON)
    more = tuple((name, value) for name in _PASSED_ON for value in given.getlist(name))
    query = (given.get("query") or "").replace("\r\n", "\n")
    if len(query.encode()) > settings.max_query_bytes:
        raise RequestError(413, f"The query is longer than {settings.max_query_bytes} bytes.", "Shorten it.")
    rows = _number(given, "rows", min(_ROWS, settings.max_answer_rows), min(MOST_FIRST_ROWS, settings.max_answer_rows))
    time_s = _number(given, "timeout", min(_TIME_S, settings.query_time_limit_s), settings.query_time_limit_s)
    if given.get("labels") not in (None, "", *LANGUAGES):
        raise RequestError(400, f"labels={given['labels']} cannot be used.", f"There are: {', '.join(LANGUAGES)}.")
    # A box that is not ticked is not sent: only a form that was sent at all can leave names out.
    labels: Language | None = language if given.get("labels") or not (query or example) else None
    if example is not None and not query:
        values = _values(given, example)
        asked = Asked(example.text(language, values), language, rows, time_s, more)
        return Form(asked, True, example, values)
    asked = Asked(query or _START.format(language=language), labels, rows, time_s, more)
    return Form(asked, bool(query.strip()), None, {})


def _values(given: MultiDict[str, str], example: Example) -> dict[str, str]:
    values = {}
    for one in example.query.parameters:
        value = given.get(_PARAMETER + one.name) or one.default
        if not _IRI.fullmatch(value):
            raise RequestError(400, f"“{value}” is not the IRI of a thing.", "Choose one of the list.")
        values[one.name] = value
    return values


def _number(given: MultiDict[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= most:
        raise RequestError(400, f"{name}={text} cannot be used.", f"Give a whole number from 1 to {most}.")
    return int(text)


def _download(given: MultiDict[str, str], form: Form) -> Response:
    """Send a form that asks for a format on to the endpoint."""
    if format_named(given["format"]) is None:
        names = ", ".join(one.name for one in FORMATS)
        raise RequestError(400, f"There is no format “{given['format']}”.", f"There are: {names}.")
    return cast("Response", redirect(_address(form.asked, given["format"]), 303))


def _address(asked: Asked, format_name: str) -> str:
    """Return the address at which the endpoint gives all rows of the same answer in a format."""
    return "/sparql?" + urlencode([*asked.parameters(), ("format", format_name)])


def _downloads(asked: Asked, answer: Outcome | Problem | None) -> list[tuple[str, str, str]]:
    """Return (name, label, address) of each format that the answer can be had in: all rows of it."""
    if not isinstance(answer, Outcome):
        return []
    kind = "graph" if answer.graph is not None else "boolean" if answer.boolean is not None else "bindings"
    return [(one.name, one.label, _address(asked, one.name)) for one in FORMATS if kind in one.kinds]


def _page_data(release: Release, language: Language) -> dict[str, object]:
    """Return what the scripts need to know; the template writes it as JSON."""
    return {
        "language": language,
        "release": release.identifier,
        "base": BASE,
        "icons": f"/static/vendor/{vendored('lucide')}",
        "prefixes": PREFIXES,
        "formats": [{"name": one.name, "label": one.label, "kinds": sorted(one.kinds)} for one in FORMATS],
        "words": {key: words.in_(language) for key, words in (frame.WORDS | query_page.WORDS).items()},
    }
