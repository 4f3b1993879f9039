"""Where a link to an IRI leads, on every page alike."""

from urllib.parse import urlencode

from tradegraph.languages import Language
from tradegraph.namespaces import BASE, DEF, GRAPH, ID, SHAPES


def page_address(iri: str, language: Language) -> str:
    """Return where a link to `iri` leads: to our page of it, to our document, or out of this site as it is.

    Empty for an IRI that a browser should not follow: data can hold any scheme.
    """
    if iri.startswith(ID):
        return f"/{language}/{iri.removeprefix(ID)}"
    if iri.startswith((DEF, SHAPES, GRAPH)):
        return f"/{language}/{iri.removeprefix(BASE)}"
    if iri.startswith(BASE):
        return "/" + iri.removeprefix(BASE)
    return iri if iri.startswith(("https://", "http://")) else ""


def query_address(text: str, language: Language) -> str:
    """Return the address of the query page with `text` in its editor and its answer below."""
    return f"/{language}/sparql?" + urlencode({"labels": language, "query": text})
