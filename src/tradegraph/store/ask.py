"""The project's own queries, in this process: parameters bound, rows labelled, no limits.

For the command line and for programs; never for text that a stranger wrote.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from tradegraph.errors import QueryFailed, QueryRefused
from tradegraph.namespaces import BASE, shrink
from tradegraph.sparql.explain import explain
from tradegraph.sparql.rewrite import rewrite
from tradegraph.sparql.scan import Bounds, scan

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_UNBOUNDED = Bounds(depth=10_000, chain=100_000, graphs=10_000)


@dataclass(frozen=True)
class Row:
    """One solution: the variables of the SELECT in their order, and a term or None for each."""

    names: tuple[str, ...]
    terms: tuple[Term | None, ...]

    def __getitem__(self, name: str) -> Term | None:
        """Return the term of variable `name`; KeyError when the query has no such variable."""
        try:
            return self.terms[self.names.index(name)]
        except ValueError:
            raise KeyError(name) from None

    def text(self, name: str) -> str:
        """Return the value as people read it: a literal's text, an IRI shortened, nothing for an unbound variable."""
        return as_text(self[name])

    def texts(self) -> tuple[str, ...]:
        """Return all values as people read them, in order."""
        return tuple(as_text(term) for term in self.terms)


def as_text(term: Term | None) -> str:
    """Return a term as people read it."""
    match term:
        case None:
            return ""
        case ox.NamedNode(value=iri):
            return shrink(iri)
        case ox.Literal(value=value):
            return value
    return str(term)


@dataclass(frozen=True)
class Asker:
    """A dataset in memory that answers trusted queries; the union of its named graphs is the default graph."""

    store: ox.Store

    @classmethod
    def open(cls, dataset: Path) -> Self:
        """Load an N-Quads file."""
        store = ox.Store()
        store.load(path=str(dataset), format=ox.RdfFormat.N_QUADS)
        return cls(store)

    def rows(self, text: str, parameters: Mapping[str, ox.NamedNode | ox.Literal] | None = None) -> Iterator[Row]:
        """Yield the solutions of a SELECT; `parameters` binds variables (by name, without `?`), never pastes text.

        Raises QuerySyntaxError, QueryRefused (not a SELECT) or QueryFailed (the engine gave up).
        """
        own_dataset = scan(text, _UNBOUNDED).own_dataset
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): term for name, term in (parameters or {}).items()
        }
        try:
            results = self.store.query(
                text if bound else rewrite(text).text,
                base_iri=BASE,
                use_default_graph_as_union=not own_dataset,
                substitutions=bound,
            )
            if not isinstance(results, ox.QuerySolutions):
                raise QueryRefused("This is not a SELECT query.", "Rows come from SELECT only.")
            names = tuple(variable.value for variable in results.variables)
            for solution in results:
                yield Row(names, tuple(solution[name] for name in names))
        except SyntaxError as error:
            raise explain(text, str(error)) from error
        except (RuntimeError, OSError) as error:
            raise QueryFailed(f"The engine stopped: {error}.", "Check the functions that the query calls.") from error
