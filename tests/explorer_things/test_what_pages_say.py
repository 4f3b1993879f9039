"""What the documents say, what they leave open, and how we know: each shown as what it is."""

import json
import re

import pytest
from flask.testing import FlaskClient

from explorer_things.conftest import Ask, part, source, words_of
from tradegraph.namespaces import ID

INDONESIA = "mission/2025-06-indonesia"


def test_a_mission_says_in_a_sentence_when_and_where_it_went(page: Ask) -> None:
    assert "Deze economische missie ging in juni 2025" in words_of(page(f"/nl/{INDONESIA}"))
    assert "This economic mission went to Indonesia" in words_of(page(f"/en/{INDONESIA}"))


def test_a_planned_mission_did_not_go_yet(page: Ask) -> None:
    text = words_of(page("/en/mission/2026-spain"))
    assert "This economic mission is bound for Spain" in text
    assert "It is to be led by" in text


def test_a_leader_who_is_not_named_is_shown_in_the_words_of_the_document(page: Ask) -> None:
    table = part(page(f"/nl/{INDONESIA}"), "participations")
    leader = words_of(re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1])
    assert "missieleider" in leader
    assert "niet vermeld" in leader
    assert "“bewindspersoon”" in leader
    assert "niet vastgesteld" in leader


def test_a_date_that_differs_from_the_words_shows_both(page: Ask) -> None:
    assert "2026 as written: “voor het zomerreces”" in words_of(part(page("/en/mission/2026-spain"), "facts"))


def test_the_mark_of_a_derived_relation_leads_to_its_passage_and_its_rule(page: Ask) -> None:
    html = page(f"/en/{INDONESIA}")
    (row,) = re.findall(r'<dt><a class="term" href="/en/def#destination">.*?</dd>', html, re.DOTALL)
    numbers = re.findall(r'class="source-mark derived" href="#source-(\d+)"', row)
    assert numbers
    found = source(html, numbers[0])
    assert "/en/rule/destination" in found
    assert "/en/passage/" in found
    assert "/en/document/" in found


def test_a_figure_keeps_its_unit_its_words_of_degree_and_its_state(page: Ask) -> None:
    html = page(f"/nl/{INDONESIA}")
    figures = words_of(part(html, "figures"))
    assert "ten hoogste € 650.000.000 verwacht" in figures
    assert "at most €650,000,000 expected" in words_of(part(page(f"/en/{INDONESIA}"), "figures"))


def test_a_figure_that_nobody_has_says_why(page: Ask) -> None:
    figures = part(page("/en/negotiation/nld-gha-investment-protection"), "figures")
    assert re.search(r'<span class="fact gap"[^>]*>not answered', figures)


def test_two_places_that_disagree_are_both_shown_as_such(page: Ask) -> None:
    html = page("/en/mission-set/economic-2025")
    assert "source-mark disagree" in html
    assert "Contradiction" in words_of(part(html, "to-know"))


def test_what_a_document_says_is_absent_stands_under_what_is_good_to_know(page: Ask) -> None:
    html = part(page("/en/territory/isr"), "to-know")
    assert "No bilateral financial treaties apply between the Netherlands and Israel." in words_of(html)
    assert "known on 3 November 2025" in words_of(html)
    assert "source-mark" in html


def test_a_contradiction_is_told_once_with_the_places_of_both(page: Ask) -> None:
    html = part(page("/en/mission-set/economic-2025"), "to-know")
    told = [item for item in re.findall(r"<li>.*?</li>", html, re.DOTALL) if "para 5" in item or "paragraph 5" in item]
    assert len(told) == 1
    assert len(re.findall("source-mark disagree", told[0])) == 2


def test_two_things_in_a_sentence_are_joined_once(page: Ask) -> None:
    summary = words_of(page("/nl/organisation/eu").partition("<h2")[0])
    assert "Voert uit" in summary
    assert " en en " not in summary


def test_a_state_stands_in_time_where_it_was_known_and_says_so(page: Ask) -> None:
    strip = words_of(part(page("/nl/event/ep-juri-position-omnibus-1"), "time"))
    assert "13 oktober 2025 gebeurtenis" in strip
    assert "3 november 2025 bekend als: gehouden" in strip


def test_a_country_has_its_article_in_a_sentence_but_not_in_a_list(page: Ask) -> None:
    html = page("/en/agreement/nld-vnm-raw-materials")
    assert "between the Netherlands" in words_of(html.partition("<h2")[0])
    assert ">Netherlands</a>" in part(html, "facts")
    assert "het Ministerie van Financiën" in words_of(page("/nl/office/state-secretary-tax-customs"))


def test_what_is_known_from_the_date_of_the_document_gives_that_date(page: Ask) -> None:
    assert "2026 (date of the document)" in words_of(part(page(f"/en/{INDONESIA}"), "statuses"))


def test_a_figure_that_is_not_there_has_no_stage(page: Ask) -> None:
    figures = words_of(part(page("/nl/policy/esrs"), "figures"))
    assert "niet gemeten" in figures
    assert "verwacht" not in figures


