"""Attacks the write paths: what they answer, what it costs, and what others notice: ours, and `oxigraph serve`.

    .venv/bin/python -m benchmarks.write_attack [--seconds 6] [--kinds nesting] [--only tradegraph]

For each kind of attack: some connections of somebody who may write send hostile requests, again and again, for some
seconds, while one well-behaved writer adds triples of its own, by updates with a pattern, and one well-behaved reader
asks point look-ups. For each server one row: what was answered and after how long; how far its memory rose above what
it was before (proportional set size of all its processes: what workers share counts once); how long the well-behaved
waited (p99, failures too); and whether it was alive afterwards, with the data that nobody should have changed, all that
was acknowledged to the well-behaved writer, and nothing of what was refused.

Ours has its default settings but a write time limit of 5 s, so that the phases can be short. Oxigraph has a limit of
5 s too, which is for queries, and 6 GB of memory. Who is dead is started again. Loopback only; about 8 minutes.
"""

import argparse
import asyncio
import contextlib
import gzip
import http.server
import json
import multiprocessing
import random
import resource
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Final, Literal

import zstandard
from benchmarks.crash import Server, group, ours, peer

from tradegraph.writing import DataFolder, Tokens

GOOD, HOSTILE = "https://example.org/own/good", "https://example.org/hostile/"
FIXED: Final = "https://example.org/fixed"
NUMBERS: Final = 3_000
BENEATH: Final = "".join(
    f'<https://example.org/{n}> <https://example.org/number> "{n}"^^<http://www.w3.org/2001/XMLSchema#integer> '
    f"<{FIXED}> .\n"
    for n in range(NUMBERS)
)
TIME_LIMIT_S: Final = 5
PEER_BYTES: Final = 6 * 2**30
GIVEN_UP_S: Final = 10.0
MOST_SENT: Final = 256 * 2**20
"""Bytes of a body without end that are sent before the attacker thinks that it would have gone on."""
_CHUNK: Final = b" " * 65_536
_XML: Final = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="a:">'

Manner = Literal["whole", "half", "slow", "slow head", "silent", "endless", "announced"]
"""How a request is sent: its body whole, cut off in the middle, a byte a second; its head a byte a second; not at
all, but connected; in chunks without end, or announced as a terabyte."""


@dataclass(frozen=True)
class Hostile:
    """A hostile request: `path`, `body` and its media `type`; `fields` are more header fields."""

    path: str
    type: str
    body: bytes
    manner: Manner = "whole"
    fields: tuple[tuple[str, str], ...] = ()
    method: str = "POST"


@dataclass(frozen=True)
class Attack:
    """Hostile requests of one kind, over a number of connections at a time.

    `ours_only` where oxigraph has no such thing. With `harmless`, they may succeed: what they cost is what matters.
    """

    requests: tuple[Hostile, ...]
    connections: int = 4
    seconds: float | None = None
    ours_only: bool = False
    harmless: bool = False
    token: str | None = None


def document(media_type: str, body: str | bytes, *fields: tuple[str, str], manner: Manner = "whole") -> Hostile:
    """Return a document that is put into a hostile graph."""
    content = body.encode() if isinstance(body, str) else body
    return Hostile(f"/store?graph={HOSTILE}document", media_type, content, manner, fields, "PUT")


def update(text: str | bytes, manner: Manner = "whole") -> Hostile:
    """Return a hostile update."""
    content = text.encode() if isinstance(text, str) else text
    return Hostile("/update", "application/sparql-update", content, manner)


