"""The languages of the project, and texts in both of them."""

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")


@dataclass(frozen=True)
class Words:
    """One text in both languages; empty where there is none."""

    nl: str = ""
    en: str = ""

    def in_(self, language: Language) -> str:
        """Return the text in `language`, else in the other one."""
        return (self.nl or self.en) if language == "nl" else (self.en or self.nl)
