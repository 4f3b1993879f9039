"""A folder for temporary files that goes with the process that made it, even when that was killed."""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PREFIX: Final = "tradegraph-search-"
_LOCK: Final = "lock"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Lend a new folder among the temporary files (`TMPDIR`), which is removed at the end; OSError without room.

    Whoever is killed leaves one behind. The lock on it went with the process, so it is known for what it is, and is
    removed by the next one that needs a folder.
    """
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        with (folder / _LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield folder


def _sweep(place: Path) -> None:
    for lock_file in place.glob(f"{_PREFIX}*/{_LOCK}"):
        # It may be in use, somebody else's, or gone by now.
        with contextlib.suppress(OSError), lock_file.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock_file.parent, ignore_errors=True)
