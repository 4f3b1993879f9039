"""The facts agree with the documents; and a row that does not agree is found."""

from pathlib import Path

import pytest

from small_project import SmallProject
from tradegraph.checks.sources import SourceReport, check_sources
from tradegraph.errors import NotFound
from tradegraph.facts import Facts, read_facts
from tradegraph.facts.source_text import NORMALISATION, SourceText, digest

TEXT = "Op 22 april 2025 kwamen 1,2 miljoen bezoekers naar Osaka. Hoogachtend."
SENTENCE = "Op 22 april 2025 kwamen 1,2 miljoen bezoekers naar Osaka."
OBSERVATION = {
    "key": "visitors",
    "label_nl": "bezoekers",
    "label_en": "visitors",
    "dataset": "exposition-statistics",
    "indicator": "visitors",
    "ref_thing": "event/expo",
    "value": "1200000",
    "unit": "number",
    "value_as_stated": "1,2 miljoen",
    "passages": "letter-p1",
}
EVENT = {
    "key": "expo",
    "class": "Event",
    "label_nl": "Expo",
    "label_en": "Expo",
    "event_date": "2025-04-22",
    "date_as_stated": "22 april 2025",
    "passages": "letter-p1",
}


@pytest.fixture
def letter(small: SmallProject, tmp_path: Path) -> SmallProject:
    """Register a one-line letter with two passages: a fact and a courtesy."""
    path = tmp_path / "letter.txt"
    path.write_text(TEXT, encoding="utf-8")
    source = SourceText.read(path)
    version = {
        "key": "letter",
        "label_nl": "brief",
        "label_en": "letter",
        "document": "letter",
        "file_name": "letter.txt",
    }
    digests = {"file_digest": source.file_digest, "text_digest": source.text_digest, "normalisation": NORMALISATION}
    small.add("document_versions.csv", {**version, **digests, "language": "nl"})
    passage(small, "letter-p1", 0, len(SENTENCE))
    passage(small, "letter-p2", len(SENTENCE) + 1, len(TEXT), no_fact="courtesy")
    return small


def passage(small: SmallProject, key: str, start: int, end: int, **cells: str) -> None:
    fixed = {"version": "letter", "section": "letter-s0", "locator_nl": "a", "locator_en": "a", "line": "1"}
    said = {"paraphrase_nl": "a", "paraphrase_en": "a", "digest": digest(TEXT[start:end])}
    small.add("facts/passages.csv", {"key": key, "start": str(start), "end": str(end), **fixed, **said, **cells})


def report(small: SmallProject, documents: Path) -> SourceReport:
    return check_sources(read_facts(small.project), documents)


def test_every_row_of_the_project_agrees_with_its_document(facts: Facts, documents: Path) -> None:
    found = check_sources(facts, documents)
    assert [str(finding) for finding in found.findings] == []
    assert found.values > 1000


def test_every_sentence_of_the_letters_is_cited_or_accounted_for(facts: Facts, documents: Path) -> None:
    for coverage in check_sources(facts, documents).coverage:
        uncovered = sum(len(stretch.text) for stretch in coverage.uncovered)
        assert coverage.cited + coverage.passed + uncovered >= coverage.total * 0.99
        assert uncovered < coverage.total * 0.01, coverage.uncovered


def test_a_row_that_agrees_is_sound(letter: SmallProject, tmp_path: Path) -> None:
    letter.add("facts/observations.csv", OBSERVATION)
    letter.add("facts/events.csv", EVENT)
    found = report(letter, tmp_path)
    assert found.sound
    assert (found.rows, found.values) == (2, 2)
    (coverage,) = found.coverage
    assert coverage.cited + coverage.passed == coverage.total


def test_a_stated_value_that_is_not_in_the_passage_is_found(letter: SmallProject, tmp_path: Path) -> None:
    letter.add("facts/observations.csv", {**OBSERVATION, "value_as_stated": "1,2 miljoen gasten"})
    (finding,) = report(letter, tmp_path).findings
    assert str(finding).startswith(
        "data/facts/observations.csv:2: value_as_stated: '1,2 miljoen gasten' does not occur"
    )


def test_a_value_that_the_stated_form_does_not_say_is_found(letter: SmallProject, tmp_path: Path) -> None:
    letter.add("facts/observations.csv", {**OBSERVATION, "value": "12000000"})
    (finding,) = report(letter, tmp_path).findings
    assert "'1,2 miljoen' does not say 12000000" in str(finding)


def test_a_date_that_differs_from_its_stated_form_is_found(letter: SmallProject, tmp_path: Path) -> None:
    letter.add("facts/events.csv", {**EVENT, "event_date": "2025-04-23"})
    (finding,) = report(letter, tmp_path).findings
    assert "fits none of the row's dates" in str(finding)


def test_a_sentence_that_no_row_cites_is_found(letter: SmallProject, tmp_path: Path) -> None:
    found = report(letter, tmp_path)
    assert ["states something that no row cites" in str(finding) for finding in found.findings] == [True]
    assert [stretch.text for stretch in found.coverage[0].uncovered] == [SENTENCE]


def test_a_passage_marked_without_fact_that_a_row_cites_is_found(letter: SmallProject, tmp_path: Path) -> None:
    letter.add("facts/events.csv", EVENT)
    letter.add("facts/venues.csv", {"key": "a", "label_nl": "a", "label_en": "a", "passages": "letter-p2"})
    (finding,) = report(letter, tmp_path).findings
    assert "marked as stating no fact" in str(finding)


def test_a_passage_whose_text_changed_is_found(letter: SmallProject, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(TEXT.replace("22", "23"), encoding="utf-8")
    letter.add("facts/venues.csv", {"key": "a", "label_nl": "a", "label_en": "a", "passages": "letter-p1"})
    texts = [str(finding) for finding in report(letter, tmp_path).findings]
    assert any("is not the file that was read" in text for text in texts)
    assert any("another text stands at 0" in text for text in texts)


def test_a_missing_document_is_named(letter: SmallProject, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").unlink()
    with pytest.raises(NotFound, match="this document is not there"):
        report(letter, tmp_path)
