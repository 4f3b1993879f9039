"""`/{language}/questions/`: the stored questions as pages with a form, their answers as tables with sources.

Complete without JavaScript; a script narrows the list down while one types.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request

from tradegraph.explore.kinds import kind_of
from tradegraph.explore.reading import Reader
from tradegraph.explore.stored import Value, filled, in_language, value_of
from tradegraph.languages import Language
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.queries import Parameter
from tradegraph.web.addresses import query_address
from tradegraph.web.api.asking import fetch, own_address, problem
from tradegraph.web.api.catalogue import Catalogue, Stored
from tradegraph.web.api.columns import heading, terms_of
from tradegraph.web.api.formats import ANSWER_FORMATS
from tradegraph.web.api.records import Table, Term, read_table
from tradegraph.web.api.values import read_values, short
from tradegraph.web.examples import choices_query, parameter_name
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Query, date_in_words, number_in_words
from tradegraph.web.notes import Link, Mark, Notes, Source, Text
from tradegraph.web.site import Site
from tradegraph.web.words import say

MOST_SHOWN: Final = 1_000
"""Rows on a page; the downloads have them all."""
_MOST_CHOICES: Final = 2_000
_XSD: Final = PREFIXES["xsd"]
_NUMBERS: Final = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float"))
_DATES: Final = frozenset(_XSD + name for name in ("date", "gYearMonth"))
_LOCATED: Final = "SELECT ?passage ?locator {{ VALUES ?locator {{ {locators} }} ?passage tg:locator ?locator }}"
_AT_A_TIME: Final = 200
_INPUTS: Final = {"integer": "number", "year": "number", "date": "date"}


@dataclass(frozen=True)
class FormField:
    """A parameter as a form field: a choice of `things` (value, name), else an input of the kind `input`."""

    name: str
    label: str
    chosen: str
    things: tuple[tuple[str, str], ...]
    input: str = "text"


@dataclass(frozen=True)
class AnswerCell:
    """A value as the page shows it, with the marks of its sources. `numeric`: right-aligned in its column."""

    value: Text | None
    marks: tuple[Mark, ...] = ()
    numeric: bool = False


@dataclass(frozen=True)
class Heading:
    """The name of a column, whether it holds figures, and the page of the term that fills it, where that is known."""

    name: str
    numeric: bool
    href: str


@dataclass(frozen=True)
class AnswerTable:
    """The answer: headings, rows of cells, and the sources marked in them."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[AnswerCell, ...], ...]
    sources: tuple[Source, ...]


def add_routes(routes: Blueprint, site: Site, catalogue: Catalogue) -> None:
    """Add the list and the page of each question, in both languages."""
    choices = Choices()

    @routes.get("/<any(nl, en):language>/questions/")
    def list_page(language: Language) -> Response:
        check_parameters(request.args, ())
        return site.page("questions.html", language, lambda: {"themes": catalogue.themes(), "parameters": _labels})

    @routes.get("/<any(nl, en):language>/questions/<name>")
    def question_page(language: Language, name: str) -> Response:
        stored = catalogue.find(name)
        if stored.slug != name:
            query = request.query_string.decode()
            address = f"/{language}/questions/{stored.slug}" + (f"?{query}" if query else "")
            return cast("Response", redirect(address, 301))
        check_parameters(request.args, tuple(one.name for one in stored.query.parameters))
        values = read_values(request.args, stored.query, site.reader())
        return site.page("question_form.html", language, lambda: _page(site, stored, values, language, choices))


def _labels(stored: Stored, language: Language) -> list[str]:
    return [parameter_name(one).in_(language).lower() for one in stored.query.parameters]


def _page(
    site: Site, stored: Stored, values: Mapping[str, Value], language: Language, choices: "Choices"
) -> dict[str, object]:
    query, reader = stored.query, site.reader()
    text = in_language(filled(query, values), language)
    fetched = fetch("/sparql", [("query", text), ("rows", str(MOST_SHOWN))])
    if fetched.status != 200:
        raise problem(fetched)
    chosen = [(one.name, short(one, values[one.name].value)) for one in query.parameters if one.name in values]
    kept = "?" + urlencode(chosen) if chosen else ""
    address = f"/api/questions/{stored.slug}" + (kept + "&" if kept else "?")
    asked = {one.name: (values.get(one.name) or value_of(one, one.default)).value for one in query.parameters}
    return {
        "stored": stored,
        "fields": [
            FormField(
                one.name,
                parameter_name(one).in_(language),
                asked[one.name],
                choices.of(one, asked[one.name], site, reader, language) if one.type == "iri" else (),
                _INPUTS.get(one.type, "text"),
            )
            for one in query.parameters
        ],
        "table": answer_table(site, read_table(fetched.body), language, asked, text),
        "complete": fetched.complete,
        "most": MOST_SHOWN,
        "downloads": [
            (form.name, form.label, f"{address}format={form.name}&labels={language}") for form in ANSWER_FORMATS
        ],
        "home": own_address(site.endpoint.settings.base_url, ""),
        "chosen": chosen,
        "actions": Actions(
            queries=(Query(stored.question.in_(language), query_address(text, language)),),
            cite=f"/{language}/questions/{stored.slug}{kept}",
        ),
        "query_address": query_address(text, language),
    }


