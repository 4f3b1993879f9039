"""The query doctor: what a query costs, why, and what would make it better."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from tradegraph.sparql.findings import QueryFinding, finding, finding_at, findings
from tradegraph.sparql.functions import ParsedFunctions, called_functions
from tradegraph.sparql.known import is_known
from tradegraph.sparql.messages import COSTS, METHOD, REASONS
from tradegraph.sparql.rewrite import Rewritten, rewrite
from tradegraph.sparql.statistics import Statistics
from tradegraph.sparql.steps import Step, all_groups, steps
from tradegraph.sparql.structure import Structure, read_structure
from tradegraph.sparql.terms import did_you_mean

LONGEST: Final = 10_000
"""Characters; of longer queries only the terms are looked at."""

INSTANT_WORK: Final = 200_000.0
"""Rows looked at that the engine manages in some tenths of a second."""

SECONDS_WORK: Final = 10_000_000.0
"""Rows looked at that take it about ten seconds."""


@dataclass(frozen=True)
class Diagnosis:
    """What the doctor says of `text`.

    `parsed`: whether a full parser of SPARQL 1.1 could read it; `readable`: whether its structure could be read,
    without which there are no steps and no structural findings. `cost` is instant, seconds or limit, or None then.
    `rows` is the estimated number of solutions, before grouping and LIMIT. The steps are those of the rewritten text.
    """

    text: str
    parsed: bool
    readable: bool
    findings: tuple[QueryFinding, ...]
    steps: tuple[Step, ...]
    rows: int | None
    cost: str | None
    rewritten: Rewritten

    def to_json(self) -> dict[str, object]:
        """Return the answer of `POST /sparql/explain`."""
        return {
            "parsed": self.parsed,
            "readable": self.readable,
            "cost": self.cost,
            "cost_sentence": None if self.cost is None else COSTS[self.cost].to_json(),
            "estimated_rows": self.rows,
            "method": METHOD.to_json(),
            "findings": [one.to_json() for one in self.findings],
            "steps": [
                {"number": number, "depth": step.depth, "kind": step.kind, "text": step.text, "rows": step.rows}
                for number, step in enumerate(self.steps, start=1)
            ],
            "rewritten": {
                "text": self.rewritten.text,
                "names": list(self.rewritten.names),
                "reasons": [{"name": name, **REASONS[name].to_json()} for name in self.rewritten.names],
            },
        }


def diagnose(text: str, statistics: Statistics, vocabulary: Collection[str] = ()) -> Diagnosis:
    """Diagnose a query; it is not run. Text that is no query gives a diagnosis that is neither parsed nor readable.

    `vocabulary` holds IRIs that are known beside the classes and properties in use: declared terms, concepts.
    """
    structure = read_structure(text) if len(text) <= LONGEST else None
    rewritten = rewrite(text, statistics)
    taken: list[Step] = []
    rows: int | None = None
    found: list[QueryFinding] = []
    run = None if structure is None else read_structure(rewritten.text)
    if run is not None and run.where is not None:
        taken, estimate = steps(run, run.where, statistics)
        rows = round(min(estimate.rows, 1e15))
    if structure is not None:
        found += findings(structure, statistics, float(rows or 0))
    functions = called_functions(text)
    found += _unknown_functions(text, structure, functions)
    found += _unknown_terms(text, structure, statistics, vocabulary)
    found.sort(key=lambda one: (one.line, one.column, one.code))
    return Diagnosis(
        text,
        functions is not None,
        structure is not None,
        tuple(dict.fromkeys(found)),
        tuple(taken),
        rows,
        _cost(taken) if taken or structure is not None else None,
        rewritten,
    )


def _cost(taken: list[Step]) -> str:
    work = sum(step.work for step in taken)
    return "instant" if work <= INSTANT_WORK else "seconds" if work <= SECONDS_WORK else "limit"


def _unknown_functions(
    text: str, structure: Structure | None, functions: ParsedFunctions | None
) -> Iterator[QueryFinding]:
    """Name functions by IRI that no engine here knows; places are those where their name is called."""
    if structure is None or functions is None:
        return
    expanded = {structure.expand(name): name for name in functions.names}
    for at, token in enumerate(structure.seen[:-1]):
        iri = structure.expand(token.text) if token.kind in ("iri", "pname") else None
        called = structure.seen[at + 1].text == "("
        if iri is not None and called and iri in expanded and not is_known(iri):
            yield finding("unknown-function", text, token.start, term=token.text)


def _unknown_terms(
    text: str, structure: Structure | None, statistics: Statistics, vocabulary: Collection[str]
) -> Iterator[QueryFinding]:
    """Name classes and properties of ours of which the release has nothing."""
    known = frozenset((*statistics.classes, *statistics.properties, *vocabulary))
    # Without the release's vocabulary, counts say nothing of a term that is used as a thing.
    things = frozenset() if structure is None or vocabulary else _things(structure)
    for notice in did_you_mean(text, known):
        if notice.iri not in things:
            said = notice.suggestion
            where = (notice.line, notice.column)
            yield finding_at("unknown-term", where, term=notice.term, suggestion=said.en, suggestion_nl=said.nl)


def _things(structure: Structure) -> frozenset[str]:
    """Return the IRIs that patterns have as a subject, or as a value of anything but a type."""
    patterns = [
        pattern
        for group in (() if structure.where is None else all_groups(structure.where))
        for element in group.elements
        for pattern in element.patterns
    ]
    names = {pattern.subject for pattern in patterns} | {one.object for one in patterns if one.predicate != "a"}
    return frozenset(iri for name in names if (iri := structure.expand(name)) is not None)
