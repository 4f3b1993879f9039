"""The server, the browser and the visits of `tests/browser`, and what each task took.

`TRADEGRAPH_TASKS=table.md pytest tests/usability/test_tasks.py` writes the table of `docs/usability.md`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.visit import Visiting
from usability.person import Effort, Person, Trying


@pytest.fixture(scope="session")
def efforts() -> Iterator[list[Effort]]:
    """What each task took; written as a table where TRADEGRAPH_TASKS names a file."""
    taken: list[Effort] = []
    yield taken
    target = os.environ.get("TRADEGRAPH_TASKS")
    if target:
        head = "| # | who | wants to | clicks | allowed | pages | s | kB |\n|--:|---|---|--:|--:|--:|--:|--:|\n"
        rows = (
            f"| {one.number} | {one.who} | {one.wish} | {one.clicks} | {one.limit} | {one.pages} | {one.seconds:.1f} "
            f"| {one.kilobytes} |\n"
            for one in taken
        )
        Path(target).write_text(head + "".join(rows), encoding="utf-8")


@pytest.fixture
def trying(visiting: Visiting, efforts: list[Effort]) -> Iterator[Trying]:
    """Makes people with a task; when the test is over they must have stayed within their clicks."""
    people: list[Person] = []

    def person(number: str, who: str, wish: str, clicks: int, scripts: bool = True, width: int = 1360) -> Person:
        made = Person(number, who, wish, clicks, visiting(scripts=scripts, width=width))
        people.append(made)
        return made

    yield person
    efforts.extend(one.finishes() for one in people)
