"""A release of any RDF files, for serving data that this project did not build.

Triples go to the default graph, quads to the graphs that they name; a blank node belongs to its file. Files are read
and written as streams: only the names of blank nodes are kept in memory. The same files in the same order give the
same bytes.
"""

import gzip
import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from tradegraph.errors import NotFound, NotSound
from tradegraph.namespaces import PREFIXES
from tradegraph.store import Release
from tradegraph.store.release import DATASET_FILE, RELEASE_FILE, STATISTICS_FILE

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""The formats that are read, by file extension; each may have `.gz` after it."""

_RDF_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_PLACE: Final = re.compile(r"(?:Parser error )?at line \d+ (?:column \d+|between columns? \d+ and (?:column )?\d+): ")


@dataclass
class Counts:
    """What went by: quads in all and per graph with an IRI, instances per class, triples per property.

    As they stand in the files: a quad that stands there twice counts twice.
    """

    quads: int = 0
    graphs: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)

    def of(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Pass quads on, counting them."""
        for quad in quads:
            self.quads += 1
            predicate, graph = quad.predicate, quad.graph_name
            self.properties[predicate.value] += 1
            if isinstance(graph, ox.NamedNode):
                self.graphs[graph.value] += 1
            if predicate == _RDF_TYPE and isinstance(one := quad.object, ox.NamedNode):
                self.classes[one.value] += 1
            yield quad


def from_files(paths: Iterable[Path], directory: Path, *, union_default_graph: bool = False) -> Release:
    """Read RDF files (all of a folder that have a known extension, in order of name) and write a release of them.

    `directory` must exist; the description is written last, so that a release which failed cannot be read. Raises
    NotFound when there is nothing to read, and NotSound, with file, line and column, for what is not RDF.
    """
    counts = Counts()
    target = directory / DATASET_FILE
    with target.open("wb") as output:
        quads = (quad for number, path in enumerate(_files(paths), start=1) for quad in read(path, f"f{number}b"))
        ox.serialize(counts.of(quads), output, format=ox.RdfFormat.N_QUADS)
    with target.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    release = Release(
        directory=directory,
        # The answers differ with the choice of default graph, so the name does too.
        identifier=digest[:16] + ("-union" if union_default_graph else ""),
        sha256=digest,
        inputs=digest,
        ontology_version="",
        quads=counts.quads,
        graphs=tuple(sorted(counts.graphs.items())),
        union_default_graph=union_default_graph,
    )
    statistics = {"classes": dict(counts.classes), "properties": dict(counts.properties)}
    (directory / STATISTICS_FILE).write_bytes(json.dumps(statistics, indent=2, sort_keys=True).encode() + b"\n")
    (directory / RELEASE_FILE).write_bytes(release.description())
    return release


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read: each path, and for a folder what it holds at any depth."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and format_of(one) is not None)
            if not inside:
                raise NotFound(f"{path}: there are no RDF files in this folder. There should be {_known()}.")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise NotFound(f"{path}: there is no such file. Check the name.")
    if not found:
        raise NotFound("There are no files to read. Name at least one.")
    return found


def format_of(path: Path) -> ox.RdfFormat | None:
    """Return the format that the name of a file promises, None when it promises none that is read."""
    return FORMATS.get(path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix)


def _known() -> str:
    return f"{', '.join(FORMATS)}, with or without .gz"


def read(path: Path, blank: str, base_iri: str | None = None) -> Iterator[ox.Quad]:
    """Yield the quads of one file; its blank nodes are numbered from 1 in order of appearance, after `blank`.

    Relative IRIs are resolved against `base_iri`, else the file's own (RFC 3986, section 5.1). Raises NotSound with
    file, line and column (from 1) where the file breaks its format.
    """
    rdf_format = format_of(path)
    if rdf_format is None:
        raise NotSound(f"{path}: the extension “{path.suffix}” is of no format that is read. There are {_known()}.")
    try:
        with cast("IO[bytes]", gzip.open(path) if path.suffix == ".gz" else path.open("rb")) as file:
            quads = ox.parse(file, rdf_format, base_iri=base_iri or path.absolute().as_uri())
            yield from map(_Names(blank).quad, quads)
    except SyntaxError as error:
        where = "" if error.lineno is None else f":{error.lineno}:{error.offset}"
        what = _PLACE.sub("", error.msg).rstrip(".")
        raise NotSound(f"{path}{where}: {what}. Correct this place; nothing was taken in.") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NotSound(f"{path}: cannot be unpacked ({error}). Make the archive again.") from error


class _Names:
    """New names for the blank nodes of one file, numbered in order of appearance."""

    def __init__(self, blank: str) -> None:
        self._blank = blank
        self._known: dict[str, ox.BlankNode] = {}

    def node(self, node: ox.BlankNode) -> ox.BlankNode:
        known = self._known.get(node.value)
        if known is None:
            known = self._known[node.value] = ox.BlankNode(f"{self._blank}{len(self._known) + 1}")
        return known

    def term(self, term: Term) -> Term:
        """Return the term with its blank nodes renamed; a triple term may hold some inside."""
        if isinstance(term, ox.BlankNode):
            return self.node(term)
        if isinstance(term, ox.Triple):
            subject = self.node(term.subject) if isinstance(term.subject, ox.BlankNode) else term.subject
            return ox.Triple(subject, term.predicate, self.term(term.object))
        return term

    def quad(self, quad: ox.Quad) -> ox.Quad:
        subject, target, graph = quad.subject, quad.object, quad.graph_name
        if not any(isinstance(term, ox.BlankNode | ox.Triple) for term in (subject, target, graph)):
            return quad
        if isinstance(subject, ox.BlankNode):
            subject = self.node(subject)
        if isinstance(graph, ox.BlankNode):
            graph = self.node(graph)
        return ox.Quad(subject, quad.predicate, self.term(target), graph)
