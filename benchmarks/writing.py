"""Measures writing side by side with `oxigraph serve` on the same data, in the same run.

    .venv/bin/python benchmarks/writing.py [--seconds 5] [--rounds 3] [--folder DIR] [--loads single bulk …]

Needs the `oxigraph` package of the `dev` extra. The folder should be on the disk that is meant: tradegraph syncs each
write to it before it answers. `oxigraph serve` does not sync: its answer means that the system has the write in memory.
So how long the disk takes to sync a small record is measured first: no server that syncs answers one writer sooner.

Facts are of the kind that the shapes look at: a statement of the release refers to another thing of the release. They
are written beside the release, by one program for each load, in a process of its own, over connections kept alive:

* single: one fact in a request, `INSERT DATA`, over 1 connection and over 8;
* batched: 100 facts in a request, in the same way;
* replace: the fact of one statement, found by its key in the release, is replaced: `DELETE … INSERT … WHERE`;
* bulk: 100,000 facts as N-Triples in one `POST` to a graph that is not there yet;
* look-ups: what is known of one thing, each text new, over 4 connections;
* beside: the same look-ups while somebody writes single facts as fast as they are taken; both are shown.

tradegraph is measured twice: in graphs that the guard holds against the shapes (the default), and in graphs with
`--guard …=off`. Servers take turns, round by round. After each run, the graph must hold what was acknowledged, and is
emptied. Prints a Markdown table of medians; `ratio` is the rate against that of oxigraph. Machines differ, and the
programs that ask take their share of the cores: compare within one run.
"""

import argparse
import asyncio
import functools
import itertools
import multiprocessing
import multiprocessing.connection
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tradegraph.namespaces import DEF
from tradegraph.release import ReleaseFolder
from tradegraph.writing import DataFolder, Tokens

ROOT = Path(__file__).resolve().parent.parent
OWN = "https://example.org/benchmark/"
GRAPHS = {"refuse": f"{OWN}guarded/", "off": f"{OWN}unguarded/"}
BATCH = 100
BULK = 100_000
READERS = 4
_LONGEST_S = 120.0
"""How long one answer is waited for."""
_REST_S = 1.0
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Side:
    """A server under a load: where it listens, the path of its queries, the graph that is written, and its own fields.

    `synced` when an acknowledged write is on the disk.
    """

    name: str
    port: int
    queries: str
    graph: str
    fields: str
    synced: bool

    def request(self, method: str, path: str, media_type: str = "", body: str = "", accept: str = "*/*") -> bytes:
        """Return a request as it goes over the wire."""
        content = body.encode()
        about = f"Content-Type: {media_type}\r\nContent-Length: {len(content)}\r\n" if media_type else ""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: {accept}\r\n{self.fields}{about}\r\n"
        )
        return head.encode() + content

    def update(self, text: str) -> bytes:
        """Return the request for an update."""
        return self.request("POST", "/update", "application/sparql-update", text)

    @property
    def store(self) -> str:
        """The path of the graph that is written."""
        return f"/store?graph={quote(self.graph, safe='')}"


@dataclass(frozen=True)
class Facts:
    """Facts that are not in the release and break no shape: the `number`-th is about the thing at that place, in turn.

    `things`: the key by which each is recorded in the release, by its IRI. `targets`: what they may refer to.
    """

    things: tuple[tuple[str, str], ...]
    targets: tuple[str, ...]

    @classmethod
    def of(cls, dataset: Path) -> "Facts":
        """Take statements and what they refer to from a release."""
        refers, recorded = f"<{DEF}refersTo>", f"<{DEF}recordedIn>"
        subjects, targets, keys = set(), set(), {}
        with dataset.open(encoding="utf-8") as lines:
            for line in lines:
                subject, predicate, rest = line.split(" ", 2)
                if predicate == refers:
                    subjects.add(subject)
                    targets.add(rest.split(" ", 1)[0])
                elif predicate == recorded:
                    keys[subject] = rest.rsplit(" ", 2)[0]
        return cls(tuple((one, keys[one]) for one in sorted(subjects & keys.keys())), tuple(sorted(targets)))

    def fact(self, number: int) -> str:
        """Return a triple; another for each number as long as there are pairs of things and targets."""
        turn, place = divmod(number, len(self.things))
        return f"{self.things[place][0]} <{DEF}refersTo> {self.targets[(turn + place) % len(self.targets)]} ."


Requests = Callable[[int], bytes]
"""What is sent, by number from 0."""


@dataclass(frozen=True)
class Ran:
    """What a program saw: seconds that each good answer took, what else it was told, seconds that all took."""

    times_s: list[float]
    errors: list[str]
    elapsed_s: float


