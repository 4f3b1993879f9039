"""Negotiation (RFC 9110, section 12.5.1) and settings."""

import pytest

from tradegraph.media_types import best, choose, formats_for
from tradegraph.settings import SETTINGS, SettingError, Settings


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "xml"),
        ("text/*", "csv"),
        ("text/*;q=0.9, text/csv;q=0, */*;q=0.1", "tsv"),
        ("application/json", "json"),
        ("application/xml;q=0.8, text/csv;q=0.7", "xml"),
        ("text/csv;q=0", None),
        ("image/png", None),
        ("text/csv;charset=iso-8859-1", None),
        ("nonsense, text/csv", "csv"),
        ("text/csv;q=high", None),
    ],
)
def test_the_most_wanted_format_is_chosen(accept: str | None, wanted: str | None) -> None:
    form = choose(accept, formats_for("bindings"))
    assert (form.name if form else None) == wanted


def test_the_more_specific_range_counts_and_not_the_higher_one() -> None:
    assert best("text/*;q=1, text/csv;q=0.1, application/json;q=0.5", ("text/csv", "application/json")) == (
        "application/json"
    )


def test_an_override_goes_before_the_environment_and_that_before_the_default() -> None:
    settings = Settings.load({"TRADEGRAPH_PORT": "9000", "TRADEGRAPH_THREADS": "3"}, {"port": 9001, "host": None})
    assert (settings.port, settings.threads, settings.host) == (9001, 3, "127.0.0.1")


@pytest.mark.parametrize("value", ["many", "0", "1.5"])
def test_a_setting_that_will_not_do_is_named(value: str) -> None:
    with pytest.raises(SettingError, match="TRADEGRAPH_QUERY_TIME_LIMIT_S"):
        Settings.load({"TRADEGRAPH_QUERY_TIME_LIMIT_S": value})


def test_every_setting_has_a_field_and_a_meaning_in_both_languages() -> None:
    settings = Settings.load({})
    assert [settings.value(row.name) for row in SETTINGS] == [row.default for row in SETTINGS]
    assert all(row.meaning_en and row.meaning_nl for row in SETTINGS)
