"""Measures the endpoint side by side with `oxigraph serve-read-only` on the same data, in the same run.

    .venv/bin/python benchmarks/endpoint.py [--seconds 5] [--connections 8] [--rounds 3]

Needs the load generator wrk (Debian: `apt-get install wrk`) and the `oxigraph` package of the `dev` extra. Loads:

* point: what is known of one thing, another thing each time, each text new to both servers: no cache helps;
* mixed: the numbered questions and point look-ups in turn, each text new;
* repeated: 500 texts, drawn with a Zipf distribution, as a public endpoint sees them.

Servers take turns, round by round. Prints a Markdown table of medians: requests per second, p50 and p99 in ms, and the
ratio of the rates. Machines differ, and the load generator takes its share of the cores: compare within one run.
"""

import argparse
import itertools
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tradegraph.files import Project
from tradegraph.queries import StoredQuery
from tradegraph.release import ReleaseFolder

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """
local texts = {}
for line in io.lines("%(texts)s") do texts[#texts + 1] = line end
local order = {}
for line in io.lines("%(order)s") do order[#order + 1] = tonumber(line) end
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init(args) n = id * 7919 end
function request()
    n = n + 1
    local text = texts[order[n %% #order + 1]]
    local fresh = "%(fresh)s" == "yes" and ("%%0A%%23" .. id .. "." .. n) or ""
    return wrk.format("GET", "/%(path)s?query=" .. text .. fresh, {Accept = "application/sparql-results+json"})
end
"""
SERVERS = {"tradegraph": ("sparql", 8017), "oxigraph": ("query", 8018)}


@dataclass(frozen=True)
class Load:
    """Texts, the order in which they are asked, and whether each is made new by a comment."""

    name: str
    texts: list[str]
    order: list[int]
    fresh: bool


@dataclass(frozen=True)
class Result:
    """What one run gave; `errors` are answers other than 2xx and broken connections."""

    rate: float
    p50_ms: float
    p99_ms: float
    errors: int


def loads(dataset: Path) -> list[Load]:
    """Make the loads from the release's own things and questions."""
    seed = random.Random(1)
    subjects = sorted({line.split(" ", 1)[0] for line in dataset.open(encoding="utf-8")})
    look_ups = [f"SELECT ?p ?o WHERE {{ {one} ?p ?o }}" for one in seed.sample(subjects, 2000)]
    questions = [StoredQuery.read(path).text for path in Project.own().query_files("questions")]
    mixed = questions + look_ups[: 3 * len(questions)]
    popular = look_ups[:400] + questions[:100]
    seed.shuffle(popular)
    weights = [1 / rank for rank in range(1, len(popular) + 1)]
    return [
        Load("point", look_ups, list(range(1, len(look_ups) + 1)), fresh=True),
        Load("mixed", mixed, seed.sample(range(1, len(mixed) + 1), len(mixed)), fresh=True),
        Load("repeated", popular, seed.choices(range(1, len(popular) + 1), weights, k=20_000), fresh=False),
    ]


@contextmanager
def servers(dataset: Path, releases: Path, folder: Path) -> Iterator[None]:
    """Run both servers until the block ends."""
    location = folder / "oxigraph"
    oxigraph = str(Path(sys.executable).parent / "oxigraph")
    subprocess.run([oxigraph, "load", "-l", location, "-f", dataset], check=True, capture_output=True)
    program = str(Path(sys.executable).parent / "tradegraph")
    environment = {**os.environ, "TRADEGRAPH_RELEASES": str(releases)}
    commands = [
        ([program, "serve", "--no-build", "--port", "8017"], environment),
        (
            [oxigraph, "serve-read-only", "-l", str(location), "-b", "127.0.0.1:8018", "--union-default-graph"],
            dict(os.environ),
        ),
    ]
    running = [
        subprocess.Popen(command, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command, given in commands
    ]
    try:
        for path, port in SERVERS.values():
            _wait_for(f"http://127.0.0.1:{port}/{path}?query={quote('ASK {}')}")
        yield
    finally:
        for process in running:
            process.terminate()
            process.wait()


def _wait_for(url: str) -> None:
    for attempt in itertools.count():
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            if attempt > 100:
                raise
            time.sleep(0.2)


def run(load: Load, server: str, connections: int, seconds: int, folder: Path) -> Result:
    """Put a load on a server; wrk counts."""
    path, port = SERVERS[server]
    texts, order, script = folder / "texts", folder / "order", folder / "load.lua"
    texts.write_text("\n".join(quote(text, safe="") for text in load.texts), encoding="ascii")
    order.write_text("\n".join(map(str, load.order)), encoding="ascii")
    given = {"texts": texts, "order": order, "path": path, "fresh": "yes" if load.fresh else "no"}
    script.write_text(SCRIPT % given, encoding="ascii")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s", "-s", str(script)]
    said = subprocess.run([*command, f"http://127.0.0.1:{port}"], check=True, capture_output=True, text=True).stdout
    rate = float(_found(r"Requests/sec:\s+([\d.]+)", said))
    bad = sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", said))
    bad += sum(int(number) for line in re.findall(r"Socket errors: (.+)", said) for number in re.findall(r"\d+", line))
    p50_ms, p99_ms = (_milliseconds(_found(rf"(?m)^\s+{share}%\s+(\S+)", said)) for share in (50, 99))
    return Result(rate, p50_ms, p99_ms, bad)


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise ValueError(f"wrk did not say {pattern}: {text}")
    return match[1]


def _milliseconds(text: str) -> float:
    factor = 0.001 if text.endswith("us") else 1.0 if text.endswith("ms") else 1000.0
    return float(text.rstrip("usm")) * factor


def main() -> None:
    """Measure every load on both servers and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--releases", type=Path, default=ROOT / "build")
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed. On Debian: apt-get install wrk")
    dataset = ReleaseFolder(arguments.releases).current().dataset
    print("| load | server | requests/s | p50 ms | p99 ms | errors | rate against oxigraph |")
    print("|---|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name, servers(dataset, arguments.releases, Path(name)):
        for load in loads(dataset):
            results: dict[str, list[Result]] = {server: [] for server in SERVERS}
            for _ in range(arguments.rounds):
                for server, found in results.items():
                    found.append(run(load, server, arguments.connections, arguments.seconds, Path(name)))
            rates = {server: statistics.median(one.rate for one in found) for server, found in results.items()}
            for server, found in results.items():
                p50, p99 = (statistics.median(getattr(one, at) for one in found) for at in ("p50_ms", "p99_ms"))
                print(
                    f"| {load.name} | {server} | {rates[server]:.0f} | {p50:.2f} | {p99:.2f} "
                    f"| {sum(one.errors for one in found)} | {rates[server] / rates['oxigraph']:.2f} |"
                )


if __name__ == "__main__":
    main()
