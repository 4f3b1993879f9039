"""Words of the page that answers what connects two things."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    "connections_title": Words("Wat verbindt …?", "What connects …?"),
    "connections_question": Words("Wat verbindt {start} en {end}?", "What connects {start} and {end}?"),
    "connections_lead": Words(
        "Kies twee landen, missies, mensen, organisaties, afspraken of documenten. U ziet langs welke stappen ze "
        "verbonden zijn, met bij elke stap de bron.",
        "Choose two countries, missions, people, organisations, agreements or documents. You see along which steps "
        "they are connected, with the source of each step.",
    ),
    "connections_from": Words("Van", "From"),
    "connections_to": Words("Naar", "To"),
    "connections_typed": Words("Begin met typen, bijvoorbeeld Indonesië", "Start typing, for instance Indonesia"),
    "connections_swap": Words("Wissel om", "Swap"),
    "connections_find": Words("Zoek verbanden", "Find connections"),
    "connections_suggestions": Words("Voorstellen", "Suggestions"),
    "connections_number_of": Words("{n} voorstellen", "{n} suggestions"),
    "connections_choose": Words("Wat bedoelt u met “{typed}”?", "What do you mean by “{typed}”?"),
    "connections_nothing": Words(
        "Niets in deze gegevens heet zo en heeft een relatie. Probeer een ander of een korter woord.",
        "Nothing in these data has that name and a relation. Try another word, or a shorter one.",
    ),
    "connections_no_search": Words(
        "Deze release heeft geen zoekindex: geef de sleutel, zoals territory/idn.",
        "This release has no search index: give the key, such as territory/idn.",
    ),
    "connections_examples": Words("Voorbeelden", "Examples"),
    "connections_example": Words("{start} en {end}", "{start} and {end}"),
    "connections_filters": Words("Filters", "Filters"),
    "connections_steps": Words("Hoogstens zoveel stappen", "At most so many steps"),
    "connections_via": Words("Langs (een derde)", "By way of (a third)"),
    "connections_without": Words("Niet langs", "Not by way of"),
    "connections_since": Words("Vanaf jaar", "From year"),
    "connections_until": Words("Tot en met jaar", "Up to year"),
    "connections_period_hint": Words("Stappen zonder jaar blijven staan.", "Steps without a year stay in."),
    "connections_hubs": Words(
        "Ook door knooppunten, zoals Nederland, de EU en ministeries",
        "Also through hubs, such as the Netherlands, the EU and ministries",
    ),
    "connections_mentions": Words("Ook: genoemd in hetzelfde document", "Also: named in the same document"),
    "connections_kinds": Words("Alleen door deze soorten dingen", "Only through these kinds of things"),
    "connections_kinds_hint": Words(
        "Niets gekozen: door alles, behalve door begrippen, cijfers, Kamervragen en kabinetten.",
        "Nothing chosen: through everything except concepts, figures, parliamentary questions and cabinets.",
    ),
    "connections_relations": Words("Alleen langs deze relaties", "Only along these relations"),
    "connections_relations_hint": Words("Niets gekozen: langs alle relaties.", "Nothing chosen: along all relations."),
    "connections_clear": Words("Haal alle filters weg", "Clear all filters"),
    "connections_count_one": Words("1 verband", "1 connection"),
    "connections_count": Words("{n} verbanden", "{n} connections"),
    "connections_count_part": Words("{shown} van {n} verbanden", "{shown} of {n} connections"),
    "connections_count_least": Words("{shown} van ten minste {n} verbanden", "{shown} of at least {n} connections"),
    "connections_shapes": Words(
        "{n} soorten routes, van elke soort de eerste {each}", "{n} kinds of route, the first {each} of each kind"
    ),
    "connections_incomplete": Words(
        "Er zijn er meer. Alles van hoogstens {complete} stappen is gevonden; bij {steps} stappen is de zoektocht "
        "gestopt toen er genoeg werk was gedaan. Filters maken de vraag kleiner.",
        "There are more. Everything of at most {complete} steps was found; at {steps} steps the search stopped when it "
        "had done enough work. Filters make the question smaller.",
    ),
    "connections_ranked": Words("Hoe gezocht en gerangschikt?", "How searched and ranked?"),
    "connections_ranked_by": Words(
        "De kortste route komt eerst. Bij evenveel stappen telt hoeveel passages elke stap dragen, en hoe bijzonder de "
        "tussenstappen zijn: een tussenstap die met weinig anders verbonden is, zegt meer. Daarna komt het nieuwste "
        "eerst.",
        "The shortest route comes first. With equal steps it counts how many passages carry each step, and how "
        "particular the stops are: a stop that is connected with little else says more. After that the newest comes "
        "first.",
    ),
    "connections_searched": Words(
        "Doorzocht: {edges} relaties tussen {nodes} dingen, gelezen uit {documents} documenten tot en met {date}.",
        "Searched: {edges} relations between {nodes} things, read from {documents} documents up to {date}.",
    ),
    "connections_hubs_named": Words(
        "Niet doorheen gegaan, omdat bijna alles eraan vastzit:",
        "Not passed through, since almost everything is attached to them:",
    ),
    "connections_present": Words(
        "De zinnen staan in de tegenwoordige tijd; jaren en voornemens staan in de tabel.",
        "Sentences are in the present tense; years and intentions stand in the table.",
    ),
    "connections_direct": Words("Rechtstreeks", "Directly"),
    "connections_through": Words("Via {stops}", "Through {stops}"),
    "connections_group_all": Words("Alle {n} van deze soort", "All {n} of this kind"),
    "connections_group_of": Words("{n} verbanden", "{n} connections"),
    "connections_back": Words("Terug naar alle soorten routes", "Back to all kinds of route"),
    "connections_strength": Words("De zwakste stap staat in {n} passages", "The weakest step stands in {n} passages"),
    "connections_strength_one": Words("De zwakste stap staat in 1 passage", "The weakest step stands in 1 passage"),
    "connections_outside": Words("niet uit de documenten", "not from the documents"),
    "connections_more_sources": Words("en {n} meer", "and {n} more"),
    "connections_picture": Words("Getekend", "Drawn"),
    "connections_picture_of": Words(
        "Verbanden tussen {start} en {end}: {paths} routes langs {nodes} dingen",
        "Connections between {start} and {end}: {paths} routes by way of {nodes} things",
    ),
    "connections_picture_text": Words(
        "Van links naar rechts, een kolom per stap. Klik op een lijn voor de bron, op een naam voor de pagina. De "
        "zinnen hierboven en de tabel hieronder zeggen hetzelfde.",
        "From left to right, a column for each step. Click a line for its source, a name for its page. The sentences "
        "above and the table below say the same.",
    ),
    "connections_picture_part": Words(
        "Getekend zijn de eerste {paths} routes, om het leesbaar te houden.",
        "The first {paths} routes are drawn, to keep it readable.",
    ),
    "connections_table": Words("Stap voor stap", "Step by step"),
    "connections_caption": Words(
        "Alle {steps} stappen van de {paths} verbanden hierboven", "All {steps} steps of the {paths} connections above"
    ),
    "connections_caption_one": Words("De stappen van het verband hierboven", "The steps of the connection above"),
    "connections_route": Words("Route", "Route"),
    "connections_step": Words("Stap", "Step"),
    "connections_relation": Words("Relatie", "Relation"),
    "connections_year": Words("Jaar", "Year"),
    "connections_no_year": Words("niet vermeld", "not stated"),
    "connections_none": Words("Geen verband van hoogstens {steps} stappen", "No connection of at most {steps} steps"),
    "connections_none_text": Words(
        "Dat is ook een antwoord: in {documents} documenten tot en met {date} staat niets dat deze twee binnen "
        "{steps} stappen verbindt. Het zegt niet dat er buiten deze documenten niets is.",
        "That is an answer too: in {documents} documents up to {date} nothing connects these two within {steps} steps. "
        "It does not say that there is nothing outside these documents.",
    ),
    "connections_none_filtered": Words(
        "Er zijn filters aan: zonder filters is er misschien wel een verband.",
        "Filters are on: without them there may be a connection.",
    ),
    "connections_none_cut": Words(
        "De zoektocht is niet af: alleen verbanden van hoogstens {complete} stappen zijn uitgesloten.",
        "The search is not complete: only connections of at most {complete} steps are ruled out.",
    ),
    "connections_wider": Words("Zoek ruimer", "Search wider"),
    "connections_allow_steps": Words("Sta {n} stappen toe", "Allow {n} steps"),
    "connections_allow_hubs": Words("Ga ook door knooppunten", "Also pass through hubs"),
    "connections_allow_mentions": Words("Tel ook samen genoemd mee", "Also count named together"),
    "connections_nearest": Words("Het dichtst bij {name}", "Nearest to {name}"),
    "connections_alone": Words(
        "{name} heeft in deze gegevens geen enkele relatie met iets anders.",
        "{name} has no relation with anything else in these data.",
    ),
    "connections_same": Words(
        "Beide uiteinden zijn hetzelfde. Kies twee verschillende.", "Both ends are the same. Choose two different ones."
    ),
    "connections_query_1": Words(
        "Welke relaties verbinden deze twee rechtstreeks?", "Which relations connect these two directly?"
    ),
    "connections_query_2": Words(
        "Wat staat er in één tussenstap tussen deze twee?", "What stands between these two in one stop?"
    ),
    "connections_query_3": Words(
        "Wat staat er in twee tussenstappen tussen deze twee?", "What stands between these two in two stops?"
    ),
    "connections_dotted": Words(
        "Stippellijn: genoemd in hetzelfde document.", "Dotted line: named in the same document."
    ),
    "connections_source_line": Words(
        "Bron: {documents} documenten tot en met {date}", "Source: {documents} documents up to {date}"
    ),
}
