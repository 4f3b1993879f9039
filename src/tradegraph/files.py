"""Where the project's own files are: in a checkout at the top level, in an installed package beside the code."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tradegraph.errors import NotFound


@dataclass(frozen=True)
class Project:
    """A folder with `ontology/`, `data/`, `shapes/` and `queries/`: all that a release is made of."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Self:
        """Return the project at `root`; raises `NotFound` when one of its folders is missing."""
        missing = [name for name in ("ontology", "data", "shapes", "queries") if not (root / name).is_dir()]
        if missing:
            raise NotFound(f"{root}: no folder {', '.join(missing)} here. Name the folder of a tradegraph project.")
        return cls(root)

    @classmethod
    def own(cls) -> Self:
        """Return the project that this code belongs to: its checkout, or the copy that ships in the package."""
        package = Path(__file__).resolve().parent
        checkout = package.parent.parent
        return cls.at(checkout if (checkout / "data" / "csv-metadata.json").is_file() else package / "_project")

    @property
    def metadata(self) -> Path:
        """The CSVW metadata that describes every table."""
        return self.root / "data" / "csv-metadata.json"

    @property
    def ontology_files(self) -> list[Path]:
        """Turtle files of the ontology and its alignments, sorted."""
        folder = self.root / "ontology"
        return sorted([*folder.glob("*.ttl"), *(folder / "alignments").glob("*.ttl")])

    @property
    def vocabulary_files(self) -> list[Path]:
        """Turtle files of the SKOS concept schemes, sorted."""
        return sorted((self.root / "ontology" / "vocabularies").glob("*.ttl"))

    @property
    def shape_files(self) -> list[Path]:
        """Turtle files of the SHACL shapes, sorted."""
        return sorted((self.root / "shapes").glob("*.ttl"))

    def query_files(self, kind: str) -> list[Path]:
        """SPARQL files of one kind (`relations`, `questions`, `checks`), sorted by name."""
        return sorted((self.root / "queries" / kind).glob("*.rq"))

    def inputs(self) -> list[Path]:
        """Every file that a release is made of, sorted by path."""
        data = list((self.root / "data").rglob("*.csv"))
        rules = [*self.query_files("relations"), *self.query_files("checks")]
        return sorted([self.metadata, *data, *self.ontology_files, *self.vocabulary_files, *self.shape_files, *rules])

    def name(self, path: Path) -> str:
        """Return `path` as people name it: from the project's root, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
