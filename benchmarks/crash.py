"""Kills servers that are being written to, hundreds of times, and counts what is lost: ours, and `oxigraph serve`.

    .venv/bin/python benchmarks/crash.py [--rounds 200] [--modes all,serving,keeper,power] [--only tradegraph]

In each round several writers send updates, one after the other and all at the same time, until the server is killed
(SIGKILL) at a random moment, one time in ten while it is still starting. Every update inserts the triples of a thing of
its own, half of them in another graph, and deletes those of an earlier thing, in one request; small ones of 8 triples,
and now and then one of 2,000. Then the server is started again and each thing is counted: of a thing whose update was
acknowledged all triples must be there, of a deleted one none; of the update that was under way, all of it or nothing.

* all: every process of the server at once;
* serving: only the process that answers (ours: the child of granian; then whatever is left is waited for, and started
  again, as a supervisor does);
* keeper: only the process that holds the data, while the others go on; timed until a write is acknowledged again;
* power: what a power cut leaves. The folder is copied while the server writes to it. Of the copy, only what came after
  the last acknowledged write may be damaged, since all before it has been synced: there the journal is cut at any
  byte, or sectors of its last frame are zeros, as where the system had made room and not yet written. Then the copy is
  opened. A server that does not sync before it acknowledges has no such point, so this is for ours alone.

Prints one Markdown table. `--strace` adds, for both servers, how many calls of fsync and fdatasync 200 acknowledged
writes took: what a server has not synced, a power cut may take. Loopback only; about 25 minutes with the defaults.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from tradegraph.errors import NotSound
from tradegraph.writing import DataFolder, Tokens
from tradegraph.writing.segments import Place, Reading, segment_path
from tradegraph.writing.state import resume

OWN: Final = "https://example.org/own/"
GRAPHS: Final = (OWN + "left", OWN + "right")
BENEATH: Final = '<https://example.org/s> <https://example.org/p> "beneath" <https://example.org/beneath> .\n'
"""The data set under the written graphs: as good as none, so that starting is that of the server."""
WRITERS: Final = 4
KEPT: Final = 5
"""Things of each writer that are there at a time."""
SMALL, LARGE = 8, 2_000
MOST_WRITES: Final = 40
"""How many writes are acknowledged in a round at most, about."""
MOST_START_S: Final = 60.0
CUTS_PER_COPY: Final = 10
_SECTOR: Final = 512
_NUMBER: Final = re.compile(r"urn:thing:(\d+)$")


@dataclass
class Server:
    """A server that keeps its data in `folder`; `update` and `query` are the paths of its operations."""

    name: str
    command: list[str]
    folder: Path
    log: Path
    port: int
    update: str
    query: str
    token: str = ""
    environ: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it, in a process group of its own."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, env={**os.environ, **self.environ}, start_new_session=True
            )

    @property
    def pid(self) -> int:
        """The process that was started."""
        if self.process is None:
            raise RuntimeError("the server was not started")
        return self.process.pid

    def ready(self, most_s: float = MOST_START_S) -> float | None:
        """Wait until it answers a query; return the seconds that took, None when it ended or is too late."""
        began = time.monotonic()
        while time.monotonic() - began < most_s:
            if self.process is None or self.process.poll() is not None:
                return None
            if self.rows("ASK {}") is not None:
                return time.monotonic() - began
            time.sleep(0.005)
        return None

    def kill(self) -> None:
        """Kill every process of it at once, and wait until none is left."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()
        wait_until(lambda: not group(self.pid))

    def stop(self) -> None:
        """Ask it to leave, and kill what does not."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
        self.kill()

    def send(self, method: str, path: str, body: bytes | None, fields: dict[str, str]) -> tuple[int, bytes]:
        """Send one request over a connection of its own; status 0 when no whole answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, fields)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def write(self, text: str) -> tuple[int, bytes]:
        """Send an update; see `send`."""
        return self.send("POST", self.update, text.encode(), self.fields)

    @property
    def fields(self) -> dict[str, str]:
        """The header fields of an update."""
        given = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {"Content-Type": "application/sparql-update", **given}

    def rows(self, text: str) -> list[dict[str, str]] | None:
        """Ask a query; None when there is no whole answer."""
        path = f"{self.query}?{urlencode({'query': text})}"
        status, body = self.send("GET", path, None, {"Accept": "application/sparql-results+json"})
        if status != 200:
            return None
        found = json.loads(body).get("results", {"bindings": []})["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]

    def counts(self) -> Counter[int]:
        """Return how many triples each thing has, in all graphs."""
        found: list[dict[str, str]] | None = None
        for _ in range(20):
            # What has just come back may be busy.
            found = self.rows("SELECT ?s (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?s")
            if found is not None:
                break
            time.sleep(0.5)
        if found is None:
            raise RuntimeError(f"{self.name} does not answer; see {self.log}")
        return numbered((row["s"], int(row["n"])) for row in found if "s" in row)


def ours(folder: Path, environ: dict[str, str] | None = None, beneath: str = BENEATH) -> Server:
    """Return our server, writable, on a new data folder in `folder`, over a data set of N-Quads; not started."""
    port, data = free_port(), folder / "data"
    (folder / "beneath.nq").write_text(beneath, encoding="utf-8")
    token, _ = Tokens(DataFolder.create(data).tokens).add("writer", ["read", "write"], [OWN], None)
    given = ["--port", str(port), "--dataset", str(folder / "beneath.nq"), "--union-default-graph"]
    program = [sys.executable, "-m", "tradegraph.cli", "serve", *given, "--writable", "--data-dir", str(data)]
    log = folder / "tradegraph.log"
    return Server("tradegraph", program, data, log, port, "/update", "/sparql", token, environ or {})


def peer(folder: Path, beneath: str = BENEATH) -> Server:
    """Return `oxigraph serve` on a new folder of its own in `folder`, with the same data set; not started."""
    program, port, data = Path(sys.executable).parent / "oxigraph", free_port(), folder / "oxigraph"
    (folder / "beneath.nq").write_text(beneath, encoding="utf-8")
    load = [str(program), "load", "-l", str(data), "-f", str(folder / "beneath.nq")]
    subprocess.run(load, check=True, capture_output=True)
    command = [str(program), "serve", "-l", str(data), "-b", f"127.0.0.1:{port}", "--union-default-graph"]
    return Server("oxigraph", command, data, folder / "oxigraph.log", port, "/update", "/query")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def group(leader: int) -> list[int]:
    """Return the processes of a process group that are still alive."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            members = status.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            if int(members[2]) == leader and members[0] not in "ZX":
                found.append(int(status.parent.name))
    return found


def children(pid: int) -> list[int]:
    """Return the children of a process."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found


def wait_until(condition: Callable[[], bool], most_s: float = 30) -> float:
    """Wait for a condition; return the seconds it took. TimeoutError when it does not come true."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > most_s:
            raise TimeoutError("it did not happen")
        time.sleep(0.005)
    return time.monotonic() - began


def numbered(counts: Iterable[tuple[str, int]]) -> Counter[int]:
    """Return counts by number of thing; what is no thing of ours is left out."""
    found: Counter[int] = Counter()
    for name, count in counts:
        match = _NUMBER.search(name)
        if match is not None:
            found[int(match[1])] += count
    return found


def size(thing: int) -> int:
    """Return how many triples a thing has."""
    return LARGE if thing % 23 == 0 else SMALL


def triples(thing: int) -> str:
    """Return the triples of a thing, half of them in each graph."""
    half = size(thing) // 2
    return " ".join(
        f"GRAPH <{graph}> {{ "
        + " ".join(f'<urn:thing:{thing}> <urn:p:{place}> "{thing} {place}" .' for place in range(start, start + half))
        + " }"
        for graph, start in zip(GRAPHS, (0, half), strict=True)
    )


@dataclass
class Diary:
    """What one writer knows: its things that are there, oldest first; of the update under way, what came and went."""

    live: list[int] = field(default_factory=list)
    pending: tuple[int, int | None] | None = None

    def ask(self, thing: int) -> str:
        """Note an update and return its text."""
        gone = self.live[0] if len(self.live) >= KEPT else None
        self.pending = (thing, gone)
        deleted = "" if gone is None else f"DELETE DATA {{ {triples(gone)} }} ;\n"
        return f"{deleted}INSERT DATA {{ {triples(thing)} }}"

    def settle(self, *, made: bool) -> None:
        """Note whether the update under way was made."""
        if self.pending is not None and made:
            come, gone = self.pending
            self.live = [one for one in self.live if one != gone] + [come]
        self.pending = None


@dataclass
class Tally:
    """What was found in one mode: counts, and the seconds of each start."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    unacknowledged: int = 0
    refused: int = 0
    starts: list[float] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)


