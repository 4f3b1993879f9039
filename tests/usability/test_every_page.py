"""Every kind of page, in both languages and colour schemes, on a wide and a very narrow screen, and without scripts.

A page is whole when it has its status, one heading of the first level, its language, no complaint of the browser,
nothing that runs off a narrow screen, and nothing serious that axe finds.
"""

import re
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Page

from browser.visit import Scheme, Visiting

_NARROW = 320
_LANGUAGES = ("nl", "en")
_RUNS_OFF = """
() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"))
    .map((one) => one.outerHTML.slice(0, 160)).slice(0, 5)
"""


@dataclass(frozen=True)
class Kind:
    """A kind of page, by one address; `sources` says that facts with a source stand on it."""

    path: str
    sources: bool = False
    status: int = 200

    def at(self, language: str) -> str:
        return self.path.format(language=language)


# Of long lists a part: the machine looks at every element, and the parts of a list are alike.
KINDS = (
    # finding
    Kind("/{language}/", sources=True),
    Kind("/{language}/search?q=Indonesi%C3%AB"),
    Kind("/{language}/search?q=xyzzy"),
    Kind("/{language}/kinds"),
    Kind("/{language}/mission/?country=territory%2Fjpn&year=2025", sources=True),
    Kind("/{language}/mission/?country=territory%2Fjpn&year=2025&view=timeline"),
    Kind("/{language}/mission/?country=territory%2Fjpn&year=2026&sector=concept%2Fsector-horticulture"),
    # things
    Kind("/{language}/mission/2025-06-indonesia", sources=True),
    Kind("/{language}/agreement/eu-usa-joint-statement", sources=True),
    Kind("/{language}/territory/idn", sources=True),
    Kind("/{language}/person/s-w-sjoerdsma", sources=True),
    Kind("/{language}/organisation/rvo", sources=True),
    Kind("/{language}/instrument/nfia-company-check", sources=True),
    Kind("/{language}/statement/kst-36180-179-a5-no-financial-treaties", sources=True),
    Kind("/{language}/observation/expo-counter-visits", sources=True),
    Kind("/{language}/mission/nowhere", status=404),
    # documents
    Kind("/{language}/document/?type=Report"),
    Kind("/{language}/document/bz2626864", sources=True),
    Kind("/{language}/document-version/bz2626864"),
    Kind("/{language}/document-part/bz2626864-s0"),
    Kind("/{language}/passage/kst-36180-179-a145-3"),
    Kind("/{language}/question/?disposition=concept%2Fanswer-disposition-refused"),
    Kind("/{language}/question/kst-36180-179-5", sources=True),
    # pictures and connections
    Kind("/{language}/statistics/"),
    Kind("/{language}/statistics/missions-held", sources=True),
    Kind("/{language}/map", sources=True),
    Kind("/{language}/timeline", sources=True),
    Kind("/{language}/connections"),
    Kind("/{language}/connections?from=organisation%2Frvo&to=territory%2Fidn", sources=True),
    Kind("/{language}/graph"),
    Kind("/{language}/graph?focus=territory%2Fidn", sources=True),
    Kind("/embed/{language}/map"),
    # questions and queries
    Kind("/{language}/questions/"),
    Kind("/{language}/questions/agreements-of-a-mission"),
    Kind("/{language}/sparql"),
    Kind("/{language}/api"),
    # reference and releases
    Kind("/{language}/def/ledBy"),
    Kind("/{language}/shapes"),
    Kind("/{language}/scheme/mission-type"),
    Kind("/{language}/concept/sector-horticulture"),
    Kind("/{language}/rule/ledBy", sources=True),
    Kind("/{language}/graph/bz2626864"),
    Kind("/{language}/data"),
    Kind("/{language}/changes"),
    Kind("/{language}/cite?of=%2Fnl%2Fmission%2F2025-06-indonesia"),
    Kind("/{language}/quality"),
    Kind("/{language}/quality/contradictions", sources=True),
    Kind("/{language}/coverage"),
    Kind("/{language}/about"),
    Kind("/{language}/mission/?colour=blue", status=400),
)
EVERY = pytest.mark.parametrize("kind", KINDS, ids=[kind.path.replace("/{language}", "") for kind in KINDS])


