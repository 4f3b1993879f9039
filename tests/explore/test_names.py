"""Names are the same whether all of them are kept, or only those that are asked for."""

from typing import cast

import pyoxigraph as ox
import pytest

from tradegraph.explore.names import MOST_RENAMED, Names, renamed
from tradegraph.explore.reading import Reader
from tradegraph.namespaces import DEF, ID
from tradegraph.store import EmbeddedStore, Release

THINGS = (
    ID + "mission/2025-06-indonesia",
    ID + "territory/idn",
    ID + "nowhere/nothing",
    DEF + "destination",
    "https://example.org/a b",
)


def test_names_read_one_by_one_are_those_read_all_at_once(opened: EmbeddedStore, unchecked: Release) -> None:
    reader = Reader(opened, unchecked, 60)
    every, few = Names(), Names(most=3)
    for language in ("nl", "en"):
        assert few.of(reader, THINGS, language) == every.of(reader, THINGS, language)


def test_a_thing_without_a_name_is_called_by_its_key(opened: EmbeddedStore, unchecked: Release) -> None:
    reader = Reader(opened, unchecked, 60)
    for names in (Names(), Names(most=3)):
        assert names.of(reader, [ID + "nowhere/nothing"], "nl")[ID + "nowhere/nothing"].text == "nowhere/nothing"


class Data:
    """A store of one's own, and how often it was asked."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.asked = 0

    def rows(self, text: str) -> list[dict[str, object]]:
        self.asked += 1
        found = self.store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [{name: solution[name] for name in names} for solution in found]

    def write(self, names: Names, removed: str = "", added: str = "") -> None:
        lines = []
        for change, text in ((self.store.remove, removed), (self.store.add, added)):
            for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS):
                change(quad)
            lines += text.encode().splitlines()
        names.forget(renamed(lines))


def called(thing: int, label: str) -> str:
    return f'<https://example.org/{thing}> <http://www.w3.org/2000/01/rdf-schema#label> "{label}"@nl .\n'


@pytest.mark.parametrize("most", [2, 50_000], ids=["those asked for", "all"])
def test_what_was_renamed_is_called_by_its_new_name(most: int) -> None:
    data, names = Data(), Names(most=most)
    things = [f"https://example.org/{thing}" for thing in range(4)]

    def texts() -> list[str]:
        found = names.of(cast("Reader", data), things, "nl")
        return [found[thing].text for thing in things]

    data.write(names, added=called(0, "een") + called(1, "twee") + called(2, "drie"))
    assert texts() == ["een", "twee", "drie", "<https://example.org/3>"]
    data.write(names, removed=called(0, "een"), added=called(0, "uno"))
    data.write(names, removed=called(1, "twee"), added=called(3, "vier"))
    assert texts() == texts() == ["uno", "<https://example.org/1>", "drie", "vier"]


def test_a_write_that_names_nothing_costs_no_reading() -> None:
    data, names = Data(), Names()
    data.write(names, added=called(0, "een"))
    asked_for = ["https://example.org/0"]
    names.of(cast("Reader", data), asked_for, "nl")
    asked = data.asked
    data.write(names, added='<https://example.org/0> <https://example.org/size> "1" .\n')
    assert names.of(cast("Reader", data), asked_for, "nl")["https://example.org/0"].text == "een"
    assert data.asked == asked
    data.write(names, removed=called(0, "een"), added=called(0, "uno"))
    for _ in range(2):
        assert names.of(cast("Reader", data), asked_for, "nl")["https://example.org/0"].text == "uno"
    assert data.asked == asked + 1


def test_when_much_was_renamed_all_is_read_again() -> None:
    data, names = Data(), Names()
    data.write(names, added=called(0, "een"))
    names.of(cast("Reader", data), ["https://example.org/0"], "nl")
    data.write(names, added="".join(called(thing, f"naam {thing}") for thing in range(1, MOST_RENAMED + 2)))
    asked = data.asked
    assert names.of(cast("Reader", data), ["https://example.org/7"], "nl")["https://example.org/7"].text == "naam 7"
    assert data.asked == asked + 1
