"""The canonical form of an answer: the same solutions give the same lines, whoever computed them and in which order.

A SELECT: a line with the variables (`?name`), then one line per solution; terms as N-Triples writes them, a tab between
them, nothing for an unbound variable. An ASK: `true` or `false`. A CONSTRUCT or DESCRIBE: its triples as N-Triples,
each once. All lines but that of the variables are sorted by code point, duplicates of a SELECT kept: ORDER BY leaves
ties open, and an answer that only came in another order is the same answer. Labels of blank nodes mean nothing outside
an answer and are left out (`_:`). The digest is the SHA-256 of the lines in UTF-8, each ended by a line feed.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

_LABEL: Final = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>|(_:)\S+')


@dataclass(frozen=True)
class Canonical:
    """An answer in canonical form. `head` is the line of variables, empty for triples and for yes or no."""

    head: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All lines, each ended by a line feed."""
        return "".join(f"{line}\n" for line in ((self.head, *self.lines) if self.head else self.lines))

    @property
    def sha256(self) -> str:
        """The digest, 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Difference:
    """The lines that one answer has and the other has not, as often as they occur more."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def from_results(body: bytes) -> Canonical:
    """Return the canonical form of an answer in the SPARQL 1.1 Query Results JSON Format."""
    results = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return Canonical("", ("true" if results else "false",))
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("neither solutions nor a boolean")
    names = [variable.value for variable in results.variables]
    lines = ("\t".join(_written(solution[name]) for name in names) for solution in results)
    # A query may select nothing; the head still tells that it was a SELECT.
    return Canonical("\t".join(f"?{name}" for name in names) or "?", tuple(sorted(lines)))


def from_triples(body: bytes) -> Canonical:
    """Return the canonical form of an answer in N-Triples."""
    triples = {_without_labels(str(quad.triple)) + " ." for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)}
    return Canonical("", tuple(sorted(triples)))


def difference(before: Sequence[str], after: Iterable[str]) -> Difference:
    """Return what `after` has more than `before`, and what it lacks, in order of the lines."""
    then, now = Counter(before), Counter(after)
    return Difference(tuple(sorted((now - then).elements())), tuple(sorted((then - now).elements())))


def _written(term: object) -> str:
    return "" if term is None else _without_labels(str(term))


def _without_labels(text: str) -> str:
    return _LABEL.sub(lambda found: "_:" if found[1] else found[0], text) if "_:" in text else text
