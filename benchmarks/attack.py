"""Measures what a well-behaved client notices of an attack: on the endpoint, and on `oxigraph serve-read-only`.

    .venv/bin/python benchmarks/attack.py [--seconds 8] [--connections 200] [--pause 0.1] [--kinds "long path"]

Four clients ask point look-ups and small questions, one after the other with a short pause, each text made new by a
comment, so that no cache helps. They do so alone, and then while hostile queries come over 200 connections of one
address: cross products, exploding paths, regular expressions, GROUP_CONCAT, sorting, deep nesting, huge lists, lists of
graphs, memory hogs, endless answers, and answers that are asked for and not read. A hostile connection asks again after
`--pause` seconds, whatever it was answered. The well-behaved come from another address than the attack ("apart") or
from the same one ("among them"). They ask once, give up after 10 s, and anything but 200 is a failure.

Oxigraph gets a limit of 30 s a query, 8 GB of memory, and is started again whenever it dies; since it does so of some
hostile queries, it is also attacked without those. Small questions are those that take less than 30 ms on our endpoint
when nothing else runs. Prints two Markdown tables: times (ms, of failures too) and failures of the well-behaved, and
the answers that the hostile got before the phase was over. Loopback only; about 90 s.
"""

import argparse
import asyncio
import contextlib
import http.client
import itertools
import json
import multiprocessing
import os
import random
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import quote

from tradegraph.files import Project
from tradegraph.queries import StoredQuery

ROOT = Path(__file__).resolve().parent.parent
HOSTILE_ADDRESS, OTHER_ADDRESS = "127.0.0.1", "127.0.0.2"
CLIENTS = 4
PAUSE_S = 0.05
GIVEN_UP_S = 10.0
SMALL_MS = 30.0
OXIGRAPH_BYTES = 8 * 2**30
PROGRAM = """
import os, sys
from pathlib import Path
from tradegraph.settings import Settings
from tradegraph.web import serve
serve(Settings.load(os.environ), Path(sys.argv[1]))
"""
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_PAIRS = "?s ?p ?o . ?t ?q ?r"
_TEN = " ".join(map(str, range(10)))


def hostile(graphs: list[str]) -> dict[str, str]:
    """Return the hostile queries by kind; `graphs` are IRIs of graphs of the release."""
    replaced = "'" + "a" * 100 + "'"
    for _ in range(9):
        replaced = f"REPLACE({replaced}, 'a', 'aaaaaaaaaa')"
    doubled = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(28))
    return {
        "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "cross product in disguise": f"SELECT (COUNT(*) AS ?n) {{ ?a {_TYPE} ?x . ?b {_TYPE} ?y . ?c {_TYPE} ?z }}",
        "values product": "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"VALUES ?n{n} {{ {_TEN} }}" for n in range(12))
        + " }",
        "exploding path": "SELECT (COUNT(*) AS ?n) { ?a ((!<x:x>|^!<x:x>)*)* ?b . ?b (!<x:y>)* ?c }",
        "long path": "ASK { ?s " + "/".join(["(!<x:x>)"] * 400) + " ?o }",
        "regular expression": f"SELECT (COUNT(*) AS ?n) {{ {_PAIRS} "
        'FILTER REGEX(CONCAT(STR(?o), STR(?r)), "(a+)+(b|c)*x{1,200}$", "i") }',
        "group_concat": f"SELECT (GROUP_CONCAT(CONCAT(STR(?o), STR(?r))) AS ?all) {{ {_PAIRS} }}",
        "order by": f"SELECT * {{ {_PAIRS} }} ORDER BY ?o ?r",
        "deep nesting": "ASK { FILTER(" + "(" * 9000 + "1" + ")" * 9000 + ") }",
        "chain of alternatives": "ASK { FILTER(" + " || ".join(["?x = 1"] * 9000) + ") }",
        "list of values": f"SELECT * {{ {_PAIRS} FILTER(?o IN ({', '.join(map(str, range(20_000)))})) }} LIMIT 5",
        "list of graphs": "SELECT (COUNT(*) AS ?n) " + " ".join(f"FROM <{one}>" for one in graphs) + f" {{ {_PAIRS} }}",
        "nested REPLACE": f"SELECT ({replaced} AS ?x) {{}}",
        "doubling": f"SELECT * {{ BIND('aaaaaaaa' AS ?v0) {doubled} }}",
        "endless answer": f"SELECT * {{ {_PAIRS} }}",
        UNREAD: f"SELECT * {{ {_PAIRS} . ?u ?v ?w }}",
    }


UNREAD = "answer not read"
DEADLY = ("deep nesting", "chain of alternatives", "nested REPLACE", "doubling", "order by", "group_concat")
"""What ends the process that it is evaluated in, by its stack or its memory."""
PHASES: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {
    "tradegraph": [
        ("apart from the attack", OTHER_ADDRESS, ()),
        ("among the attackers", HOSTILE_ADDRESS, ()),
    ],
    "oxigraph": [
        ("apart from the attack", OTHER_ADDRESS, ()),
        ("the same without deadly queries", OTHER_ADDRESS, DEADLY),
    ],
}
"""For each server: what the phase is called, from where the well-behaved ask, and which hostile kinds are left out."""


