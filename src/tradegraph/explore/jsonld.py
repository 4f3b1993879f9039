"""Descriptions as JSON-LD 1.1, shaped for people who know JSON and no RDF.

One object for the thing; what it names lies inside, with its name; what points to it lies under `incoming`. The part
of the context that is used stands in the document, so that a file on its own still means the same (`context`).
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.context import Context, Term
from tradegraph.explore.describe import NAMING, TYPE, Description
from tradegraph.namespaces import PREFIXES

_XSD: Final = PREFIXES["xsd"]
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Integers that a JSON number gives back letter by letter (JSON-LD 1.1 API, section 8.6)."""
Json = str | int | bool | dict[str, "Json"] | list["Json"]


def to_jsonld(description: Description, context: Context) -> bytes:
    """Write a description; reading it gives the same triples, and no others. Blank nodes cannot occur in one."""
    frame, thing = _Frame(context), ox.NamedNode(description.thing)
    pointing = {(one, group.property) for group in description.incoming for one in group.subjects}
    for triple in description.triples:
        if not isinstance(triple.subject, ox.NamedNode):
            raise TypeError(f"{triple.subject} has no IRI")
        if (triple.subject.value, triple.predicate.value) in pointing and triple.object == thing:
            # Said once, under `incoming`.
            continue
        frame.said[triple.subject.value][triple.predicate.value].append(triple.object)
    root = frame.node(description.thing)
    incoming: dict[str, Json] = {}
    for group in description.incoming:
        if group.subjects:
            frame.terms.add(group.property)
            incoming[context.key(group.property)] = [frame.node(subject) for subject in group.subjects]
    if incoming:
        root["incoming"] = incoming
    left = sorted(set(frame.said) - frame.written)
    if left:
        root["included"] = [frame.node(iri) for iri in left]
    document = {"@context": context.part(frame.terms), **root}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


@dataclass
class _Frame:
    """What there is to write, what has been written in full, and the terms that the context must have."""

    context: Context
    said: dict[str, dict[str, list[object]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    written: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)

    def node(self, iri: str) -> dict[str, Json]:
        """Return a thing: in full where it comes first, later with its name only."""
        found: dict[str, Json] = {"id": iri}
        said = self.said.get(iri, {})
        if iri in self.written:
            said = {name: values for name, values in said.items() if name in NAMING}
        self.written.add(iri)
        for name, values in sorted(said.items(), key=lambda item: _rank(item[0])):
            self.terms.add(name)
            if name == TYPE.value:
                classes = [value.value for value in values if isinstance(value, ox.NamedNode)]
                self.terms.update(classes)
                found["type"] = _one([self.context.key(iri) for iri in classes])
            else:
                found[self.context.key(name)] = self._values(values, self.context.of(name))
        return found

    def _values(self, values: list[object], term: Term) -> Json:
        if term.language and all(isinstance(value, ox.Literal) and value.language for value in values):
            texts: dict[str, list[Json]] = defaultdict(list)
            for value in values:
                if isinstance(value, ox.Literal):
                    texts[value.language or ""].append(value.value)
            return {language: _one(said) for language, said in sorted(texts.items())}
        written = [self._value(value, term) for value in values]
        # Alone, an object here would be read as a map of texts.
        return written if term.language else _one(written)

    def _value(self, value: object, term: Term) -> Json:
        if isinstance(value, ox.NamedNode):
            return self.node(value.value)
        if not isinstance(value, ox.Literal):
            raise TypeError(f"{value} cannot be written as JSON-LD here")
        if value.language is not None:
            return {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if datatype == _XSD + "integer" and _INTEGER.fullmatch(value.value) and term.datatype in ("", datatype):
            return int(value.value)
        if datatype == _XSD + "boolean" and value.value in ("true", "false") and term.datatype in ("", datatype):
            return value.value == "true"
        if term.datatype == datatype or (datatype == _XSD + "string" and not (term.datatype or term.reference)):
            return value.value
        return {"@value": value.value, "@type": datatype}


def _one(values: list[Json]) -> Json:
    """Return a single value as it is, several as a list."""
    return values[0] if len(values) == 1 else values


def _rank(name: str) -> tuple[int, str]:
    """Put the type first and names next."""
    if name == TYPE.value:
        return 0, name
    return (1 + NAMING.index(name), name) if name in NAMING else (len(NAMING) + 1, name)
