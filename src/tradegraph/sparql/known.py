"""The functions outside SPARQL 1.1 that the engine knows: casts of XML Schema and GeoSPARQL."""

from typing import Final

from tradegraph.namespaces import PREFIXES

_GEO: Final = "http://www.opengis.net/def/function/geosparql/"
_CASTS: Final = frozenset(
    PREFIXES["xsd"] + name
    for name in (
        *("boolean", "string", "integer", "decimal", "float", "double", "dateTime", "date", "time"),
        *("duration", "yearMonthDuration", "dayTimeDuration", "gYear", "gYearMonth", "gMonth", "gDay", "gMonthDay"),
    )
)


def is_known(iri: str) -> bool:
    """Tell whether the engine knows this function."""
    return iri in _CASTS or iri.startswith(_GEO)
