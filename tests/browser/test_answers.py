"""Answers: shown, counted, sorted, cut, shared, taken away."""

import csv
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from browser.visit import Visit, Visiting

HEAD = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX tg: <https://w3id.org/tradegraph/def#>\n"
MISSIONS = HEAD + "SELECT ?mission ?year WHERE { ?mission a tg:Mission ; tg:year ?year } ORDER BY ?mission"
COUNTRIES = HEAD + 'SELECT ?name WHERE { ?c a tg:Country ; rdfs:label ?name FILTER(LANG(?name) = "nl") }'
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_things_have_their_names_in_the_language_of_the_page_and_lead_on(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write(
        HEAD + "SELECT ?c WHERE { VALUES ?c { <https://w3id.org/tradegraph/id/territory/idn> } ?c a tg:Country }"
    )
    visit.run()
    assert visit.rows() == [["Indonesië"]]
    page.get_by_role("link", name="Indonesië", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Indonesië")


def test_the_count_is_stated_and_whether_that_is_all(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    visit.write(MISSIONS)
    page.locator("select[name=rows]").select_option("100")
    visit.run()
    expect(page.get_by_test_id("rowcount")).to_have_text(f"{len(visit.rows())} rows")
    expect(page.get_by_test_id("complete")).to_have_text("complete")


def test_an_answer_that_is_cut_says_so_and_its_downloads_are_not(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write("SELECT ?s WHERE { ?s ?p ?o } LIMIT 150")
    page.locator("select[name=rows]").select_option("100")
    visit.run()
    expect(page.get_by_test_id("complete")).to_have_text("niet volledig")
    expect(page.get_by_test_id("rowcount")).to_have_text("100 rijen")
    with page.expect_download() as waiting:
        page.get_by_test_id("export-csv").click()
    assert waiting.value.suggested_filename == "answer.csv"
    with Path(waiting.value.path()).open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 151


@pytest.mark.parametrize("open_as", ["run", "link"])
def test_a_head_sorts_up_and_then_down(visit: Visit, open_as: str) -> None:
    page = visit.open("/nl/sparql" if open_as == "run" else f"/nl/sparql?query={quote(COUNTRIES)}")
    if open_as == "run":
        visit.write(COUNTRIES)
        visit.run()
    page.get_by_role("button", name="name").click()
    up = [row[0] for row in visit.rows()]
    page.get_by_role("button", name="name").click()
    down = [row[0] for row in visit.rows()]
    assert up[0] < up[-1]
    assert down == up[::-1]
    expect(page.locator(".answer th")).to_have_attribute("aria-sort", "descending")


def test_numbers_are_sorted_as_numbers(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write("SELECT ?n WHERE { VALUES ?n { 10 9 100 } }")
    visit.run()
    page.get_by_role("button", name="n", exact=True).click()
    assert visit.rows() == [["9"], ["10"], ["100"]]


def test_many_rows_come_in_pages(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write("SELECT ?s WHERE { ?s ?p ?o } LIMIT 450")
    visit.run()
    assert len(visit.rows()) == 200
    page.get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Volgende").click()
    assert len(visit.rows()) == 50
    expect(page.get_by_text("Rij 401 tot en met 450 van 450")).to_be_visible()


def test_yes_and_no_are_words(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write("ASK { ?s ?p ?o }")
    visit.run()
    expect(page.get_by_test_id("boolean")).to_have_text("Ja")


def test_triples_come_as_turtle(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    visit.write("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3")
    visit.run()
    expect(page.locator("pre.graph")).to_contain_text(" a ")
    expect(page.get_by_test_id("export-jsonld")).to_be_visible()


def test_no_rows_is_said_and_is_no_no(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    visit.write("SELECT * WHERE { ?s <https://example.org/none> ?o }")
    visit.run()
    expect(page.get_by_test_id("rowcount")).to_have_text("No rows")
    expect(page.locator(".none")).to_contain_text("not a “no”")


def test_markup_in_the_data_stays_text(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    visit.write("SELECT ?x ?y WHERE { VALUES (?x ?y) { ('<img src=x onerror=alert(1)>' <javascript:alert(1)>) } }")
    visit.run()
    assert visit.rows() == [["<img src=x onerror=alert(1)>", "javascript:alert(1)"]]
    expect(page.locator(".answer td a")).to_have_count(0)
    page.reload()
    assert visit.rows() == [["<img src=x onerror=alert(1)>", "javascript:alert(1)"]]


def test_a_query_can_be_stopped(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write(ENDLESS)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#problem")).to_contain_text("Gestopt")
    visit.write("ASK {}")
    visit.run()
    expect(page.get_by_test_id("boolean")).to_have_text("Ja")


def test_the_address_of_the_page_is_a_link_to_query_and_answer(visit: Visit, visiting: Visiting) -> None:
    page = visit.open("/nl/sparql")
    visit.write(MISSIONS)
    visit.run()
    shown = visit.rows()
    address = urlsplit(page.url)
    assert parse_qs(address.query)["query"] == [MISSIONS]
    other = visiting()
    other.open(f"{address.path}?{address.query}")
    assert other.rows() == shown
    assert other.written() == MISSIONS


def test_the_link_is_copied(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("/en/sparql")
    visit.write(MISSIONS)
    visit.run()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url


def test_going_back_goes_to_the_query_before(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    for text in ("ASK { ?s ?p ?o }", "ASK {}"):
        visit.write(text)
        visit.run()
    page.go_back()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert visit.written() == "ASK { ?s ?p ?o }"


def test_switching_the_language_keeps_the_query(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write(MISSIONS)
    visit.run()
    page.get_by_test_id("lang-switch").get_by_role("link", name="English").click()
    page.wait_for_selector("html[data-ready][lang=en]", state="attached")
    assert visit.written() == MISSIONS
    assert "labels=en" in page.url


TRICKY = HEAD + 'SELECT ?m ("say \\"\\\\d\'" AS ?said) WHERE { ?m a tg:EconomicMission } # `${1}` )"\n'


@pytest.mark.parametrize("query", [MISSIONS, TRICKY, "ASK {}", "CONSTRUCT WHERE { ?s a ?c } LIMIT 5"])
@pytest.mark.parametrize("tongue", ["python", "curl", "javascript"])
def test_the_program_that_is_shown_runs_and_gets_the_same_answer(visit: Visit, query: str, tongue: str) -> None:
    page = visit.open("/en/sparql")
    visit.write(query)
    visit.run()
    page.get_by_text("As code").click()
    page.locator("[data-code-language]").select_option(tongue)
    program = page.locator("[data-code-text]").inner_text()
    commands = {
        "python": [sys.executable, "-"],
        "curl": ["bash", "-s"],
        "javascript": ["node", "--input-type=module", "-"],
    }
    said = subprocess.run(commands[tongue], input=program, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    if query == MISSIONS:
        assert said.stdout.count("tradegraph/id/mission/") == len(visit.rows())
    if query == TRICKY:
        assert "say " in said.stdout
