"""A static copy of the site for one release: every page and RDF file, for any web server, links working.

The copy is made by asking the application for every address that its pages lead to, so it cannot differ from the site.
"""

import hashlib
import html
import posixpath
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flask import Flask

from tradegraph.errors import NotFound, NotSound
from tradegraph.languages import LANGUAGES, Language
from tradegraph.namespaces import ID
from tradegraph.web.archive_files import HELP, file_of, is_copied, links_in, relinked
from tradegraph.web.words import say

Progress = Callable[[str], None]
CHECKSUMS: Final = "SHA256SUMS"
_THREADS: Final = 4
_MOST_REDIRECTS: Final = 5
_STEP: Final = 2_000


@dataclass(frozen=True)
class Copied:
    """What was written: how many pages, other files, and bytes in all."""

    pages: int
    others: int
    size: int


@dataclass
class _Crawl:
    """What is known of the site while it is copied: the file or the redirection of each address that was asked."""

    app: Flask
    root: Path
    files: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def ask(self, address: str) -> list[str]:
        """Ask for one address and write its file; return the addresses that it leads to.

        Raises NotSound when the site has no answer to a link of its own.
        """
        answer = self.app.test_client().get(address, headers={"Accept": "text/html, */*;q=0.5"})
        if answer.status_code in (301, 302, 303, 307, 308):
            self.moved[address] = answer.headers["Location"]
            return [self.moved[address]] if is_copied(self.moved[address]) else []
        if answer.status_code != 200:
            raise NotSound(f"{address}: the site answers {answer.status_code} to a link of its own. Mend the page.")
        file = file_of(address, answer.mimetype or "")
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer.data)
        self.files[address] = file
        if answer.mimetype != "text/html":
            return []
        self.pages[address] = file
        return [link for link in links_in(answer.get_data(as_text=True), address) if is_copied(link)]

    def target(self, address: str) -> str | None:
        """Return the file that a link to `address` leads to, None when it is not in the copy."""
        for _ in range(_MOST_REDIRECTS):
            if address in self.files:
                return self.files[address]
            if address not in self.moved:
                return None
            address = self.moved[address]
        return None


def copy_site(
    app: Flask, things: Iterable[str], directory: Path, live: str = "", progress: Progress = lambda step: None
) -> Copied:
    """Write the copy of the site of `app` to `directory`, which must not exist or be empty; all of it or nothing.

    `things` are the IRIs whose pages must be there, besides everything that pages lead to. `live` is the address of the
    living site, for what a copy cannot do. Grows with the number of pages; each is asked for once. Raises NotSound when
    a page leads nowhere, NotFound when the folder is in use.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise NotFound(f"{directory}: there is something here already. Name a folder that does not exist yet.")
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".site-", dir=directory.parent))
    try:
        crawl = _Crawl(app, draft)
        seeds = ["/context.jsonld", *(f"/{language}/" for language in LANGUAGES)]
        keys = [iri.removeprefix(ID) for iri in things if iri.startswith(ID) and "#" not in iri]
        _walk(crawl, [*seeds, *(f"/{language}/{key}" for key in keys for language in LANGUAGES)], progress)
        progress("linking the pages")
        for address, file in crawl.pages.items():
            path = draft / file
            path.write_text(relinked(path.read_text("utf-8"), address, file, crawl.target, live), "utf-8")
        _write_identities(crawl, keys)
        _write_help(draft, live)
        progress("writing checksums")
        size = _write_checksums(draft)
        draft.chmod(0o755)
        if directory.exists():
            directory.rmdir()
        draft.rename(directory)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return Copied(len(crawl.pages), len(crawl.files) - len(crawl.pages), size)


def _walk(crawl: _Crawl, seeds: Iterable[str], progress: Progress) -> None:
    """Ask for every address once, in the order in which they are found, a few at a time."""
    found = dict.fromkeys(seeds)
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for address in found:
        waiting.put(address)
    lock = threading.Lock()

    def one(address: str) -> None:
        links = crawl.ask(address)
        with lock:
            for link in links:
                if link not in found:
                    found[link] = None
                    waiting.put(link)
            if len(crawl.files) % _STEP == 0:
                progress(f"{len(crawl.files)} of {len(found)} addresses")

    with ThreadPoolExecutor(_THREADS) as pool:
        running: set[Future[None]] = set()
        while running or not waiting.empty():
            while not waiting.empty() and len(running) < 2 * _THREADS:
                running.add(pool.submit(one, waiting.get()))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                future.result()


def _write_identities(crawl: _Crawl, keys: Iterable[str]) -> None:
    """Give every identity a page that leads on: `id/mission/oslo.html`."""
    for key in keys:
        file = f"id/{key}.html"
        pages = {language: crawl.target(f"/{language}/{key}") for language in LANGUAGES}
        links = {language: posixpath.relpath(page, posixpath.dirname(file)) for language, page in pages.items() if page}
        path = crawl.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_leading_on(ID + key, links), "utf-8")
    (crawl.root / "index.html").write_text(
        _leading_on("tradegraph", {language: f"{language}/index.html" for language in LANGUAGES}), "utf-8"
    )


def _leading_on(title: str, links: Mapping[Language, str]) -> str:
    first = next(iter(links.values()), "")
    listed = "".join(
        f'<li><a hreflang="{language}" href="{html.escape(href)}">{"Nederlands" if language == "nl" else "English"}</a>'
        for language, href in links.items()
    )
    return (
        f'<!doctype html>\n<html lang="nl"><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta http-equiv="refresh" content="0; url={html.escape(first)}"><ul>{listed}</ul></html>\n'
    )


def _write_help(root: Path, live: str) -> None:
    for language in LANGUAGES:
        link = f'<p><a href="{html.escape(live)}">{html.escape(live)}</a></p>' if live else ""
        title, text = html.escape(say(language, "copy_title")), html.escape(say(language, "copy_text"))
        home = html.escape(say(language, "copy_home"))
        page = (
            f'<!doctype html>\n<html lang="{language}"><meta charset="utf-8"><title>{title} · tradegraph</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<link rel="stylesheet" href="../static/page.css"><main id="main" class="wide narrow">'
            f"<h1>{title}</h1><p>{text}</p>{link}"
            f'<p><a href="index.html">{home}</a></p></main></html>\n'
        )
        (root / language / HELP).write_text(page, "utf-8")


def _write_checksums(root: Path) -> int:
    """Write the SHA-256 of every file, sorted by name, and return the bytes of all."""
    size, lines = 0, []
    for path in sorted(one for one in root.rglob("*") if one.is_file()):
        content = path.read_bytes()
        size += len(content)
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {path.relative_to(root).as_posix()}\n")
    (root / CHECKSUMS).write_text("".join(lines), "utf-8")
    return size
