"""Words of documents, questions and answers, quality and about."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    # Documents
    "doc_list_lead": Words(
        "Waar alles vandaan komt: de documenten die zin voor zin zijn gelezen, en de stukken waarnaar die verwijzen.",
        "Where everything comes from: the documents that were read sentence by sentence, and those that they cite.",
    ),
    "doc_to_questions": Words("Alle Kamervragen en antwoorden", "All parliamentary questions and answers"),
    "doc_coverage": Words("Wat is er gelezen en wat niet?", "What was read and what was not?"),
    "doc_read_heading": Words("Gelezen, zin voor zin", "Read, sentence by sentence"),
    "doc_cited_heading": Words("Genoemd in die documenten", "Cited in those documents"),
    "doc_cited_text": Words(
        "Deze stukken zijn zelf niet gelezen. Wat er staat, is wat de gelezen documenten erover zeggen.",
        "These have not been read themselves. What is listed is what the documents that were read say of them.",
    ),
    "doc_counts": Words(
        "{passages} passages, waarvan {silent} zonder feit · {facts} feiten gelezen",
        "{passages} passages, {silent} of them without a fact · {facts} facts read",
    ),
    "doc_from": Words("van", "from"),
    "doc_to": Words("aan", "to"),
    "doc_no_date": Words("datum niet vermeld", "date not stated"),
    "doc_not_stated": Words("niet vermeld", "not stated"),
    "doc_document": Words("Document", "Document"),
    "doc_type": Words("Soort", "Type"),
    "doc_number": Words("Nummer", "Number"),
    "doc_date": Words("Datum", "Date"),
    "doc_cited_by": Words("Aangehaald door", "Cited by"),
    "doc_table": Words("Tabel: {title}", "Table: {title}"),
    "doc_of_cited": Words("van de {n} genoemde documenten", "of the {n} documents cited"),
    "doc_filter_list": Words("Zoek in naam of nummer", "Search in name or number"),
    "doc_filter_button": Words("Filter", "Filter"),
    "doc_none_found": Words("Geen document past bij deze keuze.", "No document fits this choice."),
    "doc_all_documents": Words("Toon alle documenten", "Show all documents"),
    # One document
    "doc_description": Words(
        "{name}: wat er staat, passage voor passage, en welke feiten eruit zijn gelezen.",
        "{name}: what it says, passage by passage, and the facts read from it.",
    ),
    "doc_our_note": Words("Onze kanttekening:", "Our note:"),
    "doc_version": Words("Gelezen versie", "Version read"),
    "doc_read_version": Words("Gelezen is:", "What was read:"),
    "doc_read_rendering": Words(
        "Hieronder staat elke passage in onze woorden; het officiële document gaat voor.",
        "Below is every passage in our words; the official document prevails.",
    ),
    "doc_not_read": Words(
        "Dit document is zelf niet gelezen. Wat hier staat, komt uit documenten die ernaar verwijzen.",
        "This document has not been read itself. What is said here comes from documents that refer to it.",
    ),
    "doc_state_missing": Words(
        "De letterlijke tekst is hier niet te tonen: het bestand van “{file}” ontbreekt in de map van de beheerder.",
        "The literal text cannot be shown here: the file of “{file}” is not in the operator’s folder.",
    ),
    "doc_state_other": Words(
        "De letterlijke tekst wordt niet getoond: het bestand van “{file}” is een andere tekst dan die is gelezen.",
        "The literal text is not shown: the file of “{file}” is another text than the one that was read.",
    ),
    "doc_state_unreadable": Words(
        "De letterlijke tekst is hier niet te tonen: het bestand van “{file}” is niet te lezen.",
        "The literal text cannot be shown here: the file of “{file}” cannot be read.",
    ),
    "doc_state_read": Words(
        "De tekst is hier aanwezig en gecontroleerd: bij elke passage staan ook de letterlijke woorden.",
        "The text is at hand here and was verified: each passage also shows the literal words.",
    ),
    "doc_passages": Words("passages", "passages"),
    "doc_with_facts": Words("met feiten", "with facts"),
    "doc_text_heading": Words("Wat er staat", "What it says"),
    "doc_contents": Words("Inhoud", "Contents"),
    "doc_filter": Words("Zoek in dit document", "Search in this document"),
    "doc_show": Words("Toon", "Show"),
    "doc_show_all": Words("alle passages", "all passages"),
    "doc_show_facts": Words("passages met feiten", "passages with facts"),
    "doc_show_silent": Words("passages zonder feit", "passages without a fact"),
    "doc_filtered": Words("{n} passages getoond.", "{n} passages shown."),
    "doc_show_everything": Words("Toon alles", "Show everything"),
    "doc_no_passage": Words("Geen passage past bij deze keuze.", "No passage fits this choice."),
    "doc_answered": Words("Antwoord:", "Answer:"),
    "doc_fact_one": Words("{n} feit", "{n} fact"),
    "doc_fact_many": Words("{n} feiten", "{n} facts"),
    "doc_named": Words("{n} genoemd", "{n} named"),
    "doc_states_none": Words("Hier staat geen feit:", "States no fact:"),
    "doc_cites": Words("Verwijst naar", "Cites"),
    "doc_mentioned": Words("Wat erin wordt genoemd", "What it names"),
    "doc_commitments": Words("Toezeggingen", "Commitments"),
    "doc_about": Words("Hierover of hieruit gezegd", "Said of it, or according to it"),
    "doc_reference": Words("verwijzing", "reference"),
    "doc_due": Words("uiterlijk {when}", "due {when}"),
    "doc_denied": Words("{text} (ontkend)", "{text} (denied)"),
    # Records as a line
    "doc_line_participation": Words("{who}: {role}, {what}", "{who}: {role}, {what}"),
    "doc_line_membership": Words("{what} hoort bij {set}", "{what} is in {set}"),
    "doc_line_party": Words("{who} is partij bij {what}", "{who} is party to {what}"),
    "doc_line_mention": Words("“{stated}”: {what}", "“{stated}”: {what}"),
    # Parts, versions, passages
    "doc_part_of": Words("Deel van", "Part of"),
    "doc_place_in_order": Words("deel {n}, geteld vanaf 0", "part {n}, counted from 0"),
    "doc_holds_question": Words("Hier staat", "This holds"),
    "doc_version_lead": Words(
        "Met deze kenmerken is een kopie van de tekst te herkennen als de tekst die is gelezen.",
        "By these marks a copy of the text can be told to be the one that was read.",
    ),
    "doc_language": Words("Taal", "Language"),
    "doc_file_name": Words("Bestandsnaam", "File name"),
    "doc_file_digest": Words("SHA-256 van het bestand", "SHA-256 of the file"),
    "doc_text_digest": Words("SHA-256 van de tekst", "SHA-256 of the text"),
    "doc_normalisation": Words("Regel voor witruimte", "Rule for white space"),
    "doc_row": Words("Rij in de gegevens", "Row in the data"),
    "doc_line": Words("Regel", "Line"),
    "doc_span": Words("Plaats in de tekst", "Place in the text"),
    "doc_span_text": Words("tekens {start} tot {end}", "characters {start} to {end}"),
    "doc_digest": Words("SHA-256 van de passage", "SHA-256 of the passage"),
    "doc_our_words": Words(
        "Dit is een weergave in onze woorden; het officiële document gaat voor.",
        "This is a rendering in our words; the official document prevails.",
    ),
    "doc_belongs_to": Words("Deze passage is een stuk van", "This passage is a piece of"),
    "doc_answer_here": Words("het antwoord", "the answer"),
    "doc_read_from_here": Words("Hieruit gelezen", "Read from here"),
    "doc_what": Words("Wat", "What"),
    "doc_kind": Words("Soort", "Kind"),
    "doc_as_written": Words("Zoals geschreven", "As written"),
    "doc_nothing_read": Words("Uit deze passage is niets gelezen.", "Nothing was read from this passage."),
    "doc_relations": Words("Relaties die hierop steunen", "Relations that rest on this"),
    "doc_relations_text": Words(
        "Afgeleid uit de records hierboven, volgens een regel die u kunt nalezen.",
        "Derived from the records above, by a rule that you can read.",
    ),
    "doc_around": Words("Eromheen", "Around it"),
    "doc_steps": Words("Vorige en volgende", "Previous and next"),
    "doc_previous_passage": Words("Vorige passage", "Previous passage"),
    "doc_next_passage": Words("Volgende passage", "Next passage"),
    # Questions and answers
    "doc_questions": Words("Kamervragen en antwoorden", "Parliamentary questions and answers"),
    "doc_questions_lead": Words(
        "Wat de Kamer vroeg, en hoe de regering antwoordde: inhoudelijk, gedeeltelijk, met een verwijzing, of niet.",
        "What the House asked, and how the government answered: in substance, in part, by a reference, or not.",
    ),
    "doc_filter_questions": Words("Zoek in vraag en antwoord", "Search in question and answer"),
    "doc_of_questions": Words("van de {n} vragen", "of the {n} questions"),
    "doc_no_question": Words("Geen vraag past bij deze keuze.", "No question fits this choice."),
    "doc_topic": Words("Onderwerp", "Topic"),
    "doc_topics": Words("Onderwerpen", "Topics"),
    "doc_disposition": Words("Hoe beantwoord", "How answered"),
    "doc_question_text": Words("De vraag", "The question"),
    "doc_answer_text": Words("Het antwoord", "The answer"),
    "doc_answer_to": Words("antwoord op {name}", "answer to {name}"),
    "doc_no_answer": Words("Er is geen antwoord in de gegevens.", "There is no answer in the data."),
    "doc_about_pages": Words(
        "De vraag gaat over bladzijde {pages} van het stuk.", "The question is about page {pages} of the paper."
    ),
    "doc_ground": Words("Reden om niet te antwoorden", "Ground for not answering"),
    "doc_refers": Words("Verwijst naar antwoord", "Refers to answer"),
    "doc_referring": Words("Hiernaar verwijst", "Referred to by"),
    "doc_open": Words("Wat open blijft", "What is left open"),
    "doc_open_text": Words(
        "Wat gevraagd is en niet gezegd, niet bekend, niet gemeten of niet gedeeld wordt.",
        "What was asked and is not said, not known, not measured or not shared.",
    ),
    "doc_meaning": Words("Wat deze woorden betekenen", "What these words mean"),
    "doc_sentence_by_sentence": Words("Zin voor zin", "Sentence by sentence"),
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
    # About
    "doc_about_lead": Words(
        "Een naslagwerk over Nederlandse handelsdiplomatie, waarin elk feit laat zien waar het is gelezen.",
        "A reference work on Dutch trade diplomacy, in which each fact shows where it was read.",
    ),
    "doc_about_is": Words("Wat dit is, en wat niet", "What this is, and what it is not"),
    "doc_about_is_1": Words(
        "Wij horen niet bij een ministerie, het parlement of een partij. De officiële documenten gaan altijd voor.",
        "We belong to no ministry, parliament or party. The official documents always prevail.",
    ),
    "doc_about_is_2": Words(
        "Het is een kennisgraaf: missies, afspraken, instrumenten, cijfers en uitspraken uit openbare stukken, met hun "
        "onderlinge verbanden. U kunt die lezen als pagina’s, of bevragen met SPARQL.",
        "It is a knowledge graph: missions, agreements, instruments, figures and statements from public papers, and "
        "how they are connected. You can read it as pages, or query it with SPARQL.",
    ),
    "doc_about_is_3": Words(
        "Het is geen volledig overzicht van het beleid, geen nieuws en geen oordeel. Het bevat wat de gelezen "
        "documenten "
        "zeggen, en niet meer.",
        "It is no complete overview of policy, no news and no judgement. It holds what the documents that were read "
        "say, and no more.",
    ),
    "doc_about_method": Words("Van document naar feit", "From document to fact"),
    "doc_about_method_1": Words(
        "Een document wordt zin voor zin gelezen. Elke zin, tabelrij en voetnoot is een passage met een vaste plaats.",
        "A document is read sentence by sentence. Each sentence, table row and footnote is a passage with a "
        "fixed place.",
    ),
    "doc_about_method_2": Words(
        "Wat een passage zegt, wordt een rij in een tabel: met de woorden van de bron ernaast, en de passage erbij.",
        "What a passage says becomes a row of a table: with the words of the source beside it, and the passage.",
    ),
    "doc_about_method_3": Words(
        "Uit de rijen ontstaat de graaf. Eenvoudige relaties (“geleid door”) worden afgeleid volgens regels die u kunt "
        "nalezen; elke relatie wijst terug naar de rijen en passages.",
        "The graph is made from the rows. Simple relations (“led by”) are derived by rules that you can read; each "
        "relation points back to the rows and passages.",
    ),
    "doc_about_method_4": Words(
        "Overgenomen woorden, getallen en data worden teruggezocht in het document, en de graaf wordt gecontroleerd.",
        "Words, numbers and dates taken over are looked up again in the document, and the graph is validated.",
    ),
    "doc_about_method_5": Words(
        "Een uitgave wordt bevroren. Een verbetering komt in een nieuwe uitgave, met een nieuwe naam.",
        "A release is frozen. A correction comes in a new release, under a new name.",
    ),
    "doc_about_read": Words("Zo leest u een pagina", "How to read a page"),
    "doc_about_read_text": Words(
        "Achter een feit staat het nummer van de bron. Die leidt naar de passage: onze weergave, de plaats, de woorden "
        "zoals geschreven, en het officiële document.",
        "After a fact stands the number of its source. It leads to the passage: our rendering, the place, the words as "
        "written, and the official document.",
    ),
    "doc_about_stated": Words("Zo vermeld", "Stated"),
    "doc_about_stated_text": Words("De passage zegt dit zelf.", "The passage itself says this."),
    "doc_about_derived": Words("Afgeleid", "Derived"),
    "doc_about_derived_text": Words(
        "Volgt uit een of meer passages volgens een regel; de bron noemt de regel. De rand is gestippeld.",
        "Follows from one or more passages by a rule; the source names the rule. The border is dashed.",
    ),
    "doc_about_disagree": Words("Bronnen verschillen", "Sources disagree"),
    "doc_about_disagree_text": Words(
        "Twee plaatsen zeggen iets anders. Beide staan er; wij kiezen niet.",
        "Two places say different things. Both are shown; we do not choose.",
    ),
    "doc_about_gap_text": Words(
        "Schuine letters: de bron vermeldt dit niet, heeft het niet gemeten, deelt het niet, of zegt dat het "
        "niet bestaat.",
        "Italics: the source does not state this, has not measured it, does not share it, or says it does not exist.",
    ),
    "doc_about_keys": Words("Toetsenbord", "Keyboard"),
    "doc_about_keys_text": Words(
        "Alles is met het toetsenbord te bedienen. Bij het eerste Tab-teken verschijnt een link naar de inhoud.",
        "Everything can be used by keyboard. The first Tab shows a link to the content.",
    ),
    "doc_about_key_tab": Words("Naar het volgende of vorige onderdeel", "To the next or previous item"),
    "doc_about_key_enter": Words(
        "Een link volgen, of de bron bij een feit openen", "Follow a link, or open the source of a fact"
    ),
    "doc_about_key_escape": Words(
        "De bron sluiten; u bent terug bij het feit", "Close the source; you are back at the fact"
    ),
    "doc_about_key_search": Words("Naar het zoekveld", "To the search box"),
    "doc_about_space": Words("spatie", "space"),
    "doc_about_key_editor": Words(
        "Op de pagina voor zoekvragen: uitvoeren, en een woord laten aanvullen",
        "On the query page: run, and complete a word",
    ),
    "doc_about_licence": Words("Licentie", "Licence"),
    "doc_about_licence_text": Words(
        "De gegevens zijn vrij van rechten (CC0 1.0), behalve de coördinaten van gebieden: die komen van GeoNames "
        "(CC BY 4.0). De programmatuur valt onder de MIT-licentie. De documenten zelf zijn van hun uitgevers. "
        "Noem de bron: de knop “Citeer” schrijft haar voor u uit.",
        "The data is free of rights (CC0 1.0), but for the coordinates of territories: those are from GeoNames "
        "(CC BY 4.0). The software is under the MIT licence. The documents themselves are their publishers’. Do "
        "name your source: the button “Cite” writes it out for you.",
    ),
    "doc_about_privacy": Words("Privacy", "Privacy"),
    "doc_about_privacy_1": Words(
        "Deze site zet geen cookies en vraagt niets op bij andere sites: lettertypen, pictogrammen en scripts "
        "staan hier.",
        "This site sets no cookies and asks nothing of other sites: fonts, icons and scripts are its own.",
    ),
    "doc_about_privacy_2": Words(
        "Uw browser onthoudt uw keuze voor licht of donker en uw laatste zoekvragen, en stuurt die niet op. De server "
        "gebruikt uw netwerkadres alleen om drukte eerlijk te verdelen.",
        "Your browser remembers your choice of light or dark and your last queries, and does not send them. The server "
        "uses your network address only to share out busy times fairly.",
    ),
    "doc_about_access": Words("Toegankelijkheid", "Accessibility"),
    "doc_about_access_1": Words(
        "Het doel is WCAG 2.2, niveau AA. Pagina’s zijn compleet zonder JavaScript, passen op een scherm van "
        "320 pixels "
        "breed, en volgen uw keuze voor donker, hoog contrast en minder beweging.",
        "The aim is WCAG 2.2, level AA. Pages are complete without JavaScript, fit a screen 320 pixels wide, "
        "and follow "
        "your choice of dark, high contrast and less motion.",
    ),
    "doc_about_access_2": Words(
        "Getest is met Chromium en de regels van axe-core, licht en donker, breed en smal, in beide talen.",
        "Tested with Chromium and the rules of axe-core, light and dark, wide and narrow, in both languages.",
    ),
    "doc_about_access_3": Words(
        "Niet getest is met Firefox, Safari of een echte schermlezer, en niet met gebruikers. Brede tabellen "
        "schuiven in "
        "een eigen vlak.",
        "Not tested with Firefox, Safari or a real screen reader, nor with users. Wide tables scroll in an area of "
        "their own.",
    ),
    "doc_about_errors": Words("Een fout melden", "Reporting an error"),
    "doc_about_errors_1": Words(
        "Klopt een feit niet met zijn passage? Meld het bij de issues van de broncode van dit project, met het "
        "adres van de "
        "pagina en de naam van deze uitgave (onderaan elke pagina).",
        "Does a fact not agree with its passage? Report it at the issues of this project’s repository, with the "
        "address "
        "of the page and the name of this release (at the foot of each page).",
    ),
    "doc_about_errors_2": Words(
        "Staat er een fout in het document zelf, dan blijft die hier staan, met een kanttekening: een bron "
        "verandert niet.",
        "An error in the document itself stays here, with a note: a source does not change.",
    ),
    "doc_about_settings": Words("Instellingen van deze server", "Settings of this server"),
    "doc_about_settings_text": Words(
        "tradegraph {version}, met deze waarden.", "tradegraph {version}, with these values."
    ),
    "doc_about_documents": Words(
        "De beheerder heeft de teksten van de documenten: bronnen tonen ook de letterlijke woorden.",
        "The operator has the texts of the documents: sources show the literal words too.",
    ),
    "doc_about_no_documents": Words(
        "De teksten van de documenten zijn hier niet: bronnen tonen onze weergave.",
        "The texts of the documents are not here: sources show our rendering.",
    ),
    "doc_about_setting": Words("Instelling", "Setting"),
    "doc_about_value": Words("Waarde", "Value"),
    "doc_about_meaning": Words("Betekenis", "Meaning"),
    "doc_about_words": Words("Woorden", "Words"),
    "doc_about_words_text": Words(
        "Wat een missie, een afspraak of een toezegging hier precies is, staat bij de begrippen van de ontologie.",
        "What exactly a mission, an agreement or a commitment is here, is told by the terms of the ontology.",
    ),
}
