"""The few names of RDF, RDFS and SHACL that the guard reads, and the types of what it handles."""

from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tradegraph.namespaces import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple
"""Whatever may stand in a triple."""

SH: Final = PREFIXES["sh"]
XSD: Final = PREFIXES["xsd"]
RDF_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
RDF_FIRST: Final = NamedNode(PREFIXES["rdf"] + "first")
RDF_REST: Final = NamedNode(PREFIXES["rdf"] + "rest")
RDF_NIL: Final = NamedNode(PREFIXES["rdf"] + "nil")
SUBCLASS_OF: Final = NamedNode(PREFIXES["rdfs"] + "subClassOf")
OWL_IMPORTS: Final = NamedNode(PREFIXES["owl"] + "imports")
RDFS_CLASS: Final = NamedNode(PREFIXES["rdfs"] + "Class")


def sh(name: str) -> NamedNode:
    """Return the term of the SHACL vocabulary with this local name."""
    return NamedNode(SH + name)
