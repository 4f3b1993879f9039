"""LOAD fetches what the operator lists, before the write, and what cannot be had changes nothing.

The documents come from a server on this machine, which only these tests let the network reach; everything else is the
application itself, around a store and a data folder of its own.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from federation.elsewhere import Reply, Server, document, serving
from tradegraph.errors import QueryError, StoreBusy
from tradegraph.federation import DocumentReader, Sources
from tradegraph.release.files import from_files
from tradegraph.settings import SettingError, Settings
from tradegraph.sparql.update import loads, read_update
from tradegraph.web import problems
from tradegraph.web.endpoint import Endpoint
from tradegraph.web.writing import Desk, WritingOptions, open_desk, store, update
from tradegraph.web.writing.loading import MOST_AT_ONCE, MOST_DOCUMENTS, Loader
from tradegraph.web.writing.opening import open_writer
from tradegraph.writing.asked import Asked
from tradegraph.writing.evaluate import LONGEST_LOADING
from writing_http.conftest import FOREIGN, NUMBERS, Writable, tokens

NAME = "documents.example"
MOST = 100_000
TIME_S = 1.5
TURTLE = "<> <a:p> 1 ; <a:q> <other>, <#part> ."


@dataclass
class Elsewhere:
    """A server of documents, by path; what is not there is a 404."""

    server: Server | None = None
    replies: dict[str, Reply | Callable[[], Reply]] = field(default_factory=dict)

    def __call__(self, path: str) -> Reply:
        found = self.replies.get(path, document("no", status=404))
        return found() if callable(found) else found

    @property
    def port(self) -> int:
        assert self.server is not None
        return self.server.port

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, and forget them."""
        assert self.server is not None
        found = [one.path for one in self.server.received]
        self.server.received.clear()
        return found

    def iri(self, path: str) -> str:
        return f"http://{NAME}:{self.port}{path}"

    def put(self, path: str, reply: Reply | Callable[[], Reply] | str) -> str:
        """Have something at a path, and return its IRI."""
        self.replies[path] = document(reply) if isinstance(reply, str) else reply
        return self.iri(path)


@dataclass(frozen=True)
class Writer:
    """Somebody who may write, at an application that may load from `elsewhere`."""

    client: FlaskClient
    token: str
    elsewhere: Elsewhere
    loader: Loader

    def send(self, method: str, path: str, text: str) -> "Answer":
        fields = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/sparql-update"}
        response = self.client.open(path, method=method, data=text, headers=fields)
        return Answer(response.status_code, response.get_json(silent=True) or {})

    def update(self, text: str) -> "Answer":
        return self.send("POST", "/update", text)

    def triples(self, graph: str) -> list[str]:
        """The triples of a graph as N-Triples, sorted."""
        response = self.client.get(f"/store?graph={quote(graph, safe='')}&format=nt")
        return sorted(response.text.splitlines()) if response.status_code == 200 else []


@dataclass(frozen=True)
class Answer:
    status: int
    json: dict[str, object]

    @property
    def problem(self) -> str:
        return f"{self.json['detail']} {self.json['remedy']}"


@contextlib.contextmanager
def opened_desk(place: Path) -> Iterator[Desk]:
    (place / "data.nq").write_text(NUMBERS)
    (place / "release").mkdir()
    release = from_files([place / "data.nq"], place / "release", union_default_graph=True)
    settings = Settings.load({}, {"max_write_bytes": 400_000, "write_time_limit_s": 10, "max_running_queries": 2})
    options = WritingOptions(place / "folder")
    data, writer, _ = open_writer(options, settings, release, lambda _number, _delta: None)
    with contextlib.closing(writer), contextlib.closing(data):
        yield open_desk(options, Endpoint.open(settings, data, release), writer)


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    place = tmp_path_factory.mktemp("loading")
    token = tokens(place / "folder")["writer"]
    elsewhere = Elsewhere()
    with serving(elsewhere) as server, opened_desk(place) as desk:
        elsewhere.server = server
        network = DocumentReader(lambda _host, _port, _time_s: ("127.0.0.1",), lambda address: address == "127.0.0.1")
        sources = Sources.read(f"{elsewhere.iri('/one.ttl')}, {elsewhere.iri('/open/')}, http://down.example:9/x")
        loader = Loader(sources, MOST, TIME_S, network)
        app = Flask(__name__)
        app.register_blueprint(update.blueprint(desk, loader))
        app.register_blueprint(store.blueprint(desk, loader))

        @app.errorhandler(QueryError)
        def failed(error: QueryError) -> Response:
            return problems.respond(error, request)

        yield Writer(app.test_client(), token, elsewhere, loader)


