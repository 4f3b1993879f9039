"""What comes first: fewer steps, then more evidence and rarer stops, then what is newer."""

from itertools import pairwise
from typing import Any

import pytest

from connections.graphs import ask, edge, index_of, thing
from tradegraph.errors import NotFound, QueryRefused
from tradegraph.explore.connections import Answer, Question, connect
from tradegraph.graph.edges import Edge


def answer(edges: list[Edge], start: str = "organisation/a", end: str = "territory/z", **asked: Any) -> Answer:
    return connect(index_of(edges), Question(thing(start), thing(end), **asked))


def stops(found: Answer) -> list[list[str]]:
    return [[one.rpartition("/")[2] for one in path.things[1:-1]] for path in found.paths]


def route(*stops: str, passages: int = 1, since: int = 0) -> list[Edge]:
    """Edges from a to z by way of these missions."""
    things = ["organisation/a", *(f"mission/{stop}" for stop in stops), "territory/z"]
    return [edge(f"{one} partOf {other}", passages, since) for one, other in pairwise(things)]


def test_fewer_steps_come_first() -> None:
    assert stops(answer([*route("long", "way", passages=9), *route("short")])) == [["short"], ["long", "way"]]


def test_of_equal_length_more_passages_come_first() -> None:
    assert stops(answer([*route("a1"), *route("b3", passages=3)])) == [["b3"], ["a1"]]


def test_of_equal_evidence_a_stop_with_few_other_relations_comes_first() -> None:
    busy = [edge(f"mission/busy ledBy person/{number}") for number in range(9)]
    assert stops(answer([*route("busy"), *route("quiet"), *busy])) == [["quiet"], ["busy"]]


def test_of_all_else_equal_the_newest_comes_first() -> None:
    assert stops(answer([*route("a2023", since=2023), *route("b2026", since=2026)])) == [["b2026"], ["a2023"]]


def test_what_is_only_named_together_comes_last_and_only_when_asked_for() -> None:
    named = [edge("organisation/a mentionedIn document/d"), edge("territory/z mentionedIn document/d")]
    edges = [*route("long", "way"), *named]
    assert stops(answer(edges)) == [["long", "way"]]
    assert stops(answer(edges, mentions=True)) == [["long", "way"], ["d"]]


def test_the_same_question_has_the_same_answer() -> None:
    edges = [*route("b"), *route("a"), *route("c")]
    assert stops(answer(edges)) == stops(answer(edges[::-1])) == [["a"], ["b"], ["c"]]


def test_paths_are_grouped_by_the_kinds_they_pass_and_of_each_group_the_first_are_shown() -> None:
    edges = [one for number in range(5) for one in route(str(number))]
    edges += [edge("organisation/a memberOf organisation/b"), edge("organisation/b locatedIn territory/z")]
    found = answer(edges)
    assert {group.shape: (group.total, len(group.paths)) for group in found.groups} == {
        ("mission",): (5, 3),
        ("organisation",): (1, 1),
    }
    assert (found.total, found.listed, found.shapes) == (6, 4, 2)


def test_a_shape_is_shown_in_full() -> None:
    edges = [one for number in range(20) for one in route(f"{number:02}")]
    first = connect(index_of(edges), Question(thing("organisation/a"), thing("territory/z"), shape=("mission",)))
    assert (first.total, len(first.paths), first.pages) == (20, 12, 2)
    second = connect(index_of(edges), first.question, page=2)
    assert [path.rank for path in second.paths] == list(range(13, 21))


def test_not_connected_is_an_answer_with_what_is_beside_each_end() -> None:
    edges = [edge("organisation/a memberOf organisation/b"), edge("mission/y destination territory/z")]
    found = answer(edges)
    assert (found.total, found.complete, found.paths) == (0, True, ())
    assert found.nearest == ((thing("organisation/b"),), (thing("mission/y"),))


def test_a_step_has_all_its_relations_the_one_with_most_evidence_first() -> None:
    edges = [edge("organisation/a runBy territory/z"), edge("territory/z fundedBy organisation/a", passages=3)]
    (path,) = answer(edges).paths
    (step,) = path.steps
    assert [(one.edge.property.rpartition("#")[2], one.forward) for one in step.relations] == [
        ("fundedBy", False),
        ("runBy", True),
    ]


def test_what_cannot_be_asked_is_refused_with_a_remedy() -> None:
    index = index_of(route("b"))
    both = (thing("organisation/a"), thing("territory/z"))
    for question in (
        Question(both[0], both[0]),
        Question(*both, 7),
        Question(*both, via=both[0]),
        Question(*both, without=(both[1],)),
    ):
        with pytest.raises(QueryRefused):
            connect(index, question)
    with pytest.raises(NotFound, match="no relation"):
        connect(index, ask("organisation/nobody", "territory/z"))
    with pytest.raises(NotFound, match="no page 2"):
        connect(index, ask("organisation/a", "territory/z"), page=2)