def attacks(elsewhere: int) -> dict[str, Attack]:
    """Return the attacks by name; `elsewhere` is the port of a server that nobody here should ask for anything."""
    good = "<a:s> <a:p> 1 ."
    four = " ".join(f"?s{n} <https://example.org/number> ?o{n} ." for n in range(4))
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE r [<!ENTITY e0 "xxxxxxxxxx">{entities}]>'
    inside = f'GRAPH <{HOSTILE}update> {{ <a:s> <a:p> "'
    doubled = "".join(f" BIND (CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(32))
    graphs = " ".join(f"GRAPH <{HOSTILE}{n}> {{ {good} }}" for n in range(20_000))
    deep = 20_000
    return {
        "nothing (to compare with)": Attack((), 0),
        "malformed, in six syntaxes": Attack(
            (
                document("text/turtle", f"{good}\n<a:s> <a:p>"),
                document("application/n-triples", "<a:s> <a:p> \n"),
                document("application/n-quads", "<a:s> <a:p> <a:o> .\n<a:s>\n"),
                document("application/trig", f"{good}\n<a:s> <a:p>"),
                document("application/ld+json", '{"@id": }'),
                document("application/rdf+xml", f"{_XML}<a"),
                update("INSERT DATA { GRAPH "),
            )
        ),
        "types that are not read": Attack(
            (
                document("application/pdf", good),
                document("text/html", good),
                document("", good),
                document("text/turtle; charset=utf-16", good.encode("utf-16")),
                Hostile("/update", "text/plain", b"CLEAR ALL"),
            )
        ),
        "invalid UTF-8": Attack(
            (
                document("text/turtle", b'<a:s> <a:p> "\xff\xfe" .'),
                update(f"INSERT DATA {{ {inside}".encode() + b'\xff" } }'),
            )
        ),
        "announced as a terabyte": Attack((document("text/turtle", good, manner="announced"),)),
        "chunks without end": Attack((document("text/turtle", good, manner="endless"), update(good, "endless"))),
        "gzip bomb": Attack(
            (document("text/turtle", gzip.compress(bytes(10**9), 9), ("Content-Encoding", "gzip")),), ours_only=True
        ),
        "zstd bomb": Attack(
            (document("text/turtle", zstandard.compress(bytes(10**9)), ("Content-Encoding", "zstd")),), ours_only=True
        ),
        "gzip, a million empty parts": Attack(
            (document("text/turtle", gzip.compress(b"") * 10**6, ("Content-Encoding", "gzip")),), ours_only=True
        ),
        "gzip, 60 MB from 60 kB, 64 at a time": Attack(
            (document("text/turtle", gzip.compress(b" " * 60 * 10**6), ("Content-Encoding", "gzip")),),
            64,
            ours_only=True,
            harmless=True,
        ),
        "60 MB of Turtle, 16 at a time": Attack(
            (document("text/turtle", b" " * 60 * 10**6 + b"<a:s> <a:p> 1 ."),), 16, 10, harmless=True
        ),
        "multipart without a part": Attack(
            (document("multipart/form-data; boundary=b", b"x" * 16 * 2**20),), ours_only=True
        ),
        "entities of entities (RDF/XML)": Attack(
            (
                document(
                    "application/rdf+xml",
                    f'{laughs}{_XML}<rdf:Description rdf:about="a:s"><e:p>&e11;</e:p></rdf:Description></rdf:RDF>',
                ),
            )
        ),
        "a file as entity (RDF/XML)": Attack(
            (
                document(
                    "application/rdf+xml",
                    f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>{_XML}'
                    '<rdf:Description rdf:about="a:s"><e:p>&x;</e:p></rdf:Description></rdf:RDF>',
                ),
            )
        ),
        "a context from elsewhere (JSON-LD)": Attack(
            (document("application/ld+json", f'{{"@context": "http://127.0.0.1:{elsewhere}/context", "a": 1}}'),)
        ),
        "LOAD from elsewhere": Attack(
            (update(f"LOAD <http://127.0.0.1:{elsewhere}/data> INTO GRAPH <{HOSTILE}load>"),)
        ),
        "deep nesting, JSON-LD": Attack(
            (
                document("application/ld+json", '{"@graph":[' * deep + "]}" * deep),
                document("application/ld+json", '{"a:p":' * deep + "1" + "}" * deep),
            )
        ),
        "deep nesting, RDF/XML": Attack(
            (
                document(
                    "application/rdf+xml",
                    _XML + "<rdf:Description><e:p>" * deep + "</e:p></rdf:Description>" * deep + "</rdf:RDF>",
                ),
            )
        ),
        "deep nesting, Turtle": Attack(
            (
                document("text/turtle", "<a:s> <a:p> " + "[ <a:p> " * deep + "1" + " ]" * deep + " ."),
                document("text/turtle", "<a:s> <a:p> " + "(" * deep + ")" * deep + " ."),
            ),
            harmless=True,
        ),
        "deep nesting, updates": Attack(
            (
                update(f'INSERT {{ {inside}x" }} }} WHERE {{ {"{" * deep + "}" * deep} }}'),
                update(f'INSERT {{ {inside}x" }} }} WHERE {{ FILTER({"(" * deep}1{")" * deep}) }}'),
            )
        ),
        "bodies cut off in the middle": Attack(
            (
                document("text/turtle", f"{good}\n" * 1000, manner="half"),
                update(f'INSERT DATA {{ {inside}x" }} }}' + " " * 1000, "half"),
            ),
            20,
        ),
        "300 bodies, a byte a second": Attack((document("text/turtle", good * 100, manner="slow"),), 300, 20),
        "500 heads, a byte a second": Attack((document("text/turtle", good, manner="slow head"),), 500, 20),
        "1,100 connections that say nothing": Attack((document("text/turtle", good, manner="silent"),), 1100, 35),
        "cross product": Attack(
            (update(f'INSERT {{ {inside}x" }} }} WHERE {{ {four} FILTER (?o0 + ?o1 + ?o2 + ?o3 < 0) }}'),), 4, 12
        ),
        "cross product, 64 at a time": Attack(
            (update(f'INSERT {{ {inside}x" }} }} WHERE {{ {four} FILTER (?o0 + ?o1 + ?o2 + ?o3 < 0) }}'),), 64, 12
        ),
        "cross product that is inserted": Attack(
            (update(f"INSERT {{ GRAPH <{HOSTILE}update> {{ ?s0 <a:p> ?s1 . ?s2 <a:q> ?s3 }} }} WHERE {{ {four} }}"),),
            4,
            12,
        ),
        "literal that doubles 32 times": Attack(
            (update(f'INSERT {{ {inside}" . <a:s> <a:p> ?a32 }} }} WHERE {{ BIND ("xx" AS ?a0){doubled} }}'),), 4, 12
        ),
        "literals of 30 MB": Attack((update(f'INSERT DATA {{ {inside}{"x" * 30_000_000}" }} }}'),), 4, harmless=True),
        "tokens that are none": Attack(
            (update(f'INSERT DATA {{ {inside}x" }} }}'),), 50, ours_only=True, token="tg_none"
        ),
        "20,000 graphs": Attack((update(f"INSERT DATA {{ {graphs} }}"),), 1, harmless=True),
    }


@dataclass
class Heard:
    """What hostile requests were answered: how often each status, and seconds until it came."""

    statuses: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)


