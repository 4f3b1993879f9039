"""The literal words of passages, for an operator who has the documents: the project itself holds none of their text.

A document is used only when its normalised text has the digest that was recorded: offsets count in that text only.
"""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from tradegraph.explore.passages import Passage, SourceDocument
from tradegraph.facts.source_text import SourceText

State = Literal["none", "missing", "other", "unreadable", "read"]
"""Of a document's text: nothing was given, no such file, another text than was read, not text, or at hand."""

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is marked."""

# Between two letters of a stated form the text may have a hyphen and a space where a line broke inside a word.
_BREAK: Final = r"(?:-\s)?"
_SPACE: Final = r"\s+"


@dataclass
class LiteralTexts:
    """The texts in `folder` (None: there are none), read when first asked for. Safe to use from any thread."""

    folder: Path | None = None
    _read: dict[str, tuple[State, SourceText | None]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def state(self, document: SourceDocument) -> State:
        """Return whether the text of a document version can be shown, and if not, why."""
        return self._of(document)[0]

    def span(self, passage: Passage) -> str | None:
        """Return the words of a passage, line breaks as spaces; None where the text cannot be shown."""
        if passage.document is None or not 0 <= passage.start < passage.end:
            return None
        _, text = self._of(passage.document)
        return None if text is None else text.span(passage.start, passage.end) or None

    def _of(self, document: SourceDocument) -> tuple[State, SourceText | None]:
        if self.folder is None or not document.file_name:
            return "none", None
        with self._lock:
            if document.version not in self._read:
                self._read[document.version] = _open(self.folder, document)
            return self._read[document.version]


def _open(folder: Path, document: SourceDocument) -> tuple[State, SourceText | None]:
    # A name and no path: data does not choose where files are read.
    path = folder / Path(document.file_name).name
    if not path.is_file():
        return "missing", None
    try:
        text = SourceText.read(path)
    except (OSError, UnicodeDecodeError):
        return "unreadable", None
    return ("read", text) if text.text_digest == document.text_digest else ("other", None)


def marked(text: str, stated: Iterable[str]) -> Pieces:
    """Return `text` in pieces, with every occurrence of the `stated` forms marked.

    Case does not count, nor how much white space there is, nor a hyphen where a line broke. Overlapping occurrences
    are one mark.
    """
    inside = bytearray(len(text))
    for form in stated:
        pattern = _pattern(form)
        if pattern is None:
            continue
        for found in pattern.finditer(text):
            inside[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    pieces: list[tuple[str, bool]] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or inside[place] != inside[start]:
            pieces.append((text[start:place], bool(inside[start])))
            start = place
    return tuple(pieces)


def _pattern(form: str) -> re.Pattern[str] | None:
    words = form.split()
    if not words:
        return None
    spelt = _SPACE.join(_BREAK.join(map(re.escape, word)) for word in words)
    # Whole numbers and words: 1 is not marked in 15.
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    return re.compile(before + spelt + after, re.IGNORECASE)