@dataclass(frozen=True)
class Tally:
    """What the well-behaved met in one phase: seconds of each query, and the failures by status (0: none came)."""

    times: list[float] = field(default_factory=list)
    failures: Counter[int] = field(default_factory=Counter)

    def at(self, share: float) -> float:
        """Return the time in ms within which this share of all queries was answered, failed ones included."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


@dataclass(frozen=True)
class Target:
    """A server under test: the path of its query operation, its port."""

    name: str
    path: str
    port: int


def ask(target: Target, text: str, source: str) -> tuple[int, float]:
    """Ask once; return the status (0 when no whole answer came) and the seconds it took."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=GIVEN_UP_S, source_address=(source, 0))
    try:
        headers = {"Accept": "application/sparql-results+json, text/turtle", "Connection": "close"}
        connection.request("GET", f"/{target.path}?query={quote(text)}", headers=headers)
        response = connection.getresponse()
        response.read()
        status = response.status
    except (OSError, http.client.HTTPException):
        status = 0
    finally:
        connection.close()
    return status, time.monotonic() - began


def behave(target: Target, texts: list[str], seconds: float, source: str) -> Tally:
    """Ask as well-behaved clients do for some seconds."""
    tally = Tally()
    end = time.monotonic() + seconds
    numbers = itertools.count()

    def client(own: int) -> None:
        choice = random.Random(own)
        while time.monotonic() < end:
            status, took = ask(target, f"{choice.choice(texts)}\n#{own}.{next(numbers)}.{seconds}{source}", source)
            tally.times.append(took)
            if status != 200:
                tally.failures[status] += 1
            time.sleep(PAUSE_S)

    threads = [threading.Thread(target=client, args=(own,)) for own in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def attack(target: Target, kinds: dict[str, str], connections: int, pause_s: float, stop: Event, say: str) -> None:
    """Keep hostile queries in flight until `stop` is set; write what they were answered to the file `say`."""
    # In a process of its own, so that it does not slow down the clocks of the well-behaved.
    answers: Counter[tuple[str, str]] = Counter()

    async def one(own: int) -> None:
        for number in itertools.count(own):
            kind = list(kinds)[number % len(kinds)]
            body = f"{kinds[kind]}\n#{own}.{number}".encode()
            answers[kind, await _hostile(target, body, read=kind != UNREAD)] += 1
            await asyncio.sleep(pause_s)

    async def everyone() -> None:
        tasks = [asyncio.ensure_future(one(own)) for own in range(connections)]
        while not stop.is_set():
            await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(everyone())
    Path(say).write_text(json.dumps([[*key, count] for key, count in answers.items()]), encoding="utf-8")


async def _hostile(target: Target, body: bytes, *, read: bool) -> str:
    """Ask once; return the status, "broken off" or "none"."""
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", target.port, local_addr=(HOSTILE_ADDRESS, 0), limit=1 << 14
        )
    except OSError:
        return "none"
    try:
        head = (
            f"POST /{target.path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
        )
        writer.write(head.encode() + b"Content-Type: application/sparql-query\r\n\r\n" + body)
        await writer.drain()
        status = (await reader.readline()).decode("latin-1").split()
        if not status:
            return "none"
        if not read:
            await asyncio.sleep(30)
        last = b""
        while piece := await reader.read(1 << 16):
            last = piece
        chunked_and_broken = status[1] == "200" and not last.endswith((b"0\r\n\r\n", b"}"))
        return "broken off" if chunked_and_broken else status[1]
    except OSError:
        return "none"
    finally:
        writer.close()


