"""The store: a release opened for questions.

Two roads lead to an answer. `ask` runs the project's own queries, in this process, with parameters bound. Queries of
strangers go through `QueryStore`: `EmbeddedStore` hands them to worker processes that can be stopped, `RemoteStore` to
any SPARQL 1.1 service. Everything above this room works with either.
"""

from tradegraph.store.ask import Asker, Row
from tradegraph.store.embedded import EmbeddedStore
from tradegraph.store.interface import Answer, Dataset, Limits, QueryStore, Request
from tradegraph.store.release import Release
from tradegraph.store.remote import RemoteStore

__all__ = [
    "Answer",
    "Asker",
    "Dataset",
    "EmbeddedStore",
    "Limits",
    "QueryStore",
    "Release",
    "RemoteStore",
    "Request",
    "Row",
]
