"""The one table of formats, and the negotiation of RFC 9110 section 12.5.1.

Read by the endpoint, its service description, its page and the command line. The names of the engine's serialisers
stand here as text, so that this floor does not load the engine.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

Kind = Literal["bindings", "boolean", "graph"]
"""What a query answers: rows (SELECT), yes or no (ASK), triples (CONSTRUCT, DESCRIBE)."""


@dataclass(frozen=True)
class Format:
    """One row: `name` is both the value of `format=` and the usual file extension; `engine` the serialiser's name."""

    name: str
    media_type: str
    label: str
    engine: str
    kinds: frozenset[Kind]
    iri: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header; text formats say that they are UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


_TABLE: Final[frozenset[Kind]] = frozenset({"bindings", "boolean"})
_ROWS: Final[frozenset[Kind]] = frozenset({"bindings"})
_GRAPH: Final[frozenset[Kind]] = frozenset({"graph"})
_W3C: Final = "http://www.w3.org/ns/formats/"

# CSV and TSV are defined for SELECT only (SPARQL 1.1 Query Results CSV and TSV Formats, section 1).
FORMATS: Final = (
    Format(
        "json",
        "application/sparql-results+json",
        "SPARQL JSON",
        "JSON",
        _TABLE,
        _W3C + "SPARQL_Results_JSON",
        ("application/json",),
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        "SPARQL XML",
        "XML",
        _TABLE,
        _W3C + "SPARQL_Results_XML",
        ("application/xml", "text/xml"),
    ),
    Format("csv", "text/csv", "CSV", "CSV", _ROWS, _W3C + "SPARQL_Results_CSV"),
    Format("tsv", "text/tab-separated-values", "TSV", "TSV", _ROWS, _W3C + "SPARQL_Results_TSV"),
    Format("ttl", "text/turtle", "Turtle", "TURTLE", _GRAPH, _W3C + "Turtle"),
    Format("nt", "application/n-triples", "N-Triples", "N_TRIPLES", _GRAPH, _W3C + "N-Triples", ("text/plain",)),
    Format("jsonld", "application/ld+json", "JSON-LD", "JSON_LD", _GRAPH, _W3C + "JSON-LD", ("application/json",)),
    Format("rdf", "application/rdf+xml", "RDF/XML", "RDF_XML", _GRAPH, _W3C + "RDF_XML", ("application/xml",)),
    # For data sets; the triples of an answer are its default graph.
    Format("trig", "application/trig", "TriG", "TRIG", _GRAPH, _W3C + "TriG"),
    Format("nq", "application/n-quads", "N-Quads", "N_QUADS", _GRAPH, _W3C + "N-Quads"),
)

HTML: Final = "text/html"


@cache
def formats_for(kind: Kind) -> tuple[Format, ...]:
    """Return the formats that can hold an answer of `kind`, the default first."""
    return tuple(form for form in FORMATS if kind in form.kinds)


def format_named(name: str) -> Format | None:
    """Return the format whose `format=` name or media type is `name`."""
    return next((form for form in FORMATS if name in (form.name, form.media_type)), None)


@dataclass(frozen=True)
class MediaRange:
    """One member of an Accept header; `specificity` is 0 for `*/*`, 1 for `text/*`, 2 for a type, 3 with parameters."""

    type: str
    subtype: str
    quality: float
    specificity: int

    def matches(self, media_type: str) -> bool:
        """Say whether `media_type` (without parameters) falls in this range."""
        main, _, sub = media_type.partition("/")
        return self.type in ("*", main) and self.subtype in ("*", sub)


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """Read an Accept header; members that break the grammar are passed over, as RFC 9110 section 5.6.1 permits.

    Parameters other than `q` are read over, except that `charset` other than UTF-8 makes the member unusable: we write
    no other.
    """
    ranges: list[MediaRange] = []
    for member in header.split(","):
        name, *parameters = (part.strip() for part in member.split(";"))
        main, slash, sub = name.lower().partition("/")
        if not (main and slash and sub) or (main == "*" and sub != "*"):
            continue
        quality, extra = 1.0, 0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            key, value = key.strip().lower(), value.strip().strip('"').lower()
            if key == "q":
                quality = _quality(value)
            elif key == "charset" and value not in ("utf-8", "utf8"):
                quality = 0.0
            elif key:
                extra = 1
        ranges.append(MediaRange(main, sub, quality, (main != "*") + (sub != "*") + extra * (sub != "*")))
    return tuple(ranges)


def _quality(text: str) -> float:
    """Read a qvalue (RFC 9110 section 12.4.2), 0 to 1; what is not one counts as 0: asked for, but unreadably so."""
    try:
        quality = float(text)
    except ValueError:
        return 0.0
    return quality if 0.0 <= quality <= 1.0 else 0.0


@lru_cache(maxsize=1024)
def best(header: str | None, offered: tuple[str, ...]) -> str | None:
    """Return the media type of `offered` that `header` wants most, or None when it wants none of them.

    The most specific range that matches a type gives its quality; ties go to the order of `offered`. No header, or an
    empty one, means that anything will do.
    """
    if header is None or not header.strip():
        return offered[0] if offered else None
    ranges = parse_accept(header)
    chosen, highest = None, 0.0
    for media_type in offered:
        matching = [one for one in ranges if one.matches(media_type)]
        if not matching:
            continue
        most_specific = max(one.specificity for one in matching)
        quality = max(one.quality for one in matching if one.specificity == most_specific)
        if quality > highest:
            chosen, highest = media_type, quality
    return chosen


@lru_cache(maxsize=1024)
def choose(header: str | None, candidates: tuple[Format, ...]) -> Format | None:
    """Return the format that an Accept header wants most; a general type such as `application/json` is understood."""
    by_type: dict[str, Format] = {}
    for form in candidates:
        by_type.setdefault(form.media_type, form)
    for form in candidates:
        for alias in form.aliases:
            by_type.setdefault(alias, form)
    media_type = best(header, tuple(by_type))
    return None if media_type is None else by_type[media_type]
