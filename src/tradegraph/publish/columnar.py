"""The tables of a release as Parquet files, for DuckDB, Polars, pandas and R.

Needs the extra `tradegraph[parquet]`: arro3, the Arrow implementation in Rust with bindings of 12 MB, where pyarrow
takes 55.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tradegraph.errors import NotFound
from tradegraph.publish.sqlite_file import Cell, TableFile
from tradegraph.publish.tables import Table

if TYPE_CHECKING:
    from arro3.core import RecordBatch, Schema

ROWS_AT_A_TIME: Final = 8192
"""Rows per batch; no more are in memory at a time than make a row group."""


def available() -> bool:
    """Say whether the extra is installed."""
    return find_spec("arro3") is not None


def write_parquet(tables: TableFile, folder: Path) -> None:
    """Write one file per table; raises `NotFound` without the extra. An empty cell is null."""
    if not available():
        raise NotFound("Parquet needs a package that is not installed. Run: pip install 'tradegraph[parquet]'.")
    from arro3.core import DataType, Field, RecordBatchReader, Schema
    from arro3.io import write_parquet as write

    types = {"TEXT": DataType.string(), "INTEGER": DataType.int64(), "REAL": DataType.float64()}
    for table in tables.tables:
        schema = Schema([Field(column.name, types[column.type]) for column in table.columns])
        reader = RecordBatchReader.from_batches(schema, _batches(schema, tables, table))
        write(reader, folder / f"{table.name}.parquet", compression="zstd(3)", max_row_group_size=ROWS_AT_A_TIME)


def _batches(schema: "Schema", tables: TableFile, table: Table) -> "Iterator[RecordBatch]":
    from arro3.core import Array, RecordBatch

    for rows in _pieces(tables.rows(table)):
        columns = [list(column) for column in zip(*rows, strict=True)]
        arrays = [Array(column, schema.field(position).type) for position, column in enumerate(columns)]
        yield RecordBatch.from_arrays(arrays, schema=schema)


def _pieces(rows: Iterator[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    while piece := list(islice(rows, ROWS_AT_A_TIME)):
        yield piece
