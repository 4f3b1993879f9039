"""Answers as the pages show them: a query run by the endpoint itself, and its JSON as rows of cells."""

import json
from dataclasses import dataclass
from typing import Final, Literal, Protocol, cast
from urllib.parse import urlencode

from flask import Flask, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tradegraph.errors import QueryError
from tradegraph.languages import Language
from tradegraph.namespaces import BASE, ID, PREFIXES, shrink
from tradegraph.web.addresses import page_address
from tradegraph.web.problems import kind_of
from tradegraph.web.sparql import ABANDONED

_JSON: Final = "application/sparql-results+json"
_TURTLE: Final = "text/turtle"
_XSD: Final = PREFIXES["xsd"]
_INHERITED: Final[tuple[str, ...]] = (ABANDONED, "REMOTE_ADDR", "HTTP_X_FORWARDED_FOR")
_NUMBERS: Final = frozenset(
    _XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long", "gYear")
)


@dataclass(frozen=True)
class Asked:
    """A query as a page asks it: `labels` is the language of added names or None, `time_s` in seconds.

    `more` are further parameters of the endpoint (a dataset, prefixes) that the page passes on as they are.
    """

    text: str
    labels: Language | None
    rows: int
    time_s: int
    more: tuple[tuple[str, str], ...] = ()

    def parameters(self) -> list[tuple[str, str]]:
        """Return the endpoint's parameters, but for the number of rows and the format."""
        named = [] if self.labels is None else [("labels", self.labels)]
        return [("query", self.text), *named, ("timeout", str(self.time_s)), *self.more]


@dataclass(frozen=True)
class Problem:
    """Why there is no answer: a problem document of the endpoint (RFC 9457), `line` and `column` from 1."""

    status: int
    title_nl: str
    title_en: str
    detail: str
    remedy: str
    line: int | None = None
    column: int | None = None

    def title(self, language: Language) -> str:
        """Return the title in one of the languages."""
        return self.title_nl if language == "nl" else self.title_en


@dataclass(frozen=True)
class Cell:
    """One value: what to show, where it leads, and in small what else there is to say (IRI, language, datatype).

    `outside`: the link leaves this site; `numeric`: shown in a column of figures.
    """

    kind: Literal["none", "iri", "literal", "other"]
    text: str
    iri: str = ""
    href: str = ""
    note: str = ""
    language: str = ""
    numeric: bool = False
    outside: bool = False


@dataclass(frozen=True)
class Outcome:
    """An answer: a table (`columns`, `rows`), yes or no (`boolean`), or triples written as Turtle (`graph`)."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    boolean: bool | None = None
    graph: str | None = None
    complete: bool = True
    reason: str = ""
    rewritten: str = ""


class Runner(Protocol):
    """Runs a query for a page. What goes wrong comes back as a Problem, with the text still in the reader's hands."""

    def __call__(self, asked: Asked, language: Language) -> Outcome | Problem:
        """Run `asked` and return its answer, links and notes in `language`."""


def endpoint_runner(app: Flask) -> Runner:
    """Return a runner that asks the application's own `/sparql`, inside the process.

    So that a page can never answer otherwise than the endpoint does: same limits, same rewriting, same words. Call it
    while a request is handled: the inner request inherits from the outer one who asks, and whether they have left.
    """

    def run(asked: Asked, language: Language) -> Outcome | Problem:
        inherited: dict[str, object] = {key: request.environ[key] for key in _INHERITED if key in request.environ}
        builder = EnvironBuilder(
            "/sparql",
            method="POST",
            data=urlencode([*asked.parameters(), ("rows", str(asked.rows))]),
            content_type="application/x-www-form-urlencoded",
            headers=[("Accept", f"{_JSON}, {_TURTLE}, application/problem+json")],
            environ_overrides=inherited,
        )
        body, status, headers = run_wsgi_app(app.wsgi_app, builder.get_environ())
        try:
            content = b"".join(body)
        except QueryError as error:
            # It broke off after its status was sent: half an answer is none.
            kind = kind_of(error)
            return Problem(kind.status, kind.title_nl, kind.title_en, error.detail, error.remedy)
        finally:
            close = getattr(body, "close", None)
            if close is not None:
                close()
        if not status.startswith("200"):
            return _problem(json.loads(content))
        complete = headers.get("X-Result-Complete", "true") != "false"
        outcome = _outcome(content, headers.get("Content-Type", ""), language)
        return Outcome(
            outcome.columns,
            outcome.rows,
            outcome.boolean,
            outcome.graph,
            complete,
            headers.get("X-Result-Incomplete-Reason", ""),
            headers.get("X-Query-Rewritten", ""),
        )

    return run


def _problem(members: dict[str, object]) -> Problem:
    line, column = members.get("line"), members.get("column")
    return Problem(
        status=int(str(members["status"])),
        title_nl=str(members["title_nl"]),
        title_en=str(members["title"]),
        detail=str(members["detail"]),
        remedy=str(members["remedy"]),
        line=line if isinstance(line, int) else None,
        column=column if isinstance(column, int) else None,
    )


def _outcome(content: bytes, content_type: str, language: Language) -> Outcome:
    if content_type.startswith(_TURTLE):
        return Outcome(graph=content.decode())
    answer = json.loads(content)
    if "boolean" in answer:
        return Outcome(boolean=bool(answer["boolean"]))
    names = cast("list[str]", answer["head"]["vars"])
    labelled = {name for name in names if names[names.index(name) + 1 : names.index(name) + 2] == [name + "Label"]}
    columns = tuple(name for name in names if name.removesuffix("Label") not in labelled or name in labelled)
    rows = tuple(
        tuple(_cell(row.get(name), row.get(name + "Label") if name in labelled else None, language) for name in columns)
        for row in answer["results"]["bindings"]
    )
    return Outcome(columns=columns, rows=rows)


def _cell(term: dict[str, str] | None, label: dict[str, str] | None, language: Language) -> Cell:
    if term is None:
        return Cell("none", "")
    value = str(term["value"])
    if term["type"] == "uri":
        short = short_name(value)
        text = label["value"] if label else short
        outside = not value.startswith(BASE)
        tag = label.get("xml:lang", "") if label else ""
        return Cell("iri", text, value, page_address(value, language), short if label else "", tag, outside=outside)
    if term["type"] in ("literal", "typed-literal"):
        datatype = term.get("datatype", "")
        tag = term.get("xml:lang", "")
        # The page's own language goes without saying.
        note = tag if tag != language else ""
        if datatype and datatype != _XSD + "string":
            note = shrink(datatype)
        return Cell("literal", value, note=note, language=tag, numeric=datatype in _NUMBERS)
    return Cell("other", value if isinstance(term["value"], str) else json.dumps(term["value"], ensure_ascii=False))


def short_name(iri: str) -> str:
    """Return an IRI as the pages show it: a prefixed name, or for one of our things its key (no SPARQL)."""
    shrunk = shrink(iri)
    return shrunk if not shrunk.startswith("<") else iri.removeprefix(ID)
