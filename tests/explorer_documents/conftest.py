"""The pages of documents, questions, passages and quality around the project's graph, asked without a network."""

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tradegraph.graph import Dataset
from tradegraph.namespaces import ID, PREFIXES
from tradegraph.store import Asker


@dataclass(frozen=True)
class Graph:
    """The same graph, asked directly: what the pages must agree with."""

    asker: Asker

    def values(self, text: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT as texts; the prefixes of the project are declared, keys stand for our own IRIs."""
        declared = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in PREFIXES.items())
        rows = self.asker.rows(declared + text)
        return [tuple(getattr(term, "value", "").removeprefix(ID) for term in row.terms) for row in rows]

    def keys(self, kind: str, pattern: str) -> list[str]:
        """The keys of what the pattern finds for ?s, sorted."""
        found = self.values(f"SELECT DISTINCT ?s {{ {pattern} }} ORDER BY ?s")
        return [key.removeprefix(f"{kind}/") for (key,) in found]

    def count(self, pattern: str) -> int:
        """The number of solutions of a pattern."""
        ((number,),) = self.values(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        return int(number)


@pytest.fixture(scope="session")
def graph(dataset: Dataset) -> Graph:
    return Graph(Asker(dataset.store))


@pytest.fixture
def made_up_text(tmp_path: Path) -> Path:
    """A folder with a file under the name of a document that was read, and another text in it."""
    (tmp_path / "expo-2025-letter.txt").write_text("Een heel andere brief.\n", encoding="utf-8")
    return tmp_path


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.headings = 0
        self.by_testid: dict[str, list[str]] = {}
        self._open: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.headings += tag == "h1"
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if "data-testid" in given:
            self._open.append(self.by_testid.setdefault(given["data-testid"], []))
            self._open[-1].append("")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._open and not self._open[-1][-1].strip():
            self._open[-1][-1] = data.strip()


@dataclass(frozen=True)
class Page:
    """A page as a reader has it: its text, headings of the first level, ids, links, and texts by test id."""

    status: int
    html: str
    text: str
    headings: int
    ids: tuple[str, ...]
    links: tuple[str, ...]
    by_testid: dict[str, list[str]]

    def count(self) -> int:
        """The number that the page says it has rows."""
        return int(self.by_testid["rowcount"][0].replace(".", "").replace(",", ""))


def read(visitor: FlaskClient, path: str) -> Page:
    """Ask for a page as a browser does."""
    answer = visitor.get(path, headers={"Accept": "text/html"})
    reader = _Reader()
    reader.feed(answer.text)
    text = " ".join(" ".join(reader.words).split())
    return Page(
        answer.status_code, answer.text, text, reader.headings, tuple(reader.ids), tuple(reader.links), reader.by_testid
    )


def problem(visitor: FlaskClient, path: str) -> tuple[int, str]:
    """Ask for what cannot be had, as a program does: the status, and what to do instead."""
    answer = visitor.get(path)
    return answer.status_code, str(json.loads(answer.data)["remedy"])
