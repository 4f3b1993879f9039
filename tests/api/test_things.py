"""Things and relations for programs."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Store

from tradegraph.explore.relation_list import PAGE_SIZE
from tradegraph.namespaces import DEF, ID
from tradegraph.web.api.things import LIST_SIZE

MISSION = "mission/2025-06-indonesia"


@pytest.mark.parametrize("profile", ["evidence", "front-door"])
def test_a_thing_is_what_its_document_says_in_json_ld(visitor: FlaskClient, profile: str) -> None:
    thing = visitor.get(f"/api/things/{MISSION}?profile={profile}")
    assert thing.mimetype == "application/ld+json"
    assert thing.data == visitor.get(f"/doc/{MISSION}.jsonld?_profile={profile}").data
    assert thing.get_json(force=True)["id"] == ID + MISSION


def test_a_thing_comes_as_json_ld_whatever_a_browser_likes_best(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/api/things/{MISSION}", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.mimetype) == (200, "application/ld+json")


def test_who_has_a_thing_gets_a_304(visitor: FlaskClient) -> None:
    tag = visitor.get(f"/api/things/{MISSION}").headers["ETag"]
    assert visitor.get(f"/api/things/{MISSION}", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "named"),
    [
        ("/api/things/mission/2025-06-indonesi", 404, "2025-06-indonesia"),
        ("/api/things/ship", 404, "mission"),
        ("/api/things/mission?page=99", 404, "pages of"),
        ("/api/things/mission?page=0", 400, "from 1"),
        ("/api/things/mission?kind=x", 400, "page"),
        (f"/api/things/{MISSION}?profile=short", 400, "front-door"),
        ("/api/relations?thing=mission", 400, "kind/key"),
        ("/api/relations?thing=mission/2025-06-indonesi", 404, "2025-06-indonesia"),
        ("/api/relations?property=tg:leadBy", 404, "ledBy"),
        ("/api/relations?property=a b", 400, "tg:ledBy"),
        (f"/api/relations?thing={MISSION}&direction=up", 400, "out or in"),
        ("/api/relations?page=99999", 404, "pages of"),
    ],
)
def test_what_is_not_there_or_cannot_be_says_what_can(
    visitor: FlaskClient, address: str, status: int, named: str
) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert named in answer.get_json()["remedy"] + answer.get_json()["detail"]


def test_the_pages_of_a_kind_hold_each_thing_once(visitor: FlaskClient, release_dataset: Store) -> None:
    address, found, total = "/api/things/passage", [], 0
    while address:
        page = visitor.get(address).get_json()
        total = page["total"]
        assert len(page["things"]) <= LIST_SIZE
        found += [one["iri"] for one in page["things"]]
        address = page["next"]
    subjects = {quad.subject.value for quad in release_dataset if isinstance(quad.subject, NamedNode)}
    assert found == sorted(set(found))
    assert len(found) == total
    assert set(found) == {iri for iri in subjects if iri.startswith(ID + "passage/") and "#" not in iri}


def test_things_have_names_in_both_languages(visitor: FlaskClient) -> None:
    listed = visitor.get("/api/things/mission").get_json()
    (one,) = [one for one in listed["things"] if one["key"] == "2025-06-indonesia"]
    assert one["label"] == {
        "nl": "economische missie naar Indonesië, 2025",
        "en": "economic mission to Indonesia, 2025",
    }
    assert listed["label"]["nl"] == "missies"


def test_a_derived_relation_brings_its_rule_records_and_passages(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/api/relations?thing={MISSION}&property=tg:destination").get_json()
    (relation,) = [one for one in answer["relations"] if one["subject"]["key"] == "2025-06-indonesia"]
    assert relation["object"]["iri"] == ID + "territory/idn"
    assert relation["derived"] is True
    assert relation["rule"] == ID + "rule/destination"
    assert relation["records"]
    assert relation["passages"][0]["locator"]["nl"]
    assert relation["passages"][0]["document"]["iri"].startswith(ID + "document/")


def test_a_relation_that_stands_in_the_facts_brings_the_passage_of_its_subject(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/relations?property=tg:answers").get_json()
    assert {one["derived"] for one in answer["relations"]} == {False}
    assert all(one["passages"] for one in answer["relations"])


def test_relations_out_and_in_together_are_all_of_a_thing(visitor: FlaskClient) -> None:
    def triples(direction: str) -> list[str]:
        query = {"thing": "territory/idn", **({"direction": direction} if direction else {})}
        listed = visitor.get("/api/relations", query_string=query).get_json()["relations"]
        return [repr((one["subject"]["iri"], one["property"]["iri"], one["object"])) for one in listed]

    assert sorted(triples("out") + triples("in")) == sorted(triples(""))
    assert triples("in")


def test_the_pages_of_relations_hold_each_relation_once(visitor: FlaskClient, release_dataset: Store) -> None:
    address, found = "/api/relations?property=tg:inSector", []
    while address:
        page = visitor.get(address).get_json()
        assert len(page["relations"]) <= PAGE_SIZE
        found += [(one["subject"]["iri"], one["object"]["iri"]) for one in page["relations"]]
        address = page["next"]
    quads = release_dataset.quads_for_pattern(None, NamedNode(DEF + "inSector"), None)
    stated = {(quad.subject.value, quad.object.value) for quad in quads}  # type: ignore[union-attr]  # IRIs
    assert len(found) == len(set(found)) > PAGE_SIZE
    assert set(found) == stated


def test_years_are_values_and_no_things(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/api/relations?thing={MISSION}&property=year").get_json()
    assert answer["relations"][0]["object"]["value"] == "2025"


def test_without_a_thing_all_properties_are_counted(visitor: FlaskClient) -> None:
    counts = visitor.get("/api/relations").get_json()["counts"]
    assert len(counts) > 40
    assert sum(one["count"] for one in counts) == visitor.get("/api/relations").get_json()["total"]
