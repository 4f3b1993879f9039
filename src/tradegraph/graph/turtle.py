"""Reads the hand-written Turtle of the ontology, the vocabularies and the shapes."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from tradegraph.errors import OntologyError
from tradegraph.namespaces import BASE


def read_turtle(paths: Iterable[Path], graph: NamedNode) -> Iterator[Quad]:
    """Yield the triples of the files as quads in `graph`.

    Raises `OntologyError`, with the line where the parser knows it, for a file that is not Turtle or holds blank nodes.
    """
    for path in paths:
        try:
            for triple in parse(path=str(path), format=RdfFormat.TURTLE, base_iri=BASE):
                if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
                    raise OntologyError(path, "holds a blank node.", "Give the node an IRI, so that it can be cited.")
                yield Quad(triple.subject, triple.predicate, triple.object, graph)
        except SyntaxError as error:
            raise OntologyError(path, f"not Turtle ({error}).", "Correct it there.") from error
