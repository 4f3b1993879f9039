"""RDF as bytes: triples or quads in one of the formats that the engine writes."""

from collections.abc import Iterable, Mapping
from typing import cast

from pyoxigraph import Quad, RdfFormat, Triple, serialize


def serialised(
    statements: Iterable[Triple] | Iterable[Quad], rdf_format: RdfFormat, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Return statements as bytes, in the order given.

    `prefixes` (name → namespace) are declared where the format has them. Raises `ValueError` for a quad of a named
    graph in a format of triples.
    """
    written = serialize(statements, format=rdf_format, prefixes=None if prefixes is None else dict(prefixes))
    # None only when there is an output to write to.
    return cast("bytes", written)
