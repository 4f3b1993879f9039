"""The examples of docs/search.md run on the release, and its tables are those of the code."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Store

from tradegraph.namespaces import PREFIXES, shrink
from tradegraph.search import Index, resolve
from tradegraph.search.blocks import DEFAULT_LIMIT, MOST_ANSWERS, TERMS
from tradegraph.search.gather import PROPERTIES
from tradegraph.sparql.scan import Bounds, scan
from tradegraph.store import Asker

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "search.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sparql\n(.+?)```", PAGE, re.DOTALL)
NO_TEXT = {"rdf:type", "tg:statedIn", "rdfs:subClassOf", "tg:frontDoor"}


def test_there_are_two_examples() -> None:
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize("text", EXAMPLES, ids=["raw-materials", "japan-or-kenya"])
def test_every_example_finds_something(text: str, release_dataset: Store, release_index: Index) -> None:
    resolved = resolve(text, release_index)
    scan(resolved, Bounds(depth=50, chain=100, graphs=1))
    assert len(list(Asker(release_dataset).rows(resolved))) >= 3


def test_the_page_lists_every_property_that_is_searched() -> None:
    listed = {name for line in PAGE.splitlines() if line.startswith(("| names", "| texts")) for name in
              re.findall(r"`(\w+:\w+)`", line)}  # fmt: skip
    assert listed == {shrink(iri) for iri in PROPERTIES} - NO_TEXT
    assert {name.partition(":")[0] for name in listed} <= set(PREFIXES)


def test_the_page_lists_every_term_of_a_block_and_its_limits() -> None:
    assert re.findall(r"(?m)^\| `tg:(\w+)` \|", PAGE) == list(TERMS)
    assert f"| 1 to {MOST_ANSWERS} | {DEFAULT_LIMIT} when left out |" in PAGE
