"""How long it takes to find what connects two things, as the number of relations grows to a million.

    python benchmarks/connections.py                 # 10,000, 100,000 and 1,000,000 relations
    python benchmarks/connections.py 1000000 --steps 6

The graphs are made up, with the skew of the real one: a few things with very many relations, most with a handful; the
ends of questions are drawn so that hubs, ordinary things and connected pairs all occur. Every number is of one process
that opened the file and did nothing else before. Time on the clock, and, for machines that are shared, processor time.
"""

import argparse
import json
import multiprocessing
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tradegraph.explore.connections import Answer, EdgeIndex, Question, connect
from tradegraph.graph.edges import Edge, pack
from tradegraph.namespaces import DEF, ID

SEED = 20_260_421
KINDS = (("organisation", 30), ("mission", 18), ("territory", 8), ("agreement", 10), ("person", 12), ("event", 12))
PROPERTIES = ("participatesIn", "destination", "party", "memberOf", "withinEvent", "signedBy")
SKEW = 2.6
QUESTIONS = 400


def made_up(relations: int, seed: int = SEED) -> Iterator[Edge]:
    """Yield relations between a third as many things; one end is anyone, the other rather one of the well-known."""
    chance = random.Random(seed)
    things = relations // 3
    names = [kind for kind, _ in KINDS]
    weights = [weight for _, weight in KINDS]
    nodes = [f"{ID}{kind}/n{number}" for number, kind in enumerate(chance.choices(names, weights, k=things))]
    chance.shuffle(nodes)
    passages = [f"{ID}passage/p{number}" for number in range(max(10, relations // 20))]
    for _ in range(relations):
        one = nodes[chance.randrange(things)]
        other = nodes[int(things * chance.random() ** SKEW)]
        if one != other:
            year = chance.choice((0, 0, *range(2015, 2027)))
            stated = tuple(chance.choices(passages, k=chance.choice((1, 1, 1, 2, 3))))
            yield Edge(one, DEF + chance.choice(PROPERTIES), other, stated, stated[:1], year, year)


def questions(index: EdgeIndex, seed: int = SEED) -> Iterator[tuple[str, Question]]:
    """Yield questions with the sort that each is of: two of anyone, one hub, two hubs, and a pair that is connected."""
    chance = random.Random(seed)
    hubs = index.hubs()[: max(2, index.nodes // 1000)]
    for number in range(QUESTIONS):
        sort = ("any", "hub", "two hubs", "connected")[number % 4]
        start = chance.choice(hubs) if "hub" in sort else chance.randrange(index.nodes)
        end = chance.choice(hubs) if sort == "two hubs" else chance.randrange(index.nodes)
        if sort == "connected":
            end = start
            for _ in range(3):
                first, last = index.relations.start[end], index.relations.start[end + 1]
                end = index.relations.node[chance.randrange(first, last)]
        if start != end:
            yield sort, Question(index.iri(start), index.iri(end))


def measure(path: Path, steps: int, hubs: bool, results: "multiprocessing.Queue[dict[str, object]]") -> None:
    """Open the file and answer every question once; runs in a process of its own."""
    before = resident_mb()
    started = time.perf_counter()
    index = EdgeIndex.open(path)
    first = next(questions(index))[1]
    connect(index, first)
    opened = time.perf_counter() - started
    times: dict[str, list[float]] = {}
    processor: list[float] = []
    answers: list[Answer] = []
    for sort, question in questions(index):
        asked = Question(question.start, question.end, steps, hubs=hubs)
        started, worked = time.perf_counter(), time.process_time()
        answers.append(connect(index, asked))
        times.setdefault(sort, []).append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    results.put(
        {
            "opened_ms": opened * 1000,
            "times": times,
            "processor": processor,
            "memory_mb": resident_mb() - before,
            "connected": sum(answer.total > 0 for answer in answers) / len(answers),
            "complete": sum(answer.complete for answer in answers) / len(answers),
        }
    )


def resident_mb() -> float:
    """Return the memory of this process, the parts of the file that it has read included."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 questions stay under, in ms."""
    return statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """Print a row for each size, and times for each sort of question."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("relations", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--hubs", action="store_true", help="pass through hubs as well")
    given = parser.parse_args()
    print(
        "relations things file_mb build_s open_ms memory_mb p50_ms p95_ms max_ms cpu_p95_ms cpu_max_ms",
        "connected complete p95_by_sort",
    )
    for relations in given.relations:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "edges.bin"
            edges = list(made_up(relations))
            started = time.perf_counter()
            path.write_bytes(pack(edges))
            built = time.perf_counter() - started
            del edges
            context = multiprocessing.get_context("spawn")
            results: multiprocessing.Queue[dict[str, object]] = context.Queue()
            process = context.Process(target=measure, args=(path, given.steps, given.hubs, results))
            process.start()
            found = results.get()
            process.join()
            by_sort = found["times"]
            processor = found["processor"]
            assert isinstance(by_sort, dict)
            assert isinstance(processor, list)
            times = [one for values in by_sort.values() for one in values]
            print(
                relations,
                EdgeIndex.open(path).nodes,
                f"{path.stat().st_size / 2**20:.1f}",
                f"{built:.1f}",
                f"{found['opened_ms']:.1f}",
                f"{found['memory_mb']:.0f}",
                f"{statistics.median(times):.1f}",
                f"{p95(times):.1f}",
                f"{max(times):.1f}",
                f"{p95(processor):.1f}",
                f"{max(processor):.1f}",
                f"{found['connected']:.2f}",
                f"{found['complete']:.2f}",
                json.dumps({sort: round(p95(values), 1) for sort, values in by_sort.items()}),
                flush=True,
            )


if __name__ == "__main__":
    main()
