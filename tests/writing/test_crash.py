"""A writer that is killed at any moment loses nothing that it had acknowledged."""

import random
import signal
import subprocess
import sys
import time

from tradegraph.writing import DataFolder, Journal, entries

ROUNDS = 30
WRITER = """
import sys
from pathlib import Path
from tradegraph.writing import DataFolder, Delta, Entry, Journal
folder = DataFolder.open(Path(sys.argv[1]))
with folder.locked():
    journal = Journal.open(folder)
    while True:
        first = journal.end.number + 1
        group = []
        for number in range(first, first + int(sys.argv[2])):
            text = '<https://example.org/p> "' + "x" * 500 + '" <https://example.org/g> .\\n'
            quads = sorted(f"<https://example.org/{number}-{one}> {text}" for one in range(number % 60))
            group.append(Entry("crash", "update", Delta((), tuple(quad.encode() for quad in quads))))
        for recorded in journal.append_many(group):
            print(recorded.number, recorded.digest.hex(), flush=True)
"""


def test_no_acknowledged_write_is_lost_and_no_torn_one_is_seen(folder: DataFolder) -> None:
    """The writes are told on a pipe; each opening of the journal verifies the chain from its beginning."""
    chance = random.Random(7)
    acknowledged: dict[int, str] = {}
    for turn in range(ROUNDS):
        command = [sys.executable, "-c", WRITER, str(folder.root), "3" if turn % 2 else "1"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            told = [writer.stdout.readline()]
            time.sleep(chance.random() * 0.1)
            writer.send_signal(signal.SIGKILL)
            told += writer.stdout.readlines()
        # The last line may be cut short by the death of its writer.
        acknowledged |= {int(number): digest for number, digest in (one.split() for one in told if one.endswith("\n"))}
        journal = Journal.open(folder)
        journal.close()
        there = {one.number: one.digest.hex() for one in entries(folder)}
        assert acknowledged.items() <= there.items()
        assert list(there) == list(range(1, len(there) + 1))
    assert len(acknowledged) > 5 * ROUNDS
    for one in entries(folder):
        assert one.added == one.number % 60
        assert all(quad.startswith(f"<https://example.org/{one.number}-".encode()) for quad in one.delta.added)
