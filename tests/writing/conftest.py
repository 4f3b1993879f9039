"""Data folders, and entries made of a few words."""

import resource
import signal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st

from tradegraph.writing import DataFolder, Delta, Entry, Journal

GRAPHS = ("https://example.org/a/", "https://example.org/b/", "")


class Calendar:
    """A clock that goes an hour further at each look, from 1 March 2026."""

    def __init__(self) -> None:
        self._next = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        moment, self._next = self._next, self._next + timedelta(hours=1)
        return moment


def line(name: object, graph: str = GRAPHS[0]) -> bytes:
    """Return a quad that says something of a thing of that name."""
    place = f" <{graph}>" if graph else ""
    return f'<https://example.org/{name}> <https://example.org/says> "\\"{name}\\" \\n <x>"{place} .\n'.encode()


def lines(*names: object) -> tuple[bytes, ...]:
    return tuple(sorted(map(line, names)))


def entry(*added: object, removed: Iterable[object] = (), writer: str = "customs", kind: str = "update") -> Entry:
    return Entry(writer, kind, Delta(lines(*removed), lines(*added)))


def written(folder: DataFolder, *entries: Entry) -> DataFolder:
    """Append entries to the journal of a folder, each by itself."""
    journal = Journal.open(folder, clock=Calendar())
    for one in entries:
        journal.append(one)
    journal.close()
    return folder


def written_together(folder: DataFolder, *entries: Entry) -> DataFolder:
    """Append entries to the journal of a folder at once."""
    journal = Journal.open(folder, clock=Calendar())
    journal.append_many(entries)
    journal.close()
    return folder


def segment(folder: DataFolder, number: int = 1) -> Path:
    return folder.journal / f"{number:08}.log"


def contents(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> list[Entry]:
    """Writes that each change something: what is removed was there, what is added was not."""
    there: set[bytes] = set()
    made = []
    for _ in range(draw(st.integers(1, most))):
        touched = draw(st.sets(st.tuples(st.integers(0, 5), st.sampled_from(GRAPHS)), min_size=1, max_size=6))
        quads = {line(name, graph) for name, graph in touched}
        delta = Delta(tuple(sorted(quads & there)), tuple(sorted(quads - there)))
        there ^= quads
        writer, note = draw(st.sampled_from(("customs", "chamber"))), draw(st.text(max_size=5))
        made.append(Entry(writer, "update", delta, note, "3d622c720cc98389"))
    return made


def replayed(entries: Iterable[Entry]) -> set[bytes]:
    """Return what there is after the writes, worked out in the plainest way."""
    there: set[bytes] = set()
    for one in entries:
        there = (there - set(one.delta.removed)) | set(one.delta.added)
    return there


@contextmanager
def fresh_folder() -> Iterator[DataFolder]:
    """A data folder for one example of a property test."""
    with tempfile.TemporaryDirectory() as directory:
        yield DataFolder.create(Path(directory) / "data")


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """Let no file grow past `room` bytes: the system refuses, as it does when the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder.create(tmp_path / "data")
