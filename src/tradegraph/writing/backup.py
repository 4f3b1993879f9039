"""A backup: one file with all that was written, which can be made while a server writes, and restored to any moment.

A tar archive, packed with zstd: `manifest.json` first, with the size and SHA-256 of each other file; then the
description of the folder, the tokens (of which it has digests only), the newest checkpoint and the journal, up to the
last whole entry. It ends in the SHA-256 of everything before it, in a skippable frame (RFC 8878, section 3.1.2), which
`tar` and `zstd` pass over. Nothing of a backup stands anywhere before all of it has been verified.
"""

import hashlib
import json
import os
import re
import shutil
import struct
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import IO, Final

import zstandard

from tradegraph.errors import NotFound, NotSound
from tradegraph.writing.checkpoints import checkpoints, describe
from tradegraph.writing.data_folder import CHECKPOINT_FOLDER, FOLDER_FILE, JOURNAL_FOLDER, TOKENS_FILE, DataFolder
from tradegraph.writing.durable import sync_folder, whole_file
from tradegraph.writing.moments import now, text_of
from tradegraph.writing.segments import Place, Reading, segment_numbers, segment_path, shortened
from tradegraph.writing.state import Until, is_past

_MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1
_NAME: Final = re.compile(
    rf"{FOLDER_FILE}|{TOKENS_FILE}|{JOURNAL_FOLDER}/\d{{8,}}\.log|{CHECKPOINT_FOLDER}/\d+\.(json|nq\.zst)"
)
_SEAL: Final = struct.pack("<II", 0x184D2A50, 32)
"""Head of the skippable frame with the digest."""
_PIECE: Final = 1024 * 1024


@dataclass(frozen=True)
class Backup:
    """What a backup holds: `entries` of the folder `identity`, the last of which has `digest` (hexadecimal).

    `moment`: of the last entry; `release`: the identifier of the release that was served then; both empty when nothing
    was written. `made`: when the backup was made. `files`: name → (size in bytes, SHA-256).
    """

    identity: str
    entries: int
    digest: str
    moment: str
    release: str
    made: str
    files: dict[str, tuple[int, str]]


@dataclass(frozen=True)
class _Part:
    """A file of a backup: the first `size` bytes of an open file."""

    file: IO[bytes]
    size: int

    def sha256(self) -> str:
        digest = hashlib.sha256()
        for piece in _pieces(self.file, self.size):
            digest.update(piece)
        self.file.seek(0)
        return digest.hexdigest()


def backup(folder: DataFolder, target: Path, clock: Callable[[], datetime] = now) -> Backup:
    """Verify a folder and write a backup of it to a file that must not exist yet; another process may write meanwhile.

    Raises NotSound when the file exists, and JournalDamaged; then no file is made.
    """
    if target.exists():
        raise NotSound(f"{target}: exists. Name a new file: an old backup is worth more than none.")
    if not target.parent.is_dir():
        raise NotFound(f"{target.parent}: there is no such folder. Make it first.")
    reading, release = Reading(folder), ""
    for entry in reading:
        release = entry.release
    end = reading.place
    with ExitStack() as opened:
        parts = _parts(folder, end, opened)
        made = Backup(
            identity=folder.identity,
            entries=end.number,
            digest=(end.digest or b"").hex(),
            moment=text_of(end.moment) if end.number else "",
            release=release,
            made=text_of(clock()),
            files={name: (part.size, part.sha256()) for name, part in parts.items()},
        )
        with whole_file(target) as file:
            with (
                zstandard.ZstdCompressor(level=3).stream_writer(file, closefd=False) as packed,
                tarfile.open(fileobj=packed, mode="w|") as archive,
            ):
                for name, part in {_MANIFEST: _part(_manifest(made)), **parts}.items():
                    member = tarfile.TarInfo(name)
                    member.size, member.mode = part.size, 0o600
                    archive.addfile(member, part.file)
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            digest = _Part(file, size).sha256()
            file.seek(size)
            file.write(_SEAL + bytes.fromhex(digest))
    return made


def restore(file: Path, root: Path, until: Until | None = None) -> Backup:
    """Make a data folder of a backup, as it was when that was made or at a point in time before, and return what it is.

    Raises NotSound when there is something at `root`, and for a backup that is not as it was made; NotFound for a file
    or a number that is not there. Then there is no folder either.
    """
    if root.exists():
        raise NotSound(f"{root}: exists. Name a new place; nothing is ever restored over something else.")
    if not file.is_file():
        raise NotFound(f"{file}: there is no such file. Check the name.")
    _check_seal(file)
    root.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=root.parent))
    try:
        manifest = _unpack(file, draft)
        folder = DataFolder.open(draft)
        reading = Reading(folder)
        for _ in reading:
            pass
        if reading.torn or (reading.place.number, (reading.place.digest or b"").hex()) != (
            manifest.entries,
            manifest.digest,
        ):
            raise _unsound(file, "its journal is not the one that its manifest describes")
        if until is not None:
            _cut(file, folder, until)
        for directory in (folder.journal, folder.checkpoints, draft):
            directory.mkdir(mode=0o700, exist_ok=True)
            sync_folder(directory)
        draft.rename(root)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    sync_folder(root.parent)
    return manifest


