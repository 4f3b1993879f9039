"""Whose turn it is, held against a model that is too slow to be used and too simple to be wrong."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradegraph.store.lines import Line, Lines, Waiting

CLIENTS = "abcd"
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(CLIENTS)),
        st.tuples(st.just("next"), st.just("")),
        st.tuples(st.just("remove"), st.integers(0, 20).map(str)),
        st.tuples(st.just("refuse"), st.just("")),
    ),
    max_size=60,
)


class Model:
    """All who wait, in the order in which they came, and how many turns ago each client had one."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []
        self.turns: list[str] = []

    def add(self, waiting: Waiting) -> None:
        if waiting.client not in self.clients():
            # A newcomer stands behind those who are there.
            self.turns.append(waiting.client)
        self.waiting.append(waiting)

    def clients(self) -> set[str]:
        return {one.client for one in self.waiting}

    def next(self) -> Waiting | None:
        if not self.waiting:
            return None
        client = self.turns.pop(0)
        found = next(one for one in self.waiting if one.client == client)
        self.waiting.remove(found)
        if client in self.clients():
            self.turns.append(client)
        return found

    def remove(self, waiting: Waiting) -> None:
        if waiting in self.waiting:
            self.waiting.remove(waiting)
            if waiting.client not in self.clients():
                self.turns.remove(waiting.client)


@given(steps)
def test_a_line_gives_the_same_turns_as_the_model(steps: list[tuple[str, str]]) -> None:
    line, model, everyone = Line(), Model(), [Waiting("nobody", light=True)]
    for step, value in steps:
        if step == "add":
            everyone.append(Waiting(value, light=True))
            line.add(everyone[-1])
            model.add(everyone[-1])
        elif step == "next":
            assert line.next() is model.next()
        elif step == "remove":
            # Some of these left long ago.
            one = everyone[int(value) % len(everyone)]
            line.remove(one)
            model.remove(one)
        elif model.waiting:
            refused = line.last_of_longest()
            counts = Counter(one.client for one in model.waiting)
            assert counts[refused.client] == max(counts.values())
            assert refused is [one for one in model.waiting if one.client == refused.client][-1]
            model.remove(refused)
        assert line.length == len(model.waiting)
        assert set(line.queues) == model.clients()


@given(st.lists(st.sampled_from(CLIENTS), min_size=1, max_size=60))
def test_between_two_turns_of_a_client_every_other_that_waits_has_one(clients: list[str]) -> None:
    line = Line()
    for client in clients:
        line.add(Waiting(client, light=True))
    waiting = Counter(clients)
    since_last: dict[str, list[str]] = {}
    while (one := line.next()) is not None:
        if one.client in since_last:
            assert sorted(since_last[one.client]) == sorted(set(waiting) - {one.client})
        for between in since_last.values():
            between.append(one.client)
        waiting[one.client] -= 1
        since_last = {client: seen for client, seen in since_last.items() if client != one.client}
        waiting = +waiting
        if one.client in waiting:
            since_last[one.client] = []
        for seen in since_last.values():
            seen[:] = [client for client in seen if client in waiting]
    assert line.length == 0


def test_who_asks_a_hundred_things_delays_himself() -> None:
    line = Line()
    for _ in range(100):
        line.add(Waiting("many", light=True))
    line.add(Waiting("one", light=True))
    served = [line.next() for _ in range(2)]
    assert [one.client for one in served if one is not None] == ["many", "one"]


def lines_with(light: int, heavy: int, most_heavy: int = 2) -> Lines:
    lines = Lines(most_heavy)
    for number in range(light + heavy):
        one = Waiting("a", light=number < light)
        lines.of(one).add(one)
    return lines


@pytest.mark.parametrize(
    ("light", "heavy", "running_heavy", "goes"),
    [
        (1, 1, 0, "heavy"),
        (1, 1, 1, "light"),
        (1, 1, 9, "light"),
        (1, 0, 0, "light"),
        (0, 1, 0, "heavy"),
        (0, 1, 1, "heavy"),
        (0, 1, 2, None),
        (0, 1, 9, None),
        (0, 0, 0, None),
    ],
)
def test_light_goes_before_heavy_but_one_heavy_query_may_always_run(
    light: int, heavy: int, running_heavy: int, goes: str | None
) -> None:
    found = lines_with(light, heavy).next(running_heavy)
    assert (None if found is None else "light" if found.light else "heavy") == goes


@given(st.integers(0, 9), st.integers(0, 9), st.integers(1, 4), st.integers(1, 8))
def test_while_nobody_comes_back_no_more_heavy_queries_run_than_may(
    light: int, heavy: int, most_heavy: int, places: int
) -> None:
    lines, running = lines_with(light, heavy, most_heavy), Counter[bool]()
    for _ in range(places):
        found = lines.next(running[False])
        if found is not None:
            running[found.light] += 1
    assert running[False] <= most_heavy
    assert running.total() == min(places, light + min(heavy, most_heavy))
    assert len(lines.all()) == light + heavy - running.total()
    assert (lines.light.length, lines.heavy.length) == (0, 0)
