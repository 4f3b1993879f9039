"""A write as it is asked for, and what it would change: what the serving process and the scribe say to each other."""

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any, Literal

from tradegraph.writing.delta import Delta

Action = Literal["update", "patch", "put", "post", "delete", "revert"]
Policy = Literal["refuse", "warn", "off"]
"""What is done where the data would not conform: refuse the write, report it with the write, or not even look."""
Policies = tuple[tuple[str, Policy], ...]
"""Policies by IRI prefix of graphs; of those that fit, the longest one counts."""


@dataclass(frozen=True)
class Body:
    """A document: the `media_type` of its RDF syntax, its content, and the IRI against which its own are resolved."""

    media_type: str
    content: bytes
    base_iri: str


@dataclass(frozen=True)
class Asked:
    """A write. `update` has a `text`; the others have `bodies` (none for `delete`) for a `graph`; `patch` has both.

    `revert` has two bodies, the quads to remove and the quads to add, with the names that their blank nodes have.

    `graph`: an IRI, empty for the default graph, None for the whole dataset, in which documents name their own graphs.
    In the text of `patch`, it is the default graph.
    `base_iri`, `default_graphs`, `named_graphs` and `union` are about the text (see `evaluate.Evaluation`), `loaded` is
    what LOAD may find, by IRI. `policies` are about what does not conform.
    """

    action: Action
    base_iri: str
    text: str = ""
    bodies: tuple[Body, ...] = ()
    graph: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = False
    loaded: tuple[Body, ...] = ()
    policies: Policies = ()

    def to_bytes(self) -> bytes:
        """Write it down."""
        members = {name: value for name, value in asdict(self).items() if name not in ("bodies", "loaded")}
        documents = [*self.bodies, *self.loaded]
        members["documents"] = [(one.media_type, one.base_iri, len(one.content)) for one in documents]
        members["of_text"] = len(self.bodies)
        return _packed(members, *(one.content for one in documents))

    @classmethod
    def from_bytes(cls, content: bytes) -> "Asked":
        """Read it back."""
        members, rest = _unpacked(content)
        documents, at = [], 0
        for media_type, base_iri, size in members.pop("documents"):
            documents.append(Body(media_type, rest[at : at + size], base_iri))
            at += size
        count = members.pop("of_text")
        lists = {name: tuple(value) for name, value in members.items() if isinstance(value, list)}
        lists["policies"] = tuple(map(tuple, members["policies"]))
        return cls(**{**members, **lists}, bodies=tuple(documents[:count]), loaded=tuple(documents[count:]))


@dataclass(frozen=True)
class Proposed:
    """What a write would change, whether the graph it is about was there, and what the guard says of the outcome.

    `conforms` is False when the write must be refused; `report` is the SHACL report as Turtle, empty when there is
    nothing to report.
    """

    delta: Delta
    existed: bool = True
    conforms: bool = True
    report: str = ""

    def to_bytes(self) -> bytes:
        """Write it down."""
        members = {
            "existed": self.existed,
            "conforms": self.conforms,
            "report": self.report,
            "removed": len(self.delta.removed),
        }
        return _packed(members, b"".join((*self.delta.removed, *self.delta.added)))

    @classmethod
    def from_bytes(cls, content: bytes) -> "Proposed":
        """Read it back."""
        members, rest = _unpacked(content)
        lines = rest.splitlines(keepends=True)
        delta = Delta(tuple(lines[: members["removed"]]), tuple(lines[members["removed"] :]))
        return cls(delta, members["existed"], members["conforms"], members["report"])


def delta_bytes(delta: Delta) -> bytes:
    """Write a change down for those who make it in their copy."""
    return _packed({"removed": len(delta.removed)}, b"".join((*delta.removed, *delta.added)))


def delta_parts(content: bytes) -> tuple[bytes, bytes]:
    """Read a change back as two N-Quads documents: removed, added."""
    members, rest = _unpacked(content)
    lines = rest.splitlines(keepends=True)
    return b"".join(lines[: members["removed"]]), b"".join(lines[members["removed"] :])


def _packed(members: object, *contents: bytes) -> bytes:
    head = json.dumps(members).encode()
    return b"".join((struct.pack("!I", len(head)), head, *contents))


def _unpacked(content: bytes) -> tuple[dict[str, Any], bytes]:
    (size,) = struct.unpack_from("!I", content)
    return json.loads(content[4 : 4 + size]), content[4 + size :]