def findings(page: Page, **options: object) -> tuple[list[str], list[str]]:
    """What axe finds: the serious, and everything, each with its first place."""
    found = Axe().run(page, options={"resultTypes": ["violations"]} | options).response["violations"]
    told = [f"{one['impact']} {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
    return [one for one in told if one.startswith(("serious", "critical"))], told


@EVERY
def test_each_kind_of_page_is_whole_in_both_languages_light_and_dark_wide_and_narrow(
    visiting: Visiting, kind: Kind
) -> None:
    visit = visiting()
    page = visit.page
    languages = _LANGUAGES if KINDS.index(kind) % 2 else reversed(_LANGUAGES)
    schemes: tuple[Scheme, Scheme] = ("light", "dark")
    for language, first, other in zip(languages, schemes, reversed(schemes), strict=True):
        page.set_viewport_size({"width": 1360, "height": 900})
        page.emulate_media(color_scheme=first)
        answer = page.goto(visit.home + kind.at(language))
        assert answer
        assert answer.status == kind.status
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1
        assert page.evaluate(_RUNS_OFF) == []
        # The other colours can only change the contrast.
        serious, every = findings(page) if first == "light" else findings(page, runOnly=["color-contrast"])
        assert not serious, "\n".join(every)
        page.emulate_media(color_scheme=other)
        page.set_viewport_size({"width": _NARROW, "height": 800})
        assert page.evaluate(_RUNS_OFF) == []
        visit.complaints += page.evaluate("() => window.violations")


@EVERY
def test_each_kind_of_page_is_whole_without_scripts(visiting: Visiting, kind: Kind) -> None:
    visit = visiting(scripts=False)
    page = visit.page
    page.goto(visit.home + kind.at("nl"))
    assert page.locator("main h1").is_visible()
    assert len(page.locator("main").inner_text()) > 100
    # What only a script can do is not offered.
    assert page.locator("main [data-scripted]:visible, main .scripted:visible").count() == 0
    if kind.sources:
        assert page.get_by_test_id("source").first.is_visible()
        for mark in page.get_by_test_id("source-mark").all()[:5]:
            assert page.locator(f"li{mark.get_attribute('href')}").count() == 1


@pytest.mark.parametrize("language", _LANGUAGES)
def test_no_two_kinds_of_page_have_the_same_title(visitor: FlaskClient, language: str) -> None:
    titles: dict[str, list[str]] = {}
    # What is embedded has no title that anybody sees but the one of the frame.
    for kind in (one for one in KINDS if not one.path.startswith("/embed")):
        found = re.search("<title>(.*?)</title>", visitor.get(kind.at(language), headers={"Accept": "text/html"}).text)
        assert found
        titles.setdefault(found.group(1), []).append(kind.path)
    assert [paths for paths in titles.values() if len(paths) > 1] == []


@pytest.mark.parametrize(
    "kind", [one for one in KINDS if one.status == 200 and not one.path.startswith("/embed")], ids=lambda one: one.path
)
def test_each_kind_of_page_names_the_same_page_in_the_other_language(visitor: FlaskClient, kind: Kind) -> None:
    for language in _LANGUAGES:
        text = visitor.get(kind.at(language), headers={"Accept": "text/html"}).text
        alternates = dict(re.findall(r'<link rel="alternate" hreflang="([a-z-]+)" href="([^"]+)"', text))
        assert set(alternates) >= set(_LANGUAGES)
        for name in _LANGUAGES:
            there = alternates[name].replace("&amp;", "&")
            answer = visitor.get(there, headers={"Accept": "text/html"})
            assert answer.status_code == 200
            assert f'<html lang="{name}"' in answer.text
