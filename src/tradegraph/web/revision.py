"""Which state of the data is served: that of the release, and what was written since."""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass
class Revision:
    """`number` is that of the last write that can be read; 0 when nothing was written, or nothing can be.

    Whoever keeps something that depends on the data either keeps it by `number`, taken before the data were asked, or
    has it dropped by `made`.
    """

    number: int = 0
    _drops: list[Callable[[], None]] = field(default_factory=list)
    _renames: list[Callable[[Collection[str]], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def on_write(self, drop: Callable[[], None]) -> None:
        """Have `drop` called after each write, before it is acknowledged."""
        self._drops.append(drop)

    def on_renaming(self, rename: Callable[[Collection[str]], None]) -> None:
        """Have `rename` called after each write, with the things that may be called otherwise from then on."""
        self._renames.append(rename)

    def made(self, number: int, renamed: Collection[str] = ()) -> None:
        """Say that a write can be read from now on; `renamed` are the things that it may have given another name."""
        with self._lock:
            self.number = number
            for drop in self._drops:
                drop()
            for rename in self._renames:
                rename(renamed)


class Kept(Generic[Value]):
    """What was made of the data, by key, until something is written. May be used from any thread."""

    def __init__(self, revision: Revision) -> None:
        self._revision = revision
        self._values: dict[object, tuple[int, Value]] = {}

    def of(self, key: object, make: Callable[[], Value]) -> Value:
        """Return what is kept under a key; what `make` returns, where that is nothing or was made before a write."""
        # Taken before the data are asked: a write in between only makes it be made once more.
        number = self._revision.number
        found = self._values.get(key)
        if found is None or found[0] != number:
            found = self._values[key] = (number, make())
        return found[1]
