"""A project with empty tables, for tests that break one thing."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tradegraph.files import Project


@dataclass(frozen=True)
class SmallProject:
    """The real ontology and metadata with empty tables, to which a test adds rows."""

    project: Project

    def path(self, table: str) -> Path:
        return self.project.root / "data" / table

    def add(self, table: str, cells: Mapping[str, str]) -> None:
        """Append a row; cells that are not named stay empty."""
        path = self.path(table)
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(cells) <= set(header), set(cells) - set(header)
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow([cells.get(name, "") for name in header])

    def text(self, table: str, text: str) -> None:
        """Replace what a table's file holds after its header."""
        path = self.path(table)
        header = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(f"{header}\n{text}", encoding="utf-8")
