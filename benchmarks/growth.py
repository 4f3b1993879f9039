"""Measures how deriving and validating grow with the data: the release beside copies of itself under other names.

    .venv/bin/python benchmarks/growth.py [--copies 3] [--plot benchmarks/growth.svg]

A copy renames every thing, evidence node and passage; concepts, rules and the ontology stay shared, so that figures of
all copies meet in the same indicators, as those of more documents would. Prints a Markdown table and draws a plot.
"""

import argparse
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from tradegraph.checks.shacl import validate
from tradegraph.facts import read_facts
from tradegraph.files import Project
from tradegraph.graph import assemble
from tradegraph.graph.assemble import canonical_nquads
from tradegraph.graph.relations import RELATIONS, derive, superclass_types
from tradegraph.queries import StoredQuery

OWN = re.compile(
    rb"(<https://w3id\.org/tradegraph/id/(?!concept/|scheme/|rule/|dataset/)[^>#]*|/graph/[a-z0-9_-]*\d[a-z0-9_-]*)"
)


@dataclass(frozen=True)
class Point:
    """What one size cost: number of quads, seconds to derive the relations, seconds to validate."""

    quads: int
    derive_s: float
    validate_s: float


def copies(evidence: bytes, count: int) -> Iterator[bytes]:
    """Yield the evidence, then copies of it whose own IRIs end in a number."""
    yield evidence
    for number in range(2, count + 1):
        yield OWN.sub(rb"\1-copy%d" % number, evidence)


def measure(project: Project, evidence: bytes, count: int) -> Point:
    """Derive and validate the evidence with its copies, `count` in all."""
    store = Store()
    for part in copies(evidence, count):
        store.extend(parse(part, format=RdfFormat.N_QUADS))
    rules = [StoredQuery.read(path) for path in project.query_files("relations")]
    start = time.perf_counter()
    store.extend([*superclass_types(store), *derive(store, rules)])
    derived = time.perf_counter()
    nquads = canonical_nquads(store)
    before = time.perf_counter()
    validate(nquads, project.shape_files)
    return Point(len(store), derived - start, time.perf_counter() - before)


def plot(points: list[Point]) -> str:
    """Draw seconds against quads as an SVG: two lines, each with its name at the end."""
    width, height, left, bottom = 640, 360, 60, 40
    most = max(point.quads for point in points)
    longest = max(point.validate_s for point in points)

    def place(quads: float, seconds: float) -> str:
        x = left + (width - left - 110) * quads / most
        y = height - bottom - (height - bottom - 20) * seconds / longest
        return f"{x:.1f},{y:.1f}"

    lines = []
    for name, colour, series in (
        ("validate", "#094cbb", [(point.quads, point.validate_s) for point in points]),
        ("derive", "#cc6d11", [(point.quads, point.derive_s) for point in points]),
    ):
        path = " ".join(place(*pair) for pair in [(0, 0), *series])
        x, y = place(*series[-1]).split(",")
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines.append(f'<text x="{float(x) + 8}" y="{y}" fill="{colour}">{name} {series[-1][1]:.0f} s</text>')
    axes = f'<path d="M{left} 20V{height - bottom}H{width - 100}" fill="none" stroke="#55606b"/>'
    label = f'<text x="{left}" y="{height - 12}" fill="#1b1f24">quads: 0 to {most}; seconds: 0 to {longest:.0f}</text>'
    font = 'font-family="sans-serif" font-size="14"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {font}>'
    title = "<title>Seconds to derive and validate, by number of quads</title>"
    return "\n".join(
        [head, title, f'<rect width="{width}" height="{height}" fill="#fff"/>', axes, *lines, label, "</svg>\n"]
    )


def main() -> None:
    """Measure each size, print the table, write the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=3)
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    project = Project.own()
    store = assemble(project, read_facts(project)).store
    store.remove_graph(NamedNode(RELATIONS.value))
    evidence = canonical_nquads(store)
    points = []
    print("| quads | derive s | validate s | validate µs per quad |\n|---:|---:|---:|---:|")
    for count in range(1, arguments.copies + 1):
        point = measure(project, evidence, count)
        points.append(point)
        rate = 1e6 * point.validate_s / point.quads
        print(f"| {point.quads} | {point.derive_s:.1f} | {point.validate_s:.1f} | {rate:.0f} |", flush=True)
    if arguments.plot:
        arguments.plot.write_text(plot(points), encoding="utf-8")


if __name__ == "__main__":
    main()
