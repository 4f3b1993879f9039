"""The keeper of a store that is written to: the release, and on top of it what the journal says was written.

`python -m tradegraph.writing.keeper DATASET CONTROL MEMORY_MB DATA_FOLDER [SHAPES…]`; see `store.keeper`. The guard
reads the shapes here, once, so that every worker is born with it.
"""

import sys
from pathlib import Path

import pyoxigraph as ox

from tradegraph.checks.guard import Guard, Shapes
from tradegraph.store import keeper
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.scribe import WritingScribe
from tradegraph.writing.state import open_state


def main(arguments: list[str]) -> None:
    """Run the keeper; see `store.keeper.main`."""
    dataset, descriptor, memory_limit_mb, folder, *shapes = arguments

    def opened(store: ox.Store) -> WritingScribe:
        state = open_state(DataFolder.open(Path(folder)))
        store.bulk_extend(ox.parse(b"".join(sorted(state.lines)), format=ox.RdfFormat.N_QUADS))
        guard = Guard(Shapes.read([Path(name) for name in shapes])) if shapes else None
        return WritingScribe(state.number, guard)

    keeper.main([dataset, descriptor, memory_limit_mb], opened)


if __name__ == "__main__":
    main(sys.argv[1:])
