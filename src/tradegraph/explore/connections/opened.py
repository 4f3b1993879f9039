"""The index of a release: its file where the release has one, else made from the graph when it is first asked for."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tradegraph.explore.connections.index import EdgeIndex
from tradegraph.explore.reading import Reader
from tradegraph.graph.edges import EDGES_FILE, gather, pack
from tradegraph.store import Release


@dataclass
class Opened:
    """Opens the index of `release` once. Safe to use from any thread."""

    release: Release
    _index: EdgeIndex | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def index(self, reader: Callable[[], Reader]) -> EdgeIndex:
        """Return the index; `reader` is asked for the graph when the release has no file. QueryError, NotFound."""
        with self._lock:
            if self._index is None:
                path = self.release.directory / EDGES_FILE
                self._index = EdgeIndex.open(path) if path.is_file() else EdgeIndex(pack(gather(reader().rows)))
            return self._index
