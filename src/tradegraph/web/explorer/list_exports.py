"""All rows of a list as files: a table (CSV, XLSX), JSON, or the triples (Turtle); exported is what is listed."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.listing import Aspect, Item, Said
from tradegraph.explore.reading import Solution
from tradegraph.namespaces import BASE, DEF, PREFIXES
from tradegraph.publish.answer_workbook import write_answer
from tradegraph.serialised import serialised
from tradegraph.web.explorer.list_content import Content
from tradegraph.web.explorer.list_rows import filters, kind_name
from tradegraph.web.words import say

BETWEEN: Final = " | "
LICENCE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
MEDIA_TYPES: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ttl": "text/turtle",
}
_RDF: Final = PREFIXES["rdf"]
_SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(_RDF + name) for name in ("subject", "predicate", "object"))
_BY_RULE: Final = ox.NamedNode(DEF + "byRule")
_STATED_IN: Final = ox.NamedNode(DEF + "statedIn")


@dataclass(frozen=True)
class Origin:
    """Where an export comes from: the release and the address of the list without the host."""

    release: str
    address: str


def table(content: Content) -> tuple[list[str], list[list[str]]]:
    """Return the columns and rows: IRI and name, then for each aspect values, their IRIs and the passages (IRIs).

    Several values of a cell have a bar between them, and stand in the same order in the cell of their IRIs.
    """
    aspects = _aspects(content)
    columns = ["iri", "name"]
    for aspect in aspects:
        columns += [aspect.key, f"{aspect.key}_iri", f"{aspect.key}_passages"]
    rows = []
    for item in content.items:
        row = [item.iri, content.name(item.iri).text]
        for aspect in aspects:
            said = content.values(aspect.of(item))
            row += [
                BETWEEN.join(_words(content, one) for one in said),
                BETWEEN.join(one.value.value for one in said if isinstance(one.value, ox.NamedNode)),
                BETWEEN.join(dict.fromkeys(iri for one in said for iri in one.passages)),
            ]
        rows.append(row)
    return columns, rows


def _aspects(content: Content) -> list[Aspect]:
    """Return the aspects of the list, leaving out those that tell the same properties again."""
    found: dict[tuple[str, ...], Aspect] = {}
    for aspect in content.wanted.kind.aspects:
        found.setdefault(aspect.properties, aspect)
    return list(found.values())


def _words(content: Content, said: Said) -> str:
    return content.name(said.value.value).text if isinstance(said.value, ox.NamedNode) else said.value.value


def as_csv(content: Content) -> bytes:
    """Return the table as CSV (RFC 4180), in UTF-8 with a mark at its start, by which spreadsheets know it."""
    columns, rows = table(content)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([columns, *rows])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(content: Content, origin: Origin) -> bytes:
    """Return the table as a workbook, with a second sheet that says where it comes from."""
    columns, rows = table(content)
    return write_answer(columns, rows, source(content, origin))


def source(content: Content, origin: Origin) -> list[tuple[str, str]]:
    """Return what the second sheet says: what was asked, of which release, how to cite it, and the licence."""
    language = content.language
    on = "; ".join(f"{one.label}: {one.value.text}" for one in filters(content)) or say(language, "list_no_filters")
    title = f"tradegraph: {kind_name(content, 2)}"
    return [
        (say(language, "list_sheet_list"), kind_name(content, 2)),
        (say(language, "list_sheet_filters"), on),
        (say(language, "list_sheet_rows"), str(len(content.items))),
        (say(language, "list_sheet_address"), origin.address),
        (say(language, "list_sheet_release"), origin.release),
        (say(language, "list_sheet_cite"), f"{title} ({on}). {say(language, 'release')} {origin.release}. {BASE}"),
        (say(language, "list_sheet_licence"), f"CC0 1.0, {LICENCE}"),
        (say(language, "list_sheet_query"), content.panel.text),
    ]


def as_json(content: Content, origin: Origin) -> bytes:
    """Return the rows as JSON: each value with its name, passages, and for a derived relation its rule and record."""
    rows = [
        {
            "iri": item.iri,
            "name": content.name(item.iri).text,
            "said": {
                aspect.key: [_member(content, one) for one in content.values(said)]
                for aspect in _aspects(content)
                if (said := aspect.of(item))
            },
        }
        for item in content.items
    ]
    answer = {
        "kind": content.wanted.kind.key,
        "address": origin.address,
        "release": origin.release,
        "licence": LICENCE,
        "rowcount": len(rows),
        "complete": True,
        "rows": rows,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1).encode()


def _member(content: Content, said: Said) -> dict[str, object]:
    found: dict[str, object] = {}
    if isinstance(said.value, ox.NamedNode):
        found = {"iri": said.value.value, "name": content.name(said.value.value).text}
    else:
        found = {"value": said.value.value}
    found["passages"] = list(said.passages)
    if said.record:
        found |= {"rule": said.rule, "record": said.record}
    return found


def as_turtle(content: Content, names: Iterable[Solution]) -> bytes:
    """Return what is said of the rows as Turtle: every triple is in the release as it stands.

    A direct relation comes with its record, which says where it was read. `names` is the answer of
    `queries/pages/list_names.rq`, of which the names of the rows and their values are taken.
    """
    triples = {triple for item in content.items for triple in _triples(item)}
    things = {item.iri for item in content.items}
    things |= {triple.object.value for triple in triples if isinstance(triple.object, ox.NamedNode)}
    for row in names:
        thing, naming, name = row["thing"], row["property"], row["name"]
        if isinstance(thing, ox.NamedNode) and thing.value in things and isinstance(naming, ox.NamedNode):
            triples.add(ox.Triple(thing, naming, name))
    ordered = sorted(triples, key=str)
    text = " ".join(str(one) for one in ordered)
    prefixes = {prefix: namespace for prefix, namespace in PREFIXES.items() if f"<{namespace}" in text}
    return serialised(ordered, ox.RdfFormat.TURTLE, prefixes)


def _triples(item: Item) -> Iterable[ox.Triple]:
    thing = ox.NamedNode(item.iri)
    for iri, values in item.said.items():
        name = ox.NamedNode(iri)
        for said in values:
            if not said.record:
                yield ox.Triple(thing, name, said.value)
                continue
            record = ox.NamedNode(said.record)
            if not said.rule:
                yield ox.Triple(record, name, said.value)
            elif said.inverse and isinstance(said.value, ox.NamedNode):
                yield ox.Triple(record, _SUBJECT, said.value)
            else:
                yield ox.Triple(thing, name, said.value)
                yield ox.Triple(record, _SUBJECT, thing)
                yield ox.Triple(record, _OBJECT, said.value)
            if said.rule:
                yield ox.Triple(record, _PREDICATE, name)
                yield ox.Triple(record, _BY_RULE, ox.NamedNode(said.rule))
            for passage in said.passages:
                yield ox.Triple(record, _STATED_IN, ox.NamedNode(passage))
