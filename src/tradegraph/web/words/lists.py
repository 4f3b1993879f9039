"""Words of lists and search."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    # A list
    "list_kinds": Words("Soorten", "Kinds"),
    "list_all_kinds": Words("Alle soorten", "All kinds"),
    "list_form": Words("Zoek in deze lijst", "Search this list"),
    "list_words": Words("woorden", "words"),
    "list_words_in": Words("Woorden in deze lijst", "Words in this list"),
    "list_order": Words("Volgorde", "Order"),
    "list_apply": Words("Toon", "Show"),
    "list_sort_name": Words("Op naam", "By name"),
    "list_sort_newest": Words("Nieuwste eerst", "Newest first"),
    "list_sort_oldest": Words("Oudste eerst", "Oldest first"),
    "list_of": Words("van {n}", "of {n}"),
    "list_complete": Words("Volledig: niets is afgekapt.", "Complete: nothing was cut off."),
    "list_filters_on": Words("Filters die aan staan", "Filters that are on"),
    "list_clear": Words("Haal alles weg", "Remove all"),
    "list_not_stated": Words("niet vermeld", "not stated"),
    "list_not_further": Words("niet nader bepaald", "not further specified"),
    "list_and_more": Words("en {n} meer", "and {n} more"),
    "list_none": Words("Geen {kind} met deze filters", "No {kind} with these filters"),
    "list_none_text": Words(
        "In deze uitgave zijn {n} {kind} nagekeken. Dat er hier niets staat, is geen “nee”: de gelezen documenten "
        "vermelden het niet. Probeer minder filters.",
        "All {n} {kind} of this release were checked. Finding nothing here is not a “no”: the documents that were read "
        "do not state it. Try fewer filters.",
    ),
    "list_without": Words("Zonder {name}", "Without {name}"),
    "list_search_all": Words("Zoek “{words}” overal", "Search “{words}” everywhere"),
    "list_what_is_absent": Words("Wat er niet in deze gegevens zit", "What is not in this data"),
    # Views
    "list_view_list": Words("Lijst", "List"),
    "list_view_map": Words("Kaart", "Map"),
    "list_view_timeline": Words("Tijdlijn", "Timeline"),
    "list_view_chart": Words("Grafiek", "Chart"),
    "list_in_words": Words("Hetzelfde in woorden", "The same in words"),
    "list_map_title": Words("Kaart: {kind} per land", "Map: {kind} by country"),
    "list_map_text": Words(
        "Hoe donkerder een land, hoe meer. Dezelfde aantallen staan onder de kaart.",
        "The darker a country, the more. The same numbers stand below the map.",
    ),
    "list_map_borders": Words(
        "Grenzen: Natural Earth, niet gezaghebbend.", "Boundaries: Natural Earth, not authoritative."
    ),
    "list_map_missing": Words(
        "Niet op de kaart: {n} {kind} zonder vermelde plaats.", "Not on the map: {n} {kind} without a stated place."
    ),
    "list_no_missions": Words("geen missie vermeld", "no mission stated"),
    "list_timeline_title": Words("Tijdlijn: {kind}", "Timeline: {kind}"),
    "list_timeline_text": Words(
        "Een balk loopt over de tijd die de bron noemt: wie alleen een jaar noemt, krijgt een balk over dat jaar.",
        "A bar covers the time that the source names: where only a year is named, the bar covers that year.",
    ),
    "list_timeline_missing": Words("{n} zonder datum staan er niet op.", "{n} without a date are not on it."),
    "list_timeline_older": Words(
        "{n} oudere staan alleen in de lijst eronder.", "{n} older ones stand only in the list below."
    ),
    "list_chart_title": Words("Aantal {kind} per {by}", "Number of {kind} by {by}"),
    "list_chart_by": Words("Tel per", "Count by"),
    "list_chart_text": Words(
        "Iets met meer waarden telt bij elke waarde mee; de som kan dus hoger zijn dan het totaal.",
        "What has several values counts with each; the sum may be higher than the total.",
    ),
    "list_chart_more": Words("{n} meer staan in de tabel.", "{n} more stand in the table."),
    # The index of kinds
    "list_index_text": Words(
        "Alles in deze uitgave, per soort. Elke lijst is te verfijnen, te downloaden en als kaart, tijdlijn of grafiek "
        "te zien.",
        "Everything in this release, by kind. Each list can be narrowed down, downloaded and seen as a map, timeline "
        "or chart.",
    ),
    "list_index_things": Words("Dingen", "Things"),
    "list_index_documents": Words("Documenten, vragen en cijfers", "Documents, questions and figures"),
    "list_index_evidence": Words("Wat daarachter zit", "What is behind them"),
    # The second sheet of a workbook
    "list_sheet_list": Words("Lijst", "List"),
    "list_sheet_filters": Words("Filters", "Filters"),
    "list_no_filters": Words("geen", "none"),
    "list_sheet_rows": Words("Rijen", "Rows"),
    "list_sheet_address": Words("Adres op deze site", "Address on this site"),
    "list_sheet_release": Words("Uitgave", "Release"),
    "list_sheet_cite": Words("Citeer als", "Cite as"),
    "list_sheet_licence": Words("Licentie", "Licence"),
    "list_sheet_query": Words("Zoekvraag (SPARQL)", "Query (SPARQL)"),
    # Search
    "search_title": Words("Zoeken", "Search"),
    "search_title_of": Words("Zoeken naar “{words}”", "Search for “{words}”"),
    "search_empty": Words(
        "Typ in het zoekveld een land, persoon, missie, verdrag, organisatie of onderwerp. Woorden tussen "
        "aanhalingstekens worden samen gezocht.",
        "Type a country, person, mission, treaty, organisation or subject in the search field. Words in quotation "
        "marks are searched together.",
    ),
    "search_one": Words("resultaat", "result"),
    "search_many": Words("resultaten", "results"),
    "search_where": Words(
        "in namen en in onze weergave van de documenten", "in names and in our rendering of the documents"
    ),
    "search_other_language": Words(
        "In het Nederlands is niets gevonden; dit zijn de Engelse resultaten.",
        "Nothing was found in English; these are the Dutch results.",
    ),
    "search_all": Words("Alles", "All"),
    "search_things": Words("Dingen", "Things"),
    "search_passages": Words("Passages", "Passages"),
    "search_terms": Words("Begrippen en termen", "Concepts and terms"),
    "search_term": Words("term", "term"),
    "search_passage": Words("Feiten uit deze passage", "Facts from this passage"),
    "search_absent": Words("Bekend als afwezig", "Known to be absent"),
    "search_absent_about": Words("afwezig of niet gedeeld", "absent or not disclosed"),
    "search_absent_said": Words("Zo staat het in: {who}.", "As stated in: {who}."),
    "search_none": Words("Niets gevonden", "Nothing found"),
    "search_better": Words("Bedoelt u", "Did you mean"),
    "search_none_text": Words(
        "Er is gezocht in alle namen en begrippen en in onze weergave van deze documenten ({n} feiten en relaties):",
        "All names and concepts were searched, and our rendering of these documents ({n} facts and relations):",
    ),
    "search_broader": Words("Ruimer zoeken", "Broader searches"),
    "search_no_no": Words(
        "Dat er niets staat, is geen “nee”: misschien zegt geen van deze documenten er iets over.",
        "Finding nothing is not a “no”: perhaps none of these documents says anything about it.",
    ),
}
