"""The keeper of the history: the provenance of all writes, and what each of them added and removed.

`python -m tradegraph.writing.history_keeper DATASET CONTROL MEMORY_MB DATA_FOLDER`; see `store.keeper`. DATASET is
empty: everything comes from the journal. The default graph is the PROV-O (`provenance.Teller`), the named graphs are
the parts (`provenance.parts`).
"""

import json
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from tradegraph.errors import TradegraphError, WriteRefused
from tradegraph.store import keeper
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.journal import entries
from tradegraph.writing.moments import moment_of, text_of
from tradegraph.writing.provenance import Teller, parts
from tradegraph.writing.segments import Recorded


@dataclass
class HistoryScribe:
    """Adds writes to the history, in a process's own copy of it. `known` is the number of the last of them."""

    folder: DataFolder
    teller: Teller
    known: int = 0

    def told(self, found: Iterable[Recorded]) -> Iterator[ox.Quad]:
        """Yield all there is to tell of writes, which have to come in order, none left out."""
        for entry in found:
            yield from self.teller.tell(entry)
            yield from parts(self.folder, entry)
            self.known = entry.number

    def propose(self, store: ox.Store, asked: bytes) -> bytes:
        """Refuse; see `worker.Scribe`."""
        raise WriteRefused("The history says what was written; it cannot be changed.", "Undo a write by another one.")

    def catch_up(self, store: ox.Store, change: bytes) -> None:
        """Add a write (`change_of`), unless it is known; see `worker.Scribe`."""
        (number,) = struct.unpack_from("!Q", change)
        if number > self.known:
            store.extend(self.told([_entry(number, change[8:])]))


def change_of(entry: Recorded) -> bytes:
    """Write an entry down for those who add it to their copy of the history; its number goes beside it."""
    members = {
        "moment": text_of(entry.moment),
        "digest": entry.digest.hex(),
        "writer": entry.writer,
        "kind": entry.kind,
        "note": entry.note,
        "release": entry.release,
        "started": text_of(entry.started),
        "graphs": entry.graphs,
        "body_bytes": entry.body_bytes,
    }
    head = json.dumps(members).encode()
    return b"".join((struct.pack("!I", len(head)), head, entry.body))


def _entry(number: int, content: bytes) -> Recorded:
    (size,) = struct.unpack_from("!I", content)
    members = json.loads(content[4 : 4 + size])
    return Recorded(
        number=number,
        moment=moment_of(members.pop("moment")),
        digest=bytes.fromhex(members.pop("digest")),
        started=moment_of(members.pop("started")),
        graphs=tuple(map(tuple, members.pop("graphs"))),
        body=content[4 + size :],
        **members,
    )


def main(arguments: list[str]) -> None:
    """Run the keeper; see `store.keeper.main`."""
    dataset, descriptor, memory_limit_mb, root = arguments
    folder = DataFolder.open(Path(root))

    def opened(store: ox.Store) -> HistoryScribe:
        scribe = HistoryScribe(folder, Teller(folder))
        store.bulk_extend(scribe.told(entries(folder, whole=True)))
        return scribe

    try:
        keeper.main([dataset, descriptor, memory_limit_mb], opened)
    except TradegraphError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main(sys.argv[1:])
