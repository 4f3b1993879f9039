"""Words of the quality of the data and of coverage."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    # Quality
    "doc_quality_title": Words("Kwaliteit van de gegevens", "Quality of the data"),
    "doc_quality_lead": Words(
        "Wat er is gecontroleerd, waar bronnen verschillen, en wat er niet in staat. Niets hiervan is weggepoetst.",
        "What was checked, where sources differ, and what is not in it. None of it has been polished away.",
    ),
    "doc_quality_violations": Words(
        "overtredingen van de regels voor de graaf", "violations of the rules for the graph"
    ),
    "doc_quality_remarks": Words("waarschuwingen en opmerkingen", "warnings and notes"),
    "doc_quality_rows": Words(
        "fouten gevonden door {n} controles op de inhoud", "errors found by {n} checks of the content"
    ),
    "doc_quality_to_coverage": Words("hoeveel van elk document erin zit", "how much of each document is in it"),
    "doc_quality_unsaid": Words("Wat niet is gezegd, en hoe zeker het is", "What is not said, and how sure it is"),
    "doc_quality_unsaid_text": Words(
        "Een lege plek is nooit een “nee”. Waar een bron iets niet vermeldt of weigert, is dat zelf een feit.",
        "An empty place is never a “no”. Where a source does not state or declines something, that itself is a fact.",
    ),
    "doc_quality_shapes": Words("Regels voor de graaf (SHACL)", "Rules for the graph (SHACL)"),
    "doc_quality_conforms": Words("De graaf voldoet.", "The graph conforms."),
    "doc_quality_does_not_conform": Words("De graaf voldoet niet.", "The graph does not conform."),
    "doc_quality_shapes_text": Words(
        "Waarschuwingen en opmerkingen zijn plaatsen waar een bron minder zegt dan men zou verwachten.",
        "Warnings and notes are places where a source says less than one would expect.",
    ),
    "doc_quality_no_report": Words(
        "Bij deze uitgave is geen controleverslag; zij is elders gemaakt.",
        "This release has no validation report; it was made elsewhere.",
    ),
    "doc_quality_case": Words("{n} geval", "{n} case"),
    "doc_quality_cases": Words("{n} gevallen", "{n} cases"),
    "doc_quality_checks": Words("Controles die niets mogen vinden", "Checks that must find nothing"),
    "doc_quality_checks_text": Words(
        "Elke controle is een zoekvraag op de hele graaf. Wat zij vindt, is een fout.",
        "Each check is a query on the whole graph. What it finds is an error.",
    ),
    "doc_quality_check": Words("Controle", "Check"),
    "doc_quality_found": Words("Gevonden", "Found"),
    "doc_quality_query": Words("De zoekvraag", "The query"),
    "doc_quality_nothing": Words("Niets gevonden. Zo hoort het.", "Nothing found, as it should be."),
    "doc_quality_release": Words("Deze uitgave", "This release"),
    "doc_quality_release_text": Words(
        "{n} quads. Uit dezelfde bestanden komt altijd dezelfde uitgave, byte voor byte.",
        "{n} quads. The same files always give the same release, byte for byte.",
    ),
    "doc_quality_identifier": Words("Naam", "Name"),
    "doc_quality_sha": Words("SHA-256 van de gegevens", "SHA-256 of the data"),
    "doc_quality_inputs": Words(
        "SHA-256 van de bestanden waaruit zij is gemaakt", "SHA-256 of the files it was made from"
    ),
    "doc_quality_ontology": Words("Versie van de ontologie", "Version of the ontology"),
    "doc_quality_graphs": Words("Grafen van deze uitgave", "Graphs of this release"),
    "doc_quality_graph": Words("Graaf", "Graph"),
    "doc_quality_quads": Words("Quads", "Quads"),
    "doc_quality_row": Words("rij", "row"),
    "doc_quality_row_many": Words("rijen", "rows"),
    "doc_quality_reason": Words("Reden of soort", "Reason or type"),
    "doc_quality_no_reason": Words("zonder vermelde reden", "without a stated reason"),
    "doc_quality_remark": Words("Opmerking", "Remark"),
    # Coverage
    "doc_coverage_title": Words("Dekking", "Coverage"),
    "doc_coverage_lead": Words(
        "Elke zin van de gelezen documenten is een passage. Uit bijna elke passage is een feit gelezen; waar dat niet "
        "zo is, staat waarom.",
        "Every sentence of the documents that were read is a passage. A fact was read from nearly each; where none "
        "was, it says why.",
    ),
    "doc_coverage_caption": Words("Passages en waarden per document", "Passages and values for each document"),
    "doc_coverage_passages": Words("Passages", "Passages"),
    "doc_coverage_stating": Words("Met feiten", "With facts"),
    "doc_coverage_silent": Words("Zonder feit", "Without a fact"),
    "doc_coverage_values": Words("Letterlijk overgenomen", "Taken over as written"),
    "doc_coverage_checked": Words(
        "Letterlijk overgenomen waarden, namen en data zijn teruggezocht in de tekst van het document; de plaats en de "
        "digest van elke passage zijn vastgelegd. Met de documenten erbij controleert u dat zelf: "
        "tradegraph check-sources.",
        "Values, names and dates taken over as written were looked up again in the text of the document; place and "
        "digest of each passage are recorded. With the documents at hand you can verify that: tradegraph "
        "check-sources.",
    ),
    "doc_coverage_why": Words("Passages", "Passages"),
    "doc_coverage_none": Words("geen feit", "no fact"),
    "doc_coverage_records": Words("Wat eruit is gelezen", "What was read from it"),
    "doc_coverage_as_written": Words("Zoals geschreven", "As written"),
    "doc_coverage_missing": Words("Genoemd, maar niet in de tekst", "Named, but not in the text"),
    "doc_coverage_not": Words("Wat er niet in zit", "What is not in it"),
    "doc_coverage_not_1": Words(
        "Documenten waarnaar alleen wordt verwezen, zijn niet gelezen: hun inhoud zit er alleen in zoals een gelezen "
        "document die weergeeft.",
        "Documents that are only cited were not read: their content is here only as a document that was read tells it.",
    ),
    "doc_coverage_not_2": Words(
        "De tekst van de documenten zelf: wel waar het staat, met een korte weergave in onze woorden.",
        "The text of the documents themselves: only where to read, with a short rendering in our words.",
    ),
    "doc_coverage_not_3": Words(
        "Wat alleen in een plaatje stond: van figuren is gelezen wat er als tekst bij staat.",
        "What was only in a picture: of figures, what stands with them as text was read.",
    ),
    "doc_coverage_not_4": Words(
        "Wat er na de datum van een document gebeurde. Een plan in een brief blijft hier een plan.",
        "What happened after the date of a document. A plan in a letter stays a plan here.",
    ),
}
