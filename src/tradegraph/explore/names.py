"""What things are called, in both languages, kept while the release is served.

All names are read at once, by the first who asks; in a release with too many, those that are asked for. When something
is written, only the names that it may have changed are read again.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.describe import NAMING
from tradegraph.explore.reading import Reader, Solution
from tradegraph.languages import Language
from tradegraph.namespaces import ID, shrink

MOST_KEPT: Final = 50_000
AT_A_TIME: Final = 200
MOST_RENAMED: Final = 1_000
"""Things whose names are read again one by one; beyond that, all names are."""
_SAFE: Final = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
_OTHER: Final[dict[Language, Language]] = {"nl": "en", "en": "nl"}
# A filter on the property and not VALUES, with which the engine would join every name that there is.
_NAMED: Final = ", ".join(f"<{iri}>" for iri in NAMING)
# The other way round for all names: each property has an index, a filter would look at every triple.
_EVERY: Final = " UNION ".join(f"{{ ?s <{iri}> ?o BIND (<{iri}> AS ?p) }}" for iri in NAMING)
_NAMING_TERMS: Final = frozenset(f"<{iri}>".encode() for iri in NAMING)


@dataclass(frozen=True)
class Name:
    """What a thing is called: the text, and its language where it is not the one that was asked for, else empty."""

    text: str
    language: str = ""


@dataclass
class Names:
    """Names by IRI: all of them where there are at most `most` texts, else those asked for last, at most `most`.

    Safe to use from any thread.
    """

    most: int = MOST_KEPT
    _known: OrderedDict[str, Mapping[str, str]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _era: int = 0
    _renamed: dict[str, int] = field(default_factory=dict)
    _every: dict[str, Mapping[str, str]] | None = None
    _whole_era: int = 0
    _reading: threading.Lock = field(default_factory=threading.Lock)

    def of(self, reader: Reader, iris: Iterable[str], language: Language) -> dict[str, Name]:
        """Return the name of each IRI: in `language`, else in the other, else its key or prefixed name."""
        wanted = list(dict.fromkeys(iris))
        every = self._whole(reader)
        if every:
            again = self._again(reader, wanted)
            return {iri: _chosen(iri, again.get(iri, every.get(iri, _NO_TEXTS)), language) for iri in wanted}
        with self._lock:
            found = {iri: self._known[iri] for iri in wanted if iri in self._known}
            for iri in found:
                self._known.move_to_end(iri)
        missing = [iri for iri in wanted if iri not in found and _SAFE.fullmatch(iri)]
        for start in range(0, len(missing), AT_A_TIME):
            found |= self._read(reader, missing[start : start + AT_A_TIME])
        return {iri: _chosen(iri, found.get(iri, {}), language) for iri in wanted}

    def forget(self, renamed: Collection[str]) -> None:
        """Drop the names of things that may be called otherwise from now on."""
        with self._lock:
            self._era += 1
            for iri in renamed:
                self._known.pop(iri, None)
                self._renamed[iri] = self._era
            if len(self._renamed) > MOST_RENAMED:
                self._renamed.clear()
                self._every = None
                self._whole_era = self._era

    def _again(self, reader: Reader, wanted: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the names of those things that were renamed since all names were read."""
        with self._lock:
            eras = {iri: self._renamed[iri] for iri in wanted if iri in self._renamed and _SAFE.fullmatch(iri)}
        found: dict[str, Mapping[str, str]] = {}
        renamed = list(eras)
        for start in range(0, len(renamed), AT_A_TIME):
            found |= self._read(reader, renamed[start : start + AT_A_TIME])
        with self._lock:
            for iri, texts in found.items():
                if self._every is not None and self._renamed.get(iri) == eras[iri]:
                    self._every[iri] = texts
                    del self._renamed[iri]
        return found

    def _whole(self, reader: Reader) -> Mapping[str, Mapping[str, str]]:
        """Return all names of the release; nothing when they are too many to keep."""
        every = self._every
        if every is None:
            with self._reading:
                every = self._every
                if every is None:
                    era = self._whole_era
                    rows = list(reader.rows(f"SELECT ?s ?p ?o {{ {_EVERY} }} LIMIT {self.most + 1}"))
                    every = _best(rows) if len(rows) <= self.most else {}
                    with self._lock:
                        if era == self._whole_era:
                            self._every = every
        return every

    def _read(self, reader: Reader, iris: list[str]) -> dict[str, Mapping[str, str]]:
        era = self._era
        things = " ".join(f"<{iri}>" for iri in iris)
        text = f"SELECT ?s ?p ?o {{ VALUES ?s {{ {things} }} ?s ?p ?o FILTER (?p IN ({_NAMED})) }}"
        found = dict.fromkeys(iris, _NO_TEXTS) | _best(reader.rows(text))
        with self._lock:
            if era == self._era:
                self._known.update(found)
            while len(self._known) > self.most:
                self._known.popitem(last=False)
        return found


_NO_TEXTS: Final[Mapping[str, str]] = {}


def renamed(lines: Iterable[bytes]) -> set[str]:
    """Return the IRIs of the things that N-Quads lines name, so that a write of these lines may rename them."""
    found = set()
    for line in lines:
        subject, predicate, _ = line.split(b" ", 2)
        if predicate in _NAMING_TERMS and subject.startswith(b"<"):
            found.add(subject[1:-1].decode())
    return found


def _best(rows: Iterable[Solution]) -> dict[str, Mapping[str, str]]:
    """Return the texts of the best naming property of each thing, by language; of several in one the first."""
    said: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows:
        thing, naming, value = row["s"], row["p"], row["o"]
        if isinstance(value, ox.Literal) and isinstance(thing, ox.NamedNode) and isinstance(naming, ox.NamedNode):
            texts = said.setdefault(thing.value, {}).setdefault(naming.value, {})
            tag = (value.language or "").partition("-")[0]
            texts[tag] = min(texts.get(tag, value.value), value.value)
    return {iri: next(names[naming] for naming in NAMING if naming in names) for iri, names in said.items()}


def _chosen(iri: str, texts: Mapping[str, str], language: Language) -> Name:
    if language in texts:
        return Name(texts[language])
    other = _OTHER[language]
    if other in texts:
        return Name(texts[other], other)
    if "" in texts:
        return Name(texts[""])
    shrunk = shrink(iri)
    return Name(iri.removeprefix(ID) if shrunk.startswith("<") and iri.startswith(ID) else shrunk)
