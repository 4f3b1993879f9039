"""`tradegraph history`."""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Final

import click
import pyoxigraph as ox

from tradegraph.cli.data_dir import Moment, PointInTime, data_dir_option
from tradegraph.media_types import format_named
from tradegraph.writing import DataFolder, Filter, history, one_write, patch, provenance
from tradegraph.writing.history import row
from tradegraph.writing.past import OF_ALL, OF_ONE, write_past
from tradegraph.writing.provenance import PROVENANCE_PREFIXES
from tradegraph.writing.state import Until


def _table(folder: DataFolder, wanted: Filter) -> None:
    for entry in history(folder, wanted):
        graphs = " ".join(graph or "(default graph)" for graph, _removed, _added in entry.graphs)
        changed = f"-{entry.removed} +{entry.added}"
        note = f"  “{entry.note}”" if entry.note else ""
        what = f"{entry.writer}  {entry.kind}  {changed}  {graphs}{note}"
        click.echo(f"{entry.number:>6}  {entry.moment:%Y-%m-%d %H:%M:%S}  {what}")


def _json(folder: DataFolder, wanted: Filter) -> None:
    for entry in history(folder, wanted):
        click.echo(json.dumps(row(folder, entry), ensure_ascii=False))


def _turtle(folder: DataFolder, wanted: Filter) -> None:
    quads = (quad.triple for quad in provenance(folder, wanted))
    ox.serialize(quads, sys.stdout.buffer, format=ox.RdfFormat.TURTLE, prefixes=PROVENANCE_PREFIXES)


_FORMS: Final[dict[str, Callable[[DataFolder, Filter], None]]] = {"table": _table, "json": _json, "ttl": _turtle}
_NAMES: Final = tuple(dict.fromkeys((*_FORMS, *(form.name for form in (*OF_ALL, *OF_ONE)))))


@click.command("history")
@data_dir_option()
@click.option("--graph", metavar="IRI", help="Only writes to this graph; with --at, only this graph.")
@click.option("--writer", metavar="NAME", help="Only writes of this writer.")
@click.option("--from", "since", type=Moment(), help="Only writes at this moment or later.")
@click.option("--to", "until", type=Moment(), help="Only writes before this moment.")
@click.option("--at", type=PointInTime(), help="Print what was written as it was after that write, or at that moment.")
@click.option(
    "--format",
    "name",
    type=click.Choice(_NAMES),
    help="table (default), json or ttl; with --at: nq (default), trig, …, and with --graph nt (default), ttl, ….",
)
@click.argument("number", type=click.IntRange(min=1), required=False)
def history_command(
    folder: DataFolder,
    graph: str | None,
    writer: str | None,
    since: datetime | None,
    until: datetime | None,
    at: Until | None,
    name: str | None,
    number: int | None,
) -> None:
    r"""List what was written, or show what write NUMBER changed, as an RDF Patch, or print what there was.

    The whole journal is verified on the way, except with --at. Moments are ISO 8601, in UTC unless they say otherwise.
    `json` prints one object a line; `ttl` is PROV-O.

    \b
    tradegraph history --data-dir data-dir
    tradegraph history --data-dir data-dir --writer customs --from 2026-11-01
    tradegraph history --data-dir data-dir 14
    tradegraph history --data-dir data-dir --at 2026-11-20T17:00Z > then.nq
    """
    wanted = Filter(graph, writer, since, until)
    if at is not None:
        if number or wanted != Filter(graph):
            raise click.UsageError("--at goes with --graph and --format only.")
        _past(folder, at, graph, name)
        return
    if number is None:
        if (name or "table") not in _FORMS:
            raise click.UsageError(f"--format {name} is for --at; a history is one of: {', '.join(_FORMS)}.")
        _FORMS[name or "table"](folder, wanted)
        return
    if name or wanted != Filter():
        raise click.UsageError("NUMBER stands alone: one write is shown as an RDF Patch.")
    for line in patch(folder, one_write(folder, number)):
        click.echo(line, nl=False)


def _past(folder: DataFolder, at: Until, graph: str | None, name: str | None) -> None:
    offered, usual = (OF_ALL, "nq") if graph is None else (OF_ONE, "nt")
    form = format_named(name or usual)
    if form is None or form not in offered:
        raise click.UsageError(f"--format {name}: there are {', '.join(one.name for one in offered)}.")
    write_past(folder, at, form, sys.stdout.buffer, graph)
