"""Words of stored questions, the API page, frozen answers and citations."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    # Stored questions
    "stored_title": Words("Vragen aan de graaf", "Questions to the graph"),
    "stored_lead": Words(
        "{n} vragen die klaarstaan. Kies er een, vul zo nodig iets anders in en bekijk het antwoord met de bronnen.",
        "{n} questions, ready. Choose one, fill in something else if you like, and see the answer and its sources.",
    ),
    "stored_search": Words("Zoek in de vragen", "Search the questions"),
    "stored_found": Words("{n} vragen gevonden", "{n} questions found"),
    "stored_none_found": Words(
        "Geen vraag met deze woorden. Schrijf zelf een zoekvraag, of zoek in de hele graaf.",
        "No question with these words. Write a query yourself, or search the whole graph.",
    ),
    "stored_themes": Words("Onderwerpen", "Subjects"),
    "stored_choose": Words("zelf te kiezen: {names}", "your choice of: {names}"),
    "stored_own": Words("Schrijf zelf een zoekvraag", "Write a query yourself"),
    "stored_all": Words("Alle vragen", "All questions"),
    "stored_form": Words("Vul de vraag in", "Fill in the question"),
    "stored_show": Words("Toon het antwoord", "Show the answer"),
    "stored_answer": Words("Antwoord", "Answer"),
    "stored_caption": Words("Antwoord op: {question}", "Answer to: {question}"),
    "stored_rows": Words("{n} rijen", "{n} rows"),
    "stored_row": Words("1 rij", "1 row"),
    "stored_no_rows": Words("Geen rijen", "No rows"),
    "stored_empty": Words(
        "Niets in deze uitgave past op de vraag. Dat is geen “nee”: de documenten kunnen erover zwijgen.",
        "Nothing in this release fits the question. That is not a “no”: the documents may be silent on it.",
    ),
    "stored_incomplete": Words(
        "Hier staan de eerste {n} rijen. De downloads hebben ze allemaal.",
        "These are the first {n} rows. The downloads have them all.",
    ),
    "stored_missing": Words("geen waarde in de graaf", "no value in the graph"),
    "stored_yes": Words("ja", "yes"),
    "stored_no": Words("nee", "no"),
    "stored_number": Words("Vraag {number}", "Question {number}"),
    "stored_program": Words("Voor programma’s", "For programs"),
    "stored_program_text": Words("Hetzelfde antwoord als adres.", "The same answer as an address."),
    "stored_program_more": Words("Alle vormen en parameters", "All formats and parameters"),
    # Frozen answers
    "frozen_freeze": Words("Zet dit antwoord vast", "Freeze this answer"),
    "frozen_freeze_text": Words(
        "Geeft een vast adres waarmee ieder kan nagaan of het antwoord nog hetzelfde is.",
        "Gives a permanent address with which anyone can check whether the answer is still the same.",
    ),
    "frozen_title": Words("Vastgezet antwoord", "Frozen answer"),
    "frozen_lead": Words(
        "Een zoekvraag met de vingerafdruk van het antwoord dat een uitgave erop gaf.",
        "A query with the fingerprint of the answer that a release gave to it.",
    ),
    "frozen_same": Words("Het antwoord is nog hetzelfde.", "The answer is still the same."),
    "frozen_same_text": Words(
        "De vingerafdruk van het antwoord van nu is die van toen, teken voor teken.",
        "The fingerprint of the answer of now is that of then, character for character.",
    ),
    "frozen_differs": Words("Het antwoord is nu anders.", "The answer is different now."),
    "frozen_differs_text": Words(
        "Toen {before} rijen, nu {after}. Er zijn rijen bijgekomen ({added}) en rijen weggevallen ({removed}).",
        "Then {before} rows, now {after}. Rows were added ({added}) and rows went away ({removed}).",
    ),
    "frozen_differs_short": Words(
        "Toen {before} rijen, nu {after}. De rijen van toen zijn hier niet bewaard, alleen hun vingerafdruk.",
        "Then {before} rows, now {after}. The rows of then are not kept here, only their fingerprint.",
    ),
    "frozen_forged": Words(
        "Dit klopt niet: dezelfde uitgave geeft een ander antwoord dan dit adres zegt.",
        "This is not right: the same release gives another answer than this address says.",
    ),
    "frozen_forged_text": Words(
        "Een uitgave verandert nooit. Het adres is dus veranderd, of het antwoord is met andere software gemaakt.",
        "A release never changes. So the address was changed, or the answer was made with other software.",
    ),
    "frozen_failed": Words("De zoekvraag geeft nu geen antwoord.", "The query has no answer now."),
    "frozen_then": Words("Toen", "Then"),
    "frozen_now": Words("Nu", "Now"),
    "frozen_release": Words("Uitgave", "Release"),
    "frozen_rows": Words("Rijen", "Rows"),
    "frozen_digest": Words("Vingerafdruk (SHA-256)", "Fingerprint (SHA-256)"),
    "frozen_when": Words("Vastgezet op", "Frozen on"),
    "frozen_unknown": Words("niet vermeld", "not stated"),
    "frozen_not_at_hand": Words(
        "Uitgave {release} is hier niet meer te bevragen: deze dienst geeft uitgave {served}. Wie de bestanden van die "
        "uitgave heeft, kan haar met tradegraph serve opnieuw bevragen.",
        "Release {release} can no longer be asked here: this service has release {served}. Whoever has the files of "
        "that release can ask it again with tradegraph serve.",
    ),
    "frozen_query": Words("De zoekvraag", "The query"),
    "frozen_answer": Words("Het antwoord van nu", "The answer of now"),
    "frozen_answer_then": Words("Het antwoord van toen", "The answer of then"),
    "frozen_added": Words("Erbij gekomen", "Added"),
    "frozen_removed": Words("Weggevallen", "Removed"),
    "frozen_most": Words("De eerste {n} van {total} staan hier.", "The first {n} of {total} are shown."),
    "frozen_changes": Words("Verschil", "Difference"),
    "frozen_open": Words("Open de zoekvraag", "Open the query"),
    # Citations
    "cite_title": Words("Citeren", "Cite"),
    "cite_lead": Words("Zo verwijst u naar: {name}", "How to refer to: {name}"),
    "cite_ours": Words("Deze pagina van tradegraph", "This page of tradegraph"),
    "cite_ours_text": Words(
        "De uitgave staat erin: daarmee vindt een lezer precies dezelfde gegevens terug.",
        "The release is part of it: with it a reader finds exactly the same data.",
    ),
    "cite_document": Words("Het document zelf", "The document itself"),
    "cite_document_text": Words(
        "Verwijs voor wat de bron zegt naar het document; naar tradegraph voor de verbanden.",
        "For what the source says refer to the document; to tradegraph for the connections.",
    ),
    "cite_apa": Words("Als zin (APA)", "As a sentence (APA)"),
    "cite_back": Words("Terug naar de pagina", "Back to the page"),
    "cite_formats": Words("Andere vormen", "Other formats"),
    "cite_persistent": Words("Vast adres", "Permanent address"),
    # The API page
    "api_title": Words("Voor programma’s: de API", "For programs: the API"),
    "api_lead": Words(
        "Alles op deze site is ook met een programma op te vragen: zonder sleutel, alleen lezen, van elke site af.",
        "Everything on this site can be asked for by a program too: without a key, read-only, from any site.",
    ),
    "api_first": Words("Om mee te beginnen", "To start with"),
    "api_first_text": Words(
        "Eén adres, een antwoord als JSON. Met format=csv of format=xlsx komt het als tabel.",
        "One address, an answer as JSON. With format=csv or format=xlsx it comes as a table.",
    ),
    "api_description": Words("Beschrijving (OpenAPI 3.1)", "Description (OpenAPI 3.1)"),
    "api_operations": Words("Wat er te vragen is", "What can be asked"),
    "api_parameter": Words("Parameter", "Parameter"),
    "api_meaning": Words("Betekenis", "Meaning"),
    "api_values": Words("Waarden", "Values"),
    "api_errors": Words("Als er iets misgaat", "When something goes wrong"),
    "api_errors_text": Words(
        "Fouten komen als application/problem+json (RFC 9457): title en title_nl zeggen wat, detail wat er precies is, "
        "en remedy wat u kunt doen.",
        "Errors come as application/problem+json (RFC 9457): title and title_nl say what, detail what it is exactly, "
        "and remedy what to do.",
    ),
    "api_same": Words("Altijd hetzelfde", "Always the same"),
    "api_same_text": Words(
        "Elk antwoord noemt zijn uitgave in X-Release en heeft een ETag. X-Result-Complete zegt of alle rijen er zijn.",
        "Each answer names its release in X-Release and has an ETag. X-Result-Complete tells whether all rows came.",
    ),
    "api_every_question": Words(
        "Elke vraag van de lijst heeft zo’n adres, met haar eigen parameters.",
        "Every question of the list has such an address, with parameters of its own.",
    ),
    "api_try": Words("Probeer", "Try"),
    "api_required": Words("verplicht", "required"),
}
