"""What a query answers, read from any of the formats in use, and when two answers are the same.

Blank nodes are the same up to a one-to-one renaming (isomorphism); rows are a bag, or a sequence where the query orders
them; everything else is compared term by term, lexical form and language tag included.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from w3c.suites import RDF, address_of

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]
Graph = frozenset[ox.Triple]

_RESULTS: Final = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True)
class Table:
    """The rows of a SELECT, their terms in the alphabetical order of the variables."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


Answer = Table | bool | Graph


def read_answer(body: bytes, extension: str, base_iri: str) -> Answer:
    """Read an answer in the format that goes by `extension`."""
    if extension == ".csv":
        return _from_csv(body.decode())
    if extension in _GRAPHS:
        return frozenset(quad.triple for quad in ox.parse(body, _GRAPHS[extension], base_iri=base_iri))
    results = ox.parse_query_results(body, format=_RESULTS[extension])
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = sorted(variable.value for variable in results.variables)
    return Table(tuple(names), tuple(tuple(solution[name] for name in names) for solution in results))


def _from_csv(text: str) -> Table:
    """Read CSV, which tells blank nodes from other terms, and no more; an empty cell may also be no term at all."""
    lines = csv.DictReader(io.StringIO(text))
    names = sorted(lines.fieldnames or ())
    rows = (
        tuple(ox.BlankNode(line[name][2:]) if line[name].startswith("_:") else ox.Literal(line[name]) for name in names)
        for line in lines
    )
    return Table(tuple(names), tuple(rows))


def read_expected(path: Path) -> Answer:
    """Read an expected result; a graph may spell out a table or a truth value in the vocabulary of result sets."""
    answer = read_answer(path.read_bytes(), path.suffix, address_of(path))
    if isinstance(answer, frozenset) and any(triple.object == ox.NamedNode(RS + "ResultSet") for triple in answer):
        return _spelt_out(answer)
    return answer


def _spelt_out(graph: Graph) -> Table | bool:
    def values(subject: object, name: str) -> list[Term]:
        return [one.object for one in graph if one.subject == subject and one.predicate.value == RS + name]

    def only(subject: object, name: str) -> Term:
        [value] = values(subject, name)
        return value

    [result] = [one.subject for one in graph if one.object == ox.NamedNode(RS + "ResultSet")]
    for said in values(result, "boolean"):
        return cast("ox.Literal", said).value == "true"
    names = sorted(cast("ox.Literal", one).value for one in values(result, "resultVariable"))
    solutions = values(result, "solution")
    if any(values(solution, "index") for solution in solutions):
        solutions.sort(key=lambda solution: int(cast("ox.Literal", only(solution, "index")).value))
    rows = []
    for solution in solutions:
        bound = {
            cast("ox.Literal", only(binding, "variable")).value: only(binding, "value")
            for binding in values(solution, "binding")
        }
        rows.append(tuple(bound.get(name) for name in names))
    return Table(tuple(names), tuple(rows))


def same(one: Answer, other: Answer, *, ordered: bool = False, lax: bool = False) -> bool:
    """Tell whether two answers are the same; with `lax`, `one` may have fewer copies of a row than `other`."""
    if isinstance(one, Table) and isinstance(other, Table):
        if one.variables != other.variables:
            return False
        if lax:
            return set(one.rows) == set(other.rows) and Counter(one.rows) <= Counter(other.rows)
        return _as_graph(one, ordered) == _as_graph(other, ordered)
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return _canonical(one) == _canonical(other)
    return type(one) is type(other) and one == other


def _as_graph(table: Table, ordered: bool) -> frozenset[str]:
    """Return the table as the canonical lines of a graph, so that blank nodes are compared like those of graphs."""
    triples = []
    # What tells equal rows apart: the place of each, or how many there are.
    rows: list[tuple[int, Row]] = list(enumerate(table.rows))
    if not ordered:
        rows = [(number, row) for row, number in Counter(table.rows).items()]
    for number, (mark, row) in enumerate(rows):
        subject = ox.BlankNode(f"row{number}")
        triples.append(ox.Triple(subject, ox.NamedNode(RS + "index"), ox.Literal(mark)))
        for name, term in zip(table.variables, row, strict=True):
            if term is not None:
                triples.append(ox.Triple(subject, ox.NamedNode(RS + name), term))
    return _canonical(triples)


def _canonical(triples: Iterable[ox.Triple]) -> frozenset[str]:
    dataset = ox.Dataset(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


def as_stored(answer: Answer) -> Answer:
    """Return the answer with each literal as the engine stores it: by value, in one lexical form for each."""
    if isinstance(answer, Table):
        return Table(answer.variables, tuple(tuple(term and _stored(term) for term in row) for row in answer.rows))
    if isinstance(answer, frozenset):
        return frozenset(ox.Triple(one.subject, one.predicate, _stored(one.object)) for one in answer)
    return answer


def _stored(term: Term) -> Term:
    if isinstance(term, ox.Triple):
        return ox.Triple(term.subject, term.predicate, _stored(term.object))
    if not isinstance(term, ox.Literal):
        return term
    store = ox.Store()
    store.add(ox.Quad(ox.BlankNode(), ox.NamedNode(RDF + "value"), term))
    stored: list[Term] = [quad.object for quad in store]
    return stored[0]