@dataclass(frozen=True)
class Result:
    """One row of one round; `facts` written in a request, 0 for reads."""

    rate: float
    facts: int
    p50_ms: float
    p99_ms: float
    errors: int

    @classmethod
    def of(cls, ran: Ran, facts: int = 0) -> "Result":
        """Sum a run up."""
        times = sorted(ran.times_s) or [float("nan")]
        p50_s, p99_s = (times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.99))
        return cls(len(ran.times_s) / ran.elapsed_s, facts, p50_s * 1000, p99_s * 1000, len(ran.errors))


# The program that asks.


async def _answered(reader: asyncio.StreamReader) -> str:
    """Read an answer to its end; return its beginning when it is not well, else nothing."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields, body = head.lower(), b""
    if b"\r\ntransfer-encoding: chunked\r\n" in fields:
        size = 1
        while size:
            size = int((await reader.readline()).split(b";")[0], 16)
            body = await reader.readexactly(size + 2)
    elif (at := fields.find(b"\r\ncontent-length:")) >= 0:
        body = await reader.readexactly(int(fields[at + 17 : fields.index(b"\r\n", at + 2)]))
    return "" if head[9:10] == b"2" else (head.split(b"\r\n", 1)[0] + b" " + body[:500]).decode(errors="replace")


async def _ask(port: int, requests: Requests, numbers: Iterator[int], until: float, ran: Ran) -> None:
    """Ask one thing after the other over one connection until the time has come, and add to `ran` what was seen."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    start = 0.0
    while start < until:
        request = requests(next(numbers))
        start = time.perf_counter()
        try:
            writer.write(request)
            said = await asyncio.wait_for(_answered(reader), _LONGEST_S)
        except (OSError, EOFError, TimeoutError) as error:
            said = repr(error)
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        if said:
            ran.errors.append(said)
        else:
            ran.times_s.append(time.perf_counter() - start)
    writer.close()


async def _program(port: int, connections: int, requests: Requests, seconds: float) -> Ran:
    numbers, ran = itertools.count(), Ran([], [], 0.0)
    start = time.perf_counter()
    asking = [_ask(port, requests, numbers, start + seconds, ran) for _ in range(connections)]
    await asyncio.gather(*asking)
    return Ran(ran.times_s, ran.errors, time.perf_counter() - start)


class Program:
    """A process that asks; `ran` waits for its end and says what it saw."""

    def __init__(self, side: Side, connections: int, requests: Requests, seconds: float) -> None:
        self._ours, theirs = _FORK.Pipe(duplex=False)
        self._process = _FORK.Process(target=self._run, args=(theirs, side.port, connections, requests, seconds))
        self._process.start()
        self._side = side

    @staticmethod
    def _run(
        ours: multiprocessing.connection.Connection, port: int, connections: int, requests: Requests, seconds: float
    ) -> None:
        ours.send(asyncio.run(_program(port, connections, requests, seconds)))

    def ran(self) -> Ran:
        """Return what it saw; RuntimeError when nothing went well."""
        found: Ran = self._ours.recv()
        self._process.join()
        if not found.times_s:
            raise RuntimeError(f"{self._side.name}: {found.errors[0]}")
        return found


# The loads.


