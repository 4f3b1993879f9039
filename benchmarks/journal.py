"""Measures the journal: writes per second, and how long it takes to start again.

    .venv/bin/python benchmarks/journal.py [--folder DIR]

The folder should be on the disk that is meant: a write is acknowledged when it is there. Prints a Markdown table.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tradegraph.writing import DataFolder, Delta, Entry, Journal, backup, checkpoint, history, open_state, resume

SINGLE_S = 3.0
"""How long writes one by one, and in groups, are made."""


def quads(first: int, count: int) -> tuple[bytes, ...]:
    """Return quads as a figure of a mission has them: three IRIs of common length, in one graph."""
    base = "https://example.org/customs"
    return tuple(
        sorted(
            f"<{base}/id/observation/{number:09}> <https://w3id.org/tradegraph/def#statedIn> "
            f"<{base}/id/passage/{number % 977:09}> <{base}/graph/2026> .\n".encode()
            for number in range(first, first + count)
        )
    )


def entry(first: int, count: int = 1) -> Entry:
    """Return a write of `count` quads that no other write has."""
    return Entry("customs", "update", Delta((), quads(first, count)), "", "3d622c720cc98389")


def per_second(journal: Journal, group: int) -> float:
    """Return how many writes of one quad a second can be acknowledged, in groups of `group`."""
    start, done = time.perf_counter(), 0
    while time.perf_counter() - start < SINGLE_S:
        journal.append_many([entry(10_000_000 + done + one) for one in range(group)])
        done += group
    return done / (time.perf_counter() - start)


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def start_again(folder: DataFolder) -> None:
    """Open the journal to write, with its state, as a server does."""
    journal, _state = resume(folder)
    journal.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to write; default: the folder for temporary files")
    with tempfile.TemporaryDirectory(dir=parser.parse_args().folder) as directory:
        root = Path(directory)
        journal = Journal.open(DataFolder.create(root / "speed"))
        rows = [
            ("writes a second, one by one", f"{per_second(journal, 1):,.0f}"),
            ("writes a second, in groups of 100", f"{per_second(journal, 100):,.0f}"),
        ]
        bulk = entry(0, 100_000)
        rows.append(("one write of 100,000 quads, s", f"{seconds(lambda: journal.append(bulk)):.2f}"))
        journal.close()
        folder = DataFolder.create(root / "long")
        journal = Journal.open(folder)
        for first in range(0, 100_000, 1000):
            journal.append_many([entry(number) for number in range(first, first + 1000)])
        size = sum(path.stat().st_size for path in folder.journal.iterdir())
        rows.append(("100,000 writes on the disk, MB", f"{size / 1e6:.0f}"))
        rows.append(
            ("starting after 100,000 writes, without checkpoint, s", f"{seconds(lambda: start_again(folder)):.2f}")
        )
        rows.append(("making a checkpoint then, s", f"{seconds(lambda: checkpoint(folder, journal.end)):.2f}"))
        rows.append(
            ("starting after 100,000 writes, with checkpoint, s", f"{seconds(lambda: start_again(folder)):.2f}")
        )
        rows.append(("state after write 50,000, s", f"{seconds(lambda: open_state(folder, 50_000)):.2f}"))
        rows.append(("listing the history, verified, s", f"{seconds(lambda: list(history(folder))):.2f}"))
        rows.append(("backup, verified, s", f"{seconds(lambda: backup(folder, root / 'backup.tar.zst')):.2f}"))
        journal.close()
    print("| what | measured |\n|---|---:|")
    for name, value in rows:
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
