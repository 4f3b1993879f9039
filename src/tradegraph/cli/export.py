"""`tradegraph export`."""

from pathlib import Path

import click

from tradegraph.cli.options import releases_option
from tradegraph.publish.downloads import FORMS, forms_of
from tradegraph.publish.downloads import export as export_release
from tradegraph.release import ReleaseFolder


@click.command()
@releases_option
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="Folder to make.")
@click.option(
    "--format",
    "names",
    multiple=True,
    metavar="NAME",
    help=f"One of {', '.join(form.name for form in FORMS)}; may be given several times. Default: all.",
)
def export(releases: ReleaseFolder, target: Path, names: tuple[str, ...]) -> None:
    r"""Write the current release as files for other programs.

    RDF, tables (CSV, Excel, Parquet, SQLite), a network (GraphML), with a catalogue record, citation and checksums.
    The same release gives the same bytes. When anything is wrong, no folder is made. docs/downloads.md tells which
    file is for whom.

    \b
    tradegraph export --to downloads
    tradegraph export --to tables --format csv --format xlsx
    """
    release = releases.current()
    downloads = export_release(release, target, names, progress=lambda step: click.echo(f"… {step}", err=True))
    if not names:
        for form in (form for form in FORMS if form not in forms_of(release)):
            click.echo(f"left out: {form.name}, which cannot be made here; ask for it by name to hear why", err=True)
    size = sum(file.size for file in downloads) / 1e6
    click.echo(f"release {release.identifier}: {len(downloads)} files, {size:.1f} MB")
    click.echo(f"written to {target}")
