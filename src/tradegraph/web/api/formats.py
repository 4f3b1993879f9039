"""The formats of the answer to a stored question: those of the endpoint, plain objects, and a workbook."""

from dataclasses import dataclass
from typing import Final

from flask import request

from tradegraph.media_types import HTML, best
from tradegraph.web.problems import RequestError

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class AnswerFormat:
    """A format: its name for `format=`, media type and label; `endpoint` when `/sparql` writes it itself."""

    name: str
    media_type: str
    label: str
    endpoint: bool = True


ANSWER_FORMATS: Final = (
    AnswerFormat("records", "application/json", "JSON", endpoint=False),
    AnswerFormat("json", "application/sparql-results+json", "SPARQL JSON"),
    AnswerFormat("csv", "text/csv", "CSV"),
    AnswerFormat("tsv", "text/tab-separated-values", "TSV"),
    AnswerFormat("xml", "application/sparql-results+xml", "SPARQL XML"),
    AnswerFormat("xlsx", WORKBOOK, "XLSX", endpoint=False),
)
"""The default first."""
_TYPES: Final = tuple(form.media_type for form in ANSWER_FORMATS)


def wanted_format() -> AnswerFormat | None:
    """Return the format that the request asks for, by `format=` before its Accept field; None for a page.

    RequestError 400 for a format that there is not, 406 when nothing here will do.
    """
    name = request.args.get("format")
    if name:
        found = next((form for form in ANSWER_FORMATS if name in (form.name, form.media_type)), None)
        if found is None:
            raise RequestError(400, f"There is no format “{name}”.", f"There are: {_listed()}.")
        return found
    accept = request.headers.get("Accept")
    chosen = best(accept, (*_TYPES, HTML))
    if chosen is None:
        raise RequestError(406, f"“{accept}” cannot be had.", f"There are: {', '.join(_TYPES)}.")
    return next((form for form in ANSWER_FORMATS if form.media_type == chosen), None)


def page_wanted() -> bool:
    """Say whether the request wants a page rather than JSON, as browsers do."""
    return best(request.headers.get("Accept"), ("application/json", HTML)) == HTML


def _listed() -> str:
    return ", ".join(form.name for form in ANSWER_FORMATS)
