"""The one table of kinds of things: the folders of our IRIs, what people call them, and how they are drawn.

Pages, lists, search lanes, drawings and sentences read it. A kind of *evidence* is a record behind a relation and not a
thing that people look for; *described* kinds describe the graph itself.
"""

from dataclasses import dataclass
from typing import Final, Literal

from tradegraph.languages import Words
from tradegraph.namespaces import ID

Colour = Literal[
    "person", "organisation", "mission", "place", "agreement", "instrument", "sector", "document", "statistic"
]
Shape = Literal["circle", "barrel", "box", "hexagon", "diamond", "tag", "triangle", "sheet", "square"]
Layer = Literal["thing", "evidence", "described"]

SHAPES: Final[dict[Colour, Shape]] = {
    "person": "circle",
    "organisation": "barrel",
    "mission": "box",
    "place": "hexagon",
    "agreement": "diamond",
    "instrument": "tag",
    "sector": "triangle",
    "document": "sheet",
    "statistic": "square",
}
"""A shape for each colour, so that nobody needs to tell colours apart."""


@dataclass(frozen=True)
class Kind:
    """A folder of IRIs: `/id/{key}/…`. `colour` names a token of the style sheet, `icon` a symbol of the sprite."""

    key: str
    one: Words
    many: Words
    colour: Colour
    icon: str
    layer: Layer = "thing"

    @property
    def shape(self) -> Shape:
        """The shape with which a thing of this kind is drawn."""
        return SHAPES[self.colour]


def _kind(key: str, nl: str, en: str, many_nl: str, many_en: str, colour: Colour, icon: str) -> Kind:
    return Kind(key, Words(nl, en), Words(many_nl, many_en), colour, icon)


def _evidence(key: str, nl: str, en: str, many_nl: str, many_en: str, colour: Colour = "document") -> Kind:
    return Kind(key, Words(nl, en), Words(many_nl, many_en), colour, "quote", "evidence")


def _described(key: str, nl: str, en: str, many_nl: str, many_en: str, icon: str = "tags") -> Kind:
    return Kind(key, Words(nl, en), Words(many_nl, many_en), "sector", icon, "described")


_ROWS: Final = (
    _kind("mission", "missie", "mission", "missies", "missions", "mission", "ship"),
    _kind("mission-set", "groep missies", "set of missions", "groepen missies", "sets of missions", "mission", "ship"),
    _kind("event", "gebeurtenis", "event", "gebeurtenissen", "events", "mission", "calendar"),
    _kind("agreement", "afspraak", "agreement", "afspraken", "agreements", "agreement", "handshake"),
    _kind("negotiation", "onderhandeling", "negotiation", "onderhandelingen", "negotiations", "agreement", "handshake"),
    _kind(
        "territory", "land of gebied", "country or area", "landen en gebieden", "countries and areas", "place", "globe"
    ),
    _kind("grouping", "landengroep", "set of countries", "landengroepen", "sets of countries", "place", "globe"),
    _kind("venue", "plaats", "venue", "plaatsen", "venues", "place", "map-pin"),
    _kind("person", "persoon", "person", "personen", "people", "person", "user-round"),
    _kind("office", "ambt", "office", "ambten", "offices", "person", "landmark"),
    _kind(
        "holding",
        "ambtsbekleding",
        "holding of office",
        "ambtsbekledingen",
        "holdings of office",
        "person",
        "landmark",
    ),
    _kind("cabinet", "kabinet", "cabinet", "kabinetten", "cabinets", "person", "landmark"),
    _kind("cabinet-phase", "kabinetsfase", "cabinet phase", "kabinetsfasen", "cabinet phases", "person", "landmark"),
    _kind("organisation", "organisatie", "organisation", "organisaties", "organisations", "organisation", "building-2"),
    _kind("instrument", "instrument", "instrument", "instrumenten", "instruments", "instrument", "wrench"),
    _kind("policy", "beleid", "policy", "beleid", "policies", "instrument", "scroll-text"),
    _kind("project", "project", "project", "projecten", "projects", "instrument", "hammer"),
    _kind("document", "document", "document", "documenten", "documents", "document", "file-text"),
    _kind(
        "document-part",
        "documentdeel",
        "part of a document",
        "documentdelen",
        "parts of documents",
        "document",
        "file-text",
    ),
    _kind("document-version", "versie", "version", "versies", "versions", "document", "file-text"),
    _kind(
        "question",
        "Kamervraag",
        "parliamentary question",
        "Kamervragen",
        "parliamentary questions",
        "document",
        "message-square",
    ),
    _kind("answer", "antwoord", "answer", "antwoorden", "answers", "document", "message-square"),
    _kind("commitment", "toezegging", "commitment", "toezeggingen", "commitments", "document", "list-checks"),
    _kind("passage", "passage", "passage", "passages", "passages", "document", "quote"),
    _kind("observation", "cijfer", "figure", "cijfers", "figures", "statistic", "chart-line"),
    _kind("ranking", "ranglijst", "ranking", "ranglijsten", "rankings", "statistic", "list-ordered"),
    _kind("dataset", "gegevensset", "data set", "gegevenssets", "data sets", "statistic", "database"),
    _kind("period", "periode", "period", "perioden", "periods", "statistic", "calendar"),
    _kind("concept", "begrip", "concept", "begrippen", "concepts", "sector", "tags"),
    _evidence("statement", "uitspraak", "statement", "uitspraken", "statements"),
    _evidence("participation", "deelname", "participation", "deelnames", "participations"),
    _evidence("mention", "vermelding", "mention", "vermeldingen", "mentions"),
    _evidence("status-period", "status in de tijd", "status over time", "statussen in de tijd", "statuses over time"),
    _evidence("grouping-membership", "lidmaatschap", "membership", "lidmaatschappen", "memberships"),
    _evidence(
        "agreement-party",
        "partij bij een afspraak",
        "party to an agreement",
        "partijen bij afspraken",
        "parties to agreements",
    ),
    _evidence(
        "agreement-action",
        "stap van een afspraak",
        "step of an agreement",
        "stappen van afspraken",
        "steps of agreements",
    ),
    _evidence("relation", "afgeleide relatie", "derived relation", "afgeleide relaties", "derived relations"),
    _described("rule", "afleidingsregel", "rule of derivation", "afleidingsregels", "rules of derivation", "scale"),
    _described("scheme", "codelijst", "code list", "codelijsten", "code lists"),
    _described(
        "component",
        "onderdeel van de kubus",
        "component of the cube",
        "onderdelen van de kubus",
        "components of the cube",
    ),
    _described(
        "data-structure",
        "opbouw van de cijfers",
        "structure of the figures",
        "opbouw van de cijfers",
        "structures of the figures",
    ),
)
KINDS: Final = {kind.key: kind for kind in _ROWS}
"""Kinds by key, in the order in which lists of kinds show them."""

OTHER: Final = Kind("", Words("ding", "thing"), Words("dingen", "things"), "sector", "tags", "described")
"""For what is not one of ours, or of a kind that the table does not have."""


def kind_of(iri: str) -> Kind:
    """Return the kind of a thing by its IRI; `OTHER` for what has none."""
    return KINDS.get(iri.removeprefix(ID).partition("/")[0], OTHER) if iri.startswith(ID) else OTHER
