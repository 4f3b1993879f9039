"""The quoter of a site whose operator has the documents: it finds the literal words of a passage."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tradegraph.explore.literal import LiteralTexts, State, marked
from tradegraph.explore.passages import Passage, SourceDocument
from tradegraph.web.notes import Quote

SOURCE_LANGUAGE = "nl"


@dataclass(frozen=True)
class LiteralQuotes:
    """Quotes from texts on disk; without them, none."""

    texts: LiteralTexts

    @classmethod
    def of_folder(cls, folder: str) -> Self:
        """Return the quoter for the setting `documents`: a folder, or an empty text where there is none."""
        return cls(LiteralTexts(Path(folder) if folder else None))

    def __call__(self, passage: Passage, stated: tuple[str, ...]) -> Quote | None:
        """Return the words of `passage` with the `stated` ones marked; None where the text cannot be shown."""
        text = self.texts.span(passage)
        return None if text is None else Quote(marked(text, stated), SOURCE_LANGUAGE)

    def state(self, document: SourceDocument) -> State:
        """Return whether the text of a document version can be shown, and if not, why."""
        return self.texts.state(document)
