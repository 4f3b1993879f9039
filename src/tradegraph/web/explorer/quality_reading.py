"""What a release says of its own quality: the report of the shapes, and the checks that must find nothing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from tradegraph.graph.turtle import read_turtle
from tradegraph.languages import Language, Words
from tradegraph.namespaces import BASE, PREFIXES, shrink
from tradegraph.web.notes import Link
from tradegraph.web.site import Site

REPORT: Final = "report.ttl"
_SH: Final = PREFIXES["sh"]
SEVERITIES: Final = {
    "Violation": Words("Overtreding", "Violation"),
    "Warning": Words("Waarschuwing", "Warning"),
    "Info": Words("Opmerking", "Note"),
}


@dataclass(frozen=True)
class Finding:
    """What one shape found: its name, severity (a key of SEVERITIES), the message, and the IRIs of the things."""

    shape: str
    severity: str
    message: Words
    things: tuple[str, ...]


@dataclass(frozen=True)
class ShapesReport:
    """The validation report of a release: whether the graph conforms, and the findings, the gravest first."""

    conforms: bool
    findings: tuple[Finding, ...]

    def count(self, severity: str) -> int:
        """Return the number of results of a severity."""
        return sum(len(one.things) for one in self.findings if one.severity == severity)


def read_report(directory: Path) -> ShapesReport | None:
    """Return the report in the folder of a release; None for a release that was made elsewhere and has none."""
    path = directory / REPORT
    if not path.is_file():
        return None
    said: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for quad in read_turtle([path], ox.NamedNode(BASE)):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal | ox.NamedNode):
            said[quad.subject.value][quad.predicate.value].append(quad.object)
    conforms = any(term.value == "true" for found in said.values() for term in found.get(_SH + "conforms", ()))
    groups: dict[tuple[str, str], tuple[Words, list[str]]] = {}
    for found in said.values():
        if _SH + "resultSeverity" not in found:
            continue
        severity = found[_SH + "resultSeverity"][0].value.removeprefix(_SH)
        shape = found[_SH + "sourceShape"][0].value if _SH + "sourceShape" in found else ""
        things = groups.setdefault((severity, shape), (_words(found[_SH + "resultMessage"]), []))[1]
        things += [term.value for term in found.get(_SH + "focusNode", ())]
    order = list(SEVERITIES)
    return ShapesReport(
        conforms,
        tuple(
            Finding(shrink(shape), severity, message, tuple(sorted(things)))
            for (severity, shape), (message, things) in sorted(
                groups.items(), key=lambda group: (order.index(group[0][0]) if group[0][0] in order else 9, group[0][1])
            )
        ),
    )


def _words(messages: list[ox.Literal | ox.NamedNode]) -> Words:
    texts = {term.language or "": term.value for term in messages if isinstance(term, ox.Literal)}
    return Words(texts.get("nl", ""), texts.get("en", texts.get("", "")))


@dataclass(frozen=True)
class QueryCheck:
    """A check that must find nothing: its key, title and question, the number of rows, and where the query is."""

    key: str
    title: str
    question: Words
    rows: tuple[Mapping[str, str], ...]
    text: str


@dataclass(frozen=True)
class Shown:
    """A finding as the page shows it."""

    shape: str
    severity: str
    message: str
    things: tuple[Link, ...]


def shown(site: Site, language: Language, report: ShapesReport) -> tuple[Shown, ...]:
    """Return the findings with links to the things that they are about."""
    links = site.links([thing for one in report.findings for thing in one.things], language)
    return tuple(
        Shown(
            one.shape,
            SEVERITIES[one.severity].in_(language) if one.severity in SEVERITIES else one.severity,
            one.message.in_(language),
            tuple(links[thing] for thing in one.things),
        )
        for one in report.findings
    )
