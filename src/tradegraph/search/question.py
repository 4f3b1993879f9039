"""What people type, read: words, "phrases" and prefix*; all of them must be there.

Whatever is typed is a question or none at all (`QueryRefused`): no character has a meaning to FTS5 left when it comes
there. Text between spaces that holds several words (*follow-up*, *36180-179*, *EU/VS*) is looked for as these words in
a row. `is_match` says of a text, without the index, where it answers a term; the index must agree with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from tradegraph.errors import QueryRefused
from tradegraph.search.words import Language, Word, stem, words

LONGEST: Final = 300
"""Characters of a question."""
MOST_WORDS: Final = 16

Form = Literal["word", "phrase", "prefix", "typing"]

# A quoted piece, or a run without spaces and quotes; a quote that is never closed is left over and means nothing.
_PIECE: Final = re.compile(r'"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+)')
_QUOTES: Final = str.maketrans("“”„«»", '"""""')
_STEMS: Final = "{label_stems name_stems text_stems name_parts text_parts}"
_NAME_STEMS: Final = "{label_stems name_stems name_parts}"
_WORDS: Final = "{label name text}"
_NAME_WORDS: Final = "{label name}"
_PREFIXED: Final = "{label name text name_parts text_parts}"
_NAME_PREFIXED: Final = "{label name name_parts}"


@dataclass(frozen=True)
class Term:
    """One thing to be found: folded `words` in a row.

    `word` stands for all words with the same stems, `phrase` for exactly these words, `prefix` for words of which the
    last may go on, and `typing` for the first or the third: a word that may not be finished yet.
    """

    words: tuple[str, ...]
    form: Form


def read(text: str, as_you_type: bool = False) -> tuple[Term, ...]:
    """Read what was typed; QueryRefused when it has no word, or too many."""
    if len(text) > LONGEST:
        raise QueryRefused(
            f"The words to search for take {len(text)} characters, and may take {LONGEST}.", "Give fewer words."
        )
    text = text.translate(_QUOTES)
    terms: list[Term] = []
    for piece in _PIECE.finditer(text):
        phrase, plain = piece["phrase"], piece["plain"]
        found = tuple(word.folded for word in words(phrase if plain is None else plain))
        if found and plain is None:
            terms.append(Term(found, "phrase"))
        elif found:
            terms.append(Term(found, "prefix" if plain.endswith("*") else "word"))
    if not terms:
        raise QueryRefused("There is no word to search for.", "Give one or more words, such as: japan missie.")
    if sum(len(term.words) for term in terms) > MOST_WORDS:
        raise QueryRefused(f"There are more than {MOST_WORDS} words to search for.", "Give fewer words.")
    # A space after the last word says that it is finished.
    if as_you_type and terms[-1].form == "word" and not text[-1:].isspace():
        terms[-1] = Term(terms[-1].words, "typing")
    return tuple(terms)


def expression(terms: Sequence[Term], language: Language, names_only: bool = False) -> str:
    """Return the FTS5 query for all `terms`, in names only or in all texts (https://www.sqlite.org/fts5.html, 3)."""
    return " AND ".join(f"({_alternatives(term, language, names_only)})" for term in terms)


def _alternatives(term: Term, language: Language, names_only: bool) -> str:
    # Folded words are letters and digits, so a quote can not end early.
    exact, stems = " ".join(term.words), " ".join(stem(word, language) for word in term.words)
    in_stems, in_words, in_prefixed = (
        (_NAME_STEMS, _NAME_WORDS, _NAME_PREFIXED) if names_only else (_STEMS, _WORDS, _PREFIXED)
    )
    found = []
    if term.form in ("word", "typing"):
        found.append(f'{in_stems} : "{stems}"')
        if len(term.words) > 1:
            found.append(f'{in_stems} : "{stem("".join(term.words), language)}"')
    if term.form in ("word", "phrase"):
        # Beside the stem, so that the very word counts for more than its relatives.
        found.append(f'{in_words} : "{exact}"')
    if term.form in ("prefix", "typing"):
        found.append(f'{in_prefixed} : "{exact}" *')
    return " OR ".join(found)


@dataclass(frozen=True)
class Matcher:
    """Says where a text in `language` answers terms; `parts` maps Dutch compounds to the stems of their parts."""

    terms: tuple[Term, ...]
    language: Language
    parts: dict[str, frozenset[str]]
    # Most words of a language are the same few: what was found out of a single one is remembered.
    _known: dict[tuple[int, str], bool] = field(default_factory=dict, repr=False, compare=False)

    def spans(self, text: str) -> list[tuple[int, int, int]]:
        """Return what is to be marked in `text`, in order: start, end, number of the term."""
        found = list(words(text))
        marks: set[tuple[int, int, int]] = set()
        for number, term in enumerate(self.terms):
            if len(term.words) == 1:
                marks.update(self._single(text, number, found))
            else:
                marks.update(self._row(number, found))
        return sorted(marks)

    def _single(self, text: str, number: int, found: list[Word]) -> Iterator[tuple[int, int, int]]:
        for word in found:
            if self._fits_one(number, word.folded):
                yield word.start, word.end, number
        if "-" in text and self.terms[number].form != "phrase":
            # A word that is written with a hyphen in the text and without it in the question.
            for left, right in pairwise(found):
                if text[left.end : right.start] == "-" and self._fits_one(number, left.folded + right.folded):
                    yield left.start, right.end, number

    def _fits_one(self, number: int, folded: str) -> bool:
        if (number, folded) not in self._known:
            self._known[number, folded] = self._fits(self.terms[number], [folded])
        return self._known[number, folded]

    def _row(self, number: int, found: list[Word]) -> Iterator[tuple[int, int, int]]:
        term = self.terms[number]
        many = len(term.words)
        for first in range(len(found) - many + 1):
            run = found[first : first + many]
            if self._fits(term, [word.folded for word in run]):
                yield run[0].start, run[-1].end, number
        if term.form in ("word", "typing"):
            # And the other way round: with a hyphen in the question, without it in the text.
            joined = stem("".join(term.words), self.language)
            for word in found:
                if stem(word.folded, self.language) == joined:
                    yield word.start, word.end, number

    def _fits(self, term: Term, run: list[str]) -> bool:
        if tuple(run) == term.words:
            return True
        parts = self.parts.get(run[0], frozenset()) if len(run) == 1 else frozenset()
        if term.form in ("prefix", "typing"):
            *before, begun = term.words
            if run[:-1] == before and any(one.startswith(begun) for one in (run[-1], *parts)):
                return True
        if term.form in ("word", "typing"):
            stems = [stem(word, self.language) for word in term.words]
            return stems == [stem(word, self.language) for word in run] or stems[0] in parts
        return False
