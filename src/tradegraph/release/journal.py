"""When each release became the current one: `history.json`, beside the releases and never inside one.

A release holds no clock, so that the same input gives the same bytes. The days that a feed or a page needs are those on
which somebody made a release the current one, here. Entries are only ever added; one release may be current again.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tradegraph.errors import NotSound

JOURNAL_FILE: Final = "history.json"


@dataclass(frozen=True)
class Turn:
    """A release that became the current one: its identifier, and since when (UTC, whole seconds)."""

    identifier: str
    since: datetime

    @property
    def timestamp(self) -> str:
        """The moment as RFC 3339 writes it: `2026-11-21T10:30:37Z`."""
        return self.since.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def day(self) -> str:
        """The day, in UTC: `2026-11-21`."""
        return self.since.date().isoformat()


def now() -> datetime:
    """Return the present moment, in UTC and whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def read_journal(path: Path) -> tuple[Turn, ...]:
    """Return the entries, oldest first; none when there is no journal. NotSound for one that cannot be read."""
    if not path.is_file():
        return ()
    try:
        members = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Turn(str(one["release"]), _moment(str(one["current_since"]))) for one in members["history"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotSound(
            f"{path}: is not a history of releases ({error}). Correct it, or remove it: the next build makes another."
        ) from error


def write_journal(path: Path, turns: Iterable[Turn]) -> None:
    """Write the entries whole, or leave the journal as it was."""
    entries = [{"release": turn.identifier, "current_since": turn.timestamp} for turn in turns]
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    draft.write_text(json.dumps({"history": entries}, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
