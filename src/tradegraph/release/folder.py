"""The folder of releases: each under its identifier, `current` naming the one to serve.

```
build/
├── current -> releases/<identifier>
└── releases/<identifier>/
    ├── dataset.nq         canonical N-Quads: sorted, no blank nodes
    ├── release.json       identifier, digests, quads per graph
    ├── search.sqlite      the full-text index
    ├── statistics.json    counts per class and per property
    ├── report.ttl         the SHACL validation report
    └── report.txt         the same and the query checks, to read
```
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tradegraph.errors import NotFound
from tradegraph.store import Release
from tradegraph.store.release import RELEASE_FILE


@dataclass(frozen=True)
class ReleaseFolder:
    """A folder that holds releases. Writing one never changes another."""

    root: Path

    def place(self, identifier: str) -> Path:
        """Return the folder in which the release of that identifier stands, or would stand."""
        return self.root / "releases" / identifier

    def current(self) -> Release:
        """Read the current release; raises `NotFound` when nothing has been built."""
        link = self.root / "current"
        if not (link / RELEASE_FILE).is_file():
            raise NotFound(f"{self.root}: there is no release here. Run `tradegraph build` first.")
        return Release.read(link.resolve())

    def write(self, release: Release, files: Mapping[str, bytes]) -> None:
        """Write a release whole at its place, then let `current` point at it.

        On any failure the previous release stays the current one, and nothing of the new one is left behind.
        """
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
