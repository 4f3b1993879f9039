"""The history in PROV-O: a write is an activity of a writer that made a new revision of each graph it touched.

What a write added is a part of the new revision that it generated; what it removed is a part of the former revision
that it invalidated. Both are VoID datasets, with their number of triples.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from tradegraph.namespaces import PREFIXES
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.history import Filter, history
from tradegraph.writing.moments import text_of
from tradegraph.writing.segments import Recorded

PROVENANCE_PREFIXES: Final = {name: PREFIXES[name] for name in ("dct", "prov", "rdf", "rdfs", "void", "xsd")}
_PROV: Final = PREFIXES["prov"]
_VOID: Final = PREFIXES["void"]
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_LABEL: Final = NamedNode(PREFIXES["rdfs"] + "label")
_DCT: Final = PREFIXES["dct"]
_XSD: Final = PREFIXES["xsd"]


def provenance(folder: DataFolder, wanted: Filter | None = None) -> Iterator[Quad]:
    """Yield the writes that are wanted as triples, one write after the other, oldest first.

    All writes are read, since a revision names the one before it, whoever made that.
    """
    admits = (wanted or Filter()).admits
    revisions: dict[str, tuple[str, int]] = {}
    for entry in history(folder):
        if admits(entry):
            yield from _activity(folder, entry)
            for graph, removed, added in entry.graphs:
                yield from _revision(folder, entry, graph, removed, added, revisions.get(graph))
        for graph, removed, added in entry.graphs:
            _iri, size = revisions.get(graph, ("", 0))
            revisions[graph] = (folder.revision_iri(graph, entry.number), size + added - removed)


def _activity(folder: DataFolder, entry: Recorded) -> Iterator[Quad]:
    write, writer = folder.write_iri(entry.number), folder.writer_iri(entry.writer)
    yield _quad(write, _TYPE, NamedNode(_PROV + "Activity"))
    yield _quad(write, _LABEL, Literal(f"write {entry.number}: {entry.kind}"))
    if entry.note:
        yield _quad(write, _DCT + "description", Literal(entry.note))
    yield _quad(write, _PROV + "startedAtTime", _moment(text_of(entry.started)))
    yield _quad(write, _PROV + "endedAtTime", _moment(text_of(entry.moment)))
    yield _quad(write, _PROV + "wasAssociatedWith", NamedNode(writer))
    yield _quad(writer, _TYPE, NamedNode(_PROV + "Agent"))
    yield _quad(writer, _LABEL, Literal(entry.writer))


def _revision(
    folder: DataFolder, entry: Recorded, graph: str, removed: int, added: int, before: tuple[str, int] | None
) -> Iterator[Quad]:
    write, revision = folder.write_iri(entry.number), folder.revision_iri(graph, entry.number)
    size = (before[1] if before else 0) + added - removed
    yield _quad(write, _PROV + "generated", NamedNode(revision))
    yield from _dataset(revision, size)
    if graph:
        yield _quad(revision, _PROV + "specializationOf", NamedNode(graph))
    yield _quad(revision, _PROV + "wasAttributedTo", NamedNode(folder.writer_iri(entry.writer)))
    if before:
        yield _quad(write, _PROV + "used", NamedNode(before[0]))
        yield _quad(revision, _PROV + "wasRevisionOf", NamedNode(before[0]))
    if added:
        yield from _dataset(f"{revision}:added", added)
        yield _quad(f"{revision}:added", _DCT + "isPartOf", NamedNode(revision))
        yield _quad(write, _PROV + "generated", NamedNode(f"{revision}:added"))
    if removed:
        yield from _dataset(f"{revision}:removed", removed)
        if before:
            yield _quad(f"{revision}:removed", _DCT + "isPartOf", NamedNode(before[0]))
        yield _quad(write, _PROV + "invalidated", NamedNode(f"{revision}:removed"))


def _dataset(iri: str, size: int) -> Iterator[Quad]:
    yield _quad(iri, _TYPE, NamedNode(_PROV + "Entity"))
    yield _quad(iri, _TYPE, NamedNode(_VOID + "Dataset"))
    yield _quad(iri, _VOID + "triples", Literal(size))


def _moment(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(_XSD + "dateTime"))


def _quad(subject: str, predicate: str | NamedNode, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate) if isinstance(predicate, str) else predicate, value)
