"""What the page of a thing tells search engines: the thing in terms of schema.org."""

from typing import Final

from tradegraph.namespaces import ID
from tradegraph.web.explorer.thing_reading import Record
from tradegraph.web.explorer.thing_values import Writer

# Most things are of several classes; the first that fits tells a search engine most.
_TYPES: Final = {
    "Person": "Person",
    "Organisation": "Organization",
    "Country": "Country",
    "Territory": "Place",
    "Venue": "Place",
    "Event": "Event",
    "Document": "DigitalDocument",
    "Project": "Project",
}


def schema(w: Writer, base_url: str) -> dict[str, object]:
    """Return the description of the thing; `base_url` is where the site is, empty when that is not known."""
    own: Record = w.reading.own
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": next((kind for name, kind in _TYPES.items() if own.is_a(name)), "Thing"),
        "@id": own.iri,
        "name": w.name(own.iri).text,
    }
    if base_url:
        found["url"] = f"{base_url.rstrip('/')}/{w.language}/{own.iri.removeprefix(ID)}"
    if same := own.iris("tg:authorityConcept", "schema:sameAs"):
        found["sameAs"] = list(same)
    if found["@type"] == "Event":
        if date := own.text("tg:validFrom") or own.text("tg:eventDate"):
            found["startDate"] = date
        if until := own.text("tg:validUntil"):
            found["endDate"] = until
        if places := own.iris("tg:destination", "tg:inTerritory"):
            destinations = own.iris("tg:destination") or places
            found["location"] = [{"@type": "Place", "name": w.name(one).text} for one in destinations]
    return found
