"""A query of a stranger cannot hurt the service."""

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store.conftest import G1, G2, Ask, request_for
from tradegraph.errors import (
    QueryAbandoned,
    QueryOutOfMemory,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    StoreBusy,
    StoreUnavailable,
)
from tradegraph.store import Dataset, EmbeddedStore
from tradegraph.store.keeper import leave_the_network

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c + ?f + ?i + ?l < 0) }"
HOG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


def wait_until(condition: Callable[[], bool], most_s: float = 10) -> None:
    end = time.monotonic() + most_s
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_the_default_graph_is_the_union_of_all_graphs(ask: Ask) -> None:
    assert ask(COUNT) == b"n\r\n400\r\n"


def test_from_in_the_text_narrows_the_default_graph(ask: Ask) -> None:
    assert ask(COUNT.replace("{", f"FROM <{G1}> {{", 1)) == b"n\r\n100\r\n"


def test_a_dataset_with_only_named_graphs_has_an_empty_default_graph(ask: Ask) -> None:
    assert ask(COUNT, dataset=Dataset(named_graphs=(G2,))) == b"n\r\n0\r\n"


def test_a_dataset_with_only_default_graphs_has_no_named_graphs(ask: Ask) -> None:
    text = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert ask(text, dataset=Dataset(default_graphs=(G2,))) == b"n\r\n0\r\n"
    assert ask(text) == b"n\r\n400\r\n"


def test_an_answer_of_many_frames_arrives_whole(ask: Ask) -> None:
    body = ask("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000")
    assert body.count(b"\r\n") == 20001


def test_a_worker_ends_at_its_deadline(store: EmbeddedStore, ask: Ask) -> None:
    with pytest.raises(QueryTimeout):
        store.query(request_for(ENDLESS, time_s=0.3))
    assert ask(COUNT) == b"n\r\n400\r\n"


def test_a_worker_ends_at_its_memory_limit(store: EmbeddedStore, ask: Ask) -> None:
    with pytest.raises(QueryOutOfMemory):
        store.query(request_for(HOG))
    assert ask(COUNT) == b"n\r\n400\r\n"


def test_a_query_that_overflows_the_parser_takes_only_its_worker_along(store: EmbeddedStore, ask: Ask) -> None:
    with pytest.raises(QueryTooComplex):
        store.query(request_for("ASK { FILTER(" + "(" * 9000 + "1" + ")" * 9000 + ") }", "boolean", "json"))
    assert ask(COUNT) == b"n\r\n400\r\n"


def test_a_worker_dies_with_its_asker(store: EmbeddedStore) -> None:
    keeper = store.keeper_pid
    assert keeper is not None
    seen: list[str] = []

    def abandoned() -> bool:
        seen.extend(children(keeper))
        return bool(seen)

    with pytest.raises(QueryAbandoned):
        store.query(request_for(ENDLESS), abandoned)
    wait_until(lambda: children(keeper) == [])


def test_an_answer_that_nobody_reads_on_stops_its_worker(store: EmbeddedStore) -> None:
    keeper = store.keeper_pid
    assert keeper is not None
    answer = store.query(request_for("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
    next(answer.chunks())
    assert children(keeper) != []
    answer.close()
    wait_until(lambda: children(keeper) == [])


def test_a_deadline_in_mid_answer_is_an_error_and_not_an_end(store: EmbeddedStore) -> None:
    answer = store.query(request_for("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", time_s=0.5))
    chunks = answer.chunks()
    next(chunks)
    time.sleep(1)
    with pytest.raises(QueryTimeout):
        list(chunks)
    answer.close()


def test_beyond_the_most_queries_at_a_time_the_store_is_busy(store: EmbeddedStore) -> None:
    running = [store.query(request_for("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")) for _ in range(2)]
    with pytest.raises(StoreBusy):
        store.query(request_for(COUNT))
    for answer in running:
        answer.close()
    keeper = store.keeper_pid
    assert keeper is not None
    wait_until(lambda: children(keeper) == [])


def test_a_worker_can_open_no_file_descriptor(store: EmbeddedStore) -> None:
    answer = store.query(request_for("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
    next(answer.chunks())
    [worker] = children(store.keeper_pid or 0)
    limits = Path(f"/proc/{worker}/limits").read_text(encoding="ascii").splitlines()
    [files] = [line for line in limits if line.startswith("Max open files")]
    assert files.split()[3:5] == ["0", "0"]
    assert sorted(entry.name for entry in Path(f"/proc/{worker}/fd").iterdir()) == ["0", "1", "2", "3"]
    answer.close()


def test_service_reaches_nobody_even_when_the_scan_is_left_out(store: EmbeddedStore) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        port = server.getsockname()[1]
        with pytest.raises(QueryRefused, match="outside"):
            store.query(request_for(f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}", "boolean", "json"))
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_network_namespace_is_asked_for_without_insisting() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0 if leave_the_network() in (True, False) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_a_syntax_error_comes_back_explained(store: EmbeddedStore) -> None:
    with pytest.raises(QuerySyntaxError, match=r"Prefix `tg:` is not declared. Add `PREFIX tg: <https") as caught:
        store.query(request_for("SELECT *\n{ ?s tg:x ?o }"))
    assert (caught.value.line, caught.value.column) == (2, 6)


def test_an_unknown_function_is_the_askers_mistake(store: EmbeddedStore) -> None:
    with pytest.raises(QueryRefused, match="custom function"):
        store.query(request_for("SELECT * { FILTER(<https://example.org/f>(1)) }"))


def test_a_dead_keeper_is_started_again(dataset: Path) -> None:
    with EmbeddedStore(dataset, time_limit_s=5, memory_limit_mb=100, max_workers=1) as store:
        store.query(request_for(COUNT)).close()
        first = store.keeper_pid
        assert first is not None
        os.kill(first, signal.SIGKILL)

        def answers_again() -> bool:
            try:
                return store.query(request_for(COUNT)).whole == b"n\r\n400\r\n"
            except StoreUnavailable:
                return False

        wait_until(answers_again)
        assert store.keeper_pid != first


def test_a_release_that_cannot_be_loaded_is_said_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "dataset.nq"
    broken.write_text("this is not N-Quads", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="could not load"):
        EmbeddedStore(broken, 5, 100, 1).start()
    assert "SyntaxError" in capfd.readouterr().err
