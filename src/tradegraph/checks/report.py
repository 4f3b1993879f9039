"""The validation report: what the shapes say of a graph, in one order, as Turtle and as a page of text.

("Shapes Constraint Language (SHACL)", W3C Recommendation, 20 July 2017; sections cited below are of that text.)
"""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Final

from pyoxigraph import Literal

from tradegraph.namespaces import ID, PREFIXES, shrink

VIOLATION: Final = PREFIXES["sh"] + "Violation"
WARNING: Final = PREFIXES["sh"] + "Warning"
INFO: Final = PREFIXES["sh"] + "Info"
SEVERITIES: Final = (VIOLATION, WARNING, INFO)
"""The severities of section 2.1.4, gravest first: the order of a report."""

_WORDS: Final = {
    VIOLATION: ("Violations", "Overtredingen"),
    WARNING: ("Warnings", "Waarschuwingen"),
    INFO: ("Notes", "Opmerkingen"),
}
_USED: Final = ("rdf", "sh", "xsd")


@dataclass(frozen=True, order=True)
class Result:
    """One validation result (section 3.6.2).

    `severity`, `shape`, `constraint` (its component) and `path` are IRIs; `focus` and `value` are RDF terms in
    N-Triples form, so that a literal keeps its language or datatype. `path` and `value` may be absent.
    """

    severity: str
    shape: str
    constraint: str
    focus: str
    path: str | None
    value: str | None
    message_en: str
    message_nl: str

    @property
    def iri(self) -> str:
        """IRI derived from everything the result says but its messages."""
        parts = (self.severity, self.shape, self.constraint, self.focus, self.path or "", self.value or "")
        return f"{ID}validation-result/{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:20]}"

    def __str__(self) -> str:
        shown = f": {_show(self.value)}" if self.value not in (None, self.focus) else ""
        return f"{_show(self.focus)}{' ' + shrink(self.path) if self.path else ''}{shown}"


@dataclass(frozen=True)
class ShaclReport:
    """What the shapes say of a dataset: results in order of severity, shape, focus node, path and value."""

    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Whether no result is a Violation; warnings and notes leave a dataset sound."""
        return not any(result.severity == VIOLATION for result in self.results)

    def of(self, severity: str) -> tuple[Result, ...]:
        """Return the results of one severity."""
        return tuple(result for result in self.results if result.severity == severity)

    def turtle(self) -> str:
        """Return the validation report (section 3.6.1) in Turtle, without blank nodes.

        `sh:conforms` follows our policy: true when there are results, but no Violation among them.
        """
        contents = hashlib.sha256(repr([astuple(result) for result in self.results]).encode()).hexdigest()[:20]
        lines = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in _USED]
        lines += ["", f"<{ID}validation-report/{contents}>", "    a sh:ValidationReport ;"]
        if self.results:
            lines += ["    sh:result", *_last_with(";", [f"        <{result.iri}>" for result in self.results])]
        lines.append(f"    sh:conforms {str(self.conforms).lower()} .")
        for result in self.results:
            lines += ["", *_turtle(result)]
        return "\n".join(lines) + "\n"

    def text(self) -> str:
        """Return the report as a page of text in English and Dutch, grouped by severity and shape."""
        verdict = ("conforms", "voldoet") if self.conforms else ("does not conform", "voldoet niet")
        lines = [f"SHACL: the graph {verdict[0]} / de graaf {verdict[1]}"]
        for severity in SEVERITIES:
            found = self.of(severity)
            english, dutch = _WORDS[severity]
            lines += ["", f"{english} / {dutch}: {len(found)}"]
            shape = ""
            for result in found:
                if result.shape != shape:
                    shape = result.shape
                    lines += ["", f"{shrink(shape)}", f"  {result.message_en}", f"  {result.message_nl}"]
                lines.append(f"    {result}")
        return "\n".join(lines)


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return results in the order of a report, each once."""
    return tuple(sorted(set(results), key=_order))


def _order(result: Result) -> tuple[object, ...]:
    place = SEVERITIES.index(result.severity) if result.severity in SEVERITIES else len(SEVERITIES)
    return place, result.shape, result.focus, result.path or "", result.value or "", result.constraint


def _turtle(result: Result) -> list[str]:
    pairs = [
        ("sh:resultSeverity", shrink(result.severity)),
        ("sh:sourceShape", f"<{result.shape}>"),
        ("sh:sourceConstraintComponent", shrink(result.constraint)),
        ("sh:focusNode", result.focus),
        *([("sh:resultPath", f"<{result.path}>")] if result.path else []),
        *([("sh:value", result.value)] if result.value else []),
        ("sh:resultMessage", str(Literal(result.message_en, language="en"))),
        ("sh:resultMessage", str(Literal(result.message_nl, language="nl"))),
    ]
    lines = [f"<{result.iri}>", "    a sh:ValidationResult ;", *(f"    {key} {value} ;" for key, value in pairs)]
    lines[-1] = lines[-1][:-1] + "."
    return lines


def _last_with(mark: str, items: list[str]) -> list[str]:
    return [f"{item} ," for item in items[:-1]] + [f"{items[-1]} {mark}"]


def _show(term: str | None) -> str:
    text = term or ""
    return shrink(text[1:-1]) if text.startswith("<") else text
