"""Stored questions, and the queries behind panels of pages, as addresses for programs.

`/api/questions/agreements-of-a-mission?mission=2025-06-indonesia&format=csv&labels=nl`
"""

import json
from typing import Final, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request

from tradegraph import __version__
from tradegraph.explore.stored import filled, in_language
from tradegraph.languages import LANGUAGES, Language, Words
from tradegraph.publish.answer_workbook import write_answer
from tradegraph.web.addresses import query_address
from tradegraph.web.api import question_pages
from tradegraph.web.api.asking import Fetched, fetch, forward, own_address, problem_response
from tradegraph.web.api.catalogue import RESERVED, Catalogue, Stored, panels_of, questions_of
from tradegraph.web.api.formats import ANSWER_FORMATS, AnswerFormat, page_wanted, wanted_format
from tradegraph.web.api.records import read_table
from tradegraph.web.api.values import kind_of_default, read_values
from tradegraph.web.examples import parameter_name
from tradegraph.web.frame import check_parameters, language_of_request
from tradegraph.web.parameters import MOST_FIRST_ROWS
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Site

LICENCE: Final = "CC0 1.0: https://creativecommons.org/publicdomain/zero/1.0/"
_FROM_ENDPOINT: Final = ("ETag", "Vary", "X-Result-Complete", "X-Result-Incomplete-Reason", "X-Query-Rewritten")


def blueprint(site: Site) -> Blueprint:
    """Return the routes, those of the pages with forms included."""
    routes = Blueprint("api_questions", __name__)
    questions, panels = questions_of(site), panels_of(site)

    @routes.get("/api/questions")
    def list_questions() -> Response:
        check_parameters(request.args, ())
        if page_wanted():
            return _to_page("questions/")
        return _listed(site, questions)

    @routes.get("/api/panels")
    def list_panels() -> Response:
        check_parameters(request.args, ())
        return _listed(site, panels)

    @routes.get("/api/questions/<name>")
    def question(name: str) -> Response:
        return _asked(site, questions, name, has_page=True)

    @routes.get("/api/panels/<name>")
    def panel(name: str) -> Response:
        return _asked(site, panels, name, has_page=False)

    question_pages.add_routes(routes, site, questions)
    return routes


def _asked(site: Site, catalogue: Catalogue, name: str, *, has_page: bool) -> Response:
    stored = catalogue.find(name)
    if stored.slug != name:
        # One address for each question, whatever it was called.
        return _to(f"{catalogue.path}/{stored.slug}", 301)
    check_parameters(request.args, (*(one.name for one in stored.query.parameters), *RESERVED))
    form = wanted_format()
    if form is None:
        if has_page:
            return _to_page(f"questions/{stored.slug}")
        form = ANSWER_FORMATS[0]
    text = filled(stored.query, read_values(request.args, stored.query, site.reader()))
    if request.args.get("labels") == "en":
        text = in_language(text, "en")
    return _answered(site, stored, text, form)


def _answered(site: Site, stored: Stored, text: str, form: AnswerFormat) -> Response:
    labels = request.args.get("labels")
    if labels not in (None, "", "none", *LANGUAGES):
        raise RequestError(400, f"labels={labels} cannot be used.", "Give one of: nl, en, none.")
    if not labels and not form.endpoint:
        labels = "nl"
    given = {"query": text, "labels": "" if labels == "none" else labels or ""}
    given |= {name: request.args.get(name, "") for name in ("rows", "timeout")}
    if form.endpoint:
        pairs = [(name, value) for name, value in {**given, "format": form.name}.items() if value]
        return _varied(forward("/sparql", pairs))
    most = min(MOST_FIRST_ROWS, site.endpoint.settings.max_answer_rows)
    given["rows"] = given["rows"] or str(most)
    # Made from the endpoint's JSON, so its tag tells of this one too.
    known = request.headers.get("If-None-Match", "").replace(f'-{form.name}"', '"')
    fetched = fetch("/sparql", [(name, value) for name, value in given.items() if value], if_none_match=known)
    fields = {name: fetched.fields[name.lower()] for name in _FROM_ENDPOINT if name.lower() in fetched.fields}
    fields["Cache-Control"] = fetched.fields.get("cache-control", "no-cache")
    if "ETag" in fields:
        fields["ETag"] = f'{fields["ETag"][:-1]}-{form.name}"'
    if fetched.status == 304:
        return _varied(Response(status=304, headers=fields))
    if fetched.status != 200:
        return problem_response(fetched)
    table = read_table(fetched.body)
    if form.name == "records":
        body = json.dumps(table.records(), ensure_ascii=False).encode() + b"\n"
    else:
        rows = ([record[name] for name in table.columns] for record in table.records())
        body = write_answer(table.columns, rows, _source(site, stored, text, len(table.rows), fetched))
        fields["Content-Disposition"] = f'attachment; filename="{stored.slug}.xlsx"'
    return _varied(Response(body, headers=fields, mimetype=form.media_type))


