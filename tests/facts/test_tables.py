"""Wrong rows are found, all at once, with file, line, what and what to do."""

import pytest

from small_project import SmallProject
from tradegraph.errors import FactError
from tradegraph.facts import Facts, read_facts

ORGANISATION = {"key": "rvo", "class": "GovernmentBody", "label_nl": "RVO", "label_en": "RVO"}
JAPAN = {"key": "jpn", "class": "Country", "label_nl": "Japan", "label_en": "Japan", "territory_type": "country"}


def findings(small: SmallProject) -> list[str]:
    with pytest.raises(FactError) as caught:
        read_facts(small.project)
    return [str(finding) for finding in caught.value.findings]


def test_the_real_tables_are_read_without_findings(facts: Facts) -> None:
    assert len(facts.rows) > 1000


def test_a_row_knows_where_it_stands_and_what_it_is_about(small: SmallProject) -> None:
    small.add("organisations.csv", ORGANISATION)
    (row,) = read_facts(small.project).of("organisations.csv")
    assert row.where == "data/organisations.csv:2"
    assert row.subject == "https://w3id.org/tradegraph/id/organisation/rvo"
    assert row.one("label_nl") == "RVO"
    assert row.one("short_name") is None


def test_an_empty_required_cell_is_found(small: SmallProject) -> None:
    small.add("organisations.csv", {**ORGANISATION, "label_en": ""})
    assert findings(small) == ["data/organisations.csv:2: label_en is empty. This column must have a value."]


def test_a_bad_date_is_found(small: SmallProject) -> None:
    small.add("cabinets.csv", {"key": "schoof", "label_nl": "a", "label_en": "a", "valid_from": "2025-02-30"})
    (finding,) = findings(small)
    assert finding.startswith("data/cabinets.csv:2: valid_from: '2025-02-30' is not valid")


@pytest.mark.parametrize("month", ["2025", "2025-13", "juni"])
def test_a_bad_month_is_found(small: SmallProject, month: str) -> None:
    small.add(
        "facts/mission_sets.csv", {"key": "a", "label_nl": "a", "label_en": "a", "event_month": month, "passages": "p"}
    )
    assert any("event_month" in finding for finding in findings(small))


def test_a_class_that_the_table_does_not_allow_is_found(small: SmallProject) -> None:
    small.add("organisations.csv", {**ORGANISATION, "class": "GovernmentBodyX"})
    assert any("class" in finding for finding in findings(small))


def test_a_key_that_stands_twice_is_found_even_across_tables(small: SmallProject) -> None:
    small.add("territories.csv", JAPAN)
    small.add("territories.csv", JAPAN)
    (finding,) = findings(small)
    assert finding == "data/territories.csv:3: key 'jpn' is already in data/territories.csv:2. Give it another key."


def test_an_unknown_column_is_found(small: SmallProject) -> None:
    path = small.path("persons.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("family_name", "surname"), encoding="utf-8")
    (finding,) = findings(small)
    assert finding == "data/persons.csv:1: unknown column 'surname'. data/README.md lists the columns."


def test_a_row_that_is_too_short_is_found(small: SmallProject) -> None:
    small.text("periods.csv", "2020-2021,only two\n")
    (finding,) = findings(small)
    assert finding.startswith("data/periods.csv:2: 2 cells where the header has 5.")


def test_a_missing_file_is_found(small: SmallProject) -> None:
    small.path("periods.csv").unlink()
    assert findings(small) == ["data/periods.csv:1: the file is missing. Add it, with only a header if it has no rows."]


def test_bytes_that_are_not_utf8_are_found(small: SmallProject) -> None:
    small.path("periods.csv").write_bytes(b"key,\xe9\n")
    (finding,) = findings(small)
    assert "not UTF-8" in finding


def test_white_space_around_a_value_is_found(small: SmallProject) -> None:
    small.add("organisations.csv", {**ORGANISATION, "label_nl": "RVO "})
    (finding,) = findings(small)
    assert "white space" in finding


def test_all_findings_are_reported_at_once(small: SmallProject) -> None:
    small.add("organisations.csv", {**ORGANISATION, "label_nl": ""})
    small.add("territories.csv", {**JAPAN, "iso_alpha3": "JP"})
    assert len(findings(small)) == 2
