"""What the routes of things and relations take and answer, for the description of the API."""

from typing import Final

from tradegraph.explore.kinds import KINDS
from tradegraph.languages import Words
from tradegraph.web.api.operations import IRI, PAGE, STRING, TEXTS, THING, Field, Operation, Reply
from tradegraph.web.negotiation import PROFILES

_THING: Final = {
    "type": "object",
    "required": ["iri", "label"],
    "properties": {"iri": IRI, "label": TEXTS, "kind": {"type": ["string", "null"]}, "key": STRING},
}
_PAGED: Final = {
    "release": STRING,
    "total": {"type": "integer"},
    "page": {"type": "integer"},
    "pages": {"type": "integer"},
    "next": {"type": ["string", "null"]},
}
_PROPERTY: Final = {
    "type": "object",
    "required": ["property", "iri", "label"],
    "properties": {"property": STRING, "iri": IRI, "label": TEXTS, "count": {"type": "integer"}},
}
_LIST: Final = {
    "type": "object",
    "required": ["release", "total", "page", "pages", "next", "kind", "things"],
    "properties": {**_PAGED, "kind": STRING, "label": TEXTS, "things": {"type": "array", "items": _THING}},
}
_RELATION: Final = {
    "type": "object",
    "required": ["subject", "property", "object", "derived", "rule", "records", "passages"],
    "properties": {
        "subject": _THING,
        "property": _PROPERTY,
        "object": {"type": "object"},
        "derived": {"type": "boolean"},
        "rule": {"type": ["string", "null"]},
        "records": {"type": "array", "items": _THING},
        "passages": {"type": "array", "items": {"type": "object", "required": ["iri"]}},
    },
}
_RELATION_LIST: Final = {
    "type": "object",
    "required": ["release", "total", "page", "pages", "next", "counts", "relations"],
    "properties": {
        **_PAGED,
        "thing": {"anyOf": [_THING, {"type": "null"}]},
        "counts": {"type": "array", "items": _PROPERTY},
        "relations": {"type": "array", "items": _RELATION},
    },
}
_KEY: Final = {"type": "string", "pattern": "^[A-Za-z0-9._~-]+$"}
_KIND: Final = {"type": "string", "enum": list(KINDS)}
_JSON: Final = "application/json"
OPERATIONS: Final = (
    Operation(
        "things",
        "/api/things/{kind}",
        "things",
        Words("De dingen van een soort, met hun namen.", "The things of a kind, with their names."),
        (
            Reply(
                200,
                Words("Een deel van de lijst, op volgorde van sleutel.", "A page, in order of key."),
                {_JSON: _LIST},
            ),
        ),
        (
            Field("kind", Words("Soort.", "Kind."), _KIND, "mission", required=True, where="path"),
            Field("page", Words("Het hoeveelste deel.", "Which page."), PAGE, 1),
        ),
        problems=(400, 404),
    ),
    Operation(
        "thing",
        "/api/things/{kind}/{key}",
        "things",
        Words(
            "Een ding, met alles wat de uitgave erover zegt, als JSON-LD.",
            "A thing, with all that the release says of it, as JSON-LD.",
        ),
        (
            Reply(
                200,
                Words("De beschrijving; zie docs/linked-data.md.", "The description; see docs/linked-data.md."),
                {"application/ld+json": {"type": "object", "required": ["@context", "id"]}},
            ),
        ),
        (
            Field("kind", Words("Soort.", "Kind."), _KIND, "mission", required=True, where="path"),
            Field("key", Words("Sleutel.", "Key."), _KEY, "2025-06-indonesia", required=True, where="path"),
            Field(
                "profile",
                Words(
                    "evidence: alles, met bronnen; front-door: directe relaties.",
                    "evidence: all, with sources; front-door: direct relations.",
                ),
                {"type": "string", "enum": [row.token for row in PROFILES], "default": PROFILES[0].token},
                "front-door",
            ),
        ),
        problems=(400, 404),
    ),
    Operation(
        "relations",
        "/api/relations",
        "things",
        Words(
            "Directe relaties, met de regel en de passages waaruit ze zijn gelezen.",
            "Direct relations, with the rule and the passages that they were read from.",
        ),
        (
            Reply(
                200,
                Words(
                    "Een deel van de relaties, en aantallen per eigenschap.",
                    "A page of relations, and counts per property.",
                ),
                {_JSON: _RELATION_LIST},
            ),
        ),
        (
            Field(
                "thing",
                Words("Van of naar dit ding: soort/sleutel.", "From or to this thing: kind/key."),
                THING,
                "mission/2025-06-indonesia",
            ),
            Field(
                "property",
                Words("Alleen deze eigenschap.", "This property only."),
                {"type": "string", "pattern": "^tg:[A-Za-z]+$"},
                "tg:ledBy",
            ),
            Field(
                "direction",
                Words(
                    "out: van het ding af; in: ernaartoe. Zonder thing maakt het niet uit.",
                    "out: from the thing; in: to it. Without thing it makes no difference.",
                ),
                {"type": "string", "enum": ["out", "in"]},
            ),
            Field("page", Words("Het hoeveelste deel.", "Which page."), PAGE, 1),
        ),
        problems=(400, 404),
    ),
)