async def send(port: int, token: str, one: Hostile) -> str:
    """Send one hostile request in its manner; return the status, or what came instead."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return "no connection"
    length = {"endless": "Transfer-Encoding: chunked", "announced": f"Content-Length: {10**12}"}
    head = [
        f"{one.method} {one.path} HTTP/1.1",
        "Host: localhost",
        *([f"Content-Type: {one.type}"] if one.type else []),
        *([f"Authorization: Bearer {token}"] if token else []),
        *(f"{name}: {value}" for name, value in one.fields),
        length.get(one.manner, f"Content-Length: {len(one.body)}"),
    ]
    content = "\r\n".join([*head, "", ""]).encode()
    answer = asyncio.ensure_future(reader.readline())
    try:
        await _write(writer, content, one, answer)
        if one.manner == "half":
            return "left"
        status = (await asyncio.wait_for(answer, 60)).decode("latin-1").split()
        return status[1] if len(status) > 1 else "closed"
    except TimeoutError:
        return "no answer in 60 s"
    except (OSError, asyncio.IncompleteReadError):
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
            status = (await asyncio.wait_for(answer, 5)).decode("latin-1").split()
            return status[1] if len(status) > 1 else "closed"
        return "closed"
    finally:
        answer.cancel()
        writer.close()


async def _write(writer: asyncio.StreamWriter, head: bytes, one: Hostile, answer: "asyncio.Future[bytes]") -> None:
    match one.manner:
        case "whole":
            writer.write(head + one.body)
            await writer.drain()
        case "half":
            writer.write(head + one.body[: len(one.body) // 2])
            await writer.drain()
            await asyncio.sleep(0.2)
        case "slow" | "slow head":
            writer.write(head if one.manner == "slow" else head[:20])
            for byte in one.body if one.manner == "slow" else head[20:] * 10:
                if answer.done():
                    return
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(1)
        case "silent":
            await asyncio.wait([answer], timeout=60)
        case "endless" | "announced":
            chunk = b"10000\r\n" + _CHUNK + b"\r\n" if one.manner == "endless" else _CHUNK
            writer.write(head)
            for _ in range(MOST_SENT // len(_CHUNK)):
                if answer.done():
                    return
                writer.write(chunk)
                await writer.drain()


def besiege(port: int, token: str, attack: Attack, seconds: float, begun: Event, say: str) -> None:
    """Send an attack's requests for some seconds; write what was answered to the file `say`."""
    heard = Heard()
    under_way: set[int] = set()

    async def one(own: int) -> None:
        number, until = own, time.monotonic() + seconds
        while time.monotonic() < until:
            hostile = attack.requests[number % len(attack.requests)]
            number += 1
            started = time.monotonic()
            under_way.add(own)
            status = await send(port, token, hostile)
            under_way.discard(own)
            heard.statuses[status] += 1
            heard.times.append(time.monotonic() - started)
            await asyncio.sleep(0.02)

    async def everyone() -> None:
        tasks = [asyncio.ensure_future(one(own)) for own in range(attack.connections)]
        if not tasks:
            return
        await asyncio.sleep(seconds)
        if under_way:
            heard.statuses["not answered yet"] = len(under_way)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=2)

    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    begun.set()
    asyncio.run(everyone())
    Path(say).write_text(json.dumps([dict(heard.statuses), heard.times]), encoding="utf-8")


