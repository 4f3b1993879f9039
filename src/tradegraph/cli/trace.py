"""`tradegraph trace`."""

from pathlib import Path

import click
from pyoxigraph import Store

from tradegraph.cli.options import documents_option, project_option
from tradegraph.explore.trace import Trace
from tradegraph.explore.trace import trace as trace_row
from tradegraph.facts import read_facts
from tradegraph.files import Project
from tradegraph.graph import assemble
from tradegraph.namespaces import shrink


@click.command()
@click.argument("where", metavar="FILE:LINE")
@project_option
@documents_option(required=False)
def trace(where: str, project: Project, documents: Path | None) -> None:
    r"""Show the whole way of one fact: row, passages, quads, derived relations.

    \b
    tradegraph trace data/facts/missions.csv:2
    tradegraph trace data/facts/missions.csv:2 --documents ../shared/sources
    """
    facts = read_facts(project)
    store: Store = assemble(project, facts).store
    _print(trace_row(facts, store, where, documents))


def _print(way: Trace) -> None:
    click.echo(f"row       {way.where}")
    for name, values in way.cells.items():
        click.echo(f"          {name} = {' | '.join(values)}")
    click.echo(f"thing     {way.iri}")
    for passage in way.passages:
        click.echo(f"passage   {passage.locator}\n          {passage.paraphrase_en}\n          {passage.paraphrase_nl}")
        if passage.text is not None:
            click.echo(f"          literally: {passage.text}")
    for quad in way.quads:
        value = str(quad.object)
        shown = shrink(value[1:-1]) if value.startswith("<") else value
        graph = shrink(str(quad.graph_name)[1:-1])
        click.echo(f"quad      {shrink(quad.predicate.value)} {shown}  in {graph}")
    for relation in way.relations:
        parts = (
            part[1:-1] if part.startswith("<") else part
            for part in (relation.subject, relation.predicate, relation.value)
        )
        click.echo(
            f"relation  {' '.join(shrink(part) if '://' in part else part for part in parts)}  by rule {relation.rule}"
        )
