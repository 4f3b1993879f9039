"""The folder of what was written: its layout, its identity, and the lock that one process holds.

```
DIR/
├── folder.json              format, identity, when it was made, what it was restored from
├── lock                     held by the process that writes; its number, for messages
├── journal/00000001.log …   every write, in order (segments); a file is named after its first entry
├── checkpoints/             the state after an entry, to start sooner; may be thrown away
└── tokens.json              who may write where (tokens)
```
"""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tradegraph.errors import NotFound, NotSound, StoreUnavailable
from tradegraph.writing.durable import sync_folder, whole_file
from tradegraph.writing.moments import now, text_of

FORMAT: Final = 1
FOLDER_FILE: Final = "folder.json"
JOURNAL_FOLDER: Final = "journal"
CHECKPOINT_FOLDER: Final = "checkpoints"
TOKENS_FILE: Final = "tokens.json"
URN: Final = "urn:tradegraph:"
"""Base of the IRIs of writes, writers and revisions; no writer may have graphs under it."""


@dataclass(frozen=True)
class DataFolder:
    """A folder of writes. `genesis` is the digest that the first entry of its journal follows.

    `identity` is random and part of the IRI of each write. A folder that was restored to a point in time has another
    one than the folder it was restored from, since its next write is another one too; the genesis stays.
    """

    root: Path
    identity: str
    genesis: bytes
    created: str
    restored_from: str = ""

    @classmethod
    def create(cls, root: Path, clock: Callable[[], datetime] = now) -> "DataFolder":
        """Make a folder; NotSound when there is something already that is not an empty folder."""
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise NotSound(f"{root}: is not empty and not a data folder. Name another place.")
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        identity = secrets.token_hex(8)
        folder = cls(root, identity, hashlib.sha256(identity.encode()).digest(), text_of(clock()))
        folder.furnish()
        sync_folder(root.parent)
        return folder

    @classmethod
    def open(cls, root: Path) -> "DataFolder":
        """Open a folder; NotFound when there is none, NotSound when it is not one of ours or of a later format."""
        path = root / FOLDER_FILE
        try:
            members = json.loads(path.read_text(encoding="utf-8"))
            if members["format"] != FORMAT:
                raise NotSound(f"{path}: format {members['format']} is not known. Use a later tradegraph.")
            genesis = bytes.fromhex(members["genesis"])
            identity, created = str(members["identity"]), str(members["created"])
            return cls(root, identity, genesis, created, str(members["restored_from"]))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotFound(f"{root}: there is no data folder here. Check the name.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise NotSound(f"{path}: does not describe a data folder ({error}). Restore a backup.") from error

    @classmethod
    def open_or_create(cls, root: Path, clock: Callable[[], datetime] = now) -> "DataFolder":
        """Open a folder, or make it when there is nothing yet."""
        return cls.open(root) if (root / FOLDER_FILE).exists() else cls.create(root, clock)

    def furnish(self) -> None:
        """Make the folders inside, and last the description: a folder with a description is complete."""
        for folder in (self.journal, self.checkpoints):
            folder.mkdir(mode=0o700, exist_ok=True)
        with whole_file(self.root / FOLDER_FILE) as file:
            file.write(self.description())

    def description(self) -> bytes:
        """Return the content of `folder.json`."""
        members = {
            "format": FORMAT,
            "identity": self.identity,
            "genesis": self.genesis.hex(),
            "created": self.created,
            "restored_from": self.restored_from,
        }
        return json.dumps(members, indent=2).encode() + b"\n"

    @property
    def journal(self) -> Path:
        """The folder of the segments."""
        return self.root / JOURNAL_FOLDER

    @property
    def checkpoints(self) -> Path:
        """The folder of the checkpoints."""
        return self.root / CHECKPOINT_FOLDER

    @property
    def tokens(self) -> Path:
        """The file of the tokens; it need not be there."""
        return self.root / TOKENS_FILE

    def write_iri(self, number: int) -> str:
        """Return the IRI of a write."""
        return f"{URN}write:{self.identity}:{number}"

    def writer_iri(self, name: str) -> str:
        """Return the IRI of a writer."""
        return f"{URN}writer:{self.identity}:{quote(name, safe='')}"

    def revision_iri(self, graph: str, number: int) -> str:
        """Return the IRI of a graph as a write left it."""
        return f"{URN}revision:{self.identity}:{number}:{quote(graph, safe='')}"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the one process that writes here, while the block runs; StoreUnavailable when there is another.

        The system lets go of the lock when the process ends, however it ends. A process forked from this one without
        starting another program holds it too, until it ends.
        """
        descriptor = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = os.pread(descriptor, 32, 0).decode("ascii", errors="replace").strip()
                raise StoreUnavailable(
                    f"{self.root}: process {holder or 'unknown'} writes here, and only one may.",
                    "Stop it first, or name another data folder.",
                ) from error
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            yield
        finally:
            os.close(descriptor)