@dataclass
class Behaved:
    """What a well-behaved client met: seconds of each request, failures by status (0: no answer)."""

    times: list[float] = field(default_factory=list)
    failures: Counter[int] = field(default_factory=Counter)

    def told(self) -> str:
        """Return p99 in ms and the failures, for the table."""
        if not self.times:
            return "none"
        ordered = sorted(self.times)
        p99 = 1000 * ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
        failed = ", ".join(f"{count} × {status or 'none'}" for status, count in sorted(self.failures.items()))
        return f"{p99:,.0f} ({len(ordered)}{'; failed: ' + failed if failed else ''})"


@dataclass
class Victim:
    """A server under attack, which is started again whenever it dies, and the well-behaved around it."""

    server: Server
    hostile_token: str
    deaths: int = 0
    acknowledged: set[int] = field(default_factory=set)
    number: int = 0

    def up(self) -> None:
        """Start it."""
        self.server.start()
        if self.server.ready(120) is None:
            raise RuntimeError(f"{self.server.name} does not start; see {self.server.log}")

    def memory(self) -> float:
        """Return the MiB that all its processes take up, what they share counted once."""
        total = 0
        for pid in group(self.server.pid):
            with suppress(OSError, StopIteration):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1024

    def write(self, until: float) -> Behaved:
        """Add a triple, again and again, by an update that looks something up."""
        met = Behaved()
        while time.monotonic() < until:
            self.number += 1
            began = time.monotonic()
            status, _ = self.server.write(
                f"INSERT {{ GRAPH <{GOOD}> {{ <a:s> <a:p> {self.number} }} }} "
                f"WHERE {{ <https://example.org/{self.number % NUMBERS}> <https://example.org/number> ?n }}"
            )
            met.times.append(time.monotonic() - began)
            if status in (200, 204):
                self.acknowledged.add(self.number)
            else:
                met.failures[status] += 1
            time.sleep(0.05)
        return met

    def read(self, until: float) -> Behaved:
        """Look something up, again and again."""
        met, chance = Behaved(), random.Random(1)
        while time.monotonic() < until:
            began = time.monotonic()
            thing = chance.randrange(NUMBERS)
            rows = self.server.rows(f"SELECT ?n {{ <https://example.org/{thing}> ?p ?n }} # {began}")
            met.times.append(time.monotonic() - began)
            if rows is None:
                met.failures[0] += 1
            elif [row["n"] for row in rows] != [str(thing)]:
                met.failures[-1] += 1
            time.sleep(0.05)
        return met

    def wrong(self, *, harmless: bool) -> str:
        """Say what is wrong with it after an attack; empty when nothing is. A dead one is started again."""
        said = []
        if self.server.process is None or self.server.process.poll() is not None:
            self.deaths += 1
            said.append("dead")
            self.server.kill()
            self.up()
        found = None
        for _ in range(20):
            found = self.server.rows(_ALL)
            if found is not None:
                break
            time.sleep(0.5)
        if found is None:
            self.server.kill()
            self.up()
            return ", ".join([*said, "did not answer, started again"])
        counts = {row["g"]: int(row["n"]) for row in found}
        if counts.get(FIXED) != NUMBERS:
            said.append("data changed")
        values = self.server.rows(f"SELECT ?o {{ GRAPH <{GOOD}> {{ ?s ?p ?o }} }}") or []
        lost = self.acknowledged - {int(row["o"]) for row in values}
        if lost:
            said.append(f"{len(lost)} acknowledged writes lost")
        if not harmless and any(graph.startswith(HOSTILE) for graph in counts):
            said.append("something was written")
        self.server.send("POST", "/update", f"DROP SILENT GRAPH <{HOSTILE}update>".encode(), self.hostile_fields)
        self.server.send("DELETE", f"/store?graph={HOSTILE}document", None, self.hostile_fields)
        return ", ".join(said)

    @property
    def hostile_fields(self) -> dict[str, str]:
        """The header fields of an update of the attacker."""
        fields = {"Content-Type": "application/sparql-update"}
        return {**fields, "Authorization": f"Bearer {self.hostile_token}"} if self.hostile_token else fields


