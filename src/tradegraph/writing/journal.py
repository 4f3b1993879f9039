"""The journal: every write, in order, on the disk before it is acknowledged.

What stands here is what was written: the state is the journal replayed (state), the history is the journal listed
(history), a backup is the journal copied (backup).
"""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from tradegraph.errors import StoreUnavailable
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.durable import sync_folder
from tradegraph.writing.moments import after, now
from tradegraph.writing.segments import Entry, Place, Reading, Recorded, frame, segment_path

SEGMENT_BYTES: Final = 64 * 1024 * 1024
"""A segment that has grown to this takes no more entries."""


class Journal:
    """Appends to the journal of a folder, for the one process that holds its lock, one thread at a time.

    `end` is the place after the last entry that is safe on the disk. `notice` tells what opening had to cut off, and is
    empty when there was nothing. `broken` says why nothing more can be recorded, and is empty while it can.
    """

    def __init__(self, folder: DataFolder, end: Place, notice: str, clock: Callable[[], datetime]) -> None:
        self.end = end
        self.notice = notice
        self._folder = folder
        self._clock = clock
        self.broken = ""
        self._file, self._segment = _open_segment(folder.journal, end.segment), end.segment

    @classmethod
    def open(
        cls,
        folder: DataFolder,
        start: Place | None = None,
        seen: Callable[[Recorded], object] | None = None,
        clock: Callable[[], datetime] = now,
    ) -> "Journal":
        """Verify the journal from `start` (unless given: its beginning), hand each entry to `seen`, open it to append.

        A frame at the end that a crash tore is cut off, with a notice. JournalDamaged for anything else that is not as
        it was written; then nothing is changed.
        """
        reading = Reading(folder, start)
        for one in reading:
            if seen is not None:
                seen(one)
        notice = ""
        if reading.torn:
            path = segment_path(folder.journal, reading.place.segment)
            os.truncate(path, reading.place.offset)
            notice = (
                f"{path}: the last {reading.torn} bytes were a write that a crash cut short. They were removed; "
                f"nothing that was acknowledged is lost. The last write is number {reading.place.number}."
            )
        journal = cls(folder, reading.place, notice, clock)
        # Entries read may come from memory of the system, not from the disk, when only the process had crashed.
        os.fsync(journal._file)
        return journal

    def append(self, entry: Entry) -> Recorded:
        """Record a write; returns when it is on the disk. StoreUnavailable when it cannot be, and then it is not."""
        return self.append_many([entry])[0]

    def append_many(self, entries: Sequence[Entry]) -> list[Recorded]:
        """Record several writes at the price of one: all of them are recorded, or none. Raises StoreUnavailable."""
        if self.broken:
            raise StoreUnavailable(self.broken, "Start the service again: it reads from the disk what is there.")
        if not entries:
            return []
        moment, stamped = self.end.moment, []
        for entry in entries:
            moment = after(moment, self._clock())
            stamped.append((entry, moment))
        content, recorded = frame(self.end, stamped)
        try:
            segment, offset = self._room()
            _write(self._file, content, offset)
        except OSError as error:
            self._take_back()
            raise StoreUnavailable(f"This write could not be recorded ({error}).", "Free space on the disk.") from error
        try:
            os.fsync(self._file)
        except OSError as error:
            # What a failed fsync leaves is unknown, and the next one may tell success for bytes that were dropped.
            self.broken = f"The disk failed ({error}), and nothing more is written."
            self._take_back()
            raise StoreUnavailable(self.broken, "Look after the disk, then start the service again.") from error
        last = recorded[-1]
        self.end = Place(last.number, last.digest, last.moment, segment, offset + len(content))
        return recorded

    def entries(self, after_number: int = 0) -> Iterator[Recorded]:
        """Yield the entries after a number, oldest first, keeping no more than one frame in memory."""
        return entries(self._folder, after_number)

    def close(self) -> None:
        """Let go of the file. Everything acknowledged is on the disk already."""
        os.close(self._file)
        self.broken = "The journal was closed."

    def _room(self) -> tuple[int, int]:
        """Return where the next frame goes, in a new segment when the last one is full: its number, and the offset."""
        if self.end.offset < SEGMENT_BYTES:
            return self._segment, self.end.offset
        if self._segment == self.end.segment:
            opened = _open_segment(self._folder.journal, self.end.number + 1)
            os.close(self._file)
            self._file, self._segment = opened, self.end.number + 1
        return self._segment, 0

    def _take_back(self) -> None:
        """Leave the segment as it was before a write that failed."""
        try:
            os.ftruncate(self._file, self.end.offset if self._segment == self.end.segment else 0)
        except OSError as error:
            self.broken = self.broken or f"A write that failed could not be taken back ({error})."


def entries(folder: DataFolder, after_number: int = 0, *, whole: bool = False) -> Iterator[Recorded]:
    """Yield the entries after a number, oldest first, also while another process writes. Raises JournalDamaged.

    Earlier segments are not looked at unless the `whole` journal is to be verified.
    """
    reading = Reading(folder) if whole else Reading.after(folder, after_number)
    return (one for one in reading if one.number > after_number)


def _open_segment(directory: Path, first: int) -> int:
    """Open a segment to write, making it when it is not there; return when its name is on the disk."""
    descriptor = os.open(segment_path(directory, first), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        sync_folder(directory)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _write(descriptor: int, content: bytes, offset: int) -> None:
    view = memoryview(content)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written
