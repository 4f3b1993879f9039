"""Words that every page may need: navigation, sources, tables, actions."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    # Navigation
    "nav_explore": Words("Verkennen", "Explore"),
    "nav_connections": Words("Verbanden", "Connections"),
    "nav_map": Words("Kaart", "Map"),
    "nav_timeline": Words("Tijdlijn", "Timeline"),
    "nav_statistics": Words("Cijfers", "Figures"),
    "nav_documents": Words("Documenten", "Documents"),
    "nav_questions": Words("Vragen", "Questions"),
    "nav_data": Words("Downloads", "Downloads"),
    "nav_api": Words("API", "API"),
    "nav_def": Words("Ontologie", "Ontology"),
    "nav_quality": Words("Kwaliteit", "Quality"),
    "nav_changes": Words("Wijzigingen", "Changes"),
    "nav_about": Words("Over tradegraph", "About tradegraph"),
    "nav_footer": Words("Meer", "More"),
    "nav_crumbs": Words("Kruimelpad", "Breadcrumb"),
    "nav_search": Words(
        "Zoek een land, missie, verdrag, organisatie …", "Search a country, mission, treaty, organisation …"
    ),
    "nav_search_button": Words("Zoek", "Search"),
    # Sources
    "source_mark": Words("Bron {n}", "Source {n}"),
    "source_mark_derived": Words("Bron {n}, afgeleid volgens een regel", "Source {n}, derived by a rule"),
    "source_mark_disagree": Words("Bron {n}, bronnen verschillen", "Source {n}, sources disagree"),
    "source_heading": Words("Bronnen", "Sources"),
    "source_text": Words(
        "Waar dit te lezen is. De weergave is in onze woorden; het officiële document gaat voor.",
        "Where this can be read. The rendering is in our words; the official document prevails.",
    ),
    "source_read_here": Words("Hieruit gelezen", "Read from here"),
    "source_as_written": Words("zoals geschreven", "as written"),
    "source_by_rule": Words("afgeleid volgens regel", "derived by rule"),
    "source_record": Words("record", "record"),
    "source_official": Words("Officiële publicatie", "Official publication"),
    "source_context": Words("Lees in het document", "Read in the document"),
    "source_literal": Words("Letterlijk in het document", "Literally in the document"),
    # Tables, lists, facets
    "kit_all": Words("Alle {n}", "All {n}"),
    "kit_shown": Words("{first} tot en met {last} van {n}", "{first} to {last} of {n}"),
    "kit_pages": Words("Bladeren", "Pages"),
    "kit_previous": Words("Vorige", "Previous"),
    "kit_next": Words("Volgende", "Next"),
    "kit_views": Words("Weergave", "View"),
    "kit_filters": Words("Verfijn", "Narrow down"),
    "kit_more": Words("Meer", "More"),
    "kit_remove": Words("Haal {name} weg", "Remove {name}"),
    "kit_see_query": Words("Bekijk de zoekvraag", "See the query"),
    # Actions
    "act_heading": Words("Gebruik deze pagina", "Use this page"),
    "act_download": Words("Download", "Download"),
    "act_cite": Words("Citeer", "Cite"),
    "act_copy": Words("Kopieer link", "Copy link"),
    "act_copied": Words("Gekopieerd", "Copied"),
    "act_print": Words("Druk af", "Print"),
    "act_query": Words("Zoekvragen achter deze pagina", "Queries behind this page"),
    "act_identifier": Words("Vaste naam", "Identifier"),
    "act_graph": Words("Open in de graaf", "Open in the graph"),
    "act_connections": Words("Wat verbindt dit met …?", "What connects this to …?"),
}
