"""Fetching an RDF document: one GET, within a time and a size, and never the half of one."""

import posixpath
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Final, Protocol

from tradegraph.errors import AnswerTooLarge, QueryFailed
from tradegraph.federation.network import Deadline, Network, Outgoing, body_of
from tradegraph.media_types import formats_for

_ENDINGS: Final[Mapping[str, str]] = {f".{form.name}": form.media_type for form in formats_for("graph")}
_READ_AS: Final = frozenset(_ENDINGS.values())
_UNTOLD: Final = frozenset(
    {"text/plain", "application/octet-stream", "application/json", "application/xml", "text/xml"}
)
"""What servers say of files that they do not know."""
_CHARSETS: Final = ("utf-8", "utf8", "us-ascii")
# Turtle first, as most have it; syntaxes that can name graphs last, since LOAD takes one graph.
ACCEPT: Final = (
    "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, "
    "application/trig;q=0.5, application/n-quads;q=0.5"
)


@dataclass(frozen=True)
class Document:
    """What a server sent: content in the RDF syntax of `media_type`, in UTF-8 as far as the server says."""

    media_type: str
    content: bytes


class DocumentFetcher(Protocol):
    """What can fetch a document."""

    def __call__(self, url: str, deadline: Deadline, max_bytes: int) -> Document:
        """Return the document; QueryTimeout, AnswerTooLarge, StoreUnavailable or QueryFailed when it is not given."""
        ...


@dataclass(frozen=True)
class DocumentReader(Network):
    """A DocumentFetcher over HTTP."""

    def __call__(self, url: str, deadline: Deadline, max_bytes: int) -> Document:
        """Fetch a document; QueryTimeout, AnswerTooLarge, StoreUnavailable or QueryFailed when it is not given."""
        request = Outgoing(
            "GET",
            url,
            (("Accept", ACCEPT),),
            deadline,
            if_late="Try again later, or send the data with the request.",
            if_down="Try again later; LOAD SILENT goes on without it.",
            if_refused="Check the address, or send the data with the request.",
        )
        too_large = AnswerTooLarge(
            f"<{url}> has more than {max_bytes:,} bytes.", "Send the data with requests, in parts."
        )
        with self.sent(request) as response:
            media_type = _syntax(url, response.headers)
            if response.length is None and not response.chunked:
                # It would end where the connection ends, and a connection that breaks ends too.
                raise QueryFailed(
                    f"<{url}> does not say how long it is.", "Send the data with the request instead, or ask its owner."
                )
            return Document(media_type, body_of(response, max_bytes, too_large))


def _syntax(url: str, fields: Message) -> str:
    """Return the media type of the RDF syntax, by what is said of it, else by its name; QueryFailed for another."""
    said = fields.get_content_type() if "Content-Type" in fields else ""
    ending = posixpath.splitext(urllib.parse.urlsplit(url).path)[1].lower()
    media_type = _ENDINGS.get(ending, said) if said in _UNTOLD or not said else said
    if media_type not in _READ_AS:
        raise QueryFailed(
            f"<{url}> is of type {said or 'nothing'}, which is no RDF syntax.",
            f"These are read: {', '.join(sorted(_READ_AS))}.",
        )
    charset = str(fields.get_param("charset", "utf-8")).lower()
    if charset not in _CHARSETS:
        raise QueryFailed(f"<{url}> is text in {charset[:40]}.", "Only UTF-8 is read.")
    return media_type
