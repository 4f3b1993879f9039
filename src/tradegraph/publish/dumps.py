"""The RDF files of a release, each written as a stream and packed with gzip without a time.

N-Quads, TriG and JSON-LD hold the named graphs. Turtle and RDF/XML have no graphs: they hold the triples of all graphs
merged, each once, so they do not tell which document states what; the passages (`tg:statedIn`) still do.
"""

import gzip
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from tradegraph.namespaces import ID, PREFIXES
from tradegraph.publish.quads import iris, read_quads, things, triples, values_of

_RDF: Final = PREFIXES["rdf"]
_REIFIES: Final = NamedNode(_RDF + "reifies")
_PARTS: Final = tuple(_RDF + name for name in ("subject", "predicate", "object"))
# Lines of a graph are kept up to this many bytes, all graphs together, before they go to disk.
_KEPT: Final = 16 * 1024 * 1024


@contextmanager
def packed(path: Path) -> Iterator[IO[bytes]]:
    """Open a gzip file for writing that holds no name and no time (RFC 1952, section 2.3: MTIME 0)."""
    with path.open("wb") as file, gzip.GzipFile("", "wb", 6, cast("IO[bytes]", file), mtime=0) as pack:
        yield cast("IO[bytes]", pack)


def prefixes(dataset: Path) -> dict[str, str]:
    """Return the project's prefixes and one per kind of thing, so that `mission:2025-06-indonesia` can be written."""
    start = f"<{ID}".encode()
    kinds: set[str] = set()
    with dataset.open("rb") as file:
        for line in file:
            if line.startswith(start):
                kind, slash, _ = line[len(start) : line.index(b">")].partition(b"/")
                kinds |= {kind.decode()} if slash else set()
    own = {kind: f"{ID}{kind}/" for kind in sorted(kinds) if kind not in PREFIXES}
    return {**PREFIXES, **{kind: iri for kind, iri in own.items() if iri not in PREFIXES.values()}}


def write_nquads(dataset: Path, path: Path) -> None:
    """Write the dataset as it is: canonical N-Quads, whose SHA-256 unpacked is the release's own."""
    with dataset.open("rb") as source, packed(path) as target:
        shutil.copyfileobj(source, target, 1024 * 1024)


def write_by_graph(dataset: Path, path: Path, rdf_format: RdfFormat, names: Mapping[str, str] | None) -> None:
    """Write TriG or JSON-LD, each graph in one piece, in the order of their IRIs."""
    folder = path.with_name(f".{path.name}-graphs")
    folder.mkdir()
    try:
        quads = (quad for part in _split(dataset, folder) for quad in read_quads(part))
        with packed(path) as target:
            serialize(quads, target, rdf_format, prefixes=None if names is None else dict(names))
    finally:
        shutil.rmtree(folder)


def write_merged(dataset: Path, path: Path, rdf_format: RdfFormat, names: Mapping[str, str]) -> None:
    """Write Turtle or RDF/XML: the triples of all graphs merged, each once."""
    with packed(path) as target:
        serialize(triples(read_quads(dataset)), target, rdf_format, prefixes=dict(names))


def write_rdf12(dataset: Path, path: Path) -> None:
    """Write RDF 1.2 N-Quads: a node that describes a triple `rdf:reifies` it as a triple term.

    This replaces `rdf:subject`, `rdf:predicate` and `rdf:object`; all else stays, so nothing is lost. The triple term
    is not asserted by it (RDF 1.2 Concepts, section 1.5): a denied relation stays denied. Lines are sorted.
    """
    with packed(path) as target:
        for _, quads in things(read_quads(dataset)):
            lines = sorted(f"{quad} .\n" for quad in reified(quads))
            target.write("".join(lines).encode())


def reified(quads: list[Quad]) -> Iterable[Quad]:
    """Return the quads of one thing with its description of a triple as a triple term, when it has exactly one."""
    parts = [iris(values_of(quads), name) for name in _PARTS[:2]]
    values = [quad for quad in quads if quad.predicate.value == _PARTS[2]]
    graphs = {quad.graph_name for quad in quads if quad.predicate.value in _PARTS}
    if len(values) != 1 or len(graphs) != 1 or any(len(part) != 1 for part in parts):
        return quads
    triple = Triple(parts[0][0], parts[1][0], values[0].object)
    kept = (quad for quad in quads if quad.predicate.value not in _PARTS)
    return [Quad(quads[0].subject, _REIFIES, triple, graphs.pop()), *kept]


def expanded(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Turn triple terms back into `rdf:subject`, `rdf:predicate` and `rdf:object`: the inverse of `reified`."""
    for quad in quads:
        if quad.predicate == _REIFIES and isinstance(triple := quad.object, Triple):
            for name, term in zip(_PARTS, triple, strict=True):
                yield Quad(quad.subject, NamedNode(name), term, quad.graph_name)
        else:
            yield quad


def _split(dataset: Path, folder: Path) -> list[Path]:
    """Write the lines of each graph to a file of its own and return the files in the order of the graphs' IRIs.

    Files are opened only to add to them: there may be as many graphs as documents.
    """
    numbers: dict[bytes, int] = {}
    lines: dict[int, list[bytes]] = {}
    kept = 0
    with dataset.open("rb") as file:
        for line in file:
            # A graph name is an IRI, and an IRI holds no space (N-Quads, section 2.3).
            number = numbers.setdefault(line.rsplit(b" ", 2)[1], len(numbers))
            lines.setdefault(number, []).append(line)
            kept += len(line)
            if kept > _KEPT:
                _add(folder, lines)
                kept = 0
    _add(folder, lines)
    return [folder / str(numbers[graph]) for graph in sorted(numbers)]


def _add(folder: Path, lines: dict[int, list[bytes]]) -> None:
    for number, some in lines.items():
        with (folder / str(number)).open("ab") as file:
            file.writelines(some)
    lines.clear()