def _source(site: Site, stored: Stored, text: str, rows: int, fetched: Fetched) -> list[tuple[str, str]]:
    release = site.endpoint.release
    language: Language = "en" if request.args.get("labels") == "en" else "nl"
    parameters = [(name, value) for name, value in request.args.items() if name not in RESERVED]
    path = f"/{language}/questions/{stored.slug}" if stored.number else f"/api/panels/{stored.slug}"
    address = own_address(site.endpoint.settings.base_url, path + ("?" + urlencode(parameters) if parameters else ""))
    incomplete = fetched.fields.get("x-result-incomplete-reason", "")
    complete = "ja / yes" if fetched.complete else f"nee / no: {incomplete}"
    return [
        ("vraag", stored.query.question_nl),
        ("question", stored.query.question_en),
        ("een rij is / a row is", stored.query.row),
        ("rijen / rows", str(rows)),
        ("volledig / complete", complete),
        ("uitgave / release", release.identifier),
        ("SHA-256", release.sha256),
        ("adres / address", address),
        ("citeer als / cite as", f"tradegraph. {stored.query.title} (release {release.identifier}). {address}"),
        ("licentie / licence", LICENCE),
        ("programma / software", f"tradegraph {__version__}"),
        ("zoekvraag / query (SPARQL 1.1)", text),
    ]


def _listed(site: Site, catalogue: Catalogue) -> Response:
    listed = [_member(one, catalogue) for one in catalogue.by_slug.values()]
    members = {"release": site.endpoint.release.identifier, "count": len(listed), "questions": listed}

    def make() -> str:
        return json.dumps(members, ensure_ascii=False) + "\n"

    return site.send("en", make, "application/json", Vary="Accept")


def _member(stored: Stored, catalogue: Catalogue) -> dict[str, object]:
    texts: dict[str, object] = {
        "name": stored.slug,
        "number": stored.number or None,
        "title": stored.query.title,
        "question": _texts(stored.question),
        "row": stored.query.row,
        "address": f"{catalogue.path}/{stored.slug}",
        "parameters": [
            {
                "name": one.name,
                "type": one.type,
                "kind": kind_of_default(one) or None,
                "default": one.default,
                "label": _texts(parameter_name(one)),
            }
            for one in stored.query.parameters
        ],
    }
    if stored.number:
        texts["theme"] = {"key": stored.theme.key, **_texts(stored.theme.label)}
        texts["pages"] = {one: f"/{one}/questions/{stored.slug}" for one in LANGUAGES}
    texts["editor"] = query_address(filled(stored.query, {}), "en")
    return texts


def _texts(words: Words) -> dict[str, str]:
    return {"nl": words.nl, "en": words.en}


def _varied(response: Response) -> Response:
    """Say that the answer depends on what the client accepts, where no format was named."""
    response.vary.add("Accept")
    return response


def _to(path: str, status: int) -> Response:
    query = request.query_string.decode()
    return cast("Response", redirect(path + (f"?{query}" if query else ""), status))


def _to_page(path: str) -> Response:
    kept = [(name, value) for name, value in request.args.items() if name not in RESERVED]
    address = f"/{language_of_request()}/{path}" + ("?" + urlencode(kept) if kept else "")
    response = cast("Response", redirect(address, 303))
    response.headers["Vary"] = "Accept, Accept-Language"
    return response
