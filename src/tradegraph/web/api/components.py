"""What operations of a description have in common, said once: OpenAPI 3.1.0, section 4.8.7, Components Object."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

Described = Mapping[str, object]
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")


class Components:
    """Gives each thing that was seen more than once a name, and a reference in its place."""

    def __init__(self, section: str, seen: Iterable[Described]) -> None:
        self._section = section
        self._counts = Counter(map(_written, seen))
        self._names: dict[str, str] = {}
        self.found: dict[str, Described] = {}

    def shared(self, name: str, described: Described) -> Described:
        """Return a reference to what others have too, called `name` or like it; what stands alone as it is."""
        written = _written(described)
        if self._counts[written] < 2:
            return described
        if written not in self._names:
            key = name = _NO_NAME.sub("-", name)
            number = 2
            while key in self.found:
                key, number = f"{name}-{number}", number + 1
            self._names[written] = key
            self.found[key] = described
        return {"$ref": f"#/components/{self._section}/{self._names[written]}"}


def _written(described: Described) -> str:
    return json.dumps(described, sort_keys=True)
