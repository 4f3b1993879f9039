"""Gathers the relations between things as typed edges, and packs them into one file that is searched where it lies.

An edge is a relation that a reader can check: a derived relation of the front door, a relation of the registry that
has a source, or, as a class of its own, a thing that is named in a document. Records behind relations are no things.
"""

import json
import struct
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from tradegraph.errors import NotSound
from tradegraph.namespaces import BASE, DEF, ID, PREFIXES

EDGES_FILE: Final = "edges.bin"
"""Name of the file in the folder of a release."""

MAGIC: Final = b"tgEdges1"
"""First bytes of the file; the number is that of its layout."""

MENTIONED_IN: Final = DEF + "mentionedIn"
REGISTRY: Final = (
    DEF + "addressedTo",
    DEF + "negotiates",
    DEF + "partOfGrouping",
    DEF + "partOfTerritory",
    DEF + "publishedIn",
    DEF + "succeededByOffice",
    PREFIXES["org"] + "postIn",
    PREFIXES["org"] + "subOrganizationOf",
)
"""Relations of the registry that count where their subject has a source."""

NO_THINGS: Final = frozenset(
    {
        *("agreement-action", "agreement-party", "component", "data-structure", "document-part", "document-version"),
        *("grouping-membership", "holding", "mention", "participation", "passage", "relation", "rule", "scheme"),
        *("statement", "status-period"),
    }
)
"""Folders of IRIs that hold records, places in documents and descriptions of the graph: no path leads through them."""

HUB: Final = 0x80
"""The bit of a node's code that marks a thing with very many relations; the other bits number its kind."""
MANY: Final = 40
MANY_AT_THE_TOP: Final = 25
TOP_SHARE: Final = 100
LISTED_HUBS: Final = frozenset(
    ID + key for key in ("territory/nld", "territory/kingdom-of-the-netherlands", "organisation/eu")
)
NOT_PASSED: Final = frozenset(
    {"answer", "cabinet", "cabinet-phase", "concept", "dataset", "observation", "period", "question", "ranking"}
)
"""Kinds that only say what things have in common or are about: no path passes through them unless it is asked for,
and how many of them are beside a thing does not make it a hub."""

_PREFIXES: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("rdf", "tg"))
_RELATIONS: Final = (
    _PREFIXES
    + """SELECT ?relation ?s ?p ?o ?evidence {
    ?relation a tg:DerivedRelation ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
    ?relation tg:derivedFromEvidence ?evidence
    FILTER (isIRI(?o))
}"""
)
_PASSAGES: Final = _PREFIXES + "SELECT ?relation ?passage { ?relation a tg:DerivedRelation ; tg:statedIn ?passage }"
_STATED: Final = _PREFIXES + "SELECT ?s ?o ?passage {{ ?s <{property}> ?o ; tg:statedIn ?passage }}"
_MODALITY: Final = _PREFIXES + "SELECT ?evidence ?modality { ?evidence tg:modality ?modality }"
_DATES: Final = (
    _PREFIXES
    + """SELECT ?thing ?date {
    { ?thing tg:year ?date } UNION { ?thing tg:validFrom ?date } UNION { ?thing tg:validUntil ?date }
    UNION { ?thing tg:actionDate ?date } UNION { ?action tg:actionOn ?thing ; tg:actionDate ?date }
}"""
)
_DATED: Final = ("mission", "event", "mission-set", "agreement", "document")

Rows = Callable[[str], Iterable[Mapping[str, object]]]
"""Answers a SELECT with its solutions: terms of pyoxigraph by name of the variable."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation `subject` → `object`, all IRIs; `passages` and `evidence` in order.

    `since` and `until` are years, 0 where no date is stated. `modality` is the IRI of a concept where none of the
    evidence states a fact (an intention, an expectation), else empty.
    """

    subject: str
    property: str
    object: str
    passages: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    since: int = 0
    until: int = 0
    modality: str = ""


def kind_folder(iri: str) -> str:
    """Return the folder in which an IRI of ours lies: `mission`; empty for what is not ours."""
    return iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""


