"""What the list of each kind shows and by what it narrows down: the one table that pages, exports and tests read.

Each list is the answer to `queries/pages/list_{kind}.rq`, which has the properties named here.
"""

from typing import Final

from tradegraph.explore.listing import Aspect, Reading
from tradegraph.languages import Words
from tradegraph.namespaces import DEF, PREFIXES
from tradegraph.web.explorer.list_kind import ListKind

ELSEWHERE: Final = {
    "document": "/document/",
    "question": "/question/",
    "answer": "/answer/",
    "observation": "/statistics/",
}
"""Kinds that another page lists."""
DATED: Final = ("eventDate", "concludedOn", "startedOn", "validFrom", "dueDate")
"""Properties by which a list is put in order of time and drawn on a timeline."""


def _aspect(
    key: str,
    nl: str,
    en: str,
    properties: str,
    reading: Reading = "value",
    *,
    facet: bool = True,
    shown: bool = True,
    expected: bool = False,
    together: bool = False,
    ignored: str = "",
) -> Aspect:
    iris = tuple(_iri(name) for name in properties.split())
    left_out = tuple(_iri(name) for name in ignored.split())
    return Aspect(key, Words(nl, en), iris, reading, facet, shown, expected, together, left_out)


def _iri(name: str) -> str:
    prefix, found, local = name.partition(":")
    return PREFIXES[prefix] + local if found else DEF + name


def _text(key: str, nl: str, en: str, properties: str, *, expected: bool = False) -> Aspect:
    return _aspect(key, nl, en, properties, facet=False, expected=expected)


def _facet(
    key: str,
    nl: str,
    en: str,
    properties: str,
    reading: Reading = "value",
    *,
    together: bool = False,
    ignored: str = "",
) -> Aspect:
    return _aspect(key, nl, en, properties, reading, shown=False, together=together, ignored=ignored)


_SECTOR: Final = _aspect("sector", "sector", "sector", "inSector")
_STATUS: Final = _aspect("status", "status", "status", "hasStatus")
_YEAR: Final = _facet("year", "jaar", "year", "year eventDate", "year")
_PART_OF: Final = _aspect("partof", "onderdeel van", "part of", "partOf", facet=False)
_ABOUT: Final = _text("description", "omschrijving", "description", "dct:description")
_SHORT: Final = _text("short", "afkorting", "short name", "shortName")

