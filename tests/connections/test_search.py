"""Every path is found, and none that the question rules out: held against trying all of them."""

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from connections.graphs import brute_force, edge, index_of, thing
from tradegraph.explore.connections import EdgeIndex, Limits
from tradegraph.explore.connections.search import Found, Search, find
from tradegraph.graph.edges import HUB, MENTIONED_IN, Edge

KINDS = ("mission", "person", "territory")
PROPERTIES = ("ledBy", "destination", "mentionedIn")
THINGS = [f"{kind}/{number}" for kind in KINDS for number in range(3)]


@st.composite
def edges(draw: st.DrawFn) -> list[Edge]:
    lines = draw(
        st.sets(
            st.tuples(st.sampled_from(THINGS), st.sampled_from(PROPERTIES), st.sampled_from(THINGS)),
            min_size=1,
            max_size=22,
        )
    )
    years = st.sampled_from((0, 2023, 2024, 2025))
    return [edge(" ".join(line), since=draw(years)) for line in sorted(lines) if line[0] != line[2]]


def paths(index: EdgeIndex, found: Found) -> set[tuple[str, ...]]:
    as_iris = [tuple(index.iri(node) for node in path) for path in found.paths]
    assert len(set(as_iris)) == len(as_iris), "a path was found twice"
    return set(as_iris)


@settings(max_examples=400, deadline=None)
@given(
    edges=edges(),
    ends=st.lists(st.sampled_from(THINGS), min_size=2, max_size=2, unique=True),
    steps=st.integers(1, 6),
    stops=st.sets(st.sampled_from(KINDS)),
    properties=st.none() | st.sets(st.sampled_from(PROPERTIES[:2]), min_size=1),
    period=st.sampled_from(((0, 9999), (2024, 9999), (0, 2023), (2024, 2024))),
    without=st.sets(st.sampled_from(THINGS), max_size=2),
    via=st.none() | st.sampled_from(THINGS),
    mentions=st.booleans(),
)
def test_exactly_the_simple_paths_that_the_question_allows_are_found(
    edges: list[Edge],
    ends: list[str],
    steps: int,
    stops: set[str],
    properties: set[str] | None,
    period: tuple[int, int],
    without: set[str],
    via: str | None,
    mentions: bool,
) -> None:
    index = index_of(edges)
    start, end = (index.node(thing(key)) for key in ends)
    middle = None if via is None else index.node(thing(via))
    if start is None or end is None or (via is not None and middle in (None, start, end)):
        return
    left_out = {node for key in without - {*ends, via} if (node := index.node(thing(key))) is not None}
    names = {"http": None, **{name: number for number, name in enumerate(index.properties)}}
    numbers = None if properties is None else {names.get(edge(f"a {name} b").property) for name in properties}
    search = Search(
        start,
        end,
        steps,
        via=middle,
        without=frozenset(left_out),
        stops=frozenset(number for number, kind in enumerate(index.kinds) if kind in stops),
        hubs=True,
        properties=None if numbers is None else frozenset(number for number in numbers if number is not None),
        since=period[0],
        until=period[1],
        mentions=mentions,
    )
    counted = [
        one
        for one in edges
        if (properties is None or one.property.rpartition("#")[2] in properties)
        and (mentions or one.property != MENTIONED_IN)
        and (not one.until or (one.until >= period[0] and one.since <= period[1]))
    ]
    passed = {thing(key) for key in THINGS if key.partition("/")[0] in stops and key not in without - {*ends, via}}
    expected = set(brute_force(counted, thing(ends[0]), thing(ends[1]), steps, passed | {thing(via or "")}))
    if via is not None:
        expected = {path for path in expected if thing(via) in path}

    found = find(index, search)

    assert found.complete(search)
    assert paths(index, found) == expected


@settings(max_examples=300, deadline=None)
@given(edges=edges(), steps=st.integers(1, 6), work=st.integers(4, 120))
def test_whatever_the_limit_what_is_said_to_be_complete_is_complete(edges: list[Edge], steps: int, work: int) -> None:
    index = index_of(edges)
    assume(index.nodes > 1)
    found = find(index, Search(0, index.nodes - 1, steps, hubs=True, mentions=True), Limits(work=work))
    whole = set(brute_force(edges, index.iri(0), index.iri(index.nodes - 1), steps, set(map(thing, THINGS))))
    shown = paths(index, found)
    assert shown <= whole
    assert {path for path in whole if len(path) - 1 <= found.complete_to} <= shown


