"""The written graphs as they were after some write: the state of then, as RDF.

`python -m tradegraph.writing.past DATA_FOLDER NUMBER FORMAT [GRAPH]` writes it to standard output, for the server,
which must not be kept busy by a long journal. It ends with status 3, and nothing written, when there was no such graph;
an empty GRAPH is the default graph.
"""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from tradegraph.errors import NotFound, TradegraphError
from tradegraph.media_types import Format, format_named, formats_for
from tradegraph.writing.data_folder import DataFolder
from tradegraph.writing.delta import graph_of
from tradegraph.writing.state import Until, open_state

OF_ALL: Final = tuple(form for name in ("nq", "trig", "jsonld") if (form := format_named(name)) is not None)
"""The formats for all graphs, the usual one first."""
OF_ONE: Final = formats_for("graph")
"""The formats for one graph."""
NO_GRAPH: Final = 3
"""Exit status: there was no such graph."""
_AT_A_TIME: Final = 10_000
_PRIORITY: Final = 10


def write_past(folder: DataFolder, until: Until | None, form: Format, out: IO[bytes], graph: str | None = None) -> None:
    """Write what users had written, at a point in time, as a dataset of quads; or one graph of it as triples.

    An empty `graph` is the default graph, which there always is. Raises NotFound for a graph that was not there, or a
    write that is not, before anything is written; JournalDamaged.
    """
    lines = open_state(folder, until).lines
    if graph is None and form.engine == "N_QUADS":
        out.writelines(sorted(lines))
        return
    rdf_format: ox.RdfFormat = getattr(ox.RdfFormat, form.engine)
    if graph is None:
        # Graph after graph, as people read them.
        ox.serialize(_quads(sorted(lines, key=lambda line: (graph_of(line), line))), out, rdf_format)
        return
    of_graph = [line for line in lines if graph_of(line) == graph]
    if graph and not of_graph:
        raise NotFound(f"There was no graph {graph} then. The history tells when it was written.")
    ox.serialize((quad.triple for quad in _quads(sorted(of_graph))), out, rdf_format)


def _quads(lines: list[bytes]) -> Iterator[ox.Quad]:
    for start in range(0, len(lines), _AT_A_TIME):
        yield from ox.parse(b"".join(lines[start : start + _AT_A_TIME]), format=ox.RdfFormat.N_QUADS)


def main(arguments: list[str]) -> int:
    """Write to standard output and return the exit status."""
    root, number, name, *graph = arguments
    # The server decides when it ends, and goes before it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.nice(_PRIORITY)
    form = format_named(name)
    if form is None:
        raise ValueError(f"{name} is no format")
    try:
        write_past(DataFolder.open(Path(root)), int(number), form, sys.stdout.buffer, graph[0] if graph else None)
    except NotFound:
        return NO_GRAPH
    except TradegraphError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
