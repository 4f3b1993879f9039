"""The Graph Store HTTP Protocol, clause by clause."""

import pyoxigraph as ox
import pytest

from writing_http.conftest import FIXED, FOREIGN, OWN, TURTLE, Writable

ONE, TWO = "<https://example.org/s> <https://example.org/p> 1 .", "<https://example.org/s> <https://example.org/p> 2 ."
SYNTAXES = {
    "text/turtle": ONE,
    "application/n-triples": ONE.replace("1", '"1"'),
    "application/rdf+xml": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">'
    '<rdf:Description rdf:about="https://example.org/s"><e:p>1</e:p></rdf:Description></rdf:RDF>',
    "application/ld+json": '{"@id": "https://example.org/s", "https://example.org/p": "1"}',
    "application/trig": ONE,
    "application/n-quads": ONE.replace("1", '"1"'),
}


@pytest.mark.parametrize("media_type", SYNTAXES)
def test_every_syntax_can_be_put_and_got(server: Writable, graph: str, media_type: str) -> None:
    assert server.graph("PUT", graph, SYNTAXES[media_type], Content_Type=media_type).status == 201
    got = server.graph("GET", graph, Accept=media_type)
    assert (got.status, got.headers["content-type"].partition(";")[0]) == (200, media_type)
    [quad] = ox.parse(got.body, format=ox.RdfFormat.from_media_type(media_type))
    assert quad.object.value == "1"


def test_put_replaces(server: Writable, graph: str) -> None:
    made = server.graph("PUT", graph, ONE)
    assert (made.status, made.json["added"]) == (201, 1)
    assert made.headers["location"].endswith("/store?graph=" + graph.replace(":", "%3A").replace("/", "%2F"))
    assert server.graph("PUT", graph, TWO).status == 204
    assert server.values(graph) == ["2"]


def test_post_adds(server: Writable, graph: str) -> None:
    assert server.graph("POST", graph, ONE).status == 201
    assert server.graph("POST", graph, TWO).status == 204
    assert server.values(graph) == ["1", "2"]


def test_delete_takes_away_and_then_there_is_none(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, ONE)
    assert server.graph("DELETE", graph).status == 204
    assert [server.graph(method, graph).status for method in ("GET", "HEAD", "DELETE")] == [404, 404, 404]


def test_head_is_get_without_the_body(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, ONE)
    head = server.graph("HEAD", graph)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == server.graph("GET", graph).headers["etag"]


def test_relative_iris_are_those_of_the_graph(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, "<#it> <https://example.org/p> <x> .")
    assert f"<{graph}#it> <https://example.org/p> <{OWN}x>" in server.graph("GET", graph, Accept="text/turtle").text


def test_an_own_graph_has_its_own_address(server: Writable) -> None:
    own = server.as_holder(server.token)
    assert own.send("PUT", "/store/a/1.ttl", ONE, {**TURTLE, "Host": "127.0.0.1"}).status == 201
    made = own.send("PUT", "/store/a/2.ttl", ONE, {**TURTLE, "Host": "127.0.0.1"})
    assert made.headers["location"] == "http://127.0.0.1/store/a/2.ttl"
    assert own.send("GET", "/store/a/2.ttl", headers={"Host": "127.0.0.1"}).status == 200
    assert own.values("http://127.0.0.1/store/a/2.ttl") == ["1"]


def test_triples_without_a_graph_get_a_new_one(server: Writable) -> None:
    made = server.send("POST", "/store", ONE, {**TURTLE, "Host": "127.0.0.1"})
    assert made.status == 201
    assert server.values(made.headers["location"]) == ["1"]


def test_quads_go_to_the_graphs_that_they_name(server: Writable, graph: str) -> None:
    text = f"<{graph}> {{ {ONE} }} <{graph}b> {{ {TWO} }}"
    assert server.send("POST", "/store", text, {"Content-Type": "application/trig"}).status == 204
    assert (server.values(graph), server.values(graph + "b")) == (["1"], ["2"])


def test_quads_for_graphs_of_others_are_refused_whole(server: Writable, graph: str) -> None:
    text = f"<{graph}> {{ {ONE} }} <{FOREIGN}b> {{ {TWO} }}"
    assert server.send("POST", "/store", text, {"Content-Type": "application/trig"}).status == 403
    assert server.values(graph) == []


def test_a_graph_without_a_name_is_refused(server: Writable) -> None:
    refused = server.send("POST", "/store", f"_:g {{ {ONE} }}", {"Content-Type": "application/trig"})
    assert (refused.status, "blank node" in refused.problem) == (400, True)


