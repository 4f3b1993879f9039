"""The same pages in a browser without JavaScript: everything that matters is there."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from browser.visit import Visit, Visiting

QUERY = "PREFIX tg: <https://w3id.org/tradegraph/def#>\nSELECT ?m WHERE { ?m a tg:EconomicMission }"


@pytest.fixture
def visit(visiting: Visiting) -> Visit:
    return visiting(scripts=False)


def test_the_form_gives_a_table_with_names_and_count(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    page.get_by_role("textbox", name="Zoekvraag").fill(QUERY)
    page.get_by_label("Namen bij IRI’s tonen").check()
    page.get_by_role("button", name="Uitvoeren").click()
    expect(page.get_by_test_id("complete")).to_have_text("volledig")
    expect(page.get_by_role("link", name="economische missie naar Indonesië, 2025")).to_be_visible()
    expect(page.get_by_role("textbox", name="Zoekvraag")).to_have_value(QUERY)


def test_after_an_error_the_query_and_its_line_are_there(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    page.get_by_label("Query").fill("SELECT * WHERE {\n  ?m a tgx:Mission\n}")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#problem")).to_contain_text("Line 2, character 8")
    expect(page.get_by_test_id("error-line")).to_contain_text("tgx:Mission")
    expect(page.get_by_label("Query")).to_have_value("SELECT * WHERE {\n  ?m a tgx:Mission\n}")


def test_a_format_can_be_chosen(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    page.get_by_label("Query").fill(QUERY)
    page.locator("select[name=format]").select_option("tsv")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Run").click()
    assert waiting.value.path().read_text(encoding="utf-8").startswith("?m")


def test_a_question_has_choices(visit: Visit) -> None:
    page = visit.open("/nl/sparql?question=Q018")
    expect(page.locator("tbody tr").first).to_contain_text("650000000")
    page.get_by_label("Missie", exact=True).select_option(label="economische missie naar Italië, 2025")
    page.get_by_role("button", name="Toon").click()
    expect(page.locator("#query")).to_contain_text("id/mission/2025-italy")


def test_nothing_is_shown_that_needs_scripts(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    for name in ("Stop", "Kopieer link", "Licht of donker", "Wis de lijst"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


def test_a_dataset_named_in_the_address_stays_with_the_query(visit: Visit) -> None:
    graph = "https://w3id.org/tradegraph/graph/concepts"
    query = "ASK { ?mission a <https://w3id.org/tradegraph/def#Mission> }"
    page = visit.open("/en/sparql?" + urlencode({"query": query, "default-graph-uri": graph}))
    expect(page.get_by_test_id("boolean")).to_have_text("No")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_test_id("boolean")).to_have_text("No")


def test_the_language_switch_keeps_the_query(visit: Visit) -> None:
    page = visit.open("/nl/sparql?labels=nl&query=ASK+%7B%7D")
    page.get_by_test_id("lang-switch").get_by_role("link", name="English").click()
    expect(page.get_by_test_id("boolean")).to_have_text("Yes")
    assert page.url.endswith("/en/sparql?labels=en&query=ASK+%7B%7D")
