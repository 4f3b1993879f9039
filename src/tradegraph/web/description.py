"""The service description (SPARQL 1.1 Service Description): what this endpoint can do and which graphs it holds."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from tradegraph.media_types import FORMATS, Format
from tradegraph.namespaces import PREFIXES
from tradegraph.serialised import serialised
from tradegraph.sparql.statistics import Statistics
from tradegraph.store import Release

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_RDF_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["void"] + name)


def _triples(
    release: Release, statistics: Statistics | None, endpoint: str, written: Mapping[str, int]
) -> Iterator[ox.Triple]:
    service, dataset = ox.NamedNode(endpoint), ox.NamedNode(endpoint + "#dataset")
    default_graph = ox.NamedNode(endpoint + "#default-graph")
    yield ox.Triple(service, _RDF_TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    for language in ("SPARQL10Query", "SPARQL11Query"):
        yield ox.Triple(service, _sd("supportedLanguage"), _sd(language))
    if release.union_default_graph:
        yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for form in FORMATS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(form.iri))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _RDF_TYPE, _void("Dataset"))
    yield ox.Triple(dataset, ox.NamedNode(PREFIXES["dct"] + "identifier"), ox.Literal(release.identifier))
    yield ox.Triple(dataset, _void("sparqlEndpoint"), service)
    yield ox.Triple(dataset, _sd("defaultGraph"), default_graph)
    yield ox.Triple(default_graph, _RDF_TYPE, _sd("Graph"))
    for number, (iri, quads) in enumerate((*release.graphs, *sorted(written.items())), start=1):
        # Named here, not blank: the description can be cited and compared.
        named = ox.NamedNode(f"{endpoint}#named-graph-{number}")
        graph = ox.NamedNode(f"{endpoint}#graph-{number}")
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, _RDF_TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(iri))
        yield ox.Triple(named, _sd("graph"), graph)
        yield ox.Triple(graph, _RDF_TYPE, _sd("Graph"))
        yield ox.Triple(graph, _void("triples"), ox.Literal(quads))
    if statistics is not None:
        yield from _counts(statistics, dataset, endpoint)


def _counts(statistics: Statistics, dataset: ox.NamedNode, endpoint: str) -> Iterator[ox.Triple]:
    """Yield what VoID has to say (https://www.w3.org/TR/void/, section 4.4); a triple counts once per graph."""
    yield ox.Triple(dataset, _void("triples"), ox.Literal(statistics.triples))
    for kind, kinds, count, counted in (
        ("class", "classes", "entities", statistics.classes),
        ("property", "properties", "triples", statistics.properties),
    ):
        yield ox.Triple(dataset, _void(kinds), ox.Literal(len(counted)))
        for number, (iri, instances) in enumerate(sorted(counted.items()), start=1):
            partition = ox.NamedNode(f"{endpoint}#{kind}-{number}")
            yield ox.Triple(dataset, _void(f"{kind}Partition"), partition)
            yield ox.Triple(partition, _void(kind), ox.NamedNode(iri))
            yield ox.Triple(partition, _void(count), ox.Literal(instances))


def describe(
    release: Release,
    statistics: Statistics | None,
    endpoint: str,
    form: Format,
    written: Mapping[str, int] = MappingProxyType({}),
) -> bytes:
    """Write the description of the service at `endpoint` in a graph format.

    `written`: number of triples in each graph that the release does not have.
    """
    prefixes = {"sd": SD, **{name: PREFIXES[name] for name in ("dct", "rdf", "void", "xsd")}}
    rdf_format: ox.RdfFormat = getattr(ox.RdfFormat, form.engine)
    return serialised(_triples(release, statistics, endpoint, written), rdf_format, prefixes)
