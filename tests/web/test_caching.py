"""Validators (RFC 9110, section 8.8) and the cache of whole answers (RFC 9111)."""

import socket
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradegraph.web.cache import Cache, Key, Stored
from web.conftest import COUNT, Client, Serve, numbers

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def fresh(name: str) -> str:
    """Return a text that no other test asks."""
    return f"{COUNT} # {name}"


def tag(client: Client, query: str = COUNT, **parameters: str) -> str:
    return client.get(query, **parameters).headers["etag"]


def test_an_answer_has_a_weak_tag_that_is_the_same_each_time_and_for_head(client: Client) -> None:
    first = tag(client)
    assert first.startswith('W/"')
    assert tag(client) == first
    assert client.send("HEAD", "/sparql?" + urlencode({"query": COUNT})).headers["etag"] == first
    form = urlencode({"query": COUNT}).encode()
    assert client.send("POST", "/sparql", form, FORM).headers["etag"] == first


def test_all_codings_of_an_answer_share_its_tag(client: Client) -> None:
    query = "SELECT * { ?s ?p ?o }"
    tags = {client.get_with({"Accept-Encoding": coding}, query).headers["etag"] for coding in ("", "gzip", "zstd")}
    assert len(tags) == 1


def test_whatever_changes_the_answer_changes_the_tag(client: Client) -> None:
    asked: list[dict[str, str]] = [
        {},
        {"query": fresh("another text")},
        {"format": "csv"},
        {"default-graph-uri": "https://example.org/graph/1"},
        {"named-graph-uri": "https://example.org/graph/1"},
        {"rows": "1"},
        {"labels": "nl"},
        {"labels": "en"},
        {"prefixes": "release"},
    ]
    tags = [tag(client, **{"query": COUNT, **parameters}) for parameters in asked]
    assert len(set(tags)) == len(asked)


def test_what_does_not_change_the_answer_does_not_change_the_tag(client: Client) -> None:
    assert tag(client, timeout="10") == tag(client)


def test_another_release_has_other_tags(client: Client, serve: Serve) -> None:
    other = serve(numbers(), sha256="1")
    assert tag(other) != tag(client)
    assert other.get_with({"If-None-Match": tag(client)}, COUNT).status == 200


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_answer_already_is_told_so(client: Client, method: str, kept: bool) -> None:
    path = "/sparql?" + urlencode({"query": fresh(f"{method} {kept}"), "format": "csv"})
    # A POST has the same tag, and leaves nothing behind for a GET.
    how = ("GET", path, None, {}) if kept else ("POST", "/sparql", path.partition("?")[2].encode(), FORM)
    known = client.send(*how).headers["etag"]
    for given_tags in (known, known.removeprefix("W/"), f'"x", {known}, W/"y"'):
        reply = client.send(method, path, headers={"If-None-Match": given_tags})
        assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", known)
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["cache-control"] == "public, no-cache"
        assert reply.headers["vary"] == "Accept, Accept-Encoding"


def test_who_has_another_answer_gets_this_one(client: Client) -> None:
    reply = client.get_with({"If-None-Match": 'W/"0"'}, fresh("another tag"), format="csv")
    assert (reply.status, reply.body) == (200, b"n\r\n400\r\n")


def test_a_post_is_always_answered(client: Client) -> None:
    form = urlencode({"query": COUNT, "format": "csv"}).encode()
    headers = {**FORM, "If-None-Match": tag(client, format="csv")}
    for _ in range(2):
        assert client.send("POST", "/sparql", form, headers).body == b"n\r\n400\r\n"


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "struuid()", "BNODE()"])
def test_what_changes_from_one_time_to_the_next_is_not_kept_by_anyone(client: Client, call: str) -> None:
    query = f"SELECT ({call} AS ?x) {{}}"
    first, second = client.get(query), client.get(query)
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers
    assert call == "BNODE()" or first.body != second.body


@pytest.mark.parametrize("query", ["SELECT", "SELECT * { ?s <https://example.org/1> ?o", "CLEAR ALL"])
def test_errors_are_not_kept_by_anyone(client: Client, query: str) -> None:
    reply = client.get(query)
    assert (reply.status, reply.headers["cache-control"]) == (400, "no-store")
    assert "etag" not in reply.headers


