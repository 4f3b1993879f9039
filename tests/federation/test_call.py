"""A call asks as the protocol says, and gives up at its deadline and its size, whatever the other side does."""

import itertools
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from federation.elsewhere import DATA, JSON, Reply, answer, serving, solutions, store_of
from tradegraph.errors import AnswerTooLarge, QueryError, QueryFailed, QueryTimeout, StoreUnavailable
from tradegraph.federation import Call, Caller, Deadline, FederationLimits, resolve

NAME = "endpoint.example"
EMPTY = b'{"head":{"vars":[]},"results":{"bindings":[]}}'


def caller(context: ssl.SSLContext | None = None) -> Caller:
    """Return one that knows a single name, which leads to this machine, and that is allowed to go there."""
    names = {NAME: ("127.0.0.1",), "127.0.0.1": ("127.0.0.1",)}
    return Caller(
        lookup=lambda host, port, time_s: names.get(host, ()),
        is_allowed=lambda address: address == "127.0.0.1",
        context=context,
    )


def ask(reply: Reply, max_bytes: int = 1000, time_s: float = 20) -> bytes:
    with serving(lambda query: reply) as server:
        url = f"http://{NAME}:{server.port}/sparql"
        return caller()(Call(url, "ASK {}", Deadline.after(time_s), max_bytes))


def test_a_query_goes_there_and_its_answer_comes_back() -> None:
    store = store_of(DATA)
    with serving(lambda query: Reply((answer(store, query),))) as server:
        url = f"http://{NAME}:{server.port}/sparql"
        text = f"SELECT ?n {{ SERVICE <{url}> {{ ?x <https://e.org/name> ?n }} }}"
        resolved = resolve(text, (url,), fetch=caller())
    assert len(solutions(store_of(""), resolved)) == 3


@pytest.mark.parametrize(
    "pattern",
    [
        "?x :role ?r SERVICE <%s> { ?x :name ?n }",
        "?x :role ?r OPTIONAL { SERVICE <%s> { ?x :age ?n } }",
        "?x :role ?r MINUS { SERVICE <%s> { ?x :age ?n } }",
        "SERVICE <%s> { ?x :name ?n OPTIONAL { ?x :age ?a } } OPTIONAL { ?x :role ?r }",
        "{ SERVICE <%s> { ?x ?p ?n } } UNION { ?x ?p ?n }",
        "?x ?p ?r FILTER EXISTS { SERVICE <%s> { ?x :age ?n } }",
    ],
)
def test_the_engine_gives_the_same_when_it_calls_by_itself(pattern: str) -> None:
    there, here = store_of(DATA), store_of("@prefix : <https://e.org/> . :a :role 1 . :b :role 2 . :d :role 2 .")

    def reply(query: str) -> Reply:
        body = answer(there, query)
        return Reply((body,), headers=(("Content-Type", JSON), ("Content-Length", str(len(body)))))

    with serving(reply) as server:
        url = f"http://127.0.0.1:{server.port}/sparql"
        text = f"PREFIX : <https://e.org/> SELECT * {{ {pattern % url} }}"
        assert solutions(here, resolve(text, (url,), fetch=caller())) == solutions(here, text)


def test_the_request_is_a_post_of_the_protocol_with_nothing_of_ours() -> None:
    with serving(lambda query: Reply((EMPTY,))) as server:
        url = f"http://{NAME}:{server.port}/a?b=c"
        assert caller()(Call(url, "SELECT * { ?é ?b '&+%0D%0A' }", Deadline.after(20), 1000)) == EMPTY
    (received,) = server.received
    assert received.query == "SELECT * { ?é ?b '&+%0D%0A' }"
    assert received.path == "/a?b=c"
    headers = dict(received.headers)
    assert len(headers) == len(received.headers)
    assert {name: value for name, value in headers.items() if name not in ("Content-Length", "User-Agent")} == {
        "Host": f"{NAME}:{server.port}",
        "Accept": JSON,
        "Accept-Encoding": "identity",
        "Content-Type": "application/x-www-form-urlencoded",
        "Connection": "close",
    }


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(Reply((EMPTY,))) == EMPTY


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with serving(lambda query: Reply((EMPTY,))) as inner:
        inside = f"http://127.0.0.1:{inner.port}/sparql"
        with pytest.raises(StoreUnavailable, match="not followed"):
            ask(Reply((EMPTY,), status, (("Location", inside), ("Content-Type", JSON))))
    assert inner.received == []


@pytest.mark.parametrize(
    ("reply", "kind", "what"),
    [
        (Reply((EMPTY,), 503), StoreUnavailable, "503"),
        (Reply((EMPTY,), 429), StoreUnavailable, "429"),
        (Reply((EMPTY,), 400), QueryFailed, "400"),
        (Reply((EMPTY,), 204), QueryFailed, "204"),
        (Reply((EMPTY,), headers=()), QueryFailed, "JSON"),
        (Reply((EMPTY,), headers=(("Content-Type", "text/html"),)), QueryFailed, "JSON"),
        (Reply((EMPTY,), headers=(("Content-Type", JSON), ("Content-Encoding", "gzip"))), QueryFailed, "compressed"),
        (Reply((EMPTY,), headers=(("Content-Type", JSON), ("X-Long", "x" * 70_000))), StoreUnavailable, "broke"),
        (Reply((EMPTY,), headers=tuple((f"X-{n}", "x") for n in range(200))), StoreUnavailable, "broke"),
    ],
)
def test_what_is_no_answer_is_told(reply: Reply, kind: type[QueryError], what: str) -> None:
    with pytest.raises(kind, match=what):
        ask(reply)


