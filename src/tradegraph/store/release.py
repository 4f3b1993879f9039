"""A release on disk: `dataset.nq` (N-Quads; our own are sorted, in named graphs only) and `release.json` about it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tradegraph.errors import NotFound, NotSound

DATASET_FILE: Final = "dataset.nq"
RELEASE_FILE: Final = "release.json"
SEARCH_FILE: Final = "search.sqlite"
STATISTICS_FILE: Final = "statistics.json"


@dataclass(frozen=True)
class Release:
    """What a release says of itself.

    `identifier` derives from the content of the dataset, whose SHA-256 is `sha256`; `inputs` from the files it was
    built from; `graphs` holds (graph IRI, number of quads), sorted by IRI. `union_default_graph` tells which graph a
    query without a dataset asks: the union of all graphs, or the default graph that the dataset has itself.
    """

    directory: Path
    identifier: str
    sha256: str
    inputs: str
    ontology_version: str
    quads: int
    graphs: tuple[tuple[str, int], ...]
    union_default_graph: bool = True

    @property
    def dataset(self) -> Path:
        """The file with all quads."""
        return self.directory / DATASET_FILE

    def description(self) -> bytes:
        """Return the content of `release.json`."""
        members = {
            "release": self.identifier,
            "sha256": self.sha256,
            "inputs": self.inputs,
            "ontology_version": self.ontology_version,
            "quads": self.quads,
            "graphs": dict(self.graphs),
            "union_default_graph": self.union_default_graph,
        }
        return json.dumps(members, indent=2, sort_keys=True).encode() + b"\n"

    @classmethod
    def read(cls, directory: Path) -> "Release":
        """Read the description of the release in `directory`; members other than ours are left alone.

        Raises NotFound when a file is missing, NotSound when the description is not what the build writes.
        """
        for name in (RELEASE_FILE, DATASET_FILE):
            if not (directory / name).is_file():
                raise NotFound(f"{directory / name}: there is no such file. Build a release first: tradegraph build.")
        path = directory / RELEASE_FILE
        try:
            described = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                directory=directory,
                identifier=str(described["release"]),
                sha256=str(described["sha256"]),
                inputs=str(described["inputs"]),
                ontology_version=str(described["ontology_version"]),
                quads=int(described["quads"]),
                graphs=tuple(sorted((str(iri), int(count)) for iri, count in described["graphs"].items())),
                # Releases written before there was a choice have everything in named graphs.
                union_default_graph=bool(described.get("union_default_graph", True)),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NotSound(
                f"{path}: is not the description of a release ({error}). Build the release again."
            ) from error
