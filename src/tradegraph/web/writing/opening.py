"""Opening a release to write to it, also while the process that wrote to it until now is about to leave."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from tradegraph.errors import StoreUnavailable
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, Release
from tradegraph.web.writing.desk import WritingOptions
from tradegraph.writing import DataFolder, Delta, entries
from tradegraph.writing.asked import delta_bytes
from tradegraph.writing.writer import Writer

_KEEPER: Final = "tradegraph.writing.keeper"
_PATIENCE_S: Final = 90.0
"""How long a process waits for another to leave the folder; longer than that may take (`web.server`)."""
_PAUSE_S: Final = 0.02
_BEFORE_ANOTHER_START_S: Final = 1.0


def open_writer(
    options: WritingOptions, settings: Settings, release: Release, changed: Callable[[int, Delta], None]
) -> tuple[EmbeddedStore, Writer, bool]:
    """Return the store of a release that is written to, started, its writer, and whether that is open.

    If not, another process writes there: `take_over` when all else is done. Raises JournalDamaged.
    """
    folder = DataFolder.open_or_create(options.folder)
    store = EmbeddedStore(
        release.dataset,
        settings.query_time_limit_s,
        settings.query_memory_limit_mb,
        settings.max_running_queries,
        _KEEPER,
        (str(folder.root), *map(str, options.shapes)),
    )
    writer = Writer(folder, release, store, changed)
    # First the writer, where it can be: it mends what a crash has torn, and then the keeper reads it.
    is_open = _is_open(writer)
    with ExitStack() as stack:
        stack.callback(writer.close)
        store.start()
        stack.pop_all()
    return store, writer, is_open


def take_over(store: EmbeddedStore, writer: Writer) -> None:
    """Open a writer as soon as the other process leaves the folder, and have the store know every write.

    Raises StoreUnavailable when it does not leave, JournalDamaged.
    """
    until = time.monotonic() + _PATIENCE_S
    while not _is_open(writer):
        if time.monotonic() > until:
            raise StoreUnavailable(f"{writer.folder.root}: another process goes on writing here.", "Stop it first.")
        time.sleep(_PAUSE_S)
    if store.known > writer.number:
        # The keeper read a write that the other process then could not record after all.
        store.close()
        time.sleep(_BEFORE_ANOTHER_START_S)
        store.start()
    for missed in entries(writer.folder, store.known):
        removed, added = missed.lines()
        store.catch_up(missed.number, delta_bytes(Delta(tuple(removed), tuple(added))))


def _is_open(writer: Writer) -> bool:
    try:
        writer.open()
    except StoreUnavailable:
        return False
    return True
