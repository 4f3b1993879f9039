"""Checkpoints: the quads of writers' graphs after an entry, so that starting need not replay the whole journal.

`checkpoints/<number>.nq.zst` holds sorted N-Quads; `<number>.json`, written last, says which place in the journal it
belongs to and has the digest of the former. A checkpoint can be thrown away: the journal has everything.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import zstandard

from tradegraph.errors import NotSound
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.durable import whole_file
from tradegraph.writing.moments import moment_of, text_of
from tradegraph.writing.segments import Place

_KEPT: Final = 2
_PIECE: Final = 1024 * 1024


@dataclass(frozen=True)
class Checkpoint:
    """The state after the entry at `place`: `quads` of them, in the file `path`, of which `sha256` is the digest."""

    path: Path
    place: Place
    quads: int
    sha256: str

    @property
    def description(self) -> Path:
        """The file that says what the other one is."""
        return self.path.with_name(f"{self.place.number}.json")

    def lines(self) -> Iterator[bytes]:
        """Yield its N-Quads lines, sorted. The file must have been verified (`is_sound`)."""
        with self.path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as content:
            rest = b""
            while piece := content.read(_PIECE):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    yield line + b"\n"

    def is_sound(self) -> bool:
        """Tell whether the file is as it was written."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError:
            return False


def write_checkpoint(folder: DataFolder, lines: set[bytes], place: Place) -> Checkpoint:
    """Write the state after the entry at `place`, which must be safe on the disk; keep it and the one before."""
    path = folder.checkpoints / f"{place.number}.nq.zst"
    with whole_file(path) as file, zstandard.ZstdCompressor(level=3).stream_writer(file, closefd=False) as packed:
        for line in sorted(lines):
            packed.write(line)
    with path.open("rb") as file:
        checkpoint = Checkpoint(path, place, len(lines), hashlib.file_digest(file, "sha256").hexdigest())
    with whole_file(checkpoint.description) as file:
        file.write(describe(checkpoint))
    for old in checkpoints(folder)[_KEPT:]:
        old.description.unlink(missing_ok=True)
        old.path.unlink(missing_ok=True)
    return checkpoint


def describe(checkpoint: Checkpoint) -> bytes:
    """Return the content of the description of a checkpoint."""
    place = checkpoint.place
    members = {
        "number": place.number,
        "digest": (place.digest or b"").hex(),
        "moment": text_of(place.moment),
        "segment": place.segment,
        "offset": place.offset,
        "quads": checkpoint.quads,
        "sha256": checkpoint.sha256,
    }
    return json.dumps(members, indent=2).encode() + b"\n"


def checkpoints(folder: DataFolder) -> list[Checkpoint]:
    """Return the checkpoints that say what they are, newest first; whether they are sound is not looked at."""
    found = []
    for path in folder.checkpoints.glob("[0-9]*.json"):
        with contextlib.suppress(NotSound, FileNotFoundError):
            found.append(_read(path))
    return sorted(found, key=lambda one: one.place.number, reverse=True)


def _read(path: Path) -> Checkpoint:
    try:
        members = json.loads(path.read_bytes())
        place = Place(
            int(members["number"]),
            bytes.fromhex(members["digest"]),
            moment_of(members["moment"]),
            int(members["segment"]),
            int(members["offset"]),
        )
        data = path.with_name(f"{place.number}.nq.zst")
        return Checkpoint(data, place, int(members["quads"]), str(members["sha256"]))
    except (ValueError, KeyError, TypeError) as error:
        raise NotSound(f"{path}: does not describe a checkpoint ({error}). Remove it.") from error
