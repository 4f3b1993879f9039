"""Dutch numbers and dates are read as they are meant."""

from decimal import Decimal

import pytest

from tradegraph.checks.numbers import stated_dates, stated_numbers, stated_scales


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ruim 29 miljoen", "29000000"),
        ("Meer dan 1,2 miljoen bezoekers", "1200000"),
        ("9.545", "9545"),
        ("22,7%", "22.7"),
        ("ruim 360.000", "360000"),
        ("€2,5 miljoen", "2500000"),
        ("8,3 miljard", "8300000000"),
        ("tien economische missies", "10"),
        ("Ruim driekwart", "75"),
        ("vier op de vijf", "80"),
        ("36e editie", "36"),
        ("250.000 euro", "250000"),
        ("factor 1,6", "1.6"),
        ("-0,2%", "-0.2"),
        ("7.1%", "7.1"),
        ("51,1 eurocent", "0.511"),
        ("rond de tweehonderd gesprekken", "200"),
        ("ruim een kwart", "25"),
        ("meer dan 1/3", "33.33"),
        ("2024-2025", "2024"),
    ],
)
def test_the_value_is_among_the_stated_numbers(text: str, value: str) -> None:
    assert Decimal(value) in set(stated_numbers(text))


def test_a_text_names_the_scales_in_which_its_table_counts() -> None:
    assert stated_scales("in EUR miljard") == {Decimal(1), Decimal(1_000_000_000)}
    assert stated_scales("in procenten") == {Decimal(1)}


def test_a_number_that_is_not_stated_is_not_read() -> None:
    assert Decimal("29") in set(stated_numbers("ruim 29 miljoen"))
    assert Decimal("2900000") not in set(stated_numbers("ruim 29 miljoen"))


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("22 april 2025", [(2025, 4, 22)]),
        ("juni 2025", [(2025, 6, None)]),
        ("21 mei", [(None, 5, 21)]),
        ("van 13 april tot en met 13 oktober 2025", [(None, 4, 13), (2025, 10, 13)]),
        ("in 2026", [(2026, None, None)]),
    ],
)
def test_dates_are_read_as_far_as_they_go(text: str, dates: list[tuple[int | None, ...]]) -> None:
    assert list(stated_dates(text)) == dates
