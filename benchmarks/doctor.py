"""Measures what each rule of rewriting saves: the same query as written and rewritten, on the same engine and data.

    .venv/bin/python benchmarks/doctor.py [--people 10000] [--repeat 3]

The data are made up: people with names, mail addresses, acquaintances and employers, in 50 named graphs; the default
graph is the union, as at the endpoint. Prints a Markdown table, the best of `--repeat` runs each. Both answers are
compared.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from tradegraph.sparql.rewrite import rewrite
from tradegraph.sparql.statistics import Statistics

EX = "http://example.org/"
GRAPHS = 50
ORGANISATIONS = 500

SHAPES = (
    (
        "required after OPTIONAL",
        "SELECT * { ?s :name ?n OPTIONAL { ?s :mail ?m } OPTIONAL { ?s :works ?o } ?s :rare :c3 }",
    ),
    ("VALUES after OPTIONAL", "SELECT * { ?s :name ?n OPTIONAL { ?s :mail ?m } VALUES ?s { :p7 } }"),
    (
        "UNION after OPTIONAL",
        "SELECT * { ?s :name ?n OPTIONAL { ?s :mail ?m } { ?s :rare :c3 } UNION { ?s :rare :c4 } }",
    ),
    (
        "required after OPTIONAL and BIND",
        "SELECT * { ?s :name ?n OPTIONAL { ?s :mail ?m } BIND (STRLEN(?n) AS ?l) ?s :rare :c3 }",
    ),
    ("required after MINUS", "SELECT * { ?s :name ?n MINUS { ?s :mail ?m } ?s :rare :c3 }"),
    ("a constant in FILTER", "SELECT * { ?s :knows ?o . ?o :knows ?t FILTER (?t = :p9) }"),
    ("a list in FILTER", "SELECT * { ?s :knows ?o . ?o :works ?t FILTER (?t IN (:o9, :o10)) }"),
    ("a property in FILTER", "SELECT * { ?s ?p ?o FILTER (?p = :rare) }"),
    ("a graph in FILTER", "SELECT * { GRAPH ?g { ?s :name ?o } FILTER (?g = :g3) }"),
    ("two variables held equal", "SELECT * { ?a :partOf ?b . ?c :partOf ?d . ?c :name ?n FILTER (?b = ?c) }"),
    ("NOT EXISTS with two steps", "SELECT * { ?s :name ?n FILTER NOT EXISTS { ?x :rare ?c . ?x :knows ?s } }"),
    ("NOT EXISTS with a path", "SELECT * { ?s :partOf ?n FILTER NOT EXISTS { ?x :works/:partOf+ ?s } }"),
    ("nothing to rewrite", "SELECT * { ?s :rare ?c ; :name ?n OPTIONAL { ?s :mail ?m } }"),
)


@dataclass(frozen=True)
class Timing:
    """Best times in milliseconds, as written and rewritten, of a query with so many rows; `rules` that were used."""

    written_ms: float
    rewritten_ms: float
    rewriting_ms: float
    rows: int
    rules: str


def node(name: str) -> NamedNode:
    """Return a made-up thing."""
    return NamedNode(EX + name)


def quads(people: int) -> Iterator[Quad]:
    """Yield the data."""
    for number in range(people):
        graph, person = node(f"g{number % GRAPHS}"), node(f"p{number}")
        yield Quad(person, node("name"), Literal(f"name {number}"), graph)
        yield Quad(person, node("knows"), node(f"p{(number * 7 + 1) % people}"), graph)
        yield Quad(person, node("knows"), node(f"p{(number * 13 + 5) % people}"), graph)
        if number % 2:
            yield Quad(person, node("mail"), Literal(f"m{number}@example.org"), graph)
        if number % 3:
            yield Quad(person, node("works"), node(f"o{number % ORGANISATIONS}"), graph)
        if number % 1000 == 0:
            yield Quad(person, node("rare"), node(f"c{number % 7}"), graph)
    for number in range(ORGANISATIONS):
        yield Quad(node(f"o{number}"), node("partOf"), node(f"o{number // 3}"), node("g1"))
        yield Quad(node(f"o{number}"), node("name"), Literal(f"organisation {number}"), node("g1"))


def run(store: Store, text: str, repeat: int) -> tuple[float, Counter[str]]:
    """Return the best time in milliseconds and the rows."""
    best, rows = float("inf"), Counter[str]()
    for _ in range(repeat):
        start = time.perf_counter()
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        kept = list(found)
        best = min(best, time.perf_counter() - start)
        rows = Counter(map(str, kept))
    return best * 1000, rows


def measure(store: Store, statistics: Statistics, text: str, repeat: int) -> Timing:
    """Time a query both ways; stops when the answers differ."""
    start = time.perf_counter()
    rewritten = rewrite(text, statistics)
    rewriting_ms = (time.perf_counter() - start) * 1000
    written_ms, expected = run(store, text, repeat)
    rewritten_ms, rows = run(store, rewritten.text, repeat)
    assert rows == expected, text
    return Timing(written_ms, rewritten_ms, rewriting_ms, rows.total(), ", ".join(rewritten.names) or "none")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what each rule of rewriting saves.")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    store = Store()
    store.bulk_extend(quads(arguments.people))
    statistics = Statistics({}, Counter(quad.predicate.value for quad in store))
    print(f"{len(store)} quads, best of {arguments.repeat}\n")
    print("| Shape | Rule | As written, ms | Rewritten, ms | Rewriting, ms | Rows |\n|---|---|--:|--:|--:|--:|")
    for shape, query in SHAPES:
        found = measure(store, statistics, f"PREFIX : <{EX}>\n{query}", arguments.repeat)
        times = f"{found.written_ms:.2f} | {found.rewritten_ms:.2f} | {found.rewriting_ms:.2f}"
        print(f"| {shape} | {found.rules} | {times} | {found.rows} |")


if __name__ == "__main__":
    main()
