"""What things are called, in both languages: looked up once for each IRI, and kept while the release is served."""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.describe import NAMING
from tradegraph.explore.reading import Reader
from tradegraph.languages import Language
from tradegraph.namespaces import ID, shrink

MOST_KEPT: Final = 50_000
AT_A_TIME: Final = 200
_SAFE: Final = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
_OTHER: Final[dict[Language, Language]] = {"nl": "en", "en": "nl"}
# A filter on the property and not VALUES, with which the engine would join every name that there is.
_NAMED: Final = ", ".join(f"<{iri}>" for iri in NAMING)


@dataclass(frozen=True)
class Name:
    """What a thing is called: the text, and its language where it is not the one that was asked for, else empty."""

    text: str
    language: str = ""


@dataclass
class Names:
    """Names by IRI; at most `most` are kept, those asked for longest ago go first. Safe to use from any thread."""

    most: int = MOST_KEPT
    _known: OrderedDict[str, Mapping[str, str]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _forgotten: int = 0

    def of(self, reader: Reader, iris: Iterable[str], language: Language) -> dict[str, Name]:
        """Return the name of each IRI: in `language`, else in the other, else its key or prefixed name."""
        wanted = list(dict.fromkeys(iris))
        with self._lock:
            found = {iri: self._known[iri] for iri in wanted if iri in self._known}
            for iri in found:
                self._known.move_to_end(iri)
        missing = [iri for iri in wanted if iri not in found and _SAFE.fullmatch(iri)]
        for start in range(0, len(missing), AT_A_TIME):
            found |= self._read(reader, missing[start : start + AT_A_TIME])
        return {iri: _chosen(iri, found.get(iri, {}), language) for iri in wanted}

    def forget(self) -> None:
        """Drop all names: what things are called may have changed."""
        with self._lock:
            self._known.clear()
            self._forgotten += 1

    def _read(self, reader: Reader, iris: list[str]) -> dict[str, Mapping[str, str]]:
        era = self._forgotten
        things = " ".join(f"<{iri}>" for iri in iris)
        text = f"SELECT ?s ?p ?o {{ VALUES ?s {{ {things} }} ?s ?p ?o FILTER (?p IN ({_NAMED})) }}"
        said: dict[str, dict[str, dict[str, str]]] = {iri: {} for iri in iris}
        for row in reader.rows(text):
            thing, naming, value = row["s"], row["p"], row["o"]
            if isinstance(value, ox.Literal) and isinstance(thing, ox.NamedNode) and isinstance(naming, ox.NamedNode):
                texts = said[thing.value].setdefault(naming.value, {})
                tag = (value.language or "").partition("-")[0]
                texts[tag] = min(texts.get(tag, value.value), value.value)
        found = {iri: next((names[naming] for naming in NAMING if naming in names), {}) for iri, names in said.items()}
        with self._lock:
            if era == self._forgotten:
                self._known.update(found)
            while len(self._known) > self.most:
                self._known.popitem(last=False)
        return dict(found)


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
