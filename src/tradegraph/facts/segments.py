"""Proposes the passages of a letter: one per sentence, with section, unit, line, offsets and digest.

A proposal is made once per document version and then registered in `data/facts/passages.csv`; keys are never derived
again. What the proposal cannot see (a title without punctuation, a table) the curator mends in the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tradegraph.facts.source_text import SourceText, digest

_ABBREVIATIONS: Final = ("o.a.", "ca.", "resp.", "i.v.m.", "d.m.v.", "m.b.t.", "mln.", "jl.", "t.o.v.", "B.V.", "S.W.")
_SENTENCE_END: Final = re.compile(r"[.!?:][\"”’'\)\]]*(?=\s+[A-Z0-9‘'“\"(*\[€])")
_FOOTNOTE: Final = re.compile(r"\[footnoteRef:\d+\]|(?<=\])\s*\[\d+:")
_BULLET: Final = re.compile(r"^[·•▪-]\s")
_FIGURE: Final = re.compile(r"^Fig\s?\.?\s?(\d+)")
_UNITS: Final = {
    "heading": ("kop", "heading", "h"),
    "paragraph": ("par.", "para", "p"),
    "bullet": ("punt", "bullet", "b"),
    "figure": ("fig.", "fig.", "fig"),
    "footnote": ("voetnoot", "footnote", "fn"),
}
_BOX: Final = re.compile(r"Box \d+:")


@dataclass(frozen=True)
class Segment:
    """One proposed passage. `start` and `end` are code-point offsets in the normalised text, end excluded."""

    section: int
    title: str
    unit: str
    number: int
    sentence: int
    line: int
    start: int
    end: int
    digest: str

    def cells(self, version: str) -> tuple[str, ...]:
        """Return the cells of a row of `data/facts/passages.csv`; the paraphrases are left to the curator."""
        nl, en, short = _UNITS[self.unit]
        key = f"{version}-s{self.section}-{short}{self.number or ''}-{self.sentence}"
        where = f"{self.title}, " if self.title else ""
        return (
            key,
            version,
            f"{version}-s{self.section}",
            f"{where}{nl} {self.number}, zin {self.sentence} (regel {self.line})",
            f"{where}{en} {self.number}, sentence {self.sentence} (line {self.line})",
            str(self.line),
            str(self.start),
            str(self.end),
            self.digest,
            "",
            "",
            "",
        )


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of paragraphs: lines, joined where a page break cut a sentence in two."""
    start = end = -1
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        cut = (
            start >= 0 and text[end - 1] not in ".!?:)]”*" and (line[0].islower() or re.match(r"\d+ \w+ \d{4},", line))
        )
        if start >= 0 and not cut:
            yield start, end
        if not cut:
            start = match.start()
        end = match.end()
    if start >= 0:
        yield start, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences in a paragraph, footnotes split off."""
    cuts = {start, end}
    for match in _SENTENCE_END.finditer(text, start, end):
        before = text[start : match.end()]
        if match.group()[0] == ":" or before.endswith(_ABBREVIATIONS):
            continue
        cuts.add(match.end())
    for match in _FOOTNOTE.finditer(text, start, end):
        cuts.add(match.start())
    ordered = sorted(cuts)
    for low, high in pairwise(ordered):
        span = text[low:high]
        left = low + len(span) - len(span.lstrip())
        right = low + len(span.rstrip())
        if right > left and not re.fullmatch(r"\[footnoteRef:\d+\]", text[left:right]):
            yield left, right


def is_heading(block: str) -> bool:
    """Tell whether a paragraph looks like a section title: short, and without a full stop at its end."""
    return len(block) < 130 and block[-1] not in ".:]?!,;" and not _BULLET.match(block) and not _FIGURE.match(block)


def propose(source: SourceText) -> list[Segment]:
    """Return the proposed passages in reading order; sections are numbered from 0, the part before the first title."""
    text = source.text
    segments: list[Segment] = []
    section, title, counts = 0, "", {"paragraph": 0, "bullet": 0}
    for start, end in _blocks(text):
        block = text[start:end]
        if is_heading(block) or _BOX.search(block[:60]):
            section, title, counts = section + 1, block, {"paragraph": 0, "bullet": 0}
            segments.append(
                Segment(
                    section, title, "heading", 0, 1, source.line_of(start), start, end, digest(source.span(start, end))
                )
            )
            continue
        unit = "bullet" if _BULLET.match(block) else "figure" if _FIGURE.match(block) else "paragraph"
        figure = _FIGURE.match(block)
        if figure:
            number = int(figure.group(1))
        else:
            counts[unit] += 1
            number = counts[unit]
        for index, (low, high) in enumerate(_sentences(text, start, end), start=1):
            note = re.match(r"\[(\d+):", text[low:high])
            segments.append(
                Segment(
                    section,
                    title,
                    "footnote" if note else unit,
                    int(note.group(1)) if note else number,
                    index,
                    source.line_of(low),
                    low,
                    high,
                    digest(source.span(low, high)),
                )
            )
    return segments
