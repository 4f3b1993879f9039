"""The rows of the table of operations for connections."""

from typing import Final

from tradegraph.explore.connections.search import MOST_STEPS
from tradegraph.languages import Words
from tradegraph.web.api.connections import DEFAULT_LIMIT, JSON, MOST, MOST_ENDS
from tradegraph.web.api.operations import LANGUAGE, PAGE, STRING, THING, Field, Operation, Reply, Schema
from tradegraph.web.explorer.connections_address import DEFAULT_STEPS

_YEAR: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": 9999}
_SWITCH: Final[Schema] = {"type": "string", "enum": ["0", "1"], "default": "0"}
_KEYS: Final[Schema] = {
    "type": "string",
    "pattern": "^[a-z][a-z0-9-]*/[A-Za-z0-9._~-]+(,[a-z][a-z0-9-]*/[A-Za-z0-9._~-]+)*$",
}
_ENDS: Final[Schema] = {
    "type": "object",
    "required": ["ends"],
    "properties": {
        "ends": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["iri", "key", "label", "kind"],
                "properties": {"iri": STRING, "key": STRING, "label": STRING, "kind": STRING},
            },
        }
    },
}


def _limited(most: int, default: int) -> Field:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Field("limit", Words("Hoogstens zo veel.", "At most so many."), schema, default)


_LANGUAGE: Final = Field("lang", Words("Taal van namen en zinnen.", "Language of names and sentences."), LANGUAGE, "nl")
OPERATIONS: Final = (
    Operation(
        "connections",
        "/api/connections",
        "connections",
        Words(
            "Wat twee dingen verbindt: paden op volgorde, elke stap met bronnen.",
            "What connects two things: ranked paths, each step with its sources.",
        ),
        (Reply(200, Words("De paden.", "The paths."), {JSON: {"type": "object"}}),),
        (
            Field("from", Words("Het ene ding.", "The one thing."), THING, "person/s-w-sjoerdsma", required=True),
            Field("to", Words("Het andere ding.", "The other thing."), THING, "territory/idn", required=True),
            Field("via", Words("Langs dit ding.", "By way of this thing."), THING),
            Field("without", Words("Niet langs deze dingen.", "Not by way of these things."), _KEYS, "territory/nld"),
            Field(
                "max",
                Words("Hoogstens zo veel stappen.", "At most so many steps."),
                {"type": "integer", "minimum": 1, "maximum": MOST_STEPS, "default": DEFAULT_STEPS},
                DEFAULT_STEPS,
            ),
            Field(
                "kinds",
                Words("Alleen langs deze soorten.", "By way of these kinds only."),
                STRING,
                "mission,organisation",
            ),
            Field(
                "relations",
                Words("Alleen deze relaties.", "These relations only."),
                STRING,
                "destination,participatesIn",
            ),
            Field("since", Words("Vanaf dit jaar.", "From this year."), _YEAR, 2025),
            Field("until", Words("Tot en met dit jaar.", "Up to this year."), _YEAR, 2026),
            Field(
                "hubs",
                Words(
                    "1: ook langs dingen met zeer veel relaties.", "1: also by way of things with very many relations."
                ),
                _SWITCH,
            ),
            Field("mentions", Words("1: ook langs vermeldingen.", "1: also by way of mentions."), _SWITCH),
            Field("shape", Words("Alleen paden van deze vorm.", "Paths of this shape only."), STRING),
            Field("page", Words("Het hoeveelste deel.", "Which page."), {**PAGE, "maximum": 999_999}, 1),
            _LANGUAGE,
            _limited(MOST, DEFAULT_LIMIT),
        ),
        problems=(400, 404, 500, 504),
    ),
    Operation(
        "connection-ends",
        "/api/connections/ends",
        "connections",
        Words(
            "Dingen die een begin of eind kunnen zijn, terwijl iemand typt.",
            "Things that can be an end, while someone types.",
        ),
        (Reply(200, Words("De dingen.", "The things."), {JSON: _ENDS}),),
        (
            Field("q", Words("Wat getypt is.", "What was typed."), STRING, "indo", required=True),
            _LANGUAGE,
            _limited(MOST_ENDS, 8),
        ),
    ),
)
