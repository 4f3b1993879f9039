"""Words of the frame of every page, the home page and error pages."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final = {
    # The frame of every page
    "skip": Words("Naar de inhoud", "Skip to content"),
    "menu": Words("Hoofdmenu", "Main menu"),
    "ask": Words("Vraag de graaf", "Ask the graph"),
    "language": Words("Taal", "Language"),
    "theme": Words("Licht of donker", "Light or dark"),
    "not_government": Words("Geen website van de overheid.", "Not a government website."),
    "release": Words("Uitgave", "Release"),
    "service": Words("Beschrijving van de dienst (Turtle)", "Service description (Turtle)"),
    "licences": Words("Licenties van onderdelen", "Licences of components"),
    "tagline": Words("Nederlandse handelsdiplomatie, na te slaan", "Dutch trade diplomacy, on the record"),
    # Home
    "home_title": Words("Wie praat met wie over handel?", "Who talks to whom about trade?"),
    "home_lead": Words(
        "Missies, afspraken, instrumenten en cijfers van de Nederlandse handelsdiplomatie als één kennisgraaf. "
        "Elk feit verwijst naar de passage waaruit het is gelezen.",
        "Missions, agreements, instruments and figures of Dutch trade diplomacy as one knowledge graph. "
        "Every fact points to the passage it was read from.",
    ),
    "home_search": Words(
        "Zoek een land, minister, missie, verdrag, bedrijf of Kamerstuk",
        "Search a country, minister, mission, treaty, company or parliamentary paper",
    ),
    "home_what_connects": Words("Wat verbindt", "What connects"),
    "home_and": Words("en", "and"),
    "home_show": Words("Toon", "Show"),
    "home_kinds": Words("Alle soorten", "All kinds"),
    "home_map": Words("Waar de missies heen gaan", "Where the missions go"),
    "home_map_all": Words("Kaart van alle {n} missies", "Map of all {n} missions"),
    "home_strip": Words("Missies met een maand of dag", "Missions with a month or day"),
    "home_strip_all": Words("Tijdlijn van alle {n} missies", "Timeline of all {n} missions"),
    "home_strip_text": Words(
        "Van {n} andere noemen de bronnen alleen een jaar, of geen datum.",
        "For {n} others the sources name only a year, or no date.",
    ),
    "home_documents": Words("Gelezen documenten", "Documents that were read"),
    "home_documents_all": Words("Alle documenten", "All documents"),
    "home_passages": Words("{n} passages", "{n} passages"),
    "home_not_inside": Words("Wat er niet in staat", "What is not in here"),
    "home_not_inside_text": Words(
        "Wat ontbreekt, staat erin als ontbrekend, met de reden die de bron geeft:",
        "What is missing is recorded as missing, with the reason that the source gives:",
    ),
    "home_refused": Words("niet gedeeld", "not disclosed"),
    "home_refused_text": Words(
        "{n} keer weigert een bron een antwoord, bijvoorbeeld:",
        "{n} times a source refuses an answer, for instance:",
    ),
    "home_absent_text": Words(
        "{n} keer zegt een bron dat iets er niet is.",
        "{n} times a source says that something does not exist.",
    ),
    "home_quality": Words("Gaten, weigeringen en tegenspraak", "Gaps, refusals and contradictions"),
    "home_inside": Words("In deze gegevens", "In this data"),
    "home_questions": Words("Vragen om mee te beginnen", "Questions to start with"),
    "home_all": Words("Alle {n} vragen", "All {n} questions"),
    "home_endpoint": Words("Voor programma’s", "For programs"),
    "home_endpoint_text": Words(
        "Het adres hieronder spreekt SPARQL 1.1, alleen lezen, zonder sleutel. Tabellen komen als JSON, XML, CSV of "
        "TSV; grafen als Turtle, N-Triples, JSON-LD of RDF/XML.",
        "The address below speaks SPARQL 1.1, read-only, without a key. Tables come as JSON, XML, CSV or TSV; graphs "
        "as Turtle, N-Triples, JSON-LD or RDF/XML.",
    ),
    "home_honest": Words("Wat u moet weten", "Good to know"),
    "home_honest_1": Words(
        "Wat een bron niet vermeldt, niet kan weten of op twee manieren zegt, staat er als zodanig in. Een leeg "
        "antwoord is geen “nee”.",
        "What a source does not state, cannot know or says in two ways is recorded as such. An empty answer is not "
        "a “no”.",
    ),
    "home_honest_2": Words(
        "Een uitgave is bevroren: dezelfde vraag geeft bij dezelfde uitgave altijd hetzelfde antwoord.",
        "A release is frozen: the same question on the same release always has the same answer.",
    ),
    "home_honest_3": Words(
        "De documenten zelf staan er niet in: wel waar u het leest, en een korte weergave in onze woorden.",
        "The documents themselves are not in it: it says where to read, with a short rendering in our words.",
    ),
    "statements": Words("feiten en relaties (quads)", "facts and relations (quads)"),
    # Errors that are no answer to a query
    "problem_back": Words("Naar de zoekvragen", "To the queries"),
    "problem_home": Words("Naar de voorpagina", "To the front page"),
}
