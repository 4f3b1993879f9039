"""A request as the endpoint sees it, whichever way it came in: through Flask, or straight from the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from flask import Request


@dataclass(frozen=True)
class Incoming:
    """Method, raw query string, whole body, header fields by lower-case name, and the address it came from."""

    method: str
    query_string: str
    body: bytes
    fields: Mapping[str, str]
    address: str

    @classmethod
    def from_flask(cls, request: Request) -> Self:
        """Take over what Flask has read; the body of a POST is read here."""
        return cls(
            request.method,
            request.environ.get("QUERY_STRING", ""),
            request.get_data() if request.method == "POST" else b"",
            {name.lower(): value for name, value in request.headers.items()},
            request.remote_addr or "",
        )

    @property
    def media_type(self) -> str:
        """The media type of the body, without parameters, in lower case."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    def client(self, trusted_proxies: int) -> str:
        """Return the address of the client, as seen by the outermost of our own proxies."""
        hops = [hop.strip() for hop in self.fields.get("x-forwarded-for", "").split(",") if hop.strip()]
        return hops[-trusted_proxies] if 0 < trusted_proxies <= len(hops) else self.address
