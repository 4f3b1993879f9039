"""Assembles one dataset: facts per document, registry, concepts, ontology, relations, provenance.

Cost: linear in the number of rows, plus what the rules cost; the result is sorted, so equal input gives equal bytes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from tradegraph.errors import FactError, Finding
from tradegraph.facts import Facts
from tradegraph.files import Project
from tradegraph.graph.mapping import PROVENANCE, REGISTRY, references, row_quads
from tradegraph.graph.relations import derive, superclass_types
from tradegraph.graph.turtle import read_turtle
from tradegraph.namespaces import GRAPH, ID, PREFIXES
from tradegraph.queries import StoredQuery
from tradegraph.serialised import serialised

ONTOLOGY: Final = NamedNode(GRAPH + "ontology")
CONCEPTS: Final = NamedNode(GRAPH + "concepts")


@dataclass(frozen=True)
class Dataset:
    """The assembled graph: canonical N-Quads (sorted lines, no blank nodes) and a store that holds the same quads."""

    nquads: bytes
    store: Store

    @property
    def graphs(self) -> tuple[tuple[str, int], ...]:
        """Named graph IRIs with their number of quads, sorted by IRI."""
        counts = Counter(quad.graph_name.value for quad in self.store if isinstance(quad.graph_name, NamedNode))
        return tuple(sorted(counts.items()))


def assemble(project: Project, facts: Facts) -> Dataset:
    """Turn the project into one dataset.

    Raises `FactError` for dangling references and rows of two documents at once, `OntologyError` for Turtle that does
    not parse, `NotSound` for a rule that is not a rule.
    """
    graphs = graph_of_rows(facts)
    store = Store()
    store.extend(quad for row in facts.rows for quad in row_quads(row, graphs[row.subject]))
    store.extend(read_turtle(project.ontology_files, ONTOLOGY))
    store.extend(read_turtle(project.vocabulary_files, CONCEPTS))
    store.extend(_document_provenance(facts))
    _check_references(facts, store)
    rules = [StoredQuery.read(path) for path in project.query_files("relations")]
    store.extend(list(superclass_types(store)))
    store.extend(list(derive(store, rules)))
    return Dataset(canonical_nquads(store), store)


def canonical_nquads(quads: Iterable[Quad]) -> bytes:
    """Serialise quads without blank nodes as N-Quads, one line each, lines in code-point order."""
    return b"".join(sorted(serialised(quads, RdfFormat.N_QUADS).splitlines(keepends=True)))


def graph_of_rows(facts: Facts) -> dict[str, NamedNode]:
    """Return the named graph of each row by subject: the registry for things, its document's graph for what is said.

    Raises `FactError` for a row whose passages are unknown, or belong to two versions where only one will do.
    """
    versions = {row.one("key"): row.one("version") for row in facts.of("facts/passages.csv")}
    graphs: dict[str, NamedNode] = {}
    findings: list[Finding] = []
    for row in facts.rows:
        unknown = [key for key in row.all("passages") if key not in versions]
        if unknown:
            what = f"passage '{unknown[0]}' is not in data/facts/passages.csv."
            findings.append(Finding(row.where, what, "Add it there first."))
            continue
        graph_from = row.table.graph_from
        keys = {row.one("version")} if graph_from == "version" else {versions[key] for key in row.all("passages")}
        if graph_from == "passages" and len(keys) > 1:
            what = "its passages belong to two documents."
            findings.append(Finding(row.where, what, "Make one row for each document."))
            continue
        graphs[row.subject] = REGISTRY if graph_from == "registry" or not keys else NamedNode(GRAPH + str(keys.pop()))
    if findings:
        raise FactError(findings)
    return graphs


def _check_references(facts: Facts, store: Store) -> None:
    """Every IRI under `id/` that a cell points at must be described: by a row, or by a concept."""
    described = {quad.subject.value for quad in store if isinstance(quad.subject, NamedNode)}
    findings = [
        Finding(
            row.where, f"{column.name}: there is no {_kind(iri)}.", f"Add it to {_home(iri)} first, or correct the key."
        )
        for row in facts.rows
        for column, iri in references(row)
        if iri.startswith((ID, PREFIXES["tg"])) and iri not in described
    ]
    if findings:
        raise FactError(findings)


def _kind(iri: str) -> str:
    return (
        f"{iri.removeprefix(ID).partition('/')[0]} '{iri.removeprefix(ID).partition('/')[2]}'"
        if iri.startswith(ID)
        else f"term {iri}"
    )


def _home(iri: str) -> str:
    if not iri.startswith(ID):
        return "the ontology"
    return "ontology/vocabularies/" if iri.startswith(ID + "concept/") else "the table of that kind"


def _document_provenance(facts: Facts) -> Iterator[Quad]:
    """Say of each document graph which version it was read from (PROV-O)."""
    derived = NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
    for row in facts.of("document_versions.csv"):
        yield Quad(NamedNode(GRAPH + str(row.one("key"))), derived, NamedNode(row.subject), PROVENANCE)
