"""`tradegraph explain`."""

import json
import re
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tradegraph.cli.options import project_option, releases_option
from tradegraph.errors import NotFound
from tradegraph.files import Project
from tradegraph.namespaces import PREFIXES
from tradegraph.release import ReleaseFolder
from tradegraph.sparql.doctor import Diagnosis, diagnose
from tradegraph.sparql.findings import number
from tradegraph.sparql.messages import COSTS, METHOD, REASONS, Bilingual
from tradegraph.sparql.statistics import Statistics

_HEADINGS: Final = {
    "cost": Bilingual("Cost", "Kosten"),
    "step": Bilingual("Step", "Stap"),
    "kind": Bilingual("Kind", "Soort"),
    "pattern": Bilingual("Pattern", "Patroon"),
    "rows": Bilingual("Rows after it", "Rijen erna"),
    "unreadable": Bilingual("The structure of this text cannot be read.", "De opbouw van deze tekst is niet te lezen."),
    "nothing": Bilingual("Nothing to remark.", "Geen opmerkingen."),
    "run": Bilingual("What is run:", "Wat wordt uitgevoerd:"),
}
_STYLES: Final = {"error": "bold red", "warning": "yellow", "note": "cyan"}


@click.command()
@click.argument("what", metavar="NUMBER|FILE|TEXT")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--lang", type=click.Choice(["en", "nl"]), default="en", show_default=True, help="Language of the table.")
@project_option
@releases_option
def explain(what: str, form: str, lang: str, project: Project, releases: ReleaseFolder) -> None:
    r"""Say what a query costs, why, and what would make it better, without running it.

    Rows are estimated from the counts of the current release. Prefixes of the project are declared for a text that
    declares none.

    \b
    tradegraph explain Q001
    tradegraph explain my-query.rq --lang nl
    tradegraph explain 'SELECT ?m { ?m a tg:Mission }' --format json
    """
    release = releases.current()
    statistics = Statistics.read(release.directory / "statistics.json")
    diagnosis = diagnose(_text(what, project), statistics)
    if form == "json":
        click.echo(json.dumps(diagnosis.to_json(), ensure_ascii=False, indent=2))
    else:
        _print(diagnosis, lang)


def _text(what: str, project: Project) -> str:
    """Find the query that is meant."""
    questions = project.query_files("questions")
    numbered = next((path for path in questions if what in (path.stem, path.stem.partition("-")[0])), None)
    if numbered is not None:
        return numbered.read_text(encoding="utf-8")
    if "{" not in what:
        path = Path(what)
        if not path.is_file():
            raise NotFound(
                f"{what}: no question has that number and no file that name. `docs/questions.md` lists them."
            )
        return path.read_text(encoding="utf-8")
    if re.search(r"\bPREFIX\b", what, re.IGNORECASE):
        return what
    # In one line, so that the lines of findings are those of the text but for one.
    return " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items()) + "\n" + what


def _print(diagnosis: Diagnosis, lang: str) -> None:
    console = Console()
    if diagnosis.cost is None:
        console.print(_in(_HEADINGS["unreadable"], lang))
    else:
        console.print(f"{_in(_HEADINGS['cost'], lang)}: {_in(COSTS[diagnosis.cost], lang)}")
        console.print(_steps(diagnosis, lang))
        console.print(_in(METHOD, lang), style="dim")
    for one in diagnosis.findings:
        place = f"{one.line}:{one.column}"
        line = Text.assemble(
            (f"{place} {one.severity} ", _STYLES[one.severity]), _in(one.sentence, lang), " ", _in(one.remedy, lang)
        )
        console.print(line)
    if diagnosis.readable and not diagnosis.findings:
        console.print(_in(_HEADINGS["nothing"], lang))
    for name in diagnosis.rewritten.names:
        console.print(Text(f"{name}: {_in(REASONS[name], lang)}"))
    if diagnosis.rewritten.names:
        console.print(_in(_HEADINGS["run"], lang))
        console.print(Text(diagnosis.rewritten.text))


def _steps(diagnosis: Diagnosis, lang: str) -> Table:
    table = Table(*(_in(_HEADINGS[name], lang) for name in ("step", "kind", "pattern")))
    table.add_column(_in(_HEADINGS["rows"], lang), justify="right")
    for position, step in enumerate(diagnosis.steps, start=1):
        table.add_row(str(position), step.kind, Text("  " * step.depth + step.text), number(step.rows))
    return table


def _in(words: Bilingual, lang: str) -> str:
    return words.nl if lang == "nl" else words.en
