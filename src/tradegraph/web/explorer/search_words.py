"""What else might have been meant: words that the release has, fewer words, and what is stated to be absent."""

import difflib
from collections import Counter
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from tradegraph.languages import Language
from tradegraph.search import Hit, SearchIndex
from tradegraph.search.words import words
from tradegraph.web.revision import Kept
from tradegraph.web.site import Site

MOST_ABSENT: Final = 3
_ABSENT: Final = ("AbsenceStatement", "NonDisclosure")
_LOOKED_AT: Final = 100
_SHORTEST: Final = 4
_MOST_WORDS: Final = 8
_CLOSE: Final = 0.75


@dataclass(frozen=True)
class Broader:
    """A question with fewer words, and how many things it finds."""

    text: str
    count: int


@dataclass
class Spelling:
    """The words of all names, read once and kept until something is written."""

    site: Site

    def __post_init__(self) -> None:
        self._words: Kept[dict[str, str]] = Kept(self.site.endpoint.revision)

    def suggest(self, index: SearchIndex, text: str, language: Language) -> str:
        """Return `text` with each word that is found nowhere made one that is; empty when nothing is better."""
        changed = False
        pieces = []
        for piece in text.split():
            found = [word.folded for word in words(piece)]
            if len(found) != 1 or len(found[0]) < _SHORTEST or index.find(piece, None, (), 1):
                pieces.append(piece)
                continue
            close = difflib.get_close_matches(found[0], self._known(), n=1, cutoff=_CLOSE)
            pieces.append(self._known()[close[0]] if close else piece)
            changed = changed or bool(close)
        better = " ".join(pieces)
        return better if changed and (index.find(better, language, (), 1) or index.find(better, None, (), 1)) else ""

    def _known(self) -> dict[str, str]:
        return self._words.of("", self._read)

    def _read(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self.site.panel("list_names").rows:
            name = row["name"]
            if isinstance(name, ox.Literal):
                for word in words(name.value):
                    if len(word.folded) >= _SHORTEST:
                        found.setdefault(word.folded, name.value[word.start : word.end].lower())
        return found


def broader(index: SearchIndex, text: str) -> list[Broader]:
    """Return questions with one word less, or of one word, that find something: the most words first."""
    pieces = text.split()[:_MOST_WORDS]
    if len(pieces) < 2:
        return []
    less = [" ".join(pieces[:position] + pieces[position + 1 :]) for position in range(len(pieces))]
    single = sorted(set(pieces), key=lambda piece: (-len(piece), piece))
    asked = [one for one in dict.fromkeys([*less, *single]) if any(True for _ in words(one))]
    found = [Broader(one, len(index.find(one, None, (), _LOOKED_AT))) for one in asked]
    return [one for one in found if one.count][:3]


def absent(index: SearchIndex, text: str) -> tuple[Hit, ...]:
    """Return statements that something is absent or not disclosed that fit the words: all of them, else most."""
    kinds = [kind for kind in _ABSENT if kind in index.kinds]
    if not kinds:
        return ()
    if whole := index.find(text, None, kinds, MOST_ABSENT):
        return whole
    asked = list(dict.fromkeys(word.folded for word in words(text) if len(word.folded) >= _SHORTEST))[:_MOST_WORDS]
    if len(asked) < 2:
        return ()
    hits: dict[str, Hit] = {}
    fitting: Counter[str] = Counter()
    for word in asked:
        # The start of a word too: financieel and financiële have different stems.
        for hit in index.find(word[: max(_SHORTEST, len(word) - 3)] + "*", None, kinds, _LOOKED_AT):
            hits.setdefault(hit.iri, hit)
            fitting[hit.iri] += 1
    needed = max(2, len(asked) - 1)
    best = [iri for iri, count in sorted(fitting.items(), key=lambda one: (-one[1], one[0])) if count >= needed]
    return tuple(hits[iri] for iri in best[:MOST_ABSENT])