@pytest.mark.parametrize("accept", ["application/trig", "application/n-quads"])
def test_everything_can_be_got_at_once(server: Writable, graph: str, accept: str) -> None:
    server.graph("PUT", graph, ONE)
    got = server.send("GET", "/store", headers={"Accept": accept})
    quads = list(ox.parse(got.body, format=ox.RdfFormat.from_media_type(accept)))
    assert {ox.NamedNode(graph), ox.NamedNode(FIXED)} <= {quad.graph_name for quad in quads}
    assert len(quads) == server.count()


def test_the_whole_cannot_be_replaced(server: Writable) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        refused = server.send(method, "/store", ONE, TURTLE)
        assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_the_release_can_be_read_and_not_written(server: Writable) -> None:
    assert server.graph("GET", FIXED).status == 200
    assert [server.graph(method, FIXED, ONE).status for method in ("PUT", "POST", "DELETE")] == [403, 403, 403]


def test_a_patch_is_an_update_of_that_graph_only(server: Writable, graph: str) -> None:
    kind = {"Content_Type": "application/sparql-update"}
    server.graph("PUT", graph, ONE)
    text = "DELETE { ?s ?p 1 } INSERT { ?s ?p 5 } WHERE { ?s ?p 1 }"
    assert server.graph("PATCH", graph, text, **kind).status == 204
    assert server.values(graph) == ["5"]
    elsewhere = f"INSERT DATA {{ GRAPH <{OWN}elsewhere> {{ {ONE} }} }}"
    assert server.graph("PATCH", graph, elsewhere, **kind).status == 403
    assert server.values(OWN + "elsewhere") == []
    assert server.graph("PATCH", graph, ONE).headers["accept-patch"] == "application/sparql-update"


def test_several_files_come_in_one_form(server: Writable, graph: str) -> None:
    parts = [("a.ttl", "text/turtle", ONE), ("b.nt", "application/octet-stream", TWO.replace("2", '"2"'))]
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n{text}\r\n'
        for name, kind, text in parts
    )
    form = {"Content_Type": "multipart/form-data; boundary=x"}
    assert server.graph("POST", graph, body + "--x--\r\n", **form).status == 201
    assert server.values(graph) == ["1", "2"]
    assert (
        server.graph("POST", graph, '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--', **form).status
        == 400
    )
    assert server.graph("POST", graph, "--y", **form).status == 400


def test_who_writes_last_does_not_overwrite_unseen(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, ONE)
    seen = server.graph("GET", graph).headers["etag"]
    assert server.graph("PUT", graph, TWO, If_Match=seen).status == 204
    assert server.graph("PUT", graph, ONE, If_Match=seen).status == 412
    assert server.graph("DELETE", graph, If_Match=seen).status == 412
    assert server.values(graph) == ["2"]
    assert server.graph("DELETE", graph, If_Match="*").status == 204
    assert server.graph("PUT", graph, ONE, If_Match="*").status == 412


def test_a_graph_is_made_only_where_there_is_none(server: Writable, graph: str) -> None:
    assert server.graph("PUT", graph, ONE, If_None_Match="*").status == 201
    assert server.graph("PUT", graph, TWO, If_None_Match="*").status == 412


def test_a_tag_is_of_the_content(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, ONE)
    first = server.graph("GET", graph, Accept="text/turtle").headers["etag"]
    assert server.graph("GET", graph, Accept="text/turtle", If_None_Match=first).status == 304
    assert server.graph("GET", graph, Accept="application/n-triples").headers["etag"] != first
    server.graph("PUT", graph, TWO)
    assert server.graph("GET", graph, Accept="text/turtle", If_None_Match=first).status == 200
    server.graph("PUT", graph, ONE)
    assert server.graph("GET", graph, Accept="text/turtle").headers["etag"] == first


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?graph=relative", 400),
        ("?graph=https://example.org/own/%3Ex", 400),
        ("?graph=https://e.org/a&graph=https://e.org/b", 400),
        ("?graph=https://e.org/a&default", 400),
        ("?default=yes", 400),
        ("?bogus=1", 400),
        ("?graph=%ff", 400),
        ("/a?default", 400),
        ("?default&format=xlsx", 400),
    ],
)
def test_an_address_that_names_no_graph_clearly_is_refused(server: Writable, query: str, status: int) -> None:
    assert server.send("GET", "/store" + query).status == status


def test_options_say_what_can_be_done(server: Writable) -> None:
    assert server.send("OPTIONS", "/store?default").headers["allow"] == "GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS"
    assert server.send("OPTIONS", "/store").headers["allow"] == "GET, HEAD, POST, OPTIONS"
