"""Twenty-two things that people come for, each from the front page, within a number of clicks, on the real data.

A click is a link, a button, an option or a submit; typing is free. The table of what each took is in docs/usability.md.
"""

import json
import re
import urllib.parse
from pathlib import Path

import openpyxl
import pytest
import rdflib
from playwright.sync_api import Locator, Page, expect

from usability.person import Trying, opens_a_source

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def number_of(scripts: bool, number: str) -> str:
    """The task with scripts has its own number; without them it is part of task 17."""
    return number if scripts else f"17 ({number})"


def shown(target: Locator) -> int:
    """The number that stands in an element."""
    found = re.search(r"\d[\d.,]*", target.first.inner_text())
    assert found
    return int(re.sub(r"\D", "", found.group()))


def search(page: Page) -> Locator:
    return page.get_by_test_id("search")


def stands_in_the_graph(page: Page, home: str, text: str) -> bool:
    query = f"ASK {{ VALUES ?text {{ {json.dumps(text)} {json.dumps(text)}@nl {json.dumps(text)}@en }} ?s ?p ?text }}"
    address = f"{home}/sparql?{urllib.parse.urlencode({'query': query})}"
    answer = page.request.get(address, headers={"Accept": "application/sparql-results+json"})
    return bool(answer.json()["boolean"])


# 1, and 17 without scripts


@SCRIPTS
def test_a_journalist_finds_who_leads_the_mission_to_spain_and_reads_where_that_stands(
    trying: Trying, scripts: bool
) -> None:
    wish = "who leads the mission to Spain, in which office, and where does it stand"
    person = trying(number_of(scripts, "1"), "journalist", wish, clicks=3, scripts=scripts)
    page = person.starts_at("/nl/")
    search(page).fill("missie Spanje")
    person.submits(search(page))
    person.clicks_on(person.link("economische missie naar Spanje, 2026"))
    expect(page.get_by_role("heading", level=1)).to_have_text("economische missie naar Spanje, 2026")
    leader = page.get_by_role("row").filter(has_text="missieleider")
    expect(leader).to_contain_text("S.W. Sjoerdsma")
    expect(leader).to_contain_text("minister van Buitenlandse Handel en Ontwikkelingssamenwerking")
    source = opens_a_source(person, leader.get_by_test_id("source-mark"))
    expect(source.locator("mark").first).not_to_be_empty()
    expect(source.get_by_role("link", name="Missiebrief").first).to_be_visible()
    assert stands_in_the_graph(page, person.visit.home, source.locator("blockquote").inner_text())


# 2, and 17 without scripts


