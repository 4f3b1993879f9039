"""The tables and their columns, as `data/csv-metadata.json` describes them.

Implements the part of "Metadata Vocabulary for Tabular Data" (W3C Recommendation, 17 December 2015) that the project
uses: tables, columns, virtual columns, `aboutUrl`, `propertyUrl`, `valueUrl`, `datatype`, `lang`, `separator`,
`required`. The file itself is read and checked by the `csvw` library.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import csvw
from uritemplate import URITemplate
from uritemplate.variable import VariableValueDict

from tradegraph.errors import NotSound
from tradegraph.namespaces import DEF, PREFIXES

GRAPH_FROM: Final = DEF + "graphFrom"
"""Common property of a table: `registry` (things), `passages` (what they say), or `version` (a column names it)."""


@cache
def _template(template: str) -> URITemplate:
    return URITemplate(template)


def expand(template: str, variables: Mapping[str, str]) -> str:
    """Expand a URI template (RFC 6570) with the values of a row."""
    values: VariableValueDict = {**variables}
    return str(_template(template).expand(values))


@dataclass(frozen=True)
class Column:
    """One column. A virtual column has no cell; its value is its `value_url` for every row."""

    name: str
    about_url: str
    property_url: str | None
    value_url: str | None
    datatype: str
    lang: str | None
    separator: str | None
    required: bool
    virtual: bool
    csvw_column: csvw.Column

    def value_iri(self, values: dict[str, str]) -> str:
        """Expand the column's `valueUrl` (RFC 6570) with `values`. Raises `ValueError` for a column without one."""
        if self.value_url is None:
            raise ValueError(f"column {self.name} has no valueUrl")
        return expand(self.value_url, values)


@dataclass(frozen=True)
class Table:
    """One table: the path of its file under `data/`, its columns in file order (virtual ones last)."""

    path: str
    about_url: str
    graph_from: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        """Names of the columns that the file must have, in order."""
        return [column.name for column in self.columns if not column.virtual]

    def subject(self, values: dict[str, str]) -> str:
        """Return the IRI of the thing a row is about."""
        return expand(self.about_url, values)


@dataclass(frozen=True)
class Schema:
    """All tables, in the order of the metadata file."""

    tables: tuple[Table, ...]

    @classmethod
    def read(cls, path: Path) -> "Schema":
        """Read a CSVW table group; raises `NotSound` when it is not valid metadata."""
        try:
            group = csvw.TableGroup.from_file(path)
        except ValueError as error:
            raise NotSound(
                f"{path}: not valid CSVW metadata ({error}). See W3C tabular-metadata, section 5."
            ) from error
        return cls(tuple(_table(path, table) for table in group.tables))


def _table(path: Path, table: csvw.Table) -> Table:
    about, graph_from = table.tableSchema.aboutUrl, table.common_props.get(GRAPH_FROM)
    if about is None or graph_from not in ("version", "passages", "registry"):
        raise NotSound(f"{path}: table {table.url} lacks aboutUrl or {GRAPH_FROM}. Add them as the other tables have.")
    return Table(
        str(table.url), str(about), graph_from, tuple(_column(str(about), c) for c in table.tableSchema.columns)
    )


def _column(about: str, column: csvw.Column) -> Column:
    base = column.datatype.base if column.datatype else "string"
    return Column(
        name=column.name,
        about_url=str(column.aboutUrl or about),
        property_url=None if column.suppressOutput else str(column.propertyUrl),
        value_url=str(column.valueUrl) if column.valueUrl else None,
        datatype=PREFIXES["xsd"] + base,
        lang=column.lang if column.lang not in (None, "und") else None,
        separator=column.separator,
        required=bool(column.required),
        virtual=bool(column.virtual),
        csvw_column=column,
    )
