"""Running the endpoint: granian, one process, one keeper.

One serving process, because it only carries bytes: the queries run in worker processes of the keeper, and a second
serving process would need a second keeper with a second copy of the data.
"""

import functools
import resource
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Final

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from tradegraph.explore.names import renamed
from tradegraph.federation import Sources, read_endpoints
from tradegraph.search import WrittenIndex
from tradegraph.settings import Settings
from tradegraph.store import EmbeddedStore, QueryStore, Release, RemoteStore
from tradegraph.store.release import SEARCH_FILE
from tradegraph.web.app import create_app
from tradegraph.web.asgi import Bridge
from tradegraph.web.cache import Cache
from tradegraph.web.endpoint import Endpoint
from tradegraph.web.headers import standard_fields
from tradegraph.web.lane import Lane
from tradegraph.web.revision import Revision
from tradegraph.web.warming import warm
from tradegraph.web.writing import Desk, WritingOptions, open_desk
from tradegraph.web.writing.opening import open_writer, take_over
from tradegraph.writing import DataFolder, Delta, open_state

_TURN_S: Final = 0.001
_OVERLAP_S: Final = 20.0
"""How long, on SIGHUP, the old process still answers: the new one must have opened its release by then, or, where it is
written to, be waiting for the folder."""
_MOST_CONNECTIONS: Final = 8192
_OTHER_FILES: Final = 512
_HEAD_MS: Final = 10_000
"""How long the head of a request may take to come."""
_PATIENCE_S: Final = 60
"""How long a process that was told to leave may go on with the answers that it is sending."""


def open_store(settings: Settings, release: Release, remote_url: str | None = None) -> QueryStore:
    """Return the store that answers: the service at `remote_url`, else the release in worker processes (started)."""
    if remote_url is not None:
        return RemoteStore(remote_url)
    store = EmbeddedStore(
        release.dataset, settings.query_time_limit_s, settings.query_memory_limit_mb, settings.max_running_queries
    )
    store.start()
    return store


def _application(
    settings: Settings, directory: Path, remote_url: str | None, options: WritingOptions | None, *_: object
) -> Bridge:
    """Build the application inside the serving process, where the keeper must be a child.

    The release is read here and not before, so that a process that takes over (SIGHUP) finds where a link leads now.
    """
    # Until it serves, a process that is told to leave leaves at once; it has inherited handlers that only take note.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    release = Release.read(directory.resolve())
    # The loop must get its turn soon, however busy the threads are.
    sys.setswitchinterval(_TURN_S)
    cache = Cache(settings.cache_mb * 2**20)
    if options is None:
        endpoint, desk = Endpoint.open(settings, open_store(settings, release, remote_url), release), None
        take_folder = _nothing
    else:
        endpoint, desk, take_folder = _writable(settings, release, options)
        endpoint.revision.on_write(cache.clear)
    app = create_app(endpoint, desk)
    lane = Lane(endpoint, standard_fields(release))
    admit = None if desk is None else desk.gate.admit
    bridge = Bridge(app, settings.threads, 3 * settings.max_query_bytes + 10_000, cache, lane, admit)
    if desk is None:
        warm(app)
    else:
        # From here on nobody answers, until this process does.
        take_folder()
        threading.Thread(target=warm, args=(app,), name="warming", daemon=True).start()
    return bridge


def _nothing() -> None:
    pass


def _writable(
    settings: Settings, release: Release, options: WritingOptions
) -> tuple[Endpoint, Desk, Callable[[], None]]:
    """Return the endpoint of a release that is written to, the desk for it, and what to do last of all."""
    revision, path = Revision(), release.directory / SEARCH_FILE
    index = WrittenIndex(path, release.dataset) if path.is_file() else None

    def changed(number: int, delta: Delta) -> None:
        # First the index: whoever sees the new number must find what it stands for.
        if index is not None:
            index.changed(number, delta.removed, delta.added)
        revision.made(number, renamed((*delta.removed, *delta.added)))

    store, writer, is_open = open_writer(options, settings, release, changed)
    # The serving process is a child, which never comes to what atexit knows.
    Finalize(None, writer.close, exitpriority=1)

    def take_folder() -> None:
        if not is_open:
            take_over(store, writer)
        revision.number = writer.number
        if index is not None:
            index.start(writer.number, lambda: _state(writer.folder))
            Finalize(None, index.close, exitpriority=0)
        for notice in writer.notices:
            sys.stderr.write(f"{notice}\n")

    opened = Endpoint.open(settings, store, release)
    if opened.index is not None:
        opened.index.close()
    endpoint = replace(opened, index=index, revision=revision, written=lambda: writer.graphs.counts)
    return endpoint, open_desk(options, endpoint, writer), take_folder


def _state(folder: DataFolder) -> tuple[int, set[bytes]]:
    state = open_state(folder)
    return state.number, state.lines


def _allow_files(wanted: int) -> None:
    """Let this process and its children have so many files and connections, as far as the system permits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def serve(
    settings: Settings, directory: Path, remote_url: str | None = None, options: WritingOptions | None = None
) -> None:
    """Serve the release in `directory` until interrupted (SIGINT or SIGTERM).

    `directory` may be a link (`build/current`). On SIGHUP a new process opens what it leads to then, takes over, and
    the old one finishes what it was doing.

    With `options`, it is written to as well; StoreUnavailable when another process writes in that folder.

    With `remote_url`, queries go to that SPARQL service, which must hold the same release. Raises NotFound or NotSound
    when there is no release, SettingError for a list of addresses that cannot be read; does not return otherwise until
    stopped.
    """
    Release.read(directory.resolve())
    # Read again by who uses them; a mistake in them is told here.
    read_endpoints(settings.federation_endpoints)
    Sources.read(settings.load_sources)
    if options is not None:
        with DataFolder.open_or_create(options.folder).locked():
            # Only to see, and to say, that nobody else has it; the process that serves takes it.
            pass
    _allow_files(_MOST_CONNECTIONS + _OTHER_FILES)
    server = Granian(
        "tradegraph.web.server",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        workers=1,
        runtime_threads=1,
        # HTTP/1.1 only: a broken-off answer is then a connection that closes in mid-body, which every client notices.
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        # As many connections as may be silent at a time: far more than anybody needs to lock the others out.
        backpressure=_MOST_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=_HEAD_MS),
        respawn_interval=_OVERLAP_S,
        workers_kill_timeout=_PATIENCE_S,
        log_level=LogLevels.warning,
    )
    loader: Callable[..., Bridge] = functools.partial(_application, settings, directory, remote_url, options)
    server.serve(target_loader=loader)