def gather(rows: Rows) -> list[Edge]:
    """Return every edge of a graph, in order of subject, property and object. `rows` may raise what it raises."""
    ends: dict[str, tuple[str, str, str]] = {}
    evidence: dict[str, set[str]] = defaultdict(set)
    passages: dict[str, set[str]] = defaultdict(set)
    for row in rows(_RELATIONS):
        relation, triple = _iri(row, "relation"), (_iri(row, "s"), _iri(row, "p"), _iri(row, "o"))
        if _is_thing(triple[0]) and _is_thing(triple[2]) and triple[0] != triple[2]:
            ends[relation] = triple
            evidence[relation].add(_iri(row, "evidence"))
    for row in rows(_PASSAGES):
        passages[_iri(row, "relation")].add(_iri(row, "passage"))
    for name in REGISTRY:
        for row in rows(_STATED.format(property=name)):
            triple = (_iri(row, "s"), name, _iri(row, "o"))
            if _is_thing(triple[0]) and _is_thing(triple[2]) and triple[0] != triple[2]:
                key = " ".join(triple)
                ends[key] = triple
                evidence[key].add(triple[0])
                passages[key].add(_iri(row, "passage"))
    modality = {_iri(row, "evidence"): _iri(row, "modality") for row in rows(_MODALITY)}
    years = _years(rows)
    found = (_edge(ends[key], passages[key], evidence[key], modality, years) for key in ends)
    return sorted(found, key=lambda edge: (edge.subject, edge.property, edge.object))


def _edge(
    triple: tuple[str, str, str],
    passages: set[str],
    evidence: set[str],
    modality: Mapping[str, str],
    years: Mapping[str, set[int]],
) -> Edge:
    subject, name, value = triple
    dated = {year for one in evidence if one not in (subject, value) for year in years.get(one, ())}
    if not dated:
        # No record has a date of its own: then the mission, event or agreement that the relation is about has.
        ends = [end for end in (subject, value) if kind_folder(end) in _DATED and years.get(end)]
        dated = years[ends[0]] if ends else set()
    fact = ID + "concept/modality-fact"
    said = {modality.get(one, fact) for one in evidence}
    return Edge(
        subject,
        name,
        value,
        tuple(sorted(passages)),
        tuple(sorted(evidence)),
        min(dated, default=0),
        max(dated, default=0),
        "" if fact in said else min(said),
    )


def _years(rows: Rows) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for row in rows(_DATES):
        date = row["date"]
        if isinstance(date, Literal) and date.value[:4].isdigit():
            found[_iri(row, "thing")].add(int(date.value[:4]))
    return found


def _iri(row: Mapping[str, object], name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode) else ""


def _is_thing(iri: str) -> bool:
    return iri.startswith(ID) and kind_folder(iri) not in NO_THINGS


