"""The stored questions as examples."""

from collections import Counter

import pytest
from playwright.sync_api import expect
from pyoxigraph import NamedNode, Store

from browser.visit import Visit
from tradegraph.files import Project
from tradegraph.queries import StoredQuery
from tradegraph.store import Asker
from tradegraph.web.examples import Example, choices_query, examples, parameter_name

OWN = Project.own()
ALL = examples(StoredQuery.read(path) for path in OWN.query_files("questions"))
WITH_PARAMETERS = [one for one in ALL.values() if one.query.parameters]


def test_every_question_is_an_example_and_many_have_parameters() -> None:
    assert len(ALL) == len(OWN.query_files("questions")) > 140
    assert len(WITH_PARAMETERS) > 60


@pytest.mark.parametrize("example", WITH_PARAMETERS, ids=lambda example: example.number)
def test_the_text_with_values_answers_as_the_query_with_bound_variables(
    example: Example, release_dataset: Store
) -> None:
    asker = Asker(release_dataset)
    bound = {one.name: NamedNode(one.default) for one in example.query.parameters}
    expected = Counter(row.terms for row in asker.rows(example.query.text, bound))
    assert Counter(row.terms for row in asker.rows(example.text("nl", {}))) == expected


@pytest.mark.parametrize("example", WITH_PARAMETERS, ids=lambda example: example.number)
def test_the_default_of_a_parameter_is_one_of_its_choices(example: Example, release_dataset: Store) -> None:
    for one in example.query.parameters:
        rows = Asker(release_dataset).rows(choices_query(one, "nl"))
        assert NamedNode(one.default) in [row["thing"] for row in rows]
        assert parameter_name(one).nl != one.name or parameter_name(one).en != one.name, (
            f"name {one.name} in both languages"
        )


def test_words_find_an_example_whatever_their_accents(visit: Visit) -> None:
    page = visit.open("/nl/sparql")
    page.get_by_role("searchbox", name="Zoek in").fill("indonesie mou")
    expect(page.locator(".example-list li:visible")).to_have_count(1)
    page.locator(".example-list li:visible a").click()
    page.wait_for_selector("html[data-ready]", state="attached")
    expect(page.locator(".example-card")).to_contain_text("Q018")
    assert len(visit.rows()) == 2


def test_another_choice_gives_another_answer(visit: Visit) -> None:
    page = visit.open("/en/sparql?question=Q039")
    before = visit.rows()
    page.get_by_label("Mission", exact=True).select_option(label="economic mission to Saudi Arabia, 2025")
    page.get_by_role("button", name="Show").click()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert "id/mission/2025-saudi-arabia> }" in visit.written()
    assert visit.rows() != before


def test_an_example_is_edited_like_any_query(visit: Visit) -> None:
    page = visit.open("/en/sparql?question=Q018")
    visit.write("ASK {}")
    visit.run()
    expect(page.get_by_test_id("boolean")).to_have_text("Yes")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nl/sparql?question=Q999", "There is no question “Q999”."),
        ("/nl/sparql?question=Q018&p.mission=nonsense", "is not the IRI of a thing"),
        ("/nl/sparql?colour=red", "There is no parameter “colour”."),
        ("/nl/sparql?question=Q018&question=Q019", "more than once"),
    ],
)
def test_an_address_that_is_wrong_is_told_so(visit: Visit, path: str, said: str) -> None:
    visit.page.goto(visit.home + path)
    expect(visit.page.locator("main")).to_contain_text(said)
