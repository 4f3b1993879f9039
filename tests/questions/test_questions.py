"""The stored questions, asked of the release: each gives the answer that a reader of the documents would give."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Store

from questions.answers import empty, first_row, listed
from tradegraph.files import Project
from tradegraph.namespaces import DEF
from tradegraph.queries import Parameter, StoredQuery
from tradegraph.store import Asker, Row

ROOT = Path(__file__).resolve().parent.parent.parent
EXPECTED = ROOT / "tests" / "expected"
SAMPLE = ROOT.parent / "shared" / "questions" / "sample.jsonl"
QUESTIONS = Project.at(ROOT).query_files("questions")

SAID_OTHERWISE = {
    "A150": "richten zich niet tot staten",
    "B083": "bij gezamenlijke militaire productie toetst de partij waar de eindproducent gevestigd is",
    "B150": "Zo’n lijst bestaat niet",
    "B162": "hanteert de NFIA niet (meer)",
}
"""Answers of the key that are sentences of the document: our rows say them in our words, which stand here by number."""

each_question = pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)


@dataclass(frozen=True)
class Expected:
    """The rows that a question gives, as people read them, and the number of the question in the answer key."""

    number: str
    rows: list[list[str]]

    @classmethod
    def of(cls, path: Path) -> "Expected":
        """Read what is expected of a question file."""
        found = json.loads((EXPECTED / f"{path.stem}.json").read_text(encoding="utf-8"))
        return cls(found["id"], found["rows"])


@pytest.fixture(scope="module")
def asker(release_dataset: Store) -> Asker:
    return Asker(release_dataset)


@pytest.fixture(scope="module")
def key() -> dict[str, dict[str, Any]]:
    """The answer key, by number."""
    if not SAMPLE.is_file():
        pytest.skip("the answer key is not at hand")
    entries = map(json.loads, SAMPLE.read_text(encoding="utf-8").splitlines())
    return {entry["id"]: entry for entry in entries}


def default(parameter: Parameter) -> NamedNode | Literal:
    """Return the default of a parameter as a term; the questions so far ask for things, none for a text."""
    assert parameter.type == "iri", parameter
    return NamedNode(parameter.default)


def ask(asker: Asker, path: Path) -> list[Row]:
    """Ask a question with its defaults."""
    stored = StoredQuery.read(path)
    return list(asker.rows(stored.text, {parameter.name: default(parameter) for parameter in stored.parameters}))


@each_question
def test_a_question_gives_the_expected_rows_in_order(asker: Asker, path: Path) -> None:
    assert [list(row.texts()) for row in ask(asker, path)] == Expected.of(path).rows


@each_question
def test_the_rows_contain_every_answer_of_the_key(asker: Asker, key: dict[str, dict[str, Any]], path: Path) -> None:
    entry = key[Expected.of(path).number]
    rows = [row.texts() for row in ask(asker, path)]
    found = {answer: first_row(rows, answer) for answer in entry["answer"]}
    missing = [answer for answer, position in found.items() if position is None]
    missing = [answer for answer in missing if not listed(rows, answer) and not empty(rows, answer)]
    otherwise = SAID_OTHERWISE.get(entry["id"])
    if otherwise is None:
        assert missing == []
    else:
        assert len(missing) == 1
        assert any(otherwise in text for row in rows for text in row)
    if entry["answer_type"] == "ranking":
        ranks = [position for position in found.values() if position is not None]
        assert ranks == sorted(set(ranks)), "ranked otherwise than the key"


@each_question
def test_every_row_leads_to_a_passage(asker: Asker, release_dataset: Store, path: Path) -> None:
    locators = {quad.object for quad in release_dataset.quads_for_pattern(None, NamedNode(DEF + "locator"), None, None)}
    rows = ask(asker, path)
    assert rows
    assert [row.texts() for row in rows if row["passage"] not in locators] == []


@each_question
def test_a_question_without_its_defaults_gives_at_least_the_same_rows(asker: Asker, path: Path) -> None:
    wider = {row.texts() for row in asker.rows(StoredQuery.read(path).text)}
    assert {row.texts() for row in ask(asker, path)} <= wider


@each_question
def test_a_question_names_things_and_never_the_evidence_of_its_answer(path: Path) -> None:
    evidence = re.compile(r"(?:<|/id/)(?:statement|observation|participation|mention|passage|status-period)/")
    assert evidence.findall(path.read_text(encoding="utf-8")) == []


def test_the_143_questions_are_numbered_from_one() -> None:
    assert [path.stem[:5] for path in QUESTIONS] == [f"Q{number:03d}-" for number in range(1, 144)]


def test_every_question_has_an_expected_answer_and_every_expected_answer_a_question() -> None:
    assert {path.stem for path in QUESTIONS} == {path.stem for path in EXPECTED.glob("*.json")}


def test_no_two_questions_answer_the_same_number_of_the_key() -> None:
    numbers = [Expected.of(path).number for path in QUESTIONS]
    assert len(numbers) == len(set(numbers))


def test_the_questions_are_those_of_the_key_letters_first(key: dict[str, dict[str, Any]]) -> None:
    wanted = sorted(key, key=lambda number: key[number]["doc"] == "002")
    assert [Expected.of(path).number for path in QUESTIONS] == wanted
