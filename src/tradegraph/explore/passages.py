"""Passages as a page shows them: where they stand, what they say in our words, and the document they are of."""

import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeGuard

import pyoxigraph as ox

from tradegraph.explore.describe import Texts
from tradegraph.explore.reading import Reader
from tradegraph.namespaces import DEF, ID, PREFIXES

AT_A_TIME: Final = 150
MOST_KEPT: Final = 20_000
_OA, _ELI, _DCT, _RDFS = PREFIXES["oa"], PREFIXES["eli"], PREFIXES["dct"], PREFIXES["rdfs"]
_SCHEMA: Final = PREFIXES["schema"]
_SAFE: Final = re.compile(re.escape(ID) + r"[a-z][a-z0-9-]*/[A-Za-z0-9._~#-]+")
_PASSAGES: Final = """\
SELECT ?passage ?p ?o {{
    VALUES ?passage {{ {passages} }}
    {{ ?passage ?p ?o FILTER (?p IN (tg:locator, tg:paraphrase, tg:inPart, oa:hasSource)) }}
    UNION {{ ?passage oa:hasSelector/oa:start ?o BIND (oa:start AS ?p) }}
    UNION {{ ?passage oa:hasSelector/oa:end ?o BIND (oa:end AS ?p) }}
}}"""
# The version in each branch: joined from outside, the engine would read every triple of the release first.
_DOCUMENTS: Final = """\
SELECT ?version ?p ?o ?document {
    { ?version eli:realizes ?document ; ?p ?o FILTER (?p IN (tg:fileName, tg:textDigest)) }
    UNION { ?version eli:realizes ?document . ?document ?p ?o
        FILTER (?p IN (rdfs:label, dct:identifier, dct:issued, schema:sameAs, tg:issuedVia)) }
}"""


@dataclass(frozen=True)
class SourceDocument:
    """A version of a document, and the document: names and identifier, date as stated in the data, who issued it.

    `official` is where it is published, empty when that is not known; `issued_by` the IRI of the person or office.
    `file_name` and `text_digest` tell an operator's own copy of the text from another.
    """

    version: str
    iri: str
    name: Texts
    identifier: str
    issued: str
    official: str
    issued_via: str
    file_name: str
    text_digest: str


@dataclass(frozen=True)
class Passage:
    """A passage: `start` and `end` count code points of the normalised text, -1 where they are not known."""

    iri: str
    locator: Texts
    paraphrase: Texts
    part: str
    document: SourceDocument | None
    start: int = -1
    end: int = -1


@dataclass
class Passages:
    """Passages by IRI, read once and kept: a release holds a few thousand at most of what pages show."""

    most: int = MOST_KEPT
    _known: OrderedDict[str, Passage] = field(default_factory=OrderedDict)
    _documents: Mapping[str, SourceDocument] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _forgotten: int = 0

    def forget(self) -> None:
        """Drop what is kept: what is said of passages and documents may have changed."""
        with self._lock:
            self._known.clear()
            self._documents = None
            self._forgotten += 1

    def of(self, reader: Reader, iris: Iterable[str]) -> dict[str, Passage]:
        """Return the passages that the release has, by IRI, in the order asked for; others are left out."""
        wanted = [iri for iri in dict.fromkeys(iris) if _SAFE.fullmatch(iri)]
        with self._lock:
            found = {iri: self._known[iri] for iri in wanted if iri in self._known}
        missing = [iri for iri in wanted if iri not in found]
        for start in range(0, len(missing), AT_A_TIME):
            found |= self._read(reader, missing[start : start + AT_A_TIME])
        return {iri: found[iri] for iri in wanted if iri in found}

    def documents(self, reader: Reader) -> Mapping[str, SourceDocument]:
        """Return the documents that the facts were read from, by the IRI of the version that was read."""
        known, era = self._documents, self._forgotten
        if known is None:
            said: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = defaultdict(lambda: defaultdict(list))
            documents: dict[str, str] = {}
            for row in reader.rows(_DOCUMENTS):
                version, name, value, document = row["version"], row["p"], row["o"], row["document"]
                if isinstance(version, ox.NamedNode) and isinstance(document, ox.NamedNode):
                    documents[version.value] = document.value
                    if isinstance(name, ox.NamedNode) and isinstance(value, ox.Literal | ox.NamedNode):
                        said[version.value][name.value].append(value)
            known = {iri: _document(iri, documents[iri], said[iri]) for iri in sorted(documents)}
            with self._lock:
                if era == self._forgotten:
                    self._documents = known
        return known

    def _read(self, reader: Reader, iris: list[str]) -> dict[str, Passage]:
        era = self._forgotten
        said: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = defaultdict(lambda: defaultdict(list))
        for row in reader.rows(_PASSAGES.format(passages=" ".join(f"<{iri}>" for iri in iris))):
            passage, name, value = row["passage"], row["p"], row["o"]
            # No blank nodes, no triple terms.
            if isinstance(passage, ox.NamedNode) and isinstance(name, ox.NamedNode) and _is_value(value):
                said[passage.value][name.value].append(value)
        documents = self.documents(reader)
        found = {iri: _passage(iri, properties, documents) for iri, properties in said.items()}
        with self._lock:
            if era == self._forgotten:
                self._known.update(found)
            while len(self._known) > self.most:
                self._known.popitem(last=False)
        return found


def _is_value(term: object) -> TypeGuard[ox.Literal | ox.NamedNode]:
    return isinstance(term, ox.Literal | ox.NamedNode)


Said = Mapping[str, list[ox.Literal | ox.NamedNode]]


def _document(version: str, document: str, said: Said) -> SourceDocument:
    return SourceDocument(
        version,
        document,
        _texts(said, _RDFS + "label"),
        _first(said, _DCT + "identifier"),
        _first(said, _DCT + "issued"),
        _first(said, _SCHEMA + "sameAs"),
        _first(said, DEF + "issuedVia"),
        _first(said, DEF + "fileName"),
        _first(said, DEF + "textDigest"),
    )


def _passage(iri: str, said: Said, documents: Mapping[str, SourceDocument]) -> Passage:
    return Passage(
        iri,
        _texts(said, DEF + "locator"),
        _texts(said, DEF + "paraphrase"),
        _first(said, DEF + "inPart"),
        documents.get(_first(said, _OA + "hasSource")),
        int(_first(said, _OA + "start") or -1),
        int(_first(said, _OA + "end") or -1),
    )


def _texts(said: Said, name: str) -> Texts:
    """Return the literals of a property by language; of several in one language the first in order of text."""
    found: dict[str, str] = {}
    for term in sorted((one for one in said.get(name, ()) if isinstance(one, ox.Literal)), key=lambda one: one.value):
        found.setdefault((term.language or "").partition("-")[0], term.value)
    return found


def _first(said: Said, name: str) -> str:
    return min((term.value for term in said.get(name, ())), default="")
