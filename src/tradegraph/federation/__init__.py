"""What comes from servers that the operator allows: answers to `SERVICE` blocks, and documents for `LOAD`.

`read_endpoints` reads the operator's list of endpoints, `resolve` puts answers in place of blocks, `Caller` does the
calling. `Sources` is the list of documents, `DocumentReader` fetches them.
"""

from tradegraph.federation.addresses import is_allowed_address, read_endpoints
from tradegraph.federation.call import Call, Caller, Fetcher
from tradegraph.federation.documents import Document, DocumentFetcher, DocumentReader
from tradegraph.federation.inside import FederationLimits, resolve
from tradegraph.federation.network import Deadline
from tradegraph.federation.sources import Sources, address_of

__all__ = [
    "Call",
    "Caller",
    "Deadline",
    "Document",
    "DocumentFetcher",
    "DocumentReader",
    "FederationLimits",
    "Fetcher",
    "Sources",
    "address_of",
    "is_allowed_address",
    "read_endpoints",
    "resolve",
]
