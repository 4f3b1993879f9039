"""The columns around a thing: every node has a place of its own, and the same network is always drawn the same way."""

from hypothesis import given
from hypothesis import strategies as st

from tradegraph.drawings.network import COLUMN, Joint, Layout, Place, along, curve, lay_out, lines_of

KEYS = [f"n{number}" for number in range(12)]


def drawn(*joints: tuple[str, str]) -> Layout:
    keys = list(dict.fromkeys(["n0", *(key for pair in joints for key in pair)]))
    return lay_out("n0", keys, [Joint(*pair) for pair in joints])


def test_what_points_to_the_middle_stands_left_and_what_it_points_to_right() -> None:
    places = drawn(("a", "n0"), ("n0", "b")).places
    assert places["a"].x < places["n0"].x < places["b"].x


def test_two_steps_away_is_one_column_further() -> None:
    places = drawn(("n0", "b"), ("c", "b")).places
    assert places["c"].x - places["b"].x == places["b"].x - places["n0"].x == COLUMN


def test_what_nothing_leads_to_is_drawn_all_the_same() -> None:
    assert "alone" in lay_out("n0", ["n0", "alone"], []).places


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=40))
def test_no_two_nodes_share_a_place_and_all_lie_inside(pairs: list[tuple[str, str]]) -> None:
    joints = [Joint(*pair) for pair in pairs if pair[0] != pair[1]]
    layout = lay_out("n0", KEYS, joints)
    assert set(layout.places) == set(KEYS)
    assert len(set(layout.places.values())) == len(KEYS)
    assert all(0 < place.x < layout.width and 0 < place.y < layout.height for place in layout.places.values())
    assert layout == lay_out("n0", KEYS, joints)


def test_a_line_begins_and_ends_at_its_nodes() -> None:
    start, end = Place(10, 20), Place(300, 80)
    assert curve(start, end).startswith("M10 20C")
    assert curve(start, end).endswith(" 300 80")
    assert (along(start, end, 0), along(start, end, 1)) == (start, end)


def test_a_long_name_takes_two_lines_and_says_that_it_goes_on() -> None:
    assert lines_of("Indonesië") == ("Indonesië",)
    first, second = lines_of("MoU's en andere overeenkomsten van de missie naar Indonesië (18 stuks)")
    assert len(first) <= 28
    assert second.endswith("…")
    assert len(second) <= 28
