"""What connects two things: an index of edges, the search for paths, their ranking, and the sentences."""

from tradegraph.explore.connections.index import EdgeIndex
from tradegraph.explore.connections.results import Answer, Group, Path, Question, Relation, Step, connect
from tradegraph.explore.connections.search import Limits

__all__ = ["Answer", "EdgeIndex", "Group", "Limits", "Path", "Question", "Relation", "Step", "connect"]