def test_paths_are_the_same_from_either_end() -> None:
    index = index_of(["mission/a ledBy person/b", "mission/c ledBy person/b", "mission/c destination territory/d"])
    start, end = index.node(thing("mission/a")), index.node(thing("territory/d"))
    assert start is not None
    assert end is not None
    there, back = find(index, Search(start, end)), find(index, Search(end, start))
    assert {path[::-1] for path in there.paths} == set(back.paths)
    assert len(there.paths) == 1


def test_several_relations_between_two_things_are_one_step() -> None:
    index = index_of(["mission/a ledBy person/b", "person/b participatesIn mission/a"])
    assert len(find(index, Search(0, 1)).paths) == 1


def star(rays: int) -> EdgeIndex:
    """One territory to which many missions go, and one mission that goes to two."""
    return index_of([f"mission/{number} destination territory/hub" for number in range(rays)])


def test_a_thing_with_very_many_relations_is_a_hub_and_not_passed_through() -> None:
    index = star(41)
    hub = index.node(thing("territory/hub"))
    assert index.hubs() == [hub]
    assert find(index, Search(0, 1)).paths == ()
    assert find(index, Search(0, 1, hubs=True)).paths == ((0, hub, 1),)


def test_a_hub_may_be_an_end_and_the_thing_on_the_way() -> None:
    index = star(41)
    hub = index.node(thing("territory/hub"))
    assert hub is not None
    assert find(index, Search(0, hub)).paths == ((0, hub),)
    assert find(index, Search(0, 1, via=hub)).paths == ((0, hub, 1),)


def test_a_document_that_names_very_many_is_passed_through_when_mentions_count() -> None:
    edges = [edge(f"document/d basedOn policy/{number:02}") for number in range(41)]
    named = [edge(f"territory/{key} mentionedIn document/d") for key in "ab"]
    index = index_of([*edges, *named])
    document, start, end = (index.node(thing(key)) for key in ("document/d", "territory/a", "territory/b"))
    assert start is not None
    assert end is not None
    assert index.hubs() == [document]
    assert find(index, Search(start, end)).paths == ()
    assert find(index, Search(start, end, mentions=True)).paths == ((start, document, end),)


def test_a_thing_with_forty_relations_is_no_hub() -> None:
    assert star(40).hubs() == []


def test_the_netherlands_is_a_hub_however_few_relations_it_has() -> None:
    index = index_of(["mission/a destination territory/nld"])
    assert index.codes[1] & HUB


def test_figures_and_concepts_beside_a_thing_do_not_make_it_a_hub() -> None:
    assert index_of([f"observation/{number} about mission/a" for number in range(60)]).hubs() == []


def complete_graph(size: int) -> EdgeIndex:
    return index_of([f"mission/{one:02} partOf mission/{other:02}" for one, other in combinations(range(size), 2)])


def test_a_search_that_costs_too_much_stops_and_says_up_to_which_length_it_is_complete() -> None:
    index = complete_graph(20)
    search = Search(0, 1, 6)
    found = find(index, search, Limits(work=3_000, paths=100_000))
    assert not found.complete(search)
    assert 1 <= found.complete_to < 6
    whole = find(index, Search(0, 1, found.complete_to))
    assert set(whole.paths) <= set(found.paths)


def test_a_search_with_too_many_paths_stops_and_keeps_all_of_the_shorter_ones() -> None:
    index = complete_graph(12)
    found = find(index, Search(0, 1, 4), Limits(paths=50))
    assert len(found.paths) == 50
    assert found.complete_to == 2
    assert sum(len(path) == 3 for path in found.paths) == 10


def test_a_search_that_was_stopped_gives_the_same_paths_again() -> None:
    index = complete_graph(14)
    first, second = (find(index, Search(0, 1, 5), Limits(work=5_000)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("start", "end", "steps"), [(0, 0, 4), (0, 1, 0), (0, 1, 7)])
def test_a_path_has_two_ends_and_from_one_to_six_steps(start: int, end: int, steps: int) -> None:
    with pytest.raises(ValueError, match="two ends"):
        find(complete_graph(3), Search(start, end, steps))
