"""Words of downloads, releases and changes."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    # The page of downloads
    "releases_data": Words("Downloads", "Downloads"),
    "releases_data_lead": Words(
        "Alles uit deze uitgave als bestanden voor uw eigen programma’s. Elk zegt hetzelfde, in een andere vorm.",
        "Everything in this release as files for your own programs. Every file says the same, in another form.",
    ),
    "releases_data_about": Words(
        "Download de kennisgraaf van de Nederlandse handelsdiplomatie als Excel, CSV, SQLite, RDF of netwerk.",
        "Download the knowledge graph of Dutch trade diplomacy as Excel, CSV, SQLite, RDF or network.",
    ),
    "releases_for_tables": Words("Tabellen en netwerk", "Tables and network"),
    "releases_for_tables_text": Words(
        "Een rij per ding, met de namen in twee talen en de passages waarin het staat. Een lege cel betekent dat de "
        "documenten er niets over zeggen, niet dat het antwoord nee is.",
        "A row per thing, with names in two languages and the passages that state it. An empty cell means that the "
        "documents say nothing about it, not that the answer is no.",
    ),
    "releases_for_rdf": Words("RDF", "RDF"),
    "releases_for_rdf_text": Words(
        "Alle uitspraken met hun herkomst. N-Quads, TriG en JSON-LD houden bij welk document iets zegt.",
        "All statements with their provenance. N-Quads, TriG and JSON-LD keep which document says what.",
    ),
    "releases_size": Words("Grootte", "Size"),
    "releases_file": Words("Bestand", "File"),
    "releases_download": Words("Download", "Download"),
    "releases_download_of": Words("Download {name}", "Download {name}"),
    "releases_folder": Words("{n} bestanden", "{n} files"),
    "releases_no_files": Words("Er zijn hier nog geen bestanden", "There are no files here yet"),
    "releases_no_files_text": Words(
        "Wie deze site beheert, maakt ze met `tradegraph export`. Alle gegevens zijn ook met SPARQL op te vragen, en "
        "per graaf als RDF.",
        "Whoever keeps this site makes them with `tradegraph export`. All data can also be had with SPARQL, and as RDF "
        "per graph.",
    ),
    "releases_use": Words("Gebruiken, controleren en citeren", "Use, check and cite"),
    "releases_licence": Words("Licentie", "Licence"),
    "releases_licence_text": Words(
        "geen rechten voorbehouden. U mag alles gebruiken, ook zonder te vragen.",
        "no rights reserved. You may use everything, without asking.",
    ),
    "releases_licence_note": Words(
        "De documenten zelf staan er niet in; die leest u bij de officiële publicatie.",
        "The documents themselves are not in them; read those at the official publication.",
    ),
    "releases_cite": Words("Citeren", "Cite"),
    "releases_cite_text": Words(
        "Noem het nummer van de uitgave, dan vindt een ander dezelfde feiten.",
        "Name the number of the release, so that others find the same facts.",
    ),
    "releases_cite_link": Words("Citeer deze uitgave", "Cite this release"),
    "releases_check": Words("Controleren", "Check"),
    "releases_check_text": Words(
        "Geef een bestand de naam die in de lijst staat, en vergelijk het met het controlegetal.",
        "Give a file the name that it has in the list, and compare it with the checksum.",
    ),
    "releases_programs": Words("Voor programma’s", "For programs"),
    "releases_programs_sparql": Words("SPARQL-endpoint", "SPARQL endpoint"),
    "releases_programs_sparql_text": Words(
        "zelf vragen stellen, met antwoorden in acht vormen", "ask anything, with answers in eight forms"
    ),
    "releases_programs_api": Words("API", "API"),
    "releases_programs_api_text": Words("vragen, dingen en zoeken als JSON", "questions, things and search as JSON"),
    "releases_programs_record": Words("Beschrijving van de gegevens", "Description of the data"),
    "releases_programs_record_text": Words(
        "DCAT-AP-NL 3 en VoID, voor dataportalen en programma’s die het web lezen",
        "DCAT-AP-NL 3 and VoID, for data portals and programs that read the web",
    ),
    "releases_programs_list": Words("Lijst van uitgaven", "List of releases"),
    "releases_programs_list_text": Words(
        "als JSON of RDF; `latest` in een adres leidt naar de nieuwste",
        "as JSON or RDF; `latest` in an address leads to the newest",
    ),
    "releases_programs_feed": Words("Atom-feed", "Atom feed"),
    "releases_programs_feed_text": Words("bericht van elke nieuwe uitgave", "notice of every new release"),
    "releases_programs_files": Words("Lijst van bestanden", "List of files"),
    "releases_programs_files_text": Words(
        "elk bestand met adres, grootte en controlegetal", "every file with address, size and checksum"
    ),
    "releases_all": Words("Alle uitgaven", "All releases"),
    "releases_all_text": Words(
        "Een uitgave verandert nooit meer. Oude uitgaven houden hun adres.",
        "A release never changes any more. Older releases keep their address.",
    ),
    "releases_release": Words("Uitgave", "Release"),
    "releases_since": Words("In gebruik sinds", "In use since"),
    "releases_quads": Words("Uitspraken", "Statements"),
    "releases_files": Words("Bestanden", "Files"),
    "releases_none": Words("niet gemaakt", "not made"),
    "releases_served": Words("deze site", "this site"),
    "releases_what_changed": Words("wat veranderde", "what changed"),
    # The page of the files of one release
    "releases_of": Words("Bestanden van uitgave {version}", "Files of release {version}"),
    "releases_of_lead": Words(
        "In gebruik sinds {day}, met {n} uitspraken. De bestanden veranderen niet meer.",
        "In use since {day}, with {n} statements. The files do not change any more.",
    ),
    "releases_older": Words(
        "Dit is niet de uitgave die deze site nu gebruikt.", "This is not the release that this site uses now."
    ),
    "releases_to_newest": Words("Naar de bestanden van de uitgave van nu", "To the files of the present release"),
    "releases_whole": Words("De hele uitgave in één bestand", "The whole release in one file"),
    "releases_beside": Words("Bij de gegevens", "Beside the data"),
    "releases_what": Words("Wat het is", "What it is"),
    # Changes
    "releases_changes": Words("Wijzigingen", "Changes"),
    "releases_changes_lead": Words(
        "Elke uitgave van de gegevens, en wat er anders is dan in de vorige.",
        "Every release of the data, and what differs from the one before.",
    ),
    "releases_changes_of": Words("Wijzigingen in uitgave {version}", "Changes in release {version}"),
    "releases_compared": Words(
        "Vergeleken met uitgave {old}, die in gebruik kwam op {day}.",
        "Compared with release {old}, which came into use on {day}.",
    ),
    "releases_first": Words(
        "De eerste uitgave hier, met {n} uitspraken.", "The first release here, with {n} statements."
    ),
    "releases_first_text": Words(
        "Er is hier geen eerdere uitgave, dus is er niets om mee te vergelijken.",
        "There is no earlier release here, so there is nothing to compare with.",
    ),
    "releases_same": Words("De twee uitgaven zeggen precies hetzelfde.", "The two releases say exactly the same."),
    "releases_statements": Words(
        "{added} uitspraken erbij, {removed} eraf.", "{added} statements added, {removed} removed."
    ),
    "releases_sizes": Words("Van {before} naar {after} uitspraken.", "From {before} to {after} statements."),
    "releases_added": Words("Nieuw", "New"),
    "releases_removed": Words("Weg", "Gone"),
    "releases_changed": Words("Gewijzigd", "Changed"),
    "releases_per_kind": Words("Per soort ding", "Per kind of thing"),
    "releases_kind": Words("Soort", "Kind"),
    "releases_per_document": Words("Per document", "Per document"),
    "releases_graph": Words("Graaf", "Graph"),
    "releases_graph_added": Words("Uitspraken erbij", "Statements added"),
    "releases_graph_removed": Words("Uitspraken eraf", "Statements removed"),
    "releases_before": Words("Was", "Was"),
    "releases_after": Words("Is", "Is"),
    "releases_corrected": Words("verbeterd", "corrected"),
    "releases_more": Words("en nog {n}", "and {n} more"),
    "releases_see": Words("Bekijk wat veranderde", "See what changed"),
    "releases_other": Words("Vergelijk met een andere uitgave", "Compare with another release"),
    "releases_as": Words("Deze vergelijking als", "This comparison as"),
    "releases_follow": Words("Volg de uitgaven", "Follow the releases"),
    # The feed
    "releases_feed": Words("Tradegraph: uitgaven", "Tradegraph: releases"),
    "releases_feed_about": Words(
        "Elke nieuwe uitgave van de kennisgraaf van de Nederlandse handelsdiplomatie, en wat erin veranderde.",
        "Every new release of the knowledge graph of Dutch trade diplomacy, and what changed in it.",
    ),
    "releases_team": Words("Tradegraph-team", "Tradegraph team"),
    "releases_entry": Words("Uitgave {version}", "Release {version}"),
    # Withdrawn things
    "releases_withdrawn": Words("Ingetrokken", "Withdrawn"),
    "releases_withdrawn_text": Words(
        "Wat onder deze sleutel stond, is ingetrokken sinds {day}.",
        "What stood under this key was withdrawn on {day}.",
    ),
    "releases_withdrawn_reason": Words("Waarom", "Why"),
    "releases_withdrawn_older": Words(
        "In oudere uitgaven staat het nog. Bekijk de wijzigingen", "It is still in older releases. See the changes"
    ),
}
