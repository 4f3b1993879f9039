"""Bodies that cannot be read, are too large, break off, or would harm the process: refused, and nothing happened."""

import asyncio
import gzip
import itertools
import json
import socket
import time
import zlib
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import zstandard

from tradegraph.web.asgi import Admission, Bridge, WsgiApp
from tradegraph.web.bodies import Message
from tradegraph.web.cache import Cache
from tradegraph.web.lane import Lane
from tradegraph.web.waiting import Room, Share, Turns
from writing_http.conftest import OWN, SETTINGS, TURTLE, UPDATE, Serve, Writable, children, wait_until

MOST = SETTINGS["max_write_bytes"]
GOOD = "<a:s> <a:p> 1 ."


@pytest.mark.parametrize(
    ("media_type", "body", "line"),
    [
        ("text/turtle", "<a:s> <a:p> 1 .\n<a:s> <a:p>", 2),
        ("application/n-triples", "<a:s> <a:p> \n", 2),
        ("application/n-quads", "<a:s> <a:p> <a:o> .\n<a:s>\n", 3),
        ("application/trig", "<a:s> <a:p> 1 .\n<a:s> <a:p>", 2),
        ("application/ld+json", '{\n"@id": }', 2),
        ("application/rdf+xml", '<rdf:RDF xmlns:rdf="a:x">\n<a', None),
        ("text/turtle", b'<a:s> <a:p> "\xff" .', 1),
        ("application/n-triples", b'<a:s> <a:p> "\xff" .', 1),
        ("text/turtle", "<a:s> <a:p> <not an iri> .", 1),
    ],
)
def test_what_is_not_rdf_is_refused_with_its_place(
    server: Writable, graph: str, media_type: str, body: str | bytes, line: int | None
) -> None:
    refused = server.graph("PUT", graph, body, Content_Type=media_type)
    assert (refused.status, refused.json.get("line")) == (400, line)
    assert server.values(graph) == []


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html", "application/sparql-update", "", "nonsense"])
def test_a_type_that_is_not_read_is_refused_with_those_that_are(server: Writable, graph: str, media_type: str) -> None:
    refused = server.graph("PUT", graph, GOOD, Content_Type=media_type)
    assert (refused.status, "text/turtle" in refused.problem) == (415, True)


def test_a_context_from_elsewhere_is_not_fetched(server: Writable, graph: str) -> None:
    body = f'{{"@context": "http://127.0.0.1:{server.port}/context", "a": 1}}'
    refused = server.graph("PUT", graph, body, Content_Type="application/ld+json")
    assert (refused.status, "nothing is fetched" in refused.problem) == (400, True)


def test_json_that_nests_too_deep_ends_nobody_but_itself(server: Writable, graph: str) -> None:
    body = '{"@graph":[' * 6000 + "]}" * 6000
    refused = server.graph("PUT", graph, body, Content_Type="application/ld+json")
    assert (refused.status, "levels deep" in refused.problem) == (400, True)
    assert server.graph("PUT", graph, GOOD).status == 201


