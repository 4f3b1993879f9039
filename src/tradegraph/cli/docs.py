"""`tradegraph docs`."""

import click

from tradegraph.cli.options import project_option
from tradegraph.files import Project
from tradegraph.publish.reference import write


@click.command()
@project_option
def docs(project: Project) -> None:
    r"""Write the generated reference pages.

    data/README.md, docs/ontology.md, docs/concepts.md and docs/questions.md.

    \b
    tradegraph docs
    """
    changed = write(project)
    for path in changed:
        click.echo(f"written: {project.name(path)}")
    if not changed:
        click.echo("all pages are up to date")
