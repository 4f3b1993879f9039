"""`tradegraph passages`."""

import csv
import sys
from pathlib import Path

import click

from tradegraph.facts.segments import propose
from tradegraph.facts.source_text import SourceText


@click.command()
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--version", "version", required=True, help="Key of the document version the passages belong to.")
def passages(document: Path, version: str) -> None:
    r"""Propose the passages of a new document, one per sentence, as rows for data/facts/passages.csv.

    Paraphrases are left empty for the curator; keys are registered once and never derived again.

    \b
    tradegraph passages ../documents/letter.txt --version letter-2027 > proposal.csv
    """
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for segment in propose(SourceText.read(document)):
        writer.writerow(segment.cells(version))
