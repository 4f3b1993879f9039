"""Writing: what users add to the graph, kept so that nothing acknowledged is ever lost.

One mechanism is durability, history, backup and point in time: a journal of exact changes (`journal`), chained and on
the disk before a write is acknowledged. `state` replays it, `history` and `provenance` tell it, `revert` undoes parts
of it, `backup` copies it. `data_folder` is where it stands, `tokens` says who may add to it.
"""

from tradegraph.writing.backup import Backup, backup, restore
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.delta import Delta
from tradegraph.writing.history import Filter, history, one_write, patch
from tradegraph.writing.journal import Journal, entries
from tradegraph.writing.provenance import provenance
from tradegraph.writing.revert import RevertRefused, revert
from tradegraph.writing.segments import Entry, JournalDamaged, Recorded
from tradegraph.writing.state import State, checkpoint, open_state, resume
from tradegraph.writing.tokens import Token, Tokens

__all__ = [
    "Backup",
    "DataFolder",
    "Delta",
    "Entry",
    "Filter",
    "Journal",
    "JournalDamaged",
    "Recorded",
    "RevertRefused",
    "State",
    "Token",
    "Tokens",
    "backup",
    "checkpoint",
    "entries",
    "history",
    "one_write",
    "open_state",
    "patch",
    "provenance",
    "restore",
    "resume",
    "revert",
]