@dataclass(frozen=True)
class Bench:
    """What the loads have in common: the facts, the things that are looked up, how long each runs."""

    facts: Facts
    subjects: tuple[str, ...]
    seconds: float

    def single(self, side: Side, connections: int) -> list[Result]:
        """Write one fact a request."""
        return [self._wrote(side, connections, functools.partial(self._insert, side, 1), 1)]

    def batched(self, side: Side, connections: int) -> list[Result]:
        """Write a hundred facts a request."""
        return [self._wrote(side, connections, functools.partial(self._insert, side, BATCH), BATCH)]

    def replace(self, side: Side, connections: int) -> list[Result]:
        """Replace the fact of a statement of the release."""
        found = Program(side, connections, functools.partial(self._replace, side), self.seconds).ran()
        self._check(side, min(len(found.times_s), len(self.facts.things)), found)
        return [Result.of(found, 1)]

    def bulk(self, side: Side, connections: int) -> list[Result]:
        """Send all facts in one request."""
        body = "\n".join(self.facts.fact(number) for number in range(BULK)) + "\n"
        request = side.request("POST", side.store, "application/n-triples", body)
        return [self._wrote(side, connections, lambda _number: request, BULK, seconds=0)]

    def look_ups(self, side: Side, connections: int) -> list[Result]:
        """Look things up, each text new."""
        return [Result.of(Program(side, connections, functools.partial(self._look_up, side), self.seconds).ran())]

    def beside(self, side: Side, connections: int) -> list[Result]:
        """Look things up while one writer writes as fast as it can; return what both saw."""
        writer = Program(side, 1, functools.partial(self._insert, side, 1), self.seconds)
        reader = Program(side, connections, functools.partial(self._look_up, side), self.seconds)
        read, wrote = reader.ran(), writer.ran()
        self._check(side, len(wrote.times_s), wrote)
        return [Result.of(read), Result.of(wrote, 1)]

    def _wrote(
        self, side: Side, connections: int, requests: Requests, facts: int, seconds: float | None = None
    ) -> Result:
        found = Program(side, connections, requests, self.seconds if seconds is None else seconds).ran()
        self._check(side, len(found.times_s) * facts, found)
        return Result.of(found, facts)

    def _insert(self, side: Side, facts: int, number: int) -> bytes:
        first = number * facts
        triples = " ".join(self.facts.fact(one) for one in range(first, first + facts))
        return side.update(f"INSERT DATA {{ GRAPH <{side.graph}> {{ {triples} }} }}")

    def _replace(self, side: Side, number: int) -> bytes:
        refers, graph = f"<{DEF}refersTo>", f"GRAPH <{side.graph}>"
        target = self.facts.fact(number).split(" ")[2]
        _thing, key = self.facts.things[number % len(self.facts.things)]
        return side.update(
            f"DELETE {{ {graph} {{ ?thing {refers} ?old }} }} INSERT {{ {graph} {{ ?thing {refers} {target} }} }} "
            f"WHERE {{ GRAPH ?release {{ ?thing <{DEF}recordedIn> {key} }} "
            f"OPTIONAL {{ {graph} {{ ?thing {refers} ?old }} }} }}"
        )

    def _look_up(self, side: Side, number: int) -> bytes:
        text = f"SELECT ?p ?o WHERE {{ {self.subjects[number % len(self.subjects)]} ?p ?o }} # {number}"
        path = f"{side.queries}?query={quote(text, safe='')}"
        return side.request("GET", path, accept="application/sparql-results+json")

    def _check(self, side: Side, facts: int, ran: Ran) -> None:
        """Raise when not all that was acknowledged is there; then empty the graph."""
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{side.graph}> {{ ?s ?p ?o }} }}"
        url = f"http://127.0.0.1:{side.port}{side.queries}?query={quote(text)}"
        asked = urllib.request.Request(url, headers={"Accept": "text/csv"})
        with urllib.request.urlopen(asked, timeout=_LONGEST_S) as answer:
            there = int(answer.read().split()[1])
        # A request that failed may have been made all the same.
        if there < facts or (there > facts and not ran.errors):
            raise RuntimeError(f"{side.name} acknowledged {facts} facts, and has {there}")
        with socket.create_connection(("127.0.0.1", side.port), _LONGEST_S) as connection:
            connection.sendall(side.request("DELETE", side.store))
            status = connection.recv(4096)[9:12]
        if status not in (b"204", b"404"):
            raise RuntimeError(f"{side.name} does not empty its graph: {status!r}")


@dataclass(frozen=True)
class Load:
    """A load as it is listed: what it is called in each of its rows, over how many connections, and what it does."""

    option: str
    rows: tuple[str, ...]
    connections: int
    run: Callable[[Bench, Side, int], list[Result]]


LOADS = (
    Load("single", ("single",), 1, Bench.single),
    Load("single", ("single",), 8, Bench.single),
    Load("batched", (f"batched, {BATCH} facts",), 1, Bench.batched),
    Load("batched", (f"batched, {BATCH} facts",), 8, Bench.batched),
    Load("replace", ("replace",), 1, Bench.replace),
    Load("bulk", (f"bulk, {BULK:,} facts",), 1, Bench.bulk),
    Load("look-ups", ("look-ups",), READERS, Bench.look_ups),
    Load("beside", ("look-ups beside a writer", "the writer beside look-ups"), READERS, Bench.beside),
)


# The servers, and the disk.


