"""How many things of each class and triples of each property a release holds, and what can be estimated from it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from tradegraph.errors import NotFound, NotSound
from tradegraph.namespaces import PREFIXES

RDF_TYPE: Final = PREFIXES["rdf"] + "type"

# Without counts of distinct values: most properties have one value per subject, and a value is shared by a few.
_SHARED_BY: Final = 4


@dataclass(frozen=True)
class Statistics:
    """Counts by IRI. `subjects` and `objects` hold the distinct ones of a property, where they were counted."""

    classes: Mapping[str, int]
    properties: Mapping[str, int]
    subjects: Mapping[str, int] = field(default_factory=dict)
    objects: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a release's `statistics.json`; raises NotFound, or NotSound when it is not what the build writes."""
        if not path.is_file():
            raise NotFound(f"{path}: there is no such file. Build a release first: tradegraph build.")
        try:
            members = json.loads(path.read_text(encoding="utf-8"))
            counts = [
                {str(iri): int(count) for iri, count in members.get(name, {}).items()}
                for name in ("classes", "properties", "subjects", "objects")
            ]
        except (ValueError, TypeError, AttributeError) as error:
            raise NotSound(f"{path}: these are no statistics ({error}). Build the release again.") from error
        return cls(*counts)

    @property
    def triples(self) -> int:
        """All triples, counted once for each graph that holds them."""
        return sum(self.properties.values())

    def size(self, property_iri: str | None) -> int:
        """Return the number of triples with this property, or of all when it is not known which."""
        return self.triples if property_iri is None else self.properties.get(property_iri, 0)

    def distinct_subjects(self, property_iri: str | None) -> int:
        """Return how many subjects have this property: counted, or as many as there are triples."""
        if property_iri is None:
            return max(1, self.properties.get(RDF_TYPE, self.triples))
        return max(1, self.subjects.get(property_iri, self.size(property_iri)))

    def distinct_objects(self, property_iri: str | None) -> int:
        """Return how many values this property has: counted, or a quarter of its triples."""
        if property_iri is None:
            return max(1, self.triples // _SHARED_BY)
        if property_iri == RDF_TYPE:
            return max(1, len(self.classes))
        return max(1, self.objects.get(property_iri, self.size(property_iri) // _SHARED_BY))
