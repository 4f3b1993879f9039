"""The drawing: lines lead to the right, nothing lies over anything else."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradegraph.drawings.layers import Box, Layers, lay_out
from tradegraph.drawings.scales import text_width

PATHS = [("a", "m", "z"), ("a", "x", "y", "z"), ("a", "m", "y", "z"), ("a", "z")]
WORDS = {pair: "is onderdeel van" for path in PATHS for pair in pairwise(path)}


def boxes(drawn: Layers, words: dict[tuple[str, str], str]) -> list[Box]:
    found = []
    for line in drawn.lines:
        if line.words_at is not None:
            half = text_width(words[line.source, line.target], 12) / 2
            at = line.words_at
            found.append(Box(at.x - half, at.y - 14, at.x + half, at.y))
    return found


def test_the_ends_stand_at_the_ends() -> None:
    places = lay_out(PATHS, WORDS).places
    assert places["a"].x == min(place.x for place in places.values())
    assert places["z"].x == max(place.x for place in places.values())


def test_every_line_leads_to_the_right() -> None:
    drawn = lay_out(PATHS, WORDS)
    assert all(drawn.places[line.source].x < drawn.places[line.target].x for line in drawn.lines)


def test_two_paths_in_opposite_directions_are_drawn_too() -> None:
    drawn = lay_out([("a", "x", "y", "z"), ("a", "y", "x", "z")], {})
    assert drawn.places["x"].x < drawn.places["y"].x
    assert len(drawn.lines) == 6


steps = st.lists(st.sampled_from("bcdefgh"), max_size=4, unique=True).map(lambda inner: ("a", *inner, "z"))


@settings(max_examples=200, deadline=None)
@given(st.lists(steps, min_size=1, max_size=12, unique=True))
def test_no_words_lie_over_other_words_or_names_and_no_two_nodes_over_each_other(paths: list[tuple[str, ...]]) -> None:
    words = {pair: "staat onder leiding van" for path in paths for pair in pairwise(path)}
    drawn = lay_out(paths, words)
    found = boxes(drawn, words)
    nodes = list(drawn.places.values())
    glyphs = [Box(place.x - 17, place.y - 17, place.x + 17, place.y + 17) for place in nodes]
    names = [Box(place.x - 90, place.y + 17, place.x + 90, place.y + 48) for place in nodes]
    for number, box in enumerate(found):
        assert not any(box.meets(other) for other in found[number + 1 :])
        assert not any(box.meets(other) for other in names + glyphs)
    for number, name in enumerate(names):
        assert not any(name.meets(other) for other in names[number + 1 :])
    assert all(0 < place.x < drawn.width and 0 < place.y < drawn.height for place in drawn.places.values())
    assert {(line.source, line.target) for line in drawn.lines} == set(words)


def test_the_same_paths_give_the_same_picture() -> None:
    assert lay_out(PATHS, WORDS) == lay_out(PATHS, dict(reversed(WORDS.items())))


@pytest.mark.parametrize("steps", [1, 6])
def test_the_width_holds_all_columns(steps: int) -> None:
    path = ["a", *(str(number) for number in range(steps - 1)), "z"]
    drawn = lay_out([path], {})
    assert len({place.x for place in drawn.places.values()}) == steps + 1
