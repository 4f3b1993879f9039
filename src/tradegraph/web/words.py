"""The words of the pages, in both languages: one table, read by the templates and handed to the scripts.

Placeholders in braces are filled in by whoever shows the words. Dutch first, then English.
"""

from typing import Final

from tradegraph.web.vocabulary import Language, Words

WORDS: Final = {
    # The frame of every page
    "skip": Words("Naar de inhoud", "Skip to content"),
    "menu": Words("Hoofdmenu", "Main menu"),
    "home": Words("Start", "Home"),
    "ask": Words("Vraag de graaf", "Ask the graph"),
    "language": Words("Taal", "Language"),
    "theme": Words("Licht of donker", "Light or dark"),
    "not_government": Words("Geen website van de overheid.", "Not a government website."),
    "release": Words("Uitgave", "Release"),
    "service": Words("Beschrijving van de dienst (Turtle)", "Service description (Turtle)"),
    "vocabulary_json": Words("Woorden als JSON", "Vocabulary as JSON"),
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
    "home_ask": Words("Stel een vraag", "Ask a question"),
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
    # The query page: form
    "ask_lead": Words(
        "Schrijf een zoekvraag in SPARQL 1.1, of begin met een van de voorbeeldvragen.",
        "Write a query in SPARQL 1.1, or start from one of the example questions.",
    ),
    "query": Words("Zoekvraag", "Query"),
    "run": Words("Uitvoeren", "Run"),
    "run_keys": Words("Ctrl + Enter", "Ctrl + Enter"),
    "stop": Words("Stop", "Stop"),
    "running": Words("Bezig…", "Running…"),
    "stopped": Words("Gestopt. Er is geen antwoord.", "Stopped. There is no answer."),
    "labels": Words("Namen bij IRI’s tonen", "Show names next to IRIs"),
    "rows": Words("Hoogstens", "At most"),
    "rows_unit": Words("{n} rijen", "{n} rows"),
    "time": Words("Tijd", "Time"),
    "time_unit": Words("{n} s", "{n} s"),
    "format": Words("Antwoord", "Answer"),
    "format_page": Words("op deze pagina", "on this page"),
    "plain": Words("Gewoon tekstvak", "Plain text field"),
    "plain_hint": Words(
        "Zonder kleuren en aanvullen; soms prettiger met hulpsoftware.",
        "No colours or completion; sometimes easier with assistive software.",
    ),
    "editor_hint": Words(
        "Ctrl + spatie vult aan, Tab verlaat het veld.", "Ctrl + Space completes, Tab leaves the field."
    ),
    "completions": Words("Aanvullingen", "Completions"),
    # Examples
    "examples": Words("Voorbeeldvragen", "Example questions"),
    "examples_search": Words("Zoek in {n} vragen", "Search {n} questions"),
    "examples_none": Words("Geen vraag met deze woorden.", "No question with these words."),
    "example_use": Words("Toon", "Show"),
    # Vocabulary
    "vocabulary": Words("Spiekbrief", "Cheat sheet"),
    "vocabulary_search": Words("Zoek een woord", "Search a word"),
    "vocabulary_classes": Words("Soorten dingen", "Kinds of things"),
    "vocabulary_properties": Words("Relaties en kenmerken", "Relations and properties"),
    "vocabulary_none": Words("Geen woord gevonden.", "No word found."),
    "insert": Words("Voeg {name} in", "Insert {name}"),
    "times": Words("{n}×", "{n}×"),
    # History
    "history": Words("Eerder gesteld", "Asked before"),
    "history_keep": Words("Onthoud mijn vragen in deze browser", "Remember my queries in this browser"),
    "history_clear": Words("Wis de lijst", "Clear the list"),
    "history_none": Words("Nog niets.", "Nothing yet."),
    # Answer
    "answer": Words("Antwoord", "Answer"),
    "count_one": Words("1 rij", "1 row"),
    "count_many": Words("{n} rijen", "{n} rows"),
    "count_lines": Words("{n} regels", "{n} lines"),
    "count_none": Words("Geen rijen", "No rows"),
    "none_text": Words(
        "Niets in deze uitgave past op de zoekvraag. Dat is geen “nee”: kijk of een naam juist is geschreven en of "
        "een voorwaarde te streng is.",
        "Nothing in this release fits the query. That is not a “no”: see whether a name is spelled right and whether "
        "a condition is too strict.",
    ),
    "took": Words("in {n} ms", "in {n} ms"),
    "complete": Words("volledig", "complete"),
    "incomplete": Words("niet volledig", "not complete"),
    "incomplete_text": Words(
        "Dit is niet het hele antwoord: {reason}. Vraag meer rijen of meer tijd, of download het antwoord.",
        "This is not the whole answer: {reason}. Ask for more rows or more time, or download the answer.",
    ),
    "reason_rows": Words("het grootste aantal rijen is bereikt", "the largest number of rows was reached"),
    "reason_time": Words("de tijd was om", "time was up"),
    "rewritten": Words("Anders uitgevoerd, met hetzelfde antwoord: {names}", "Run differently, same answer: {names}"),
    "yes": Words("Ja", "Yes"),
    "no": Words("Nee", "No"),
    "table_caption": Words("Antwoord op de zoekvraag", "Answer to the query"),
    "sort": Words("Sorteer op {name}", "Sort by {name}"),
    "page_shown": Words("Rij {from} tot en met {to} van {n}", "Rows {from} to {to} of {n}"),
    "page_previous": Words("Vorige", "Previous"),
    "page_next": Words("Volgende", "Next"),
    "download": Words("Download", "Download"),
    "share": Words("Kopieer link", "Copy link"),
    "share_long": Words(
        "Deze zoekvraag is te lang voor een link. Bewaar de tekst.", "This query is too long for a link. Save its text."
    ),
    "copied": Words("Gekopieerd", "Copied"),
    "copy": Words("Kopieer", "Copy"),
    "copy_failed": Words("Kopiëren lukte niet.", "Copying failed."),
    "code": Words("Als programma", "As code"),
    "code_language": Words("Taal van het programma", "Programming language"),
    # Trouble
    "at_line": Words("Regel {line}, teken {column}", "Line {line}, character {column}"),
    "add_prefix": Words("Voeg PREFIX {name}: toe", "Add PREFIX {name}:"),
    "go_there": Words("Ga erheen", "Go there"),
    "offline": Words("De server is niet te bereiken.", "The server cannot be reached."),
    "offline_remedy": Words("Probeer het zo nog eens; uw zoekvraag blijft staan.", "Try again; your query stays."),
    "notices": Words("Opmerkingen bij de zoekvraag", "Notes on the query"),
    "limits": Words("Grenzen van deze dienst", "Limits of this service"),
    "limit_meaning": Words("Wat", "What"),
    "limit_value": Words("Grens", "Limit"),
    # Errors that are no answer to a query
    "problem_back": Words("Naar de zoekvragen", "To the queries"),
}


def words_in(language: Language) -> dict[str, str]:
    """Return every word of the table in one language."""
    return {key: words.in_(language) for key, words in WORDS.items()}
