"""The page of a thing, for people, with nothing but HTML."""

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

MISSION = "mission/2025-06-indonesia"
PAGES = [
    MISSION,
    "territory/nld",
    "organisation/rvo",
    "agreement/nld-isr-customs",
    "statement/expo-visitor-rating",
    "participation/2025-japan-2-bz",
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
def page(visitor: FlaskClient, request: pytest.FixtureRequest) -> Page:
    answer = visitor.get(request.param)
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


def test_every_link_into_the_site_works(visitor: FlaskClient, page: Page) -> None:
    own = sorted({link.partition("#")[0] for link in page.links if link.startswith("/")})
    assert own
    # The query page runs its query; it is tested elsewhere.
    for link in [one for one in own if "/sparql" not in one][:20]:
        answer = visitor.get(link, headers={"Accept": "text/html, */*;q=0.1"}, buffered=True)
        assert answer.status_code in (200, 303), link


def test_both_languages_say_the_same_thing_in_their_own_words(visitor: FlaskClient) -> None:
    dutch, english = visitor.get(f"/nl/{MISSION}").text, visitor.get(f"/en/{MISSION}").text
    assert "<h1>economische missie naar Indonesië, 2025</h1>" in dutch
    assert "bestemming" in dutch
    assert "Indonesië</a>" in dutch
    assert "Bronnen" in dutch
    assert "destination" in english
    assert "Indonesia</a>" in english
    assert "Sources" in english


def test_a_long_list_is_cut_and_leads_to_all_of_it(visitor: FlaskClient) -> None:
    first = Page(visitor.get("/en/territory/nld?property=tg:about").text)
    second = Page(visitor.get("/en/territory/nld?property=tg:about&page=2").text)
    things = [{link for link in one.links if link.startswith("/en/observation/")} for one in (first, second)]
    assert len(things[0] | things[1]) > 100
    assert not things[0] & things[1]
    assert "/en/territory/nld?property=tg%3Aabout&page=2" in first.links


def test_a_page_names_its_other_forms(visitor: FlaskClient) -> None:
    text = visitor.get(f"/nl/{MISSION}").text
    assert f'<link rel="alternate" type="text/turtle" href="/doc/{MISSION}.ttl">' in text
    assert f'<link rel="alternate" type="application/ld+json" href="/doc/{MISSION}.jsonld">' in text
    assert f'<link rel="alternate" hreflang="en" href="/en/{MISSION}">' in text


def test_a_derived_relation_is_called_what_it_says(visitor: FlaskClient) -> None:
    listed = Page(visitor.get(f"/en/{MISSION}?property=rdf:subject").text)
    relation = next(link for link in listed.links if "/en/relation/" in link)
    assert re.search(r"<h1>[^<]+ → [^<]+ → [^<]+</h1>", visitor.get(relation).text)
