"""Words of the page about this site."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
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
