"""After a write was acknowledged, every way of reading shows it; before, none does."""

import json
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

from tradegraph.web.cache import Cache, Stored
from tradegraph.web.revision import Kept, Revision
from writing_http.conftest import OWN, Serve, Writable, children, wait_until

ALL = "SELECT ?o { GRAPH <%s> { ?s ?p ?o } }"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


def test_every_query_after_a_write_sees_it(server: Writable, graph: str) -> None:
    for number in range(40):
        server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <s> <p> {number} }} }}")
        assert len(server.values(graph)) == number + 1


def test_an_answer_that_was_kept_is_not_given_again(server: Writable, graph: str) -> None:
    query = "/sparql?" + urlencode({"query": ALL % graph, "format": "csv"})
    first = server.send("GET", query)
    assert server.send("GET", query, headers={"If-None-Match": first.headers["etag"]}).status == 304
    server.graph("PUT", graph, "<a:s> <a:p> 1 .")
    second = server.send("GET", query, headers={"If-None-Match": first.headers["etag"]})
    assert (second.status, second.text) == (200, "o\r\n1\r\n")


def test_writers_at_the_same_time_all_get_their_turn(server: Writable, graph: str) -> None:
    statuses: list[int] = []

    def write(own: int) -> None:
        for number in range(10):
            done = server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <s{own}> <p> {number} }} }}")
            statuses.append(done.status)

    threads = [threading.Thread(target=write, args=(own,)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (set(statuses), len(server.values(graph))) == ({200}, 40)


def test_a_long_query_goes_on_with_the_data_as_they_were(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, "<a:s> <a:p> 1 .")
    numbers = " ".join(f"?s{n} <https://example.org/number> ?o{n} ." for n in range(2))
    forty = " ".join(map(str, range(40)))
    # The graph is read when all this has been counted.
    slow = f"SELECT (COUNT(*) AS ?n) {{ {numbers} VALUES ?x {{ {forty} }} FILTER (?o0 + ?o1 + ?x >= 0) }}"
    answers: list[list[str]] = []
    query = f"SELECT ?o {{ {{ {slow} }} GRAPH <{graph}> {{ <a:s> <a:p> ?o }} }}"
    asked = threading.Thread(target=lambda: answers.append([row["o"] for row in server.rows(query)]))
    asked.start()
    wait_until(lambda: any(map(_at_it_for_long, children(server.keeper()))))
    [worker] = filter(_at_it_for_long, children(server.keeper()))
    os.kill(int(worker), signal.SIGSTOP)
    try:
        assert server.graph("PUT", graph, "<a:s> <a:p> 2 .").status == 204, "the write does not wait for the query"
        assert server.rows(f"SELECT ?o {{ GRAPH <{graph}> {{ <a:s> <a:p> ?o }} }}") == [{"o": "2"}]
    finally:
        os.kill(int(worker), signal.SIGCONT)
    asked.join()
    assert answers == [["1"]]


def _at_it_for_long(pid: str) -> bool:
    """Whether a worker has been given the lowest priority."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[16]) > 0
    return False


def test_pages_of_graphs_and_services_count_what_was_written(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, "<a:s> <a:p> 1, 2, 3 .")
    described = server.send("GET", "/sparql", headers={"Accept": "application/n-triples"}).text
    [named] = [line.split()[0] for line in described.splitlines() if line.endswith(f"#name> <{graph}> .")]
    counted = named.replace("#named-graph-", "#graph-")
    assert f'{counted} <http://rdfs.org/ns/void#triples> "3"' in described


def test_a_page_shows_the_new_name_of_a_thing(serve: Serve) -> None:
    server, thing = serve(), "https://w3id.org/tradegraph/id/country/xx"
    text = f"<{thing}> {LABEL} %s ; a <https://w3id.org/tradegraph/def#Country> ."
    for name in ('"Eerste naam"@nl', '"Tweede naam"@nl'):
        assert server.graph("PUT", OWN + "names", text % name).status in (201, 204)
        page = server.send("GET", "/doc/country/xx.ttl")
        assert (page.status, name in page.text) == (200, True)


def test_without_an_index_of_a_release_there_is_no_search(server: Writable) -> None:
    assert server.send("GET", "/api/search?" + urlencode({"q": "x"})).status == 404, "there is no index without a build"


def test_a_query_in_the_address_of_a_page_sees_it_too(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, '<a:s> <a:p> "seen" .')
    answer = server.send("GET", f"/sparql?query={quote(ALL % graph)}&format=json")
    assert json.loads(answer.body)["results"]["bindings"][0]["o"]["value"] == "seen"


def test_what_is_made_of_the_data_is_made_anew_after_a_write() -> None:
    revision, made = Revision(), iter(range(9))
    kept: Kept[int] = Kept(revision)
    assert [kept.of("a", lambda: next(made)), kept.of("a", lambda: next(made))] == [0, 0]
    revision.made(1)
    assert kept.of("a", lambda: next(made)) == 1


def test_what_was_begun_before_a_write_is_not_kept_after_it() -> None:
    revision = Revision()
    kept: Kept[str] = Kept(revision)

    def made_meanwhile() -> str:
        revision.made(1)
        return "old"

    assert kept.of("a", made_meanwhile) == "old"
    assert kept.of("a", lambda: "new") == "new"
    cache, key = Cache(100_000), ("GET", "/x", "", b"", "", "")
    stored = Stored(200, [(b"cache-control", b"public"), (b"etag", b'"1"')], b"old")
    era = cache.era
    cache.clear()
    cache.put(key, stored, era)
    assert cache.get(key, None) is None
