"""`tradegraph token`."""

from datetime import datetime

import click

from tradegraph.cli.data_dir import Moment, data_dir_option
from tradegraph.writing import DataFolder, Tokens
from tradegraph.writing.tokens import SCOPES


@click.group()
def token() -> None:
    r"""Say who may write, and in which graphs.

    \b
    tradegraph token list --data-dir data-dir
    """


@token.command()
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="What it is good for.")
@click.option(
    "--graph", "graphs", multiple=True, metavar="PREFIX", help="Beginning of the IRIs of the graphs to write."
)
@click.option("--expires", type=Moment(), help="Until when it is good. Default: until it is revoked.")
@data_dir_option(create=True)
def add(
    folder: DataFolder, name: str, scopes: tuple[str, ...], graphs: tuple[str, ...], expires: datetime | None
) -> None:
    r"""Make a token for NAME and print it, this once: only a digest of it is kept.

    The graphs whose IRIs begin with a PREFIX belong to NAME alone. A running server knows the token at once. A second
    token for the same name is another one beside the first, so that it can be replaced without a gap.

    \b
    tradegraph token add customs --scope write --graph https://example.org/customs/ --data-dir data-dir
    """
    secret, made = Tokens(folder.tokens).add(name, scopes, graphs, expires)
    click.echo(f"{made.name}: {' and '.join(made.scopes)} {' '.join(made.graphs)}".rstrip(), err=True)
    click.echo("Keep this: it is not shown again.", err=True)
    click.echo(secret)


@token.command("list")
@data_dir_option()
def listing(folder: DataFolder) -> None:
    """List the tokens: name, what they are good for, where, since and until when."""
    for one in Tokens(folder.tokens).known():
        until = f" until {one.expires:%Y-%m-%d %H:%M} UTC" if one.expires else ""
        click.echo(f"{one.name}  {','.join(one.scopes)}  {' '.join(one.graphs)}  since {one.created:%Y-%m-%d}{until}")


@token.command()
@click.argument("name")
@data_dir_option()
def revoke(folder: DataFolder, name: str) -> None:
    """Take all tokens of NAME away. A running server refuses them at once; what was written with them stays."""
    gone = Tokens(folder.tokens).revoke(name)
    click.echo(f"{name}: {gone} {'token' if gone == 1 else 'tokens'} revoked")
