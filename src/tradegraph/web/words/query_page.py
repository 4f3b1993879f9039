"""Words of the query page."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final = {
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
    "freeze": Words("Zet vast", "Freeze"),
    "freeze_hint": Words("Een vast adres voor dit antwoord, om te citeren", "A fixed address for this answer, to cite"),
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
}
