"""Relations of the front door, page by page, each with its rule, its records and the passages that it was read from.

A relation that was derived has a node that says so; one that stands in the facts themselves (an answer and its
question) was read where its subject was.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pyoxigraph as ox

from tradegraph.explore.reading import Reader

Direction = Literal["out", "in"]
Value = ox.NamedNode | ox.Literal
PAGE_SIZE: Final = 50
_FRONT: Final = "FILTER EXISTS { ?p tg:frontDoor true }"
_COUNTS: Final = "SELECT ?p (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?s ?p ?o {{ {pattern} }} }} }} GROUP BY ?p"
_PAGE: Final = "SELECT DISTINCT ?s ?p ?o {{ {pattern} }} ORDER BY ?p ?s ?o LIMIT {limit} OFFSET {offset}"
_EVIDENCE: Final = """\
SELECT ?s ?p ?o ?what ?value {{
    VALUES (?s ?p ?o) {{ {triples} }}
    ?node rdf:subject ?s ;
        rdf:predicate ?p ;
        rdf:object ?o ;
        ?what ?value .
    FILTER (?what IN (tg:byRule, tg:statedIn, tg:derivedFromEvidence))
}}"""
_ASSERTED: Final = "SELECT ?s ?passage {{ VALUES ?s {{ {things} }} ?s tg:statedIn ?passage }}"


@dataclass(frozen=True)
class Relation:
    """A typed relation. `rule` is empty where it was not derived; `records` and `passages` are sorted IRIs."""

    subject: str
    property: str
    object: Value
    rule: str
    records: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True)
class RelationPage:
    """One page: how many relations there are per property (all of them, sorted by IRI), and those of this page."""

    counts: tuple[tuple[str, int], ...]
    total: int
    relations: tuple[Relation, ...]


def relations(
    reader: Reader, thing: str = "", name: str = "", direction: Direction | None = None, page: int = 1
) -> RelationPage:
    """Return one page, from 1, of the relations of `thing` (an IRI of ours) or of all things.

    `name` keeps one property; `direction` keeps those that lead from the thing or to it. In order of property, subject
    and object, so that pages fit together as long as the release is the same. Raises QueryErrors.
    """
    everything = _pattern(thing, "", direction)
    counts = []
    for row in reader.rows(_COUNTS.format(pattern=everything)):
        found, count = row.get("p"), row.get("n")
        if isinstance(found, ox.NamedNode) and isinstance(count, ox.Literal):
            counts.append((found.value, int(count.value)))
    counts.sort()
    total = sum(count for found, count in counts if name in ("", found))
    pattern = _pattern(thing, name, direction)
    text = _PAGE.format(pattern=pattern, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    triples = [(row["s"], row["p"], row["o"]) for row in reader.rows(text)] if total else []
    return RelationPage(tuple(counts), total, _with_evidence(reader, triples))


def _pattern(thing: str, name: str, direction: Direction | None) -> str:
    kept = f"FILTER (?p = <{name}>)" if name else ""
    if not thing:
        # The property first: then the engine need not look at every triple.
        return f"VALUES ?p {{ <{name}> }} ?s ?p ?o {_FRONT}" if name else "?p tg:frontDoor true . ?s ?p ?o"
    leads = f"{{ BIND (<{thing}> AS ?s) <{thing}> ?p ?o {_FRONT} {kept} }}"
    comes = f"{{ BIND (<{thing}> AS ?o) ?s ?p <{thing}> {_FRONT} {kept} }}"
    return {"out": leads, "in": comes, None: f"{leads} UNION {comes}"}[direction]


def _with_evidence(reader: Reader, triples: Sequence[tuple[object, object, object]]) -> tuple[Relation, ...]:
    if not triples:
        return ()
    said: dict[tuple[object, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    written = " ".join(f"({subject} {name} {value})" for subject, name, value in triples)
    for row in reader.rows(_EVIDENCE.format(triples=written)):
        what, given = row["what"], row["value"]
        if isinstance(what, ox.NamedNode) and isinstance(given, ox.NamedNode):
            said[row["s"], row["p"], row["o"]][what.value.rpartition("#")[2]].add(given.value)
    asserted = sorted({str(triple[0]) for triple in triples if triple not in said})
    passages: dict[object, set[str]] = defaultdict(set)
    if asserted:
        for row in reader.rows(_ASSERTED.format(things=" ".join(asserted))):
            if isinstance(passage := row["passage"], ox.NamedNode):
                passages[row["s"]].add(passage.value)
    found = []
    for subject, name, value in triples:
        evidence = said.get((subject, name, value), {"statedIn": passages[subject]})
        if isinstance(subject, ox.NamedNode) and isinstance(name, ox.NamedNode) and isinstance(value, Value):
            found.append(
                Relation(
                    subject.value,
                    name.value,
                    value,
                    min(evidence.get("byRule", ()), default=""),
                    tuple(sorted(evidence.get("derivedFromEvidence", ()))),
                    tuple(sorted(evidence.get("statedIn", ()))),
                )
            )
    return tuple(found)