@pytest.fixture
def elsewhere(writer: Writer) -> Elsewhere:
    writer.elsewhere.replies.clear()
    assert writer.elsewhere.asked is not None
    return writer.elsewhere


def nt(iri: str, predicate: str, value: str) -> str:
    return f"<{iri}> <{predicate}> {value} ."


ONE = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'


def test_a_document_is_added_to_the_graph_with_its_own_address_as_base(
    writer: Writer, elsewhere: Elsewhere, graph: str
) -> None:
    iri = elsewhere.put("/one.ttl", TURTLE)
    done = writer.update(
        f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> <a:o> }} }} ; LOAD <{iri}> INTO GRAPH <{graph}>"
    )
    assert (done.status, done.json["added"]) == (200, 4)
    assert writer.triples(graph) == sorted(
        [
            nt("a:s", "a:p", "<a:o>"),
            nt(iri, "a:p", ONE),
            nt(iri, "a:q", f"<{elsewhere.iri('/other')}>"),
            nt(iri, "a:q", f"<{iri}#part>"),
        ]
    )


def test_what_is_below_a_folder_may_be_loaded_in_every_syntax(writer: Writer, elsewhere: Elsewhere, graph: str) -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="b:">'
        '<rdf:Description rdf:about="a:s"><e:rdf>x</e:rdf></rdf:Description></rdf:RDF>'
    )
    for path, body, media_type in (
        ("/open/a/b.rdf", rdf, "application/rdf+xml"),
        ("/open/c", '{"@id": "a:s", "b:json": "x"}', "application/ld+json"),
        ("/open/d.nt", '<a:s> <b:nt> "x" .', "text/plain"),
        ("/open/e", '<a:s> <b:trig> "x" .', "application/trig"),
    ):
        iri = elsewhere.put(path, document(body, media_type=media_type))
        assert writer.update(f"LOAD <{iri}> INTO GRAPH <{graph}>").status == 200
    assert writer.triples(graph) == sorted(nt("a:s", f"b:{one}", '"x"') for one in ("rdf", "json", "nt", "trig"))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("BASE <%s>", "<two.ttl>"),
        ("BASE <%sx/y>", "<../two.ttl>"),
        ("PREFIX d: <%s>", "d:two.ttl"),
        ("BASE <%s> PREFIX d: <two.ttl>", "d:"),
        ("BASE <%s>", "<two.ttl#part>"),
        ("BASE <%s> # LOAD <three.ttl>\n", "<two.ttl>"),
    ],
)
def test_a_document_may_be_named_in_any_way_that_gives_its_address(
    writer: Writer, elsewhere: Elsewhere, graph: str, head: str, name: str
) -> None:
    iri = elsewhere.put("/open/two.ttl", TURTLE)
    assert writer.update(f"{head % elsewhere.iri('/open/')} load {name} into graph <{graph}>").status == 200
    assert nt(iri, "a:p", ONE) in writer.triples(graph)
    assert elsewhere.asked == ["/open/two.ttl"]


def test_letters_beyond_ascii_are_sent_escaped_and_stay_in_the_data(
    writer: Writer, elsewhere: Elsewhere, graph: str
) -> None:
    elsewhere.put("/open/%C3%A9.ttl", TURTLE)
    assert writer.update(f"LOAD <{elsewhere.iri('/open/é.ttl')}> INTO GRAPH <{graph}>").status == 200
    assert nt(elsewhere.iri("/open/é.ttl"), "a:p", ONE) in writer.triples(graph)


