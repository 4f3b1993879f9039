"""Facts as people keep them: CSV tables described by CSV on the Web metadata, read into checked rows."""

from tradegraph.facts.schema import Column, Schema, Table
from tradegraph.facts.tables import Facts, Row, read_facts

__all__ = ["Column", "Facts", "Row", "Schema", "Table", "read_facts"]
