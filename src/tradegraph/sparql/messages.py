"""What the doctor says, in English and Dutch: one table, by code of the finding.

Words in braces are filled in. Each entry holds the sentence and the remedy.
"""

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Bilingual:
    """The same in English and in Dutch."""

    en: str
    nl: str

    def filled(self, facts: dict[str, str]) -> "Bilingual":
        """Return it with the words in braces filled in."""
        return Bilingual(self.en.format_map(facts), self.nl.format_map(facts))

    def to_json(self) -> dict[str, str]:
        """Return an object with a member for each language."""
        return {"en": self.en, "nl": self.nl}


@dataclass(frozen=True)
class Message:
    """What a code means: how bad it is, what is the matter and what to do."""

    severity: Severity
    sentence: Bilingual
    remedy: Bilingual


def _message(severity: Severity, en: str, nl: str, remedy_en: str, remedy_nl: str) -> Message:
    return Message(severity, Bilingual(en, nl), Bilingual(remedy_en, remedy_nl))


MESSAGES: Final[dict[str, Message]] = {
    "required-after-optional": _message(
        "warning",
        "A required pattern stands after an OPTIONAL: the optional part is computed for rows that are dropped later.",
        "Een verplicht patroon staat na een OPTIONAL: het optionele deel wordt ook berekend voor rijen die later "
        "vervallen.",
        "Move the OPTIONAL to the end of its group.",
        "Zet de OPTIONAL aan het eind van zijn groep.",
    ),
    "required-after-optional-moved": _message(
        "note",
        "A required pattern stands after an OPTIONAL. It is moved before it automatically; the answer stays the same.",
        "Een verplicht patroon staat na een OPTIONAL. Het wordt vanzelf ervoor gezet; het antwoord blijft hetzelfde.",
        "Nothing to do. Writing it in that order yourself makes the query fast everywhere.",
        "U hoeft niets te doen. Wie het zelf zo schrijft, heeft overal een snelle query.",
    ),
    "cross-product": _message(
        "warning",
        "Two parts of this group share no variable: {left} and {right}. Every row of one is combined with every row of "
        "the other, about {rows} rows.",
        "Twee delen van deze groep hebben geen variabele gemeen: {left} en {right}. Elke rij van het ene wordt met "
        "elke rij van het andere gecombineerd, ongeveer {rows} rijen.",
        "Connect them with a pattern or use the same variable in both; check the spelling of the variables.",
        "Verbind ze met een patroon of gebruik in beide dezelfde variabele; controleer de spelling van de variabelen.",
    ),
    "joined-by-filter": _message(
        "warning",
        "Two parts of this group are connected only by a FILTER, which is tested for every pair: about {rows} pairs.",
        "Twee delen van deze groep zijn alleen door een FILTER verbonden, dat op elk paar wordt getoetst: ongeveer "
        "{rows} paren.",
        "If the FILTER asks for equality, use one variable for both; otherwise narrow one side first.",
        "Vraagt de FILTER gelijkheid, gebruik dan één variabele voor beide; beperk anders eerst een van de kanten.",
    ),
    "text-search-in-filter": _message(
        "warning",
        "{function} is tested on about {rows} texts, one by one.",
        "{function} wordt op ongeveer {rows} teksten getoetst, een voor een.",
        'Use the text index: SERVICE tg:search {{ ?thing tg:query "your words" }}.',
        'Gebruik de tekstindex: SERVICE tg:search {{ ?thing tg:query "uw woorden" }}.',
    ),
    "open-path": _message(
        "warning",
        "The path {path} may have any length and no end of it is fixed: it is followed from about {rows} places.",
        "Het pad {path} mag elke lengte hebben en begint en eindigt bij een variabele: het wordt vanaf ongeveer {rows} "
        "plaatsen gevolgd.",
        "Fix one end, with a constant or with patterns that leave few values.",
        "Leg één uiteinde vast, met een constante of met patronen die weinig waarden overlaten.",
    ),
    "many-graphs": _message(
        "warning",
        "The query names {count} graphs one by one, which the engine handles slowly.",
        "De query noemt {count} grafen een voor een, en daar is de engine traag mee.",
        "Use GRAPH ?g {{ … }} with a FILTER or VALUES on ?g, or leave the graphs out.",
        "Gebruik GRAPH ?g {{ … }} met een FILTER of VALUES op ?g, of laat de grafen weg.",
    ),
    "order-without-limit": _message(
        "note",
        "About {rows} rows are sorted, and all of them are kept until the last is there.",
        "Ongeveer {rows} rijen worden gesorteerd en tot de laatste vastgehouden.",
        "Add LIMIT, or leave out ORDER BY and sort afterwards.",
        "Voeg LIMIT toe, of laat ORDER BY weg en sorteer achteraf.",
    ),
    "large-not-exists": _message(
        "warning",
        "NOT EXISTS is evaluated anew for each of about {rows} rows.",
        "NOT EXISTS wordt voor elk van ongeveer {rows} rijen opnieuw berekend.",
        "Narrow the rows first, or write it as MINUS when both sides share a variable that is always bound{instead}.",
        "Beperk eerst de rijen, of schrijf het als MINUS als beide kanten een variabele delen die altijd gebonden "
        "is{instead}.",
    ),
    "everything": _message(
        "warning",
        "The pattern {pattern} matches every triple of the release, about {rows}.",
        "Het patroon {pattern} past op elke triple van de release, ongeveer {rows}.",
        "Name a type or a property: ?s a tg:Mission, or ?s rdfs:label ?o.",
        "Noem een type of een eigenschap: ?s a tg:Mission, of ?s rdfs:label ?o.",
    ),
    "long-list": _message(
        "note",
        "A list of {count} values stands in the query.",
        "In de query staat een lijst van {count} waarden.",
        "Use a pattern that describes them, or ask in parts.",
        "Gebruik een patroon dat ze beschrijft, of vraag in delen.",
    ),
    "offset-without-order": _message(
        "warning",
        "OFFSET without ORDER BY: the rows have no fixed order, so pages may overlap or miss rows.",
        "OFFSET zonder ORDER BY: de rijen hebben geen vaste volgorde, dus bladzijden kunnen overlappen of iets missen.",
        "Add ORDER BY on variables that tell all rows apart, or ask for all at once.",
        "Voeg ORDER BY toe op variabelen die alle rijen onderscheiden, of vraag alles ineens.",
    ),
    "unknown-term": _message(
        "warning",
        "The release holds nothing of {term}.",
        "De release bevat niets van {term}.",
        "{suggestion}",
        "{suggestion_nl}",
    ),
    "unknown-function": _message(
        "error",
        "The function {term} is not known here; other engines may leave the result unbound.",
        "De functie {term} is hier niet bekend; andere engines laten het resultaat soms leeg.",
        "Use the functions of SPARQL 1.1, or a cast such as xsd:integer or xsd:date.",
        "Gebruik de functies van SPARQL 1.1, of een omzetting als xsd:integer of xsd:date.",
    ),
    "never-bound": _message(
        "warning",
        "?{variable} is asked for but occurs nowhere in the pattern, so its column stays empty.",
        "?{variable} wordt gevraagd maar komt nergens in het patroon voor, dus de kolom blijft leeg.",
        "{suggestion}",
        "{suggestion_nl}",
    ),
}

