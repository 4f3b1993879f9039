"""A shared cache of whole answers (RFC 9111), in front of the application and inside the server.

It keeps what the application calls public and has given an ETag, and is dropped as a whole with the data it was filled
from: with its release, and after each write; so an entry never goes stale. It counts bytes, keys and headers included,
and lets go of what was asked for longest ago.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

_LARGEST_SHARE: Final = 16
"""An answer may take this part of the whole at most, so that one does not throw out all the others."""
_OVERHEAD: Final = 600
_IN_KEY: Final = frozenset({b"accept", b"accept-encoding"})

Key = tuple[str, str, str, bytes, str, str]
"""Method, path, query string, body, Accept and Accept-Encoding: all that an answer may depend on (see Vary)."""


@dataclass(frozen=True)
class Stored:
    """A response: header fields with lower-case names, as bytes."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def header(self, name: bytes) -> bytes | None:
        """Return the first header field of that name."""
        return next((value for key, value in self.headers if key == name), None)

    def not_modified(self) -> "Stored":
        """Return the 304 that stands for this response (RFC 9110 section 15.4.5)."""
        left_out = (b"content-length", b"content-type", b"content-encoding", b"content-disposition")
        return Stored(304, [field for field in self.headers if field[0] not in left_out], b"")


@dataclass
class Cache:
    """At most `size` bytes of responses. All methods may be called from any thread."""

    size: int
    _entries: OrderedDict[Key, Stored] = field(default_factory=OrderedDict)
    _used: int = 0
    _cleared: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def largest(self) -> int:
        """Bytes of the largest body that is kept."""
        return self.size // _LARGEST_SHARE

    @property
    def era(self) -> int:
        """Which era it is; `clear` begins another."""
        return self._cleared

    def clear(self) -> None:
        """Drop everything, and take nothing more that was begun before this."""
        with self._lock:
            self._entries.clear()
            self._used = 0
            self._cleared += 1

    def get(self, key: Key, if_none_match: str | None) -> Stored | None:
        """Return the response to a request, or its 304 when the asker has it already; None when it is not kept."""
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
        tag = found.header(b"etag")
        if if_none_match is not None and tag is not None and key[0] in ("GET", "HEAD"):
            return found.not_modified() if matches(if_none_match, tag.decode("latin-1")) else found
        return found

    def put(self, key: Key, stored: Stored, era: int | None = None) -> None:
        """Keep a response if it may be kept, and if its making began in the present `era`."""
        control = stored.header(b"cache-control") or b""
        if stored.status != 200 or b"public" not in control or stored.header(b"etag") is None:
            return
        varies = {one.strip().lower() for one in (stored.header(b"vary") or b"").split(b",") if one.strip()}
        if not varies <= _IN_KEY:
            return
        cost = _cost(key, stored)
        if cost > self.largest:
            return
        with self._lock:
            if era not in (None, self._cleared):
                return
            replaced = self._entries.pop(key, None)
            self._used += cost - (0 if replaced is None else _cost(key, replaced))
            self._entries[key] = stored
            while self._used > self.size:
                oldest, dropped = self._entries.popitem(last=False)
                self._used -= _cost(oldest, dropped)


def _cost(key: Key, stored: Stored) -> int:
    return len(key[2]) + len(key[3]) + len(stored.body) + _OVERHEAD


def matches(if_none_match: str, tag: str) -> bool:
    """Say whether a list of entity tags holds `tag`, by weak comparison (RFC 9110 section 8.8.3.2)."""
    bare = tag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == bare for one in if_none_match.split(","))
