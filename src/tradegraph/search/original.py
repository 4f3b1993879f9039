"""What the release itself says of a thing, looked up in its dataset.

The lines of a dataset are sorted, so those about one thing stand together and are found by halving: no copy, no index
and no place at the store, which may be busy when somebody searches.
"""

import mmap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, parse

from tradegraph.errors import NotSound
from tradegraph.namespaces import DEF
from tradegraph.search.compounds import possible_parts
from tradegraph.search.gather import PROPERTIES, Hierarchy, Table, row_of, subject_of

_PREDICATES: Final = frozenset(f"<{iri}>".encode() for iri in PROPERTIES)
_AT_A_TIME: Final = 20_000
_STATED_IN: Final = f" <{DEF}statedIn> <".encode()


def relevant(lines: Iterable[bytes]) -> Iterator[Quad]:
    """Yield the quads of N-Quads lines by which things are found."""
    # No subject and no predicate holds a space. To look before parsing is ten times as fast where most is passed over.
    wanted = [line for line in lines if line.split(b" ", 2)[1] in _PREDICATES]
    for start in range(0, len(wanted), _AT_A_TIME):
        yield from parse(b"".join(wanted[start : start + _AT_A_TIME]), format=RdfFormat.N_QUADS)


@dataclass(frozen=True)
class Outline:
    """What is to be known of a whole release: its classes, and the Dutch words that may be parts of others."""

    hierarchy: Hierarchy
    vocabulary: frozenset[str]


class Original:
    """The dataset of a release: canonical N-Quads, in the order of their bytes. For one thread at a time."""

    def __init__(self, dataset: Path) -> None:
        self._path = dataset
        with dataset.open("rb") as file:
            # Nothing cannot be mapped.
            self._content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if dataset.stat().st_size else None

    def __enter__(self) -> "Original":
        return self

    def __exit__(self, *_: object) -> None:
        if self._content is not None:
            self._content.close()

    def outline(self) -> Outline:
        """Read all of it; NotSound when its lines are not sorted."""
        hierarchy, found = Hierarchy(), set[str]()
        for quad in relevant(self._sorted_lines()):
            thing = subject_of(quad)
            if thing is None or hierarchy.take(thing, quad.predicate.value, quad.object):
                continue
            taken = row_of(thing, quad.predicate.value, quad.object)
            if taken is not None:
                found.update(dutch_words(*taken))
        return Outline(hierarchy, frozenset(found))

    def quads_of(self, thing: str) -> Iterator[Quad]:
        """Yield the quads about a thing by which things are found."""
        content, key = self._content, f"<{thing}> ".encode()
        if content is None:
            return
        lines = []
        at = self._first(content, key)
        while content[at : at + len(key)] == key:
            end = content.find(b"\n", at) + 1
            lines.append(content[at:end])
            at = end
        yield from relevant(lines)

    def stated_in(self, passages: Iterable[str]) -> Iterator[str]:
        """Yield the things that are stated in any of `passages`; this reads through everything, once."""
        content, wanted = self._content, {passage.encode() for passage in passages}
        at = -1 if content is None or not wanted else content.find(_STATED_IN)
        while content is not None and at >= 0:
            end = content.find(b">", at + len(_STATED_IN))
            if content[at + len(_STATED_IN) : end] in wanted:
                start = content.rfind(b"\n", 0, at) + 1
                # Else it stands in a text.
                if content.find(b" ", start, at) < 0:
                    yield content[start + 1 : at - 1].decode()
            at = content.find(_STATED_IN, end)

    def _first(self, content: mmap.mmap, key: bytes) -> int:
        """Return where the first line stands that is not before `key`."""
        low, high = 0, len(content)
        while low < high:
            middle = (low + high) // 2
            start = max(low, content.rfind(b"\n", low, middle) + 1)
            if content[start : start + len(key)] < key:
                end = content.find(b"\n", start) + 1
                low = end or len(content)
            else:
                high = start
        return low

    def _sorted_lines(self) -> Iterator[bytes]:
        before = b""
        with self._path.open("rb") as file:
            for line in file:
                if line < before:
                    raise NotSound(f"{self._path}: the lines of this dataset are not sorted. Build the release again.")
                before = line
                yield line


def dutch_words(table: Table, row: tuple[str | int, ...]) -> Iterator[str]:
    """Yield the words of what was taken down (`row_of`) that may be parts of Dutch compounds."""
    if table == "said" and row[2] == "nl":
        yield from possible_parts(str(row[3]))
