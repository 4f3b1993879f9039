"""`tradegraph serve`."""

import os

import click

from tradegraph.cli.options import project_option, releases_option
from tradegraph.errors import NotFound
from tradegraph.files import Project
from tradegraph.release import ReleaseFolder, build
from tradegraph.release.build import inputs_digest
from tradegraph.settings import Settings
from tradegraph.web import serve as serve_release


@click.command()
@click.option("--host", help="Address to listen on. Default: 127.0.0.1.")
@click.option("--port", type=int, help="Port to listen on. Default: 8000.")
@click.option("--build/--no-build", "may_build", default=True, show_default=True, help="Build when the files changed.")
@project_option
@releases_option
def serve(host: str | None, port: int | None, may_build: bool, project: Project, releases: ReleaseFolder) -> None:
    r"""Serve the current release on http://127.0.0.1:8000, building it first when the project's files changed.

    Settings come from the options, else from TRADEGRAPH_… environment variables (docs/endpoint.md lists them).

    \b
    tradegraph serve
    tradegraph serve --port 8080 --no-build
    """
    settings = Settings.load(os.environ, {"host": host, "port": port})
    if may_build and _stale(project, releases):
        build(project, releases, progress=lambda step: click.echo(f"… {step}", err=True))
    release = releases.current()
    where = f"http://{settings.host}:{settings.port}/"
    click.echo(f"release {release.identifier}, {release.quads} quads, on {where}", err=True)
    serve_release(settings, release.directory)


def _stale(project: Project, releases: ReleaseFolder) -> bool:
    """Tell whether there is no release, or one of other files than the project has now."""
    try:
        return releases.current().inputs != inputs_digest(project)
    except NotFound:
        return True
