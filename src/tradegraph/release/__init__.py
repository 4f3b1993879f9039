"""One frozen dataset: assembled, checked, written; switched atomically; found again."""

from tradegraph.release.build import Built, build, verdict
from tradegraph.release.folder import ReleaseFolder
from tradegraph.release.journal import Turn

__all__ = ["Built", "ReleaseFolder", "Turn", "build", "verdict"]
