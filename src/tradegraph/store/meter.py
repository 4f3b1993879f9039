"""Counts the rows of an answer in its own bytes, and cuts it where there would be too many.

The engine writes answers natively, many times faster than Python could row by row. What it writes is regular: no
white space between values, and a row begins in a way that no value can imitate. So rows are counted by searching for
those few bytes, in C and in one pass, and the answer is cut just before the first row too many.

Pieces may have any size; large ones cost less per byte (64 kB rather than the 8 kB that the engine writes at a time).
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar, Final, Generic, TypeVar

import pyoxigraph as ox

One = TypeVar("One", ox.Triple, ox.Quad)
"""What goes into an answer that has no rows."""


class Meter(ABC):
    """Takes an answer in pieces and gives it on, at most `cap` rows of it (None: all).

    `rows` is how many rows have begun in what was given on. `full` turns true when one more row began: the rest is
    swallowed, so the engine may as well be stopped. An answer of ASK passes whole, for it has no rows.
    """

    hold: ClassVar[int]
    """The most bytes at the end of a text of which one cannot say yet whether a row begins there."""

    def __init__(self, cap: int | None) -> None:
        self.rows = 0
        self.full = False
        self._cap = cap
        self._held = b""
        self._in_value = False

    @property
    def complete(self) -> bool:
        """Whether nothing has been left out so far."""
        return not self.full

    def feed(self, piece: bytes) -> bytes:
        """Take the next piece; return what may go on now."""
        if self.full:
            return b""
        text = self._held + piece
        safe = self._safe(text)
        seen, in_value = self._count(text, safe)
        if self._cap is not None and self.rows + seen > self._cap:
            return self._cut(text, next(islice(self._borders(text), self._cap - self.rows, None)))
        self.rows += seen
        self._in_value = in_value
        self._held = text[safe:]
        return text[:safe]

    def finish(self) -> bytes:
        """Return the last bytes; with them the answer is well formed."""
        return self._closing() if self.full else self._held

    def _cut(self, text: bytes, border: int) -> bytes:
        """End the answer with `text` up to `border`, where one row too many begins."""
        self.full = True
        self.rows = self._cap or 0
        self._held = b""
        return text[:border]

    def _safe(self, text: bytes) -> int:
        """Return how much of `text` can be judged: what marks a row that begins before there, is in `text` whole."""
        return max(0, len(text) - self.hold)

    @abstractmethod
    def _count(self, text: bytes, safe: int) -> tuple[int, bool]:
        """Count the rows that begin before `safe`, and tell whether a value goes on there that may hold such marks."""

    @abstractmethod
    def _borders(self, text: bytes) -> Iterator[int]:
        """Yield where to cut `text` before each row that begins in it; slower than counting."""

    @abstractmethod
    def _closing(self) -> bytes:
        """Return what closes an answer that was cut."""


class _Xml(Meter):
    """SPARQL Query Results XML Format, section 2.3.1: each row is a `result` element. Values have their `<` escaped."""

    hold = len(b"<result>") - 1

    def _count(self, text: bytes, safe: int) -> tuple[int, bool]:
        return text.count(b"<result>", 0, safe + self.hold), False

    def _borders(self, text: bytes) -> Iterator[int]:
        return (found.start() for found in re.finditer(b"<result>", text))

    def _closing(self) -> bytes:
        return b"</results></sparql>"


class _Tsv(Meter):
    """SPARQL 1.1 Query Results CSV and TSV Formats, section 4: each line but the first is a row; newlines are escaped.

    A row begins after a newline when anything comes there, so the last byte waits for the next.
    """

    hold = 1

    def _count(self, text: bytes, safe: int) -> tuple[int, bool]:
        return text.count(b"\n", 0, safe), False

    def _borders(self, text: bytes) -> Iterator[int]:
        return (found.end() for found in re.finditer(b"\n", text))

    def _closing(self) -> bytes:
        return b""


class _Csv(_Tsv):
    """Section 3 of the same, on RFC 4180: a newline within quotes belongs to the value.

    A quote in a value is doubled, so the parity of the quotes before a newline tells on which side it is.
    """

    _TOKEN: Final = re.compile(rb'"[^"]*"?|(\n)')

    def _count(self, text: bytes, safe: int) -> tuple[int, bool]:
        text = text[:safe]
        if not self._in_value and b'"' not in text:
            return text.count(b"\n"), False
        parts = text.split(b'"')
        outside = b'"'.join(parts[self._in_value :: 2])
        return outside.count(b"\n"), self._in_value ^ (len(parts) % 2 == 0)

    def _borders(self, text: bytes) -> Iterator[int]:
        start = text.find(b'"') + 1 if self._in_value else 0
        return (found.end() for found in self._TOKEN.finditer(text, start) if found[1])


class _Json(Meter):
    """SPARQL 1.1 Query Results JSON Format, section 3.2.2: the rows are the objects in the array `bindings`.

    Outside values `,{` stands between two rows and nowhere else: within a row a name follows a comma. A value may hold
    these bytes too, but there a bare quote can only follow where the value ends, and then `}` or `,` comes next; before
    a row it is followed by the name of a variable. Only a row without any binding, `{}`, looks the same in a value:
    where `,{}` turns up, values are blanked before counting.
    """

    hold = len(b',{"a') - 1

    _HEAD_END: Final = b'"bindings":['
    _ROW: Final = re.compile(rb',\{(?:"[^},]|\})')
    _TOKEN: Final = re.compile(rb'"[^"]*"?|,(?=\{)')

    def __init__(self, cap: int | None) -> None:
        super().__init__(cap)
        self._in_head = True

    def feed(self, piece: bytes) -> bytes:
        """Take the next piece; return what may go on now. The head waits to be whole, and so does an answer of ASK."""
        if not self._in_head:
            return super().feed(piece)
        self._held += piece
        first = self._held.find(self._HEAD_END) + len(self._HEAD_END)
        if first < len(self._HEAD_END) or first == len(self._held):
            return b""
        text, self._held, self._in_head = self._held, b"", False
        if text.startswith(b"{", first):
            if self._cap == 0:
                return self._cut(text, first)
            self.rows = 1
        return text[:first] + super().feed(text[first:])

    def _safe(self, text: bytes) -> int:
        safe = super()._safe(text)
        if text[safe - 1 : safe] == b"\\":
            # Not between a backslash and what it escapes.
            before = text[:safe]
            safe -= (len(before) - len(before.rstrip(b"\\"))) % 2
        return safe

    def _count(self, text: bytes, safe: int) -> tuple[int, bool]:
        marks = self._ROW.findall(text, 0, safe + self.hold)
        seen = len(marks)
        if b",{}" in marks:
            seen = sum(1 for border in self._borders(text) if border < safe)
        # A row begins outside values, so only what comes after the last such mark has to be read.
        named = next((mark for mark in reversed(marks) if mark != b",{}"), None)
        begin = -1 if named is None else text.rfind(named, 0, safe + self.hold)
        in_value = self._in_value and begin < 0
        quotes = _blanked(text[begin + 1 : safe]).count(b'"')
        return seen, in_value ^ (quotes % 2 == 1)

    def _borders(self, text: bytes) -> Iterator[int]:
        text = _blanked(text)
        start = text.find(b'"') + 1 or len(text)
        tokens = self._TOKEN.finditer(text, start if self._in_value else 0)
        return (found.start() for found in tokens if found[0] == b",")

    def _closing(self) -> bytes:
        return b"]}}"


def _blanked(text: bytes) -> bytes:
    """Return JSON, begun outside any escape, with its escaped backslashes and quotes blanked; lengths stay the same."""
    return text.replace(rb"\\", b"__").replace(rb"\"", b"__") if b"\\" in text else text


def meter_for(format_name: str, cap: int | None) -> Meter:
    """Return the meter for the format with that `format=` name; KeyError when it is not one for rows."""
    meters: dict[str, type[Meter]] = {"json": _Json, "xml": _Xml, "csv": _Csv, "tsv": _Tsv}
    return meters[format_name](cap)


class LimitedTriples(Generic[One]):
    """At most `cap` (None: all) of the triples of CONSTRUCT or DESCRIBE, or of quads, for the engine to write.

    `complete` tells, once all were taken, whether there were no more; to know that, one more is asked for.
    """

    def __init__(self, triples: Iterator[One], cap: int | None) -> None:
        self.complete = True
        self._triples: Iterator[One] = triples
        self._cap = cap

    def __iter__(self) -> Iterator[One]:
        yield from islice(self._triples, self._cap)
        if self._cap is not None:
            self.complete = next(self._triples, None) is None
