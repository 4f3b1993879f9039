"""Stored queries: a SPARQL file whose leading comments say what it asks, in both languages, and what a row is.

```
# title: Missions by country
# en: Which missions went to a country?
# nl: Welke missies gingen naar een land?
# row: one mission, with label and date
# parameter: country iri https://w3id.org/tradegraph/id/territory/jpn
PREFIX …
SELECT …
```

A parameter is a variable of the query; the value after its type is the default with which the file runs as it is.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tradegraph.errors import Finding, NotSound

_LINE: Final = re.compile(r"#\s*(title|en|nl|row|parameter):\s*(.+?)\s*$")
PARAMETER_TYPES: Final = ("iri", "string", "integer", "date", "year")


@dataclass(frozen=True)
class Parameter:
    """A variable that the caller may bind: its name without `?`, its type, and its default as text."""

    name: str
    type: str
    default: str


@dataclass(frozen=True)
class StoredQuery:
    """A query file: `name` is the file's name without suffix, `text` the whole file."""

    name: str
    title: str
    question_en: str
    question_nl: str
    row: str
    parameters: tuple[Parameter, ...]
    text: str

    @classmethod
    def read(cls, path: Path) -> "StoredQuery":
        """Read a query file; raises `NotSound` when its header misses a line or has a malformed parameter."""
        text = path.read_text(encoding="utf-8")
        header: dict[str, str] = {}
        parameters: list[Parameter] = []
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.startswith("#"):
                break
            match = _LINE.match(line)
            if match and match.group(1) == "parameter":
                parts = match.group(2).split(maxsplit=2)
                if len(parts) != 3 or parts[1] not in PARAMETER_TYPES:
                    what = f"parameter line needs a name, a type and a default, not {match.group(2)!r}."
                    raise NotSound(str(Finding(f"{path}:{number}", what, f"Types are {', '.join(PARAMETER_TYPES)}.")))
                parameters.append(Parameter(*parts))
            elif match:
                header[match.group(1)] = match.group(2)
        missing = [key for key in ("title", "en", "nl", "row") if key not in header]
        if missing:
            what = f"the header has no line for {', '.join(missing)}."
            raise NotSound(
                str(Finding(f"{path}:1", what, "Begin the file with `# title:`, `# en:`, `# nl:`, `# row:`."))
            )
        return cls(path.stem, header["title"], header["en"], header["nl"], header["row"], tuple(parameters), text)
