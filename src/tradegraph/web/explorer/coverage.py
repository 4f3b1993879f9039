"""How much of each document is in the data: passages with and without facts, values as written, what is missing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request

from tradegraph.languages import Language
from tradegraph.namespaces import shrink
from tradegraph.web.explorer.document_facts import queries
from tradegraph.web.explorer.document_page import Reference
from tradegraph.web.explorer.record_lines import Records
from tradegraph.web.explorer.row_files import Row, format_asked, format_links, send_rows
from tradegraph.web.frame import check_parameters
from tradegraph.web.kit import Actions
from tradegraph.web.notes import Link, Text
from tradegraph.web.site import Panel, Site, iri, text

_COLUMNS: Final = ("document", "version", "what", "of", "count")
_PANELS: Final = ("coverage_versions", "coverage_passages", "coverage_records", "coverage_values", "coverage_missing")


@dataclass(frozen=True)
class Covered:
    """A version of a document: its passages, how many state facts, why the others do not, and what was read from it."""

    document: Link
    version: Link
    iri: str
    passages: int
    stating: int
    silent: tuple[tuple[Link, int], ...]
    records: tuple[tuple[str, int], ...]
    values: tuple[tuple[str, int], ...]
    notes: tuple[Text, ...]
    missing: tuple[Reference, ...]

    @property
    def share(self) -> int:
        """Share of the passages from which facts were read, in whole per cents, never 100 when some were not."""
        return 100 * self.stating // self.passages if self.passages else 0

    @property
    def value_count(self) -> int:
        """Number of values that were taken over as written."""
        return sum(count for _, count in self.values)


def add_routes(routes: Blueprint, site: Site) -> None:
    """Put the route of coverage on `routes`."""

    def panels(language: Language) -> dict[str, Panel]:
        given = {"coverage_versions": {"language": ox.Literal(language)}}
        return {name: site.panel(name, given.get(name)) for name in _PANELS}

    @routes.get("/<any(nl, en):language>/coverage")
    def coverage(language: Language) -> Response:
        check_parameters(request.args, ("format",))
        form = format_asked()
        if form:
            return send_rows(site, language, form, "coverage", _COLUMNS, lambda: _rows(panels(language)))
        return site.page("coverage.html", language, lambda: _view(site, language, panels(language)))


def _view(site: Site, language: Language, panels: Mapping[str, Panel]) -> Mapping[str, object]:
    notes = site.notes(language)
    classes = {term.iri: term.label.in_(language) for term in site.vocabulary.classes}
    properties = {term.iri: term.label.in_(language) for term in site.vocabulary.properties}
    silent: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in panels["coverage_passages"].rows:
        silent[iri(row, "version")].append((iri(row, "reason"), int(text(row, "passages"))))
    missing: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in panels["coverage_missing"].rows:
        missing[iri(row, "version")][iri(row, "record")].append(iri(row, "passage"))
    own: dict[str, list[Text]] = defaultdict(list)
    documents: dict[str, str] = {}
    for row in panels["coverage_versions"].rows:
        documents[iri(row, "version")] = iri(row, "document")
        if note := text(row, "note"):
            own[iri(row, "version")].append(Text(note))
    things = [*documents, *documents.values(), *(reason for found in silent.values() for reason, _ in found if reason)]
    links = site.links(things, language)
    lines = Records(site, language, ()).lines(record for found in missing.values() for record in found)
    covered = [
        Covered(
            links[document],
            links[version],
            version,
            sum(count for _, count in silent[version]),
            sum(count for reason, count in silent[version] if not reason),
            tuple((links[reason], count) for reason, count in silent[version] if reason),
            _counts(panels["coverage_records"], version, "kind", "records", classes),
            _counts(panels["coverage_values"], version, "property", "values", properties),
            tuple(own[version]),
            tuple(
                Reference(lines[record].link, notes.mark(passages, lines[record].link.text, record=record))
                for record, passages in missing[version].items()
            ),
        )
        for version, document in documents.items()
    ]
    covered.sort(key=lambda one: -one.passages)
    return {
        "covered": covered,
        "queries": {name.removeprefix("coverage_"): panel.address(language) for name, panel in panels.items()},
        "actions": Actions(format_links(), queries(site, language, panels.values()), request.full_path.rstrip("?")),
        "sources": notes.sources(),
    }


def _counts(panel: Panel, version: str, what: str, count: str, names: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    found = [
        (names.get(iri(row, what), shrink(iri(row, what))), int(text(row, count)))
        for row in panel.rows
        if iri(row, "version") == version
    ]
    return tuple(sorted(found, key=lambda one: -one[1]))


def _rows(panels: Mapping[str, Panel]) -> list[Row]:
    documents = {iri(row, "version"): iri(row, "document") for row in panels["coverage_versions"].rows}
    found: list[Row] = []
    for name, variable, count in (
        ("coverage_passages", "reason", "passages"),
        ("coverage_records", "kind", "records"),
        ("coverage_values", "property", "values"),
    ):
        found += [
            {
                "document": documents[iri(row, "version")],
                "version": iri(row, "version"),
                "what": count,
                "of": iri(row, variable),
                "count": int(text(row, count)),
            }
            for row in panels[name].rows
        ]
    return found
