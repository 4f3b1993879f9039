"""Options that several commands share, each defined once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tradegraph.files import Project
from tradegraph.release import ReleaseFolder

Decorated = Callable[..., Any]


def project_option(function: Decorated) -> Decorated:
    """Add `--project`, the folder that holds `data/`, `ontology/`, `shapes/` and `queries/`."""
    return click.option(
        "--project",
        type=click.Path(path_type=Path, file_okay=False),
        callback=lambda _context, _parameter, value: Project.at(value) if value else Project.own(),
        help="Folder with data/, ontology/, shapes/ and queries/. Default: tradegraph's own.",
    )(function)


def releases_option(function: Decorated) -> Decorated:
    """Add `--releases`, the folder of releases."""
    return click.option(
        "--releases",
        envvar="TRADEGRAPH_RELEASES",
        default="build",
        show_default=True,
        type=click.Path(path_type=Path, file_okay=False),
        callback=lambda _context, _parameter, value: ReleaseFolder(value),
        help="Folder of releases.",
    )(function)


def documents_option(*, required: bool) -> Callable[[Decorated], Decorated]:
    """Add `--documents`, the folder of the documents that the facts were read from."""
    return click.option(
        "--documents",
        required=required,
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Folder that holds the documents' text files.",
    )
