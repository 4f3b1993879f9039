"""The history: which writes there were, by whom, to which graphs; and what one of them changed.

As rows for people, as JSON for programs, and one write as an RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html).
`provenance` tells the same in PROV-O.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tradegraph.errors import NotFound
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.journal import entries
from tradegraph.writing.moments import text_of
from tradegraph.writing.segments import Recorded


@dataclass(frozen=True)
class Filter:
    """Which writes are wanted: those that touch `graph`, are by `writer`, came from `since` on and before `until`."""

    graph: str | None = None
    writer: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def admits(self, entry: Recorded) -> bool:
        """Tell whether a write is wanted."""
        return (
            self.writer in (None, entry.writer)
            and (self.graph is None or any(graph == self.graph for graph, _removed, _added in entry.graphs))
            and (self.since is None or entry.moment >= self.since)
            and (self.until is None or entry.moment < self.until)
        )


def history(folder: DataFolder, wanted: Filter | None = None) -> Iterator[Recorded]:
    """Yield the writes that are wanted, oldest first, verifying the whole journal. Raises JournalDamaged."""
    admits = (wanted or Filter()).admits
    return (entry for entry in entries(folder, whole=True) if admits(entry))


def one_write(folder: DataFolder, number: int) -> Recorded:
    """Return a write by its number, from 1; NotFound, with the numbers there are, when there is none."""
    last = 0
    for entry in entries(folder, max(0, number - 1)):
        if entry.number == number:
            return entry
        last = entry.number
    last = last or max((entry.number for entry in entries(folder)), default=0)
    there = f"The last one is {last}." if last else "Nothing was written yet."
    raise NotFound(f"{folder.root}: there is no write {number}. {there}")


def row(folder: DataFolder, entry: Recorded) -> dict[str, object]:
    """Return a write as members of a JSON object."""
    return {
        "number": entry.number,
        "write": folder.write_iri(entry.number),
        "started": text_of(entry.started),
        "recorded": text_of(entry.moment),
        "writer": entry.writer,
        "kind": entry.kind,
        "note": entry.note,
        "release": entry.release,
        "removed": entry.removed,
        "added": entry.added,
        "graphs": [{"graph": graph, "removed": removed, "added": added} for graph, removed, added in entry.graphs],
        "digest": entry.digest.hex(),
    }


def patch(folder: DataFolder, entry: Recorded) -> Iterator[bytes]:
    """Yield a write as the lines of an RDF Patch: what it removed (D), then what it added (A), in one transaction."""
    yield f"H id <{folder.write_iri(entry.number)}> .\n".encode()
    if entry.number > 1:
        yield f"H prev <{folder.write_iri(entry.number - 1)}> .\n".encode()
    yield b"TX .\n"
    removed, added = entry.lines()
    yield from (b"D " + line for line in removed)
    yield from (b"A " + line for line in added)
    yield b"TC .\n"
