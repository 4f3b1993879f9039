"""The W3C suite of the Graph Store HTTP Protocol, read from its manifests and sent to the running server.

The store is at /store, where the suite has /gsp; so the addresses of graphs are changed alike in paths and bodies.
"""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
import pytest

from w3c.endpoint import Server
from w3c.suites import AT_HAND, GRAPH_STORE, MF, NOT_AT_HAND, Manifest, manifests

pytestmark = pytest.mark.skipif(not AT_HAND, reason=NOT_AT_HAND)

HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
Node = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True)
class Exchange:
    """A request and what must come of it; `location` is the name under which later requests use the Location field."""

    method: str
    path: str
    headers: dict[str, str]
    body: str
    statuses: tuple[int, ...]
    location: str
    expected: str


@dataclass(frozen=True)
class Conversation:
    name: str
    exchanges: tuple[Exchange, ...]


STATUS: Final = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}


def conversations() -> list[Conversation]:
    if not AT_HAND:
        return []
    found = []
    for manifest in manifests(GRAPH_STORE.path):
        for test, _ in manifest.entries():
            [action] = manifest.values(test, MF + "action")
            [requests] = manifest.values(action, HT + "requests")
            exchanges = tuple(_exchange(manifest, one) for one in manifest.members(requests))
            found.append(Conversation(test.value.partition("#")[2], exchanges))
    return found


def _exchange(manifest: Manifest, request: Node) -> Exchange:
    [response] = manifest.values(request, HT + "resp")
    statuses = [str(one).rpartition("#")[2].rstrip(">") for one in manifest.values(response, MF + "expectedStatus")]
    return Exchange(
        manifest.text(request, HT + "methodName") or "",
        _here(manifest.text(request, HT + "absolutePath") or ""),
        _headers(manifest, request),
        _here(_body(manifest, request)),
        tuple(STATUS[one] for one in statuses),
        manifest.text(response, MF + "expectedLocation") or "",
        _here(_body(manifest, response)),
    )


def _here(text: str) -> str:
    return text.replace("/gsp", "/store").replace("%2Fgsp", "%2Fstore")


def _headers(manifest: Manifest, message: Node) -> dict[str, str]:
    return {
        manifest.text(header, HT + "fieldName") or "": manifest.text(header, HT + "fieldValue") or ""
        for listed in manifest.values(message, HT + "headers")
        for header in manifest.members(listed)
    }


def _body(manifest: Manifest, message: Node) -> str:
    return "".join(manifest.text(one, CNT + "chars") or "" for one in manifest.values(message, HT + "body"))


CONVERSATIONS: Final = conversations()


def test_the_suite_has_all_its_cases() -> None:
    assert len(CONVERSATIONS) == GRAPH_STORE.cases


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: one.name)
def test_requests_get_the_responses_of_the_suite(writable: Server, conversation: Conversation) -> None:
    assert writable.write("POST", "/update", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}).status == 200
    known: dict[str, str] = {}
    for exchange in conversation.exchanges:
        path, body = exchange.path, exchange.body
        for name, location in known.items():
            path = path.replace(f"={name}", f"={location}").replace(name, location.removeprefix("http://www.example"))
            body = body.replace(name, location)
        reply = writable.write(exchange.method, path, body.encode() or None, exchange.headers)
        assert reply.status in exchange.statuses, reply.body
        if exchange.location:
            known[exchange.location] = reply.headers["location"]
        if exchange.expected:
            expected = exchange.expected
            for name, location in known.items():
                expected = expected.replace(name, location)
            assert graph(reply.body.decode()) == graph(expected)


def graph(text: str) -> ox.Dataset:
    dataset = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri="http://www.example/"))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset
