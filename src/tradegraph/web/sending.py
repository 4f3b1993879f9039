"""Answers about what our IRIs stand for: who asks, what the answer depends on, and how it is sent."""

import hashlib
import io
from collections.abc import Callable
from typing import Final, cast

import pyoxigraph as ox
from flask import Response, request

from tradegraph import __version__
from tradegraph.explore.reading import Reader
from tradegraph.media_types import Format
from tradegraph.namespaces import BASE, PREFIXES
from tradegraph.web.cache import matches
from tradegraph.web.endpoint import Endpoint, coded
from tradegraph.web.incoming import Incoming
from tradegraph.web.negotiation import Wanted
from tradegraph.web.sparql import ABANDONED

CHOICES: Final = ("_profile", "_mediatype", "format")
"""The parameters with which an address chooses a representation."""


class Answers:
    """What the routes of this subject share: the reader of the release, and how an answer is put together."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._reader = Reader(endpoint.store, endpoint.release, endpoint.settings.query_time_limit_s)

    @property
    def base(self) -> str:
        """Where the site is, as its settings say; else where our IRIs say it is."""
        return self.endpoint.settings.base_url or BASE

    def reader(self) -> Reader:
        """Return a reader for whoever sent the request."""
        client = Incoming.from_flask(request).client(self.endpoint.settings.trusted_proxies)
        abandoned = request.environ.get(ABANDONED)
        return self._reader.asked_by(client, *(() if abandoned is None else (cast("Callable[[], bool]", abandoned),)))

    def tag(self, *depends_on: object) -> str:
        """Return the weak entity tag of an answer: of the release and all else that it depends on."""
        text = repr((__version__, self.endpoint.version, *depends_on))
        return f'W/"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'

    def known(self, tag: str) -> bool:
        """Say whether the client has the answer with this tag."""
        sent = request.headers.get("If-None-Match")
        return sent is not None and matches(sent, tag)

    def unchanged(self, form: Format, chosen: Wanted, fields: dict[str, str]) -> Response | None:
        """Return a 304 where the client has the answer to this request already."""
        fields = self._fields(form, chosen, fields)
        return Response(status=304, headers=fields) if self.known(fields["ETag"]) else None

    def send(self, make: Callable[[], bytes], form: Format, chosen: Wanted, fields: dict[str, str]) -> Response:
        """Return the body that `make` makes, or 304 where the client has it."""
        if (unchanged := self.unchanged(form, chosen, fields)) is not None:
            return unchanged
        body = make()
        fields = {**self._fields(form, chosen, fields), "Content-Type": form.content_type}
        return Response(coded(body, Incoming.from_flask(request), fields), headers=fields)

    def _fields(self, form: Format, chosen: Wanted, fields: dict[str, str]) -> dict[str, str]:
        return {
            **fields,
            "ETag": self.tag(request.path, sorted(request.args.items()), form.name, chosen.profile),
            "Vary": ", ".join((*chosen.varies, "Accept-Encoding")),
            # A cache that knows no Accept-Profile may keep what the address alone settles, and nothing else.
            "Cache-Control": "public, no-cache" if chosen.addressed else "no-cache",
        }


def serialised(triples: list[ox.Triple], form: Format) -> bytes:
    """Write triples with the prefixes of the project; those of a form for datasets are its default graph."""
    rdf_format = getattr(ox.RdfFormat, form.engine)
    written = io.BytesIO()
    ox.serialize(sorted(triples, key=str), written, rdf_format, prefixes=PREFIXES)
    return written.getvalue()
