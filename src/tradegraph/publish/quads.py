"""Reads the dataset of a release as a stream: its vocabulary, and its things one by one.

A release is sorted by line (docs/decisions/0005), so all that is said of one thing stands together, and a triple that
stands in several graphs stands on neighbouring lines. Nothing here keeps more than one thing in memory.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from tradegraph.errors import NotSound
from tradegraph.namespaces import BASE, DEF, PREFIXES

Term = NamedNode | BlankNode | Literal | Triple

LABELS: Final = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel", PREFIXES["dct"] + "title")
"""The properties that name a thing, the best first."""

TYPE: Final = PREFIXES["rdf"] + "type"
_SUBCLASS: Final = PREFIXES["rdfs"] + "subClassOf"
_FRONT_DOOR: Final = DEF + "frontDoor"
_CLASS: Final = PREFIXES["owl"] + "Class"
_HEADER: Final = BASE + "def"
_YEAR: Final = re.compile(f'> <{re.escape(DEF)}year> "(-?[0-9]+)"'.encode())
_OWN_TERMS: Final = f"<{_HEADER}".encode()


@dataclass(frozen=True)
class Vocabulary:
    """What the release says of its own terms.

    `classes` and `properties` are the IRIs of the front door, sorted; `labels` maps every term of ours to its Dutch and
    English label, `parents` every class to the classes above it. `issued` is the day that the ontology's header gives
    (`2026-11-21`), the only date of a release: it has no clock.
    """

    classes: tuple[str, ...]
    properties: tuple[str, ...]
    labels: dict[str, tuple[str, str]]
    parents: dict[str, frozenset[str]]
    issued: str

    @classmethod
    def read(cls, dataset: Path) -> "Vocabulary":
        """Read the lines about terms; the others are passed over unparsed."""
        front: set[str] = set()
        classes: set[str] = set()
        labels: dict[str, tuple[str, str]] = {}
        parents: dict[str, set[str]] = {}
        issued = ""
        with dataset.open("rb") as file:
            lines = b"".join(line for line in file if line.startswith(_OWN_TERMS))
        for term, said in things(parse(lines, RdfFormat.N_QUADS)):
            values = values_of(said)
            classes |= {term} if _CLASS in (value.value for value in iris(values, TYPE)) else set()
            front |= {term} if _FRONT_DOOR in values else set()
            labels[term] = names(values)
            parents[term] = {value.value for value in iris(values, _SUBCLASS)}
            if term == _HEADER:
                issued = max((one.value for one in literals(values, PREFIXES["dct"] + "modified")), default="")
        return cls(
            classes=tuple(sorted(front & classes)),
            properties=tuple(sorted(front - classes)),
            labels=labels,
            parents={term: frozenset(_above(term, parents)) for term in parents},
            issued=issued,
        )

    def label(self, iri: str) -> tuple[str, str]:
        """Return the Dutch and English label of a term, its last part twice when it has none."""
        local = iri.rpartition("#")[2].rpartition("/")[2]
        dutch, english = self.labels.get(iri, ("", ""))
        return dutch or english or local, english or dutch or local

    def narrowest(self, types: Iterable[str]) -> str:
        """Return the most specific class of ours among the types of a thing, the first by name of several."""
        own = {iri for iri in types if iri.startswith(DEF)}
        wider = {parent for iri in own for parent in self.parents.get(iri, frozenset())}
        return min(own - wider, default="")


def _above(term: str, parents: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    heads = [term]
    while heads:
        for parent in parents.get(heads.pop(), set()) - found:
            found.add(parent)
            heads.append(parent)
    return found - {term}


def read_quads(dataset: Path) -> Iterator[Quad]:
    """Yield the quads of a canonical N-Quads file, in its order."""
    with dataset.open("rb") as file:
        yield from parse(file, RdfFormat.N_QUADS)


def years(dataset: Path) -> tuple[int, int] | None:
    """Return the first and the last year that the relations of a release name (`tg:year`), None when they name none."""
    first, last = 9999, -9999
    with dataset.open("rb") as file:
        for line in file:
            if found := _YEAR.search(line):
                first, last = min(first, int(found[1])), max(last, int(found[1]))
    return (first, last) if first <= last else None


def things(quads: Iterable[Quad]) -> Iterator[tuple[str, list[Quad]]]:
    """Yield each thing (its IRI) with its quads; raises `NotSound` when they are not in the order of a release."""
    before = ""
    for subject, group in groupby(quads, key=attrgetter("subject")):
        line = str(subject)
        if line <= before:
            raise NotSound(
                f"{line}: the quads of this thing do not stand together, so this is not a release that "
                "`tradegraph build` wrote. Only those can be exported."
            )
        before = line
        if isinstance(subject, NamedNode):
            yield subject.value, list(group)


def triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the triples of all graphs merged; one that stands in several graphs comes once."""
    before: Triple | None = None
    for quad in quads:
        if quad.triple != before:
            before = quad.triple
            yield before


def values_of(quads: Iterable[Quad]) -> dict[str, list[Term]]:
    """Return the values of one thing by property, each once, in the order of the release."""
    found: dict[str, dict[Term, None]] = {}
    for quad in quads:
        found.setdefault(quad.predicate.value, {}).setdefault(quad.object)
    return {name: list(values) for name, values in found.items()}


def iris(values: dict[str, list[Term]], name: str) -> list[NamedNode]:
    """Return the values of a property that are IRIs."""
    return [value for value in values.get(name, ()) if isinstance(value, NamedNode)]


def literals(values: dict[str, list[Term]], name: str) -> list[Literal]:
    """Return the values of a property that are literals."""
    return [value for value in values.get(name, ()) if isinstance(value, Literal)]


def text(values: dict[str, list[Term]], name: str, language: str) -> str:
    """Return the first text of a property in a language, else one without a language, else nothing."""
    found = literals(values, name)
    return next((one.value for wanted in (language, None) for one in found if one.language == wanted), "")


def names(values: dict[str, list[Term]]) -> tuple[str, str]:
    """Return the Dutch and English label of a thing; where one is missing, the other serves."""
    dutch, english = (next(filter(None, (text(values, name, tag) for name in LABELS)), "") for tag in ("nl", "en"))
    return dutch or english, english or dutch
