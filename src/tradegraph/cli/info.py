"""`tradegraph info`."""

import json

import click

from tradegraph.cli.options import releases_option
from tradegraph.namespaces import shrink
from tradegraph.release import ReleaseFolder


@click.command()
@releases_option
@click.option("--json", "as_json", is_flag=True, help="Print release and statistics as one JSON object.")
def info(releases: ReleaseFolder, as_json: bool) -> None:
    r"""Say what the current release holds.

    \b
    tradegraph info
    tradegraph info --json
    """
    release = releases.current()
    statistics = json.loads((release.directory / "statistics.json").read_text(encoding="utf-8"))
    if as_json:
        described = json.loads(release.description())
        click.echo(json.dumps({"release": described, "statistics": statistics}, indent=2, sort_keys=True))
        return
    click.echo(f"release {release.identifier} (ontology {release.ontology_version}), {release.quads} quads")
    for iri, count in release.graphs:
        click.echo(f"{count:>8}  {shrink(iri)}")
    click.echo("things per class:")
    for iri, count in sorted(statistics["classes"].items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"{count:>8}  {shrink(iri)}")
