"""`tradegraph check-sources`."""

import sys
from pathlib import Path

import click

from tradegraph.checks.sources import check_sources as compare
from tradegraph.cli.options import documents_option, project_option
from tradegraph.facts import read_facts
from tradegraph.files import Project


@click.command("check-sources")
@project_option
@documents_option(required=True)
@click.option("--uncovered/--no-uncovered", default=True, show_default=True, help="List the text that no row cites.")
def check_sources(project: Project, documents: Path, uncovered: bool) -> None:
    r"""Hold every row against the documents: locators, digests, stated values, numbers, dates; report coverage.

    \b
    tradegraph check-sources --documents ../shared/sources
    """
    report = compare(read_facts(project), documents)
    for finding in report.findings:
        click.echo(str(finding))
    for part in report.coverage:
        share = 100 * part.cited / part.total
        click.echo(
            f"{part.version}: {share:.1f} % of {part.total} characters in passages that rows cite, "
            f"{100 * part.passed / part.total:.1f} % in passages without a fact, "
            f"{len(part.uncovered)} stretches uncovered"
        )
        if uncovered:
            for stretch in part.uncovered:
                click.echo(f"    line {stretch.line}: {stretch.text}")
    click.echo(f"{report.rows} rows, {report.values} stated values compared, {len(report.findings)} findings")
    sys.exit(0 if report.sound else 1)
