"""A static copy of the site for one release: every page and RDF file, for any web server, links working.

The copy is made by asking the application for every address that its pages lead to, so it cannot differ from the site.
Pages are made, and linked, in as many processes as there are cores.
"""

import hashlib
import html
import multiprocessing
import os
import posixpath
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Final

from flask import Flask

from tradegraph.errors import NotFound, NotSound
from tradegraph.languages import LANGUAGES, Language
from tradegraph.namespaces import ID
from tradegraph.web.archive_files import HELP, file_of, is_copied, links_in, relinked
from tradegraph.web.words import say

Progress = Callable[[str], None]
Opening = Callable[[], AbstractContextManager[Flask]]
"""Opens the site in the process that calls it; can be pickled."""
CHECKSUMS: Final = "SHA256SUMS"
_BATCH: Final = 32
_MOST_REDIRECTS: Final = 5
_STEP: Final = 5_000


@dataclass(frozen=True)
class Copied:
    """What was written: how many pages, other files, and bytes in all."""

    pages: int
    others: int
    size: int


@dataclass(frozen=True)
class _Asked:
    """What became of one address: a file (a page, with the addresses it leads to), or where it has moved."""

    address: str
    file: str = ""
    moved: str = ""
    page: bool = False
    links: tuple[str, ...] = ()


@dataclass
class _Found:
    """What is known of the site: the file or the redirection of each address that was asked."""

    files: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)

    def add(self, asked: _Asked) -> None:
        if asked.moved:
            self.moved[asked.address] = asked.moved
            return
        self.files[asked.address] = asked.file
        if asked.page:
            self.pages.append(asked.address)

    def target(self, address: str) -> str | None:
        """Return the file that a link to `address` leads to, None when it is not in the copy."""
        for _ in range(_MOST_REDIRECTS):
            if address in self.files:
                return self.files[address]
            if address not in self.moved:
                return None
            address = self.moved[address]
        return None


class _Maker:
    """What one process needs to make pages: the site, open as long as the process lives."""

    app: Flask
    root: Path

    @classmethod
    def start(cls, opening: Opening, root: Path) -> None:
        stack = ExitStack()
        cls.app, cls.root = stack.enter_context(opening()), root
        Finalize(None, stack.close, exitpriority=1)

    @classmethod
    def ask(cls, addresses: Sequence[str]) -> list[_Asked]:
        return [cls._ask(address) for address in addresses]

    @classmethod
    def _ask(cls, address: str) -> _Asked:
        answer = cls.app.test_client().get(address, headers={"Accept": "text/html, */*;q=0.5"})
        if answer.status_code in (301, 302, 303, 307, 308):
            moved = answer.headers["Location"]
            return _Asked(address, moved=moved, links=(moved,) if is_copied(moved) else ())
        if answer.status_code != 200:
            raise NotSound(f"{address}: the site answers {answer.status_code} to a link of its own. Mend the page.")
        file = file_of(address, answer.mimetype or "")
        path = cls.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer.data)
        if answer.mimetype != "text/html":
            return _Asked(address, file)
        links = (link for link in links_in(answer.get_data(as_text=True), address) if is_copied(link))
        return _Asked(address, file, page=True, links=tuple(links))


class _Linker:
    """What one process needs to link pages: where each address of the whole copy is."""

    found: _Found
    root: Path
    live: str

    @classmethod
    def start(cls, found: _Found, root: Path, live: str) -> None:
        cls.found, cls.root, cls.live = found, root, live

    @classmethod
    def link(cls, addresses: Sequence[str]) -> None:
        for address in addresses:
            file = cls.found.files[address]
            path = cls.root / file
            path.write_text(relinked(path.read_text("utf-8"), address, file, cls.found.target, cls.live), "utf-8")


def copy_site(
    opening: Opening, things: Iterable[str], directory: Path, live: str = "", progress: Progress = lambda step: None
) -> Copied:
    """Write the copy of a site to `directory`, which must not exist or be empty; all of it or nothing.

    `things` are the IRIs whose pages must be there, besides everything that pages lead to. `live` is the address of the
    living site, for what a copy cannot do. Grows with the number of pages; each is asked for once. Raises NotSound when
    a page leads nowhere, NotFound when the folder is in use.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise NotFound(f"{directory}: there is something here already. Name a folder that does not exist yet.")
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".site-", dir=directory.parent))
    try:
        seeds = ["/context.jsonld", *(f"/{language}/" for language in LANGUAGES)]
        keys = [iri.removeprefix(ID) for iri in things if iri.startswith(ID) and "#" not in iri]
        seeds += [f"/{language}/{key}" for key in keys for language in LANGUAGES]
        with _processes(_Maker.start, (opening, draft)) as pool:
            found = _walk(pool, seeds, progress)
        progress("linking the pages")
        with _processes(_Linker.start, (found, draft, live)) as pool:
            for _ in pool.map(_Linker.link, _batches(found.pages)):
                pass
        _write_identities(found, draft, keys)
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
    return Copied(len(found.pages), len(found.files) - len(found.pages), size)


def _processes(start: Callable[..., None], given: tuple[object, ...]) -> ProcessPoolExecutor:
    """Return fresh processes, one per core: forking one that has threads is not safe."""
    cores = len(os.sched_getaffinity(0))
    return ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"), start, given)


def _batches(addresses: Sequence[str]) -> list[Sequence[str]]:
    return [addresses[start : start + _BATCH] for start in range(0, len(addresses), _BATCH)]


def _walk(pool: ProcessPoolExecutor, seeds: Iterable[str], progress: Progress) -> _Found:
    """Ask for every address once."""
    found, known = _Found(), set(seeds)
    waiting = deque(sorted(known))
    running: set[Future[list[_Asked]]] = set()
    most = 2 * len(os.sched_getaffinity(0))
    told = 0
    while running or waiting:
        while waiting and len(running) < most:
            batch = [waiting.popleft() for _ in range(min(_BATCH, len(waiting)))]
            running.add(pool.submit(_Maker.ask, batch))
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for asked in (one for future in done for one in future.result()):
            found.add(asked)
            fresh = [link for link in asked.links if link not in known]
            known.update(fresh)
            waiting.extend(fresh)
        if len(found.files) - told >= _STEP:
            told = len(found.files)
            progress(f"{told} of {len(known)} addresses")
    return found


def _write_identities(found: _Found, root: Path, keys: Iterable[str]) -> None:
    """Give every identity a page that leads on: `id/mission/oslo.html`."""
    for key in keys:
        file = f"id/{key}.html"
        pages = {language: found.target(f"/{language}/{key}") for language in LANGUAGES}
        links = {language: posixpath.relpath(page, posixpath.dirname(file)) for language, page in pages.items() if page}
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_leading_on(ID + key, links), "utf-8")
    (root / "index.html").write_text(
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
