"""The one table of prefixes: every Turtle file, query, message and export uses these names for these IRIs.

Sources of the external namespaces: the vocabularies themselves, as listed in `docs/for-ontologists.md`.
"""

from typing import Final

BASE: Final = "https://w3id.org/tradegraph/"
"""Base of every IRI that tradegraph mints. Never depends on the host that serves them."""

DEF: Final = BASE + "def#"
SHAPES: Final = BASE + "shapes#"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"

PREFIXES: Final[dict[str, str]] = {
    "adms": "http://www.w3.org/ns/adms#",
    "con": ID + "concept/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cur": "http://publications.europa.eu/resource/authority/currency/",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "g": GRAPH,
    "geo": "http://www.opengis.net/ont/geosparql#",
    "id": ID,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "scheme": ID + "scheme/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "tg": DEF,
    "tgs": SHAPES,
    "time": "http://www.w3.org/2006/time#",
    "unit": "http://qudt.org/vocab/unit/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefix → namespace IRI, sorted by prefix."""


def shrink(iri: str) -> str:
    """Return `iri` as a prefixed name when a prefix of the table fits, else in angle brackets."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").replace(".", "").isalnum():
            return f"{prefix}:{local}"
    return f"<{iri}>"
