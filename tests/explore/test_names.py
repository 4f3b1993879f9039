"""Names are the same whether all of them are kept, or only those that are asked for."""

from tradegraph.explore.names import Names
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
