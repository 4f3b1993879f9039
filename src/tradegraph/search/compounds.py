"""Dutch writes compounds as one word: *handelsmissie* is to be found by *missie* too.

The words of the release itself say what the parts are: a word is a compound when it falls apart into words that occur
on their own, with or without a linking *s*, *e* or *en* (Algemene Nederlandse Spraakkunst, section 12.3.2).
"""

from collections.abc import Iterator, Set
from typing import Final

from tradegraph.search.words import stem, words

_SHORTEST_PART: Final = 4
_LONGEST_COMPOUND: Final = 40
_LINKS: Final = ("", "s", "en", "e")
# Before a verb these make another verb, or a word of its own: *onderhandelen* has to do with neither part.
_NO_PARTS: Final = frozenset(
    {
        *("daar", "door", "naar", "onder", "over", "samen", "tegen", "terug"),
        *("toen", "vast", "voor", "voort", "waar", "zich", "zelf"),
    }
)


def possible_parts(text: str) -> Iterator[str]:
    """Yield the words of a Dutch text, folded, that may be parts of others."""
    for word in words(text):
        if len(word.folded) >= _SHORTEST_PART and word.folded.isalpha():
            yield word.folded


def may_be_compound(word: str) -> bool:
    """Say whether a folded word is one that may fall apart, whatever the vocabulary."""
    return 2 * _SHORTEST_PART <= len(word) <= _LONGEST_COMPOUND and word.isalpha()


class Compounds:
    """Takes words apart; `vocabulary` holds the folded words that may be a part."""

    def __init__(self, vocabulary: Set[str]) -> None:
        self._vocabulary = vocabulary - _NO_PARTS
        self._known: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the stems of the parts of a folded word in order, with longer parts that are words; () for none."""
        if not may_be_compound(word):
            return ()
        if word not in self._known:
            self._known[word] = self._take_apart(word)
        return self._known[word]

    def _take_apart(self, word: str) -> tuple[str, ...]:
        # The longest last part goes first: it is the head, which says what kind of thing the compound is.
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            tail = word[cut:]
            if tail not in self._vocabulary:
                continue
            head = self._head(word[:cut])
            if head is not None:
                found = [stem(head, "nl"), *self.parts(head), stem(tail, "nl"), *self.parts(tail)]
                return tuple(dict.fromkeys(found))
        return ()

    def _head(self, text: str) -> str | None:
        """Return the word that stands before the head of a compound, without its link; None when it is no word."""
        for link in _LINKS:
            head = text.removesuffix(link) if link else text
            if len(head) >= _SHORTEST_PART and (link == "" or head != text):
                if head in self._vocabulary:
                    return head
                if self.parts(head):
                    return head
        return None