@SCRIPTS
def test_an_analyst_sees_what_connects_the_enterprise_agency_and_indonesia(trying: Trying, scripts: bool) -> None:
    wish = "what connects the Netherlands Enterprise Agency and Indonesia"
    person = trying(number_of(scripts, "2"), "analyst", wish, clicks=3, scripts=scripts)
    page = person.starts_at("/nl/")
    page.get_by_role("combobox", name="Wat verbindt").fill("Rijksdienst voor Ondernemend Nederland")
    page.get_by_role("combobox", name="en", exact=True).fill("Indonesië")
    person.clicks_on(page.get_by_role("button", name="Toon"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Indonesië")
    paths = page.get_by_test_id("path")
    assert paths.count() >= 1
    steps = page.get_by_test_id("path-step")
    for step in steps.all():
        assert step.get_by_test_id("source-mark").count() >= 1
    assert 2 <= page.get_by_test_id("graph-node").count() <= 40
    rows = page.get_by_test_id("steps").locator("tbody tr")
    assert rows.count() == steps.count()


# 3


def test_parliamentary_staff_list_the_questions_that_were_refused(trying: Trying) -> None:
    person = trying("3", "parliamentary staff", "which questions did the government refuse to answer", clicks=3)
    page = person.starts_at("/nl/")
    person.clicks_on(person.link("148 Kamervragen"))
    person.clicks_on(page.get_by_role("region", name="Hoe beantwoord").get_by_role("link", name="geweigerd"))
    questions = page.locator("main").get_by_test_id("fact")
    expect(page.get_by_test_id("rowcount")).to_have_text(str(questions.count()))
    assert questions.count() >= 5
    for question in questions.all():
        expect(question).to_contain_text("geweigerd")
    person.clicks_on(questions.first.get_by_role("link"))
    expect(page.get_by_role("heading", name="Het antwoord")).to_be_visible()


# 4


def test_parliamentary_staff_take_the_open_commitments_to_a_spreadsheet(trying: Trying, tmp_path: Path) -> None:
    wish = "which commitments to the House are still open, as CSV"
    person = trying("4", "parliamentary staff", wish, clicks=4)
    page = person.starts_at("/nl/")
    person.clicks_on(person.link("Alle soorten"))
    person.clicks_on(person.link("toezeggingen"))
    person.clicks_on(page.get_by_role("region", name="status").get_by_role("link", name="openstaand"))
    expect(page.get_by_role("link", name="Haal weg status: openstaand")).to_be_visible()
    stands = shown(page.get_by_test_id("rowcount"))
    file = person.downloads(page.get_by_test_id("export-csv"))
    file.save_as(tmp_path / "open.csv")
    lines = (tmp_path / "open.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len([line for line in lines if "/id/commitment/" in line]) == stands


# 5


def test_a_journalist_learns_that_a_financial_treaty_with_israel_does_not_exist(trying: Trying) -> None:
    person = trying("5", "journalist", "is there a bilateral financial treaty with Israel (there is none)", clicks=3)
    page = person.starts_at("/nl/")
    search(page).fill("financieel verdrag Israël")
    person.submits(search(page))
    absent = page.get_by_role("region", name="Bekend als afwezig").get_by_role("listitem").first
    expect(absent).to_contain_text("geen bilaterale financiële verdragen")
    expect(absent).to_contain_text("3 november 2025")
    source = opens_a_source(person, absent.get_by_test_id("source-mark"))
    expect(source).to_contain_text("36180")
    expect(source.locator("blockquote")).to_contain_text("geen enkel bilateraal verdrag")


# 6, and 17 without scripts


@SCRIPTS
def test_an_analyst_takes_the_horticulture_missions_of_2025_to_a_spreadsheet(
    trying: Trying, tmp_path: Path, scripts: bool
) -> None:
    wish = "missions of 2025 in horticulture, as XLSX"
    person = trying(number_of(scripts, "6"), "analyst", wish, clicks=5, scripts=scripts)
    page = person.starts_at("/nl/")
    person.clicks_on(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Verkennen"))
    person.clicks_on(page.get_by_role("region", name="jaar").get_by_role("link", name="2025"))
    person.clicks_on(page.get_by_role("region", name="sector").get_by_role("link", name="tuinbouw"))
    expect(page.get_by_role("list", name="Filters die aan staan").get_by_role("link")).to_have_count(3)
    stands = shown(page.get_by_test_id("rowcount"))
    file = person.downloads(page.get_by_test_id("export-xlsx"))
    file.save_as(tmp_path / "missions.xlsx")
    book = openpyxl.load_workbook(tmp_path / "missions.xlsx")
    rows, about = book.worksheets[:2]
    assert rows.max_row - 1 == stands >= 2
    told = " ".join(str(cell) for row in about.iter_rows(values_only=True) for cell in row if cell)
    release = page.locator("footer code").inner_text()
    assert release in told
    assert "SELECT" in told


# 7


def test_an_analyst_learns_that_the_realised_export_value_of_missions_is_not_measured(trying: Trying) -> None:
    wish = "what exports did missions bring (it is not measured)"
    person = trying("7", "analyst", wish, clicks=3)
    page = person.starts_at("/en/")
    person.clicks_on(page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Figures"))
    person.clicks_on(person.link("realised export value"))
    expect(page.get_by_test_id("rowcount")).to_contain_text("not known")
    figure = page.get_by_test_id("fact").first
    expect(figure).to_contain_text("not measured")
    assert not re.search(r"€|\b0\b", figure.inner_text()), "a number that nobody measured"
    source = opens_a_source(person, figure.get_by_test_id("source-mark"))
    expect(source.locator("mark").first).to_have_text("wordt niet gemeten")


# 8


def test_a_fact_checker_sees_where_the_documents_contradict_each_other(trying: Trying) -> None:
    person = trying("8", "fact-checker", "where do the documents contradict each other", clicks=3)
    page = person.starts_at("/nl/")
    person.clicks_on(page.get_by_role("contentinfo").get_by_role("link", name="Kwaliteit"))
    person.clicks_on(page.locator("main").get_by_role("link", name=re.compile("spreken|spreekt")))
    stands = shown(page.get_by_test_id("rowcount"))
    pairs = page.get_by_role("listitem").filter(has=page.get_by_test_id("fact"))
    assert pairs.count() == stands >= 1
    sides = pairs.first.get_by_test_id("fact")
    expect(sides).to_have_count(2)
    assert sides.first.inner_text() != sides.last.inner_text()
    opens_a_source(person, sides.first.get_by_test_id("source-mark"))


# 9


# rdflib's own reader of JSON-LD uses what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:.*is deprecated, use Dataset:DeprecationWarning")
def test_a_developer_gets_the_same_triples_in_turtle_and_json_ld_from_an_identifier(trying: Trying) -> None:
    person = trying("9", "developer", "Turtle and JSON-LD of a thing from its identifier", clicks=0)
    page = person.starts_at("/en/")
    graphs = []
    for media_type, form in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        asked = page.request.get(
            person.visit.home + "/id/mission/2025-06-indonesia", headers={"Accept": media_type}, max_redirects=0
        )
        assert asked.status == 303
        there = urllib.parse.urlsplit(asked.headers["location"])
        answer = page.request.get(person.visit.home + there.path, headers={"Accept": media_type})
        assert answer.headers["content-type"].startswith(media_type)
        assert answer.headers["access-control-allow-origin"] == "*"
        graphs.append(rdflib.Graph().parse(data=answer.text(), format=form, publicID=answer.url))
    turtle, json_ld = graphs
    assert len(turtle) > 20
    assert set(turtle) == set(json_ld)


# 10


def test_a_policy_adviser_asks_a_question_again_for_another_country(trying: Trying, tmp_path: Path) -> None:
    wish = "a ready question, asked for another mission, as CSV"
    person = trying("10", "policy adviser", wish, clicks=5)
    page = person.starts_at("/en/")
    person.clicks_on(person.link("How many MoUs and other agreements were signed"))
    mission = page.get_by_role("combobox", name="Mission", exact=True)
    person.chooses(mission, "economic mission to Saudi Arabia, 2025")
    person.clicks_on(page.get_by_role("button", name="Show the answer"))
    expect(mission.locator("option:checked")).to_have_text("economic mission to Saudi Arabia, 2025")
    stands = page.get_by_test_id("rowcount").inner_text()
    rows = 0 if "no" in stands.lower() else shown(page.get_by_test_id("rowcount"))
    file = person.downloads(page.get_by_test_id("export-csv"))
    file.save_as(tmp_path / "answer.csv")
    assert len((tmp_path / "answer.csv").read_text(encoding="utf-8").splitlines()) - 1 == rows


# 11


def test_a_developer_writes_a_query_with_completion_and_without_a_mouse(trying: Trying) -> None:
    person = trying("11", "developer", "a query with completion, by keyboard alone", clicks=0)
    page = person.starts_at("/en/sparql")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * WHERE { ?mission tg:led", delay=20)
    option = page.locator(".cm-tooltip-autocomplete li").filter(has_text="tg:ledBy").first
    expect(option).to_contain_text("9")
    person.visit.complete("tg:ledBy")
    page.keyboard.type(" ?leader ", delay=10)
    person.visit.run()
    assert len(person.visit.rows()) == 9


# 12


def test_a_researcher_cites_a_mission_in_bibtex(trying: Trying, tmp_path: Path) -> None:
    person = trying("12", "researcher", "a reference to a mission, in BibTeX", clicks=4)
    page = person.starts_at("/en/")
    search(page).fill("Indonesia 2025 economic mission")
    person.submits(search(page))
    person.clicks_on(person.link("economic mission to Indonesia, 2025"))
    release = page.locator("footer code").inner_text()
    person.clicks_on(page.get_by_test_id("cite"))
    expect(page.get_by_test_id("cite-text").first).to_contain_text("economic mission to Indonesia, 2025")
    bibtex = page.get_by_role("link", name="BibTeX").first
    expect(bibtex).to_be_visible()
    text = page.request.get(person.visit.home + (bibtex.get_attribute("href") or "")).text()
    assert text.startswith("@")
    assert release in text
    assert "https://w3id.org/tradegraph/id/mission/2025-06-indonesia" in text


# 13


def test_anyone_sees_that_an_answer_was_cut_and_gets_more_of_it(trying: Trying) -> None:
    person = trying("13", "anyone", "an answer of more rows than the page shows", clicks=1)
    page = person.starts_at("/nl/sparql")
    page.wait_for_selector("html[data-ready]", state="attached")
    person.visit.write("PREFIX tg: <https://w3id.org/tradegraph/def#> SELECT * WHERE { ?fact tg:statedIn ?passage }")
    person.clicks_on(page.get_by_role("button", name="Uitvoeren"))
    page.wait_for_selector("[data-answer][aria-busy=false]", state="attached")
    expect(page.get_by_test_id("complete")).not_to_have_text(re.compile("^volledig", re.I))
    assert shown(page.get_by_test_id("rowcount")) == 1000
    address = page.get_by_test_id("export-csv").get_attribute("href") or ""
    lines = page.request.get(urllib.parse.urljoin(page.url, address)).text().splitlines()
    assert len(lines) >= 1001


# 14


def test_a_reader_on_a_telephone_goes_from_the_map_to_the_missions_to_japan(trying: Trying) -> None:
    person = trying("14", "reader on a telephone", "missions to Japan, from the map", clicks=3, width=375)
    page = person.starts_at("/nl/")
    person.clicks_on(page.get_by_role("link", name=re.compile(r"^Kaart van alle \d+ missies")))
    person.clicks_on(page.get_by_role("link", name=re.compile(r"^Japan")))
    expect(page.get_by_role("list", name="Filters die aan staan")).to_contain_text("Japan")
    assert shown(page.get_by_test_id("rowcount")) >= 10
    assert page.evaluate("() => document.documentElement.scrollWidth") == 375


# 15


def test_someone_who_does_not_see_the_picture_walks_the_graph_through_the_list(trying: Trying) -> None:
    person = trying("15", "screen-reader user", "neighbours of Indonesia without the picture", clicks=4)
    page = person.starts_at("/nl/")
    search(page).fill("Indonesië")
    person.submits(search(page))
    person.clicks_on(person.link("Indonesië", exact=True))
    person.clicks_on(person.link("Open in de graaf"))
    aside = page.locator("[data-part=list]")
    group = aside.locator("details").filter(has=page.get_by_role("heading", name="bestemming"))
    expect(group).to_have_attribute("open", "")
    person.clicks_on(group.get_by_role("link", name="economische missie naar Indonesië, 2025", exact=True))
    expect(page.locator("main h1, main [data-part=list] h2").first).to_contain_text("economische missie naar Indonesië")
    page.go_back()
    for control in page.locator("main").locator("a, button, input, select, summary").all():
        name = control.evaluate("one => (one.getAttribute('aria-label') ?? one.textContent + (one.title ?? '')).trim()")
        assert name, control.evaluate("one => one.outerHTML")
    stops = page.locator("svg.network").locator("a:not([tabindex='-1']), [tabindex='0']")
    expect(stops).to_have_count(1)


# 16


def test_an_entrepreneur_finds_what_smes_can_use_and_who_runs_it(trying: Trying) -> None:
    person = trying("16", "entrepreneur", "which instruments are for SMEs, and who runs one", clicks=3)
    page = person.starts_at("/nl/")
    person.clicks_on(person.link("instrumenten"))
    person.clicks_on(page.get_by_role("region", name="voor wie").get_by_role("link", name="mkb"))
    results = page.locator("main").get_by_role("heading", level=2).get_by_role("link")
    stands = shown(page.get_by_test_id("rowcount"))
    assert stands >= 2
    person.clicks_on(results)
    expect(page.get_by_role("region", name="Kenmerken")).to_contain_text("uitvoering door")
    assert page.get_by_test_id("source").count() >= 1


# 18


def test_an_english_reader_of_a_dutch_page_changes_language_and_stays_where_they_are(trying: Trying) -> None:
    person = trying("18", "English reader", "the same list in English, filters kept", clicks=2)
    page = person.starts_at("/nl/mission/?country=territory/jpn&year=2025")
    before = shown(page.get_by_test_id("rowcount"))
    person.clicks_on(page.get_by_test_id("lang-switch").get_by_role("link", name="English"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    there = urllib.parse.urlsplit(page.url)
    assert there.path == "/en/mission/"
    assert dict(urllib.parse.parse_qsl(there.query)) == {"country": "territory/jpn", "year": "2025"}
    assert shown(page.get_by_test_id("rowcount")) == before
    person.clicks_on(person.link("high-tech and digitalisation mission to Japan, May 2025"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("high-tech")
    page.wait_for_load_state()
    written = page.get_by_test_id("source").locator("q")
    assert written.count() >= 1
    for words in written.all():
        expect(words).to_have_attribute("lang", "nl")


# 19


def test_an_editor_embeds_the_map_and_the_source_stays_on_it(trying: Trying) -> None:
    person = trying("19", "web editor", "the map of missions on a page of their own", clicks=2)
    page = person.starts_at("/nl/")
    person.clicks_on(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Kaart"))
    person.clicks_on(page.locator("summary").filter(has_text="Insluiten"))
    snippet = page.get_by_test_id("embed").get_by_role("textbox").first
    expect(snippet).to_be_visible()
    tag = snippet.input_value()
    found = re.search(r'src="([^"]+)"', tag)
    assert found
    assert 'title="' in tag
    address = urllib.parse.urlsplit(found.group(1).replace("&amp;", "&"))
    answer = page.goto(f"{person.visit.home}{address.path}?{address.query}")
    assert answer
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    expect(page.locator("main")).to_contain_text("Bron: ")
    expect(person.link("Meer op tradegraph")).to_be_visible()


# 20


def test_a_fact_checker_reads_an_answer_sentence_by_sentence_next_to_what_was_read_from_it(trying: Trying) -> None:
    person = trying("20", "fact-checker", "answer 5 of the list of questions, sentence by sentence", clicks=4)
    page = person.starts_at("/nl/")
    person.clicks_on(person.link("Vragenlijst 36180-179").or_(person.link("lijst van vragen en antwoorden")))
    contents = page.get_by_role("navigation", name="Inhoud")
    person.clicks_on(contents.get_by_role("link", name="vraag 5 over financiële verdragen met Israël"))
    part = page.get_by_role("region", name="vraag 5 over financiële verdragen met Israël")
    expect(part).to_be_in_viewport()
    expect(part).to_contain_text("bestaat niet")
    person.clicks_on(part.get_by_role("heading").get_by_role("link"))
    sentences = page.get_by_role("region", name="Zin voor zin").get_by_role("listitem")
    answer = sentences.filter(has_text="geen enkel bilateraal verdrag").first
    person.clicks_on(answer.locator("summary").filter(has_text="1 feit"))
    expect(answer.get_by_role("link", name="geen bilaterale financiële verdragen")).to_be_visible()


# 21


def test_a_modeller_goes_from_a_fact_to_the_meaning_of_its_relation_and_its_rule(trying: Trying) -> None:
    person = trying("21", "modeller", "what “led by” means, and by which rule it is derived", clicks=4)
    page = person.starts_at("/nl/")
    search(page).fill("hightech- en digitaliseringsmissie")
    person.submits(search(page))
    person.clicks_on(person.link("hightech- en digitaliseringsmissie naar Japan"))
    person.clicks_on(page.get_by_role("term").get_by_role("link", name="geleid door"))
    meaning = (
        page.get_by_role("article")
        .filter(has_text="tg:ledBy")
        .filter(has=page.get_by_role("heading", name="geleid door"))
    )
    expect(meaning).to_be_in_viewport()
    person.clicks_on(meaning.get_by_role("link", name="queries/relations/ledBy.rq"))
    expect(page.locator("main")).to_contain_text("con:role-mission-leader")


# 22


def test_someone_without_a_mouse_finds_a_minister_by_three_letters_and_arrow_keys(trying: Trying) -> None:
    person = trying("22", "keyboard user", "a minister, from a few letters of the name", clicks=1)
    page = person.starts_at("/en/")
    page.locator("html[data-scripts]").wait_for(state="attached")
    page.keyboard.press("Control+k")
    expect(search(page)).to_be_focused()
    page.keyboard.type("sjoer", delay=30)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(search(page)).to_have_attribute("aria-activedescendant", re.compile("."))
    person.submits(search(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("S.W. Sjoerdsma")
    expect(page.locator("main")).to_contain_text(re.compile("minister for Foreign Trade", re.I))


def test_there_are_twenty_two_tasks_and_three_of_them_also_without_scripts(request: pytest.FixtureRequest) -> None:
    tasks = [item.name for item in request.session.items if item.path == request.path]
    if any("::" in argument or argument == "-k" for argument in request.config.args) or request.config.option.keyword:
        pytest.skip("a selection of the tasks was asked for")
    assert len(tasks) - 1 == 21 + 3
