"""Measures full-text search: building the index, and finding in it, on the release and on copies of it.

    .venv/bin/python benchmarks/search.py [--dataset build/current/dataset.nq] [--copies 1 100] [--runs 300]

A copy renames every thing, so that words are as frequent as in as many documents; the vocabulary stays that of one.
Prints two Markdown tables: build time, size and peak memory of the process so far; then milliseconds (median and 95th
percentile) per kind of question, 20 hits each, in both languages. Questions are drawn from the words of the release's
own labels, the same ones in each run. Machines differ; compare rows of one run with each other.
"""

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from tradegraph.namespaces import ID, PREFIXES
from tradegraph.search import Index
from tradegraph.search.gather import PROPERTIES
from tradegraph.search.index import write_index
from tradegraph.search.words import words

WANTED = frozenset(PROPERTIES)
LABEL = PREFIXES["rdfs"] + "label"


def copies(dataset: Path, count: int) -> Iterator[Quad]:
    """Yield the quads that an index is made of, then those of copies whose things have other names."""
    for number in range(1, count + 1):
        for quad in parse(path=dataset, format=RdfFormat.N_QUADS):
            if quad.predicate.value not in WANTED or not isinstance(quad.subject, NamedNode):
                continue
            subject, value = quad.subject, quad.object
            if number > 1:
                subject = renamed(subject, number)
                value = renamed(value, number) if isinstance(value, NamedNode) else value
            yield Quad(subject, quad.predicate, value)


def renamed(node: NamedNode, number: int) -> NamedNode:
    """Return the name in a copy of what `node` names; terms and classes stay what they are."""
    return NamedNode(f"{node.value}-copy{number}") if node.value.startswith(ID) else node


def questions(dataset: Path) -> dict[str, Callable[[random.Random], str]]:
    """Return the kinds of question: name → a function that draws one."""
    labels = sorted(
        [word.folded for word in words(quad.object.value)]
        for quad in parse(path=dataset, format=RdfFormat.N_QUADS)
        if quad.predicate.value == LABEL and isinstance(quad.object, Literal)
    )
    labels = [label for label in labels if len(label) > 1]
    return {
        "word": lambda draw: draw.choice(draw.choice(labels)),
        "two words": lambda draw: " ".join(draw.sample(draw.choice(labels), 2)),
        "phrase of two words": lambda draw: f'"{" ".join(draw.choice(labels)[:2])}"',
        "first three letters": lambda draw: f"{draw.choice(draw.choice(labels))[:3]}*",
        "first letter": lambda draw: f"{draw.choice(draw.choice(labels))[:1]}*",
    }


def milliseconds(index: Index, draw_one: Callable[[random.Random], str], runs: int) -> list[float]:
    """Ask `runs` questions; return what each took, sorted."""
    draw = random.Random(1)
    took = []
    for _ in range(runs):
        text = draw_one(draw)
        start = time.perf_counter()
        index.find(text)
        took.append((time.perf_counter() - start) * 1000)
    return sorted(took)


def main() -> None:
    """Build, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataset", type=Path, default=Path("build/current/dataset.nq"))
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 100])
    parser.add_argument("--runs", type=int, default=300)
    given = parser.parse_args()
    asked = questions(given.dataset)
    builds, answers = [], []
    with tempfile.TemporaryDirectory() as folder:
        for count in given.copies:
            path = Path(folder) / f"{count}.sqlite"
            start = time.perf_counter()
            write_index(copies(given.dataset, count), path)
            seconds = time.perf_counter() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            builds.append(f"| {count} | {seconds:.1f} | {path.stat().st_size / 1e6:.0f} | {peak:.0f} |")
            with Index.open(path, time_limit_s=60) as index:
                for name, draw_one in asked.items():
                    took = milliseconds(index, draw_one, given.runs)
                    p95 = took[int(len(took) * 0.95)]
                    answers.append(f"| {count} | {name} | {statistics.median(took):.1f} | {p95:.1f} |")
    print("| copies | build, s | index, MB | peak, MB |\n|---:|---:|---:|---:|", *builds, sep="\n")
    print("\n| copies | question | median, ms | p95, ms |\n|---:|---|---:|---:|", *answers, sep="\n")


if __name__ == "__main__":
    main()
