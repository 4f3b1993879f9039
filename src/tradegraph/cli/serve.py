"""`tradegraph serve`."""

import os
import tempfile
from pathlib import Path

import click

from tradegraph.cli.options import project_option, releases_option
from tradegraph.errors import NotFound
from tradegraph.files import Project
from tradegraph.release import ReleaseFolder, build
from tradegraph.release.build import inputs_digest
from tradegraph.release.files import from_files
from tradegraph.settings import Settings
from tradegraph.store import Release
from tradegraph.web import serve as serve_release


@click.command()
@click.option("--host", help="Address to listen on. Default: 127.0.0.1.")
@click.option("--port", type=int, help="Port to listen on. Default: 8000.")
@click.option("--build/--no-build", "may_build", default=True, show_default=True, help="Build when the files changed.")
@click.option(
    "--dataset",
    "datasets",
    multiple=True,
    type=click.Path(path_type=Path),
    help="RDF file, or folder of them, to serve instead of the release; may be given more than once.",
)
@click.option(
    "--union-default-graph",
    is_flag=True,
    help="With --dataset: a query that names no graph asks all of them, as with a release.",
)
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the texts of the documents: sources then show the literal words of each passage too.",
)
@project_option
@releases_option
def serve(
    host: str | None,
    port: int | None,
    may_build: bool,
    datasets: tuple[Path, ...],
    union_default_graph: bool,
    documents: Path | None,
    project: Project,
    releases: ReleaseFolder,
) -> None:
    r"""Serve the current release on http://127.0.0.1:8000, building it first when the project's files changed.

    With --dataset, serve any RDF files instead: Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD, also with .gz.
    Triples stand in the default graph, quads in the graphs that they name. A file that cannot be read stops the command
    with exit code 1 and the place.

    Settings come from the options, else from TRADEGRAPH_… environment variables (docs/endpoint.md lists them).

    \b
    tradegraph serve
    tradegraph serve --port 8080 --no-build
    tradegraph serve --dataset treaties.ttl --dataset exports/
    tradegraph serve --documents texts/
    """
    given = {"host": host, "port": port, "documents": None if documents is None else str(documents)}
    settings = Settings.load(os.environ, given)
    if datasets:
        # Of this run only: it is gone when the server stops.
        with tempfile.TemporaryDirectory(prefix="tradegraph-dataset-") as directory:
            _serve(settings, from_files(datasets, Path(directory), union_default_graph=union_default_graph))
        return
    if union_default_graph:
        raise click.UsageError("--union-default-graph goes with --dataset: a release has no default graph of its own.")
    if may_build and _stale(project, releases):
        build(project, releases, progress=lambda step: click.echo(f"… {step}", err=True))
    _serve(settings, releases.current(), releases.root / "current")


def _serve(settings: Settings, release: Release, link: Path | None = None) -> None:
    # The link, so that SIGHUP switches to the release that is current then.
    where = f"http://{settings.host}:{settings.port}/"
    click.echo(f"release {release.identifier}, {release.quads} quads, on {where}", err=True)
    serve_release(settings, link or release.directory)


def _stale(project: Project, releases: ReleaseFolder) -> bool:
    """Tell whether there is no release, or one of other files than the project has now."""
    try:
        return releases.current().inputs != inputs_digest(project)
    except NotFound:
        return True
