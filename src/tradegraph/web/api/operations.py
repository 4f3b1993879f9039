"""What each operation of the API is, as a table: the description at `/api/openapi.json` is made from it.

A module with routes for programs has its rows in `OPERATIONS`; `description` puts them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from tradegraph.languages import Words

Schema = Mapping[str, object]
STRING: Final[Schema] = {"type": "string"}
LANGUAGE: Final[Schema] = {"type": "string", "enum": ["nl", "en"]}
THING: Final[Schema] = {"type": "string", "pattern": "^[a-z][a-z0-9-]*/[A-Za-z0-9._~-]+$"}
PAGE: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}
TEXTS: Final[Schema] = {"$ref": "#/components/schemas/Texts"}
IRI: Final[Schema] = {"type": "string", "format": "iri"}


@dataclass(frozen=True)
class Field:
    """A parameter: where it stands, what it means, the JSON Schema of its value, and an example."""

    name: str
    meaning: Words
    schema: Schema = field(default_factory=lambda: STRING)
    example: object = None
    required: bool = False
    where: Literal["query", "path"] = "query"


@dataclass(frozen=True)
class Reply:
    """An answer: its status, what it is, and a schema for each media type."""

    status: int
    meaning: Words
    content: Mapping[str, Schema] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """An operation: method and path (with `{name}` for path parameters), what it does, what goes in, what comes out.

    `name` is its operationId. `body` is the schema of a form that is sent. `problems` are the statuses of the problem
    documents that it may answer with; 503 may always be. `detail` says more of the answer.
    """

    name: str
    path: str
    tag: str
    summary: Words
    replies: tuple[Reply, ...]
    fields: tuple[Field, ...] = ()
    method: Literal["get", "post"] = "get"
    body: Schema | None = None
    problems: tuple[int, ...] = (400,)
    detail: Words | None = None