def test_a_document_that_is_asked_for_twice_comes_once(writer: Writer, elsewhere: Elsewhere, graph: str) -> None:
    one, two = elsewhere.put("/one.ttl", TURTLE), elsewhere.put("/open/two.ttl", "<a:s> <a:p> [] .")
    parts = [f"LOAD <{iri}> INTO GRAPH <{graph}{n}>" for n, iri in enumerate((one, two, one + "#x", two))]
    assert writer.update(" ; ".join(parts)).json["added"] == 8
    assert sorted(elsewhere.asked) == ["/one.ttl", "/open/two.ttl"]
    # Its blank nodes are others each time (SPARQL 1.1 Update, section 3.1.4, and RDF 1.1, section 3.6).
    assert writer.triples(graph + "1") != writer.triples(graph + "3")


def test_a_patch_loads_into_the_graph_that_it_is_about(writer: Writer, elsewhere: Elsewhere, graph: str) -> None:
    iri = elsewhere.put("/one.ttl", TURTLE)
    writer.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> <a:o> }} }}")
    patch = f"/store?graph={quote(graph, safe='')}"
    assert writer.send("PATCH", patch, f"LOAD <{iri}>").status == 204
    assert nt(iri, "a:p", ONE) in writer.triples(graph)
    assert writer.send("PATCH", patch, f"LOAD <{iri}> INTO GRAPH <{graph}x>").status == 403
    assert writer.triples(graph + "x") == []


def test_nothing_is_fetched_for_a_patch_of_a_graph_that_is_not_there(
    writer: Writer, elsewhere: Elsewhere, graph: str
) -> None:
    iri = elsewhere.put("/one.ttl", TURTLE)
    assert writer.send("PATCH", f"/store?graph={quote(graph, safe='')}", f"LOAD <{iri}>").status == 404
    assert elsewhere.asked == []


def test_what_is_not_listed_is_refused_with_what_is_and_nothing_is_fetched(
    writer: Writer, elsewhere: Elsewhere, graph: str
) -> None:
    allowed = elsewhere.put("/one.ttl", TURTLE)
    for other in (elsewhere.iri("/two.ttl"), elsewhere.iri("/open/../two.ttl"), "file:///etc/hostname", "urn:x"):
        text = f"LOAD <{allowed}> INTO GRAPH <{graph}> ;\n LOAD <{other}> INTO GRAPH <{graph}>"
        refused = writer.update(text)
        assert (refused.status, refused.json["line"], refused.json["column"]) == (403, 2, 2)
        assert other in refused.problem
        assert f"<{elsewhere.iri('/open/')}>" in refused.problem
    assert elsewhere.asked == []
    assert writer.triples(graph) == []


def test_a_document_does_not_open_a_graph_of_others(writer: Writer, elsewhere: Elsewhere) -> None:
    iri = elsewhere.put("/one.ttl", TURTLE)
    assert writer.update(f"LOAD <{iri}> INTO GRAPH <{FOREIGN}x>").status == 403
    assert writer.update(f"LOAD <{iri}>").status == 403


def slow() -> Reply:
    return replace(document(*[b" "] * 1000), wait=lambda: time.sleep(0.05))


