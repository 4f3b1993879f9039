"""A document is fetched whole and as what it is said to be, or not at all."""

import socket
import threading
from dataclasses import replace

import pytest

from federation.elsewhere import Reply, document, serving
from federation.test_call import NAME, caller, raw
from tradegraph.errors import AnswerTooLarge, QueryError, QueryFailed, QueryTimeout, StoreUnavailable
from tradegraph.federation import Deadline, Document, DocumentReader

TURTLE = b"<a:s> <a:p> 1 ."


def reader() -> DocumentReader:
    """Return one that knows a single name, which leads to this machine, and that is allowed to go there."""
    known = caller()
    return DocumentReader(known.lookup, known.is_allowed)


def fetch(reply: Reply, path: str = "/x", max_bytes: int = 1000, time_s: float = 20) -> Document:
    with serving(lambda path: reply) as server:
        return reader()(f"http://{NAME}:{server.port}{path}", Deadline.after(time_s), max_bytes)


def test_the_request_is_a_get_that_wants_turtle_most() -> None:
    with serving(lambda path: document(TURTLE)) as server:
        url = f"http://{NAME}:{server.port}/a/b?c=d"
        assert reader()(url, Deadline.after(20), 1000) == Document("text/turtle", TURTLE)
    (received,) = server.received
    fields = dict(received.headers)
    assert received.path == "/a/b?c=d"
    assert fields.keys() == {"Host", "User-Agent", "Accept-Encoding", "Accept", "Connection"}
    assert (fields["Host"], fields["Accept-Encoding"]) == (f"{NAME}:{server.port}", "identity")
    assert fields["Accept"].startswith("text/turtle, ")


@pytest.mark.parametrize(
    ("said", "path", "read_as"),
    [
        ("text/turtle", "/x.rdf", "text/turtle"),
        ("Text/Turtle; charset=UTF-8", "/x", "text/turtle"),
        ("application/rdf+xml", "/x.ttl", "application/rdf+xml"),
        ("application/n-quads", "/x", "application/n-quads"),
        ("text/plain; charset=utf-8", "/x.ttl", "text/turtle"),
        ("text/plain", "/x.NT?y.rdf", "application/n-triples"),
        ("application/octet-stream", "/a.b/x.trig", "application/trig"),
        ("application/json", "/x.jsonld", "application/ld+json"),
        ("text/xml", "/x.rdf", "application/rdf+xml"),
        (None, "/x.nq", "application/n-quads"),
    ],
)
def test_the_type_decides_and_the_name_where_the_type_says_nothing(said: str | None, path: str, read_as: str) -> None:
    reply = document(TURTLE, media_type=said or "")
    if said is None:
        reply = replace(reply, headers=reply.headers[1:])
    assert fetch(reply, path).media_type == read_as


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("text/html", "/x.ttl"),
        ("text/csv", "/x.ttl"),
        ("text/plain", "/x"),
        ("text/plain", "/x.ttl.gz"),
        ("application/json", "/x.json"),
        ("application/octet-stream", "/ttl"),
        ("application/gzip", "/x.ttl"),
        ("nonsense", "/x"),
        ("text/turtle; charset=iso-8859-1", "/x"),
        ("text/plain; charset=utf-16", "/x.ttl"),
    ],
)
def test_another_type_is_refused(said: str, path: str) -> None:
    with pytest.raises(QueryFailed, match=r"no RDF syntax|is text in"):
        fetch(document(TURTLE, media_type=said), path)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with serving(lambda path: document(TURTLE)) as inner:
        inside = f"http://127.0.0.1:{inner.port}/"
        with pytest.raises(StoreUnavailable, match="not followed"):
            fetch(Reply((TURTLE,), status, (("Location", inside), ("Content-Type", "text/turtle"))))
    assert inner.received == []


@pytest.mark.parametrize(
    ("reply", "kind", "what"),
    [
        (document(TURTLE, status=404), QueryFailed, "404"),
        (document(TURTLE, status=401), QueryFailed, "401"),
        (document(TURTLE, status=204), QueryFailed, "204"),
        (document(TURTLE, status=206), QueryFailed, "206"),
        (document(TURTLE, status=503), StoreUnavailable, "503"),
        (Reply((TURTLE,), headers=(("Content-Encoding", "gzip"),)), QueryFailed, "compressed"),
    ],
)
def test_what_is_no_document_is_told(reply: Reply, kind: type[QueryError], what: str) -> None:
    with pytest.raises(kind, match=what):
        fetch(reply)


def test_a_document_of_just_the_size_is_taken_and_one_byte_more_is_not() -> None:
    assert fetch(document(b" " * 1000)).content == b" " * 1000
    with pytest.raises(AnswerTooLarge, match="1,000 bytes"):
        fetch(document(b" " * 1001))


def chunked(*pieces: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)


def fetch_raw(sent: bytes, max_bytes: int = 1000) -> Document:
    def behave(opened: socket.socket) -> None:
        opened.recv(65536)
        opened.sendall(sent)

    [found] = [reader()(f"http://{NAME}:{port}/", Deadline.after(20), max_bytes) for port in raw(behave)]
    return found


def test_a_document_may_come_in_chunks() -> None:
    assert fetch_raw(chunked(TURTLE[:5], TURTLE[5:], b"")).content == TURTLE


def test_chunks_without_end_are_cut_off_at_the_size() -> None:
    with pytest.raises(AnswerTooLarge):
        fetch_raw(chunked(b" " * 600, b" " * 600))


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nContent-Length: 16\r\n\r\n" + TURTLE,
        chunked(TURTLE),
        chunked(TURTLE, TURTLE)[:-9],
    ],
)
def test_the_half_of_a_document_is_none_even_if_it_can_be_read(sent: bytes) -> None:
    with pytest.raises(StoreUnavailable, match="broke its answer off"):
        fetch_raw(sent)


def test_a_document_that_ends_with_its_connection_cannot_be_told_from_half_of_one() -> None:
    with pytest.raises(QueryFailed, match="how long"):
        fetch_raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\n\r\n" + TURTLE)


def test_a_document_that_comes_drop_by_drop_is_left_at_the_deadline() -> None:
    pause = threading.Event()
    with pytest.raises(QueryTimeout, match="in time"):
        fetch(replace(document(*[b" "] * 900), wait=lambda: pause.wait(0.02)), time_s=0.3)


def test_a_name_that_leads_inside_is_not_fetched() -> None:
    with serving(lambda path: document(TURTLE)) as server:
        url = f"http://localhost:{server.port}/"
        with pytest.raises(StoreUnavailable, match="not on the public internet"):
            DocumentReader()(url, Deadline.after(20), 1000)
    assert server.received == []
