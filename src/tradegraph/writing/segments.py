"""The bytes of the journal: entries in frames, frames in segment files, each entry chained to the one before.

```
segment   journal/<number of its first entry>.log: frames, one after the other
frame     one commit: head, then one record for each entry written in it, then a line end
  head      "TGJ1", number of the first entry (u64), bytes of records (u64), digest before (32), CRC-32 of these (u32)
record    one entry: bytes of the description (u32), bytes of the body (u64), digest (32), description, body
```

Integers are big-endian. The digest of an entry is the SHA-256 of: the digest of the entry before, the two lengths, the
description (JSON), the body (the lines removed, then the lines added; compressed with zstd when that is smaller).

A crash while a frame is written leaves a torn frame at the very end: too short, or with a disk sector of zeros where
the system had made room and not yet written (no frame begins or ends with a zero). Such a frame was never acknowledged.
Everything else that does not fit is damage, and is never mended silently: a wrong last entry without a trace of tearing
may have been acknowledged.
"""

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Final

import zstandard

from tradegraph.errors import NotSound
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.delta import Delta
from tradegraph.writing.moments import FIRST, moment_of, text_of

_MAGIC: Final = b"TGJ1"
_HEAD: Final = struct.Struct(">4sQQ32s")
_CRC: Final = struct.Struct(">I")
_LENGTHS: Final = struct.Struct(">IQ")
HEAD_BYTES: Final = _HEAD.size + _CRC.size
_RECORD_BYTES: Final = _LENGTHS.size + 32
_END: Final = b"\n"
_SECTOR: Final = 512
"""What a disk writes as a whole at least."""
_WORTH_PACKING: Final = 200


class JournalDamaged(NotSound):
    """A journal that is not as it was written: `path` of the segment, `offset` in bytes, `number` of the entry."""

    def __init__(self, path: Path, offset: int, number: int, what: str) -> None:
        self.path, self.offset, self.number = path, offset, number
        super().__init__(
            f"{path}: byte {offset}, entry {number}: {what} Nothing was changed. "
            "Restore a backup: tradegraph restore FILE --data-dir NEW."
        )


@dataclass(frozen=True)
class Entry:
    """A write to be recorded.

    `writer`: the name of a token. `kind`: what was asked for (`update`, `put`, `revert`, …). `release`: the identifier
    of the release that was served. `started`: when the request came; None means when it is recorded.
    """

    writer: str
    kind: str
    delta: Delta
    note: str = ""
    release: str = ""
    started: datetime | None = None


@dataclass(frozen=True)
class Recorded:
    """A write as it stands in the journal: `number` from 1, `moment` later than that of the write before.

    `graphs`: per graph touched its IRI, the number of quads removed and of quads added. `digest`: SHA-256, chained.
    """

    number: int
    moment: datetime
    digest: bytes
    writer: str
    kind: str
    note: str
    release: str
    started: datetime
    graphs: tuple[tuple[str, int, int], ...]
    body: bytes = field(repr=False)
    body_bytes: int
    """Length of the body unpacked; other than `len(body)` when it is packed."""

    @property
    def removed(self) -> int:
        """Number of quads removed."""
        return sum(removed for _graph, removed, _added in self.graphs)

    @property
    def added(self) -> int:
        """Number of quads added."""
        return sum(added for _graph, _removed, added in self.graphs)

    def lines(self) -> tuple[list[bytes], list[bytes]]:
        """Return the lines removed and the lines added, each sorted."""
        body = self.body
        if len(body) != self.body_bytes:
            body = zstandard.ZstdDecompressor().decompress(body, max_output_size=self.body_bytes)
        lines = [line + b"\n" for line in body.split(b"\n")[:-1]]
        return lines[: self.removed], lines[self.removed :]

    @property
    def delta(self) -> Delta:
        """What the write changed."""
        removed, added = self.lines()
        return Delta(tuple(removed), tuple(added))


@dataclass(frozen=True)
class Place:
    """A place between two frames: after entry `number`, which has `digest` and `moment`, in a segment at `offset`.

    `segment` is the number of the first entry of the segment. `digest` is None when nobody has read that entry.
    """

    number: int
    digest: bytes | None
    moment: datetime
    segment: int
    offset: int

    @classmethod
    def beginning(cls, folder: DataFolder) -> "Place":
        """Return the place before the first entry."""
        return cls(0, folder.genesis, FIRST, 1, 0)


def segment_path(directory: Path, first: int) -> Path:
    """Return the file of the segment that begins with entry `first`."""
    return directory / f"{first:08}.log"


def segment_numbers(directory: Path) -> list[int]:
    """Return the numbers of the entries with which the segments begin, sorted."""
    return sorted(int(path.stem) for path in directory.glob("*.log") if path.stem.isdigit())


def frame(place: Place, entries: Sequence[tuple[Entry, datetime]]) -> tuple[bytes, list[Recorded]]:
    """Write entries, each with its moment, down as one frame that follows `place`."""
    digest = place.digest
    if digest is None:
        raise ValueError("entries can only follow an entry that was read")
    records, recorded = [], []
    for number, (entry, moment) in enumerate(entries, start=place.number + 1):
        delta, counts = entry.delta, entry.delta.counts
        body = b"".join((*delta.removed, *delta.added))
        packed = zstandard.ZstdCompressor(level=3).compress(body) if len(body) > _WORTH_PACKING else body
        stored = min(packed, body, key=len)
        members = {
            "number": number,
            "moment": text_of(moment),
            "started": text_of(entry.started or moment),
            "writer": entry.writer,
            "kind": entry.kind,
            "note": entry.note,
            "release": entry.release,
            "graphs": counts,
            "bytes": len(body),
        }
        description = json.dumps(members, separators=(",", ":")).encode()
        lengths = _LENGTHS.pack(len(description), len(stored))
        digest = hashlib.sha256(b"".join((digest, lengths, description, stored))).digest()
        records += [lengths, digest, description, stored]
        # Read back from its own description, so that what is told is what can be read again.
        recorded.append(_recorded(description, stored, digest))
    content = b"".join(records)
    head = _HEAD.pack(_MAGIC, place.number + 1, len(content), place.digest)
    return b"".join((head, _CRC.pack(zlib.crc32(head)), content, _END)), recorded


def shortened(content: bytes, until: int) -> bytes:
    """Return a whole frame with only its entries up to number `until`, of which it must have at least one."""
    _magic, first, _length, before = _HEAD.unpack_from(content)
    end = HEAD_BYTES
    for _ in range(first, until + 1):
        end += _RECORD_BYTES + sum(_LENGTHS.unpack_from(content, end))
    head = _HEAD.pack(_MAGIC, first, end - HEAD_BYTES, before)
    return b"".join((head, _CRC.pack(zlib.crc32(head)), content[HEAD_BYTES:end], _END))