def pack(edges: Iterable[Edge]) -> bytes:
    """Return the file for `edges`: the same edges give the same bytes.

    After the magic comes the length of a JSON header, the header with the place of every column, and the columns,
    each aligned to 8 bytes: whoever opens the file reads none of it before it is asked. Nodes are numbered in order of
    their IRIs. Raises NotSound for more properties or kinds than a byte can number.
    """
    wanted = sorted(edges, key=lambda edge: (edge.subject, edge.property, edge.object))
    nodes = sorted({end for edge in wanted for end in (edge.subject, edge.object)})
    number = {iri: place for place, iri in enumerate(nodes)}
    properties = sorted({edge.property for edge in wanted})
    kinds = sorted({kind_folder(iri) for iri in nodes})
    if len(properties) > 250 or len(kinds) > 127:
        raise NotSound(f"{len(properties)} properties and {len(kinds)} kinds are too many to index. Merge some.")
    modalities = ["", *sorted({edge.modality for edge in wanted if edge.modality})]
    texts = sorted({text for edge in wanted for text in (*edge.passages, *edge.evidence)})
    place_of_text = {text: place for place, text in enumerate(texts)}
    property_number = {name: place for place, name in enumerate(properties)}
    columns: dict[str, array[int] | bytes] = {
        "edge_from": array("I", (number[edge.subject] for edge in wanted)),
        "edge_to": array("I", (number[edge.object] for edge in wanted)),
        "edge_property": array("B", (property_number[edge.property] for edge in wanted)),
        "edge_since": array("H", (edge.since for edge in wanted)),
        "edge_until": array("H", (edge.until for edge in wanted)),
        "edge_modality": array("B", (modalities.index(edge.modality) for edge in wanted)),
    }
    for name, lists in (
        ("passage", (edge.passages for edge in wanted)),
        ("evidence", (edge.evidence for edge in wanted)),
    ):
        starts, members = array("I", [0]), array("I")
        for one in lists:
            members.extend(place_of_text[text] for text in one)
            starts.append(len(members))
        columns |= {f"{name}_start": starts, name: members}
    for name, blob in (("node", nodes), ("text", texts)):
        # What all IRIs of the project begin with is left out.
        encoded = [iri.removeprefix(BASE).encode() for iri in blob]
        starts = array("I", [0])
        for text in encoded:
            starts.append(starts[-1] + len(text))
        columns |= {f"{name}_text_start": starts, f"{name}_text": b"".join(encoded)}
    mention = property_number.get(MENTIONED_IN, -1)
    degrees = Counter[int]()
    for name, is_mention in (("relation", False), ("mention", True)):
        near = _adjacency(columns, len(nodes), mention, is_mention=is_mention)
        columns |= {f"{name}_{part}": column for part, column in near.items()}
        if not is_mention:
            starts, others = near["start"], near["node"]
            counted = [kind_folder(iri) not in NOT_PASSED for iri in nodes]
            for node in range(len(nodes)):
                degrees[node] = sum(counted[other] for other in set(others[starts[node] : starts[node + 1]]))
    columns["node_degree"] = array("I", (degrees[one] for one in range(len(nodes))))
    kind_number = {kind: place for place, kind in enumerate(kinds)}
    hubs = _hubs(nodes, degrees)
    columns["node_code"] = array(
        "B", (kind_number[kind_folder(iri)] | (HUB if place in hubs else 0) for place, iri in enumerate(nodes))
    )
    return _file(columns, {"properties": properties, "kinds": kinds, "modalities": modalities})


def _adjacency(
    columns: Mapping[str, "array[int] | bytes"], nodes: int, mention: int, *, is_mention: bool
) -> dict[str, "array[int]"]:
    """Return neighbours, edges and properties of each node in compressed rows, neighbours in order of their number."""
    sources, targets, properties = columns["edge_from"], columns["edge_to"], columns["edge_property"]
    halves: list[tuple[int, int, int]] = []
    for edge, (source, target) in enumerate(zip(sources, targets, strict=True)):
        if (properties[edge] == mention) == is_mention:
            halves += ((source, target, edge), (target, source, edge))
    halves.sort()
    starts = array("I", bytes(4 * (nodes + 1)))
    for source, _, _ in halves:
        starts[source + 1] += 1
    for one in range(nodes):
        starts[one + 1] += starts[one]
    return {
        "start": starts,
        "node": array("I", (half[1] for half in halves)),
        "edge": array("I", (half[2] for half in halves)),
        "property": array("B", (properties[half[2]] for half in halves)),
    }


def _hubs(nodes: list[str], degrees: Mapping[int, int]) -> frozenset[int]:
    """Return the things that connect everything with everything: those listed, and those with most neighbours.

    Those have more than MANY neighbours, or more than MANY_AT_THE_TOP and are among the first of every TOP_SHARE.
    """
    by_degree = sorted((one for one in degrees if degrees[one]), key=lambda one: (-degrees[one], one))
    top = set(by_degree[: len(by_degree) // TOP_SHARE])
    return frozenset(
        place
        for place, iri in enumerate(nodes)
        if iri in LISTED_HUBS or degrees[place] > MANY or (place in top and degrees[place] > MANY_AT_THE_TOP)
    )


def _file(columns: Mapping[str, "array[int] | bytes"], tables: Mapping[str, list[str]]) -> bytes:
    body, places = bytearray(), {}
    for name, column in sorted(columns.items()):
        body.extend(bytes(-len(body) % 8))
        content, code = (column, "B") if isinstance(column, bytes) else (column.tobytes(), column.typecode)
        places[name] = [len(body), len(content), code]
        body.extend(content)
    header = json.dumps({**tables, "columns": places}, sort_keys=True).encode()
    header += b" " * (-(len(MAGIC) + 8 + len(header)) % 8)
    return MAGIC + struct.pack("<Q", len(header)) + header + bytes(body)
