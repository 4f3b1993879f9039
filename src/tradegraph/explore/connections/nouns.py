"""Articles, number and pronouns of names of things: what a sentence needs around a name that is only a label.

The noun that decides is the last word before the first preposition, digit or comma: *economische missie naar Spanje,
2026* is a *missie*. Its ending tells the article in most cases; a name that no rule knows gets none, as a title has.
"""

import re
from typing import Final

from tradegraph.explore.kinds import kind_of
from tradegraph.explore.names import Name
from tradegraph.languages import Language
from tradegraph.namespaces import ID


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written as one text."""
    return tuple(text.split())


_STOP: Final = {
    "nl": frozenset(
        words_of(
            "aan bij binnen buiten door in inzake met na naar om onder op over per rond sinds te tegen tijdens tot "
            "tussen uit van vanuit via voor zonder zoals der den des t/m"
        )
    ),
    "en": frozenset(
        words_of(
            "about against around as at before between by during for from in into of on over per since through to "
            "towards under until via with within without"
        )
    ),
}
_WORD: Final = re.compile(r"[^\W\d_][\w’'&/.-]*")
_HET: Final = words_of(
    "akkoord beleid bericht besluit bezoek bureau contract debat document evenement fonds gebied gesprek "
    "instituut instrument instrumentarium kabinet kader koninkrijk land lid ministerie moment netwerk onderzoek "
    "overleg overzicht pakket paviljoen plan platform programma project protocol punt rapport regime schema "
    "steunpunt stelsel systeem team tribunaal verbond verdrag verslag voorstel werk witboek congres centrum park "
    "eiland kanaal beraad"
)
_DE: Final = words_of(
    "afspraak agenda bank brief campagne commissie conferentie delegatie dienst expo faciliteit gezant griffier "
    "groep handelsgezant haven kamer koning lijst markt missie modeltekst motie nota organisatie overeenkomst "
    "pagina pilot premier president raad regeling regio sector staatssecretaris minister strategie tekst toets "
    "top unie universiteit voorstelling voorzitter wereldtentoonstelling wet zone burgemeester ambassadeur "
    "coördinator minister-president check partnerschappen aanpak controle sessie"
)
_DE_ENDINGS: Final = ("ing", "ie", "heid", "teit", "ek")
_HET_ENDINGS: Final = ("ment", "isme", "schap")
_MANY_NL: Final = words_of(
    "missies markten landen onderhandelingen gesprekken consultaties bijeenkomsten heffingen maatregelen "
    "projecten partnerschappen standaarden pilots stukken overzichten verslagen rapporten regels verklaringen "
    "afspraken akkoorden vergaderingen activiteiten trilogen overleggen rondetafels bezoeken convenanten "
    "voorstellingen tentoonstellingen hervormingen instellingen lidstaten hoofdstukken overeenkomsten "
    "tegenbezoeken antwoorden boekjes aanwijzingen ministeries bedrijven universiteiten staten emiraten cijfers "
    "richtlijnen"
)
_MANY_EN: Final = words_of(
    "missions markets countries negotiations talks consultations meetings tariffs duties measures projects "
    "partnerships standards pilots documents overviews reports rules declarations agreements sessions "
    "activities trilogues visits covenants performances exhibitions reforms institutions states chapters "
    "answers booklets guidelines companies universities figures roundtables tables surveys controls levies "
    "principles conditions ministries indicators instruments requirements exemptions mous"
)
_ONE_EN: Final = frozenset({"united states", "united nations"})
# Names of countries that take an article, and those that are plural in Dutch.
_PLACES: Final[dict[Language, dict[str, str]]] = {
    "nl": {
        "Verenigde Staten": "de",
        "Verenigde Arabische Emiraten": "de",
        "Verenigd Koninkrijk": "het",
        "Koninkrijk der Nederlanden": "het",
        "Europese Unie": "de",
        "Filipijnen": "de",
        "Bezette Palestijnse Gebieden": "de",
        "Palestijnse Gebieden": "de",
    },
    "en": dict.fromkeys(
        (
            *("Netherlands", "United States", "United Arab Emirates", "United Kingdom", "Kingdom of the Netherlands"),
            *("European Union", "Philippines", "Czech Republic", "Democratic Republic of the Congo", "Middle East"),
        ),
        "the",
    ),
}
_MANY_PLACES: Final = ("Staten", "Emiraten", "Filipijnen", "Gebieden")
_BEFORE_NEUTER: Final = frozenset(words_of("breed centraal europees internationaal koninklijk nationaal regionaal"))
"""Adjectives without ending: what follows is one thing, and takes *het*."""
_BARE_KINDS: Final = frozenset({"person", "concept", "venue"})
_DETERMINERS: Final = frozenset(
    words_of(
        "de het een dit deze dat die alle enkele twee drie vier vijf diverse meer geen top the a an this these all "
        "some two three four five several various more no top-10"
    )
)
_INSTITUTIONS_EN: Final = frozenset(
    words_of(
        "act agency agreement alliance association bank board chamber charter city code commission committee "
        "convention council court fund house kingdom ministry municipality nations office organisation organization "
        "parliament programme program protocol senate treaty union university embassy department cabinet "
        "inspectorate"
    )
)
_NEUTER_KINDS: Final = frozenset(
    {"territory", "cabinet", "instrument", "policy", "project", "document", "answer", "observation", "concept"}
)


def head_noun(text: str, language: Language) -> str:
    """Return the noun that a name is about, in lower case; empty when there is none."""
    found = ""
    for place, word in enumerate(re.split(r"\s+", text)):
        core = word.strip("‘’“”\"'()")
        if found and found not in _DETERMINERS and text[0].islower() and core[:1].isupper():
            # A name after the noun: *strategische regio ASEAN-5*.
            break
        if core == "&":
            continue
        if not _WORD.fullmatch(core.rstrip(",:;")) or (word.startswith("(") and found):
            if found:
                break
            continue
        if core.lower().rstrip(",:;") in _STOP[language] and place:
            break
        found = core.rstrip(",:;").lower()
        if core.endswith((",", ":", ";")) or word.endswith((",", ":")):
            break
    return found.rpartition("-")[2] or found


def is_plural(thing: str, name: Name, language: Language) -> bool:
    """Say whether a name is of several things, and the verb after it plural."""
    spoken = _spoken(name, language)
    kind = kind_of(thing).key
    if kind == "territory":
        return spoken == "nl" and name.text.endswith(_MANY_PLACES)
    if kind == "person":
        return False
    if spoken == "en":
        return name.text.lower() not in _ONE_EN and head_noun(name.text, "en").endswith(_MANY_EN)
    return _first(name) not in _BEFORE_NEUTER and head_noun(name.text, "nl").endswith((*_MANY_NL, "’s"))


def article(thing: str, name: Name, language: Language) -> str:
    """Return the article that belongs before a name, empty for a name that takes none or that no rule knows."""
    kind = kind_of(thing).key
    # A name in the other language stands there as it is.
    if name.language and name.language != language:
        return ""
    if kind == "territory":
        return _PLACES[language].get(name.text, "")
    first = _first(name)
    if kind in _BARE_KINDS or not thing.startswith(ID) or first in _DETERMINERS or not first[:1].isalpha():
        return ""
    noun = head_noun(name.text, language)
    if language == "en":
        return "the" if name.text[0].islower() or noun in _INSTITUTIONS_EN else ""
    if name.text[0].isupper() and kind in ("organisation", "instrument", "event") and " " not in name.text:
        # One word with a capital is a name as a rule: RVO, Technopolis; but not Wereldbank.
        return "de" if noun.endswith(("bank", "organisatie", "unie")) else ""
    if is_plural(thing, name, language):
        return "de"
    if noun == "nederland":
        # MVO Nederland is a name, not a land.
        return ""
    if first in _BEFORE_NEUTER or noun.endswith(_HET + _HET_ENDINGS):
        return "het"
    if noun.endswith(_DE) or (name.text[0].islower() and noun.endswith(_DE_ENDINGS)):
        return "de"
    return ""


def pronoun(thing: str, name: Name, language: Language) -> str:
    """Return the words that begin a clause about a thing: `die`, or `een missie die` where the name does not tell."""
    kind = kind_of(thing)
    if language == "en":
        return "who" if kind.key in ("person", "office") else "which"
    if is_plural(thing, name, language) or kind.key in ("person", "office"):
        return "die"
    before = article(thing, name, language)
    if kind.key == "territory":
        return "die" if before == "de" else "dat"
    if before:
        return "die" if before == "de" else "dat"
    return f"een {kind.one.nl} {'dat' if kind.key in _NEUTER_KINDS else 'die'}"


def _first(name: Name) -> str:
    return re.split(r"[\s,:]", name.text, maxsplit=1)[0].lower()


def _spoken(name: Name, language: Language) -> Language:
    return "nl" if (name.language or language) == "nl" else "en"
