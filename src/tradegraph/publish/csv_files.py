"""The tables of a release as CSV files, with CSV on the Web metadata that says what each column means."""

import csv
import json
from pathlib import Path
from typing import Final

from tradegraph.namespaces import PREFIXES
from tradegraph.publish.sqlite_file import TableFile
from tradegraph.publish.tables import SEPARATOR, Column

METADATA: Final = "csv-metadata.json"
_DATATYPES: Final = {"TEXT": "string", "INTEGER": "integer", "REAL": "double"}
_SINGLE: Final = ("iri", "key")


def write_csv(tables: TableFile, folder: Path) -> None:
    """Write one file per table, UTF-8 with lines that end in a line feed, and their metadata; `folder` must exist."""
    for table in tables.tables:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(column.name for column in table.columns)
            writer.writerows(tables.rows(table))
    described = [
        {
            "url": f"{table.name}.csv",
            "dc:title": _both(table.title_nl, table.title_en),
            "tableSchema": {"primaryKey": ["iri"], "columns": [_described(column) for column in table.columns]},
        }
        for table in tables.tables
    ]
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:license": {"@id": "https://creativecommons.org/publicdomain/zero/1.0/"},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tables": described,
    }
    text = json.dumps(metadata, indent=1, ensure_ascii=False)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")


def _described(column: Column) -> dict[str, object]:
    """Return a column as the Metadata Vocabulary for Tabular Data has it (section 5.6)."""
    described: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": _both(column.title_nl, column.title_en),
        "datatype": _DATATYPES[column.type],
    }
    if column.holds == "value":
        described["propertyUrl"] = column.property
    elif column.holds == "label":
        # A label is of the thing of the row, or of a thing that it names: then it is no property of the row.
        described |= {} if column.property else {"propertyUrl": PREFIXES["rdfs"] + "label"}
        described |= {"suppressOutput": True} if column.property else {}
    if column.language:
        described["lang"] = column.language
    if column.type == "TEXT" and column.holds not in _SINGLE and not (column.holds == "label" and not column.property):
        described["separator"] = SEPARATOR
    return described


def _both(dutch: str, english: str) -> list[dict[str, str]]:
    return [{"@value": english, "@language": "en"}, {"@value": dutch, "@language": "nl"}]
