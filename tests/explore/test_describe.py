"""What is said of a thing, in both profiles, with its sources and with what points to it."""

import pytest
from pyoxigraph import NamedNode

from tradegraph.errors import NotFound
from tradegraph.explore.describe import describe, exists, kinds, list_incoming, suggest, thing_iri
from tradegraph.explore.reading import Reader
from tradegraph.namespaces import DEF, ID, PREFIXES

OSLO, NORWAY, FAR = f"{ID}mission/oslo", f"{ID}territory/nor", f"{ID}territory/far"
DESTINATION = f"{DEF}destination"


def test_the_front_door_has_the_direct_relations_with_names_and_no_evidence(reader: Reader) -> None:
    said = describe(reader, OSLO, "front-door")
    assert DESTINATION in said.properties()
    assert DEF + "missionType" not in said.properties()
    assert said.name(NORWAY) == {"en": "Norway", "nl": "Noorwegen"}
    assert said.sources() == ()


def test_the_evidence_has_every_property_and_the_passages(reader: Reader) -> None:
    said = describe(reader, OSLO, "evidence")
    assert {DEF + "missionType", DEF + "dateAsStated", DESTINATION} <= set(said.properties())
    (source,) = said.sources()
    assert source.locator == {"en": "section 1", "nl": "paragraaf 1"}
    assert source.paraphrase["nl"] == "Een missie gaat naar Oslo."
    assert source.document == f"{ID}document/letter"
    assert source.document_name == {"en": "Letter", "nl": "Brief"}


def test_a_direct_relation_leads_to_the_passage_it_was_read_in(reader: Reader) -> None:
    said = describe(reader, OSLO, "evidence")
    assert said.stated_in(DESTINATION, NORWAY) == (f"{ID}passage/letter-1",)
    assert said.stated_in(DESTINATION, FAR) == ()


def test_a_passage_comes_with_its_position(reader: Reader) -> None:
    said = describe(reader, f"{ID}passage/letter-1", "evidence")
    starts = [triple for triple in said.triples if triple.predicate == NamedNode(PREFIXES["oa"] + "start")]
    assert len(starts) == 1


def test_what_points_to_a_thing_is_grouped_and_counted(reader: Reader) -> None:
    (direct, other) = describe(reader, NORWAY, "evidence").incoming
    assert (direct.property, direct.count, direct.subjects, direct.direct) == (DESTINATION, 1, (OSLO,), True)
    assert (other.property, other.direct) == (PREFIXES["rdf"] + "object", False)


def test_the_front_door_shows_direct_relations_to_a_thing_only(reader: Reader) -> None:
    assert [group.property for group in describe(reader, NORWAY, "front-door").incoming] == [DESTINATION]


def test_of_many_things_that_point_here_a_hundred_are_shown_and_all_are_counted(reader: Reader) -> None:
    (group,) = describe(reader, FAR, "evidence").incoming
    assert (group.count, len(group.subjects)) == (250, 100)


def test_all_of_them_are_on_the_pages_each_once(reader: Reader) -> None:
    pages = [list_incoming(reader, FAR, DESTINATION, page).incoming[0].subjects for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [100, 100, 50]
    assert len({iri for page in pages for iri in page}) == 250


@pytest.mark.parametrize(("name", "page"), [(DESTINATION, 4), (DESTINATION, 0), (DEF + "ledBy", 1)])
def test_a_page_that_is_not_there_is_not_found(reader: Reader, name: str, page: int) -> None:
    with pytest.raises(NotFound):
        list_incoming(reader, FAR, name, page)


def test_a_thing_of_which_nothing_is_said_is_not_found(reader: Reader) -> None:
    assert exists(reader, OSLO)
    assert not exists(reader, f"{ID}mission/nowhere")
    with pytest.raises(NotFound):
        describe(reader, f"{ID}mission/nowhere", "evidence")


@pytest.mark.parametrize(
    ("kind", "key"), [("mission", "x> ?p ?o } #"), ("mission", ""), ("Mission", "x"), ("a/b", "c")]
)
def test_no_text_gets_into_a_query_as_the_name_of_a_thing(kind: str, key: str) -> None:
    with pytest.raises(NotFound):
        thing_iri(kind, key)


def test_things_that_may_have_been_meant_are_suggested(reader: Reader) -> None:
    assert OSLO in suggest(reader, "mission", "osl")
    assert NORWAY in suggest(reader, "country", "nor")
    assert suggest(reader, "mission", '") } #') == ()


def test_the_kinds_are_the_folders_of_the_things(reader: Reader) -> None:
    assert kinds(reader) == ("mission", "passage", "relation", "territory")
