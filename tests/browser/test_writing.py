"""Writing a query: what a person at the keyboard sees."""

import re

from playwright.sync_api import expect

from browser.visit import Visit, Visiting

PREFIX = "PREFIX tg: <https://w3id.org/tradegraph/def#>\n"
MISSIONS = PREFIX + "SELECT ?mission WHERE { ?mission a tg:EconomicMission }"
OPTIONS = ".cm-tooltip-autocomplete li"


def type_query(visit: Visit, text: str) -> None:
    visit.page.locator(".cm-content").focus()
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.type(text, delay=20)


def test_a_query_is_written_completed_and_run_with_the_keyboard_only(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('.editor')"):
            break
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?m ?l WHERE { ?m a tg:EconomicMission ; tg:led", delay=20)
    expect(page.locator(OPTIONS).filter(has_text="tg:ledBy")).to_contain_text(re.compile(r"geleid door · \d+×"))
    visit.complete("tg:ledBy")
    page.keyboard.type(" ?l")
    visit.run()
    assert len(visit.rows()) > 3


def test_completion_declares_the_prefix_of_what_it_inserts(visit: Visit) -> None:
    visit.open("/nl/sparql")
    type_query(visit, "SELECT * WHERE { ?m tg:ledB")
    visit.complete("tg:ledBy")
    assert visit.written().startswith(PREFIX + "SELECT * WHERE { ?m tg:ledBy")


def test_after_a_come_classes_and_elsewhere_properties(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    type_query(visit, "SELECT * WHERE { ?m a ")
    expect(page.locator(OPTIONS).filter(has_text="tg:Mission").first).to_be_visible()
    assert "tg:ledBy" not in page.locator(OPTIONS).all_inner_texts()
    type_query(visit, "SELECT * WHERE { ?m a tg:Mission ; ")
    expect(page.locator(OPTIONS).filter(has_text="tg:destination")).to_be_visible()


def test_properties_of_the_class_of_the_subject_come_first(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    type_query(visit, "SELECT * WHERE { ?h a tg:OfficeHolding ; ")
    expect(page.locator(OPTIONS).first).to_contain_text("rdf:type")
    first = [text.split("\n")[0] for text in page.locator(OPTIONS).all_inner_texts()[1:4]]
    vocabulary = page.evaluate("() => fetch('/api/vocabulary').then((answer) => answer.json())")
    domains = {term["name"]: term.get("domain", []) for term in vocabulary["properties"]}
    assert any("tg:OfficeHolding" in domains[name] for name in first), first


def test_a_word_of_a_label_finds_its_property(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    type_query(visit, "SELECT * WHERE { ?m bestem")
    expect(page.locator(OPTIONS).first).to_contain_text("tg:destination")


def test_values_of_a_code_list_are_offered_for_its_property(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    type_query(visit, "SELECT * WHERE { ?m tg:missionType e")
    expect(page.locator(OPTIONS).first).to_contain_text("con:mission-type-")


def test_a_thing_is_found_by_its_name_where_a_thing_is_expected(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    type_query(visit, "SELECT * WHERE { ?m tg:destination indones")
    visit.complete("Indonesië")
    assert visit.written().count("<https://w3id.org/tradegraph/id/territory/idn>") == 1
    expect(page.locator(OPTIONS)).to_have_count(0)


def test_nothing_is_offered_inside_a_comment_or_a_text(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    type_query(visit, '# tg:led\nSELECT * WHERE { ?m rdfs:label "tg:led')
    page.wait_for_timeout(400)
    expect(page.locator(OPTIONS)).to_have_count(0)


def test_an_error_is_shown_with_its_line_and_underlined(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write(PREFIX + "SELECT * WHERE {\n    ?m a tgx:Mission .\n}")
    visit.run()
    expect(page.locator("#problem")).to_contain_text("Regel 3, teken 10")
    expect(page.locator("[data-testid=error-line] mark")).to_contain_text("tgx:Mission")
    expect(page.locator(".cm-lintRange-error")).to_have_text("tgx:Mission")
    assert "tgx:Mission" in visit.written()


def test_a_prefix_that_is_not_declared_is_added_on_a_click(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    visit.write("SELECT * WHERE { ?m a tg:Mission }")
    visit.run()
    page.get_by_role("button", name="Add PREFIX tg:").click()
    page.wait_for_selector("[data-testid=complete]")
    assert visit.written().startswith(PREFIX)
    expect(page.locator("#problem")).to_have_count(0)


def test_a_misspelt_term_is_noticed_while_writing_with_what_was_meant(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write(PREFIX + "SELECT * WHERE { ?m a tg:Mision }")
    expect(page.locator("[data-notices]")).to_contain_text("Bedoelde u tg:Mission")
    expect(page.locator(".cm-lintRange-warning")).to_have_text("tg:Mision")


def test_tab_leaves_the_editor(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    before = visit.written()
    page.locator(".cm-content").click()
    page.keyboard.press("Tab")
    expect(page.locator("[data-run]")).to_be_focused()
    assert visit.written() == before


def test_a_plain_text_field_can_be_chosen_and_stays_chosen(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    page.get_by_label("Gewoon tekstvak").check()
    page.get_by_role("textbox", name="Zoekvraag").fill(MISSIONS)
    visit.run()
    assert len(visit.rows()) > 10
    visit.open("/nl/sparql")
    expect(page.locator("textarea#query")).to_be_visible()


def test_the_cheat_sheet_finds_words_and_inserts_them_with_their_prefix(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    visit.write("SELECT * WHERE { ?s ")
    page.get_by_text("Spiekbrief").click()
    page.get_by_role("searchbox", name="Zoek een woord").fill("bestemm")
    page.get_by_title("Voeg tg:destination in").click()
    assert visit.written() == PREFIX + "SELECT * WHERE { ?s tg:destination"


def test_what_was_asked_is_remembered_here_until_it_is_wiped(visit: Visit) -> None:
    page = visit.open("/en/sparql")
    visit.write(MISSIONS)
    visit.run()
    visit.open("/en/sparql")
    page.get_by_text("Asked before").click()
    page.locator(".history-list button").click()
    assert visit.written() == MISSIONS
    page.get_by_label("Remember my queries in this browser").uncheck()
    assert page.evaluate("() => localStorage.getItem('tradegraph.history')") is None


def test_the_chosen_theme_stays(visiting: Visiting) -> None:
    visit = visiting(scheme="light")
    page = visit.open("/en/")
    page.get_by_role("button", name="Light or dark").click()
    visit.open("/en/sparql")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 28)"
