"""The record of a release's downloads: a DCAT-AP-NL 3 catalogue with a VoID description, and back.

DCAT 3 with the obligations of DCAT-AP-NL 3.0: identifier, creator, publisher, contact, theme and access rights of the
data set, a licence and a checksum of every file. No blank nodes and no clock: dates come from the release. Counts of
classes and properties follow VoID (W3C Interest Group Note, sections 4.1 and 4.3).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from tradegraph.errors import NotFound
from tradegraph.namespaces import BASE, DEF, ID, PREFIXES
from tradegraph.publish.quads import names, values_of
from tradegraph.serialised import serialised
from tradegraph.store import Release
from tradegraph.store.release import STATISTICS_FILE

LICENCE: Final = "http://creativecommons.org/publicdomain/zero/1.0/"
"""CC0 as the list of licences of DCAT-AP-NL writes it."""

Years = tuple[int, int]

_SPDX: Final = "http://spdx.org/rdf/terms#"
_VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
_EU: Final = "http://publications.europa.eu/resource/authority/"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_PREFIXES: Final = {**PREFIXES, "spdx": _SPDX, "vcard": _VCARD}
# What the values of a property are, for readers that cannot look them up: DCAT-AP asks for these classes.
_KINDS: Final = {
    PREFIXES["dcat"] + "mediaType": PREFIXES["dct"] + "MediaType",
    PREFIXES["dcat"] + "compressFormat": PREFIXES["dct"] + "MediaType",
    PREFIXES["dct"] + "conformsTo": PREFIXES["dct"] + "Standard",
    PREFIXES["dct"] + "language": PREFIXES["dct"] + "LinguisticSystem",
    PREFIXES["dct"] + "license": PREFIXES["dct"] + "LicenseDocument",
    PREFIXES["dct"] + "accessRights": PREFIXES["dct"] + "RightsStatement",
    PREFIXES["dct"] + "spatial": PREFIXES["dct"] + "Location",
    PREFIXES["dcat"] + "accessURL": PREFIXES["rdfs"] + "Resource",
    PREFIXES["dcat"] + "theme": PREFIXES["skos"] + "Concept",
    PREFIXES["dcat"] + "themeTaxonomy": PREFIXES["skos"] + "ConceptScheme",
    PREFIXES["dcat"] + "landingPage": PREFIXES["foaf"] + "Document",
    _SPDX + "algorithm": _SPDX + "ChecksumAlgorithm",
}
_THEMES: Final = {
    "ECON": ("Economie en financiën", "Economy and finance"),
    "GOVE": ("Overheid en publieke sector", "Government and public sector"),
    "INTR": ("Internationale vraagstukken", "International issues"),
}
_DUMP: Final = BASE + "dump/"
_CATALOGUE: Final = ID + "catalogue/tradegraph"
_TEAM: Final = ID + "organisation/tradegraph"
_HOME: Final = "https://w3id.org/tradegraph"


@dataclass(frozen=True)
class Download:
    """One file of a release: `path` from the folder (`csv/mission.csv`), its titles, media type, size and SHA-256.

    `packed` says that it is packed with gzip; the media type is that of what is inside.
    """

    path: str
    title_nl: str
    title_en: str
    media_type: str
    packed: bool
    size: int
    sha256: str


def dataset_iri(release: Release) -> str:
    """Return the IRI of a release as a data set."""
    return f"{ID}dataset/tradegraph-{release.identifier}"


def download_iri(release: Release, path: str) -> str:
    """Return the address of a file of a release; older releases keep theirs."""
    return f"{_DUMP}{release.identifier}/{path}"


def catalogue(release: Release, downloads: Iterable[Download], issued: str, years: Years | None) -> list[Triple]:
    """Return the record of a release and its files, sorted.

    `issued` is the day of the release (`2026-11-21`).

    `years` are the first and last year that its relations speak of, None when they name none.
    """
    files = list(downloads)
    found = [*_catalogue(release), *_dataset(release, files, issued, years), *_void(release), *_named()]
    for file in files:
        found += _distribution(release, file)
    found += _kinds(found)
    return sorted(set(found), key=str)


def turtle(triples: Iterable[Triple]) -> bytes:
    """Return a record as Turtle."""
    return _record(triples, RdfFormat.TURTLE)


def json_ld(triples: Iterable[Triple]) -> bytes:
    """Return a record as JSON-LD."""
    return _record(triples, RdfFormat.JSON_LD)


def _record(triples: Iterable[Triple], rdf_format: RdfFormat) -> bytes:
    text = serialised(triples, rdf_format, _PREFIXES if rdf_format == RdfFormat.TURTLE else None)
    return text if text.endswith(b"\n") else text + b"\n"


def read_catalogue(folder: Path) -> tuple[Download, ...]:
    """Return the downloads that `catalogue.ttl` in a folder lists, by path; raises `NotFound` when it is not there."""
    path = folder / "catalogue.ttl"
    if not path.is_file():
        raise NotFound(f"{path}: there is no such file. Write the downloads first: tradegraph export --to {folder}")
    by_subject: dict[str, list[Quad]] = {}
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        by_subject.setdefault(getattr(quad.subject, "value", ""), []).append(quad)
    said = {subject: values_of(quads) for subject, quads in by_subject.items()}
    found = []
    for subject, values in said.items():
        address = next((one.value for one in values.get(_dcat("downloadURL"), ()) if isinstance(one, NamedNode)), None)
        if address is None:
            continue
        dutch, english = names(values)
        first = {name: str(getattr(some[0], "value", "")) for name, some in values.items()}
        found.append(
            Download(
                path=address.removeprefix(_DUMP).partition("/")[2],
                title_nl=dutch,
                title_en=english,
                media_type=first[_dcat("mediaType")].removeprefix(_IANA),
                packed=_dcat("compressFormat") in values,
                size=int(first[_dcat("byteSize")]),
                sha256=str(getattr(said[f"{subject}-checksum"][_SPDX + "checksumValue"][0], "value", "")),
            )
        )
    return tuple(sorted(found, key=lambda file: file.path))


def _dcat(name: str) -> str:
    return PREFIXES["dcat"] + name


def _dct(name: str) -> str:
    return PREFIXES["dct"] + name


def _says(subject: str, values: Mapping[str, object]) -> Iterator[Triple]:
    """Yield a triple per value: a term as it is, text as an IRI, a pair as Dutch and English, a list as its members."""
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            match one:
                case str():
                    terms: list[NamedNode | Literal] = [NamedNode(one)]
                case (str() as dutch, str() as english):
                    terms = [Literal(dutch, language="nl"), Literal(english, language="en")]
                case NamedNode() | Literal():
                    terms = [one]
                case _:
                    terms = []
            for term in terms:
                yield Triple(NamedNode(subject), NamedNode(name), term)


def _typed(value: str | int, datatype: str) -> Literal:
    return Literal(str(value), datatype=NamedNode(PREFIXES["xsd"] + datatype))


def _catalogue(release: Release) -> Iterator[Triple]:
    yield from _says(
        _CATALOGUE,
        {
            PREFIXES["rdf"] + "type": _dcat("Catalog"),
            _dct("title"): ("Tradegraph: downloads", "Tradegraph: downloads"),
            _dct("description"): (
                "De bestanden van een uitgave van tradegraph, in elke vorm die wij maken.",
                "The files of a release of tradegraph, in every form that we make.",
            ),
            _dct("publisher"): _TEAM,
            _dct("creator"): _TEAM,
            _dct("license"): LICENCE,
            _dct("language"): [_EU + "language/NLD", _EU + "language/ENG"],
            PREFIXES["foaf"] + "homepage": _HOME,
            _dcat("contactPoint"): _TEAM + "-contact",
            _dcat("themeTaxonomy"): _EU + "data-theme",
            _dcat("dataset"): dataset_iri(release),
        },
    )


def _dataset(release: Release, files: list[Download], issued: str, years: Years | None) -> Iterator[Triple]:
    iri = dataset_iri(release)
    day = [_typed(issued, "date")] if issued else []
    yield from _says(
        iri,
        {
            PREFIXES["rdf"] + "type": [_dcat("Dataset"), PREFIXES["void"] + "Dataset"],
            _dct("title"): (
                "Tradegraph: Nederlandse handelsdiplomatie als kennisgraaf",
                "Tradegraph: Dutch trade diplomacy as a knowledge graph",
            ),
            _dct("description"): (
                "Handelsmissies, overeenkomsten, instrumenten en cijfers uit Kamerstukken, elk feit met de passage "
                "waarin het staat, en wat de stukken niet zeggen.",
                "Trade missions, agreements, instruments and figures from parliamentary papers, each fact with the "
                "passage that states it, and what the papers do not say.",
            ),
            _dct("identifier"): Literal(iri),
            _dct("isVersionOf"): ID + "dataset/tradegraph",
            _dcat("version"): Literal(release.identifier),
            _dct("issued"): day,
            _dct("modified"): day,
            _dct("creator"): _TEAM,
            _dct("publisher"): _TEAM,
            _dct("license"): LICENCE,
            _dct("accessRights"): _EU + "access-right/PUBLIC",
            _dct("language"): [_EU + "language/NLD", _EU + "language/ENG"],
            _dct("conformsTo"): [f"{DEF[:-1]}/{release.ontology_version}"] if release.ontology_version else [],
            _dct("spatial"): _EU + "country/NLD",
            _dct("temporal"): [] if years is None else [iri + "-years"],
            _dcat("contactPoint"): _TEAM + "-contact",
            _dcat("landingPage"): _HOME,
            PREFIXES["foaf"] + "page": _HOME,
            _dcat("theme"): [_EU + f"data-theme/{theme}" for theme in _THEMES],
            _dcat("keyword"): [
                ("handelsmissies", "trade missions"),
                ("handelsverdragen", "trade agreements"),
                ("buitenlandse handel", "foreign trade"),
            ],
            # Each graph of a document says in the data itself which version it was read from.
            _dct("hasPart"): [graph for graph, _ in release.graphs],
            _dcat("distribution"): [download_iri(release, file.path) + "#distribution" for file in files],
        },
    )
    if years is not None:
        yield from _says(
            iri + "-years",
            {
                PREFIXES["rdf"] + "type": _dct("PeriodOfTime"),
                _dcat("startDate"): _typed(f"{years[0]:04}", "gYear"),
                _dcat("endDate"): _typed(f"{years[1]:04}", "gYear"),
            },
        )


def _distribution(release: Release, file: Download) -> Iterator[Triple]:
    address = download_iri(release, file.path)
    iri = address + "#distribution"
    yield from _says(
        iri,
        {
            PREFIXES["rdf"] + "type": _dcat("Distribution"),
            _dct("title"): (file.title_nl, file.title_en),
            _dct("license"): LICENCE,
            _dct("language"): [_EU + "language/NLD", _EU + "language/ENG"],
            _dct("conformsTo"): [f"{DEF[:-1]}/{release.ontology_version}"] if release.ontology_version else [],
            _dcat("accessURL"): address,
            _dcat("downloadURL"): address,
            _dcat("mediaType"): _IANA + file.media_type,
            _dcat("compressFormat"): [_IANA + "application/gzip"] if file.packed else [],
            _dcat("byteSize"): _typed(file.size, "nonNegativeInteger"),
            _SPDX + "checksum": iri + "-checksum",
        },
    )
    yield from _says(
        iri + "-checksum",
        {
            PREFIXES["rdf"] + "type": _SPDX + "Checksum",
            _SPDX + "algorithm": _SPDX + "checksumAlgorithm_sha256",
            _SPDX + "checksumValue": _typed(file.sha256, "hexBinary"),
        },
    )


def _void(release: Release) -> Iterator[Triple]:
    """Say how many triples there are in all, and things per class and triples per property."""
    iri, void = dataset_iri(release), PREFIXES["void"]
    counts = json.loads((release.directory / STATISTICS_FILE).read_text(encoding="utf-8"))
    for name, key, counted in (("class", "classes", "entities"), ("property", "properties", "triples")):
        for number, (term, count) in enumerate(sorted(counts[key].items()), start=1):
            part = f"{iri}-{name}-{number}"
            yield from _says(iri, {f"{void}{name}Partition": part})
            yield from _says(part, {void + name: term, void + counted: _typed(count, "integer")})
            for more, plural in (("distinctSubjects", "subjects"), ("distinctObjects", "objects")):
                if name == "property" and term in counts.get(plural, {}):
                    yield from _says(part, {void + more: _typed(counts[plural][term], "integer")})
    yield from _says(
        iri,
        {
            void + "triples": _typed(release.quads, "integer"),
            void + "uriSpace": Literal(ID),
            void + "vocabulary": DEF,
            void + "exampleResource": ID + "mission/2025-06-indonesia",
        },
    )


def _kinds(triples: Iterable[Triple]) -> list[Triple]:
    """Say of everything that the record names outside itself what it is."""
    is_a = NamedNode(PREFIXES["rdf"] + "type")
    return [
        Triple(one.object, is_a, NamedNode(_KINDS[one.predicate.value]))
        for one in triples
        if one.predicate.value in _KINDS and isinstance(one.object, NamedNode)
    ]


def _named() -> Iterator[Triple]:
    """Name the makers, how to reach them, and the themes of the European list."""
    for theme, labels in _THEMES.items():
        yield from _says(_EU + f"data-theme/{theme}", {PREFIXES["skos"] + "prefLabel": labels})
    yield from _says(_EU + "data-theme", {_dct("title"): ("Gegevensthema's", "Data themes")})
    yield from _says(
        _TEAM,
        {
            PREFIXES["rdf"] + "type": PREFIXES["foaf"] + "Agent",
            PREFIXES["foaf"] + "name": ("Tradegraph-team", "Tradegraph team"),
        },
    )
    yield from _says(
        _TEAM + "-contact",
        {
            PREFIXES["rdf"] + "type": _VCARD + "Kind",
            _VCARD + "fn": Literal("Tradegraph team"),
            _VCARD + "hasURL": _HOME,
        },
    )
