"""Answers with labels: beside each column of IRIs a column with what they are called.

A label is looked up in the store once for each IRI in the answer, instead of joined in by the query: the query stays
short, and an IRI without a label costs no row. The price is that the rows are held in memory, so they are capped.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final, Literal

import pyoxigraph as ox

Language = Literal["nl", "en"]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_LABELS: Final = (
    ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
    ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
)
_OTHER: Final[dict[Language, Language]] = {"nl": "en", "en": "nl"}
_XSD_STRING: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")


@dataclass(frozen=True)
class LabelledRows:
    """The answer as SPARQL JSON; `rows` of them. `complete` is false when there were more rows than were taken."""

    json: bytes
    rows: int
    complete: bool

    def write(self, output: IO[bytes], results_format: ox.QueryResultsFormat) -> None:
        """Write the answer to `output` in any format for rows."""
        if results_format == ox.QueryResultsFormat.JSON:
            output.write(self.json)
        else:
            ox.parse_query_results(self.json, ox.QueryResultsFormat.JSON).serialize(output, results_format)


def label_of(store: ox.Store, iri: ox.NamedNode, language: Language) -> ox.Literal | None:
    """Return the label of `iri` from any graph, or None: one in `language` if there is, else in the other language.

    Within a language rdfs:label goes before skos:prefLabel, a short one before a long one, then the order of text
    decides, so that the choice never depends on the order of the store. A tag counts with its regions: en-gb is en.
    """
    wanted = (language, _OTHER[language])
    ranked = [
        (wanted.index(primary), kind, len(label.value), label.value, str(label), label)
        for kind, predicate in enumerate(_LABELS)
        for label in (quad.object for quad in store.quads_for_pattern(iri, predicate, None))
        if isinstance(label, ox.Literal) and (primary := (label.language or "").partition("-")[0]) in wanted
    ]
    return min(ranked)[-1] if ranked else None


def labelled_json(store: ox.Store, solutions: ox.QuerySolutions, language: Language, cap: int) -> LabelledRows:
    """Take up to `cap` rows; add a variable `xLabel` right after each variable `x` that holds an IRI in any of them.

    Where the query has an `xLabel` of its own, that one stays and none is added. An IRI within a triple term gets no
    label. Without a label the new variable is unbound.
    """
    names = [variable.value for variable in solutions.variables]
    # Each distinct term is written once and shared between rows: terms recur, and 100,000 rows have to fit.
    texts: dict[Term | None, str | None] = {None: None}
    iris: dict[str | None, ox.NamedNode] = {}
    rows = []
    for solution in islice(solutions, cap):
        terms: tuple[Term | None, ...] = tuple(solution)
        for term in terms:
            if term is not None and term not in texts:
                texts[term] = text = _text(_members(term))
                if isinstance(term, ox.NamedNode):
                    iris[text] = term
        rows.append(tuple(texts[term] for term in terms))
    complete = next(solutions, None) is None
    texts.clear()
    columns = [
        (name, f"{name}Label" not in names and any(row[place] in iris for row in rows))
        for place, name in enumerate(names)
    ]
    wanted = {row[place] for place, (_, with_label) in enumerate(columns) if with_label for row in rows}
    found = {text: label_of(store, iri, language) for text, iri in iris.items() if text in wanted}
    labels = {text: _text(_members(label)) for text, label in found.items() if label is not None}
    return LabelledRows(_json(columns, rows, labels), len(rows), complete)


def _json(
    columns: list[tuple[str, bool]], rows: list[tuple[str | None, ...]], labels: Mapping[str | None, str]
) -> bytes:
    """Write SPARQL Query Results JSON, byte by byte as the engine does, so that it can be metered in the same way.

    A column is the name of a variable and whether one with labels follows it; a row has the JSON of its terms, by
    which `labels` has the JSON of what they are called.
    """
    variables = [variable for name, with_label in columns for variable in (name, f"{name}Label")[: 1 + with_label]]
    keys = [(_text(name) + ":", with_label, _text(f"{name}Label") + ":") for name, with_label in columns]
    body = bytearray(f'{{"head":{{"vars":{_text(variables)}}},"results":{{"bindings":['.encode())
    for number, row in enumerate(rows):
        members = []
        for text, (key, with_label, label_key) in zip(row, keys, strict=True):
            if text is not None:
                members.append(key + text)
            if with_label and text in labels:
                members.append(label_key + labels[text])
        body += f"{',' if number else ''}{{{','.join(members)}}}".encode()
    body += b"]}}"
    return bytes(body)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _members(term: Term) -> dict[str, object]:
    """Return the object for a term: SPARQL 1.1 Query Results JSON Format, section 3.2.2, and RDF 1.2's additions."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {place: _members(part) for place, part in parts.items()}}
    members: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language is not None:
        members["xml:lang"] = term.language
        if term.direction is not None:
            members["its:dir"] = str(term.direction)
    elif term.datatype != _XSD_STRING:
        members["datatype"] = term.datatype.value
    return members