def test_entities_of_xml_do_not_expand_without_end(server: Writable, graph: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    body = f"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "xxxxxxxxxx">{entities}]>
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="a:">
      <rdf:Description rdf:about="a:s"><e:p>&e11;</e:p></rdf:Description></rdf:RDF>"""
    refused = server.graph("PUT", graph, body, Content_Type="application/rdf+xml")
    assert refused.status in (400, 507, 504)
    assert server.values(graph) == []


def test_no_entity_reads_a_file(server: Writable, graph: str) -> None:
    body = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="a:">
      <rdf:Description rdf:about="a:s"><e:p>&x;</e:p></rdf:Description></rdf:RDF>"""
    assert server.graph("PUT", graph, body, Content_Type="application/rdf+xml").status == 400


def test_an_update_that_nests_too_deep_ends_nobody_but_itself(server: Writable, graph: str) -> None:
    nested = "{" * 20_000 + "}" * 20_000
    refused = server.update(f"INSERT {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ {nested} }}")
    assert (refused.status, "too deep" in refused.problem) == (400, True)
    assert server.graph("PUT", graph, GOOD).status == 201


def test_an_update_without_end_is_stopped(server: Writable, graph: str) -> None:
    four = " ".join(f"?s{n} <https://example.org/number> ?o{n} ." for n in range(4))
    pattern = f"{four} FILTER (?o0 + ?o1 + ?o2 + ?o3 < 0)"
    refused = server.update(f"INSERT {{ GRAPH <{graph}> {{ ?s0 <a:p> ?o1 }} }} WHERE {{ {pattern} }}")
    assert (refused.status, "time limit" in refused.problem) == (504, True)
    assert server.graph("PUT", graph, GOOD).status == 201


def test_an_update_that_takes_all_memory_is_stopped(server: Writable, graph: str) -> None:
    binds = "".join(f" BIND (CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(32))
    refused = server.update(
        f'INSERT {{ GRAPH <{graph}> {{ <a:s> <a:p> ?a32 }} }} WHERE {{ BIND ("xx" AS ?a0){binds} }}'
    )
    assert refused.status == 507
    assert server.graph("PUT", graph, GOOD).status == 201


def test_a_body_may_be_packed(server: Writable, graph: str) -> None:
    packed = {"gzip": gzip.compress(GOOD.encode()), "zstd": zstandard.compress(GOOD.encode())}
    for coding, body in packed.items():
        assert server.graph("PUT", graph + coding, body, Content_Encoding=coding).status == 201
        assert server.graph("PUT", graph, body[:-3], Content_Encoding=coding).status == 400
    twice = gzip.compress(GOOD.encode()) + gzip.compress(b" <a:s> <a:q> 2 .")
    assert server.graph("PUT", graph, twice, Content_Encoding="gzip").json["added"] == 2


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip"])
def test_a_packing_that_is_not_known_is_refused(server: Writable, graph: str, coding: str) -> None:
    assert server.graph("PUT", graph, zlib.compress(GOOD.encode()), Content_Encoding=coding).status == 415


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_small_body_that_unpacks_to_a_large_one_is_refused(server: Writable, graph: str, pack: object) -> None:
    assert callable(pack)
    bomb = pack(b" " * 400_000_000)
    coding = "gzip" if pack is gzip.compress else "zstd"
    assert len(bomb) < 400_000
    refused = server.graph("PUT", graph, bomb[:MOST] if coding == "gzip" else bomb, Content_Encoding=coding)
    assert refused.status == 413


@pytest.mark.parametrize(
    ("coding", "nothing"), [("gzip", gzip.compress(b"")), ("zstd", zstandard.compress(b""))], ids=["gzip", "zstd"]
)
def test_a_body_in_many_parts_of_nothing_is_refused(server: Writable, graph: str, coding: str, nothing: bytes) -> None:
    """Each part costs a decoder, and copies of the rest would make the time grow with the square of their number."""
    packed = gzip.compress(GOOD.encode()) if coding == "gzip" else zstandard.compress(GOOD.encode())
    few = packed + nothing * 1000
    assert server.graph("PUT", graph + "few", few, Content_Encoding=coding).status == 201
    refused = server.graph("PUT", graph, nothing * (MOST // len(nothing)), Content_Encoding=coding)
    assert (refused.status, "parts" in refused.problem) == (400, True)


def test_a_body_that_wants_a_large_window_is_refused(server: Writable, graph: str) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    packing = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    body = packing.compress(GOOD.encode()) + packing.flush()
    refused = server.graph("PUT", graph, body, Content_Encoding="zstd")
    assert (refused.status, "window" in refused.problem) == (400, True)


def test_a_body_of_the_greatest_size_is_taken_and_one_byte_more_is_not(server: Writable, graph: str) -> None:
    body = GOOD.encode() + b" " * (MOST - len(GOOD))
    assert server.graph("PUT", graph, body).status == 201
    assert server.graph("PUT", graph, body + b" ").status == 413


def test_a_write_may_be_larger_than_any_query(serve: Serve) -> None:
    server = serve(max_query_bytes=1000, max_write_bytes=300_000)
    body = GOOD.encode() + b" " * (300_000 - len(GOOD))
    assert server.graph("PUT", OWN + "large", body).status == 201
    update = f"INSERT DATA {{ GRAPH <{OWN}large> {{ <a:s> <a:p> 2 }} }}"
    assert server.update(update + " " * (300_000 - len(update))).status == 200
    assert server.update(update + " " * (300_001 - len(update))).status == 413


def _raw(server: Writable, graph: str, *fields: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    head = [
        f"PUT /store?graph={graph} HTTP/1.1",
        "Host: localhost",
        "Content-Type: text/turtle",
        f"Authorization: Bearer {server.token}",
        *fields,
    ]
    connection.sendall("\r\n".join([*head, "", ""]).encode())
    return connection


def test_what_is_too_large_by_its_own_account_is_refused_before_it_is_sent(server: Writable, graph: str) -> None:
    with _raw(server, graph, f"Content-Length: {MOST + 1}") as connection:
        assert connection.recv(12) == b"HTTP/1.1 413"


def test_a_body_without_end_is_not_read_to_its_end(server: Writable, graph: str) -> None:
    with _raw(server, graph, "Transfer-Encoding: chunked") as connection:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(MOST // 0x10000 + 1):
            connection.sendall(chunk)
        assert connection.recv(12) == b"HTTP/1.1 413"


def test_a_client_may_ask_before_it_sends(server: Writable, graph: str) -> None:
    with _raw(server, graph, f"Content-Length: {len(GOOD)}", "Expect: 100-continue") as connection:
        assert connection.recv(4096).startswith(b"HTTP/1.1 100")
        connection.sendall(GOOD.encode())
        assert connection.recv(12) == b"HTTP/1.1 201"


def test_who_may_not_write_is_refused_before_sending(server: Writable, graph: str) -> None:
    nobody = server.as_holder("tg_unknown")
    with _raw(nobody, graph, "Content-Length: 1000", "Expect: 100-continue") as connection:
        assert connection.recv(12) == b"HTTP/1.1 401"


def test_half_a_body_is_nothing(server: Writable, graph: str) -> None:
    whole = (GOOD + "\n").encode() * 2
    with _raw(server, graph, f"Content-Length: {len(whole)}") as connection:
        connection.sendall(whole[: len(GOOD) + 1])
        time.sleep(0.2)
    with _raw(server, graph, "Transfer-Encoding: chunked") as connection:
        connection.sendall(b"10\r\n" + GOOD.encode() + b" \r\n")
        time.sleep(0.2)
    with _raw(server, graph + "whole", "Transfer-Encoding: chunked") as connection:
        connection.sendall(b"10\r\n" + GOOD.encode() + b" \r\n0\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 201"
    assert server.graph("PUT", graph + "after", GOOD).status == 201
    assert server.values(graph) == []


def test_afterwards_all_places_are_free(server: Writable) -> None:
    # Beside the places for queries, one worker may be apart that knows what was written last.
    most = SETTINGS["max_running_queries"]
    wait_until(lambda: len(children(server.keeper())) in (most, most + 1))
    assert server.update("CLEAR SILENT DEFAULT").status == 200


def test_a_control_character_in_a_graph_name_is_refused(server: Writable) -> None:
    assert server.send("PUT", "/store?graph=https://example.org/own/%0Ax", GOOD, TURTLE).status == 400
    assert server.send("POST", "/update", "", UPDATE).status in (200, 400)


def _bridge(application: WsgiApp, **fields: float) -> Bridge:
    return Bridge(
        application,
        2,
        MOST,
        Cache(1000),
        Lane.__new__(Lane),
        lambda *_: Admission(MOST, quick=False, early=True),
        **fields,
    )


def _told(bridge: Bridge, pieces: Iterator[tuple[float, bytes]]) -> list[Message]:
    """Return what a client is told that sends a body in pieces, each after a pause in seconds."""
    told: list[Message] = []

    async def receive() -> Message:
        pause_s, piece = next(pieces)
        await asyncio.sleep(pause_s)
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    async def send(message: Message) -> None:
        told.append(message)

    scope: Message = {"type": "http", "method": "PUT", "path": "/store", "query_string": b"", "headers": []}
    _in_a_loop(bridge(scope, receive, send))
    return told


def _echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Length", environ["CONTENT_LENGTH"])])
    return [environ["wsgi.input"].read()]


def test_a_body_that_comes_byte_by_byte_is_not_waited_for() -> None:
    told = _told(_bridge(_echo, window_s=0.2), itertools.repeat((0.01, b"x")))
    assert [told[0]["status"], (b"connection", b"close") in told[0]["headers"]] == [408, True]
    assert json.loads(told[1]["body"])["status"] == 408


def test_a_body_that_comes_slowly_but_steadily_is_taken() -> None:
    pieces = [(0.08, b"x" * 20_000)] * 8 + [(0.0, b"")]
    told = _told(_bridge(_echo, window_s=0.3), iter(pieces))
    assert (told[0]["status"], told[1]["body"]) == (200, b"x" * 160_000)


def test_many_large_bodies_share_a_bounded_room_and_the_first_can_always_be_finished_with() -> None:
    room = Room(1_000_000)
    first, second, third = Share(room), Share(room), Share(room)
    assert first.wait(400_000, 0)
    assert second.wait(500_000, 0)
    assert not third.wait(200_000, 0)
    assert not second.wait(700_000, 0)
    assert first.wait(2_000_000, 0)
    first.close()
    assert third.wait(200_000, 0)
    assert room.held == 700_000


def _in_a_loop(work: Coroutine[None, None, None]) -> None:
    # In a thread of its own: where a browser is tested, this one has a loop already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


async def _turn(turns: Turns, holder: str) -> int:
    number = await turns.take(holder, 0.01)
    assert number is not None, f"{holder} had no turn"
    return number


def test_who_writes_slowly_has_one_turn_at_a_time_and_lets_others_go_first() -> None:
    async def day() -> None:
        turns = Turns(3)
        for _ in range(2):
            turns.leave(await _turn(turns, "quick"), 0.1)
        slow = await _turn(turns, "slow")
        assert await turns.take("slow", 0.01) is None
        quick = [await _turn(turns, "quick") for _ in range(2)]
        turns.leave(slow, 5.0)
        assert await turns.take("slow", 0.01) is None, "two came while it wrote, and write first"
        for turn in quick:
            turns.leave(turn, 0.1)
        turns.leave(await _turn(turns, "slow"), None)
        await _turn(turns, "slow")
        assert await turns.take("slow", 0.01) is None, "giving a turn back unused earns nothing"

    _in_a_loop(day())


def test_when_all_turns_are_taken_each_holder_comes_before_the_next_write_of_another() -> None:
    async def day() -> None:
        turns, order = Turns(1), []
        busy = await _turn(turns, "many")

        async def write(holder: str) -> None:
            turn = await turns.take(holder, 9)
            assert turn is not None
            order.append(holder)
            turns.leave(turn, 0.01)

        waiting = [asyncio.ensure_future(write(holder)) for holder in ("many", "many", "many", "one")]
        await asyncio.sleep(0)
        turns.leave(busy, 0.01)
        await asyncio.gather(*waiting)
        assert order == ["many", "one", "many", "many"]

    _in_a_loop(day())


def test_a_form_without_a_part_is_refused_at_once(server: Writable, graph: str) -> None:
    body = b"x" * (MOST - 1)
    refused = server.graph("PUT", graph, body, Content_Type="multipart/form-data; boundary=b")
    assert (refused.status, "no part" in refused.problem) == (400, True)
