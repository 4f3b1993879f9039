"""`tradegraph serve`."""

import os
import tempfile
from pathlib import Path
from typing import cast, get_args

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
from tradegraph.web.writing import WritingOptions
from tradegraph.writing.asked import Policies, Policy


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
@click.option("--writable", is_flag=True, help="Take writes at /update and /store, from who has a token.")
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="TRADEGRAPH_DATA_DIR",
    help="With --writable: folder of what is written; it is made when it is not there.",
)
@click.option(
    "--shapes",
    "shapes",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="With --writable: SHACL shapes to hold writes against. Default: the project's; with --dataset none.",
)
@click.option(
    "--guard",
    "policies",
    multiple=True,
    metavar="IRI-PREFIX=refuse|warn|off",
    callback=lambda _context, _parameter, given: tuple(map(_policy, given)),
    help="With --writable: what is done with writes in these graphs that break the shapes. Default: refuse, in all.",
)
@click.option("--private", is_flag=True, help="With --writable: reading needs a token too.")
@project_option
@releases_option
def serve(
    host: str | None,
    port: int | None,
    may_build: bool,
    datasets: tuple[Path, ...],
    union_default_graph: bool,
    documents: Path | None,
    writable: bool,
    data_dir: Path | None,
    shapes: tuple[Path, ...],
    policies: Policies,
    private: bool,
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
    tradegraph serve --writable --data-dir data-dir --guard https://example.org/draft/=warn
    """
    given = {"host": host, "port": port, "documents": None if documents is None else str(documents)}
    settings = Settings.load(os.environ, given)
    options = None
    if writable:
        if data_dir is None:
            raise click.UsageError("--writable needs --data-dir: the folder in which writes are kept.")
        held = shapes or (() if datasets else tuple(project.shape_files))
        options = WritingOptions(data_dir, held, (("", "refuse"), *policies), private)
    elif shapes or policies or private:
        raise click.UsageError("--shapes, --guard and --private go with --writable.")
    if datasets:
        # Of this run only: it is gone when the server stops.
        with tempfile.TemporaryDirectory(prefix="tradegraph-dataset-") as directory:
            release = from_files(datasets, Path(directory), union_default_graph=union_default_graph)
            _serve(settings, release, options=options)
        return
    if union_default_graph:
        raise click.UsageError("--union-default-graph goes with --dataset: a release has no default graph of its own.")
    if may_build and _stale(project, releases):
        build(project, releases, progress=lambda step: click.echo(f"… {step}", err=True))
    _serve(settings, releases.current(), releases.root / "current", options)


def _policy(given: str) -> tuple[str, Policy]:
    prefix, equals, policy = given.rpartition("=")
    if not equals or policy not in get_args(Policy):
        raise click.BadParameter(f"“{given}” is not IRI-PREFIX=refuse, IRI-PREFIX=warn or IRI-PREFIX=off.")
    return prefix, cast("Policy", policy)


def _serve(
    settings: Settings, release: Release, link: Path | None = None, options: WritingOptions | None = None
) -> None:
    # The link, so that SIGHUP switches to the release that is current then.
    where = f"http://{settings.host}:{settings.port}/"
    click.echo(f"release {release.identifier}, {release.quads} quads, on {where}", err=True)
    if options is not None:
        click.echo(f"writable: what is written stands in {options.folder}", err=True)
    serve_release(settings, link or release.directory, options=options)


def _stale(project: Project, releases: ReleaseFolder) -> bool:
    """Tell whether there is no release, or one of other files than the project has now."""
    try:
        return releases.current().inputs != inputs_digest(project)
    except NotFound:
        return True
