"""`tradegraph build`."""

import click

from tradegraph.cli.options import project_option, releases_option
from tradegraph.files import Project
from tradegraph.release import ReleaseFolder
from tradegraph.release import build as build_release


@click.command()
@project_option
@releases_option
def build(project: Project, releases: ReleaseFolder) -> None:
    r"""Build one release: read, check, assemble, derive, validate, write.

    The same input gives the same bytes. When something is wrong it says where, what, and what to do; nothing is
    written and the previous release stays.

    \b
    tradegraph build
    tradegraph build --project my-copy --releases /srv/tradegraph
    """
    built = build_release(project, releases, progress=lambda step: click.echo(f"… {step}", err=True))
    click.echo(f"release {built.release.identifier}: {built.release.quads} quads in {len(built.release.graphs)} graphs")
    click.echo(built.verdict.summary())
    click.echo(f"written to {built.release.directory}")
