"""The text of a source document, normalised so that a passage is a pair of offsets and a digest.

The project does not contain the documents' text. What it keeps of a passage is where it stands in the *normalised*
text and the SHA-256 of what stands there, so that anybody who has the document can see and verify it.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

NORMALISATION: Final = "nfc-lines-1"
"""Name of the rule below, recorded with every document version: a changed rule gets a new name."""


def normalise(raw: str) -> str:
    """Return `raw` in Unicode form NFC, white space within a line folded to one space, lines stripped, ended by LF.

    The number of lines stays as it was, so a line number of the file is a line number of the normalised text.
    """
    lines = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def digest(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class SourceText:
    """One document version: the bytes' digest, and the normalised text that offsets count in (in code points)."""

    path: Path
    file_digest: str
    text: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a UTF-8 text file; raises `OSError` or `UnicodeDecodeError` when it cannot be read."""
        data = path.read_bytes()
        return cls(path, hashlib.sha256(data).hexdigest(), normalise(data.decode("utf-8-sig")))

    @property
    def text_digest(self) -> str:
        """Digest of the whole normalised text."""
        return digest(self.text)

    def span(self, start: int, end: int) -> str:
        """Return the text of the half-open span `[start, end)`, line breaks as single spaces."""
        return " ".join(self.text[start:end].split())

    def line_of(self, offset: int) -> int:
        """Return the 1-based line in which `offset` stands."""
        return self.text.count("\n", 0, offset) + 1
