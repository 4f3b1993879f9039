"""Measures how long the guard takes to hold a write of one fact against the shapes, and whole validation beside it.

    .venv/bin/python benchmarks/guard.py build/current/dataset.nq [--writes 300] [--copies 1 2 4] [--pyshacl]

A write takes a fact away, or puts it into a graph of its own with another value that the property has elsewhere. Facts
are drawn evenly over properties, so that rare and awkward ones count as much as common ones. Copies are the same things
under other names beside the first; what all things share, the ontology and the concepts, is there once. Prints a
Markdown table; times are of the processor, so that what else the machine does hardly matters.
"""

import argparse
import random
import statistics
import time
from collections import defaultdict
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from tradegraph.checks.guard import Guard, Shapes
from tradegraph.checks.shacl import validate
from tradegraph.files import Project
from tradegraph.namespaces import ID

WRITTEN = NamedNode("https://w3id.org/tradegraph/graph/written")
SHARED = tuple(ID + kind for kind in ("concept/", "scheme/", "rule/"))


def renamed(term: object, copy: int) -> object:
    """Return the name of a thing in a copy."""
    if copy and isinstance(term, NamedNode) and term.value.startswith(ID) and not term.value.startswith(SHARED):
        return NamedNode(f"{term.value}~{copy}")
    return term


def copied(quad: Quad, copy: int) -> Quad:
    """Return the quad of a copy."""
    subject, value = renamed(quad.subject, copy), renamed(quad.object, copy)
    return Quad(subject, quad.predicate, value, quad.graph_name)  # type: ignore[arg-type]  # as they were: terms


def writes(store: Store, number: int) -> list[tuple[list[Quad], list[Quad]]]:
    """Return writes as the quads they remove and add."""
    by_property: dict[str, list[Quad]] = defaultdict(list)
    for quad in store:
        by_property[quad.predicate.value].append(quad)
    draw = random.Random(1)
    found: list[tuple[list[Quad], list[Quad]]] = []
    for number_of_write in range(number):
        quads = by_property[draw.choice(sorted(by_property))]
        quad, other = draw.choice(quads), draw.choice(quads)
        if number_of_write % 2:
            found.append((list(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)), []))
        else:
            found.append(([], [Quad(quad.subject, quad.predicate, other.object, WRITTEN)]))
    return found


def measured(guard: Guard, store: Store, number: int) -> list[float]:
    """Return the time of each write in milliseconds."""
    times = []
    for removed, added in writes(store, number):
        for quad in removed:
            store.remove(quad)
        new = [quad for quad in added if quad not in store]
        for quad in new:
            store.add(quad)
        lines = [[f"{quad} .\n".encode() for quad in quads] for quads in (removed, new)]
        start = time.process_time()
        guard.check(store, *lines)
        times.append((time.process_time() - start) * 1000)
        for quad in new:
            store.remove(quad)
        store.extend(removed)
    return sorted(times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--writes", type=int, default=300)
    parser.add_argument("--copies", type=int, nargs="+", default=[1])
    parser.add_argument("--pyshacl", action="store_true", help="validate the first dataset with pySHACL too (a minute)")
    options = parser.parse_args()
    project = Project.at(Path(__file__).resolve().parent.parent)
    start = time.process_time()
    guard = Guard(Shapes.read(project.shape_files))
    print(f"shapes read and compiled in {time.process_time() - start:.2f} s\n")
    first = Store()
    first.bulk_load(path=str(options.dataset), format=RdfFormat.N_QUADS)
    print("| quads | write p50 ms | p95 ms | longest ms | whole s |")
    print("|---:|---:|---:|---:|---:|")
    for copies in options.copies:
        store = Store()
        for copy in range(copies):
            store.bulk_extend(copied(quad, copy) for quad in first)
        times = measured(guard, store, options.writes)
        start = time.process_time()
        guard.validate(store)
        whole = time.process_time() - start
        p95 = times[int(len(times) * 0.95)]
        print(f"| {len(store):,} | {statistics.median(times):.1f} | {p95:.1f} | {times[-1]:.0f} | {whole:.1f} |")
    if options.pyshacl:
        start = time.process_time()
        validate(options.dataset.read_bytes(), project.shape_files)
        print(f"\npySHACL, whole: {time.process_time() - start:.0f} s")


if __name__ == "__main__":
    main()
