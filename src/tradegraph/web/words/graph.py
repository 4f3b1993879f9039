"""Words of the page with the graph around a thing."""

from typing import Final

from tradegraph.languages import Words

WORDS: Final[dict[str, Words]] = {
    "graph_title": Words("De graaf rond {name}", "The graph around {name}"),
    "graph_start_title": Words("Verken de graaf", "Explore the graph"),
    "graph_start_text": Words(
        "Begin bij één ding en klik verder van buur naar buur. Zoek iets, of begin met een van deze.",
        "Start from one thing and click on from neighbour to neighbour. Search for one, or start with one of these.",
    ),
    "graph_start_search": Words("Begin bij", "Start from"),
    "graph_found": Words("Gevonden voor “{words}”", "Found for “{words}”"),
    "graph_none_found": Words("Niets gevonden voor “{words}”.", "Nothing found for “{words}”."),
    "graph_counts": Words("{n} van {all} directe buren getekend", "{n} of {all} direct neighbours drawn"),
    "graph_drawing": Words("Tekening", "Drawing"),
    "graph_drawing_text": Words(
        "Links staat wat hierheen wijst, rechts waar dit naar wijst. Klik op een lijn voor de bron, op een ding om het "
        "te kiezen.",
        "On the left what points here, on the right what this points to. Click a line for its source, a thing to "
        "choose it.",
    ),
    "graph_described": Words("{name} met {n} verbonden dingen", "{name} with {n} related things"),
    "graph_chosen": Words("Gekozen", "Chosen"),
    "graph_open": Words("Naar de pagina", "Go to its page"),
    "graph_expand": Words("Toon {n} buren erbij", "Show {n} more neighbours"),
    "graph_all_shown": Words("Alle buren staan in de tekening.", "All neighbours are in the drawing."),
    "graph_focus": Words("Zet in het midden", "Put in the middle"),
    "graph_hide": Words("Verberg", "Hide"),
    "graph_hide_name": Words("Verberg {name}", "Hide {name}"),
    "graph_show_name": Words("Toon {name}", "Show {name}"),
    "graph_relations": Words("Relaties van {name}", "Relations of {name}"),
    "graph_free": Words("Vrij schikken", "Arrange freely"),
    "graph_columns": Words("In kolommen", "In columns"),
    "graph_fit": Words("Alles in beeld", "Fit"),
    "graph_keys": Words(
        "Toetsen: pijlen lopen van ding naar ding, Enter kiest, + en − vergroten en verkleinen, 0 toont alles.",
        "Keys: arrows walk from thing to thing, Enter chooses, + and − zoom, 0 fits all.",
    ),
    "graph_steps": Words("Als tabel", "As a table"),
    "graph_from": Words("Van", "From"),
    "graph_relation": Words("Relatie", "Relation"),
    "graph_to": Words("Naar", "To"),
    "graph_sources": Words("Bronnen", "Sources"),
}
