"""Dutch trade diplomacy as a knowledge graph: from published letters to a validated, queryable RDF release."""

from importlib.metadata import version

__version__ = version("tradegraph")