_ALL: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


def attacked(victim: Victim, attack: Attack, seconds: float) -> tuple[Heard, Behaved, Behaved, float]:
    """Attack; return what was answered, what writer and reader met, and by how many MiB the memory rose."""
    seconds = max(seconds, attack.seconds or 0)
    context = multiprocessing.get_context("spawn")
    begun = context.Event()
    token = victim.hostile_token if attack.token is None else attack.token
    before = victim.memory()
    most, met = before, {}
    with tempfile.NamedTemporaryFile() as said:
        process = context.Process(
            target=besiege, args=(victim.server.port, token, attack, seconds, begun, said.name), daemon=True
        )
        process.start()
        begun.wait(60)
        until = time.monotonic() + seconds

        def behave(name: str, act: Callable[[float], Behaved]) -> None:
            met[name] = act(until)

        threads = [
            threading.Thread(target=behave, args=("writer", victim.write)),
            threading.Thread(target=behave, args=("reader", victim.read)),
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            most = max(most, victim.memory())
            time.sleep(0.1)
        process.join(seconds + 30)
        if process.is_alive():
            process.kill()
        heard = Heard()
        with contextlib.suppress(ValueError):
            statuses, heard.times = json.loads(Path(said.name).read_text(encoding="utf-8"))
            heard.statuses.update(statuses)
    return heard, met["writer"], met["reader"], most - before


@contextmanager
def elsewhere() -> Iterator[tuple[int, list[str]]]:
    """Run a server that nobody should ask for anything: its port, and the paths that it was asked for."""
    asked: list[str] = []

    class Told(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Told) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, asked
        server.shutdown()


def victims(folder: Path) -> dict[str, Callable[[], Victim]]:
    """Return how each server is made, in a folder."""

    def tradegraph() -> Victim:
        server = ours(folder, {"TRADEGRAPH_WRITE_TIME_LIMIT_S": str(TIME_LIMIT_S)}, BENEATH)
        token, _ = Tokens(DataFolder.open(server.folder).tokens).add("hostile", ["write"], [HOSTILE], None)
        return Victim(server, token)

    def oxigraph() -> Victim:
        server = peer(folder, BENEATH)
        limited = ["prlimit", f"--as={PEER_BYTES}", "--", *server.command, "--timeout-s", str(TIME_LIMIT_S)]
        server.command = limited
        return Victim(server, "")

    return {"tradegraph": tradegraph, "oxigraph": oxigraph}


def main() -> None:
    """Attack and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=6, help="of each attack, unless it needs more")
    parser.add_argument("--kinds", default="", help="part of the names of the attacks to make; all unless given")
    parser.add_argument("--only", choices=["tradegraph", "oxigraph"])
    arguments = parser.parse_args()
    # So that the servers are stopped, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(
        "| attack | server | answered | after s: median, longest | memory, + MiB | writer: p99 ms | reader: p99 ms "
        "| wrong afterwards |\n|---|---|---|---:|---:|---:|---:|---|"
    )
    with tempfile.TemporaryDirectory() as folder, elsewhere() as (port, asked):
        for name, make in victims(Path(folder)).items():
            if arguments.only not in (None, name):
                continue
            victim = make()
            victim.up()
            try:
                for kind, attack in attacks(port).items():
                    if arguments.kinds not in kind or (attack.ours_only and name == "oxigraph"):
                        continue
                    asked.clear()
                    heard, writer, reader, grown = attacked(victim, attack, arguments.seconds)
                    wrong = victim.wrong(harmless=attack.harmless)
                    if asked:
                        wrong = ", ".join([*filter(None, [wrong]), f"{len(asked)} × fetched from elsewhere"])
                    print(_row(kind, name, heard, writer, reader, grown, wrong), flush=True)
            finally:
                victim.server.kill()


def _row(kind: str, name: str, heard: Heard, writer: Behaved, reader: Behaved, grown: float, wrong: str) -> str:
    answered = ", ".join(f"{count} × {status}" for status, count in heard.statuses.most_common())
    times = f"{statistics.median(heard.times):.2f}, {max(heard.times):.2f}" if heard.times else ""
    return f"| {kind} | {name} | {answered} | {times} | {grown:,.0f} | {writer.told()} | {reader.told()} | {wrong} |"


if __name__ == "__main__":
    main()
