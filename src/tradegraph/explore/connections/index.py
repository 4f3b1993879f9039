"""Reads the file of edges where it lies: opening it costs nothing, and processes share one copy of it."""

import json
import mmap
import struct
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from tradegraph.errors import NotFound
from tradegraph.graph.edges import HUB, MAGIC, MENTIONED_IN, Edge
from tradegraph.namespaces import BASE


@dataclass(frozen=True)
class Adjacency:
    """The neighbours of all nodes in compressed rows: those of node `n` stand from `start[n]` to `start[n + 1]`.

    `node`, `edge` and `property` run parallel. A neighbour stands there once for each relation.
    """

    start: "memoryview[int]"
    node: "memoryview[int]"
    edge: "memoryview[int]"
    property: "memoryview[int]"


@dataclass(frozen=True)
class EdgeIndex:
    """Things and the relations between them, by number. Safe to use from any thread."""

    content: bytes | mmap.mmap = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file of a release; NotFound when there is none of this version."""
        try:
            with path.open("rb") as file:
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise NotFound(f"{path}: there is no index of connections. Build the release again.") from error
        if content[: len(MAGIC)] != MAGIC:
            raise NotFound(f"{path}: this is no index of connections of this version. Build the release again.")
        return cls(content)

    @cached_property
    def _header(self) -> dict[str, Any]:
        start = len(MAGIC) + 8
        header: dict[str, Any] = json.loads(self.content[start : self._body])
        return header

    @cached_property
    def _body(self) -> int:
        start: Final = len(MAGIC)
        length: int = struct.unpack("<Q", self.content[start : start + 8])[0]
        return start + 8 + length

    @cached_property
    def _columns(self) -> "dict[str, memoryview[int]]":
        whole = memoryview(self.content)[self._body :]
        places = self._header["columns"].items()
        return {name: whole[start : start + length].cast(code) for name, (start, length, code) in places}

    @property
    def nodes(self) -> int:
        """How many things have a relation."""
        return len(self._columns["node_degree"])

    @property
    def edges(self) -> int:
        """How many relations there are, mentions included."""
        return len(self._columns["edge_from"])

    @property
    def properties(self) -> tuple[str, ...]:
        """The IRIs of the properties, by number."""
        return tuple(self._header["properties"])

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of things, by number."""
        return tuple(self._header["kinds"])

    @cached_property
    def codes(self) -> bytes:
        """The kind of each node by number, with the bit `HUB` for what connects everything."""
        return bytes(self._columns["node_code"])

    @cached_property
    def relations(self) -> Adjacency:
        """Neighbours by a relation."""
        return self._adjacency("relation")

    @cached_property
    def mentions(self) -> Adjacency:
        """Neighbours because a document names a thing."""
        return self._adjacency("mention")

    @cached_property
    def since(self) -> "memoryview[int]":
        """The first year of each edge, 0 where none is stated."""
        return self._columns["edge_since"]

    @cached_property
    def until(self) -> "memoryview[int]":
        """The last year of each edge, 0 where none is stated."""
        return self._columns["edge_until"]

    def _adjacency(self, name: str) -> Adjacency:
        columns = self._columns
        return Adjacency(*(columns[f"{name}_{part}"] for part in ("start", "node", "edge", "property")))

    def node(self, iri: str) -> int | None:
        """Return the number of a thing; None when it has no relations."""
        place = bisect_left(range(self.nodes), iri, key=self.iri)
        return place if place < self.nodes and self.iri(place) == iri else None

    def iri(self, node: int) -> str:
        """Return the IRI of a node."""
        return self._text("node", node)

    def kind(self, node: int) -> str:
        """Return the kind of a node: `mission`."""
        return self.kinds[self.codes[node] & ~HUB]

    def degree(self, node: int) -> int:
        """Return how many neighbours a node has, mentions left out."""
        return self._columns["node_degree"][node]

    def hubs(self) -> list[int]:
        """Return the nodes that are not passed through by default, those with most neighbours first."""
        found = (node for node, code in enumerate(self.codes) if code & HUB)
        return sorted(found, key=lambda node: (-self.degree(node), node))

    def is_mention(self, edge: int) -> bool:
        """Say whether an edge only tells that a document names a thing."""
        return self.properties[self._columns["edge_property"][edge]] == MENTIONED_IN

    def ends(self, edge: int) -> tuple[int, int]:
        """Return the nodes from which and to which an edge leads."""
        return self._columns["edge_from"][edge], self._columns["edge_to"][edge]

    def weight(self, edge: int) -> int:
        """Return how many passages state an edge."""
        starts = self._columns["passage_start"]
        return starts[edge + 1] - starts[edge]

    def edge(self, edge: int) -> Edge:
        """Return an edge with all that is known of it."""
        columns = self._columns
        source, target = self.ends(edge)
        return Edge(
            self.iri(source),
            self.properties[columns["edge_property"][edge]],
            self.iri(target),
            tuple(self._members("passage", edge)),
            tuple(self._members("evidence", edge)),
            columns["edge_since"][edge],
            columns["edge_until"][edge],
            self._header["modalities"][columns["edge_modality"][edge]],
        )

    def _members(self, name: str, edge: int) -> Iterator[str]:
        starts, members = self._columns[f"{name}_start"], self._columns[name]
        return (self._text("text", one) for one in members[starts[edge] : starts[edge + 1]])

    def _text(self, name: str, place: int) -> str:
        starts = self._columns[f"{name}_text_start"]
        text = bytes(self._columns[f"{name}_text"][starts[place] : starts[place + 1]]).decode()
        return text if "://" in text else BASE + text