_TABLE: Final = (
    ListKind(
        "mission",
        Words(
            "Reizen van bedrijven en bestuurders naar een markt: waarheen, wanneer, wie leidde.",
            "Journeys of companies and officials to a market: where, when, who led.",
        ),
        (
            _text("date", "datum", "date", "eventDate dateAsStated", expected=True),
            _aspect("destination", "bestemming", "destination", "destination", facet=False, expected=True),
            _aspect("leader", "leiding", "led by", "ledBy", expected=True),
            _aspect("sector", "sector", "sector", "inSector", expected=True),
            _STATUS,
            _YEAR,
            _facet("country", "land", "country", "destination", "country"),
            _aspect("type", "soort", "type", "missionType"),
            _facet(
                "market",
                "landengroep van de bestemming",
                "set of countries of the destination",
                "destination",
                "market",
            ),
            _facet("set", "hoort bij", "belongs to", "inSet"),
            _aspect("organiser", "organisatie", "organised by", "organisedBy"),
        ),
        dated=True,
        placed="country",
        asked_first=("country", "year", "sector", "type", "leader", "status"),
    ),
    ListKind(
        "mission-set",
        Words(
            "Missies die een document samen noemt of telt, zoals alle economische missies van 2025.",
            "Missions that a document names or counts together, such as all economic missions of 2025.",
        ),
        (
            _text("date", "datum", "date", "eventDate"),
            _aspect("country", "land", "country", "destination", "country"),
            _SECTOR,
            _YEAR,
            _STATUS,
            _PART_OF,
            _ABOUT,
        ),
        dated=True,
        placed="country",
    ),
    ListKind(
        "event",
        Words(
            "Bezoeken, vergaderingen, beurzen en programma’s naast de missies.",
            "Visits, meetings, fairs and programmes besides the missions.",
        ),
        (
            _text("date", "datum", "date", "eventDate dateAsStated", expected=True),
            _aspect("place", "plaats", "place", "inTerritory destination", facet=False),
            _aspect("type", "soort", "type", "eventType"),
            _STATUS,
            _YEAR,
            _facet("country", "land", "country", "inTerritory destination", "country", together=True),
            _SECTOR,
            _aspect("organiser", "organisatie", "organised by", "organisedBy"),
            _aspect("within", "binnen", "within", "withinEvent", facet=False),
        ),
        dated=True,
        placed="country",
    ),
    ListKind(
        "agreement",
        Words(
            "Verdragen, memoranda en andere afspraken: tussen wie, bindend of niet, in welke fase.",
            "Treaties, memoranda and other agreements: between whom, binding or not, at which stage.",
        ),
        (
            _aspect("party", "partijen", "parties", "party", expected=True),
            _aspect("type", "onderwerp", "subject", "agreementType"),
            _aspect("form", "vorm", "form", "instrumentForm"),
            _aspect("bindingness", "bindend", "binding", "bindingness"),
            _STATUS,
            _aspect("scope", "bereik", "scope", "agreementScope"),
            _text("concluded", "gesloten", "concluded", "concludedOn", expected=True),
            _facet("year", "jaar van sluiten", "year of conclusion", "concludedOn", "year"),
            _SECTOR,
            _aspect("during", "getekend tijdens", "signed during", "signedDuring", facet=False),
            _text("reference", "vindplaats", "reference", "sourceReference"),
        ),
        dated=True,
        placed="party",
    ),
    ListKind(
        "negotiation",
        Words("Onderhandelingen, ook die nog niet zijn begonnen.", "Negotiations, also those that have not begun."),
        (
            _aspect("party", "partijen", "parties", "party"),
            _aspect("status", "status", "status", "hasStatus", expected=True),
            _aspect("type", "onderwerp", "subject", "agreementType"),
            _aspect("negotiates", "over", "about", "negotiates", facet=False),
            _ABOUT,
        ),
        placed="party",
    ),
    ListKind(
        "territory",
        Words(
            "Markten, partners en plaatsen: op welke lijsten ze staan en welke missies erheen gingen.",
            "Markets, partners and places: on which lists they are and which missions went there.",
        ),
        (
            _aspect("type", "soort", "type", "territoryType"),
            _aspect("market", "op de lijst van", "on the list of", "inGrouping"),
            _aspect("mission", "missies", "missions", "destination"),
            _aspect("partof", "in", "in", "partOfTerritory", facet=False),
            _facet("country", "land", "country", "partOfTerritory", "country"),
        ),
        placed="itself",
    ),
    ListKind(
        "grouping",
        Words(
            "Verzamelingen van landen die beleid zo noemt, zoals prioritaire markten.",
            "Sets of countries that policy names so, such as priority markets.",
        ),
        (
            _aspect("type", "soort", "type", "groupingType"),
            _aspect("country", "landen", "countries", "inGrouping"),
            _aspect("partof", "deel van", "part of", "partOfGrouping"),
            _ABOUT,
        ),
        placed="country",
    ),
    ListKind(
        "venue",
        Words("Paviljoens, terreinen en andere plekken.", "Pavilions, sites and other places."),
        (
            _aspect("place", "ligt in", "is in", "locatedIn", facet=False),
            _facet("country", "land", "country", "locatedIn", "country"),
            _STATUS,
            _PART_OF,
            _ABOUT,
        ),
        placed="country",
    ),
    ListKind(
        "person",
        Words(
            "Personen die de documenten bij naam noemen, met hun ambten.",
            "People whom the documents name, with their offices.",
        ),
        (
            _aspect("office", "ambt", "office", "holdsOffice", expected=True),
            _aspect("event", "nam deel aan", "took part in", "participatesIn"),
            _aspect("member", "lid van", "member of", "memberOf"),
        ),
    ),
    ListKind(
        "office",
        Words("Ambten, los van wie ze bekleedt.", "Offices, apart from who holds them."),
        (
            _aspect("organisation", "bij", "at", "org:postIn"),
            _aspect("holder", "bekleed door", "held by", "holdsOffice", expected=True),
            _aspect("event", "nam deel aan", "took part in", "participatesIn"),
            _aspect("successor", "opgevolgd door", "succeeded by", "succeededByOffice", facet=False),
        ),
    ),
    ListKind(
        "holding",
        Words(
            "Eén persoon in één ambt voor een tijd, en hoe we dat weten.",
            "One person in one office for a time, and how we know.",
        ),
        (
            _aspect("office", "ambt", "office", "heldOffice"),
            _aspect("person", "persoon", "person", "org:member", facet=False),
            _text("from", "vanaf", "from", "validFrom", expected=True),
            _text("until", "tot en met", "until", "validUntil"),
            _aspect("mode", "hoe", "how", "holdingMode"),
            _aspect("resolution", "bekend uit", "known from", "resolution"),
            _aspect("cabinet", "kabinet", "cabinet", "inCabinet"),
            _aspect("organisation", "organisatie", "organisation", "org:organization"),
        ),
        dated=True,
    ),
    ListKind(
        "cabinet",
        Words("Kabinetten die de documenten bedoelen.", "Cabinets that the documents refer to."),
        (
            _text("from", "vanaf", "from", "validFrom", expected=True),
            _text("until", "tot en met", "until", "validUntil"),
        ),
    ),
    ListKind(
        "organisation",
        Words(
            "Ministeries, bedrijven, kennisinstellingen en internationale organisaties.",
            "Ministries, companies, knowledge institutions and international organisations.",
        ),
        (
            _aspect("type", "soort", "type", "rdf:type", "class", ignored="Organisation"),
            _aspect("role", "rol", "role", "participationRole"),
            _aspect("event", "nam deel aan", "took part in", "participatesIn"),
            _aspect("country", "land", "country", "locatedIn", "country"),
            _aspect("member", "lid van", "member of", "memberOf"),
            _SECTOR,
            _aspect("partof", "onderdeel van", "part of", "org:subOrganizationOf", facet=False),
            _SHORT,
        ),
        placed="country",
    ),
    ListKind(
        "instrument",
        Words(
            "Wat een bedrijf kan gebruiken: subsidies, leningen, verzekeringen, programma’s.",
            "What a company can use: subsidies, loans, insurance, programmes.",
        ),
        (
            _aspect("kind", "soort", "kind", "instrumentKind", expected=True),
            _aspect("runby", "uitgevoerd door", "run by", "runBy", expected=True),
            _aspect("status", "status", "status", "hasStatus"),
            _facet("form", "vorm", "form", "rdf:type", "class", ignored="PolicyInstrument"),
            _aspect("target", "voor wie", "for whom", "targetGroup"),
            _SECTOR,
            _aspect("owner", "beleid van", "policy of", "policyOwner"),
            _aspect("partof", "onderdeel van", "part of", "partOf"),
            _SHORT,
        ),
    ),
    ListKind(
        "policy",
        Words(
            "Wetten, maatregelen en kaders die voor handel gelden.",
            "Laws, measures and frameworks that apply to trade.",
        ),
        (
            _aspect("owner", "van", "of", "policyOwner", expected=True),
            _facet("type", "soort", "type", "rdf:type", "class", ignored="Policy"),
            _STATUS,
            _aspect("runby", "uitgevoerd door", "carried out by", "runBy"),
            _aspect("applies", "geldt voor", "applies to", "appliesTo"),
            _aspect("partof", "onderdeel van", "part of", "partOf"),
            _text("started", "sinds", "since", "startedOn"),
        ),
        dated=True,
    ),
    ListKind(
        "project",
        Words(
            "Projecten en onderzoeken, met plaats, sector en betaler.",
            "Projects and studies, with place, sector and funder.",
        ),
        (
            _SECTOR,
            _aspect("status", "status", "status", "hasStatus", expected=True),
            _aspect("place", "plaats", "place", "locatedIn inTerritory", facet=False),
            _facet("country", "land", "country", "locatedIn inTerritory", "country", together=True),
            _aspect("funder", "betaald door", "funded by", "fundedBy"),
            _aspect("awarded", "gegund aan", "awarded to", "awardedTo", facet=False),
            _text("started", "sinds", "since", "startedOn"),
            _aspect("partof", "onderdeel van", "part of", "partOf"),
        ),
        dated=True,
        placed="country",
    ),
    ListKind(
        "commitment",
        Words(
            "Wat bewindspersonen aan de Kamer toezegden, en of het nog openstaat.",
            "What members of government promised parliament, and whether it is still open.",
        ),
        (
            _text("promise", "toezegging", "promise", "promises"),
            _aspect("status", "status", "status", "commitmentStatus"),
            _text("due", "wanneer", "due", "dueDate dateAsStated", expected=True),
            _facet("year", "jaar", "year", "dueDate", "year"),
            _aspect("about", "over", "about", "about"),
            _aspect("addressee", "aan", "to", "addressedTo"),
        ),
        dated=True,
    ),
    ListKind(
        "ranking",
        Words(
            "Geordende lijsten, zoals de grootste handelspartners.",
            "Ordered lists, such as the largest trading partners.",
        ),
        (_ABOUT,),
    ),
    ListKind("dataset", Words("Verzamelingen cijfers.", "Collections of figures."), (_ABOUT,)),
    ListKind(
        "period",
        Words("Tijdvakken waarover cijfers gaan.", "Spans of time that figures are about."),
        (_text("from", "vanaf", "from", "validFrom"), _text("until", "tot en met", "until", "validUntil")),
        dated=True,
    ),
)
LIST_KINDS: Final = {one.key: one for one in _TABLE}
"""Lists by the key of their kind, in the order in which the index has them."""

WHEN: Final = Aspect("when", Words("datum", "date"), tuple(DEF + name for name in DATED), facet=False, shown=False)
"""Dates as the graph has them, for order and timeline; rows show them as stated."""