class Writers:
    """Writers that send updates, each in a thread of its own, until told to stop or until the first that fails."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.diaries = [Diary() for _ in range(WRITERS)]
        self.acknowledged = 0
        self.newest = 0
        """Number of the last acknowledged write, as the server counts them; 0 when it does not say."""
        self._next = list(range(WRITERS))
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._counting = threading.Lock()

    def start(self) -> None:
        """Begin to write."""
        self._stopping.clear()
        self._threads = [threading.Thread(target=self._run, args=(own,)) for own in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def wait(self, chance: random.Random) -> None:
        """Return at a random moment: some writes later, and then anywhere within the next ones."""
        until, began = self.acknowledged + chance.randrange(MOST_WRITES), time.monotonic()
        with suppress(TimeoutError):
            wait_until(lambda: self.acknowledged >= until)
        each = (time.monotonic() - began) / max(1, MOST_WRITES // 2)
        time.sleep(chance.random() * 2 * WRITERS * each)

    def stop(self) -> None:
        """Let each finish what it is at."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _run(self, own: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        diary = self.diaries[own]
        try:
            while not self._stopping.is_set():
                thing = self._next[own]
                self._next[own] += WRITERS
                connection.request("POST", self.server.update, diary.ask(thing).encode(), self.server.fields)
                response = connection.getresponse()
                body = response.read()
                if response.status not in (200, 204):
                    return
                diary.settle(made=True)
                self._count(body)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    def _count(self, body: bytes) -> None:
        with self._counting:
            self.acknowledged += 1
            with suppress(ValueError):
                self.newest = max(self.newest, int(json.loads(body)["number"]))

    def check(self, found: Counter[int], tally: Tally) -> None:
        """Hold what is there against what each writer knows, and go on from what is there."""
        for diary in self.diaries:
            diary.settle(made=judge(diary, found, tally))
        known = {one for diary in self.diaries for one in diary.live}
        for thing in found.keys() - known:
            # Deleted, acknowledged, and back; or a part of something.
            tally.lost += found[thing] == size(thing)
            tally.torn += found[thing] != size(thing)


