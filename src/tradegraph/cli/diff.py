"""`tradegraph diff`."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import click

from tradegraph.cli.options import releases_option
from tradegraph.errors import NotFound
from tradegraph.publish.difference_forms import as_json, as_text, as_turtle
from tradegraph.publish.kept_differences import KeptDifference
from tradegraph.release import ReleaseFolder
from tradegraph.store import Release

_FORMS: Final[dict[str, Callable[[KeptDifference], Iterator[str]]]] = {
    "text": as_text,
    "json": as_json,
    "ttl": as_turtle,
}


@click.command()
@releases_option
@click.argument("old", default="previous")
@click.argument("new", default="current")
@click.option(
    "--format", "name", type=click.Choice(list(_FORMS)), default="text", show_default=True, help="How to write it down."
)
@click.option("--exit-code", is_flag=True, help="Leave with exit code 1 when the releases differ, 0 when they do not.")
def diff(releases: ReleaseFolder, old: str, new: str, name: str, exit_code: bool) -> None:
    r"""Compare two releases: what was added, removed and corrected, per document and per kind of thing.

    OLD and NEW are identifiers, `previous`, `current`, or folders that hold a release. Both are read once, side by
    side. A comparison of two releases of the folder is kept there, and read from there the next time.

    \b
    tradegraph diff
    tradegraph diff 60e93c8989b6ee64 8bc66f9bcfd4e0b0 --format json
    tradegraph diff /archive/2026-03 current --format ttl > changes.ttl
    """
    before, after = _release(releases, old), _release(releases, new)
    if {before.directory.resolve().parent, after.directory.resolve().parent} == {
        (releases.root / "releases").resolve()
    }:
        _show(KeptDifference.of(before, after, releases.changes), name, exit_code)
        return
    with tempfile.TemporaryDirectory(prefix="tradegraph-diff-") as folder:
        _show(KeptDifference.of(before, after, Path(folder)), name, exit_code)


def _show(difference: KeptDifference, name: str, exit_code: bool) -> None:
    for part in _FORMS[name](difference):
        click.echo(part, nl=False)
    if exit_code and not difference.summary.same:
        sys.exit(1)


def _release(releases: ReleaseFolder, name: str) -> Release:
    if name in ("current", "previous"):
        current = releases.current()
        if name == "current":
            return current
        before = releases.previous(current.identifier)
        if before is None:
            raise NotFound(f"{releases.root}: there is no release before {current.identifier}. Build another first.")
        return releases.read(before)
    return Release.read(Path(name)) if Path(name).is_dir() else releases.read(name)
