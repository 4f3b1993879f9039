"""Passages are offsets in a normalised text: the normalisation must not move lines, and must be stable."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tradegraph.facts.segments import propose
from tradegraph.facts.source_text import SourceText, normalise

LETTER = """\tInleiding


In 2025 gingen  tien missies. Daarvan ging er o.a. één naar Japan.[footnoteRef:1] [1: Zie bijlage.]

Een zin die door een
"""


def source(tmp_path: Path, text: str) -> SourceText:
    path = tmp_path / "letter.txt"
    path.write_text(text, encoding="utf-8")
    return SourceText.read(path)


@given(st.text())
def test_normalising_twice_changes_nothing(raw: str) -> None:
    assert normalise(normalise(raw)) == normalise(raw)


@given(st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]))))
def test_normalising_keeps_the_number_of_lines(lines: list[str]) -> None:
    assert normalise("\n".join(lines)).count("\n") == max(len(lines) - 1, 0)


def test_white_space_within_a_line_becomes_one_space() -> None:
    assert normalise("\ta \u00a0 b \r\nc") == "a b\nc"


def test_a_proposal_has_a_passage_per_sentence_and_footnote(tmp_path: Path) -> None:
    text = source(tmp_path, LETTER)
    spans = [text.span(segment.start, segment.end) for segment in propose(text)]
    assert spans == [
        "Inleiding",
        "In 2025 gingen tien missies.",
        "Daarvan ging er o.a. één naar Japan.",
        "[1: Zie bijlage.]",
        "Een zin die door een",
    ]


def test_a_proposal_knows_sections_units_and_lines(tmp_path: Path) -> None:
    text = source(tmp_path, LETTER)
    assert [(s.section, s.unit, s.number, s.sentence, s.line) for s in propose(text)][1:4] == [
        (1, "paragraph", 1, 1, 4),
        (1, "paragraph", 1, 2, 4),
        (1, "footnote", 1, 3, 4),
    ]


def test_a_sentence_cut_by_a_page_break_is_one_passage(tmp_path: Path) -> None:
    text = source(tmp_path, "Titel\n\nDe missie ging naar een\n\nland in Azië.\n")
    assert text.span(propose(text)[1].start, propose(text)[1].end) == "De missie ging naar een land in Azië."


def test_proposed_passages_do_not_overlap(tmp_path: Path) -> None:
    segments = propose(source(tmp_path, LETTER))
    assert all(before.end <= after.start for before, after in pairwise(segments))
