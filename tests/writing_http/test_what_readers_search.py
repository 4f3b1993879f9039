"""What was written is searched as soon as it is acknowledged: as JSON, on the search page and inside SPARQL."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tradegraph.store import Release
from writing_http.conftest import OWN, Reply, Writable, free_port, started, tokens, wait_until

PROGRAM = """
import os, sys
from pathlib import Path
from tradegraph.settings import Settings
from tradegraph.web.server import serve
from tradegraph.web.writing import WritingOptions
serve(Settings.load(os.environ), Path(sys.argv[1]), None, WritingOptions(Path(sys.argv[2]), policies=(("", "off"),)))
"""
PREFIXES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX tg: <https://w3id.org/tradegraph/def#>
PREFIX id: <https://w3id.org/tradegraph/id/>
"""
BELGIUM = "https://w3id.org/tradegraph/id/territory/bel"


@contextmanager
def serving(release: Release, folder: Path) -> Iterator[Writable]:
    """Run a server of a whole release, which has an index to search in."""
    port = free_port()
    given = {"TRADEGRAPH_PORT": str(port), "TRADEGRAPH_MAX_WRITE_BYTES": "20000000"}
    command = [sys.executable, "-c", PROGRAM, str(release.directory), str(folder)]
    with started(command, given, port, folder) as server:
        yield server


@pytest.fixture(scope="module")
def site(unchecked: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    folder = tmp_path_factory.mktemp("searched") / "folder"
    made = tokens(folder)
    with serving(unchecked, folder) as server:
        server.token = made["writer"]
        yield server


def search(server: Writable, words: str, **parameters: str) -> Reply:
    """Search as soon as the index has everything; the machine may be busy."""
    replies: list[Reply] = []

    def answered() -> bool:
        replies.append(server.send("GET", "/api/search?" + urlencode({"q": words, **parameters})))
        assert replies[-1].status in (200, 503), replies[-1].text
        return replies[-1].status == 200

    wait_until(answered, 120)
    return replies[-1]


def found(server: Writable, words: str, **parameters: str) -> list[str]:
    return re.findall(r'"iri": "([^"]+)"', search(server, words, **parameters).text)


def insert(server: Writable, graph: str, turtle: str) -> None:
    reply = server.update(f"{PREFIXES} INSERT DATA {{ GRAPH <{graph}> {{ {turtle} }} }}")
    assert reply.status == 200, reply.text
    # On a machine that is very busy, the index may be later than a search waits for it.
    search(server, "x")


def test_every_write_is_found_once_it_is_acknowledged_and_gone_when_it_is_undone(site: Writable, graph: str) -> None:
    for number in range(10):
        insert(site, graph, f'<{OWN}fair> rdfs:label "Jaarbeurs {number}"@nl ; a tg:Event .')
        assert found(site, f"jaarbeurs {number}", lang="nl", kind="Event") == [f"{OWN}fair"]
        assert site.graph("DELETE", graph).status == 204
        assert found(site, "jaarbeurs", lang="nl", kind="Event") == []


def test_a_thing_of_the_release_is_found_by_the_name_that_somebody_gave_it(site: Writable, graph: str) -> None:
    assert found(site, "zuiderbuurland") == []
    insert(site, graph, f'<{BELGIUM}> tg:shortName "Zuiderbuurland"@nl .')
    assert found(site, "zuiderbuurland") == [BELGIUM]
    assert found(site, "zuiderbuurland belgie") == [BELGIUM], "what the release says of it still counts"
    site.graph("DELETE", graph)
    assert (found(site, "zuiderbuurland"), found(site, "belgie")[0]) == ([], BELGIUM)


def test_a_search_inside_a_query_sees_the_same_state_as_the_query(site: Writable, graph: str) -> None:
    block = 'SERVICE tg:search { ?thing tg:query "beursnaam" }'
    query = f"{PREFIXES} SELECT ?thing ?label {{ {block} ?thing rdfs:label ?label }}"
    assert site.rows(query) == []
    for name in ("beursnaam een", "beursnaam twee"):
        site.graph("DELETE", graph)
        insert(site, graph, f'<{OWN}fair> rdfs:label "{name}"@nl .')
        assert site.rows(query) == [{"thing": f"{OWN}fair", "label": name}]


def test_the_search_page_shows_it_and_is_another_page_after_the_next_write(site: Writable, graph: str) -> None:
    address = "/nl/search?q=pagina-naam"
    first = site.send("GET", address)
    assert (first.status, f'href="{OWN}fair"' in first.text) == (200, False)
    insert(site, graph, f'<{OWN}fair> rdfs:label "Pagina-naam"@nl ; a tg:Mission .')
    second = site.send("GET", address, headers={"If-None-Match": first.headers["etag"]})
    assert (second.status, f'href="{OWN}fair"' in second.text) == (200, True)
    shown = re.search(r'hit-kind">.*missie</p>', second.text)
    assert shown, "it is shown as what it is by its class, since its IRI does not tell"
    insert(site, graph, '<https://w3id.org/tradegraph/id/mission/own-1> rdfs:label "Paginanaam"@nl ; a tg:Mission .')
    assert "/nl/mission/own-1" in site.send("GET", address).text
    assert "/nl/mission/own-1" in site.send("GET", "/nl/search/suggest?q=paginan").text
    site.graph("DELETE", graph)
    assert "/nl/mission/own-1" not in site.send("GET", address).text


def test_a_large_write_is_not_waited_for_and_never_missed(site: Writable, graph: str) -> None:
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    many = "".join(f'<{OWN}t{number}> <{label}> "massagoed {number}"@nl .\n' for number in range(5_000))
    assert site.graph("PUT", graph, many).status == 201
    early = site.send("GET", "/api/search?" + urlencode({"q": "massagoed 4999"}))
    assert (early.status == 503 and "retry-after" in early.headers) or f"{OWN}t4999" in early.text
    assert found(site, "massagoed 4999") == [f"{OWN}t4999"]
    assert site.graph("DELETE", graph).status == 204
    assert found(site, "massagoed") == []


def test_what_was_written_is_found_after_a_crash(unchecked: Release, tmp_path: Path, graph: str) -> None:
    token = tokens(tmp_path / "folder")["writer"]
    with serving(unchecked, tmp_path / "folder") as server:
        server.token = token
        insert(server, graph, f'<{OWN}fair> rdfs:label "Voor de stroomstoring"@nl .')
        server.kill()
    with serving(unchecked, tmp_path / "folder") as server:
        assert found(server, "stroomstoring") == [f"{OWN}fair"]
