"""Words of the static copy of the site."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    "copy_title": Words("Dit kan een kopie niet", "A copy cannot do this"),
    "copy_text": Words(
        "Dit is een vaste kopie van de site bij één uitgave. Zoeken, filteren, verbanden leggen en SPARQL hebben een "
        "draaiende dienst nodig.",
        "This is a fixed copy of the site for one release. Searching, filtering, finding connections and SPARQL need a "
        "running service.",
    ),
    "copy_home": Words("Naar het begin", "To the start"),
}
