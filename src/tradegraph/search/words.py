"""Text to words: where each stands, how it is folded, what its stem is.

A word is a run of letters and digits; everything else separates. Folding takes away capitals and diacritics (NFKD,
without marks), so that *Belgie* finds *België*; stems (Snowball, `dutch` and `english`) let *missies* find *missie*.
A stem is always that of the folded form: words that fold alike have the same stem.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import snowballstemmer

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")

_STEMMERS: Final[dict[Language, str]] = {"nl": "dutch", "en": "english"}
# Letters, digits, and the combining marks that a decomposed letter brings.
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
# Letters that Unicode does not take apart.
_UNDIVIDED: Final = str.maketrans(
    {"æ": "ae", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "þ": "th"}
)
_LONGEST: Final = 80
"""Characters of a word that count; longer ones are no words, and FTS5 has a limit of its own."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its folded form and its span in characters, `start` included and `end` not."""

    folded: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order."""
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        if folded:
            yield Word(folded, match.start(), match.end())


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return `word` without capitals and diacritics; empty when nothing of a word is left."""
    apart = unicodedata.normalize("NFKD", word.casefold()).casefold().translate(_UNDIVIDED)
    return "".join(character for character in apart if character.isalnum())[:_LONGEST]


@lru_cache(maxsize=100_000)
def stem(folded: str, language: Language) -> str:
    """Return the stem of a folded word; the word itself when the rules would leave nothing."""
    # A stemmer keeps the word it works on in itself: one for each call is what threads can share.
    stemmer = snowballstemmer.stemmer(_STEMMERS[language])
    return str(stemmer.stemWord(folded)) or folded