def judge(diary: Diary, found: Counter[int], tally: Tally) -> bool:
    """Count what one writer misses; return whether the update that was under way has been made."""
    come, gone = diary.pending or (None, None)
    for thing in diary.live:
        if thing != gone and found[thing] != size(thing):
            tally.lost += not found[thing]
            tally.torn += bool(found[thing])
    if come is None:
        return False
    before = (0, None if gone is None else size(gone))
    after = (size(come), None if gone is None else 0)
    seen = (found[come], None if gone is None else found[gone])
    if seen not in (before, after):
        tally.torn += 1
    tally.unacknowledged += seen == after
    # What is torn was counted; go on from what is there.
    del found[come]
    if gone is not None:
        del found[gone]
        found[gone if seen != after else come] = size(gone if seen != after else come)
    elif seen == after:
        found[come] = size(come)
    return seen == after


def probe(server: Server) -> bool:
    """Say whether a write is acknowledged."""
    text = f"INSERT DATA {{ GRAPH <{OWN}probe> {{ <a:s> <a:p> {time.monotonic_ns()} }} }}"
    return server.write(text)[0] in (200, 204)


def reopened(server: Server, tally: Tally) -> bool:
    """Start a server and note how long it took, or that it did not."""
    server.start()
    took = server.ready()
    if took is None:
        tally.refused += 1
        server.kill()
        return False
    tally.starts.append(took)
    return True


def killed_whole(server: Server, rounds: int, chance: random.Random) -> Tally:
    """Kill all processes at once."""
    return _killed(server, rounds, chance, lambda: server.kill())


