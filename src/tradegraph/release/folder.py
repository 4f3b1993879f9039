"""The folder of releases: each under its identifier, `current` naming the one to serve.

```
build/
├── current -> releases/<identifier>
├── history.json           which release became current when (journal)
├── releases/<identifier>/
│   ├── dataset.nq         canonical N-Quads: sorted, no blank nodes
│   ├── release.json       identifier, digests, quads per graph
│   ├── edges.bin          the index of connections
│   ├── search.sqlite      the full-text index
│   ├── statistics.json    counts per class and per property
│   ├── report.ttl         the SHACL validation report
│   └── report.txt         the same and the query checks, to read
├── downloads/<identifier>/        the files of `tradegraph export`
└── changes/<old>..<new>/          what differs between two of them
```
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Self

from tradegraph.errors import NotFound
from tradegraph.release.journal import JOURNAL_FILE, Turn, now, read_journal, write_journal
from tradegraph.store import Release
from tradegraph.store.release import RELEASE_FILE


@dataclass(frozen=True)
class ReleaseFolder:
    """A folder that holds releases. Writing one never changes another; `clock` dates the journal."""

    root: Path
    clock: Callable[[], datetime] = now

    @classmethod
    def holding(cls, release: Release) -> Self | None:
        """Return the folder in which a release stands; None for one that stands by itself."""
        releases = release.directory.resolve().parent
        return cls(releases.parent) if releases.name == "releases" else None

    def place(self, identifier: str) -> Path:
        """Return the folder in which the release of that identifier stands, or would stand."""
        return self.root / "releases" / identifier

    def downloads(self, identifier: str) -> Path:
        """Return the folder in which the files for download of a release stand, or would stand."""
        return self.root / "downloads" / identifier

    @property
    def changes(self) -> Path:
        """The folder in which comparisons of releases are kept."""
        return self.root / "changes"

    def current(self) -> Release:
        """Read the current release; raises `NotFound` when nothing has been built."""
        link = self.root / "current"
        if not (link / RELEASE_FILE).is_file():
            raise NotFound(f"{self.root}: there is no release here. Run `tradegraph build` first.")
        return Release.read(link.resolve())

    def read(self, identifier: str) -> Release:
        """Read the release of that identifier; raises `NotFound`, with those that there are, when it is not here."""
        there = {turn.identifier for turn in self.history()}
        if identifier not in there:
            raise NotFound(f"{identifier}: there is no such release. There are: {', '.join(sorted(there)) or 'none'}.")
        return Release.read(self.place(identifier))

    def history(self) -> tuple[Turn, ...]:
        """Return which of the releases that are here became current when, oldest first.

        One that the journal does not know has the moment at which it was written.
        """
        here = {path.parent.name: path for path in self.root.glob(f"releases/[!.]*/{RELEASE_FILE}")}
        written = read_journal(self.root / JOURNAL_FILE)
        for identifier in here.keys() - {turn.identifier for turn in written}:
            moment = datetime.fromtimestamp(int(here[identifier].stat().st_mtime), UTC)
            written += (Turn(identifier, moment),)
        return tuple(sorted((turn for turn in written if turn.identifier in here), key=_order))

    def previous(self, identifier: str) -> str | None:
        """Return the release that was current before this one last became so; None for the first, and an unknown."""
        pairs = [(before.identifier, after.identifier) for before, after in pairwise(self.history())]
        return next((before for before, after in reversed(pairs) if after == identifier != before), None)

    def write(self, release: Release, files: Mapping[str, bytes]) -> None:
        """Write a release whole at its place, let `current` point at it, and note that in the journal.

        On any failure the previous release stays the current one, and nothing of the new one is left behind.
        """
        history = self.history()
        target = self.place(release.identifier)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=target.parent))
        try:
            for name, content in {**files, RELEASE_FILE: release.description()}.items():
                with (draft / name).open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            draft.chmod(0o755)
            if target.exists():
                retired = Path(tempfile.mkdtemp(prefix=".retired-", dir=target.parent))
                target.rename(retired / "release")
                draft.rename(target)
                shutil.rmtree(retired)
            else:
                draft.rename(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        link = self.root / f".current-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(target.relative_to(self.root), target_is_directory=True)
        link.replace(self.root / "current")
        if not history or history[-1].identifier != release.identifier:
            history += (Turn(release.identifier, self.clock()),)
        write_journal(self.root / JOURNAL_FILE, history)


def _order(turn: Turn) -> tuple[datetime, str]:
    return turn.since, turn.identifier
