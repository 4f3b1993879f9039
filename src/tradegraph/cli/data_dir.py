"""The data folder and points in time on the command line, for the commands that work on what was written."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tradegraph.writing import DataFolder
from tradegraph.writing.moments import read_moment, read_until
from tradegraph.writing.state import Until

Decorated = Callable[..., Any]


class Moment(click.ParamType[datetime]):
    """A moment in ISO 8601; a day means its beginning."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it."""
        try:
            return value if isinstance(value, datetime) else read_moment(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class PointInTime(click.ParamType[Until]):
    """The number of a write, or a moment."""

    name = "moment|number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Until:
        """Read it."""
        try:
            return value if isinstance(value, int | datetime) else read_until(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def data_dir_option(*, create: bool = False) -> Callable[[Decorated], Decorated]:
    """Add `--data-dir`, the folder of what was written; it is made when it is not there and `create` is true."""
    opened = DataFolder.open_or_create if create else DataFolder.open
    return click.option(
        "--data-dir",
        "folder",
        required=True,
        envvar="TRADEGRAPH_DATA_DIR",
        type=click.Path(path_type=Path, file_okay=False),
        callback=lambda _context, _parameter, value: opened(value),
        help="Folder of what was written.",
    )
