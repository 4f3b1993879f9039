"""The data folder: made once, known by its identity, and written to by one process at a time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tradegraph.errors import NotFound, NotSound, StoreUnavailable
from tradegraph.writing import DataFolder

HOLDER = """
import sys, time
from pathlib import Path
from tradegraph.writing import DataFolder
with DataFolder.open(Path(sys.argv[1])).locked():
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_folder_keeps_its_identity(tmp_path: Path) -> None:
    made = DataFolder.open_or_create(tmp_path / "deep" / "data")
    assert DataFolder.open_or_create(made.root) == made == DataFolder.open(made.root)
    assert DataFolder.create(tmp_path / "other").identity != made.identity


def test_names_of_writes_writers_and_revisions_are_iris(folder: DataFolder) -> None:
    assert folder.write_iri(7) == f"urn:tradegraph:write:{folder.identity}:7"
    assert folder.writer_iri("a b") == f"urn:tradegraph:writer:{folder.identity}:a%20b"
    assert folder.revision_iri("https://e.org/g#x", 7).endswith(":7:https%3A%2F%2Fe.org%2Fg%23x")


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotSound, match="is not empty"):
        DataFolder.open_or_create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_what_is_no_data_folder_is_not_opened(tmp_path: Path, folder: DataFolder) -> None:
    with pytest.raises(NotFound, match="there is no data folder here"):
        DataFolder.open(tmp_path)
    description = folder.root / "folder.json"
    description.write_bytes(folder.description().replace(b'"format": 1', b'"format": 2'))
    with pytest.raises(NotSound, match="format 2 is not known"):
        DataFolder.open(folder.root)
    description.write_text("{}", encoding="utf-8")
    with pytest.raises(NotSound, match="does not describe a data folder"):
        DataFolder.open(folder.root)


def test_a_second_opener_hears_who_was_first(folder: DataFolder) -> None:
    with (
        folder.locked(),
        pytest.raises(StoreUnavailable, match=f"process {os.getpid()} writes here"),
        DataFolder.open(folder.root).locked(),
    ):
        pass
    with folder.locked():
        pass


def test_the_lock_ends_with_the_process_that_held_it(folder: DataFolder) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(folder.root)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreUnavailable, match=f"process {other.pid} writes here"), folder.locked():
            pass
        other.send_signal(signal.SIGKILL)
        other.wait()
        with folder.locked():
            pass
