"""A list narrows down: values of one facet widen it, facets together narrow it, and counts agree with the rows."""

import pyoxigraph as ox

from tradegraph.explore.listing import Aspect, Item, Places, Reading, folded, iri_of, items_of, key_of, keys, narrow
from tradegraph.explore.reading import Solution
from tradegraph.languages import Words
from tradegraph.namespaces import DEF, ID

MISSION = ox.NamedNode(ID + "mission/m1")
DESTINATION = ox.NamedNode(DEF + "destination")
PLACES = Places(
    {ID + "territory/tokyo": (ID + "territory/jpn",), ID + "territory/jpn": (ID + "territory/jpn",)},
    {ID + "territory/jpn": "JPN"},
    {ID + "territory/jpn": (ID + "grouping/priority-markets",)},
)


def aspect(key: str, name: str, reading: Reading = "value") -> Aspect:
    return Aspect(key, Words(key, key), (DEF + name,), reading)


def item(key: str, **said: str) -> Item:
    rows: list[Solution] = [
        {"thing": ox.NamedNode(ID + "mission/" + key), "property": ox.NamedNode(DEF + name), "value": value_of(value)}
        for name, value in said.items()
    ]
    (found,) = items_of(rows, "mission")
    return found


def value_of(text: str) -> ox.NamedNode | ox.Literal:
    return ox.NamedNode(ID + text) if "/" in text else ox.Literal(text)


SECTOR, YEAR, COUNTRY = (
    aspect("sector", "inSector"),
    aspect("year", "year", "year"),
    aspect("country", "destination", "country"),
)
ITEMS = (
    item("a", inSector="concept/water", year="2025", destination="territory/tokyo"),
    item("b", inSector="concept/energy", year="2025", destination="territory/jpn"),
    item("c", inSector="concept/water", year="2026"),
)
KEYED = {one.key: (lambda which, one=one: keys(which, one, PLACES)) for one in (SECTOR, YEAR, COUNTRY)}


def left(**chosen: set[str]) -> list[str]:
    narrowed = narrow(ITEMS, {key: frozenset(values) for key, values in chosen.items()}, KEYED)
    return [one.iri.rpartition("/")[2] for one in narrowed.items]


def test_two_values_of_one_facet_give_what_has_either() -> None:
    assert left(sector={"concept/water", "concept/energy"}) == ["a", "b", "c"]


def test_two_facets_give_what_has_both() -> None:
    assert left(sector={"concept/water"}, year={"2025"}) == ["a"]


def test_what_is_not_stated_is_a_value_of_its_own() -> None:
    assert left(country={"none"}) == ["c"]


def test_a_town_counts_for_its_country() -> None:
    assert left(country={"territory/jpn"}) == ["a", "b"]


def test_a_place_counts_for_the_sets_that_its_country_is_in() -> None:
    market = aspect("market", "destination", "market")
    assert keys(ITEMS[0], market, PLACES) == {"grouping/priority-markets"}
    assert keys(ITEMS[2], market, PLACES) == {"none"}


def test_the_counts_of_a_facet_say_what_choosing_one_more_value_of_it_adds() -> None:
    narrowed = narrow(ITEMS, {"sector": frozenset({"concept/water"}), "year": frozenset({"2025"})}, KEYED)
    assert narrowed.counts["sector"] == {"concept/water": 1, "concept/energy": 1}
    assert narrowed.counts["year"] == {"2025": 1, "2026": 1}


def test_a_plain_fact_was_read_where_its_thing_was_read_and_a_derived_one_only_where_its_record_says() -> None:
    passage, own, record = (ox.NamedNode(ID + name) for name in ("passage/p2", "passage/p1", "relation/r"))
    stated, year = ox.NamedNode(DEF + "statedIn"), ox.NamedNode(DEF + "year")
    (found,) = items_of(
        [
            {"thing": MISSION, "property": stated, "value": own},
            {"thing": MISSION, "property": year, "value": ox.Literal("2025")},
            {"thing": MISSION, "property": DESTINATION, "value": MISSION, "record": record, "passage": passage},
            {"thing": MISSION, "property": ox.NamedNode(DEF + "ledBy"), "value": MISSION, "record": record},
        ],
        "mission",
    )
    assert found.said[DEF + "year"][0].passages == (own.value,)
    assert found.said[DEF + "destination"][0].passages == (passage.value,)
    assert found.said[DEF + "ledBy"][0].passages == ()


def test_things_of_another_kind_are_left_out_of_the_list() -> None:
    event = ox.NamedNode(ID + "event/e")
    assert items_of([{"thing": event, "property": DESTINATION, "value": MISSION}], "mission") == ()


def test_keys_of_addresses_lead_back_to_their_things() -> None:
    for iri in (ID + "territory/idn", DEF + "Treaty"):
        assert iri_of(key_of(iri)) == iri
    assert iri_of("2025") == iri_of("none") == ""


def test_words_are_found_without_their_accents_and_capitals() -> None:
    assert folded("Israël") == "israel"
