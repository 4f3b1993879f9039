"""What changed, for people, for programs and for feed readers."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
import rdflib
from flask.testing import FlaskClient

from releases.conftest import NEWER, OLDER, client_of, members, put
from tradegraph.release import ReleaseFolder
from tradegraph.web.publishing import shelf

ATOM = "{http://www.w3.org/2005/Atom}"
HTML = {"Accept": "text/html"}


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def alone(folder: ReleaseFolder) -> Iterator[FlaskClient]:
    """A site with one release, as in a fresh checkout."""
    yield from client_of(put(folder, OLDER))


def test_the_page_says_in_words_what_came_went_and_changed(site: FlaskClient, newer: str) -> None:
    english, dutch = (words(site.get(f"/{language}/changes/{newer}").text) for language in ("en", "nl"))
    assert "4 statements added, 4 removed." in english
    assert all(part in english for part in ("New: 1 mission.", "Gone: 1 mission.", "Changed: 1 mission."))
    assert all(part in dutch for part in ("Nieuw: 1 missie.", "Weg: 1 missie.", "Gewijzigd: 1 missie."))


def test_a_correction_shows_what_was_and_what_is(site: FlaskClient, newer: str) -> None:
    page = words(site.get(f"/en/changes/{newer}?kind=mission&how=changed").text)
    assert re.search(r"in year corrected Was 2024 Is 2025", page)


def test_a_thing_that_is_gone_has_its_name_and_no_link(site: FlaskClient, newer: str) -> None:
    page = site.get(f"/en/changes/{newer}?kind=mission&how=removed").text
    assert "<del>Chile</del>" in page
    assert "/en/mission/chile" not in page


def test_a_new_thing_leads_to_its_page(site: FlaskClient, newer: str) -> None:
    assert 'href="/en/mission/kenya"' in site.get(f"/en/changes/{newer}?kind=mission&how=added").text


def test_any_two_releases_can_be_compared(site: FlaskClient, older: str, newer: str) -> None:
    listed = members(site.get(f"/changes/{older}?from={newer}"))
    assert [(one["thing"].rpartition("/")[2], one["how"]) for one in listed["things"]] == [
        ("chile", "added"),
        ("kenya", "removed"),
        ("japan", "changed"),
    ]


def test_programs_get_json_or_turtle(site: FlaskClient, older: str, newer: str) -> None:
    assert members(site.get(f"/changes/{newer}"))["from"] == older
    turtle = site.get(f"/changes/{newer}", headers={"Accept": "text/turtle"})
    assert len(rdflib.Graph().parse(data=turtle.data, format="turtle")) > 20
    page = site.get(f"/changes/{newer}?from={older}", headers=HTML | {"Accept-Language": "nl"})
    assert page.headers["Location"] == f"/nl/changes/{newer}?from={older}"


def test_the_first_release_says_that_it_is(site: FlaskClient, older: str) -> None:
    page = words(site.get(f"/en/changes/{older}").text)
    assert "The first release here" in page
    assert "nothing to compare with" in page
    assert members(site.get(f"/changes/{older}")) == {"from": None, "to": older, "things": []}


def test_a_fresh_checkout_has_one_release_and_pages_that_say_so(alone: FlaskClient) -> None:
    assert "De eerste uitgave hier" in words(alone.get("/nl/changes").text)
    assert len(ElementTree.fromstring(alone.get("/nl/feed.atom").data).findall(f"{ATOM}entry")) == 1
    page = words(alone.get("/nl/data").text)
    assert "Er zijn hier nog geen bestanden" in page
    assert "tradegraph export" in page


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("kind=mission&how=moved", 400, "There are: added, removed, changed."),
        ("kind=person", 400, "of kind: mission."),
        ("kind=mission&how=added&page=2", 404, "There are 1 pages."),
        ("page=0", 400, "whole number from 1"),
        ("sort=name", 400, "This page knows: from, kind, how, page."),
        ("from=nonsense", 404, "There are: "),
    ],
)
def test_what_cannot_be_shown_is_refused_with_what_can(
    query: str, status: int, said: str, site: FlaskClient, newer: str
) -> None:
    problem = site.get(f"/en/changes/{newer}?{query}")
    assert problem.status_code == status
    assert said in members(problem)["remedy"]


def test_a_release_is_not_compared_with_itself(site: FlaskClient, newer: str) -> None:
    assert site.get(f"/changes/{newer}?from={newer}").status_code == 400


def test_releases_too_large_to_compare_on_request_name_the_command(
    older: str, newer: str, folder: ReleaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "LARGEST_COMPARED", 10)
    put(folder, OLDER)
    for large in client_of(put(folder, NEWER)):
        problem = large.get(f"/changes/{newer}")
        assert problem.status_code == 503
        assert f"tradegraph diff {older} {newer}" in members(problem)["remedy"]
        assert re.search(r"From \d+ to \d+ statements\.", words(large.get("/en/changes").text))


def test_the_page_of_changes_lists_every_release_the_newest_first(site: FlaskClient, older: str, newer: str) -> None:
    page = site.get("/en/changes").text
    assert page.index(f"<code>{newer}</code>", page.index("<main")) < page.index(f"<code>{older}</code>")
    assert "2 March 2026" in page
    history = members(site.get("/changes"))["history"]
    assert [(one["release"], one["previous"]) for one in history] == [(newer, older), (older, None)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_feed_has_what_rfc_4287_asks_for(language: str, placed: FlaskClient) -> None:
    response = placed.get(f"/{language}/feed.atom")
    assert response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(response.data)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(one.findall(ATOM + name)) == 1
            assert str(one.findtext(ATOM + name)).strip()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(one.findtext(f"{ATOM}updated")))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated") == "2026-03-02T09:30:00Z"
    (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href") == f"https://graph.example/{language}/feed.atom"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2


def test_the_names_of_entries_do_not_depend_on_where_the_site_is(placed: FlaskClient, site: FlaskClient) -> None:
    names = [
        [entry.findtext(f"{ATOM}id") for entry in ElementTree.fromstring(client.get("/nl/feed.atom").data)]
        for client in (placed, site)
    ]
    assert names[0] == names[1]


def test_a_reader_of_feeds_is_led_to_that_in_its_language(site: FlaskClient) -> None:
    response = site.get("/feed.atom", headers={"Accept-Language": "en"})
    assert (response.status_code, response.headers["Location"]) == (302, "/en/feed.atom")


def test_a_page_is_made_again_when_a_release_has_come_beside_it(folder: ReleaseFolder) -> None:
    """The server keeps serving what it opened, but lists what is there."""
    first = put(folder, OLDER)
    for client in client_of(first):
        before = client.get("/en/changes")
        assert client.get("/en/changes", headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
        second = put(folder, NEWER)
        after = client.get("/en/changes", headers={"If-None-Match": before.headers["ETag"]})
        assert after.status_code == 200
        assert second.identifier in after.text
        assert client.get("/dump/latest/").headers["Location"] == f"/dump/{first.identifier}/"


def test_a_release_by_itself_is_the_first(folder: ReleaseFolder) -> None:
    """As with `serve --dataset`: it stands in no folder of releases."""
    release = put(folder, OLDER)
    moved = release.directory.rename(folder.root / "by-itself")
    alone = type(release).read(moved)
    for client in client_of(alone):
        assert "first release here" in words(client.get("/en/changes").text)
        assert members(client.get("/dump/"))["releases"][0]["files"] is None
        assert client.get(f"/dump/{alone.identifier}/README.txt").status_code == 404


@pytest.mark.parametrize("path", ["/data", "/changes"])
def test_pages_are_complete_in_both_languages(path: str, site: FlaskClient, newer: str) -> None:
    for language in ("nl", "en"):
        for full in (f"/{language}{path}", f"/{language}{path}/{newer}"):
            page = site.get(full).text
            assert f'<html lang="{language}">' in page
            assert "style=" not in page
            assert page.count("<h1>") == 1


def test_the_page_of_downloads_leads_to_every_kind_of_file(site: FlaskClient, newer: str) -> None:
    page = site.get("/en/data").text
    links = set(re.findall(rf'href="(/dump/{newer}/[^"]+)"', page))
    assert {f"/dump/{newer}/{name}" for name in ("tradegraph.xlsx", "tradegraph.nq.gz", "tradegraph.graphml")} <= links
    assert {site.head(link).status_code for link in links} == {200}
    files = site.get(f"/en/data/{newer}").text
    assert f"/dump/{newer}/csv/mission.csv" in files
    for link in set(re.findall(rf'href="(/dump/{newer}/[^"]+)"', files)):
        assert site.head(link).status_code == 200
