"""Makes the index of connections of a release from its graph."""

from collections.abc import Iterator, Mapping

from pyoxigraph import QuerySolutions, Store

from tradegraph.graph.edges import gather, pack


def edges_file(store: Store) -> bytes:
    """Return the file with every relation between things in `store`: the same graph gives the same bytes."""

    def rows(text: str) -> Iterator[Mapping[str, object]]:
        solutions = store.query(text, use_default_graph_as_union=True)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("not a SELECT query")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: solution[name] for name in names}

    return pack(gather(rows))
