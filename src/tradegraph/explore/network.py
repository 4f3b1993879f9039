"""The things around a thing: direct relations in both directions, each with its rule and the passages it was read from.

Relations that only say where something is mentioned are left out, as are years and statuses: they lead everywhere.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.kinds import kind_of
from tradegraph.explore.reading import Reader, Solution
from tradegraph.namespaces import ID

MOST_NODES: Final = 150
"""A drawing of more says nothing."""
AT_ONCE: Final = 10
"""How many neighbours one expansion adds."""
_SAFE: Final = re.compile(re.escape(ID) + r"[a-z][a-z0-9-]*/[A-Za-z0-9._~-]+")
_AMONG: Final = """\
SELECT ?subject ?property ?object ?rule ?passage WHERE {{
    VALUES ?subject {{ {things} }}
    ?relation rdf:subject ?subject ;
        rdf:predicate ?property ;
        rdf:object ?object ;
        tg:byRule ?rule .
    OPTIONAL {{ ?relation tg:statedIn ?passage }}
    FILTER (isIRI(?object) && ?property NOT IN (tg:about, tg:mentionedIn, tg:cites, tg:hasStatus))
}}"""


@dataclass(frozen=True)
class Edge:
    """A direct relation between two things: IRIs, the passages in order, and the rule that it follows from."""

    source: str
    property: str
    target: str
    passages: tuple[str, ...]
    rule: str

    def other(self, thing: str) -> str:
        """Return the end that is not `thing`."""
        return self.target if self.source == thing else self.source


def edges_in(rows: Iterable[Solution]) -> tuple[Edge, ...]:
    """Return the edges in the rows of `graph_neighbours`, in their order: those between two things that have pages."""
    passages: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        ends = [row.get(name) for name in ("subject", "property", "object", "rule")]
        subject, name, target, rule = (end.value if isinstance(end, ox.NamedNode) else "" for end in ends)
        if subject != target and _drawn(subject) and _drawn(target):
            passage = row.get("passage")
            found = passages[subject, name, target, rule]
            if isinstance(passage, ox.NamedNode):
                found.append(passage.value)
    return tuple(Edge(s, p, o, tuple(dict.fromkeys(read)), rule) for (s, p, o, rule), read in passages.items())


def edges_among(reader: Reader, things: Collection[str]) -> tuple[Edge, ...]:
    """Return the edges whose two ends are both among `things` (IRIs of ours; others are left out)."""
    safe = [thing for thing in things if _SAFE.fullmatch(thing)]
    rows = reader.rows(_AMONG.format(things=" ".join(f"<{thing}>" for thing in safe)))
    there = set(safe)
    found = [edge for edge in edges_in(rows) if edge.target in there]
    return tuple(sorted(found, key=lambda edge: (edge.source, edge.property, edge.target)))


def best_neighbours(edges: Iterable[Edge], thing: str, shown: Collection[str], most: int = AT_ONCE) -> tuple[str, ...]:
    """Return up to `most` neighbours of `thing` that are not shown: those with most passages first, then by IRI."""
    weight: dict[str, int] = defaultdict(int)
    for edge in edges:
        weight[edge.other(thing)] += max(1, len(edge.passages))
    left = (iri for iri in weight if iri not in shown)
    return tuple(sorted(left, key=lambda iri: (-weight[iri], iri))[:most])


def _drawn(iri: str) -> bool:
    kind = kind_of(iri)
    return kind.layer == "thing" or iri.startswith(ID + "concept/sector-")
