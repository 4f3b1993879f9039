"""Addresses of the site as files of its copy: no two share one, and every link is relative."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradegraph.web.archive_files import file_of, is_copied, links_in, relinked

HTML = "text/html"


@pytest.mark.parametrize(
    ("address", "media_type", "file"),
    [
        ("/nl/", HTML, "nl/index.html"),
        ("/nl/mission/2025-06-indonesia", HTML, "nl/mission/2025-06-indonesia.html"),
        ("/nl/mission/?page=2", HTML, "nl/mission/index,page=2.html"),
        ("/nl/mission/?format=csv", "text/csv", "nl/mission/index,format=csv.csv"),
        ("/doc/mission/2025-06-indonesia.ttl", "text/turtle", "doc/mission/2025-06-indonesia.ttl"),
        ("/static/vendor/codemirror-6.43.15.mjs", "text/javascript", "static/vendor/codemirror-6.43.15.mjs"),
        ("/context.jsonld", "application/ld+json", "context.jsonld"),
    ],
)
def test_an_address_has_a_file_that_any_server_sends_rightly(address: str, media_type: str, file: str) -> None:
    assert file_of(address, media_type) == file


@pytest.mark.parametrize(
    ("address", "copied"),
    [
        ("/nl/mission/", True),
        ("/nl/mission/?page=3", True),
        ("/doc/mission/oslo.ttl", True),
        ("/nl/mission/?country=territory%2Fjpn", False),
        ("/nl/search?q=water", False),
        ("/nl/sparql", False),
        ("/sparql?query=ASK%7B%7D", False),
        ("/nl/connections", False),
        ("/healthz", False),
    ],
)
def test_what_only_a_living_site_can_answer_is_not_copied(address: str, copied: bool) -> None:
    assert is_copied(address) is copied


@given(st.lists(st.sampled_from(["/nl/mission/", "/nl/mission/a", "/en/mission/a", "/nl/mission/?page=2"]), min_size=2))
def test_different_addresses_have_different_files(addresses: list[str]) -> None:
    assert len({file_of(one, HTML) for one in addresses}) == len(set(addresses))


def test_links_are_those_within_the_site_without_fragments() -> None:
    html = '<a href="/nl/x#top"><a href="?page=2&amp;view=map"><a href="https://example.org/"><img src="/static/a.svg">'
    assert links_in(html, "/nl/mission/") == ["/nl/x", "/nl/mission/?page=2&view=map", "/static/a.svg"]


def test_links_become_relative_and_what_is_missing_leads_to_the_living_site_or_to_help() -> None:
    html = '<a href="/nl/mission/oslo#source-1"> <a href="/nl/search?q=a&amp;page=2">'
    files = {"/nl/mission/oslo": "nl/mission/oslo.html"}
    copied = relinked(html, "/nl/territory/nor", "nl/territory/nor.html", files.get, "")
    assert copied == '<a href="../mission/oslo.html#source-1"> <a href="../copy.html">'
    living = relinked(html, "/nl/territory/nor", "nl/territory/nor.html", files.get, "https://graph.example/")
    assert 'href="https://graph.example/nl/search?q=a&amp;page=2"' in living
