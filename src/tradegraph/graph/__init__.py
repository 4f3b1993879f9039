"""Rows become RDF: quads in named graphs, references checked, direct relations derived, one dataset assembled."""

from tradegraph.graph.assemble import Dataset, assemble

__all__ = ["Dataset", "assemble"]
