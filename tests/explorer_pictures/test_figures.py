"""Figures as people read them, and which of them can be drawn together."""

from decimal import Decimal

import pyoxigraph as ox
import pytest

from tradegraph.explore import figures as f
from tradegraph.explore.figures import CONCEPT, Figure, Group, groups
from tradegraph.languages import Language
from tradegraph.namespaces import DEF
from tradegraph.web.explorer.figure_words import amount_in_words


@pytest.mark.parametrize(
    ("number", "unit", "language", "expected"),
    [
        ("24000000", "eur", "nl", ("€ 24 miljoen", "€ 24.000.000")),
        ("24000000", "eur", "en", ("€24 million", "€24,000,000")),
        ("94900000000", "eur", "nl", ("€ 94,9 miljard", "€ 94.900.000.000")),
        ("1580773", "eur", "nl", ("€ 1.580.773", "")),
        ("0.51", "eur", "nl", ("€ 0,51", "")),
        ("-20", "percent", "nl", ("−20%", "")),
        ("-3.5", "eur", "en", ("−€3.5", "")),
        ("2", "ordinal", "en", ("place 2", "")),
        ("7.5", "furlong", "nl", ("7,5 furlong", "")),
    ],
)
def test_an_amount_loses_no_digit(number: str, unit: str, language: Language, expected: tuple[str, str]) -> None:
    assert amount_in_words(Decimal(number), unit, language, "furlong") == expected


def figure(key: str, value: str = "", year: str = "", **more: str) -> Figure:
    said: dict[str, tuple[ox.NamedNode | ox.Literal, ...]] = {f.UNIT: (ox.NamedNode(CONCEPT + "unit-eur"),)}
    if value:
        said[f.VALUE] = (ox.Literal(value),)
    if year:
        said[f.PERIOD] = (ox.Literal(year),)
    for name, iri in more.items():
        said[DEF + name] = (ox.NamedNode("https://example.org/" + iri),)
    return Figure("https://example.org/" + key, said)


def test_three_years_of_one_thing_are_a_line() -> None:
    assert Group("eur", tuple(figure(str(y), "1", str(y)) for y in (2021, 2022, 2023))).shape == "lines"


def test_three_years_of_three_things_are_bars() -> None:
    items = tuple(figure(str(y), "1", str(y), refThing=f"thing-{y}") for y in (2021, 2022, 2023))
    assert Group("eur", items).shape == "bars"


def test_two_figures_are_shown_as_numbers() -> None:
    assert Group("eur", (figure("a", "1"), figure("b", "2"))).shape == "cards"


def test_a_figure_that_only_repeats_another_is_not_drawn_twice() -> None:
    listed = groups([figure("a", "1"), figure("b", "1", restates="a")])
    assert [one.iri for group in listed for one in group.figures] == ["https://example.org/a"]


def test_a_missing_figure_stays_with_those_of_its_kind() -> None:
    missing = Figure("https://example.org/m", {f.REASON: (ox.NamedNode(CONCEPT + "missing-not-measured"),)})
    (group,) = groups([figure("a", "1"), missing])
    assert missing in group.figures
