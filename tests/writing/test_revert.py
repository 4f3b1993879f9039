"""Undoing writes: exactly those, or a list of what is in the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradegraph.errors import NotFound
from tradegraph.writing import DataFolder, Delta, Entry, RevertRefused, open_state, revert
from writing.conftest import entry, fresh_folder, histories, lines, replayed, written, written_together


def test_undoing_a_write_takes_back_what_it_added_and_gives_back_what_it_removed(folder: DataFolder) -> None:
    written(folder, entry("x", "y"), entry("z", removed=["x"]), entry("other"))
    assert revert(folder, [2]) == Delta(lines("z"), lines("x"))


def test_later_writes_to_the_same_quads_are_listed(folder: DataFolder) -> None:
    written(folder, entry("x"), entry("other"), entry(removed=["x"]), entry("x"))
    with pytest.raises(RevertRefused, match="later writes: 3, 4") as refused:
        revert(folder, [1])
    assert refused.value.conflicts == (3, 4)
    assert "1, 3, 4" in refused.value.remedy


def test_what_is_in_the_way_of_what_is_in_the_way_is_listed_too(folder: DataFolder) -> None:
    written(folder, entry("x"), entry("y", removed=["x"]), entry(removed=["y"]))
    with pytest.raises(RevertRefused, match="2, 3"):
        revert(folder, [1])
    assert revert(folder, [1, 2, 3]) == Delta((), ())


def test_earlier_writes_are_never_in_the_way(folder: DataFolder) -> None:
    written(folder, entry("x"), entry(removed=["x"]))
    assert revert(folder, [2]) == Delta((), lines("x"))


def test_undoing_twice_needs_the_first_undoing_undone(folder: DataFolder) -> None:
    written(folder, entry("x"))
    written(folder, Entry("customs", "revert", revert(folder, [1])))
    with pytest.raises(RevertRefused, match="later writes: 2"):
        revert(folder, [1])
    assert revert(folder, [2]) == Delta((), lines("x"))


def test_a_number_that_is_not_there_is_refused(folder: DataFolder) -> None:
    written(folder, entry("x"))
    with pytest.raises(NotFound, match="no write 2, 9"):
        revert(folder, [1, 9, 2])


def test_undoing_nothing_changes_nothing(folder: DataFolder) -> None:
    written(folder, entry("x"))
    assert not revert(folder, [])


@settings(max_examples=100, deadline=None)
@given(histories(), st.data())
def test_undoing_gives_what_there_would_be_without_those_writes(writes: list[Entry], data: st.DataObject) -> None:
    numbers = data.draw(st.sets(st.integers(1, len(writes)), min_size=1))
    with fresh_folder() as folder:
        written_together(folder, *writes)
        try:
            delta = revert(folder, numbers)
        except RevertRefused as refused:
            numbers |= set(refused.conflicts)
            delta = revert(folder, numbers)
        before = open_state(folder).lines
        assert set(delta.removed) <= before
        assert before.isdisjoint(delta.added)
        written(folder, Entry("customs", "revert", delta))
        kept = [one for number, one in enumerate(writes, start=1) if number not in numbers]
        assert open_state(folder).lines == replayed(kept)


@settings(max_examples=50, deadline=None)
@given(histories())
def test_undoing_everything_leaves_nothing(writes: list[Entry]) -> None:
    with fresh_folder() as folder:
        written_together(folder, *writes)
        delta = revert(folder, range(1, len(writes) + 1))
        assert set(delta.removed) == replayed(writes)
        assert delta.added == ()