def _parts(folder: DataFolder, end: Place, opened: ExitStack) -> dict[str, _Part]:
    """Open the files of a folder that belong to its state at `end`."""
    parts = {FOLDER_FILE: _part(folder.description())}
    if folder.tokens.is_file():
        parts[TOKENS_FILE] = _part(folder.tokens.read_bytes())
    for checkpoint in checkpoints(folder):
        if checkpoint.place.number > end.number:
            continue
        try:
            file = opened.enter_context(checkpoint.path.open("rb"))
        except FileNotFoundError:
            # The writer has made another one and thrown this one away.
            continue
        part = _Part(file, os.fstat(file.fileno()).st_size)
        if part.sha256() == checkpoint.sha256:
            parts[f"{CHECKPOINT_FOLDER}/{checkpoint.description.name}"] = _part(describe(checkpoint))
            parts[f"{CHECKPOINT_FOLDER}/{checkpoint.path.name}"] = part
            break
    for number in segment_numbers(folder.journal):
        if number <= min(end.segment, end.number):
            path = segment_path(folder.journal, number)
            file = opened.enter_context(path.open("rb"))
            size = end.offset if number == end.segment else os.fstat(file.fileno()).st_size
            parts[f"{JOURNAL_FOLDER}/{path.name}"] = _Part(file, size)
    return parts


def _part(content: bytes) -> _Part:
    return _Part(BytesIO(content), len(content))


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (piece := file.read(min(size, _PIECE))):
        size -= len(piece)
        yield piece


def _manifest(made: Backup) -> bytes:
    members = {
        "format": _FORMAT,
        "identity": made.identity,
        "entries": made.entries,
        "digest": made.digest,
        "moment": made.moment,
        "release": made.release,
        "made": made.made,
        "files": {name: {"bytes": size, "sha256": digest} for name, (size, digest) in made.files.items()},
    }
    return json.dumps(members, indent=2).encode() + b"\n"


def _read_manifest(file: Path, content: bytes) -> Backup:
    try:
        members = json.loads(content)
        if members["format"] != _FORMAT:
            raise NotSound(f"{file}: format {members['format']} is not known. Use a later tradegraph.")
        return Backup(
            identity=str(members["identity"]),
            entries=int(members["entries"]),
            digest=str(members["digest"]),
            moment=str(members["moment"]),
            release=str(members["release"]),
            made=str(members["made"]),
            files={name: (int(one["bytes"]), str(one["sha256"])) for name, one in members["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unsound(file, f"its manifest cannot be read ({error})") from error


def _check_seal(file: Path) -> None:
    """Raise NotSound when a backup is not, byte for byte, what was written."""
    with file.open("rb") as packed:
        size = os.fstat(packed.fileno()).st_size - len(_SEAL) - 32
        digest = hashlib.sha256()
        for piece in _pieces(packed, size):
            digest.update(piece)
        if packed.read() != _SEAL + digest.digest():
            raise _unsound(file, "it is not a backup, or not as it was when it was made")


def _unpack(file: Path, draft: Path) -> Backup:
    """Write the files of a backup to a folder, and return the manifest that they agree with. Raises NotSound."""
    manifest: Backup | None = None
    found = set()
    try:
        with (
            file.open("rb") as packed,
            zstandard.ZstdDecompressor().stream_reader(packed) as content,
            tarfile.open(fileobj=content, mode="r|") as archive,
        ):
            for member in archive:
                part = archive.extractfile(member) if member.isreg() else None
                if part is None:
                    raise _unsound(file, f"“{member.name}” is not a file")
                if manifest is None:
                    if member.name != _MANIFEST:
                        raise _unsound(file, "it does not begin with a manifest")
                    manifest = _read_manifest(file, part.read())
                    continue
                _unpack_part(file, manifest, member.name, part, draft)
                found.add(member.name)
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise _unsound(file, f"it cannot be unpacked ({error})") from error
    if manifest is None or found != set(manifest.files):
        raise _unsound(file, "files are missing from it")
    return manifest


def _unpack_part(file: Path, manifest: Backup, name: str, part: IO[bytes], draft: Path) -> None:
    """Write one file of a backup, as large as the manifest says and no larger."""
    if name not in manifest.files or not _NAME.fullmatch(name):
        raise _unsound(file, f"“{name}” does not belong in it")
    size, sha256 = manifest.files[name]
    digest = hashlib.sha256()
    target = draft / name
    target.parent.mkdir(mode=0o700, exist_ok=True)
    with whole_file(target) as written:
        for piece in _pieces(part, size):
            digest.update(piece)
            written.write(piece)
    if part.read(1) or digest.hexdigest() != sha256:
        raise _unsound(file, f"“{name}” is not as it was when the backup was made")


def _cut(file: Path, folder: DataFolder, until: Until) -> None:
    """Drop what was written after a point in time. What is left is another folder: it has an identity of its own."""
    reading = Reading(folder)
    start = here = reading.place
    kept = 0
    for entry in reading:
        if reading.place != here:
            start, here = here, reading.place
        if is_past(entry.number, entry.moment, until):
            break
        kept = entry.number
    else:
        if isinstance(until, int) and kept < until:
            raise NotFound(f"{file}: there is no write {until} in this backup. The last one is {kept}.")
        return
    path = segment_path(folder.journal, here.segment)
    offset = start.offset if start.segment == here.segment else 0
    with path.open("r+b") as segment:
        segment.seek(offset)
        # The frame may hold entries on both sides of the point in time.
        left = shortened(segment.read(here.offset - offset), kept) if kept > start.number else b""
        segment.truncate(offset)
        segment.seek(offset)
        segment.write(left)
        segment.flush()
        os.fsync(segment.fileno())
    for number in segment_numbers(folder.journal):
        if number > here.segment:
            segment_path(folder.journal, number).unlink()
    for checkpoint in checkpoints(folder):
        if checkpoint.place.number > kept:
            checkpoint.description.unlink()
            checkpoint.path.unlink()
    replace(folder, identity=token_hex(8), restored_from=f"{folder.identity}:{kept}").furnish()


def _unsound(file: Path, what: str) -> NotSound:
    return NotSound(f"{file}: {what}. Use another backup; nothing was restored.")