class Choices:
    """What parameters can stand for, with names: found once for each kind and language, since a release is frozen."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[tuple[str, str], ...]] = {}

    def of(
        self, parameter: Parameter, chosen: str, site: Site, reader: Reader, language: Language
    ) -> tuple[tuple[str, str], ...]:
        """Return (value, name) of the things to choose from, in order of their names; `chosen` is always one."""
        query = choices_query(parameter, language)
        if query not in self._found:
            rows = [(row.get("thing"), row.get("label")) for row in reader.rows(f"{query}LIMIT {_MOST_CHOICES}\n")]
            named = {
                thing.value: label.value
                for thing, label in reversed(rows)
                if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal)
            }
            self._found[query] = tuple(sorted(named.items(), key=lambda item: (item[1].casefold(), item[0])))
        found = self._found[query]
        if all(iri != chosen for iri, _ in found):
            found = ((chosen, site.named([chosen], language)[chosen].text), *found)
        return tuple((short(parameter, iri), label) for iri, label in found)


def answer_table(site: Site, table: Table, language: Language, asked: Mapping[str, str], query: str) -> AnswerTable:
    """Return an answer as the page shows it: names for IRIs, and a source mark where a value is a passage.

    A column that only repeats what was asked (`asked`: parameter → IRI) is left out. A heading leads to the term of the
    graph that fills its column in `query`.
    """
    columns = [name for name in table.columns if not _repeats(table, name, asked.get(name, ""))] or list(table.columns)
    notes = site.notes(language)
    links = site.links({term.value for row in table.rows for term in row.values() if term.kind == "uri"}, language)
    passages = _passages(site, table, columns)
    numeric = {name for name in columns if _all(table, name, _NUMBERS)}
    rows = tuple(
        tuple(_cell(row, name, columns, language, notes, links, passages) for name in columns) for row in table.rows
    )
    terms = terms_of(query, columns)
    known = {term.name for term in (*site.vocabulary.classes, *site.vocabulary.properties)}
    headings = tuple(
        Heading(
            heading(name, language),
            name in numeric,
            f"/{language}/def/{term.removeprefix('tg:')}" if term in known and term.startswith("tg:") else "",
        )
        for name in columns
        for term in [terms.get(name, "")]
    )
    return AnswerTable(headings, rows, notes.sources())


def _cell(
    row: Mapping[str, Term],
    name: str,
    columns: list[str],
    language: Language,
    notes: Notes,
    links: Mapping[str, Link],
    passages: Mapping[tuple[str, str], str],
) -> AnswerCell:
    term = row.get(name)
    if term is None:
        return AnswerCell(None)
    passage = term.value if kind_of(term.value).key == "passage" else passages.get((term.value, term.language), "")
    marks: tuple[Mark, ...] = ()
    if passage:
        stated = row.get("stated") or row.get("words")
        marks = notes.mark([passage], _about(row, columns, links), stated=stated.value if stated else "")
    if term.kind == "uri":
        return AnswerCell(links[term.value], marks)
    if term.datatype in _NUMBERS:
        return AnswerCell(Text(number_in_words(term.value, language)), marks, numeric=True)
    if term.datatype in _DATES:
        return AnswerCell(Text(date_in_words(term.value, language)), marks)
    if term.datatype == _XSD + "boolean":
        word = say(language, "stored_yes") if term.value == "true" else say(language, "stored_no")
        return AnswerCell(Text(word), marks)
    return AnswerCell(Text(term.value, term.language if term.language != language else ""), marks)


def _about(row: Mapping[str, Term], columns: list[str], links: Mapping[str, Link]) -> str:
    """Return what a row is about: its first value that is no passage and not the words of the document."""
    for name in columns:
        term = row.get(name)
        if term is not None and name not in ("stated", "words") and not name.lower().endswith("passage"):
            return links[term.value].text if term.kind == "uri" else term.value
    return ""


def _passages(site: Site, table: Table, columns: list[str]) -> dict[tuple[str, str], str]:
    """Return the passage of each place that the answer names, by its text and language: a place has one passage."""
    names = [name for name in columns if name.lower().endswith("passage")]
    places = sorted({(row[name].value, row[name].language) for row in table.rows for name in names if name in row})
    found: dict[tuple[str, str], str] = {}
    reader = site.reader()
    for start in range(0, len(places), _AT_A_TIME):
        part = places[start : start + _AT_A_TIME]
        written = " ".join(str(ox.Literal(text, language=tag) if tag else ox.Literal(text)) for text, tag in part)
        for row in reader.rows(_LOCATED.format(locators=written)):
            passage, locator = row["passage"], row["locator"]
            if isinstance(passage, ox.NamedNode) and isinstance(locator, ox.Literal):
                found[locator.value, locator.language or ""] = passage.value
    return found


def _repeats(table: Table, name: str, iri: str) -> bool:
    return (
        iri.startswith(ID)
        and len(table.columns) > 1
        and all(name in row and row[name].value == iri for row in table.rows)
    )


def _all(table: Table, name: str, datatypes: frozenset[str]) -> bool:
    found = [row[name] for row in table.rows if name in row]
    return bool(found) and all(term.datatype in datatypes for term in found)
