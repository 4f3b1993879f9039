"""Words of the pages on ontology, shapes and code lists."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    # Ontology
    "reference_title": Words("Ontologie", "Ontology"),
    "reference_version": Words("versie {version}", "version {version}"),
    "reference_numbers": Words(
        "{classes} klassen en {properties} eigenschappen, elk met een betekenis, een voorbeeld uit de gegevens en wat "
        "eraan wordt geëist.",
        "{classes} classes and {properties} properties, each with a meaning, an example from the data and what is "
        "required of it.",
    ),
    "reference_front_heading": Words("De directe relaties in één tabel", "The direct relations in one table"),
    "reference_front_text": Words(
        "Hiermee stelt u de meeste vragen. Elke relatie is afgeleid uit bewijs, volgens een regel die u kunt lezen.",
        "With these you can ask most questions. Each relation is derived from evidence, by a rule that you can read.",
    ),
    "reference_contents": Words("Onderwerpen", "Subjects"),
    "reference_relation": Words("Relatie", "Relation"),
    "reference_from": Words("Van", "From"),
    "reference_to": Words("Naar", "To"),
    "reference_takes": Words("Waarde", "Value"),
    "reference_rule": Words("Regel", "Rule"),
    "reference_uses": Words("In de gegevens", "In the data"),
    "reference_uses_class": Words("{n} dingen in de gegevens", "{n} things in the data"),
    "reference_uses_property": Words("{n} keer in de gegevens", "{n} times in the data"),
    "reference_reserved": Words("nog niet in de gegevens", "not in the data yet"),
    "reference_not_in_release": Words("niet in deze uitgave", "not in this release"),
    "reference_direct": Words("directe relatie", "direct relation"),
    "reference_front_class": Words("hoofdklasse", "main class"),
    "reference_class": Words("klasse", "class"),
    "reference_property_relation": Words("relatie", "relation"),
    "reference_property_value": Words("kenmerk", "value"),
    "reference_annotation": Words("aantekening bij termen", "note on terms"),
    "reference_individual": Words("ding", "thing"),
    "reference_symmetric": Words("werkt in beide richtingen", "works in both directions"),
    "reference_dimension": Words("dimensie van de kubus", "dimension of the cube"),
    "reference_attribute": Words("attribuut van de kubus", "attribute of the cube"),
    "reference_note": Words("Let op", "Note"),
    "reference_counter": Words("Hoort er niet bij", "Not this"),
    "reference_example": Words("Voorbeeld", "Example"),
    "reference_parents": Words("Valt onder", "Falls under"),
    "reference_children": Words("Omvat", "Includes"),
    "reference_inverse": Words("Omgekeerde", "Inverse"),
    "reference_disjoint": Words("Nooit tegelijk", "Never both"),
    "reference_scheme_of": Words("Waarden uit", "Values from"),
    "reference_derived": Words("Afgeleid volgens", "Derived by"),
    "reference_aligned": Words("Elders", "Elsewhere"),
    "reference_exactMatch": Words("gelijk aan", "same as"),
    "reference_closeMatch": Words("bijna gelijk aan", "close to"),
    "reference_broadMatch": Words("valt onder", "narrower than"),
    "reference_narrowMatch": Words("omvat", "broader than"),
    "reference_relatedMatch": Words("verwant met", "related to"),
    "reference_columns": Words("In de tabellen", "In the tables"),
    "reference_properties_of": Words("Kenmerken en relaties", "Values and relations"),
    "reference_leads_here": Words("Relaties hierheen", "Relations to it"),
    "reference_shapes": Words("Eisen ({n})", "Requirements ({n})"),
    "reference_queries": Words("Zoekvragen ({n})", "Queries ({n})"),
    "reference_all_of": Words("alle {n}", "all {n}"),
    "reference_top": Words("Het meest gebruikt", "Most used"),
    "reference_top_values": Words("Vaakste waarden", "Most frequent values"),
    "reference_times": Words("{n} ×", "{n} ×"),
    "reference_diagram": Words("Diagram", "Diagram"),
    "reference_diagram_text": Words(
        "Links waar een relatie begint, rechts waar zij naartoe leidt. Een streep links in het vak: een hoofdklasse. "
        "Een gestippeld vak: van een ander onderwerp.",
        "On the left where a relation starts, on the right where it leads. A bar in the box: a main class. A dashed "
        "box: of another subject.",
    ),
    "reference_diagram_file": Words("Diagram als SVG", "Diagram as SVG"),
    "reference_diagram_list": Words("De relaties van het diagram als lijst", "The relations of the diagram as a list"),
    "reference_alignments": Words("Verband met andere vocabulaires", "Relation to other vocabularies"),
    "reference_alignments_text": Words(
        "Hoe onze termen zich verhouden tot die van anderen. Elk bestand is apart te gebruiken.",
        "How our terms relate to those of others. Each file can be used by itself.",
    ),
    "reference_file": Words("Bestand", "File"),
    "reference_rule_text": Words("De regel, zoals hij draait", "The rule, as it runs"),
    "reference_folder_relations": Words("regel", "rule"),
    "reference_folder_pages": Words("deel van een pagina", "part of a page"),
    "reference_folder_checks": Words("controle", "check"),
    # Shapes
    "reference_shapes_title": Words("Eisen aan de gegevens", "Requirements on the data"),
    "reference_shapes_lead": Words(
        "Elke uitgave wordt hieraan getoetst (SHACL). Bij een overtreding komt er geen uitgave; een waarschuwing of "
        "opmerking staat in het verslag.",
        "Every release is tested against these (SHACL). With a violation there is no release; a warning or a note is "
        "in the report.",
    ),
    "reference_report": Words("Uitslag in deze uitgave", "Result in this release"),
    "reference_conforms": Words("Deze uitgave voldoet.", "This release conforms."),
    "reference_fails": Words("Deze uitgave voldoet niet.", "This release does not conform."),
    "reference_no_report": Words(
        "Bij deze uitgave is geen verslag van de toetsing.", "This release has no report of the test."
    ),
    "reference_Violation": Words("overtreding", "violation"),
    "reference_Warning": Words("waarschuwing", "warning"),
    "reference_Info": Words("opmerking", "note"),
    "reference_Violation_many": Words("Overtredingen", "Violations"),
    "reference_Warning_many": Words("Waarschuwingen", "Warnings"),
    "reference_Info_many": Words("Opmerkingen", "Notes"),
    "reference_found": Words("{n} gevonden", "{n} found"),
    "reference_found_where": Words("Waar", "Where"),
    "reference_targetClass": Words("Voor elk ding van de klasse", "For every thing of the class"),
    "reference_targetSubjectsOf": Words("Voor alles met", "For everything with"),
    "reference_targetObjectsOf": Words("Voor alles waar dit naar leidt:", "For everything that this leads to:"),
    "reference_targetNode": Words("Voor", "For"),
    "reference_holders": Words("Gebruikt door", "Used by"),
    "reference_query_of": Words("De zoekvraag van deze eis", "The query of this requirement"),
    # Code lists and concepts
    "reference_schemes_title": Words("Codelijsten", "Code lists"),
    "reference_schemes_lead": Words(
        "De vaste lijsten waaruit kenmerken hun waarde kiezen, met voor elk begrip een betekenis.",
        "The fixed lists from which properties take their values, with a meaning for each concept.",
    ),
    "reference_scheme": Words("Codelijst", "Code list"),
    "reference_concepts": Words("Begrippen", "Concepts"),
    "reference_concept": Words("Begrip", "Concept"),
    "reference_meaning": Words("Betekenis", "Meaning"),
    "reference_notation": Words("Code", "Code"),
    "reference_used": Words("Gebruikt", "Used"),
    "reference_scheme_for": Words("Waarden voor", "Values of"),
    "reference_scheme_count": Words("{n} begrippen", "{n} concepts"),
    "reference_in_scheme": Words("In codelijst", "In code list"),
    "reference_broader": Words("Valt onder", "Broader"),
    "reference_narrower": Words("Omvat", "Narrower"),
    "reference_where_used": Words("Waar gebruikt", "Where used"),
    "reference_first_of": Words("De eerste {shown} van {n}", "The first {shown} of {n}"),
    "reference_all_query": Words("alle {n}, als zoekvraag", "all {n}, as a query"),
    "reference_unused": Words(
        "In deze uitgave is dit begrip nergens gebruikt. Dat wil niet zeggen dat het niet bestaat.",
        "Nothing in this release has this concept. That does not mean that there is none.",
    ),
    "reference_sector_missions": Words("Missies naar land en jaar", "Missions by country and year"),
    "reference_country": Words("Land of gebied", "Country or area"),
    "reference_no_year": Words("zonder jaar", "no year"),
    "reference_none": Words("geen in de gegevens", "none in the data"),
    # Rules
    "reference_rule_title": Words("Regel voor “{name}”", "Rule for “{name}”"),
    "reference_rule_lead": Words(
        "Zo ontstaat deze relatie bij het maken van een uitgave: de zoekvraag loopt over het bewijs, en elke uitkomst "
        "is een directe relatie die haar bewijs en passages noemt.",
        "This is how the relation is made when a release is built: the query runs over the evidence, and each row "
        "becomes a direct relation that names its evidence and passages.",
    ),
    "reference_rule_derives": Words("Leidt af", "Derives"),
    "reference_rule_counts": Words(
        "{relations} relaties, van {subjects} dingen naar {objects}",
        "{relations} relations, from {subjects} things to {objects}",
    ),
    "reference_rule_first": Words("Afgeleide relaties", "Derived relations"),
    "reference_record": Words("record", "record"),
    # Cube
    "reference_structure_lead": Words(
        "Elk cijfer bestaat uit deze onderdelen (RDF Data Cube). Een cijfer uit een zin heeft alleen de dimensies die "
        "de zin noemt; wat ontbreekt, is niet beperkt.",
        "Each figure consists of these components (RDF Data Cube). A figure read from a sentence has only the "
        "dimensions that the sentence gives; what is absent is not limited.",
    ),
    "reference_component": Words("Onderdeel", "Component"),
    "reference_structure": Words("Opbouw", "Structure"),
    "reference_role": Words("Rol", "Role"),
    "reference_role_dimension": Words("dimensie", "dimension"),
    "reference_role_measure": Words("meting", "measure"),
    "reference_role_attribute": Words("attribuut", "attribute"),
    "reference_order": Words("Plaats", "Order"),
    "reference_required": Words("Verplicht", "Required"),
    "reference_yes": Words("ja", "yes"),
    "reference_no": Words("nee", "no"),
    "reference_not_applicable": Words("—", "—"),
    "reference_property": Words("Eigenschap", "Property"),
    # Graphs
    "reference_graph_title": Words("Graaf {name}", "Graph {name}"),
    "reference_graph_of": Words("De feiten die uit dit document zijn gelezen.", "The facts read from this document."),
    "reference_graph_ontology": Words(
        "De ontologie: klassen, eigenschappen en hun betekenis.", "The ontology: classes, properties and their meaning."
    ),
    "reference_graph_concepts": Words("De codelijsten en hun begrippen.", "The code lists and their concepts."),
    "reference_graph_registry": Words(
        "Wat niet uit één document komt: landen, ambten, kabinetten en andere vaste gegevens.",
        "What is not from one document: countries, offices, cabinets and other reference data.",
    ),
    "reference_graph_provenance": Words(
        "Waar elk ding in onze tabellen staat.", "Where each thing stands in our tables."
    ),
    "reference_graph_relations": Words(
        "De directe relaties, afgeleid uit het bewijs, met regel en passages.",
        "The direct relations, derived from the evidence, with rule and passages.",
    ),
    "reference_graph_document": Words("Document", "Document"),
    "reference_graph_version": Words("Versie", "Version"),
    "reference_graph_classes": Words("Wat erin staat", "What is in it"),
    "reference_graph_properties": Words("Met welke eigenschappen", "With which properties"),
    "reference_graph_others": Words("De andere grafen", "The other graphs"),
    "reference_things": Words("Dingen", "Things"),
    "reference_triples": Words("Feiten", "Facts"),
}
