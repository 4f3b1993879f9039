"""A key that is no longer in use: where the thing is now, or why it was withdrawn."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from releases.conftest import Calendar, client_of, members, put_dataset
from small_project import SmallProject
from tradegraph.checks.queries import run_checks
from tradegraph.errors import FactError
from tradegraph.facts import read_facts
from tradegraph.graph import Dataset, assemble
from tradegraph.queries import StoredQuery
from tradegraph.release import ReleaseFolder

ROW = {"deprecated": "true", "since": "2026-03-01", "reason_nl": "Twee keer hetzelfde.", "reason_en": "The same twice."}
HTML = {"Accept": "text/html"}


def made(small: SmallProject) -> Dataset:
    return assemble(small.project, read_facts(small.project))


def found_wrong(small: SmallProject) -> list[str]:
    check = StoredQuery.read(small.project.root / "queries" / "checks" / "moved_keys.rq")
    return [violation.check for violation in run_checks(made(small).store, [check])]


@pytest.fixture
def moves(small: SmallProject) -> SmallProject:
    """`person/janssen` is `person/jansen` now, and `person/nobody` was withdrawn."""
    small.add("persons.csv", {"key": "jansen", "label_nl": "Jansen", "label_en": "Jansen"})
    small.add("moved.csv", ROW | {"key": "person/janssen", "replaced_by": "person/jansen"})
    small.add("moved.csv", ROW | {"key": "person/nobody"})
    return small


@pytest.fixture
def moved_site(moves: SmallProject, folder: ReleaseFolder) -> Iterator[FlaskClient]:
    dataset = made(moves)
    yield from client_of(put_dataset(ReleaseFolder(folder.root, Calendar()), dataset.nquads, dataset.store))


def test_a_moved_thing_answers_with_its_new_address_for_good(moved_site: FlaskClient) -> None:
    for path, target in {
        "/id/person/janssen": "/id/person/jansen",
        "/doc/person/janssen.ttl?_profile=evidence": "/doc/person/jansen.ttl?_profile=evidence",
        "/nl/person/janssen": "/nl/person/jansen",
        "/en/person/janssen?page=2": "/en/person/jansen?page=2",
    }.items():
        response = moved_site.get(path)
        assert (response.status_code, response.headers["Location"]) == (301, target)
    assert moved_site.get("/id/person/janssen.ttl", follow_redirects=True).status_code == 200


def test_a_withdrawn_thing_answers_410_and_why(moved_site: FlaskClient) -> None:
    for path in ("/id/person/nobody", "/doc/person/nobody.ttl", "/nl/person/nobody"):
        problem = moved_site.get(path)
        assert (problem.status_code, problem.mimetype) == (410, "application/problem+json")
        assert (members(problem)["detail"], members(problem)["detail_nl"]) == (ROW["reason_en"], ROW["reason_nl"])
        assert members(problem)["withdrawn"] == "2026-03-01"


def test_a_browser_gets_a_page_that_says_why_in_its_language(moved_site: FlaskClient) -> None:
    dutch, english = (moved_site.get(f"/{language}/person/nobody", headers=HTML) for language in ("nl", "en"))
    assert dutch.status_code == english.status_code == 410
    assert ROW["reason_nl"] in dutch.text
    assert "1 maart 2026" in dutch.text
    assert ROW["reason_en"] in english.text
    assert ROW["reason_en"] in moved_site.get("/id/person/nobody", headers=HTML | {"Accept-Language": "en"}).text


def test_other_things_are_not_touched(moved_site: FlaskClient) -> None:
    assert moved_site.get("/id/person/jansen.ttl").status_code == 303
    assert moved_site.get("/id/person/unknown.ttl").status_code == 404


def test_a_key_that_moves_twice_leads_to_where_it_is_now(small: SmallProject, folder: ReleaseFolder) -> None:
    """The check asks for the last step, but an older release may still have both."""
    small.add("persons.csv", {"key": "c", "label_nl": "C", "label_en": "C"})
    small.add("moved.csv", ROW | {"key": "person/a", "replaced_by": "person/b"})
    small.add("moved.csv", ROW | {"key": "person/b", "replaced_by": "person/c"})
    dataset = made(small)
    for client in client_of(put_dataset(folder, dataset.nquads, dataset.store)):
        assert client.get("/id/person/a").headers["Location"] == "/id/person/c"
    assert found_wrong(small) == ["moved_keys"]


def test_the_project_as_it_is_passes_the_check(moves: SmallProject) -> None:
    assert found_wrong(moves) == []


def test_an_old_key_may_not_be_in_use_any_more(small: SmallProject) -> None:
    small.add("persons.csv", {"key": "jansen", "label_nl": "Jansen", "label_en": "Jansen"})
    small.add("moved.csv", ROW | {"key": "person/jansen"})
    with pytest.raises(FactError, match=r"data/moved.csv:2: key 'person/jansen' is already in data/persons.csv:2"):
        made(small)


def test_the_new_key_must_be_there(small: SmallProject) -> None:
    small.add("moved.csv", ROW | {"key": "person/janssen", "replaced_by": "person/jansen"})
    with pytest.raises(FactError, match=r"data/moved.csv:2: replaced_by: there is no person 'jansen'"):
        made(small)


def test_a_row_that_says_it_is_not_deprecated_is_found(small: SmallProject) -> None:
    small.add("moved.csv", ROW | {"key": "person/janssen", "deprecated": "false"})
    assert found_wrong(small) == ["moved_keys"]


def test_the_release_says_why_in_both_languages(moves: SmallProject) -> None:
    lines = [line for line in made(moves).nquads.decode().splitlines() if "/id/person/nobody>" in line]
    assert any('"true"^^' in line and "owl#deprecated" in line for line in lines)
    assert sum("curationNote" in line for line in lines) == 2
