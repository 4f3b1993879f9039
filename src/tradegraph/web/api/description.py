"""The description of the API: OpenAPI 3.1 for programs, a page for people. Both come from the tables of operations."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request

from tradegraph import __version__
from tradegraph.explore.kinds import KINDS
from tradegraph.languages import Language, Words
from tradegraph.media_types import FORMATS
from tradegraph.web.api import connection_operations, frozen, question_operations, thing_operations
from tradegraph.web.api.asking import own_address
from tradegraph.web.api.components import Components
from tradegraph.web.api.formats import page_wanted
from tradegraph.web.api.operations import LANGUAGE, STRING, Field, Operation, Reply, Schema
from tradegraph.web.frame import check_parameters, language_of_request
from tradegraph.web.kit import Actions
from tradegraph.web.parameters import MOST_FIRST_ROWS
from tradegraph.web.problems import PROBLEM
from tradegraph.web.site import Site

_MODULES: Final = (thing_operations, connection_operations, question_operations, frozen)
DESCRIPTION: Final = "/api/openapi.json"
_JSON: Final = "application/json"
_GROUPS: Final = {
    "search": Words("Zoeken", "Search"),
    "things": Words("Dingen en relaties", "Things and relations"),
    "connections": Words("Verbanden", "Connections"),
    "questions": Words("Bewaarde vragen", "Stored questions"),
    "sparql": Words("SPARQL", "SPARQL"),
    "frozen": Words("Vastgezette antwoorden", "Frozen answers"),
    "vocabulary": Words("Woorden en beschrijving", "Vocabulary and description"),
    "panels": Words("Onderdelen van pagina’s", "Parts of pages"),
}
_STATUSES: Final = {
    400: Words("Het verzoek klopt niet.", "The request is not right."),
    404: Words("Dit is er niet.", "There is no such thing."),
    406: Words("Niet in die vorm.", "Not in that format."),
    413: Words("De zoekvraag is te lang.", "The query is too long."),
    414: Words("Het adres is te lang.", "The address is too long."),
    500: Words("De zoekvraag is mislukt.", "The query failed."),
    503: Words("Te druk, of niet beschikbaar: vraag het zo weer.", "Too busy, or not available: ask again soon."),
    504: Words("De zoekvraag duurde te lang.", "The query took too long."),
    507: Words("Het antwoord is te groot.", "The answer is too large."),
}
_HIT: Final = {
    "type": "object",
    "required": ["iri", "kind", "label"],
    "properties": {"iri": STRING, "kind": STRING, "label": STRING, "score": {"type": "number"}},
}
_SEARCH: Final = {
    "type": "object",
    "required": ["query", "complete", "release", "hits"],
    "properties": {
        "query": STRING,
        "complete": {"type": "boolean"},
        "release": STRING,
        "hits": {"type": "array", "items": _HIT},
    },
}
_ANSWERS: Final[Mapping[str, Schema]] = {
    form.media_type: {"type": "object"} if form.name in ("json", "jsonld") else STRING
    for form in FORMATS
    if form.name != "jsonld"
}
_OTHERS: Final = (
    Operation(
        "search",
        "/api/search",
        "search",
        Words("Zoek dingen op woorden, in beide talen.", "Search things by words, in both languages."),
        (Reply(200, Words("Wat gevonden is, het beste eerst.", "What was found, best first."), {_JSON: _SEARCH}),),
        (
            Field(
                "q", Words("De woorden.", "The words."), {"type": "string", "minLength": 1}, "Indonesië", required=True
            ),
            Field("lang", Words("Alleen in deze taal.", "In this language only."), LANGUAGE, "nl"),
            Field("kind", Words("Alleen deze soort.", "This kind only."), STRING, "mission"),
            Field(
                "limit",
                Words("Hoogstens zo veel.", "At most so many."),
                {"type": "integer", "minimum": 1, "maximum": 1000, "default": 20},
                10,
            ),
        ),
        problems=(400, 414),
    ),
    Operation(
        "vocabulary",
        "/api/vocabulary",
        "vocabulary",
        Words("Klassen, eigenschappen en begrippen, met aantallen.", "Classes, properties and concepts, with counts."),
        (Reply(200, Words("De woorden van de graaf.", "The words of the graph."), {_JSON: {"type": "object"}}),),
    ),
    Operation(
        "openapi",
        DESCRIPTION,
        "vocabulary",
        Words("Deze beschrijving.", "This description."),
        (Reply(200, Words("OpenAPI 3.1.", "OpenAPI 3.1."), {_JSON: {"type": "object", "required": ["openapi"]}}),),
    ),
    Operation(
        "sparql",
        "/sparql",
        "sparql",
        Words(
            "SPARQL 1.1: elke vraag die de graaf kan beantwoorden.",
            "SPARQL 1.1: any question that the graph can answer.",
        ),
        (
            Reply(200, Words("Het antwoord; zie docs/endpoint.md.", "The answer; see docs/endpoint.md."), _ANSWERS),
            Reply(303, Words("Naar de pagina, voor een browser.", "To the page, for a browser.")),
        ),
        (
            Field(
                "query",
                Words(
                    "De zoekvraag; zonder: de beschrijving van de dienst.",
                    "The query; without: the service description.",
                ),
                {"type": "string", "minLength": 1},
                "SELECT ?mission { ?mission a tg:EconomicMission }",
            ),
            Field(
                "prefixes",
                Words("Voorvoegsels vooraf.", "Prefixes declared."),
                {"type": "string", "enum": ["release"]},
                "release",
            ),
            Field(
                "format",
                Words("Vorm van het antwoord.", "Format of the answer."),
                {"type": "string", "enum": [form.name for form in FORMATS]},
                "csv",
            ),
            Field("labels", Words("Taal van toegevoegde namen.", "Language of the names added."), LANGUAGE, "nl"),
            Field(
                "rows",
                Words("Hoogstens zo veel rijen.", "At most so many rows."),
                {"type": "integer", "minimum": 1, "maximum": MOST_FIRST_ROWS},
                100,
            ),
        ),
        problems=(400, 406, 413, 414, 500, 504, 507),
    ),
)


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("api_description", __name__)
    described = cache(lambda: _compact(openapi(operations(site))))

    @routes.get(DESCRIPTION)
    def description() -> Response:
        check_parameters(request.args, ())
        return site.send("en", described, _JSON)

    @routes.get("/api")
    def api() -> Response:
        check_parameters(request.args, ())
        target = f"/{language_of_request()}/api" if page_wanted() else DESCRIPTION
        response = cast("Response", redirect(target, 303))
        response.headers["Vary"] = "Accept, Accept-Language"
        return response

    @routes.get("/<any(nl, en):language>/api")
    def page(language: Language) -> Response:
        check_parameters(request.args, ())
        return site.page("api.html", language, lambda: _page(site))

    return routes


def operations(site: Site) -> tuple[Operation, ...]:
    """Return every operation of the API; each module with routes for programs has a table of its own."""
    of_modules = (one for module in _MODULES for one in module.OPERATIONS)
    return (*_OTHERS, *of_modules, *question_operations.question_operations(site))


def openapi(described: Iterable[Operation]) -> dict[str, object]:
    """Return the description (OpenAPI 3.1.0). Texts are English; `x-nl` beside them has the Dutch."""
    listed = list(described)
    parameters = Components("parameters", (_parameter(field) for one in listed for field in one.fields))
    responses = Components("responses", (reply for one in listed for _, reply in _replies(one)))
    paths: dict[str, dict[str, object]] = {}
    for one in listed:
        paths.setdefault(one.path, {})[one.method] = _operation(one, parameters, responses)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tradegraph",
            "version": __version__,
            "summary": "Dutch trade diplomacy as a knowledge graph, each fact traced to the passage it was read from.",
            "description": "Read-only, without a key, from any site. Every answer names its release in X-Release. "
            "An unknown parameter is an error that lists the known; an empty one counts as not given.",
            "x-nl": "Alleen lezen, zonder sleutel, van elke site af. Elk antwoord noemt zijn uitgave in X-Release. "
            "Een onbekende parameter is een fout die de bekende opsomt; een lege telt als niet gegeven.",
            "license": {"name": "CC0 1.0 (data)", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": key, "description": words.en, "x-nl": words.nl} for key, words in _GROUPS.items()],
        "paths": dict(sorted(paths.items())),
        "components": {
            "parameters": dict(sorted(parameters.found.items())),
            "responses": dict(sorted(responses.found.items())),
            "schemas": {
                "Problem": {
                    "type": "object",
                    "description": "RFC 9457 problem details.",
                    "required": ["type", "title", "title_nl", "status", "detail", "remedy"],
                    "properties": {
                        "type": {"type": "string", "format": "uri"},
                        "title": STRING,
                        "title_nl": STRING,
                        "status": {"type": "integer", "minimum": 400, "maximum": 599},
                        "detail": STRING,
                        "remedy": STRING,
                        "line": {"type": "integer", "minimum": 1},
                        "column": {"type": "integer", "minimum": 1},
                    },
                },
                "Texts": {
                    "type": "object",
                    "description": "A text by language.",
                    "properties": {"nl": STRING, "en": STRING},
                    "additionalProperties": STRING,
                },
            },
        },
    }


def _operation(one: Operation, parameters: Components, responses: Components) -> dict[str, object]:
    found: dict[str, object] = {
        "operationId": one.name,
        "tags": [one.tag],
        "summary": one.summary.en,
        "x-nl": one.summary.nl,
        "parameters": [parameters.shared(field.name, _parameter(field)) for field in one.fields],
        "responses": {status: responses.shared(_called(one, status), reply) for status, reply in _replies(one)},
    }
    if one.detail is not None:
        found["description"] = one.detail.en
    if one.body is not None:
        content = {"application/x-www-form-urlencoded": {"schema": one.body}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _called(one: Operation, status: str) -> str:
    return f"problem-{status}" if int(status) >= 400 else f"{one.tag}-{status}"


def _compact(described: Mapping[str, object]) -> str:
    return json.dumps(described, ensure_ascii=False, separators=(",", ":")) + "\n"


def _replies(one: Operation) -> list[tuple[str, dict[str, object]]]:
    answers = [(str(reply.status), _reply(reply)) for reply in one.replies]
    return answers + [(str(status), _problem(status)) for status in sorted({*one.problems, 503})]


def _parameter(field: Field) -> dict[str, object]:
    found: dict[str, object] = {
        "name": field.name,
        "in": field.where,
        "description": field.meaning.en,
        "x-nl": field.meaning.nl,
        "schema": field.schema,
    }
    if field.required:
        found["required"] = True
    return found | ({"example": field.example} if field.example is not None else {})


def _reply(reply: Reply) -> dict[str, object]:
    found: dict[str, object] = {"description": reply.meaning.en, "x-nl": reply.meaning.nl}
    if reply.content:
        found["content"] = {media_type: {"schema": schema} for media_type, schema in reply.content.items()}
    return found


def _problem(status: int) -> dict[str, object]:
    words = _STATUSES[status]
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words.en, "x-nl": words.nl, "content": {PROBLEM: {"schema": schema}}}


def _page(site: Site) -> dict[str, object]:
    listed = [one for one in operations(site) if one.tag not in ("panels",) and not _of_question(one)]
    return {
        "groups": [
            (words, [one for one in listed if one.tag == key])
            for key, words in _GROUPS.items()
            if any(one.tag == key for one in listed)
        ],
        "example_question": next(
            (one for one in operations(site) if one.name.endswith("agreements-of-a-mission")), None
        ),
        "home": own_address(site.endpoint.settings.base_url, ""),
        "values": _values,
        "try_it": _try_it,
        "description_address": DESCRIPTION,
        "actions": Actions(),
    }


def _of_question(one: Operation) -> bool:
    return one.path.startswith("/api/questions/")


def _values(schema: Schema) -> str:
    """Return in a few signs what a parameter may be."""
    if (listed := schema.get("enum")) is not None and isinstance(listed, list):
        return "kind" if listed == list(KINDS) else " | ".join(str(one) for one in listed)
    if "minimum" in schema and "maximum" in schema:
        return f"{schema['minimum']} – {schema['maximum']}"
    return str(schema.get("pattern", schema.get("type", "")))


def _try_it(one: Operation) -> str:
    """Return an address that shows what the operation does; empty for what a link cannot do."""
    if one.method != "get" or one.tag == "frozen":
        return ""
    path, pairs = one.path, []
    for field in one.fields:
        if field.where == "path":
            path = path.replace(f"{{{field.name}}}", str(field.example))
        elif field.required or (field.example is not None and field.name in ("query", "prefixes", "thing", "profile")):
            pairs.append((field.name, str(field.example)))
    if one.path == "/sparql":
        pairs.append(("format", "csv"))
    return path + ("?" + urlencode(pairs) if pairs else "")
