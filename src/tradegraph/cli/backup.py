"""`tradegraph backup` and `tradegraph restore`."""

from pathlib import Path

import click

from tradegraph.cli.data_dir import PointInTime, data_dir_option
from tradegraph.writing import DataFolder, open_state
from tradegraph.writing import backup as make_backup
from tradegraph.writing import restore as restore_backup
from tradegraph.writing.state import Until


@click.command()
@data_dir_option()
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="File to make; must not exist.")
def backup(folder: DataFolder, target: Path) -> None:
    r"""Verify a data folder and copy all that was written to one file, also while a server writes.

    \b
    tradegraph backup --data-dir data-dir --to backup-2026-11-21.tar.zst
    """
    made = make_backup(folder, target)
    last = f", the last of {made.moment}" if made.entries else ""
    click.echo(f"{made.entries} writes{last}; {target.stat().st_size / 1e6:.1f} MB")
    click.echo(f"written to {target}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data-dir", "root", required=True, type=click.Path(path_type=Path), help="Folder to make.")
@click.option("--until", type=PointInTime(), help="Number of the last write to restore, or a moment. Default: all.")
def restore(file: Path, root: Path, until: Until | None) -> None:
    r"""Make a data folder of the backup FILE, after every checksum in it was verified.

    With --until, the folder is as it was after that write or at that moment (ISO 8601; UTC unless it says otherwise),
    and is another folder from then on.

    \b
    tradegraph restore backup-2026-11-21.tar.zst --data-dir data-dir-2
    tradegraph restore backup-2026-11-21.tar.zst --data-dir data-dir-2 --until 2026-11-20T17:00Z
    """
    made = restore_backup(file, root, until)
    state = open_state(DataFolder.open(root))
    click.echo(f"{state.number} of {made.entries} writes, {len(state.lines)} quads")
    click.echo(f"restored to {root}")
