"""Every thing has a page, in both languages, with words and not with identifiers."""

import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from explorer_things.conftest import Ask, words_of
from tradegraph.explore.kinds import KINDS
from tradegraph.web.explorer.things import DESIGNS

RECORDS = sorted(key for key, kind in KINDS.items() if kind.layer == "evidence")
SAMPLE = 12


def test_every_kind_of_thing_has_a_design_or_a_page_of_its_own_elsewhere() -> None:
    documents = {"document", "document-part", "document-version", "question", "answer", "passage"}
    elsewhere = documents | {"observation", "concept"}
    assert {key for key, kind in KINDS.items() if kind.layer == "thing"} - elsewhere == set(DESIGNS)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", [*DESIGNS, *RECORDS])
def test_a_page_has_one_heading_says_something_and_speaks_in_words(
    kind: str, language: str, things: Mapping[str, list[str]], page: Ask
) -> None:
    paths = things[kind]
    chosen = paths if kind in DESIGNS else paths[:: max(len(paths) // SAMPLE, 1)]
    assert chosen
    for path in chosen:
        html = page(f"/{language}/{path}")
        assert html.count("<h1") == 1, path
        assert 'data-testid="fact"' in html, path
        text = words_of(html)
        assert not re.search(r"\bNone\b|\bthings_\w+|\(inverse\)|\(omgekeerd\)|\bFact\(", text), path
        labels = re.findall(r"<(?:dt|h[1-3])[^>]*>(.*?)</(?:dt|h[1-3])>", html)
        assert labels
        for label in labels:
            assert not re.match(r"\s*([a-z-]+:[a-zA-Z]+\s*$|https?://|<http)", words_of(label)), (path, label)


def test_identifiers_are_unique_and_what_is_referred_to_is_there(page: Ask) -> None:
    for path in ("mission/2025-06-indonesia", "territory/nld", "agreement/nld-isr-customs", "organisation/rvo"):
        html = page(f"/nl/{path}")
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(set(ids)) == len(ids), path
        asked = set(re.findall(r'href="#([^"]+)"', html)) | set(re.findall(r'aria-labelledby="([^"]+)"', html))
        assert asked <= set(ids), path


@pytest.mark.parametrize("kind", DESIGNS)
def test_every_link_from_the_first_thing_of_a_kind_leads_somewhere(
    kind: str, things: Mapping[str, list[str]], page: Ask, visitor: FlaskClient
) -> None:
    path = things[kind][0]
    found = {link.partition("#")[0] for link in re.findall(r'href="([^"#][^"]*)"', page(f"/en/{path}"))}
    own = sorted(link.replace("&amp;", "&") for link in found if link.startswith("/"))
    assert own
    # The query page runs its query; it is tested elsewhere.
    for link in [one for one in own if "/sparql" not in one][:40]:
        answer = visitor.get(link, headers={"Accept": "text/html, */*;q=0.1"}, buffered=True)
        assert answer.status_code < 400, link
