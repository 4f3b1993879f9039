"""`tradegraph query`."""

import csv
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from pyoxigraph import Literal, NamedNode
from rich.console import Console
from rich.table import Table

from tradegraph.cli.options import project_option, releases_option
from tradegraph.errors import NotFound, QueryRefused
from tradegraph.files import Project
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.queries import Parameter, StoredQuery
from tradegraph.release import ReleaseFolder
from tradegraph.store import Asker, Row
from tradegraph.store.ask import as_text

_DATATYPES = {"integer": "integer", "date": "date", "year": "gYear"}


@click.command()
@click.argument("what", metavar="NUMBER|FILE|TEXT")
@click.argument("parameters", metavar="[NAME=VALUE]...", nargs=-1)
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@project_option
@releases_option
def query(what: str, parameters: tuple[str, ...], form: str, project: Project, releases: ReleaseFolder) -> None:
    r"""Answer a numbered question, a query file or a query text from the current release.

    A numbered question may take parameters; without them it runs with its defaults. An IRI parameter may be written
    kind/key. Prefixes of the project are declared for a text that declares none.

    \b
    tradegraph query Q001
    tradegraph query Q001 --format csv
    tradegraph query my-query.rq --format json
    tradegraph query 'SELECT ?m { ?m a tg:EconomicMission }'
    """
    text, declared = _text(what, project)
    bound = _bind(declared, parameters)
    rows = list(Asker.open(releases.current().dataset).rows(text, bound))
    _PRINTERS[form](rows)


def _text(what: str, project: Project) -> tuple[str, tuple[Parameter, ...]]:
    """Find the query that is meant, and the parameters it declares."""
    numbered = next((path for path in project.query_files("questions") if what in (path.stem, _number(path))), None)
    if numbered is not None:
        stored = StoredQuery.read(numbered)
        return stored.text, stored.parameters
    if "{" not in what:
        path = Path(what)
        if not path.is_file():
            raise NotFound(
                f"{what}: no question has that number and no file that name. `docs/questions.md` lists them."
            )
        return path.read_text(encoding="utf-8"), ()
    if re.search(r"\bPREFIX\b", what, re.IGNORECASE):
        return what, ()
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + what, ()


def _number(path: Path) -> str:
    """Return the number with which a question file's name begins: `Q001` of `Q001-letter-reference.rq`."""
    return path.stem.partition("-")[0]


def _bind(declared: tuple[Parameter, ...], given: Iterable[str]) -> dict[str, NamedNode | Literal]:
    """Turn NAME=VALUE into terms of the declared types, defaults filled in."""
    values = {parameter.name: parameter.default for parameter in declared}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or name not in values:
            known = ", ".join(sorted(values)) or "none"
            raise QueryRefused(
                f"'{pair}' is no parameter of this query.", f"Write NAME=VALUE; its parameters: {known}."
            )
        values[name] = value
    return {parameter.name: _term(parameter, values[parameter.name]) for parameter in declared}


def _term(parameter: Parameter, value: str) -> NamedNode | Literal:
    if parameter.type == "iri":
        return NamedNode(value if "://" in value else ID + value)
    if parameter.type in _DATATYPES:
        return Literal(value, datatype=NamedNode(PREFIXES["xsd"] + _DATATYPES[parameter.type]))
    return Literal(value)


def _print_table(rows: list[Row]) -> None:
    table = Table(*(rows[0].names if rows else ()))
    for row in rows:
        table.add_row(*row.texts())
    console = Console()
    if rows:
        console.print(table)
    console.print(f"{len(rows)} rows")


def _print_csv(rows: list[Row]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if rows:
        writer.writerow(rows[0].names)
    writer.writerows(row.texts() for row in rows)


def _print_json(rows: list[Row]) -> None:
    objects = [{name: as_text(term) for name, term in zip(row.names, row.terms, strict=True)} for row in rows]
    click.echo(json.dumps(objects, ensure_ascii=False, indent=2))


_PRINTERS = {"table": _print_table, "csv": _print_csv, "json": _print_json}
