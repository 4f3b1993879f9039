"""Undoing writes: what has to change so that it is as if they had not been made."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tradegraph.errors import NotFound, WriteConflict
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.delta import Delta
from tradegraph.writing.journal import entries
from tradegraph.writing.segments import Recorded


class RevertRefused(WriteConflict):
    """Later writes touched the same quads; `conflicts` are their numbers, all that would have to be undone too."""

    def __init__(self, wanted: tuple[int, ...], conflicts: tuple[int, ...]) -> None:
        self.wanted, self.conflicts = wanted, conflicts
        listed = ", ".join(map(str, conflicts))
        super().__init__(
            f"The same quads were touched by later writes: {listed}.",
            f"Undo those too ({', '.join(map(str, sorted({*wanted, *conflicts})))}), or write the correction yourself.",
        )


@dataclass
class _Touched:
    """The quads that writes to be undone touched: whether each was there before the first, and is after the last."""

    before: dict[bytes, bool] = field(default_factory=dict)
    now: dict[bytes, bool] = field(default_factory=dict)

    def add(self, removed: list[bytes], added: list[bytes]) -> None:
        for lines, there in ((removed, False), (added, True)):
            for line in lines:
                self.before.setdefault(line, not there)
                self.now[line] = there

    def meets(self, removed: list[bytes], added: list[bytes]) -> bool:
        return any(line in self.before for lines in (removed, added) for line in lines)

    def undone(self) -> Delta:
        changed = sorted(line for line, there in self.before.items() if there != self.now[line])
        return Delta(
            removed=tuple(line for line in changed if self.now[line]),
            added=tuple(line for line in changed if not self.now[line]),
        )


def revert(folder: DataFolder, numbers: Iterable[int]) -> Delta:
    """Return what undoes the writes of these numbers, all together, against the state after the last write.

    Nothing is written: the delta is to be recorded as a write of its own. Raises NotFound for a number that is not
    there, and RevertRefused when a later write that is not to be undone touched a quad that one of these touched before
    it. The delta is empty when the writes undid each other already.
    """
    wanted = tuple(sorted(set(numbers)))
    touched, found, conflicts = _Touched(), set[int](), []
    for entry in _from(folder, wanted):
        removed, added = entry.lines()
        if entry.number in wanted:
            found.add(entry.number)
        elif touched.meets(removed, added):
            conflicts.append(entry.number)
        else:
            continue
        # A write in the way would have to be undone as well, and then what it touched may be in the way again.
        touched.add(removed, added)
    if missing := sorted(set(wanted) - found):
        raise NotFound(f"{folder.root}: there is no write {', '.join(map(str, missing))}. Look at the history first.")
    if conflicts:
        raise RevertRefused(wanted, tuple(conflicts))
    return touched.undone()


def _from(folder: DataFolder, wanted: tuple[int, ...]) -> Iterable[Recorded]:
    return entries(folder, max(0, wanted[0] - 1)) if wanted else ()
