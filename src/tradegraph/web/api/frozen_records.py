"""Frozen answers as records: a query, the release it was asked, and the digest of what it answered.

The identifier comes from the content, so the same answer frozen twice is one record. A folder keeps records only where
the operator has given one; without it a record lives in its address.
"""

import hashlib
import json
import logging
import os
import re
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

from tradegraph.web.problems import RequestError

_LOG: Final = logging.getLogger(__name__)
MOST_RECORDS: Final = 10_000
MOST_BYTES: Final = 1_000_000
"""Of one record. An answer with more text is kept without its rows."""
ID_PATTERN: Final = r"[0-9a-f]{16}"
RELEASE_PATTERN: Final = r"[0-9a-f]{8,64}"
DIGEST_PATTERN: Final = r"[0-9a-f]{64}"
DAY_PATTERN: Final = r"\d{4}-\d\d-\d\d"
_MEMBERS: Final = ("query", "release", "sha256", "rows", "on")


@dataclass(frozen=True)
class FrozenAnswer:
    """A query and its answer of then: `rows` solutions or triples, `sha256` of the canonical form, `on` a day or empty.

    `answer` is the canonical form itself where it was kept, else None.
    """

    query: str
    release: str
    sha256: str
    rows: int
    on: str = ""
    answer: str | None = None

    @property
    def identifier(self) -> str:
        """Sixteen hexadecimal digits of the SHA-256 of release, digest and query, a line feed after the first two."""
        return hashlib.sha256(f"{self.release}\n{self.sha256}\n{self.query}".encode()).hexdigest()[:16]

    def pairs(self) -> list[tuple[str, str]]:
        """Return what the long address of this record holds."""
        found = {"release": self.release, "rows": str(self.rows), "sha256": self.sha256, "on": self.on}
        return [*((name, value) for name, value in found.items() if value), ("query", self.query)]

    def members(self) -> dict[str, object]:
        """Return the record as JSON has it, without the answer."""
        return {name: asdict(self)[name] for name in _MEMBERS} | {"id": self.identifier}

    @classmethod
    def from_pairs(cls, given: dict[str, str]) -> Self:
        """Read what an address holds; RequestError 400 for what is missing or cannot be."""
        for name, pattern in (("release", RELEASE_PATTERN), ("sha256", DIGEST_PATTERN), ("rows", r"[0-9]{1,9}")):
            if not re.fullmatch(pattern, given.get(name, "")):
                raise RequestError(
                    400,
                    f"{name} is missing or not right.",
                    "Take the address as it was given when the answer was frozen.",
                )
        if given.get("on") and not re.fullmatch(DAY_PATTERN, given["on"]):
            raise RequestError(400, f"on={given['on']} is no day.", "Give year-month-day, such as 2025-11-03.")
        query = given.get("query", "").replace("\r\n", "\n")
        if not query.strip():
            raise RequestError(400, "query is missing.", "Take the whole address.")
        return cls(query, given["release"], given["sha256"], int(given["rows"]), given.get("on", ""))


@dataclass(frozen=True)
class FrozenFolder:
    """Records on disk: `{identifier}.json`, at most `most` of them. Safe to use from several processes."""

    directory: Path
    most: int = MOST_RECORDS

    def keep(self, record: FrozenAnswer) -> bool:
        """Keep a record, wholly or not at all; the first of several alike stays. False when there is no room."""
        path = self.directory / f"{record.identifier}.json"
        if path.exists():
            return True
        body = self._written(record, record.answer)
        if len(body) > MOST_BYTES:
            body = self._written(record, None)
        if len(body) > MOST_BYTES:
            return False
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            if sum(1 for _ in self.directory.glob("*.json")) >= self.most:
                return False
            self._write(path, body)
        except OSError:
            # Whoever asked has the long address; the operator has to know.
            _LOG.exception("a frozen answer could not be kept in %s", self.directory)
            return False
        return True

    def _write(self, path: Path, body: bytes) -> None:
        with tempfile.NamedTemporaryFile(dir=self.directory, suffix=".new", delete=False) as file:
            made = Path(file.name)
            try:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
                made.replace(path)
            except OSError:
                made.unlink(missing_ok=True)
                raise

    def find(self, identifier: str) -> FrozenAnswer | None:
        """Return a record; None where there is none, or where what is there is not what its name says."""
        if not re.fullmatch(ID_PATTERN, identifier):
            return None
        try:
            read = json.loads((self.directory / f"{identifier}.json").read_text(encoding="utf-8"))
            record = FrozenAnswer(**{name: read[name] for name in (*_MEMBERS, "answer")})
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return record if record.identifier == identifier else None

    def _written(self, record: FrozenAnswer, answer: str | None) -> bytes:
        return json.dumps(record.members() | {"answer": answer}, ensure_ascii=False, indent=1).encode() + b"\n"
