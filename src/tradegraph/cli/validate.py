"""`tradegraph validate`."""

import sys

import click

from tradegraph.cli.options import project_option
from tradegraph.facts import read_facts
from tradegraph.files import Project
from tradegraph.graph import assemble
from tradegraph.release import verdict


@click.command()
@project_option
@click.option("--format", "form", type=click.Choice(["text", "turtle"]), default="text", show_default=True)
def validate(project: Project, form: str) -> None:
    r"""Validate the facts against the shapes and query checks, without writing a release.

    \b
    tradegraph validate
    tradegraph validate --format turtle > report.ttl
    """
    found = verdict(project, assemble(project, read_facts(project)))
    click.echo(found.text() if form == "text" else found.shacl.turtle(), nl=False)
    sys.exit(0 if found.sound else 1)
