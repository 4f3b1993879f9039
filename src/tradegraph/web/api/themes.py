"""The subjects under which the stored questions are listed, found by what a question is called and what it asks for."""

import re
from dataclasses import dataclass
from typing import Final

from tradegraph.languages import Words
from tradegraph.queries import StoredQuery


@dataclass(frozen=True)
class Theme:
    """A subject: `words` is looked for in the title and name of a question, `terms` in its query."""

    key: str
    label: Words
    words: str
    terms: str = ""


# The first that fits: what is particular before what is general.
THEMES: Final = (
    Theme("expo", Words("Expo 2025", "Expo 2025"), r"\bexpo(?!rt)|pavilion|anniversary|cultural|national.day"),
    Theme(
        "missions",
        Words("Missies", "Missions"),
        r"\bmissions?\b|contracts|women",
        r"tg:\w*Mission|id/mission|tg:destination",
    ),
    Theme(
        "raw-materials",
        Words("Grondstoffen en technologie", "Raw materials and technology"),
        r"raw.material|mineral|tungsten|semicon|strategic.stocks|attach",
    ),
    Theme(
        "agreements",
        Words("Verdragen en afspraken", "Treaties and agreements"),
        r"treat|agreement|negotiat|mercosur|statement.of|joint.statement|model.text|judgement|aachen",
        r"tg:\w*Agreement\b|tg:Negotiation",
    ),
    Theme(
        "markets",
        Words("Landen en landenlijsten", "Countries and sets of countries"),
        r"priority|country.set|market|grouping|region|strategic.partner|high.risk",
        r"tg:(?:partOf)?[gG]rouping|tg:inGrouping",
    ),
    Theme(
        "instruments",
        Words("Instrumenten en steun", "Instruments and support"),
        r"insurance|cover|pilot|subsid|instrument|support|tender|smes|nfia|budget.indicator|rvo|financing",
        r"id/instrument",
    ),
    Theme(
        "figures",
        Words("Handelscijfers", "Trade figures"),
        r"import|export|trade.in|traders|trading|partners|letterbox|figures?|investment|euro|average|goods",
        r"tg:tradeFlow|tg:inRanking",
    ),
    Theme(
        "policy",
        Words("Beleid en regels", "Policy and rules"),
        r"polic|index|law|rule|omnibus|criteria|burden|guideline|governance|report|principle|rights|anti.dumping|tariff",
        r"id/policy",
    ),
    Theme("documents", Words("Documenten en antwoorden", "Documents and answers"), r"", r""),
)


def theme_of(query: StoredQuery) -> Theme:
    """Return the theme of a question; the last of the table takes what fits nowhere else."""
    called = f"{query.title} {query.name}"
    for theme in THEMES:
        if re.search(theme.words, called, re.IGNORECASE):
            return theme
        if theme.terms and re.search(theme.terms, query.text):
            return theme
    raise AssertionError("the last theme takes everything")
