"""Tokens: who may write, and in which graphs.

`tokens.json` holds no token, only the SHA-256 of each. A slow, salted hash would add nothing: it protects passwords,
which can be guessed; 256 random bits cannot.
"""

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tradegraph.errors import NotFound, NotSound
from tradegraph.namespaces import GRAPH
from tradegraph.writing.data_folder import URN
from tradegraph.writing.durable import whole_file
from tradegraph.writing.moments import moment_of, now, text_of

SCOPES: Final = ("read", "write")
RESERVED: Final = (GRAPH, URN)
"""Under these the release has its graphs, and the journal its names: nobody can have them."""

DEFAULT: Final = ":default"
"""Stands among a token's graphs for the default graph, which has no IRI."""

_MARK: Final = "tg_"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_PREFIX: Final = re.compile(r'[a-z][a-z0-9+.-]*:([^\s<>"{}|\\^`]*[/#:])?', re.IGNORECASE)


@dataclass(frozen=True)
class Token:
    """What a token permits. `graphs`: IRI prefixes of its holder's own graphs, or `DEFAULT`; `sha256`: of it."""

    name: str
    sha256: str
    scopes: tuple[str, ...]
    graphs: tuple[str, ...]
    created: datetime
    expires: datetime | None = None

    def may_write(self, graph: str) -> bool:
        """Tell whether the holder may write in the graph of that IRI."""
        if "write" not in self.scopes or graph.startswith(RESERVED):
            return False
        return any(graph.startswith(own) if graph else own == DEFAULT for own in self.graphs)

    def expired(self, moment: datetime) -> bool:
        """Tell whether it is no longer good at a moment."""
        return self.expires is not None and self.expires <= moment


class Tokens:
    """The tokens of a data folder; the file is read again whenever it has changed."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = now) -> None:
        self._path = path
        self._clock = clock
        self._seen: tuple[int, int, int] | None = None
        self._tokens: tuple[Token, ...] = ()

    def known(self) -> tuple[Token, ...]:
        """Return the tokens, oldest first; NotSound when the file cannot be read: then nobody may write."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            self._seen, self._tokens = None, ()
            return ()
        # A file that was replaced within one tick of the clock and is equally long is still another inode.
        seen = (found.st_mtime_ns, found.st_size, found.st_ino)
        if seen != self._seen:
            self._tokens = _read(self._path)
            self._seen = seen
        return self._tokens

    def check(self, presented: str) -> Token | None:
        """Return what a token permits; None when it is unknown, revoked or expired.

        Each comparison takes the same time wherever the two differ, and all are made.
        """
        digest = _digest(presented)
        moment, found = self._clock(), None
        for token in self.known():
            if hmac.compare_digest(token.sha256.encode(), digest.encode()) and not token.expired(moment):
                found = token
        return found

    def add(
        self, name: str, scopes: Iterable[str], graphs: Iterable[str] = (), expires: datetime | None = None
    ) -> tuple[str, Token]:
        """Make a token and return it, this once, with what it permits. Raises NotSound for what cannot be given.

        A name may have several tokens, so that one can be replaced without a gap; only they may share prefixes.
        """
        secret = _MARK + urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        token = Token(name, _digest(secret), _scopes(scopes), tuple(sorted(set(graphs))), self._clock(), expires)
        with self._alone():
            there = self.known()
            _check(token, there)
            self._write((*there, token))
        return secret, token

    def revoke(self, name: str) -> int:
        """Take all tokens of a name away and return how many there were; NotFound, with the names, when none."""
        with self._alone():
            there = self.known()
            kept = tuple(token for token in there if token.name != name)
            if len(kept) == len(there):
                names = ", ".join(sorted({token.name for token in there})) or "none"
                raise NotFound(f"{self._path}: there is no token of “{name}”. There are: {names}.")
            self._write(kept)
        return len(there) - len(kept)

    def _write(self, tokens: tuple[Token, ...]) -> None:
        members = [
            {
                "name": token.name,
                "sha256": token.sha256,
                "scopes": token.scopes,
                "graphs": token.graphs,
                "created": text_of(token.created),
                "expires": text_of(token.expires) if token.expires else None,
            }
            for token in tokens
        ]
        with whole_file(self._path) as file:
            file.write(json.dumps({"tokens": members}, indent=2).encode() + b"\n")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from changing the tokens meanwhile, whether or not somebody writes in the folder."""
        descriptor = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", errors="replace")).hexdigest()


def _scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    given = set(scopes)
    if not given or not given <= set(SCOPES):
        raise NotSound(f"{', '.join(sorted(given)) or 'No scope'}: a token has one or both of {', '.join(SCOPES)}.")
    return tuple(scope for scope in SCOPES if scope in given)


def _check(token: Token, there: tuple[Token, ...]) -> None:
    """Raise NotSound for a token that cannot be given beside those that there are."""
    if not _NAME.fullmatch(token.name):
        raise NotSound(f"“{token.name}” is no name: up to 64 of letters, digits and . _ @ -, a letter or digit first.")
    if token.expires is not None and token.expires <= token.created:
        raise NotSound(f"{text_of(token.expires)} has passed. Give a later moment.")
    if ("write" in token.scopes) != bool(token.graphs):
        raise NotSound(f"{token.name}: who may write has at least one --graph, and who only reads has none.")
    for prefix in token.graphs:
        if prefix != DEFAULT and not _PREFIX.fullmatch(prefix):
            raise NotSound(f"{prefix}: is not the beginning of IRIs. It has a scheme and ends in “/”, “#” or “:”.")
        for reserved in RESERVED:
            if _overlap(prefix, reserved):
                raise NotSound(f"{prefix}: IRIs under {reserved} are the project's own. Name another prefix.")
        for other in there:
            for taken in other.graphs if other.name != token.name else ():
                if _overlap(prefix, taken):
                    raise NotSound(f"{prefix}: {taken} belongs to {other.name} already. Name another prefix.")


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _read(path: Path) -> tuple[Token, ...]:
    try:
        members = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Token(
                name=str(one["name"]),
                sha256=str(one["sha256"]),
                scopes=tuple(map(str, one["scopes"])),
                graphs=tuple(map(str, one["graphs"])),
                created=moment_of(one["created"]),
                expires=moment_of(one["expires"]) if one["expires"] else None,
            )
            for one in members["tokens"]
        )
    except (ValueError, KeyError, TypeError) as error:
        what = f"{path}: does not hold tokens ({error})."
        raise NotSound(f"{what} Correct it, or remove it and add them again.") from error
