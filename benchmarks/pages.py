"""Measures the pages: the time to the first byte, of each kind, when nobody asked before and when someone did.

    .venv/bin/python benchmarks/pages.py [--port 8019] [--each 15] [--again 5]

Starts a server of the current release, waits until it has warmed up, and asks for different pages of each kind one
after the other, each once (*first*), then all of them again (*again*), and again with the tag of the answer
(*unchanged*, 304). One connection, compressed as browsers ask. Prints a Markdown table of medians in ms, the slowest
first request, and the size on the wire. Machines differ: compare rows of one run.
"""

import argparse
import hashlib
import html
import http.client
import itertools
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LANGUAGES = ("nl", "en")
ASKED = {"Accept": "text/html", "Accept-Encoding": "gzip, br, zstd", "Accept-Language": "nl"}
# Per row of the table: what it is called, where links to such pages stand, and what their addresses look like.
KINDS = (
    ("front page", "", r""),
    ("search", "organisation/", None),
    ("list, whole", "kinds", r"[a-z-]+/"),
    ("list, narrowed", "mission/", r"mission/\?[a-z]+=[^&]+"),
    ("mission", "mission/", r"mission/[^/?]+"),
    ("agreement", "agreement/", r"agreement/[^/?]+"),
    ("country", "territory/", r"territory/[^/?]+"),
    ("person", "person/", r"person/[^/?]+"),
    ("organisation", "organisation/", r"organisation/[^/?]+"),
    ("instrument", "instrument/", r"instrument/[^/?]+"),
    ("document", "document/", r"document/[^/?]+"),
    ("longest document", "document/kst-36180-179", r"document/kst-36180-179"),
    ("passage", "document/bz2626864", r"passage/[^/?]+"),
    ("question of Parliament", "question/", r"question/[^/?]+"),
    ("figure", "statistics/", r"statistics/[^/?]+"),
    ("map", "map", r"map(\?layer=[a-z]+)?"),
    ("timeline", "timeline", r"timeline"),
    ("connections of two", "organisation/", None),
    ("graph of a thing", "territory/", None),
    ("question, answered", "questions/", r"questions/[^/?]+"),
    ("SPARQL page", "sparql", r"sparql"),
    ("term", "def", r"def/[^/?]+"),
    ("shapes", "shapes", r"shapes"),
    ("concept", "scheme/sector", r"concept/[^/?]+"),
    ("quality", "quality", r"quality(/[a-z-]+)?"),
    ("downloads", "data", r"data"),
)


@dataclass(frozen=True)
class Taken:
    """One request: milliseconds to the first byte, bytes of the body, status and tag."""

    ms: float
    size: int
    status: int
    tag: str


class Visitor:
    """Asks one server over one connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def asks(self, address: str, tag: str = "") -> Taken:
        """Return what one request took; with a tag, the answer may be that nothing changed."""
        headers = ASKED | ({"If-None-Match": tag} if tag else {})
        begun = time.perf_counter()
        self._connection.request("GET", address, headers=headers)
        answer = self._connection.getresponse()
        first = answer.read(1)
        took = time.perf_counter() - begun
        body = first + answer.read()
        return Taken(took * 1000, len(body), answer.status, answer.headers.get("ETag", ""))

    def reads(self, address: str) -> str:
        """Return the text of a page."""
        self._connection.request("GET", address, headers={"Accept": "text/html"})
        return self._connection.getresponse().read().decode()


@contextmanager
def server(port: int) -> Iterator[Visitor]:
    """Run a server until the block ends."""
    program = str(Path(sys.executable).parent / "tradegraph")
    process = subprocess.Popen([program, "serve", "--no-build", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        for attempt in itertools.count():
            try:
                Visitor(port).asks("/healthz")
                break
            except OSError:
                if attempt > 200:
                    raise
                time.sleep(0.1)
        # What a server makes ready by itself is not what is measured.
        time.sleep(float(os.environ.get("TRADEGRAPH_WARM_S", "10")))
        yield Visitor(port)
    finally:
        process.terminate()
        process.wait()


def links(text: str, language: str, pattern: str) -> list[str]:
    """Return the different addresses on a page that look like `pattern`, in an order that is always the same."""
    found = {html.unescape(link) for link in re.findall(r'<a [^>]*?href="([^"#]+)', text)}
    wanted = re.compile(f"/{language}/(?:{pattern})")
    # The digest spreads the sample over the list.
    return sorted(
        (link for link in found if wanted.fullmatch(link)), key=lambda link: hashlib.sha256(link.encode()).digest()
    )


def addresses(visitor: Visitor, name: str, place: str, pattern: str | None, count: int) -> list[str]:
    """Return the addresses of one row: half of them Dutch, half English."""
    chosen: list[str] = []
    for language in LANGUAGES:
        start = f"/{language}/{place}"
        if pattern is not None:
            here = [start] if re.fullmatch(pattern, place) else []
            # The list itself was asked for to find them: only what it leads to is new.
            text = "" if here and not re.search(r"[?(\[]", pattern) else visitor.reads(start)
            found = here + [one for one in links(text, language, pattern) if one not in here]
        else:
            things = links(visitor.reads(start), language, f"{urlsplit(place).path}[^/?]+")
            keys = [one.removeprefix(f"/{language}/").replace("/", "%2F") for one in things]
            found = {
                "search": [f"/{language}/search?q={key.split('%2F')[1].replace('-', '+')}" for key in keys],
                "connections of two": [f"/{language}/connections?from={key}&to=territory%2Fidn" for key in keys],
                "graph of a thing": [f"/{language}/graph?focus={key}" for key in keys],
            }[name]
        chosen += found[: -(-count // 2)]
    return chosen


def main() -> None:
    """Measure every kind and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8019)
    parser.add_argument("--each", type=int, default=15, help="different pages of a kind")
    parser.add_argument("--again", type=int, default=5, help="rounds of repeated requests")
    given = parser.parse_args()
    # Which pages there are is asked of another run of the server: in the one that is measured, all of them are new.
    with server(given.port) as visitor:
        wanted = {name: addresses(visitor, name, place, pattern, given.each) for name, place, pattern in KINDS}
    print("| kind of page | pages | first ms | slowest | again ms | unchanged ms | kB |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    with server(given.port) as visitor:
        for name, asked in wanted.items():
            first = [visitor.asks(address) for address in asked]
            wrong = [address for address, one in zip(asked, first, strict=True) if one.status != 200]
            if wrong or not first:
                sys.exit(f"{name}: these pages do not answer 200: {wrong}")
            again = [visitor.asks(address) for _ in range(given.again) for address in asked]
            same = [visitor.asks(address, one.tag) for address, one in zip(asked, first, strict=True)]
            print(
                f"| {name} | {len(asked)} | {statistics.median(one.ms for one in first):.0f} "
                f"| {max(one.ms for one in first):.0f} | {statistics.median(one.ms for one in again):.1f} "
                f"| {statistics.median(one.ms for one in same):.1f} "
                f"| {statistics.median(one.size for one in first) / 1000:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
