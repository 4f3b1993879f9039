"""The command line: one small module per command, the same functions as the library.

Exit codes: 0 sound, 1 not sound (the input is readable but wrong), 2 failed (wrong call, missing file, no service).
"""

import sys
from typing import Any

import click

from tradegraph import __version__
from tradegraph.cli.backup import backup, restore
from tradegraph.cli.build import build
from tradegraph.cli.connect import connect_command
from tradegraph.cli.diff import diff
from tradegraph.cli.docs import docs
from tradegraph.cli.explain import explain
from tradegraph.cli.export import export
from tradegraph.cli.history import history_command
from tradegraph.cli.info import info
from tradegraph.cli.passages import passages
from tradegraph.cli.query import query
from tradegraph.cli.serve import serve
from tradegraph.cli.sources import check_sources
from tradegraph.cli.token import token
from tradegraph.cli.trace import trace
from tradegraph.cli.validate import validate
from tradegraph.errors import TradegraphError


class Commands(click.Group):
    """A group that turns our errors into a message on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except TradegraphError as error:
            click.echo(str(error), err=True)
            sys.exit(error.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tradegraph")
def main() -> None:
    r"""Dutch trade diplomacy as a knowledge graph.

    \b
    tradegraph build                     make a release from data/, ontology/, shapes/ and queries/
    tradegraph serve                     serve it on http://127.0.0.1:8000 (builds it first when needed)
    tradegraph query Q001                answer a numbered question
    tradegraph trace data/facts/missions.csv:2
    """


for command in (
    build,
    validate,
    serve,
    query,
    explain,
    trace,
    check_sources,
    info,
    passages,
    docs,
    export,
    diff,
    connect_command,
    token,
    history_command,
    backup,
    restore,
):
    main.add_command(command)