@contextmanager
def servers(dataset: Path, releases: Path, folder: Path) -> Iterator[list[Side]]:
    """Run both servers, writable, until the block ends."""
    location, data = folder / "oxigraph", folder / "data"
    oxigraph = str(Path(sys.executable).parent / "oxigraph")
    subprocess.run([oxigraph, "load", "-l", location, "-f", dataset], check=True, capture_output=True)
    token, _ = Tokens(DataFolder.create(data).tokens).add("benchmark", ["read", "write"], [OWN])
    bearer = f"Authorization: Bearer {token}\r\n"
    ours, theirs = _free_port(), _free_port()
    options = ["--writable", "--data-dir", str(data), "--guard", f"{GRAPHS['off']}=off"]
    commands = [
        [sys.executable, "-m", "tradegraph.cli", "serve", "--no-build", "--port", str(ours), *options],
        [oxigraph, "serve", "-l", str(location), "-b", f"127.0.0.1:{theirs}", "--union-default-graph"],
    ]
    sides = [
        Side("tradegraph", ours, "/sparql", GRAPHS["refuse"] + "1", bearer, synced=True),
        Side("tradegraph, guard off", ours, "/sparql", GRAPHS["off"] + "1", bearer, synced=True),
        Side("oxigraph", theirs, "/query", GRAPHS["off"] + "1", "", synced=False),
    ]
    environment = {**os.environ, "TRADEGRAPH_RELEASES": str(releases)}
    log = folder / "log"
    with ExitStack() as stack:
        said = stack.enter_context(log.open("wb"))
        for command, side in zip(commands, (sides[0], sides[-1]), strict=True):
            process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            _wait_for(f"http://127.0.0.1:{side.port}{side.queries}?query={quote('ASK {}')}", process, log)
            _wait_for_rest(process.pid)
        yield sides


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _LONGEST_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                sys.exit(f"A server did not start: {log.read_text(encoding='utf-8', errors='replace')}")
            time.sleep(0.2)


def _wait_for_rest(pid: int) -> None:
    """Return when a server does next to nothing: it may make things ready for its first visitors after it answers."""
    until, computed_s = time.monotonic() + _LONGEST_S, _computed_s(pid)
    while time.monotonic() < until:
        time.sleep(_REST_S)
        before, computed_s = computed_s, _computed_s(pid)
        if computed_s - before < _REST_S / 10:
            return


def _computed_s(pid: int) -> float:
    """Return the time of the processor that a process and those that it has started have used, in seconds."""
    folder, computed_s = Path(f"/proc/{pid}"), 0.0
    with suppress(FileNotFoundError, ProcessLookupError):
        fields = (folder / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        computed_s = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        for task in (folder / "task").iterdir():
            computed_s += sum(map(_computed_s, map(int, (task / "children").read_text(encoding="ascii").split())))
    return computed_s


def sync_ms(folder: Path) -> float:
    """Return what it takes to add 200 bytes to a file and have them on the disk: the median of 200 times, in ms."""
    times = []
    with (folder / "sync").open("wb", buffering=0) as file:
        for _ in range(200):
            start = time.perf_counter()
            file.write(bytes(200))
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


# The table.


def _row(load: Load, place: int, side: Side, found: list[list[Result]], peer: list[list[Result]]) -> str:
    """Write down the medians of one server over all rounds, for one of the rows of a load."""
    mine = [results[place] for results in found]
    rate, p50, p99 = (statistics.median(getattr(one, name) for one in mine) for name in ("rate", "p50_ms", "p99_ms"))
    ratio = rate / statistics.median(results[place].rate for results in peer)
    facts = f"{rate * mine[0].facts:,.0f}" if mine[0].facts else ""
    connections = 1 if place else load.connections
    synced = ("yes" if side.synced else "no") if mine[0].facts else ""
    return (
        f"| {load.rows[place]} | {connections} | {side.name} | {rate:,.{0 if rate > 10 else 2}f} | {facts} "
        f"| {p50:,.2f} | {p99:,.2f} | {synced} | {sum(one.errors for one in mine)} | {ratio:.2f} |"
    )


def main() -> None:
    """Measure every load on both servers and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--releases", type=Path, default=ROOT / "build")
    parser.add_argument("--folder", type=Path, help="where both servers write; default: the folder for temporary files")
    names = sorted({load.option for load in LOADS})
    parser.add_argument("--loads", nargs="+", choices=names, default=names)
    arguments = parser.parse_args()
    dataset = ReleaseFolder(arguments.releases).current().dataset
    subjects = sorted({line.split(" ", 1)[0] for line in dataset.open(encoding="utf-8")})
    some = tuple(random.Random(1).sample(subjects, 2000))
    bench = Bench(Facts.of(dataset), some, arguments.seconds)
    with (
        tempfile.TemporaryDirectory(dir=arguments.folder) as name,
        servers(dataset, arguments.releases, Path(name)) as sides,
    ):
        print(f"200 bytes on the disk: {sync_ms(Path(name)):.2f} ms (median of 200 appends, each with fdatasync)\n")
        print("| load | connections | server | requests/s | facts/s | p50 ms | p99 ms | synced | errors | ratio |")
        print("|---|---:|---|---:|---:|---:|---:|---|---:|---:|")
        for load in LOADS:
            if load.option not in arguments.loads:
                continue
            found: dict[str, list[list[Result]]] = {side.name: [] for side in sides}
            for _ in range(arguments.rounds):
                for side in sides:
                    found[side.name].append(load.run(bench, side, load.connections))
            for place in range(len(load.rows)):
                for side in sides:
                    print(_row(load, place, side, found[side.name], found["oxigraph"]), flush=True)


if __name__ == "__main__":
    main()
