"""A comparison of releases written down: as text for a terminal, as JSON, and as RDF (Turtle).

The RDF uses the Changeset vocabulary: per thing a `cs:ChangeSet` whose additions and removals are statements, each in
the graph (`dct:isPartOf`) that states it. Nothing has a blank node, and all is written as a stream.
"""

import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from tradegraph.namespaces import BASE, ID, PREFIXES, shrink
from tradegraph.publish.differences import Statement, Summary, ThingChange
from tradegraph.publish.kept_differences import KeptDifference, members_of
from tradegraph.serialised import serialised

CHANGESET: Final = "http://purl.org/vocab/changeset/schema#"
_RDF, _DCT, _PROV = PREFIXES["rdf"], PREFIXES["dct"], PREFIXES["prov"]
_TYPE: Final = NamedNode(_RDF + "type")
_PREFIXES: Final = {**PREFIXES, "cs": CHANGESET}
_MARKS: Final = {"added": "+", "removed": "-", "changed": "~"}
_BATCH: Final = 200
"""Things of which Turtle is written at a time."""


def as_text(difference: KeptDifference) -> Iterator[str]:
    """Yield the comparison as text: the numbers, then a line per thing and per property of it."""
    summary = difference.summary
    yield f"from {summary.old} to {summary.new}: {summary.added} quads added, {summary.removed} removed\n"
    if summary.same:
        return
    yield "\nthings             added  removed  changed  corrected\n"
    for kind in summary.kinds:
        yield f"{kind.kind:<16}{kind.added:>8}{kind.removed:>9}{kind.changed:>9}{kind.corrected:>11}\n"
    yield "\nquads of graph                                added  removed\n"
    for graph in summary.graphs:
        yield f"{graph.graph.rpartition('/')[2] or 'the default graph':<40}{graph.added:>11}{graph.removed:>9}\n"
    yield "\n"
    for change in difference.all():
        label = change.label_en or change.label_nl
        yield f"{_MARKS[change.how]} {_short(change.thing)}{'  ' + label if label else ''}\n"
        for one in change.properties if change.how == "changed" else ():
            yield from (f"    - {shrink(one.name)} {said.value}\n" for said in one.removed)
            yield from (f"    + {shrink(one.name)} {said.value}\n" for said in one.added)


def as_json(difference: KeptDifference) -> Iterator[str]:
    """Yield the comparison as one JSON object, a thing per line."""
    yield json.dumps(summary_members(difference.summary), indent=2).removesuffix("\n}") + ',\n  "things": ['
    for number, change in enumerate(difference.all()):
        yield (",\n    " if number else "\n    ") + json.dumps(members_of(change), ensure_ascii=False)
    yield "\n  ]\n}\n"


def summary_members(summary: Summary) -> dict[str, object]:
    """Return the numbers of a comparison as JSON has them."""
    return {
        "from": summary.old,
        "to": summary.new,
        "quads": {"added": summary.added, "removed": summary.removed},
        "kinds": [
            {
                "kind": one.kind,
                "added": one.added,
                "removed": one.removed,
                "changed": one.changed,
                "corrected_properties": one.corrected,
            }
            for one in summary.kinds
        ],
        "graphs": [{"graph": one.graph, "added": one.added, "removed": one.removed} for one in summary.graphs],
    }


def as_turtle(difference: KeptDifference) -> Iterator[str]:
    """Yield the comparison as Turtle."""
    base = _set_of(difference.summary)
    parts = chain([list(_head(difference.summary))], _batches(_of_thing(base, one) for one in difference.all()))
    for number, triples in enumerate(parts):
        text = serialised(triples, RdfFormat.TURTLE, _PREFIXES).decode()
        # Each part brings all prefixes; the first has said them.
        yield text if number == 0 else "".join(line for line in io.StringIO(text) if not line.startswith("@prefix "))


def _batches(things: Iterable[list[Triple]]) -> Iterator[list[Triple]]:
    more = iter(things)
    while some := list(islice(more, _BATCH)):
        yield list(chain.from_iterable(some))


def _set_of(summary: Summary) -> str:
    return f"{BASE}changes/{summary.old}..{summary.new}"


def _head(summary: Summary) -> Iterator[Triple]:
    """Say what is compared (PROV-O): the newer data set is a revision of the older one."""
    new, old = (NamedNode(f"{ID}dataset/tradegraph-{one}") for one in (summary.new, summary.old))
    about = NamedNode(_set_of(summary))
    yield Triple(new, NamedNode(_PROV + "wasRevisionOf"), old)
    yield Triple(about, _TYPE, NamedNode(_PROV + "Entity"))
    yield Triple(about, NamedNode(_DCT + "subject"), new)
    for language, text in (
        ("en", f"{summary.added} quads added and {summary.removed} removed"),
        ("nl", f"{summary.added} quads erbij en {summary.removed} eraf"),
    ):
        yield Triple(about, NamedNode(_DCT + "description"), Literal(text, language=language))


def _of_thing(base: str, change: ThingChange) -> list[Triple]:
    # The path of the thing tells the sets apart; a fragment may hold slashes (RFC 3986, section 3.5).
    node = NamedNode(f"{base}#{_short(change.thing).replace('#', '/')}")
    found = [
        Triple(node, _TYPE, NamedNode(CHANGESET + "ChangeSet")),
        Triple(node, NamedNode(_DCT + "isPartOf"), NamedNode(base)),
        Triple(node, NamedNode(CHANGESET + "subjectOfChange"), NamedNode(change.thing)),
    ]
    said_of: list[Triple] = []
    number = 0
    for one in change.properties:
        for way, statements in (("removal", one.removed), ("addition", one.added)):
            for said in statements:
                number += 1
                found.append(Triple(node, NamedNode(CHANGESET + way), NamedNode(f"{node.value}/{number}")))
                said_of += _statement(NamedNode(f"{node.value}/{number}"), change.thing, one.name, said)
    return found + said_of


def _statement(node: NamedNode, thing: str, name: str, said: Statement) -> list[Triple]:
    (quad,) = parse(f"<{thing}> <{name}> {said.value} .".encode(), RdfFormat.N_TRIPLES)
    found = [
        Triple(node, _TYPE, NamedNode(_RDF + "Statement")),
        Triple(node, NamedNode(_RDF + "subject"), NamedNode(thing)),
        Triple(node, NamedNode(_RDF + "predicate"), NamedNode(name)),
        Triple(node, NamedNode(_RDF + "object"), quad.object),
    ]
    return [*found, Triple(node, NamedNode(_DCT + "isPartOf"), NamedNode(said.graph))] if said.graph else found


def _short(iri: str) -> str:
    return iri.removeprefix(ID).removeprefix(BASE)
