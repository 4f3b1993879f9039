"""Writes are worked out one on top of the other, before the former are on the disk: each must see all before it."""

import os
import signal
import threading
from collections.abc import Callable
from functools import partial

from writing_http.conftest import FOREIGN, OWN, Writable, children, wait_until

ADD_ONE = """
DELETE {{ GRAPH <{0}> {{ <a:s> <a:count> ?n }} }} INSERT {{ GRAPH <{0}> {{ <a:s> <a:count> ?m }} }}
WHERE {{ GRAPH <{0}> {{ <a:s> <a:count> ?n }} BIND (?n + 1 AS ?m) }}
"""


def together(number: int, work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(one,)) for one in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_counter_counts_every_writer(server: Writable, graph: str) -> None:
    server.graph("PUT", graph, "<a:s> <a:count> 0 .")
    numbers: list[object] = []

    def count(_: int) -> None:
        for _ in range(15):
            done = server.update(ADD_ONE.format(graph))
            assert done.status == 200, done.body
            numbers.append(done.json["number"])

    together(6, count)
    assert server.values(graph) == ["90"]
    assert len(set(numbers)) == 90


def test_who_creates_it_first_is_one(server: Writable, graph: str) -> None:
    statuses: list[int] = []
    together(
        6,
        lambda own: statuses.append(
            server.graph("PUT", graph, f"<a:s> <a:p> {own} .", If_None_Match="*").status,
        ),
    )
    assert sorted(statuses) == [201, 412, 412, 412, 412, 412]
    assert len(server.values(graph)) == 1


def test_refused_writes_among_others_leave_nothing_behind(server: Writable, graph: str) -> None:
    statuses: dict[int, list[int]] = {one: [] for one in range(4)}

    def write(own: int) -> None:
        place = graph if own % 2 else FOREIGN + "x"
        for number in range(8):
            # The second operation sees what the first one did, also when all of it is refused then.
            text = f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s{own}> <a:p> {number} }} }} ; "
            text += f"INSERT {{ GRAPH <{place}> {{ ?s <a:seen> ?o }} }} WHERE {{ GRAPH <{graph}> {{ ?s <a:p> ?o }} }}"
            statuses[own].append(server.update(text).status)

    together(4, write)
    assert [set(statuses[own]) for own in range(4)] == [{403}, {200}, {403}, {200}]
    found = server.rows(f"SELECT DISTINCT ?s {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ORDER BY ?s")
    assert [row["s"] for row in found] == ["a:s1", "a:s3"]


def test_workers_that_are_killed_between_writes_are_replaced(server: Writable, graph: str) -> None:
    for number in range(5):
        assert server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> {number} }} }}").status == 200
        killed = children(server.keeper())
        for worker in killed:
            os.kill(int(worker), signal.SIGKILL)
        wait_until(partial(_are_gone, server, killed))
    assert server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <a:s> <a:p> 5 }} }}").status == 200
    assert server.values(graph) == list("012345")


def _are_gone(server: Writable, killed: list[str]) -> bool:
    return set(killed).isdisjoint(children(server.keeper()))


def test_a_graph_that_was_created_and_left_empty_can_be_created_again(server: Writable) -> None:
    text = f"CREATE GRAPH <{OWN}empty>"
    assert [server.update(text).status for _ in range(2)] == [200, 200]
