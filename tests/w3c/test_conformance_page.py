"""`docs/conformance.md` says what the suites say: its tables are those of this package, number for number.

A case that does not do what the tables say fails elsewhere; so when all tests pass, the page is true.
"""

import re
from pathlib import Path
from typing import Final

import pytest

from w3c.deviations import BY_VALUE, DEVIATIONS, RDF_DEVIATIONS, REASON, Deviation
from w3c.suites import SUITES, Suite, suite_of

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")


def row_of(suite: Suite) -> str:
    otherwise = sum(suite_of(name) == suite for name in REASON)
    by_value = sum(suite_of(name) == suite for name in BY_VALUE.cases)
    as_expected = suite.cases - by_value - otherwise
    return f"| {suite.title} | {suite.cases} | {as_expected} | {by_value} | {otherwise} |"


def rows_of(deviation: Deviation) -> str:
    names = ", ".join(f"`{name}`" for name in deviation.cases)
    return f"| {deviation.reason} | {names} | {deviation.link} |"


def table(heading: str) -> list[str]:
    """Return the rows of the table under a heading, without its own two lines."""
    [section] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    return [line for line in section.splitlines() if line.startswith("| ")][1:]


def named_tests() -> list[tuple[str, str]]:
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


def test_the_table_of_suites_holds_their_numbers() -> None:
    assert table("Suites") == [row_of(suite) for suite in SUITES]


def test_the_table_of_deviations_is_complete() -> None:
    assert table("Known deviations") == [rows_of(one) for one in (*DEVIATIONS, *RDF_DEVIATIONS)]


def test_the_cases_equal_by_value_are_listed() -> None:
    assert table("Equal by value") == [rows_of(BY_VALUE)]


@pytest.mark.parametrize(("path", "name"), named_tests())
def test_a_test_that_the_page_names_exists(path: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_the_page_names_tests_for_the_clauses_of_the_protocol() -> None:
    assert len(set(named_tests())) >= 20
