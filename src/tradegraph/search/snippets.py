"""The piece of a text to show for a hit, and what to mark in it."""

from dataclasses import dataclass
from typing import Final

from tradegraph.search.question import Matcher

WIDTH: Final = 200
"""Characters of a snippet, the marks of omission not counted."""
_LEAD: Final = 60
"""Characters shown before the first match."""
_OMITTED: Final = "…"


@dataclass(frozen=True)
class Snippet:
    """A line of text; `spans` are the matching words in it, in order: start and end (not included), in characters."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def pieces(self) -> list[tuple[str, bool]]:
        """Return the text in pieces, each with whether it matches; together they are the text."""
        found, at = [], 0
        for start, end in self.spans:
            found += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [piece for piece in [*found, (self.text[at:], False)] if piece[0]]


def snippet(texts: list[str], matcher: Matcher) -> Snippet:
    """Return the best place of `texts`, which are in the order of preference: where most different terms are found."""
    best_text, best_spans, most = (texts or [""])[0], list[tuple[int, int, int]](), 0
    for text in texts:
        spans = matcher.spans(text)
        terms = len({number for _, _, number in spans})
        if terms > most:
            best_text, best_spans, most = text, spans, terms
        if most == len(matcher.terms):
            break
    return _cut(best_text, _merged(best_spans))


def _merged(spans: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end, _ in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _cut(text: str, spans: list[tuple[int, int]]) -> Snippet:
    """Cut `text` to the width, between words where there are any, around the first match."""
    if len(text) <= WIDTH:
        return Snippet(text, tuple(spans))
    first = spans[0][0] if spans else 0
    start = max(0, min(first - _LEAD, len(text) - WIDTH))
    if start:
        space = text.find(" ", start, first)
        start = start if space < 0 else space + 1
    end = min(len(text), start + WIDTH)
    if end < len(text):
        space = text.rfind(" ", first, end)
        end = end if space <= first else space
    before, after = _OMITTED if start else "", _OMITTED if end < len(text) else ""
    moved = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
    shift = len(before) - start
    return Snippet(before + text[start:end] + after, tuple((a + shift, b + shift) for a, b in moved))
