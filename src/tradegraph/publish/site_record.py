"""The record of a release as a site publishes it: the catalogue with the site's own addresses, its services and VoID.

What `publish/catalogue.py` says holds anywhere; here is added what only a site knows: where its files and its SPARQL
endpoint are (DCAT 3, section 6.9; VoID, sections 3.2 and 3.3), and which release came before (DCAT 3, section 11).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from tradegraph.namespaces import BASE, ID, PREFIXES
from tradegraph.publish.catalogue import LICENCE, Download, Years, catalogue, dataset_iri, download_iri
from tradegraph.store import Release

CATALOGUE: Final = ID + "catalogue/tradegraph"
SERIES: Final = ID + "dataset/tradegraph"
_TEAM: Final = ID + "organisation/tradegraph"
_RDF, _DCT, _DCAT, _VOID = PREFIXES["rdf"], PREFIXES["dct"], PREFIXES["dcat"], PREFIXES["void"]
_EU: Final = "http://publications.europa.eu/resource/authority/"
_MOVED: Final = frozenset(
    {_DCAT + "downloadURL", _DCAT + "accessURL", _DCAT + "landingPage", PREFIXES["foaf"] + "page"}
)
_HOME: Final = BASE.rstrip("/")
_SPARQL: Final = "http://www.w3.org/TR/sparql11-protocol/"


def site_record(
    release: Release,
    downloads: Iterable[Download],
    issued: str,
    years: Years | None,
    site: str,
    previous: str | None = None,
) -> list[Triple]:
    """Return the record of a release on the site at the address `site`, sorted.

    `issued` and `years` are as `catalogue` takes them; `previous` is the identifier of the release before.
    """
    root = site.rstrip("/")
    files = list(downloads)
    found = [_here(triple, root) for triple in catalogue(release, files, issued, years)]
    found += _more(release, files, root, previous)
    return sorted(set(found), key=str)


def series(releases: Iterable[tuple[str, str]], site: str) -> list[Triple]:
    """Return the releases that a site has, as a series (DCAT 3, section 11), sorted.

    `releases` are pairs of identifier and day (`2026-11-21`), oldest first.
    """
    root, before = site.rstrip("/"), ""
    found = [
        Triple(NamedNode(SERIES), NamedNode(_RDF + "type"), NamedNode(_DCAT + "DatasetSeries")),
        *_texts(SERIES, "title", "Tradegraph: uitgaven", "Tradegraph: releases"),
        *_texts(
            SERIES,
            "description",
            "Alle uitgaven van tradegraph die hier staan. Een uitgave verandert niet meer.",
            "All releases of tradegraph that are here. A release does not change any more.",
        ),
        Triple(NamedNode(SERIES), NamedNode(_DCT + "publisher"), NamedNode(_TEAM)),
        Triple(NamedNode(SERIES), NamedNode(_DCT + "license"), NamedNode(LICENCE)),
    ]
    for identifier, day in releases:
        iri = NamedNode(f"{SERIES}-{identifier}")
        said: dict[str, NamedNode | Literal] = {
            _RDF + "type": NamedNode(_DCAT + "Dataset"),
            _DCAT + "inSeries": NamedNode(SERIES),
            _DCAT + "version": Literal(identifier),
            _DCT + "available": Literal(day, datatype=NamedNode(PREFIXES["xsd"] + "date")),
            _DCAT + "landingPage": NamedNode(f"{root}/dump/{identifier}/"),
        }
        found += [Triple(iri, NamedNode(name), value) for name, value in said.items()]
        if before:
            found.append(Triple(iri, NamedNode(_DCAT + "prev"), NamedNode(f"{SERIES}-{before}")))
        before = identifier
    return sorted(set(found), key=str)


def _here(triple: Triple, root: str) -> Triple:
    """Turn the address of a file or page under our IRIs into that on the site."""
    value = triple.object
    if triple.predicate.value in _MOVED and isinstance(value, NamedNode) and value.value.startswith(_HOME):
        return Triple(triple.subject, triple.predicate, NamedNode(root + (value.value.removeprefix(_HOME) or "/")))
    return triple


def _texts(subject: str, name: str, dutch: str, english: str) -> Iterator[Triple]:
    for language, text in (("nl", dutch), ("en", english)):
        yield Triple(NamedNode(subject), NamedNode(_DCT + name), Literal(text, language=language))


def _more(release: Release, files: list[Download], root: str, previous: str | None) -> Iterator[Triple]:
    dataset, endpoint = NamedNode(dataset_iri(release)), NamedNode(root + "/sparql")
    service, catalogue_ = NamedNode(ID + "catalogue/tradegraph-sparql"), NamedNode(CATALOGUE)
    yield Triple(dataset, NamedNode(_DCAT + "inSeries"), NamedNode(SERIES))
    yield Triple(dataset, NamedNode(_VOID + "sparqlEndpoint"), endpoint)
    if previous is not None:
        yield Triple(dataset, NamedNode(_DCAT + "prev"), NamedNode(f"{SERIES}-{previous}"))
    for file in files:
        # Dumps of VoID are RDF files only (section 3.2).
        if file.path.endswith((".nq.gz", ".trig.gz", ".ttl.gz", ".jsonld.gz", ".rdf.gz")):
            address = NamedNode(download_iri(release, file.path).replace(_HOME, root, 1))
            yield Triple(dataset, NamedNode(_VOID + "dataDump"), address)
    yield Triple(catalogue_, NamedNode(_DCAT + "service"), service)
    said: dict[str, NamedNode | Literal] = {
        _RDF + "type": NamedNode(_DCAT + "DataService"),
        _DCAT + "endpointURL": endpoint,
        _DCAT + "endpointDescription": NamedNode(root + "/sparql?format=ttl"),
        _DCAT + "servesDataset": dataset,
        _DCT + "conformsTo": NamedNode(_SPARQL),
        _DCT + "publisher": NamedNode(_TEAM),
        _DCT + "license": NamedNode(LICENCE),
        _DCT + "accessRights": NamedNode(_EU + "access-right/PUBLIC"),
        _DCT + "identifier": Literal(service.value),
        _DCAT + "contactPoint": NamedNode(_TEAM + "-contact"),
        _DCAT + "theme": NamedNode(_EU + "data-theme/INTR"),
    }
    for name, value in said.items():
        yield Triple(service, NamedNode(name), value)
    yield from _texts(service.value, "title", "Tradegraph: SPARQL-endpoint", "Tradegraph: SPARQL endpoint")
    yield from _texts(
        service.value,
        "description",
        "Stelt zoekvragen aan de uitgave in SPARQL 1.1.",
        "Answers queries about the release in SPARQL 1.1.",
    )
