"""Statistics: the list of indicators, a page for each with its figures, and a page for one figure."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.explore import figures as f
from tradegraph.explore.figures import CONCEPT, Figure, figures_of
from tradegraph.languages import Language
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.serialised import serialised
from tradegraph.web.explorer.figure_words import FigureWords, concept_key
from tradegraph.web.explorer.indicator_page import Indicator, read_indicator, rows_of, triples_of
from tradegraph.web.explorer.picture_parts import (
    address_with,
    asked_format,
    format_links,
    lasting_base,
    send_file,
    snippets,
)
from tradegraph.web.explorer.statistics_request import Asked
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions, Query
from tradegraph.web.notes import Link, Text
from tradegraph.web.problems import RequestError
from tradegraph.web.site import Panel, Site, iri, text
from tradegraph.web.words import say

FORMATS: Final = ("csv", "xlsx", "jsonld", "svg")
COLUMNS: Final = (
    "figure", "label", "period", "value", "unit", "value_as_stated", "qualifier", "lower_bound", "upper_bound", "stage",
    "missing_reason", "thing", "area", "counterpart_area", "sector", "product", "category", "trade_flow",
    "accounting_method", "percentage_of", "scenario", "ranking", "according_to", "known_on", "passages",
)  # fmt: skip
_KEY: Final = re.compile(r"[A-Za-z0-9._~-]+")
_JSONLD: Final = "application/ld+json"
_LONGEST: Final = 100


@dataclass(frozen=True)
class Listed:
    """An indicator in the list: how many figures it has, how many of them with a number, and of which years."""

    link: Link
    definition: Text | None
    figures: int
    known: int
    years: str


@dataclass
class _Subject:
    dataset: str
    indicators: list[Listed] = field(default_factory=list)


def blueprint(site: Site) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("explorer_statistics", __name__)

    @routes.get("/<any(nl, en):language>/statistics/")
    def statistics(language: Language) -> Response:
        check_parameters(request.args, ("q",))
        sought = " ".join(request.args.get("q", "").split())
        if len(sought) > _LONGEST:
            raise RequestError(400, f"q is longer than {_LONGEST} characters.", "Give fewer words.")
        return site.page("statistics.html", language, lambda: _index(site, language, sought))

    @routes.get("/<any(nl, en):language>/statistics/<key>")
    def indicator(language: Language, key: str) -> Response:
        asked = Asked.read(request.args)
        if key.startswith("indicator-") or not _KEY.fullmatch(key):
            raise _no_indicator(key)
        form = asked_format(FORMATS)
        if form == "jsonld":
            return _jsonld(site, language, key, asked)
        if form:
            return send_file(
                site,
                language,
                form,
                key,
                lambda: next(iter(_indicator(site, language, key, asked).pictures), None),
                COLUMNS,
                lambda: rows_of(_indicator(site, language, key, asked)),
            )
        return site.page("indicator.html", language, lambda: _page(site, language, key, asked))

    @routes.get("/<any(nl, en):language>/observation/<key>")
    def observation(language: Language, key: str) -> Response:
        check_parameters(request.args, ())
        return site.page("observation.html", language, lambda: _observation(site, language, key))

    return routes


def _no_indicator(key: str) -> RequestError:
    name = key.removeprefix("indicator-")
    remedy = f"Try /statistics/{name}." if name != key else "The indicators are listed at /statistics/."
    return RequestError(404, f"There is no indicator “{key}”.", remedy)


def _indicator(site: Site, language: Language, key: str, asked: Asked) -> Indicator:
    found = read_indicator(site, language, key, asked)
    if found is None:
        raise _no_indicator(key)
    return found


def _index(site: Site, language: Language, sought: str) -> dict[str, object]:
    counts, definitions = site.panel("statistics_indicators"), site.panel("statistics_definitions")
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for row in definitions.rows:
        definition = row["definition"]
        if isinstance(definition, ox.Literal):
            said[iri(row, "indicator")][definition.language or ""] = definition.value
    notes = site.notes(language)
    merged: dict[str, tuple[str, int, int, str, str]] = {}
    for row in counts.rows:
        one, dataset = iri(row, "indicator"), iri(row, "dataset")
        figures, known = int(text(row, "figures")), int(text(row, "figures")) - int(text(row, "unknown"))
        first, last = text(row, "first"), text(row, "last")
        if one in merged:
            # Figures of one indicator in two data sets: it is listed once, where most of them are.
            before = merged[one]
            dataset = dataset if figures > before[1] else before[0]
            figures, known = figures + before[1], known + before[2]
            first, last = min(filter(None, (first, before[3])), default=""), max(last, before[4])
        merged[one] = (dataset, figures, known, first, last)
    names = site.named([*merged, *{row[0] for row in merged.values()}], language)
    subjects: dict[str, _Subject] = {}
    for one, (dataset, figures, known, first, last) in merged.items():
        definition_text = notes.text(said.get(one, {}))
        haystack = " ".join([names[one].text, names[dataset].text, *said.get(one, {}).values()]).casefold()
        if not all(word in haystack for word in sought.casefold().split()):
            continue
        link = Link(names[one].text, names[one].language, f"/{language}/statistics/{concept_key(one)}")
        years = first if first == last else f"{first}–{last}"
        subject = subjects.setdefault(dataset, _Subject(dataset))
        subject.indicators.append(Listed(link, definition_text, figures, known, years))
    ordered = sorted(subjects.values(), key=lambda one: (-sum(item.figures for item in one.indicators), one.dataset))
    for subject in ordered:
        subject.indicators.sort(key=lambda item: (-item.figures, item.link.text.casefold()))
    return {
        "sought": sought,
        "subjects": [
            (
                subject.dataset.rpartition("/")[2],
                names[subject.dataset],
                f"/{language}/{subject.dataset.removeprefix(ID)}",
                subject.indicators,
            )
            for subject in ordered
        ],
        "indicators": sum(len(one.indicators) for one in ordered),
        "figures": sum(item.figures for one in ordered for item in one.indicators),
        "known": sum(item.known for one in ordered for item in one.indicators),
        "actions": Actions(queries=_queries(language, (say(language, "stat_indicators"), counts))),
    }  # fmt: skip


def _queries(language: Language, *panels: tuple[str, Panel]) -> tuple[Query, ...]:
    return tuple(Query(label, panel.address(language)) for label, panel in panels)


def _page(site: Site, language: Language, key: str, asked: Asked) -> dict[str, object]:
    found = _indicator(site, language, key, asked)
    parameters = asked.parameters()
    path = f"/{language}/statistics/{key}"
    formats = FORMATS if found.pictures else FORMATS[:-1]
    actions = Actions(
        formats=format_links(parameters, formats),
        queries=_queries(language, *found.panels),
        identifier=f"{CONCEPT}indicator-{key}",
    )
    return {
        "page": found,
        "asked": asked,
        "tabs": found.tabs(path),
        "snippets": snippets(site, language, found.name.text, f"/statistics/{key}", parameters)
        if found.pictures
        else (),
        "svg": address_with(path, {**parameters, "format": "svg"}),
        "sources": found.notes.sources(),
        "actions": actions,
        "concept": f"/{language}/concept/indicator-{key}",
    }


def _jsonld(site: Site, language: Language, key: str, asked: Asked) -> Response:
    def make() -> bytes:
        triples = triples_of(_indicator(site, language, key, asked))
        used = (
            "con",
            "dct",
            "id",
            "qb",
            "rdf",
            "rdfs",
            "sdmx-attribute",
            "sdmx-dimension",
            "sdmx-measure",
            "tg",
            "xsd",
        )
        prefixes = {name: PREFIXES[name] for name in used if name in PREFIXES}
        return serialised(triples, ox.RdfFormat.JSON_LD, prefixes)

    return site.send(language, make, _JSONLD, Content_Disposition=f'inline; filename="{key}.jsonld"')


def _observation(site: Site, language: Language, key: str) -> dict[str, object]:
    node = ox.NamedNode(f"{ID}observation/{key}") if _KEY.fullmatch(key) else None
    values = site.panel("observation_values", {"figure": node}) if node else None
    if node is None or values is None or not values.rows:
        raise RequestError(404, f"There is no figure “{key}”.", "The figures are listed at /statistics/.")
    (figure,) = figures_of(values.rows)
    indicator = figure.one(f.INDICATOR)
    pointing = site.panel("observation_pointing", {"figure": node})
    family = site.panel("indicator_figures", {"indicator": ox.NamedNode(indicator)})
    others = _others(site, figure, pointing)
    siblings = [one for one in figures_of(family.rows) if one.iri != figure.iri]
    notes = site.notes(language)
    words = FigureWords(site, language, notes, [figure, *others.values(), *siblings])
    telling = f.varying([figure, *siblings])
    shown = words.shown(figure, telling)
    relations = [
        (heading, [words.shown(others[iri_]) for iri_ in iris if iri_ in others])
        for heading, iris in _relations(language, figure, pointing)
    ]
    return {
        "one": shown,
        "indicator": Link(words.name(indicator), href=f"/{language}/statistics/{concept_key(indicator)}"),
        "relations": [(heading, figures) for heading, figures in relations if figures],
        "siblings": [words.shown(one, telling) for one in siblings[:12]],
        "total": len(siblings),
        "record": figure.one(PREFIXES["tg"] + "recordedIn"),
        "sources": notes.sources(),
        "actions": Actions(
            formats=tuple(Link(label, href=f"/doc/observation/{key}.{form}") for label, form in _DATA),
            queries=_queries(
                language, (say(language, "obs_said"), values), (say(language, "obs_siblings"), family),
                (say(language, "obs_pointing"), pointing),
            ),
            identifier=node.value,
        ),
        "base": lasting_base(site),
    }  # fmt: skip


_DATA: Final = (("Turtle", "ttl"), ("JSON-LD", "jsonld"))


def _others(site: Site, figure: Figure, pointing: Panel) -> dict[str, Figure]:
    """Return the figures that this one leads to, or that lead to it, by IRI."""
    named = [
        *(
            one
            for name in (f.RESTATES, f.CONTRADICTS, f.SUPERSEDES, f.DERIVED, f.BASE_FIGURE)
            for one in figure.all(name)
        ),
        *(iri(row, "other") for row in pointing.rows),
    ]
    found = {}
    for one in dict.fromkeys(named):
        rows = site.panel("observation_values", {"figure": ox.NamedNode(one)}).rows
        found.update({other.iri: other for other in figures_of(rows)})
    return found


def _relations(language: Language, figure: Figure, pointing: Panel) -> list[tuple[str, list[str]]]:
    """Return how other figures relate to this one, in words, with their IRIs."""
    to = defaultdict(list)
    for row in pointing.rows:
        to[iri(row, "property")].append(iri(row, "other"))
    both = dict.fromkeys([*figure.all(f.CONTRADICTS), *to[f.CONTRADICTS]])
    return [
        (say(language, "obs_contradicts"), list(both)),
        (say(language, "obs_restates"), list(figure.all(f.RESTATES))),
        (say(language, "obs_restated_by"), to[f.RESTATES]),
        (say(language, "obs_supersedes"), list(figure.all(f.SUPERSEDES))),
        (say(language, "obs_superseded_by"), to[f.SUPERSEDES]),
        (say(language, "obs_derived_from"), list(figure.all(f.DERIVED))),
        (say(language, "obs_derived_to"), to[f.DERIVED]),
        (say(language, "obs_base"), list(figure.all(f.BASE_FIGURE))),
    ]