@pytest.mark.parametrize(
    ("reply", "status", "what"),
    [
        (document("", status=404), 502, "status 404"),
        (document("", status=500), 502, "status 500"),
        (Reply((), 302, (("Location", "http://documents.example/"),)), 502, "not followed"),
        (document("<html>", media_type="text/html"), 502, "text/html"),
        (document(" " * (MOST + 1)), 502, f"{MOST:,} bytes"),
        (slow, 504, "did not come within 1.5 s"),
        (document("<a:s> <a:p> 1 .\n<a:s> <a:p>"), 400, "line 2, column 12"),
        (document(b'<a:s> <a:p> "\xff" .'), 400, "line 1"),
        (document("<a:g> { <a:s> <a:p> 1 }", media_type="application/trig"), 400, "TriG"),
        (document('{"@context": "http://x.example/", "a": 1}', media_type="application/ld+json"), 400, "@context"),
    ],
)
def test_a_document_that_cannot_be_had_or_read_changes_nothing_unless_silent(
    writer: Writer, elsewhere: Elsewhere, graph: str, reply: Reply | Callable[[], Reply], status: int, what: str
) -> None:
    iri = elsewhere.put("/open/x", reply)
    insert = f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> <a:o> }} }} ;\n"
    refused = writer.update(f"{insert}LOAD <{iri}> INTO GRAPH <{graph}>")
    assert (refused.status, refused.json["line"], refused.json["column"]) == (status, 2, 1)
    assert f"<{iri}>" in refused.problem
    assert what in refused.problem
    assert writer.triples(graph) == []
    assert writer.update(f"{insert}LOAD SILENT <{iri}> INTO GRAPH <{graph}>").json["added"] == 1


def test_silent_also_goes_on_without_what_is_not_listed_or_down(writer: Writer, graph: str) -> None:
    text = f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> <a:o> }} }}"
    for other in ("http://elsewhere.example/x", "file:///etc/hostname", "http://down.example:9/x"):
        text += f" ; LOAD SILENT <{other}> INTO GRAPH <{graph}>"
    assert writer.update(text).json["added"] == 1
    assert writer.update(text.replace("SILENT <http://down", "<http://down")).status == 502


def test_a_document_that_is_wanted_silently_and_not_is_wanted(writer: Writer, elsewhere: Elsewhere, graph: str) -> None:
    iri = elsewhere.iri("/open/missing")
    text = f"LOAD SILENT <{iri}> INTO GRAPH <{graph}> ; LOAD <{iri}> INTO GRAPH <{graph}>"
    refused = writer.update(text)
    assert (refused.status, refused.json["column"]) == (502, text.rindex("LOAD") + 1)


def test_the_documents_of_one_update_share_the_greatest_size(writer: Writer, elsewhere: Elsewhere, graph: str) -> None:
    half = " " * (MOST // 2)
    one, two = elsewhere.put("/open/1", half), elsewhere.put("/open/2", half)
    three = elsewhere.put("/open/3", " ")
    text = f"LOAD <{one}> INTO GRAPH <{graph}> ; LOAD <{two}> INTO GRAPH <{graph}>"
    assert writer.update(text).status == 200
    refused = writer.update(f"{text} ; LOAD <{three}> INTO GRAPH <{graph}>")
    assert (refused.status, f"{MOST:,} bytes together" in refused.problem) == (502, True)


def test_as_many_documents_as_may_be_are_loaded_and_one_more_is_not(
    writer: Writer, elsewhere: Elsewhere, graph: str
) -> None:
    iris = [elsewhere.put(f"/open/{n}", f"<a:s> <a:p> {n} .") for n in range(MOST_DOCUMENTS + 1)]
    parts = [f"LOAD SILENT <{iri}> INTO GRAPH <{graph}>" for iri in iris]
    assert writer.update(" ; ".join(parts[:-1])).json["added"] == MOST_DOCUMENTS
    assert len(elsewhere.asked) == MOST_DOCUMENTS
    refused = writer.update(" ; ".join(parts))
    assert (refused.status, f"more than {MOST_DOCUMENTS}" in refused.problem) == (400, True)
    assert elsewhere.asked == []


def test_a_long_update_that_loads_is_refused_even_if_silent_and_one_that_only_has_the_word_is_not(
    writer: Writer, elsewhere: Elsewhere, graph: str
) -> None:
    iri = elsewhere.put("/one.ttl", TURTLE)
    data = f'INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> "; LOAD <{iri}> ;{" " * LONGEST_LOADING}" }} }} ;\n'
    for silent in ("", "SILENT"):
        refused = writer.update(f"{data} LOAD {silent} <{iri}> INTO GRAPH <{graph}>")
        assert (refused.status, refused.json["line"], refused.json["column"]) == (400, 2, 2)
        assert f"{LONGEST_LOADING:,}" in refused.problem
    assert writer.update(data).json["added"] == 1
    assert elsewhere.asked == []


def test_a_syntax_error_is_told_with_its_place(writer: Writer, elsewhere: Elsewhere, graph: str) -> None:
    iri = elsewhere.put("/one.ttl", TURTLE)
    for text in (f"LOAD <{iri}>\n INTO <{graph}>", f"LOAD <{iri}>\n INTO GRAPH", f"LOAD <{iri}> ;\n LOAD <a b>"):
        refused = writer.update(text)
        assert (refused.status, refused.json["line"]) == (400, 2)
    assert writer.update("LOAD x:y").status == 400


def test_only_a_few_updates_load_at_a_time_and_others_go_on(writer: Writer, elsewhere: Elsewhere, graph: str) -> None:
    text = f"LOAD <{elsewhere.put('/one.ttl', TURTLE)}> INTO GRAPH <{graph}>"
    loader, asked = replace(writer.loader, time_s=0.05), Asked("update", "a:b", text=text)
    with contextlib.ExitStack() as loading:
        for _ in range(MOST_AT_ONCE):
            assert len(loading.enter_context(writer.loader.loaded(asked)).loaded) == 1
        with pytest.raises(StoreBusy), loader.loaded(asked):
            pass
        assert writer.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> 1 }} }}").status == 200
    assert writer.update(text).status == 200


