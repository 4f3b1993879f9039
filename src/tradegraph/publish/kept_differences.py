"""Comparisons that are kept: computed once for a pair of releases, and read in pages after that.

```
changes/<old>..<new>/
├── summary.json              the numbers, and where each page of a list begins
└── mission-changed.jsonl     a thing per line, for each kind and what happened to it
```
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final, Self

from tradegraph.errors import NotSound
from tradegraph.publish.differences import (
    HOWS,
    GraphTally,
    How,
    KindTally,
    PropertyChange,
    Statement,
    Summary,
    Tally,
    ThingChange,
    changes,
)
from tradegraph.store import Release

PAGE_SIZE: Final = 50
_SUMMARY: Final = "summary.json"


@dataclass(frozen=True)
class KeptDifference:
    """A comparison on disk: its numbers, and by list (`mission-changed`) the place in bytes of each page."""

    directory: Path
    summary: Summary
    pages: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, old: Release, new: Release, folder: Path) -> Self:
        """Read the comparison of two releases in `folder`; compute it first when it is not there.

        It is written whole or not at all. Raises NotSound for a dataset that is not that of a release.
        """
        directory = folder / f"{old.identifier}..{new.identifier}"
        if not (directory / _SUMMARY).is_file():
            _write(old, new, directory)
        return cls.read(directory)

    @classmethod
    def read(cls, directory: Path) -> Self:
        """Read the numbers of a comparison; NotSound when they cannot be read."""
        path = directory / _SUMMARY
        try:
            members = json.loads(path.read_text(encoding="utf-8"))
            summary = Summary(
                str(members["from"]),
                str(members["to"]),
                tuple(KindTally(**one) for one in members["kinds"]),
                tuple(GraphTally(**one) for one in members["graphs"]),
            )
            return cls(directory, summary, {str(name): tuple(places) for name, places in members["pages"].items()})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotSound(f"{path}: is not a comparison of releases ({error}). Remove the folder.") from error

    def things(self, kind: str, how: How, page: int = 1) -> list[ThingChange]:
        """Return a page, from 1, of the things of a kind to which that happened; none past the last."""
        places = self.pages.get(f"{kind}-{how}", ())
        if not 1 <= page <= len(places):
            return []
        with (self.directory / f"{kind}-{how}.jsonl").open("rb") as file:
            file.seek(places[page - 1])
            return [_read(line) for line, _ in zip(file, range(PAGE_SIZE), strict=False)]

    def all(self) -> Iterator[ThingChange]:
        """Yield every thing: by kind, then what was added, removed and changed."""
        for kind in self.summary.kinds:
            for how in HOWS:
                if kind.of(how):
                    with (self.directory / f"{kind.kind}-{how}.jsonl").open("rb") as file:
                        yield from map(_read, file)


def _write(old: Release, new: Release, directory: Path) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=directory.parent))
    tally, lists = Tally(), _Lists()
    try:
        with ExitStack() as files:
            for change in changes(old, new):
                tally.add(change)
                lists.add(change, draft, files)
        summary = tally.summary(old.identifier, new.identifier)
        members = {
            "from": summary.old,
            "to": summary.new,
            "kinds": [asdict(one) for one in summary.kinds],
            "graphs": [asdict(one) for one in summary.graphs],
            "pages": lists.places,
        }
        (draft / _SUMMARY).write_text(json.dumps(members, indent=1) + "\n", encoding="utf-8")
        draft.chmod(0o755)
        if not (directory / _SUMMARY).is_file():
            # Another process may have been first; then what it wrote is the same.
            shutil.rmtree(directory, ignore_errors=True)
            draft.rename(directory)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


class _Lists:
    """The files of a comparison that is being written, and where the pages of each begin."""

    def __init__(self) -> None:
        self._files: dict[str, IO[bytes]] = {}
        self._counts: dict[str, int] = {}
        self.places: dict[str, list[int]] = {}

    def add(self, change: ThingChange, folder: Path, files: ExitStack) -> None:
        name = f"{change.kind}-{change.how}"
        if name not in self._files:
            self._files[name] = files.enter_context((folder / f"{name}.jsonl").open("wb"))
            self._counts[name], self.places[name] = 0, []
        if self._counts[name] % PAGE_SIZE == 0:
            self.places[name].append(self._files[name].tell())
        self._counts[name] += 1
        self._files[name].write(json.dumps(members_of(change), ensure_ascii=False).encode() + b"\n")


def members_of(change: ThingChange) -> dict[str, object]:
    """Return a change as JSON has it; values are N-Triples terms."""
    return {
        "thing": change.thing,
        "how": change.how,
        "label_nl": change.label_nl,
        "label_en": change.label_en,
        "properties": [
            {
                "property": one.name,
                "corrected": one.corrected,
                "removed": [{"value": said.value, "graph": said.graph} for said in one.removed],
                "added": [{"value": said.value, "graph": said.graph} for said in one.added],
            }
            for one in change.properties
        ],
    }


def _read(line: bytes) -> ThingChange:
    members = json.loads(line)
    properties = tuple(
        PropertyChange(
            one["property"], *(tuple(Statement(**said) for said in one[way]) for way in ("removed", "added"))
        )
        for one in members["properties"]
    )
    return ThingChange(members["thing"], members["how"], members["label_nl"], members["label_en"], properties)
