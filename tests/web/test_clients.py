"""Who asks, and from where: other origins (CORS), and clients behind proxies."""

import pytest

from tradegraph.web.incoming import Incoming
from web.conftest import COUNT, ENDLESS, POINT, Client, Serve, numbers, wait_until

ORIGIN = {"Origin": "https://example.org"}
ANY_ORIGIN = [
    ("GET", "/sparql?query=ASK%7B%7D", 200),
    ("HEAD", "/sparql?query=ASK%7B%7D", 200),
    ("GET", "/sparql", 200),
    ("GET", "/sparql?query=x", 400),
    ("GET", "/sparql?query=SELECT%20*%7B%3Fs%20e%3Ap%20%3Fo%7D", 400),
    ("GET", "/sparql?query=ASK%7B%7D&format=csv", 406),
    ("POST", "/sparql", 415),
    ("DELETE", "/sparql", 405),
    ("GET", "/nothing/here", 404),
    ("GET", "/sparql?query=" + "%20" * 20_100, 414),
]


@pytest.mark.parametrize(("method", "path", "status"), ANY_ORIGIN)
def test_pages_of_other_origins_may_read_answers_and_errors_alike(
    client: Client, method: str, path: str, status: int
) -> None:
    reply = client.send(method, path, headers=ORIGIN)
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (status, "*")
    exposed = reply.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "X-Release", "X-Result-Complete", "X-Result-Incomplete-Reason", "Retry-After"} <= set(exposed)


def test_a_stopped_query_may_be_read_about_too(client: Client) -> None:
    reply = client.get_with(ORIGIN, ENDLESS, timeout="1")
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (504, "*")


@pytest.mark.parametrize("query", [COUNT, POINT, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"])
def test_answers_kept_streamed_and_unchanged_may_be_read_too(client: Client, query: str) -> None:
    for _ in range(2):
        reply = client.get_with(ORIGIN, query)
        assert reply.headers["access-control-allow-origin"] == "*"
    unchanged = client.get_with({**ORIGIN, "If-None-Match": reply.headers["etag"]}, query)
    assert (unchanged.status, unchanged.headers["access-control-allow-origin"]) == (304, "*")


def test_a_page_may_ask_beforehand_what_it_may_send(client: Client) -> None:
    asked = {**ORIGIN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    reply = client.send("OPTIONS", "/sparql", headers=asked)
    assert (reply.status, reply.body) == (204, b"")
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "Content-Type" in reply.headers["access-control-allow-headers"]
    assert int(reply.headers["access-control-max-age"]) > 0
    # No cookies, no passwords: the answer is for anybody.
    assert "access-control-allow-credentials" not in reply.headers


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, None, "127.0.0.1"),
        (0, "192.0.2.1", "127.0.0.1"),
        (1, None, "127.0.0.1"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.9, 192.0.2.1", "192.0.2.1"),
        (2, "198.51.100.9, 192.0.2.1", "198.51.100.9"),
        (2, "203.0.113.5, 198.51.100.9 ,192.0.2.1,", "198.51.100.9"),
        (2, "192.0.2.1", "127.0.0.1"),
        (1, " , ", "127.0.0.1"),
    ],
)
def test_only_as_many_hops_are_believed_as_there_are_own_proxies(
    proxies: int, forwarded: str | None, client: str
) -> None:
    fields = {} if forwarded is None else {"x-forwarded-for": forwarded}
    assert Incoming("GET", "", b"", fields, "127.0.0.1").client(proxies) == client


def test_behind_a_proxy_each_client_has_turns_of_its_own(serve: Serve) -> None:
    server = serve(numbers(), trusted_proxies=1, max_running_queries=4)
    first, second = "X-Forwarded-For: 192.0.2.1", {"X-Forwarded-For": "192.0.2.2"}
    running = [server.raw(f"{ENDLESS} # {number}", first) for number in range(2)]
    wait_until(lambda: len(server.working()) == 2)
    # Two long queries are as many as may run: one of the first client's makes way for the second client's.
    assert server.get_with(second, COUNT + " # second", format="csv").body == b"n\r\n400\r\n"
    running.append(server.raw(f"{ENDLESS} # again", first))
    wait_until(lambda: len(server.working()) == 2)
    assert server.get_with({"X-Forwarded-For": "192.0.2.1"}, COUNT + " # first").status == 503
    for connection in running:
        connection.close()
