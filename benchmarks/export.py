"""Measures exports: CPU seconds, peak memory and size per format, on the release and on copies of it.

    .venv/bin/python benchmarks/export.py [--release build/current] [--copies 1 10 30] [--formats nq csv]

A copy renames every thing, so that there are more things of the same kinds; documents and terms stay, so a document has
more that rests on it. Each format is written by a process of its own; its peak is that of the process, which is about
45 MB with nothing to do. Prints a Markdown table. Machines differ; compare rows of one run with each other.
"""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from heapq import merge
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from tradegraph.namespaces import ID
from tradegraph.publish.downloads import export, forms_of
from tradegraph.store import Release

SHARED = ("concept/", "document", "scheme/", "passage/", "territory/")
"""Kinds of things that all copies have in common."""


def copied(release: Release, directory: Path, count: int) -> Release:
    """Write a release of so many copies; each is sorted by itself, then all are merged, so memory does not grow."""
    directory.mkdir()
    parts = [directory / f"part-{number}" for number in range(1, count + 1)]
    for number, part in enumerate(parts, start=1):
        part.write_bytes(b"".join(sorted({f"{quad} .\n".encode() for quad in renamed(release.dataset, number)})))
    quads = 0
    with ExitStack() as files, (directory / "dataset.nq").open("wb") as target:
        before = b""
        for line in merge(*(files.enter_context(part.open("rb")) for part in parts)):
            if line != before:
                target.write(line)
                before, quads = line, quads + 1
    for part in parts:
        part.unlink()
    for name in ("statistics.json", "search.sqlite"):
        (directory / name).write_bytes((release.directory / name).read_bytes())
    return replace(release, directory=directory, quads=quads)


def renamed(dataset: Path, number: int) -> Iterator[Quad]:
    """Yield the quads of one copy; the first is the release itself."""
    for quad in parse(path=dataset, format=RdfFormat.N_QUADS):
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode):
            value = name(value, number) if isinstance(value, NamedNode) else value
            yield Quad(name(subject, number), quad.predicate, value, quad.graph_name)


def name(node: NamedNode, number: int) -> NamedNode:
    """Return the name of a thing in a copy."""
    own = node.value.startswith(ID) and not node.value.startswith(tuple(ID + kind for kind in SHARED))
    return NamedNode(f"{node.value}-copy{number}") if own and number > 1 else node


def measure(release: Release, form: str, results: "SimpleQueue[tuple[float, float, float]]") -> None:
    """Export one format and report CPU seconds (others may use the machine too), peak in MB and size in MB."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        downloads = export(release, Path(folder) / "out", [form])
        seconds = time.process_time() - start
    results.put((seconds, peak_mb(), sum(file.size for file in downloads) / 1e6))


def peak_mb() -> float:
    """Return the most memory that this process had; `ru_maxrss` would count that of the process it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) / 1024


def main() -> None:
    """Run the measurements and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--release", type=Path, default=Path("build/current"))
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--formats", nargs="+", default=[], help="Default: all that can be written here.")
    arguments = parser.parse_args()
    own = Release.read(arguments.release.resolve())
    # A spawned process starts empty, so that its peak is not that of this one.
    context = multiprocessing.get_context("spawn")
    print("| format | copies | quads | CPU s | peak MB | size MB |\n|---|---|---|---|---|---|")
    for count in arguments.copies:
        with tempfile.TemporaryDirectory() as folder:
            release = copied(own, Path(folder) / "release", count)
            for form in (form for form in forms_of(release) if form.name in arguments.formats or not arguments.formats):
                results: SimpleQueue[tuple[float, float, float]] = context.SimpleQueue()
                process = context.Process(target=measure, args=(release, form.name, results))
                process.start()
                seconds, peak, size = results.get()
                process.join()
                numbers = f"{seconds:.1f} | {peak:.0f} | {size:.1f}"
                print(f"| {form.name} | {count} | {release.quads} | {numbers} |", flush=True)


if __name__ == "__main__":
    main()