DATA = "INSERT DATA { <a:s> <a:p> 'LOAD <a:z>' ; <a:q> 1 }"
WORDS = ["LOAD", "LOAD SILENT", "INTO GRAPH", "INTO GRAPH <a:g>", "CLEAR ALL", "WITH", "WHERE", DATA, "# LOAD <a:c>\n"]
DECLARED = ["PREFIX p: <a:>", "BASE <b:>", "PREFIX", "<a:x>", "p:y"]
PIECES = st.sampled_from([*WORDS, *DECLARED, *'{;;;}()[]"\\'])


@given(st.lists(PIECES, max_size=12).map(" ".join))
@trying(max_examples=300, deadline=None)
def test_loads_are_found_where_the_update_has_them(text: str) -> None:
    try:
        whole = read_update(text)
    except QueryError:
        # Whatever it is, finding ends, and complains in no other way.
        with contextlib.suppress(QueryError):
            list(loads(text))
        return
    assert list(loads(text)) == [one for one in whole if one.kind == "load"]


def test_a_server_loads_nothing_unless_it_was_told_to(server: Writable, graph: str) -> None:
    for iri in (f"http://127.0.0.1:{server.port}/sparql", "file:///etc/hostname"):
        refused = server.update(f"LOAD <{iri}> INTO GRAPH <{graph}>")
        assert (refused.status, "not available" in refused.problem) == (403, True)
        assert server.update(f"LOAD SILENT <{iri}> INTO GRAPH <{graph}>").json["number"] is None
    assert server.values(graph) == []


def test_a_listed_name_that_leads_inside_is_not_fetched() -> None:
    with serving(lambda path: document(TURTLE)) as inside:
        folder = f"http://localhost:{inside.port}/"
        loader = Loader.of(Settings.load({}, {"load_sources": folder}))
        asked = Asked("update", "a:b", text=f"LOAD <{folder}x> INTO GRAPH <a:g>")
        with pytest.raises(problems.RequestError, match="not on the public internet") as refused, loader.loaded(asked):
            pass
    assert refused.value.status == 502
    assert inside.received == []


def test_a_list_that_cannot_be_read_is_told_when_the_service_starts() -> None:
    with pytest.raises(SettingError, match="load_sources"):
        Loader.of(Settings.load({"TRADEGRAPH_LOAD_SOURCES": "https://a.example/, nonsense"}))