def answered(connection: socket.socket) -> bool:
    connection.settimeout(1)
    try:
        return connection.recv(12) == b"HTTP/1.1 200"
    except TimeoutError:
        return False


@pytest.mark.parametrize("query", [fresh("short"), "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 5000"])
def test_a_second_answer_needs_no_worker(client: Client, query: str) -> None:
    first = client.get(query)
    with client.workers_frozen():
        second = client.get(query)
        assert client.get_with({"If-None-Match": first.headers["etag"]}, query).status == 304
    assert second.body == first.body
    assert second.headers["etag"] == first.headers["etag"]
    assert second.headers["x-result-complete"] == "true"


def test_what_was_kept_is_for_the_same_request_only(client: Client) -> None:
    query = fresh("kept")
    client.get(query, "text/csv")
    with client.workers_frozen(), client.raw(query, "Accept: text/csv", "Accept-Encoding: identity") as same:
        # http.client sends this coding of its own accord.
        assert answered(same)
        others = [
            client.raw(query, "Accept: application/json", "Accept-Encoding: identity"),
            client.raw(query, "Accept: text/csv", "Accept-Encoding: gzip"),
            client.raw(query, "Accept: text/csv", "Accept-Encoding: identity", rows="7"),
        ]
        assert [answered(other) for other in others] == [False] * 3
    for other in others:
        other.close()


def test_a_body_is_part_of_what_was_asked(client: Client) -> None:
    bodies = [urlencode({"query": f"SELECT ({number} AS ?x) {{}}", "format": "csv"}).encode() for number in (1, 2)]
    for _ in range(2):
        assert [client.send("POST", "/sparql", body, FORM).body for body in bodies] == [b"x\r\n1\r\n", b"x\r\n2\r\n"]


def key(number: int) -> Key:
    return ("GET", "/sparql", f"query={number:06}", b"", "", "")


def stored(size: int, control: bytes = b"public, no-cache") -> Stored:
    return Stored(200, [(b"etag", b'W/"1"'), (b"cache-control", control)], b"x" * size)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2000), st.booleans()), max_size=80))
def test_the_cache_never_holds_more_than_its_size_nor_anything_but_the_last_that_was_put(
    steps: list[tuple[int, int, bool]],
) -> None:
    cache, last = Cache(20_000), {}
    for number, size, put in steps:
        if put:
            cache.put(key(number), stored(size))
            last[number] = stored(size)
        else:
            found = cache.get(key(number), None)
            assert found is None or len(found.body) <= cache.largest
            assert found is None or number in last
    kept = [found for number in range(31) if (found := cache.get(key(number), None)) is not None]
    assert sum(len(one.body) for one in kept) <= 20_000


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    cache = Cache(20_000)
    for number in range(100):
        cache.put(key(number), stored(500))
        assert cache.get(key(0), None) is not None
    assert cache.get(key(99), None) is not None
    assert cache.get(key(1), None) is None


def test_an_answer_that_would_throw_out_many_others_is_not_kept() -> None:
    cache = Cache(16_000)
    cache.put(key(1), stored(1001))
    assert cache.get(key(1), None) is None


def test_a_cache_without_room_keeps_nothing() -> None:
    cache = Cache(0)
    cache.put(key(1), stored(0))
    assert cache.get(key(1), None) is None


@pytest.mark.parametrize(
    "response",
    [
        stored(1, b"no-store"),
        Stored(200, [(b"cache-control", b"public")], b"x"),
        Stored(200, [(b"etag", b'"1"')], b"x"),
        Stored(404, stored(1).headers, b"x"),
        Stored(304, stored(1).headers, b""),
        Stored(200, [*stored(1).headers, (b"vary", b"Accept, Accept-Language")], b"x"),
    ],
)
def test_only_what_is_public_and_has_a_tag_is_kept(response: Stored) -> None:
    cache = Cache(100_000)
    cache.put(key(1), response)
    assert cache.get(key(1), None) is None
