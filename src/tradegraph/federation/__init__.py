"""`SERVICE` blocks of endpoints that the operator allows, answered before the query runs.

`read_endpoints` reads the operator's list, `resolve` puts answers in place of blocks, `Caller` does the calling.
"""

from tradegraph.federation.addresses import is_allowed_address, read_endpoints
from tradegraph.federation.call import Call, Caller, Deadline, Fetcher
from tradegraph.federation.inside import FederationLimits, resolve

__all__ = [
    "Call",
    "Caller",
    "Deadline",
    "FederationLimits",
    "Fetcher",
    "is_allowed_address",
    "read_endpoints",
    "resolve",
]
