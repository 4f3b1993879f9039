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
) -> tuple[EmbeddedStore, Writer]:
    """Return the store of a release that is written to, started, and its writer.

    Waits a while for a process that is about to leave the folder. Raises StoreUnavailable when it does not leave.
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
    with ExitStack() as stack:
        stack.callback(store.close)
        writer = _writer(folder, release, store, changed)
        stack.callback(writer.close)
        _bring_up_to_date(store, writer)
        stack.pop_all()
    return store, writer


def _writer(
    folder: DataFolder, release: Release, store: EmbeddedStore, changed: Callable[[int, Delta], None]
) -> Writer:
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            # First the writer: it mends what a crash has torn, and then the keeper reads it.
            return Writer(folder, release, store, changed)
        except StoreUnavailable:
            if time.monotonic() > until:
                raise
        # Another process writes: what takes long is done while it is still answering.
        store.start()
        time.sleep(_PAUSE_S)


def _bring_up_to_date(store: EmbeddedStore, writer: Writer) -> None:
    """Have the store know every write, and nothing that was never one."""
    if store.keeper_pid is None:
        store.start()
    elif store.known > writer.number:
        # It read a write that the other process then could not record after all.
        store.close()
        time.sleep(_BEFORE_ANOTHER_START_S)
        store.start()
    for missed in entries(writer.folder, store.known):
        removed, added = missed.lines()
        store.catch_up(missed.number, delta_bytes(Delta(tuple(removed), tuple(added))))
