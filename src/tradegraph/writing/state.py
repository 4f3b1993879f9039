"""The state: what the writers' graphs hold, now or at any point in time, from a checkpoint and the journal after it."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tradegraph.errors import NotFound
from tradegraph.writing.checkpoints import Checkpoint, checkpoints, write_checkpoint
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.journal import Journal
from tradegraph.writing.moments import now
from tradegraph.writing.segments import Place, Reading, Recorded

Until = int | datetime
"""A point in time: after the entry of that number, or at that moment."""


@dataclass
class State:
    """The quads of the writers' graphs, as canonical N-Quads lines, after entry `number`.

    `notices` tells which checkpoints were passed over because they are damaged.
    """

    lines: set[bytes]
    number: int
    notices: tuple[str, ...] = ()

    def apply(self, entry: Recorded) -> None:
        """Go on to the state after `entry`."""
        removed, added = entry.lines()
        self.lines.difference_update(removed)
        self.lines.update(added)
        self.number = entry.number


def open_state(folder: DataFolder, until: Until | None = None) -> State:
    """Return the state after the last entry, or at a point in time; also while another process writes.

    Raises NotFound for an entry that does not exist (yet), and JournalDamaged.
    """
    state, start = _begin(folder, until)
    for entry in Reading(folder, start):
        if is_past(entry.number, entry.moment, until):
            break
        state.apply(entry)
    if isinstance(until, int) and state.number < until:
        raise NotFound(f"{folder.root}: there is no write {until}. The last one is {state.number}.")
    return state


def resume(folder: DataFolder, clock: Callable[[], datetime] = now) -> tuple[Journal, State]:
    """Open the journal to go on writing, and return the state after its last entry, both in one reading.

    Only for the process that holds the lock of the folder. Raises JournalDamaged.
    """
    state, start = _begin(folder, None)
    return Journal.open(folder, start, state.apply, clock), state


def checkpoint(folder: DataFolder, end: Place) -> Checkpoint:
    """Write a checkpoint at `end`, which is the `end` of the journal that is being written to.

    Raises OSError when there is no room; nothing depends on it, since the journal has everything.
    """
    return write_checkpoint(folder, open_state(folder, end.number).lines, end)


def is_past(number: int, moment: datetime, until: Until | None) -> bool:
    """Tell whether an entry of that number and moment came after a point in time."""
    if until is None:
        return False
    return number > until if isinstance(until, int) else moment > until


def _begin(folder: DataFolder, until: Until | None) -> tuple[State, Place]:
    """Return the state of the newest sound checkpoint that is not too late, and the place from which to replay."""
    notices: tuple[str, ...] = ()
    for one in checkpoints(folder):
        place = one.place
        if is_past(place.number, place.moment, until):
            continue
        # A process that writes meanwhile may throw a checkpoint away; then it has made a newer one.
        with contextlib.suppress(FileNotFoundError):
            if one.is_sound():
                return State(set(one.lines()), place.number, notices), place
        notices += (f"{one.path}: this checkpoint is damaged and was passed over; the journal has everything.",)
    return State(set(), 0, notices), Place.beginning(folder)
