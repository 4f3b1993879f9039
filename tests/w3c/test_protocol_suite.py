"""The W3C suite of the SPARQL 1.1 Protocol, read from its manifest and sent to the running endpoint byte for byte.

The requests of updates go to /update, and cases that have one to a server that can be written to.
"""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
import pytest

from w3c.endpoint import Reply, Server
from w3c.suites import AT_HAND, MF, NOT_AT_HAND, PROTOCOL, Manifest

pytestmark = pytest.mark.skipif(not AT_HAND, reason=NOT_AT_HAND)

HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
MEDIA_TYPES: Final = {
    "boolean": {"application/sparql-results+xml", "application/sparql-results+json"},
    "tabular": {
        "application/sparql-results+xml",
        "application/sparql-results+json",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"},
}


@dataclass(frozen=True)
class Exchange:
    """One request and what must come of it; `statuses` are first digits."""

    method: str
    path: str
    body: bytes | None
    headers: tuple[tuple[str, str], ...]
    statuses: tuple[str, ...]
    form: str | None
    boolean: str | None


@dataclass(frozen=True)
class Conversation:
    """A case of the suite: its requests in order."""

    name: str
    exchanges: tuple[Exchange, ...]

    @property
    def updates(self) -> bool:
        """Whether it has to do with updates."""
        return "update" in self.name


def conversations() -> list[Conversation]:
    """Return the cases."""
    if not AT_HAND:
        return []
    manifest = Manifest(PROTOCOL.path)
    found = []
    for test, _ in manifest.entries():
        [action] = manifest.values(test, MF + "action")
        [requests] = manifest.values(action, HT + "requests")
        exchanges = tuple(_exchange(manifest, request) for request in manifest.members(requests))
        found.append(Conversation(test.value.partition("#")[2], exchanges))
    return found


def _exchange(manifest: Manifest, request: ox.NamedNode | ox.BlankNode) -> Exchange:
    path, method = (manifest.text(request, HT + name) for name in ("absolutePath", "methodName"))
    assert path is not None
    assert method is not None
    body = None
    for content in manifest.values(request, HT + "body"):
        body = (manifest.text(content, CNT + "chars") or "").encode(
            manifest.text(content, CNT + "characterEncoding") or ""
        )
    headers = [
        (manifest.text(header, HT + "fieldName") or "", manifest.text(header, HT + "fieldValue") or "")
        for listed in manifest.values(request, HT + "headers")
        for header in manifest.members(listed)
    ]
    [response] = manifest.values(request, HT + "resp")
    statuses = [str(status)[-4] for status in manifest.values(response, MF + "expectedStatus")]
    return Exchange(
        method,
        path.replace("/sparql/", "/sparql", 1),
        body,
        tuple(headers),
        tuple(sorted(statuses)),
        manifest.text(response, MF + "expectedFormat"),
        manifest.text(response, MF + "expectedBoolean"),
    )


CONVERSATIONS: Final = conversations()


def test_the_suite_has_all_its_cases() -> None:
    assert len(CONVERSATIONS) == PROTOCOL.cases


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda conversation: conversation.name)
def test_requests_get_the_responses_of_the_suite(server: Server, writable: Server, conversation: Conversation) -> None:
    for exchange in conversation.exchanges:
        if conversation.updates:
            path = exchange.path.replace("/sparql", "/update") if is_update(exchange) else exchange.path
            reply = writable.write(exchange.method, path, exchange.body, dict(exchange.headers))
        else:
            reply = server.send(exchange.method, exchange.path, exchange.body, dict(exchange.headers))
        assert str(reply.status)[0] in exchange.statuses
        if exchange.form is not None:
            assert reply.media_type in MEDIA_TYPES[exchange.form]
        if exchange.boolean is not None:
            assert truth(reply) == (exchange.boolean == "true")


def is_update(exchange: Exchange) -> bool:
    return ("content-type", "application/sparql-query") not in [
        (name.lower(), value.lower()) for name, value in exchange.headers
    ]


@pytest.mark.parametrize(
    "conversation", [one for one in CONVERSATIONS if one.name.startswith("bad_update")], ids=lambda one: one.name
)
def test_what_is_refused_there_is_refused_where_nothing_can_be_written(
    server: Server, conversation: Conversation
) -> None:
    for exchange in conversation.exchanges:
        reply = server.send(exchange.method, exchange.path, exchange.body, dict(exchange.headers))
        assert str(reply.status)[0] in exchange.statuses


def truth(reply: Reply) -> bool:
    form = {"application/sparql-results+xml": ox.QueryResultsFormat.XML}
    results = ox.parse_query_results(reply.body, format=form.get(reply.media_type, ox.QueryResultsFormat.JSON))
    assert isinstance(results, ox.QueryBoolean)
    return bool(results)