@contextmanager
def attacked(target: Target, kinds: dict[str, str], connections: int, pause_s: float) -> Iterator[Counter[str]]:
    """Within, `target` is attacked; afterwards the counter holds the answers, by kind and status."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    found: Counter[str] = Counter()
    with tempfile.NamedTemporaryFile() as said:
        arguments = (target, kinds, connections, pause_s, stop, said.name)
        process = context.Process(target=attack, args=arguments, daemon=True)
        process.start()
        try:
            # Until the attack has unfolded.
            time.sleep(2)
            yield found
        finally:
            stop.set()
            process.join(10)
            if process.is_alive():
                process.kill()
        with contextlib.suppress(ValueError):
            for kind, status, count in json.loads(Path(said.name).read_text(encoding="utf-8")):
                found[f"{kind}\t{status}"] += count


@dataclass
class Server:
    """A server that is started again whenever it dies."""

    target: Target
    command: list[str]
    environ: dict[str, str]
    memory: int | None = None
    deaths: int = 0
    _stopping: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Server":
        self._start()
        self._watching = threading.Thread(target=self._watch)
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._watching.join()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _start(self) -> None:
        limit: Callable[[], None] | None = None
        if self.memory is not None:
            most = self.memory
            limit = partial(resource.setrlimit, resource.RLIMIT_AS, (most, most))
        self._process = subprocess.Popen(
            self.command, env=self.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit
        )
        for _ in range(200):
            if self._process.poll() is not None or ask(self.target, "ASK {}", OTHER_ADDRESS)[0] == 200:
                return
            time.sleep(0.1)

    def _watch(self) -> None:
        while not self._stopping.wait(0.1):
            if self._process.poll() is not None:
                self.deaths += 1
                self._start()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def servers(release: Path, folder: Path) -> list[Server]:
    """Return both servers, not yet started."""
    oxigraph = str(Path(sys.executable).parent / "oxigraph")
    location = folder / "oxigraph"
    load = [oxigraph, "load", "-l", str(location), "-f", str(release / "dataset.nq")]
    subprocess.run(load, check=True, capture_output=True)
    ours, theirs = Target("tradegraph", "sparql", free_port()), Target("oxigraph", "query", free_port())
    bind = ["-b", f"127.0.0.1:{theirs.port}", "--union-default-graph", "--timeout-s", "30"]
    return [
        Server(
            ours,
            [sys.executable, "-c", PROGRAM, str(release)],
            {**os.environ, "TRADEGRAPH_PORT": str(ours.port)},
        ),
        Server(
            theirs,
            [oxigraph, "serve-read-only", "-l", str(location), *bind],
            dict(os.environ),
            OXIGRAPH_BYTES,
        ),
    ]


def small_queries(target: Target, release: Path) -> list[str]:
    """Return point look-ups, and those of the numbered questions that take a moment when nothing else runs."""
    subjects = sorted({line.split(" ", 1)[0] for line in (release / "dataset.nq").open(encoding="utf-8")})
    look_ups = [f"SELECT ?p ?o WHERE {{ {one} ?p ?o }}" for one in random.Random(1).sample(subjects, 100)]
    questions = [StoredQuery.read(path).text for path in Project.own().query_files("questions")]
    small = []
    for text in questions[:100]:
        status, took = min(ask(target, f"{text}\n#{attempt}", OTHER_ADDRESS) for attempt in range(2))
        if status == 200 and 1000 * took < SMALL_MS:
            small.append(text)
    return look_ups + small


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8, help="of each phase")
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0.1)
    parser.add_argument("--kinds", default="", help="part of the names of the hostile queries to use; all unless given")
    parser.add_argument("--only", choices=["tradegraph", "oxigraph"])
    parser.add_argument("--release", type=Path, default=ROOT / "build" / "current")
    arguments = parser.parse_args()
    described = json.loads((arguments.release / "release.json").read_text(encoding="utf-8"))
    kinds = {name: text for name, text in hostile(sorted(described["graphs"])[:50]).items() if arguments.kinds in name}
    answers: dict[str, Counter[str]] = {}
    print(
        "| server | well-behaved clients | queries | p50 ms | p99 ms | slowest ms | failures | deaths of the server |"
    )
    print("|---|---|---:|---:|---:|---:|---|---:|")
    with tempfile.TemporaryDirectory() as name:
        texts: list[str] = []
        for server in servers(arguments.release, Path(name)):
            target = server.target
            if arguments.only not in (None, target.name):
                continue
            with server:
                texts = texts or small_queries(target, arguments.release)
                _row(server, "alone", behave(target, texts, arguments.seconds, OTHER_ADDRESS))
                for phase, source, left_out in PHASES[target.name]:
                    sent = {kind: text for kind, text in kinds.items() if kind not in left_out}
                    with attacked(target, sent, arguments.connections, arguments.pause) as found:
                        _row(server, phase, behave(target, texts, arguments.seconds, source))
                    answers.setdefault(target.name, Counter()).update(found)
    print(f"\nWell-behaved: {len(texts)} texts, {CLIENTS} clients. Answers to the hostile queries:\n")
    print("| hostile query | " + " | ".join(answers) + " |")
    print("|---|" + "---|" * len(answers))
    for kind in kinds:
        cells = []
        for found in answers.values():
            of_kind = {key.split("\t")[1]: count for key, count in found.items() if key.split("\t")[0] == kind}
            cells.append(", ".join(f"{count} × {status}" for status, count in sorted(of_kind.items())))
        print(f"| {kind} | " + " | ".join(cells) + " |")


def _row(server: Server, phase: str, tally: Tally) -> None:
    failures = ", ".join(f"{count} × {status or 'none'}" for status, count in sorted(tally.failures.items())) or "0"
    figures = " | ".join(f"{tally.at(share):.1f}" for share in (0.5, 0.99, 1.0))
    name = server.target.name
    print(f"| {name} | {phase} | {len(tally.times)} | {figures} | {failures} | {server.deaths} |", flush=True)


if __name__ == "__main__":
    main()