def killed_serving(server: Server, rounds: int, chance: random.Random) -> Tally:
    """Kill only the process that answers; what is left must leave by itself, or it would stand in the way."""
    tally = Tally()

    def kill() -> None:
        for child in children(server.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        try:
            wait_until(lambda: server.process is None or server.process.poll() is not None, 20)
            wait_until(lambda: not group(server.pid), 20)
            tally.notes["left by themselves"] += 1
        except TimeoutError:
            tally.notes["had to be killed"] += 1
            server.kill()

    return _killed(server, rounds, chance, kill, tally, while_starting=False)


def _killed(
    server: Server,
    rounds: int,
    chance: random.Random,
    kill: Callable[[], None],
    tally: Tally | None = None,
    *,
    while_starting: bool = True,
) -> Tally:
    tally = tally or Tally()
    writers = Writers(server)
    reopened(server, tally)
    usual = tally.starts[0] if tally.starts else 1.0
    tally.starts.clear()
    for turn in range(rounds):
        tally.rounds += 1
        writers.start()
        writers.wait(chance)
        kill()
        writers.stop()
        if while_starting and turn % 10 == 9:
            server.start()
            time.sleep(chance.random() * usual)
            server.kill()
        if not reopened(server, tally):
            break
        writers.check(server.counts(), tally)
    server.stop()
    tally.acknowledged = writers.acknowledged
    return tally


def killed_keeper(server: Server, rounds: int, chance: random.Random) -> Tally:
    """Kill the process that holds the data, and see the others start it again."""
    tally, writers = Tally(), Writers(server)
    reopened(server, tally)
    tally.starts.clear()
    (serving,) = children(server.pid)
    for _ in range(rounds):
        tally.rounds += 1
        writers.start()
        writers.wait(chance)
        keepers = children(serving)
        for keeper in keepers:
            os.kill(keeper, signal.SIGKILL)
        began = time.monotonic()
        writers.stop() if chance.random() < 0.5 else time.sleep(0.5)
        writers.stop()
        try:
            wait_until(lambda: probe(server), MOST_START_S)
        except TimeoutError:
            tally.refused += 1
            break
        tally.starts.append(time.monotonic() - began)
        writers.check(server.counts(), tally)
    server.stop()
    tally.acknowledged = writers.acknowledged
    return tally


def power_cuts(server: Server, rounds: int, chance: random.Random) -> Tally:
    """Copy the folder while the server writes, damage what may be lost, and open the copy; `rounds` copies opened."""
    tally, writers = Tally(), Writers(server)
    reopened(server, tally)
    tally.starts.clear()
    with tempfile.TemporaryDirectory() as name:
        for copy_number in range(-(-rounds // CUTS_PER_COPY)):
            writers.start()
            writers.wait(chance)
            diaries = [Diary(list(one.live), one.pending) for one in writers.diaries]
            # The moment of the power cut: all of this was acknowledged by then, and the next writes were under way.
            newest, live = writers.newest, [set(one.live) for one in diaries]
            with suppress(TimeoutError):
                wait_until(partial(_has_gone_on, writers, newest), 5)
            copied = Path(name) / f"copy-{copy_number}"
            _copy(server.folder, copied)
            writers.stop()
            for cut in range(CUTS_PER_COPY):
                tally.rounds += 1
                _open_cut(copied, Path(name) / f"cut-{copy_number}-{cut}", newest, live, chance, tally)
            shutil.rmtree(copied)
            writers.check(server.counts(), tally)
    server.stop()
    tally.acknowledged = writers.acknowledged
    return tally


def _has_gone_on(writers: Writers, newest: int) -> bool:
    return writers.newest > newest + 2


def _copy(source: Path, target: Path) -> None:
    """Copy a folder file by file while it changes; what goes away meanwhile is not in the copy."""
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file() and not path.name.startswith("."):
            copied = target / path.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(path, copied)
    for folder in ("journal", "checkpoints"):
        (target / folder).mkdir(exist_ok=True)


def _open_cut(
    copied: Path, target: Path, newest: int, live: list[set[int]], chance: random.Random, tally: Tally
) -> None:
    """Damage a copy after write `newest`, open it, and count what is there."""
    shutil.copytree(copied, target)
    folder = DataFolder.open(target)
    places = [one for one in frames(folder) if one.number >= newest]
    # The writes after the last acknowledged one may all be there, or the first few of them, and then a part of another.
    kept = chance.randrange(max(1, len(places) - 1))
    last, following = places[kept], places[kept + 1] if kept + 1 < len(places) else None
    tally.notes[damage(folder, last, following, chance)] += 1
    began = time.monotonic()
    try:
        journal, state = resume(folder)
    except NotSound as error:
        tally.refused += 1
        tally.notes[f"refused: {str(error)[-200:]}"] += 1
        return
    tally.starts.append(time.monotonic() - began)
    journal.close()
    tally.lost += max(0, newest - state.number)
    found = numbered((line.split(b" ", 1)[0].decode().strip("<>"), 1) for line in state.lines)
    for thing, count in found.items():
        tally.torn += count != size(thing)
    # Each writer's later things push out its earlier ones, one by one: never may there be fewer than were there.
    for own, things in enumerate(live):
        there = sum(1 for thing in found if thing % WRITERS == own)
        tally.lost += max(0, len(things) - there)
    tally.unacknowledged += state.number - newest
    shutil.rmtree(target)


def frames(folder: DataFolder) -> list[Place]:
    """Return the ends of all whole frames of a journal."""
    reading = Reading(folder)
    places = [reading.place]
    for _ in reading:
        if reading.place != places[-1]:
            places.append(reading.place)
    return places


def damage(folder: DataFolder, last: Place, following: Place | None, chance: random.Random) -> str:
    """Leave a journal as a power cut may, which came while the frame after `last` was being written; say how.

    What came later is taken away: it was only written once this frame was safe.
    """
    path = segment_path(folder.journal, last.segment)
    for other in folder.journal.glob("*.log"):
        if int(other.stem) > last.segment:
            if following is not None and following.segment == int(other.stem):
                path = other
            else:
                other.unlink()
    content = path.read_bytes()
    start = last.offset if path == segment_path(folder.journal, last.segment) else 0
    tail = content[start : following.offset if following is not None else len(content)]
    how = chance.choice(["cut", "zeros", "zeros to the end"]) if tail else "nothing under way"
    if how == "cut":
        tail = tail[: chance.randrange(len(tail))]
    elif how != "nothing under way":
        sectors = list(range(start // _SECTOR, (start + len(tail) - 1) // _SECTOR + 1))
        first = chance.choice(sectors)
        some = chance.sample(sectors, -(-len(sectors) // 2))
        lost = range(first, sectors[-1] + 1) if how == "zeros to the end" else some
        blanked = bytearray(tail)
        for sector in lost:
            begin, end = max(0, sector * _SECTOR - start), min(len(tail), (sector + 1) * _SECTOR - start)
            blanked[begin:end] = bytes(end - begin)
        tail = bytes(blanked)
    path.write_bytes(content[:start] + tail)
    return how


MODES: Final[dict[str, tuple[str, Callable[[Server, int, random.Random], Tally]]]] = {
    "all": ("all processes", killed_whole),
    "serving": ("the serving process", killed_serving),
    "keeper": ("the keeper", killed_keeper),
    "power": ("the power (copies of the folder)", power_cuts),
}
OF_PEER: Final = ("all",)
"""It has one process and does not sync: the other modes have no meaning for it."""


def syncs(server: Server, writes: int = 200) -> tuple[int, int]:
    """Return how many writes one writer had acknowledged, and how often the disk was waited for meanwhile."""
    server.start()
    server.ready()
    with tempfile.NamedTemporaryFile("r") as traced:
        watched = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync,sync_file_range,msync", "-o", traced.name]
        tracer = subprocess.Popen([*watched, *(part for one in group(server.pid) for part in ("-p", str(one)))])
        time.sleep(1)
        done = sum(
            server.write(f"INSERT DATA {{ GRAPH <{OWN}synced> {{ <a:s> <a:p> {number} }} }}")[0] in (200, 204)
            for number in range(writes)
        )
        tracer.terminate()
        tracer.wait()
        calls = len(re.findall(r"\b(?:fsync|fdatasync|sync_file_range|msync)\(", traced.read()))
    server.stop()
    return done, calls


def main() -> None:
    """Kill, count and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200, help="kills, or cuts, of each mode")
    parser.add_argument("--modes", default=",".join(MODES), help="which of them, by commas")
    parser.add_argument("--only", choices=["tradegraph", "oxigraph"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strace", action="store_true", help="count calls of fsync as well")
    arguments = parser.parse_args()
    # So that the servers are stopped, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    made: dict[str, Callable[[Path], Server]] = {"tradegraph": ours, "oxigraph": peer}
    print(
        "| server | killed | rounds | acknowledged | lost | torn | there, not acknowledged | did not start "
        "| reopened in s, median | longest | notes |\n|---|---|" + "---:|" * 8 + "---|"
    )
    for mode in arguments.modes.split(","):
        title, run = MODES[mode]
        for name, make in made.items():
            if arguments.only not in (None, name) or (name == "oxigraph" and mode not in OF_PEER):
                continue
            with tempfile.TemporaryDirectory() as folder:
                server = make(Path(folder))
                try:
                    tally = run(server, arguments.rounds, random.Random(arguments.seed))
                finally:
                    server.kill()
            print(_row(name, title, tally), flush=True)
    if arguments.strace:
        print("\n| server | writes acknowledged | calls of fsync or fdatasync |\n|---|---:|---:|")
        for name, make in made.items():
            with tempfile.TemporaryDirectory() as folder:
                done, calls = syncs(make(Path(folder)))
            print(f"| {name} | {done} | {calls} |")


def _row(name: str, title: str, tally: Tally) -> str:
    starts = tally.starts or [float("nan")]
    notes = ", ".join(f"{count} × {note}" for note, count in tally.notes.most_common())
    figures = (
        tally.rounds,
        f"{tally.acknowledged:,}",
        tally.lost,
        tally.torn,
        tally.unacknowledged,
        tally.refused,
        f"{statistics.median(starts):.2f}",
        f"{max(starts):.2f}",
    )
    return f"| {name} | {title} | " + " | ".join(map(str, figures)) + f" | {notes} |"


if __name__ == "__main__":
    main()