REASONS: Final[dict[str, Bilingual]] = {
    "required-first": Bilingual(
        "What is required was moved before what is optional.", "Wat verplicht is, is vóór het optionele gezet."
    ),
    "constants-first": Bilingual(
        "The values that a FILTER asks for were put before the patterns, which then begin there.",
        "De waarden die een FILTER vraagt, zijn vóór de patronen gezet, die dan daar beginnen.",
    ),
    "one-variable": Bilingual(
        "Two variables that a FILTER holds equal became one.",
        "Twee variabelen die volgens een FILTER gelijk zijn, werden er één.",
    ),
    "not-exists-as-minus": Bilingual(
        "A NOT EXISTS over many rows became MINUS, which is computed once.",
        "Een NOT EXISTS over veel rijen werd MINUS, dat één keer wordt berekend.",
    ),
}

COSTS: Final[dict[str, Bilingual]] = {
    "instant": Bilingual("An answer at once.", "Meteen antwoord."),
    "seconds": Bilingual("An answer within seconds.", "Antwoord binnen enkele seconden."),
    "limit": Bilingual(
        "This may run into the time limit or the memory limit.", "Dit kan op de tijds- of geheugengrens stuiten."
    ),
}

METHOD: Final = Bilingual(
    "Rows are estimated from the counts of classes and properties, taking values to be spread evenly.",
    "Rijen zijn geschat uit de aantallen per klasse en eigenschap, alsof waarden gelijkmatig verdeeld zijn.",
)