class Reading:
    """Reads entries in order and verifies each; once only.

    Nothing is kept but one frame. After the last entry, `place` is the end of the last whole frame and `torn` the
    number of bytes after it that a crash, or a writer at work, has left there. Raises JournalDamaged.
    """

    def __init__(self, folder: DataFolder, start: Place | None = None) -> None:
        self.place = start or Place.beginning(folder)
        self.torn = 0
        self._directory = folder.journal

    @classmethod
    def after(cls, folder: DataFolder, number: int) -> "Reading":
        """Read from the segment that holds the entry after `number`, so from that entry or somewhat before it.

        What stands in earlier segments is not looked at; the first entry of the segment is believed to follow it.
        """
        first = max((one for one in segment_numbers(folder.journal) if one <= number + 1), default=1)
        start = Place(first - 1, None, FIRST, first, 0)
        return cls(folder, start if first > 1 else None)

    def __iter__(self) -> Iterator[Recorded]:
        while True:
            yield from self._segment()
            path = segment_path(self._directory, self.place.number + 1)
            if self.torn or self.place.segment == self.place.number + 1 or not path.is_file():
                break
            place = self.place
            self.place = Place(place.number, place.digest, place.moment, place.number + 1, 0)
        if self._later_segments():
            raise self._damage(self.place.offset, "a part of the journal is missing from here on.")

    def _segment(self) -> Iterator[Recorded]:
        path = segment_path(self._directory, self.place.segment)
        if not path.is_file():
            if self.place.offset or self.place.number:
                raise self._damage(self.place.offset, "this part of the journal is missing.")
            return
        with path.open("rb") as file:
            if (size := _size(file)) < self.place.offset:
                raise self._damage(size, "the journal ends before a write that was acknowledged.")
            file.seek(self.place.offset)
            while head := file.read(HEAD_BYTES):
                content = self._content(file, head)
                if content is None:
                    return
                yield from self._records(file, content)
                if self.torn:
                    return

    def _content(self, file: IO[bytes], head: bytes) -> bytes | None:
        """Return the records of a frame; None when it is torn."""
        if len(head) < HEAD_BYTES:
            self._tear(file, "this frame has no end.", short=True)
            return None
        magic, first, length, before = _HEAD.unpack_from(head)
        if magic != _MAGIC or _CRC.unpack_from(head, _HEAD.size) != (zlib.crc32(head[: _HEAD.size]),):
            self._tear(file, "the head of this frame is damaged.")
            return None
        if first != self.place.number + 1 or self.place.digest not in (None, before):
            raise self._damage(self.place.offset, "this frame does not follow the entry before it.")
        if self.place.digest is None:
            place = self.place
            self.place = Place(place.number, before, place.moment, place.segment, place.offset)
        if _size(file) < self.place.offset + HEAD_BYTES + length + len(_END):
            self._tear(file, "this frame has no end.", short=True)
            return None
        content = file.read(length)
        if file.read(len(_END)) != _END:
            self._tear(file, "this frame has another end than it was given.")
            return None
        return content

    def _records(self, file: IO[bytes], content: bytes) -> Iterator[Recorded]:
        place, start = self.place, 0
        number, digest, moment = place.number, place.digest or b"", place.moment
        found = []
        while start < len(content):
            read = _record(content, start, digest)
            if read is None:
                self._tear(file, "this entry is not as it was written.", start=start, number=number + 1)
                return
            one, start = read
            if one.number != number + 1 or one.moment <= moment:
                raise self._damage(place.offset, "this entry does not follow the one before it.", number + 1)
            found.append(one)
            number, digest, moment = one.number, one.digest, one.moment
        self.place = Place(number, digest, moment, place.segment, place.offset + HEAD_BYTES + len(content) + len(_END))
        yield from found

    def _tear(
        self, file: IO[bytes], what: str, *, short: bool = False, start: int = -HEAD_BYTES, number: int = 0
    ) -> None:
        """Note a torn frame at the end of the journal; raise JournalDamaged when it cannot be one."""
        file.seek(self.place.offset)
        rest = file.read()
        torn = short or (_has_zero_sector(rest, self.place.offset) and not _has_later_head(rest, self.place.number))
        if not torn or self._later_segments():
            raise self._damage(self.place.offset + HEAD_BYTES + start, what, number)
        self.torn = len(rest)

    def _later_segments(self) -> bool:
        return any(number > self.place.segment for number in segment_numbers(self._directory))

    def _damage(self, offset: int, what: str, number: int = 0) -> JournalDamaged:
        path = segment_path(self._directory, self.place.segment)
        return JournalDamaged(path, offset, number or self.place.number + 1, what)


def _size(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_size


def _record(content: bytes, start: int, before: bytes) -> tuple[Recorded, int] | None:
    """Read the record at `start` and return it with the place of the next; None when it is not as it was written."""
    after = start + _RECORD_BYTES
    if after > len(content):
        return None
    lengths = content[start : start + _LENGTHS.size]
    described, stored = _LENGTHS.unpack(lengths)
    end = after + described + stored
    if end > len(content):
        return None
    digest = content[start + _LENGTHS.size : after]
    if hashlib.sha256(b"".join((before, lengths, content[after:end]))).digest() != digest:
        return None
    return _recorded(content[after : after + described], content[after + described : end], digest), end


def _recorded(description: bytes, body: bytes, digest: bytes) -> Recorded:
    members = json.loads(description)
    return Recorded(
        number=members["number"],
        moment=moment_of(members["moment"]),
        digest=digest,
        writer=members["writer"],
        kind=members["kind"],
        note=members["note"],
        release=members["release"],
        started=moment_of(members["started"]),
        graphs=tuple((graph, removed, added) for graph, removed, added in members["graphs"]),
        body=body,
        body_bytes=members["bytes"],
    )


def _has_zero_sector(rest: bytes, offset: int) -> bool:
    """Tell whether a whole sector, or what the frame at `offset` has of its first and last one, is zeros."""
    start = 0
    while start < len(rest):
        end = min(len(rest), start + _SECTOR - (offset + start) % _SECTOR)
        if not any(rest[start:end]):
            return True
        start = end
    return False


def _has_later_head(rest: bytes, number: int) -> bool:
    """Tell whether a sound frame with later entries follows: then what stands before it was acknowledged."""
    at = rest.find(_MAGIC, 1)
    while at >= 0:
        head = rest[at : at + HEAD_BYTES]
        if len(head) == HEAD_BYTES and _CRC.unpack_from(head, _HEAD.size) == (zlib.crc32(head[: _HEAD.size]),):
            return bool(_HEAD.unpack_from(head)[1] > number)
        at = rest.find(_MAGIC, at + 1)
    return False
