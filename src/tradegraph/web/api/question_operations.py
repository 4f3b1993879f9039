"""The rows of the table of operations for the stored questions: one for each, with its own parameters."""

from collections.abc import Mapping
from typing import Final

from tradegraph.languages import Words
from tradegraph.web.api.catalogue import Stored, panels_of, questions_of
from tradegraph.web.api.formats import ANSWER_FORMATS, WORKBOOK
from tradegraph.web.api.operations import STRING, TEXTS, Field, Operation, Reply, Schema
from tradegraph.web.api.values import IRI_PATTERN, KEY_PATTERN, kind_of_default
from tradegraph.web.examples import parameter_name
from tradegraph.web.parameters import MOST_FIRST_ROWS
from tradegraph.web.site import Site

_ROW: Final[Schema] = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}
_TABLES: Final[Mapping[str, Schema]] = {
    "application/json": {"type": "array", "items": _ROW},
    "application/sparql-results+json": {"type": "object", "required": ["head"]},
    "text/csv": STRING,
    "text/tab-separated-values": STRING,
    "application/sparql-results+xml": STRING,
    WORKBOOK: {"type": "string", "format": "binary"},
}
_LISTED: Final[Schema] = {
    "type": "object",
    "required": ["release", "count", "questions"],
    "properties": {
        "release": STRING,
        "count": {"type": "integer"},
        "questions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "title", "question", "address", "parameters"],
                "properties": {
                    "name": STRING,
                    "number": {"type": ["string", "null"]},
                    "title": STRING,
                    "question": TEXTS,
                    "row": STRING,
                    "address": STRING,
                    "parameters": {"type": "array", "items": {"type": "object", "required": ["name", "type"]}},
                },
            },
        },
    },
}
ANSWER_FIELDS: Final = (
    Field(
        "format",
        Words("Vorm van het antwoord.", "Format of the answer."),
        {"type": "string", "enum": [form.name for form in ANSWER_FORMATS], "default": "records"},
        "records",
    ),
    Field(
        "labels",
        Words(
            "Taal van teksten en toegevoegde namen; none laat namen weg. Zonder: nl bij records en xlsx, anders geen.",
            "Language of texts and of the names added; none: no names. Without: nl for records and xlsx, else none.",
        ),
        {"type": "string", "enum": ["nl", "en", "none"]},
        "en",
    ),
    Field(
        "rows",
        Words("Hoogstens zo veel rijen.", "At most so many rows."),
        {"type": "integer", "minimum": 1, "maximum": MOST_FIRST_ROWS},
        100,
    ),
    Field("timeout", Words("Tijd in seconden.", "Time in seconds."), {"type": "integer", "minimum": 1}, 10),
)
ANSWER_PROBLEMS: Final = (400, 404, 406, 500, 504, 507)


_SCHEMAS: Final[Mapping[str, Schema]] = {
    "iri": {"type": "string", "maxLength": 1_900},
    "string": {"type": "string", "maxLength": 2_000},
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "year": {"type": "integer", "minimum": 1, "maximum": 9999},
}


def question_operations(site: Site) -> tuple[Operation, ...]:
    """Return the operations of each stored question and panel, with their parameters."""
    found = []
    for catalogue, tag in ((questions_of(site), "questions"), (panels_of(site), "panels")):
        for stored in catalogue.by_slug.values():
            page = Reply(303, Words("Naar de pagina, voor een browser.", "To the page, for a browser."))
            answer = Reply(200, Words("De rijen.", "The rows."), _TABLES)
            found.append(
                Operation(
                    name=f"{tag}-{stored.slug}",
                    path=f"{catalogue.path}/{stored.slug}",
                    tag=tag,
                    summary=stored.question,
                    replies=(answer, page) if tag == "questions" else (answer,),
                    fields=(*_fields(stored, site.endpoint.settings.query_time_limit_s),),
                    problems=ANSWER_PROBLEMS,
                    detail=Words(f"Een rij is: {stored.query.row}.", f"A row is: {stored.query.row}."),
                )
            )
    return tuple(found)


def _fields(stored: Stored, time_limit_s: int) -> list[Field]:
    found = []
    for one in stored.query.parameters:
        schema = dict(_SCHEMAS[one.type])
        schema["default"] = int(one.default) if schema["type"] == "integer" else one.default
        kind = kind_of_default(one)
        if one.type == "iri":
            schema["pattern"] = KEY_PATTERN if kind else IRI_PATTERN
        english = f"{parameter_name(one).en}: " + (f"kind/key or key of a {kind}, or an IRI." if kind else one.type)
        dutch = f"{parameter_name(one).nl}: " + (
            f"soort/sleutel of sleutel ({kind}), of een IRI." if kind else one.type
        )
        found.append(Field(one.name, Words(dutch, english), schema, schema["default"]))
    timeout = ANSWER_FIELDS[-1]
    limited = Field(timeout.name, timeout.meaning, {**timeout.schema, "maximum": time_limit_s}, min(10, time_limit_s))
    return [*found, *ANSWER_FIELDS[:-1], limited]


OPERATIONS: Final = (
    Operation(
        "questions",
        "/api/questions",
        "questions",
        Words("Alle bewaarde vragen.", "All stored questions."),
        (
            Reply(
                200,
                Words("De vragen met hun parameters.", "The questions with their parameters."),
                {"application/json": _LISTED},
            ),
            Reply(303, Words("Naar de pagina, voor een browser.", "To the page, for a browser."), {}),
        ),
    ),
    Operation(
        "panels",
        "/api/panels",
        "panels",
        Words("De zoekvragen achter onderdelen van pagina’s.", "The queries behind parts of pages."),
        (Reply(200, Words("De zoekvragen.", "The queries."), {"application/json": _LISTED}),),
    ),
)