def test_who_acts_for_another_office_is_not_said_to_hold_it(page: Ask) -> None:
    text = words_of(page("/en/person/c-veldkamp"))
    assert "Minister of Foreign Affairs in the Schoof cabinet." in text
    assert "Acting for: Minister for Foreign Trade and Development Aid." in text


def test_a_piece_of_evidence_says_what_it_is_about_where_it_stands_and_in_which_row(page: Ask) -> None:
    html = page("/en/statement/kst-36180-179-a37-handelsberaad-aim")
    assert "aim: Question list 36180-179, answer 37" in words_of(html.partition("</h1>")[0])
    facts = part(html, "facts")
    assert "/en/organisation/breed-handelsberaad" in facts
    assert "data/facts/statements.csv#key=kst-36180-179-a37-handelsberaad-aim" in facts
    assert '<span lang="nl">“vakbonden”</span>' in facts


def test_a_relation_that_a_document_denies_is_never_shown_as_one(page: Ask) -> None:
    html = page("/en/territory/isr")
    assert "priority markets" not in words_of(part(html, "sets"))
    assert re.search(r'<span class="fact gap"[^>]*>.*?priority markets.*?denied in the document', html)


def test_what_is_known_from_elsewhere_has_no_source_mark_and_says_so(page: Ask) -> None:
    html = page("/en/holding/klever-bho")
    assert "This is not in the documents" in words_of(html)
    assert "source-mark" not in part(html, "facts")


def test_a_member_of_a_set_stands_once_also_when_a_sub_set_names_it_too(page: Ask) -> None:
    rows = re.findall(r"<tr><td>(.*?)</td>", part(page("/en/grouping/combination-countries"), "members"), re.DOTALL)
    names = [words_of(re.sub(r'<span class="marks">.*', "", row, flags=re.DOTALL)) for row in rows]
    assert len(names) == len(set(names)) == 14


def test_an_agreement_says_whether_it_binds_or_that_it_is_not_stated(page: Ask) -> None:
    assert "Legally binding." in words_of(page("/en/agreement/nld-isr-customs"))
    unknown = page("/en/agreement/nld-jpn-action-plan")
    assert "The documents do not state whether it is legally binding." in words_of(unknown)
    assert '<span class="fact gap"' in part(unknown, "facts")


def test_a_long_list_is_cut_and_leads_to_all_of_it(page: Ask, visitor: FlaskClient) -> None:
    more = "/en/dataset/mission-statistics?property=qb:dataSet"
    assert "?property=qb:dataSet" in part(page("/en/dataset/mission-statistics"), "figures")
    first, second = page(more), page(more + "&page=2")
    things = [set(re.findall(r"/en/observation/[\w.-]+", one)) for one in (first, second)]
    assert all(things)
    assert not things[0] & things[1]
    assert visitor.get("/en/dataset/mission-statistics?property=qb:dataSet&page=99").status_code == 404


def test_the_drawing_leads_to_each_thing_by_name_and_says_how_it_is_related(page: Ask) -> None:
    drawing = part(page("/en/territory/jpn"), "connected")
    nodes = re.findall(r'<a href="(/en/[^"]+)"[^>]*aria-label="([^"]+)" data-testid="graph-node"', drawing)
    assert 2 <= len(nodes) <= 25
    assert all(": " in name for _, name in nodes)


def test_the_query_behind_each_part_can_be_opened(page: Ask) -> None:
    html = page(f"/nl/{INDONESIA}")
    assert "/nl/sparql?" in part(html, "participations")
    assert "VALUES+%3Fthing" in part(html, "participations")


def test_a_page_tells_search_engines_what_it_is_about(visitor: FlaskClient) -> None:
    text = visitor.get(f"/en/{INDONESIA}").text
    said = json.loads(text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert (said["@type"], said["@id"], said["startDate"]) == ("Event", ID + INDONESIA, "2025-06")
    assert said["location"] == [{"@type": "Place", "name": "Indonesia"}]


def test_a_page_that_the_client_has_is_not_sent_again(visitor: FlaskClient) -> None:
    tag = visitor.get(f"/nl/{INDONESIA}").headers["ETag"]
    assert visitor.get(f"/nl/{INDONESIA}", headers={"If-None-Match": tag}).status_code == 304
    assert visitor.get(f"/en/{INDONESIA}", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/en/mission/2025-06-indonesia?sort=name", 400, "property"),
        ("/en/mission/2025-06-indonesia?page=2", 400, "property"),
        ("/en/mission/2025-06-indonesia?property=tg:ledBy", 404, "tg:participationIn"),
        ("/en/mission/2025-06-indonesie", 404, "2025-06-indonesia"),
        ("/en/misson/2025-06-indonesia", 404, "mission/2025-06-indonesia"),
    ],
)
def test_what_is_not_there_says_what_is(visitor: FlaskClient, address: str, status: int, says: str) -> None:
    answer = visitor.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert says in answer.text