def test_parameters_of_the_media_type_and_the_general_type_are_understood() -> None:
    for media_type in (f"{JSON}; charset=utf-8", "application/json", JSON.upper()):
        assert ask(Reply((EMPTY,), headers=(("Content-Type", media_type),))) == EMPTY


@pytest.mark.parametrize("length", [(), (("Content-Length", "2000000000"),)])
def test_an_answer_without_end_is_cut_off_at_its_size(length: tuple[tuple[str, str], ...]) -> None:
    endless = Reply((b" " * 100_000,) * 1000, headers=(("Content-Type", JSON), *length))
    with pytest.raises(AnswerTooLarge, match="1,000 bytes"):
        ask(endless)


def test_an_answer_of_just_the_size_is_taken() -> None:
    assert ask(Reply((b" " * 1000,))) == b" " * 1000


def test_an_answer_that_comes_drop_by_drop_is_cut_off_at_the_deadline() -> None:
    pause = threading.Event()
    # Each drop comes well within any time-out of its own.
    slow = Reply((b" ",) * 3000, wait=lambda: pause.wait(0.02))
    with pytest.raises(QueryTimeout, match="in time"):
        ask(slow, time_s=0.3)


def raw(behave: Callable[[socket.socket], object]) -> Iterator[int]:
    """Listen with something that is no HTTP server; yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            try:
                opened, _ = listening.accept()
                with opened:
                    behave(opened)
            except OSError:
                return

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_left_at_the_deadline(scheme: str) -> None:
    over = threading.Event()
    for port in raw(lambda opened: over.wait(20)):
        with pytest.raises(QueryTimeout):
            caller()(Call(f"{scheme}://{NAME}:{port}/", "ASK {}", Deadline.after(0.2), 1000))
        over.set()


def test_headers_that_never_end_are_left_at_the_deadline() -> None:
    pause = threading.Event()

    def drip(opened: socket.socket) -> None:
        for piece in itertools.chain([b"HTTP/1.1 200 OK\r\n"], itertools.repeat(b"X")):
            opened.sendall(piece)
            pause.wait(0.02)

    for port in raw(drip):
        with pytest.raises(QueryTimeout):
            caller()(Call(f"http://{NAME}:{port}/", "ASK {}", Deadline.after(0.3), 1000))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"\x00" * 100_000,
    ],
)
def test_what_is_no_http_is_told(sent: bytes) -> None:
    def behave(opened: socket.socket) -> None:
        opened.recv(65536)
        opened.sendall(sent)

    for port in raw(behave):
        with pytest.raises(StoreUnavailable, match="cannot be reached, or broke its answer off"):
            caller()(Call(f"http://{NAME}:{port}/", "ASK {}", Deadline.after(20), 1000))


def test_a_name_without_address_is_told() -> None:
    with pytest.raises(StoreUnavailable, match="has no address"):
        caller()(Call("https://nowhere.example/", "ASK {}", Deadline.after(20), 1000))


def test_a_deadline_that_is_over_makes_no_call() -> None:
    with serving(lambda query: Reply((EMPTY,))) as server:
        url = f"http://{NAME}:{server.port}/"
        with pytest.raises(QueryTimeout):
            caller()(Call(url, "ASK {}", Deadline.after(0), 1000))
        with pytest.raises(QueryTimeout, match="all the time"):
            resolve(f"SELECT * {{ SERVICE <{url}> {{ }} }}", (url,), FederationLimits(time_s=0), caller())
    assert server.received == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for NAME that nobody else trusts, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not at hand to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    command += ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


def ask_securely(certificate: tuple[Path, Path], host: str, context: ssl.SSLContext | None) -> bytes:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(*certificate)
    with serving(
        lambda query: Reply((EMPTY,)), wrap=lambda opened: own.wrap_socket(opened, server_side=True)
    ) as server:
        return caller(context)(Call(f"https://{host}:{server.port}/", "ASK {}", Deadline.after(20), 1000))


def test_the_certificate_is_checked_for_the_name_though_the_connection_goes_to_the_address(
    certificate: tuple[Path, Path],
) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    assert ask_securely(certificate, NAME, trusting) == EMPTY
    with pytest.raises(StoreUnavailable, match="prove who it is"):
        ask_securely(certificate, "127.0.0.1", trusting)


def test_a_certificate_that_the_system_does_not_trust_is_refused(certificate: tuple[Path, Path]) -> None:
    with pytest.raises(StoreUnavailable, match="prove who it is"):
        ask_securely(certificate, NAME, None)
