"""The releases that stand beside the one that is served: what they are, what files they have, how they differ.

Files are made by `tradegraph export`, never by a request. Comparisons are made by the first request for them: once for
each pair, one at a time, and only where the releases are small enough; larger ones are made by `tradegraph diff`.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from flask import Response, request

from tradegraph import __version__
from tradegraph.errors import NotFound, StoreBusy
from tradegraph.publish.catalogue import Download, Years, read_catalogue
from tradegraph.publish.kept_differences import KeptDifference
from tradegraph.publish.quads import Vocabulary, years
from tradegraph.release import ReleaseFolder, Turn
from tradegraph.store import Release
from tradegraph.store.release import RELEASE_FILE
from tradegraph.web.cache import matches
from tradegraph.web.problems import RequestError

LATEST: Final = "latest"
CHECKSUMS: Final = "SHA256SUMS"
LARGEST_COMPARED: Final = 400_000_000
"""Bytes of two datasets together that are compared while a client waits; about six seconds."""


@dataclass(frozen=True)
class Files:
    """The files for download of a release: their folder, what each is, and the SHA-256 of every file by its path."""

    folder: Path
    downloads: tuple[Download, ...]
    digests: dict[str, str]

    @property
    def size(self) -> int:
        """Bytes of all of them together."""
        return sum(file.size for file in self.downloads)


@dataclass(frozen=True)
class Listed:
    """A release that is here: when it became current, what it says of itself, whether it has files."""

    turn: Turn
    release: Release
    has_files: bool


@dataclass
class Shelf:
    """What a server of `release` finds beside it; `folder` is None for a release that stands by itself."""

    release: Release
    folder: ReleaseFolder | None
    _files: dict[str, Files] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _issued: dict[str, tuple[str, Years | None]] = field(default_factory=dict)

    @classmethod
    def beside(cls, release: Release) -> "Shelf":
        """Return the shelf on which a release stands."""
        return cls(release, ReleaseFolder.holding(release))

    def history(self) -> tuple[Turn, ...]:
        """Return which release became current when, oldest first; a release by itself did when it was written."""
        if self.folder is not None:
            return self.folder.history()
        written = (self.release.directory / RELEASE_FILE).stat().st_mtime
        return (Turn(self.release.identifier, datetime.fromtimestamp(int(written), UTC)),)

    def listed(self) -> tuple[Listed, ...]:
        """Return every release that is here once, with the last time that it became current, the newest first."""
        if self.folder is None:
            return (Listed(self.history()[0], self.release, has_files=False),)
        last = {turn.identifier: turn for turn in self.history()}
        folder = self.folder
        return tuple(
            Listed(turn, Release.read(folder.place(turn.identifier)), folder.downloads(turn.identifier).is_dir())
            for turn in sorted(last.values(), key=lambda one: (one.since, one.identifier), reverse=True)
        )

    def state(self) -> str:
        """Return a text that is another one as soon as there is a release or a folder of files more or less."""
        if self.folder is None:
            return ""
        turns = self.history()
        there = [self.folder.downloads(turn.identifier).is_dir() for turn in turns]
        return repr((turns, there))

    def read(self, version: str) -> Release:
        """Return a release by its identifier or `latest`; RequestError 404 with those that there are."""
        if version in (LATEST, self.release.identifier):
            return self.release
        try:
            if self.folder is None:
                raise NotFound(version)
            return self.folder.read(version)
        except NotFound as error:
            there = ", ".join(dict.fromkeys(turn.identifier for turn in reversed(self.history())))
            raise RequestError(404, f"There is no release “{version}” here.", f"There are: {there}.") from error

    def files(self, release: Release) -> Files | None:
        """Return the files of a release; None when none were made."""
        if release.identifier in self._files:
            return self._files[release.identifier]
        if self.folder is None or not (folder := self.folder.downloads(release.identifier)).is_dir():
            return None
        digests = dict(_checksum(line) for line in (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines())
        # The folder was made whole and does not change.
        found = self._files[release.identifier] = Files(folder, read_catalogue(folder), digests)
        return found

    def missing(self, release: Release) -> RequestError:
        """Return the error for files that were not made."""
        return RequestError(
            404,
            f"The files of release {release.identifier} have not been made on this server.",
            f"Its keeper makes them: `tradegraph export --release {release.identifier}`. "
            "All data can also be had from /sparql and /graph/.",
        )

    def issued(self, release: Release) -> tuple[str, Years | None]:
        """Return the day that a release gives for itself, and the first and last year that it speaks of."""
        known = self._issued.get(release.identifier)
        if known is None:
            known = (Vocabulary.read(release.dataset).issued, years(release.dataset))
            self._issued[release.identifier] = known
        return known

    def previous(self, version: str) -> str | None:
        """Return the identifier of the release before, None for the first."""
        return None if self.folder is None else self.folder.previous(version)

    def difference(self, old: str, new: str) -> KeptDifference:
        """Return what differs between two releases, computing it once.

        RequestError 404 for releases that are not here, 503 for those that are too large to compare on request;
        StoreBusy while another comparison is being made.
        """
        before, after = self.read(old), self.read(new)
        if self.folder is None:
            raise RequestError(404, "There is one release here, so nothing to compare.", "See /dump/.")
        place = self.folder.changes / f"{before.identifier}..{after.identifier}"
        if (place / "summary.json").is_file():
            return KeptDifference.read(place)
        size = sum(one.dataset.stat().st_size for one in (before, after))
        command = f"`tradegraph diff {before.identifier} {after.identifier}`"
        if size > LARGEST_COMPARED:
            raise RequestError(
                503, "These releases are too large to compare on request.", f"Its keeper runs {command}."
            )
        if not self._lock.acquire(timeout=10):
            raise StoreBusy("Another comparison is being made.", "Ask again in a few seconds.")
        try:
            return KeptDifference.of(before, after, self.folder.changes)
        except OSError as error:
            raise RequestError(503, "The comparison cannot be kept here.", f"Its keeper runs {command}.") from error
        finally:
            self._lock.release()


def _checksum(line: str) -> tuple[str, str]:
    digest, _, path = line.partition("  ")
    return path, digest


def answered(make: Callable[[], str | bytes], media_type: str, *depends_on: object, **fields: str) -> Response:
    """Return what `make` makes, or 304 where the client has what belongs to `depends_on` (and to the address).

    Not for the shared cache of the server, which keeps answers as long as the release that is served: these pages also
    depend on releases that come beside it. `fields` are more header fields, underscores for hyphens.
    """
    text = repr((__version__, request.full_path, media_type, depends_on))
    tag = f'W/"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'
    given = {"ETag": tag, "Cache-Control": "no-cache", **{name.replace("_", "-"): one for name, one in fields.items()}}
    sent = request.headers.get("If-None-Match")
    if sent is not None and matches(sent, tag):
        return Response(status=304, headers=given)
    return Response(make(), headers=given, mimetype=media_type)
