"""Asks the store that serves strangers, within its limits: the program's own queries, answered as terms.

So that nothing that describes or explores needs a copy of the data beside that of the store.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, Self

import pyoxigraph as ox

from tradegraph.errors import AnswerTooLarge
from tradegraph.media_types import Format, format_named
from tradegraph.namespaces import BASE
from tradegraph.store import Answer, Dataset, Limits, QueryStore, Release, Request

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Solution = dict[str, Term]


def _never() -> bool:
    return False


def _format(name: str) -> Format:
    found = format_named(name)
    if found is None:
        raise ValueError(f"{name} is not in the table of formats")
    return found


_TRIPLES: Final = _format("nt")
_ROWS: Final = _format("json")


@dataclass(frozen=True)
class Reader:
    """A store and the release that it holds. `client` and `abandoned` say who asks and whether they have left.

    Each query has `time_s` seconds. Every method may raise a QueryError, as `QueryStore.query` does.
    """

    store: QueryStore
    release: Release
    time_s: float
    client: str = ""
    abandoned: Callable[[], bool] = _never

    def asked_by(self, client: str, abandoned: Callable[[], bool] = _never) -> Self:
        """Return a reader for someone else."""
        return replace(self, client=client, abandoned=abandoned)

    def triples(self, text: str) -> list[ox.Triple]:
        """Return the triples of a CONSTRUCT, each once."""
        body = self._whole(text, "graph", _TRIPLES)
        found = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        return list({ox.Triple(quad.subject, quad.predicate, quad.object): None for quad in found})

    def rows(self, text: str) -> Iterator[Solution]:
        """Yield the solutions of a SELECT; unbound variables are left out."""
        results = ox.parse_query_results(self._whole(text, "bindings", _ROWS), ox.QueryResultsFormat.JSON)
        if not isinstance(results, ox.QuerySolutions):
            raise TypeError("not a SELECT query")
        names = [variable.value for variable in results.variables]
        for solution in results:
            # In pairs: to look each up by its name takes twice as long.
            yield {name: term for name, term in zip(names, solution, strict=True) if term is not None}

    def stream(self, text: str, form: Format, prefixes: tuple[tuple[str, str], ...] = ()) -> Answer:
        """Start a CONSTRUCT, written in `form`; close the answer at the end."""
        return self._ask(text, "graph", form, prefixes)

    def _whole(self, text: str, kind: Literal["graph", "bindings"], form: Format) -> bytes:
        answer = self._ask(text, kind, form)
        try:
            body = answer.whole if answer.whole is not None else b"".join(answer.chunks())
        finally:
            answer.close()
        if not answer.complete:
            raise AnswerTooLarge("There is too much to say of this.", "Ask the endpoint for parts of it.")
        return body

    def _ask(
        self,
        text: str,
        kind: Literal["graph", "bindings"],
        form: Format,
        prefixes: tuple[tuple[str, str], ...] = (),
    ) -> Answer:
        request = Request(
            text=text,
            kind=kind,
            form=form,
            dataset=Dataset(),
            limits=Limits(self.time_s),
            base_iri=BASE,
            prefixes=prefixes,
            declare_prefixes=True,
            union_default_graph=self.release.union_default_graph,
            client=self.client,
            light=True,
        )
        return self.store.query(request, self.abandoned)
