"""The history in PROV-O: a write is an activity of a writer that made a new revision of each graph it touched.

What a write added is a part of the new revision that it generated; what it removed is a part of the former revision
that it invalidated. Both are VoID datasets, with their number of triples. `parts` gives the triples themselves, each
part as a named graph.
"""

from collections.abc import Iterator
from typing import Final, Literal

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from tradegraph.namespaces import PREFIXES
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.history import Filter, history
from tradegraph.writing.moments import text_of
from tradegraph.writing.segments import Recorded

PROVENANCE_PREFIXES: Final = {name: PREFIXES[name] for name in ("dct", "prov", "rdf", "rdfs", "void", "xsd")}

_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_LABEL: Final = NamedNode(PREFIXES["rdfs"] + "label")
_DATE_TIME: Final = NamedNode(PREFIXES["xsd"] + "dateTime")
_DATASET: Final = NamedNode(PREFIXES["void"] + "Dataset")
_TRIPLES: Final = NamedNode(PREFIXES["void"] + "triples")
_DESCRIPTION, _IDENTIFIER, _IS_PART_OF = (
    NamedNode(PREFIXES["dct"] + name) for name in ("description", "identifier", "isPartOf")
)
_ACTIVITY, _AGENT, _ENTITY = (NamedNode(PREFIXES["prov"] + name) for name in ("Activity", "Agent", "Entity"))
_STARTED, _ENDED, _ASSOCIATED, _ATTRIBUTED, _USED, _GENERATED, _INVALIDATED, _REVISION_OF, _SPECIALIZATION_OF = (
    NamedNode(PREFIXES["prov"] + name)
    for name in (
        "startedAtTime",
        "endedAtTime",
        "wasAssociatedWith",
        "wasAttributedTo",
        "used",
        "generated",
        "invalidated",
        "wasRevisionOf",
        "specializationOf",
    )
)
Part = Literal["added", "removed"]


class Teller:
    """Tells writes as triples. It has to be given every write, in order: a revision names the one before it."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._revisions: dict[str, tuple[NamedNode, int]] = {}

    def tell(self, entry: Recorded) -> list[Quad]:
        """Return the triples about a write and the revisions that it made."""
        write, writer = (
            NamedNode(iri) for iri in (self._folder.write_iri(entry.number), self._folder.writer_iri(entry.writer))
        )
        told = _activity(entry, write, writer)
        for graph, removed, added in entry.graphs:
            before = self._revisions.get(graph)
            revision = NamedNode(self._folder.revision_iri(graph, entry.number))
            size = (before[1] if before else 0) + added - removed
            told += _revision(write, writer, revision, graph, size, before[0] if before else None)
            if added:
                part = NamedNode(part_iri(self._folder, graph, entry.number, "added"))
                told += [*_dataset(part, added), Quad(part, _IS_PART_OF, revision), Quad(write, _GENERATED, part)]
            if removed:
                part = NamedNode(part_iri(self._folder, graph, entry.number, "removed"))
                told += [*_dataset(part, removed), Quad(write, _INVALIDATED, part)]
                told += [Quad(part, _IS_PART_OF, before[0])] if before else []
            self._revisions[graph] = (revision, size)
        return told


def provenance(folder: DataFolder, wanted: Filter | None = None) -> Iterator[Quad]:
    """Yield the writes that are wanted as triples, one write after the other, oldest first. Raises JournalDamaged."""
    admits = (wanted or Filter()).admits
    teller = Teller(folder)
    for entry in history(folder):
        told = teller.tell(entry)
        if admits(entry):
            yield from told


def part_iri(folder: DataFolder, graph: str, number: int, which: Part) -> str:
    """Return the IRI of what a write added to a graph, or removed from it; it is a named graph of `parts` too."""
    return f"{folder.revision_iri(graph, number)}:{which}"


def parts(folder: DataFolder, entry: Recorded) -> Iterator[Quad]:
    """Yield what a write removed and added, each triple in the part that it belongs to (`part_iri`)."""
    removed, added = entry.lines()
    which: Part
    for which, lines in (("removed", removed), ("added", added)):
        named = {
            graph: NamedNode(part_iri(folder, graph, entry.number, which)) for graph, _removed, _added in entry.graphs
        }
        for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS):
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            yield Quad(quad.subject, quad.predicate, quad.object, named[graph])


def _activity(entry: Recorded, write: NamedNode, writer: NamedNode) -> list[Quad]:
    told = [
        Quad(write, _TYPE, _ACTIVITY),
        Quad(write, _IDENTIFIER, ox.Literal(entry.number)),
        Quad(write, _LABEL, ox.Literal(f"write {entry.number}: {entry.kind}")),
        Quad(write, _STARTED, ox.Literal(text_of(entry.started), datatype=_DATE_TIME)),
        Quad(write, _ENDED, ox.Literal(text_of(entry.moment), datatype=_DATE_TIME)),
        Quad(write, _ASSOCIATED, writer),
        Quad(writer, _TYPE, _AGENT),
        Quad(writer, _LABEL, ox.Literal(entry.writer)),
    ]
    return [*told, Quad(write, _DESCRIPTION, ox.Literal(entry.note))] if entry.note else told


def _revision(
    write: NamedNode, writer: NamedNode, revision: NamedNode, graph: str, size: int, before: NamedNode | None
) -> list[Quad]:
    told = [
        *_dataset(revision, size),
        Quad(write, _GENERATED, revision),
        Quad(revision, _ATTRIBUTED, writer),
    ]
    if graph:
        told.append(Quad(revision, _SPECIALIZATION_OF, NamedNode(graph)))
    if before:
        told += [Quad(write, _USED, before), Quad(revision, _REVISION_OF, before)]
    return told


def _dataset(dataset: NamedNode, size: int) -> list[Quad]:
    return [
        Quad(dataset, _TYPE, _ENTITY),
        Quad(dataset, _TYPE, _DATASET),
        Quad(dataset, _TRIPLES, ox.Literal(size)),
    ]
