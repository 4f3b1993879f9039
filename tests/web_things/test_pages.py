"""The page of a thing, for people, with nothing but HTML."""

import json
import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from tradegraph.namespaces import ID

MISSION = "mission/2025-06-indonesia"
PAGES = [
    MISSION,
    "territory/nld",
    "document/kst-36180-179",
    "concept/sector-water",
    "scheme/sector",
    "passage/kst-36180-179-a67-3",
    "question/kst-36180-179-114",
]


class Page(HTMLParser):
    """Collects what the tests ask of a page: its links, identifiers and headings, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.references: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if given.get("aria-labelledby"):
            self.references.append(str(given["aria-labelledby"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.fixture(scope="module", params=[f"/{language}/{path}" for path in PAGES for language in ("nl", "en")])
def page(site: FlaskClient, request: pytest.FixtureRequest) -> Page:
    answer = site.get(request.param)
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    return Page(answer.text)


def test_headings_start_with_one_h1_and_skip_no_level(page: Page) -> None:
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))


def test_identifiers_are_unique_and_what_is_referred_to_is_there(page: Page) -> None:
    assert len(set(page.ids)) == len(page.ids)
    inside = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert inside | set(page.references) <= set(page.ids)


def test_every_link_into_the_site_works(site: FlaskClient, page: Page) -> None:
    own = sorted({link.partition("#")[0] for link in page.links if link.startswith("/")})
    assert own
    # The query page runs its query; it is tested elsewhere.
    for link in [one for one in own if "/sparql" not in one][:20]:
        answer = site.get(link, headers={"Accept": "text/html, */*;q=0.1"}, buffered=True)
        assert answer.status_code in (200, 303), link


def test_both_languages_say_the_same_thing_in_their_own_words(site: FlaskClient) -> None:
    dutch, english = site.get(f"/nl/{MISSION}").text, site.get(f"/en/{MISSION}").text
    assert "<h1>economische missie naar Indonesië, 2025</h1>" in dutch
    assert "bestemming" in dutch
    assert "Indonesië</a>" in dutch
    assert "Bronnen" in dutch
    assert "destination" in english
    assert "Indonesia</a>" in english
    assert "Sources" in english


def test_a_relation_shows_the_source_that_it_was_read_from(site: FlaskClient) -> None:
    text = site.get(f"/nl/{MISSION}").text
    (item,) = re.findall(r"<li><a href=\"/nl/territory/idn\">.*?</li>", text)
    (first, *_) = re.findall(r"href=\"#(source-\d+)\"", item)
    note = text.partition(f'<li id="{first}">')[2].partition("</li>")[0]
    assert "/nl/passage/" in note
    assert "/nl/document/" in note


def test_a_long_list_is_cut_and_leads_to_all_of_it(site: FlaskClient) -> None:
    text = site.get("/en/territory/nld").text
    assert '<a href="?property=tg:about">' in text
    first = Page(site.get("/en/territory/nld?property=tg:about").text)
    second = Page(site.get("/en/territory/nld?property=tg:about&page=2").text)
    things = [{link for link in one.links if link.startswith("/en/observation/")} for one in (first, second)]
    assert len(things[0] | things[1]) > 100
    assert not things[0] & things[1]
    assert "?property=tg:about&page=2" in first.links


def test_a_page_names_its_other_forms(site: FlaskClient) -> None:
    text = site.get(f"/nl/{MISSION}").text
    assert f'<link rel="alternate" type="text/turtle" href="/doc/{MISSION}.ttl">' in text
    assert f'<link rel="alternate" type="application/ld+json" href="/doc/{MISSION}.jsonld">' in text
    assert f'<link rel="alternate" hreflang="en" href="/en/{MISSION}">' in text


def test_a_page_tells_search_engines_what_it_is_about(site: FlaskClient) -> None:
    text = site.get(f"/en/{MISSION}").text
    said = json.loads(text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert (said["@type"], said["@id"], said["startDate"]) == ("Event", ID + MISSION, "2025-06")
    assert said["location"] == [{"@type": "Place", "name": "Indonesia"}]


def test_a_derived_relation_is_called_what_it_says(site: FlaskClient) -> None:
    listed = Page(site.get(f"/en/{MISSION}?property=rdf:subject").text)
    relation = next(link for link in listed.links if "/en/relation/" in link)
    assert re.search(r"<h1>[^<]+ → [^<]+ → [^<]+</h1>", site.get(relation).text)
