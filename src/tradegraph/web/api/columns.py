"""What people call the columns of the stored questions; a column that is not in the table keeps its own name."""

import re
from collections.abc import Iterable
from typing import Final

from tradegraph.languages import Language, Words
from tradegraph.sparql.tokens import tokens

COLUMNS: Final = {
    "affirmed": Words("is het zo?", "is it so?"),
    "agreement": Words("afspraak", "agreement"),
    "answer": Words("antwoord", "answer"),
    "area": Words("gebied", "area"),
    "body": Words("orgaan", "body"),
    "caption": Words("bijschrift", "caption"),
    "category": Words("categorie", "category"),
    "certainty": Words("zekerheid", "certainty"),
    "city": Words("stad", "city"),
    "code": Words("code", "code"),
    "condition": Words("voorwaarde", "condition"),
    "country": Words("land", "country"),
    "covers": Words("omvat", "covers"),
    "currency": Words("munt", "currency"),
    "date": Words("datum", "date"),
    "definition": Words("definitie", "definition"),
    "description": Words("beschrijving", "description"),
    "destination": Words("bestemming", "destination"),
    "detail": Words("bijzonderheid", "detail"),
    "disposition": Words("soort antwoord", "kind of answer"),
    "document": Words("document", "document"),
    "effect": Words("gevolg", "effect"),
    "event": Words("gebeurtenis", "event"),
    "explanation": Words("uitleg", "explanation"),
    "facility": Words("faciliteit", "facility"),
    "figure": Words("cijfer", "figure"),
    "finding": Words("bevinding", "finding"),
    "flow": Words("richting", "flow"),
    "from": Words("van", "from"),
    "fromStated": Words("van, zoals vermeld", "from, as stated"),
    "goods": Words("goederen", "goods"),
    "grouping": Words("landengroep", "set of countries"),
    "identifier": Words("kenmerk", "identifier"),
    "instrument": Words("instrument", "instrument"),
    "issued": Words("uitgebracht", "issued"),
    "issuer": Words("afzender", "issuer"),
    "kind": Words("soort", "kind"),
    "law": Words("wetgeving", "law"),
    "leader": Words("leiding", "leader"),
    "letter": Words("brief", "letter"),
    "list": Words("landenlijst", "list"),
    "listed": Words("op de lijst", "listed"),
    "lower": Words("ondergrens", "lower bound"),
    "maker": Words("maker", "maker"),
    "material": Words("materiaal", "material"),
    "measure": Words("wat is gemeten", "what is measured"),
    "measures": Words("maatregelen", "measures"),
    "member": Words("lid", "member"),
    "method": Words("methode", "method"),
    "mineral": Words("mineraal", "mineral"),
    "missing": Words("waarom het ontbreekt", "why it is missing"),
    "mission": Words("missie", "mission"),
    "missions": Words("missies", "missions"),
    "modality": Words("stelligheid", "modality"),
    "month": Words("maand", "month"),
    "name": Words("naam", "name"),
    "note": Words("opmerking", "note"),
    "number": Words("nummer", "number"),
    "office": Words("ambt", "office"),
    "opener": Words("opener", "opener"),
    "organisation": Words("organisatie", "organisation"),
    "part": Words("deel", "part"),
    "partner": Words("partner", "partner"),
    "party": Words("partij", "party"),
    "passage": Words("vindplaats", "passage"),
    "percent": Words("procent", "per cent"),
    "performer": Words("artiest", "performer"),
    "person": Words("persoon", "person"),
    "pilot": Words("pilot", "pilot"),
    "place": Words("plaats", "place"),
    "policy": Words("beleid", "policy"),
    "position": Words("standpunt", "position"),
    "product": Words("product", "product"),
    "project": Words("project", "project"),
    "proposal": Words("voorstel", "proposal"),
    "question": Words("vraag", "question"),
    "rank": Words("plaats op de ranglijst", "rank"),
    "ranking": Words("ranglijst", "ranking"),
    "reason": Words("reden", "reason"),
    "reference": Words("verwijzing", "reference"),
    "region": Words("regio", "region"),
    "regulation": Words("verordening", "regulation"),
    "report": Words("rapport", "report"),
    "result": Words("resultaat", "result"),
    "role": Words("rol", "role"),
    "scope": Words("reikwijdte", "scope"),
    "sector": Words("sector", "sector"),
    "sectors": Words("sectoren", "sectors"),
    "series": Words("reeks", "series"),
    "share": Words("aandeel", "share"),
    "since": Words("sinds", "since"),
    "source": Words("volgens", "according to"),
    "stage": Words("fase", "stage"),
    "stated": Words("zoals vermeld", "as stated"),
    "status": Words("status", "status"),
    "subject": Words("onderwerp", "subject"),
    "support": Words("steun", "support"),
    "term": Words("term", "term"),
    "text": Words("in onze woorden", "in our words"),
    "theme": Words("thema", "theme"),
    "thing": Words("ding", "thing"),
    "title": Words("titel", "title"),
    "to": Words("tot", "to"),
    "treaty": Words("verdrag", "treaty"),
    "unit": Words("eenheid", "unit"),
    "until": Words("tot en met", "until"),
    "upper": Words("bovengrens", "upper bound"),
    "value": Words("waarde", "value"),
    "visit": Words("bezoek", "visit"),
    "what": Words("wat", "what"),
    "who": Words("wie", "who"),
    "words": Words("woorden van het document", "words of the document"),
    "year": Words("jaar", "year"),
    "years": Words("jaren", "years"),
}
_NAME: Final = Words("{of} (naam)", "{of} (name)")


def heading(column: str, language: Language) -> str:
    """Return what people call a column: of the table, `…Name` for the name of another, else the column's own name."""
    if column in COLUMNS:
        return COLUMNS[column].in_(language)
    of = column.removesuffix("Name")
    if of != column:
        return _NAME.in_(language).format(of=heading(of, language))
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).lower()


def terms_of(query: str, names: Iterable[str]) -> dict[str, str]:
    """Return the prefixed name of the term that fills each column, where the query shows which one that is.

    `tg:destination ?country` says it of `country`; of a thing itself its class does: `?mission a tg:TradeMission`.
    """
    seen = list(tokens(query))
    found: dict[str, str] = {}
    classes: dict[str, str] = {}
    for place, token in enumerate(seen):
        if token.kind != "variable":
            continue
        before = seen[place - 1]
        if before.kind == "pname":
            found.setdefault(token.text[1:], before.text)
        if len(seen) > place + 2 and seen[place + 1].text == "a" and seen[place + 2].kind == "pname":
            classes.setdefault(token.text[1:], seen[place + 2].text)
    every = classes | found
    return {name: every[name] for name in names if name in every}
