"""`tradegraph export`."""

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
import pyoxigraph as ox
from flask import Flask

from tradegraph.cli.options import releases_option
from tradegraph.explore.reading import Reader
from tradegraph.namespaces import ID
from tradegraph.publish.downloads import FORMS, forms_of
from tradegraph.publish.downloads import export as export_release
from tradegraph.release import ReleaseFolder
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, Release
from tradegraph.web.app import create_app
from tradegraph.web.archive import copy_site
from tradegraph.web.endpoint import Endpoint

_THINGS: Final = f'SELECT DISTINCT ?thing {{ ?thing a ?class FILTER (STRSTARTS(STR(?thing), "{ID}")) }}'


@click.command()
@releases_option
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="Folder to make. Default: the place in the folder of releases from which `serve` offers the files.",
)
@click.option("--release", "identifier", help="Identifier of the release. Default: the current one.")
@click.option(
    "--format",
    "names",
    multiple=True,
    metavar="NAME",
    help=f"With --to, one of {', '.join(form.name for form in FORMS)}; may be given several times. Default: all.",
)
@click.option(
    "--site",
    "site",
    type=click.Path(path_type=Path),
    help="Folder to make with a static copy of the whole site, for any web server or a disk, instead of downloads.",
)
def export(
    releases: ReleaseFolder, target: Path | None, identifier: str | None, names: tuple[str, ...], site: Path | None
) -> None:
    r"""Write a release as files for other programs.

    RDF, tables (CSV, Excel, Parquet, SQLite), a network (GraphML), with a catalogue record, citation and checksums.
    The same release gives the same bytes. When anything is wrong, no folder is made. docs/downloads.md tells which
    file is for whom.

    Without --to, the files go beside the release, where the server finds them (at /dump/ and on the page of downloads);
    when they are there already, nothing is done.

    \b
    tradegraph export
    tradegraph export --release 60e93c8989b6ee64
    tradegraph export --to downloads
    tradegraph export --to tables --format csv --format xlsx
    tradegraph export --site archive
    """
    release = releases.current() if identifier is None else releases.read(identifier)
    if site is not None:
        if target is not None or names:
            raise click.UsageError("--site stands alone: it takes no --to and no --format.")
        # The copy has the files of the release too.
        if not (place := releases.downloads(release.identifier)).is_dir():
            _write(release, place, ())
        _copy(release, site)
        return
    if target is None:
        if names:
            raise click.UsageError("--format goes with --to: the server offers all forms of a release.")
        target = releases.downloads(release.identifier)
        if target.is_dir():
            click.echo(f"release {release.identifier}: its files are in {target} already")
            return
    _write(release, target, names)


def _write(release: Release, target: Path, names: tuple[str, ...]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    downloads = export_release(release, target, names, progress=lambda step: click.echo(f"… {step}", err=True))
    if not names:
        for form in (form for form in FORMS if form not in forms_of(release)):
            click.echo(f"left out: {form.name}, which cannot be made here; ask for it by name to hear why", err=True)
    size = sum(file.size for file in downloads) / 1e6
    click.echo(f"release {release.identifier}: {len(downloads)} files, {size:.1f} MB")
    click.echo(f"written to {target}")


@contextmanager
def _opened(settings: Settings, release: Release) -> Iterator[Flask]:
    """Open the site of a release for a process that makes pages one after the other."""
    with EmbeddedStore(release.dataset, settings.query_time_limit_s, settings.query_memory_limit_mb, 1) as store:
        endpoint = Endpoint.open(settings, store, release)
        yield create_app(endpoint)
        endpoint.close()


def _copy(release: Release, directory: Path) -> None:
    """Write the static copy of the site; links that need a living service lead to the base URL of the settings."""
    settings = Settings.load(os.environ)
    with EmbeddedStore(release.dataset, settings.query_time_limit_s, settings.query_memory_limit_mb, 1) as store:
        found = (row["thing"] for row in Reader(store, release, settings.query_time_limit_s).rows(_THINGS))
        things = sorted(term.value for term in found if isinstance(term, ox.NamedNode))
    copied = copy_site(
        functools.partial(_opened, settings, release),
        things,
        directory,
        settings.base_url,
        progress=lambda step: click.echo(f"… {step}", err=True),
    )
    click.echo(
        f"release {release.identifier}: {copied.pages} pages, {copied.others} other files, {copied.size / 1e6:.1f} MB"
    )
    click.echo(f"written to {directory}")
