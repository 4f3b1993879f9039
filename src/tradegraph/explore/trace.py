"""Follows one fact the whole way: from its CSV row over its passages to its quads and the relations derived from it."""

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from tradegraph.errors import NotFound
from tradegraph.facts import Facts, Row
from tradegraph.facts.source_text import SourceText
from tradegraph.namespaces import DEF, ID, PREFIXES


@dataclass(frozen=True)
class TracedPassage:
    """A passage of the row: IRI, where it stands, our paraphrase, and the literal text when it is at hand."""

    iri: str
    locator: str
    paraphrase_en: str
    paraphrase_nl: str
    text: str | None


@dataclass(frozen=True)
class TracedRelation:
    """A direct relation that rests on the row: subject, predicate and object in N-Triples form, and the rule's name."""

    subject: str
    predicate: str
    value: str
    rule: str


@dataclass(frozen=True)
class Trace:
    """The way of one row: its cells, its IRI, its passages, its quads (sorted), the relations derived from it."""

    where: str
    iri: str
    cells: dict[str, tuple[str, ...]]
    passages: tuple[TracedPassage, ...]
    quads: tuple[Quad, ...]
    relations: tuple[TracedRelation, ...]


def trace(facts: Facts, store: Store, where: str, documents: Path | None = None) -> Trace:
    """Return the way of the row at `where` (`data/facts/missions.csv:14`); raises `NotFound` when no row ends there.

    With the folder of the documents, each passage carries its literal text.
    """
    row = next((row for row in facts.rows if row.where == where), None)
    if row is None:
        raise NotFound(f"{where}: no row stands there. Name a file under data/ and a line after the header.")
    node = NamedNode(row.subject)
    quads = sorted(store.quads_for_pattern(node, None, None, None), key=str)
    return Trace(
        where=where,
        iri=row.subject,
        cells=row.cells,
        passages=tuple(_passages(facts, row, documents)),
        quads=tuple(quads),
        relations=tuple(_relations(store, node)),
    )


def _passages(facts: Facts, row: Row, documents: Path | None) -> list[TracedPassage]:
    registered = {str(passage.one("key")): passage for passage in facts.of("facts/passages.csv")}
    files = {str(version.one("key")): str(version.one("file_name")) for version in facts.of("document_versions.csv")}
    keys = (str(row.one("key")),) if row.table.path == "facts/passages.csv" else row.all("passages")
    found = []
    for key in keys:
        passage = registered[key]
        text = None
        if documents is not None:
            path = documents / files[str(passage.one("version"))]
            if not path.is_file():
                raise NotFound(f"{path}: this document is not there. Name the folder that holds it with --documents.")
            text = SourceText.read(path).span(int(str(passage.one("start"))), int(str(passage.one("end"))))
        found.append(
            TracedPassage(
                iri=f"{ID}passage/{key}",
                locator=str(passage.one("locator_en")),
                paraphrase_en=passage.one("paraphrase_en") or "",
                paraphrase_nl=passage.one("paraphrase_nl") or "",
                text=text,
            )
        )
    return found


def _relations(store: Store, node: NamedNode) -> list[TracedRelation]:
    rdf = PREFIXES["rdf"]
    found = []
    for quad in store.quads_for_pattern(None, NamedNode(DEF + "derivedFromEvidence"), node, None):
        parts = {
            name: next(str(q.object) for q in store.quads_for_pattern(quad.subject, NamedNode(iri), None, None))
            for name, iri in (
                ("subject", rdf + "subject"),
                ("predicate", rdf + "predicate"),
                ("value", rdf + "object"),
                ("rule", DEF + "byRule"),
            )
        }
        found.append(
            TracedRelation(parts["subject"], parts["predicate"], parts["value"], parts["rule"].rpartition("/")[2][:-1])
        )
    return sorted(found, key=lambda relation: (relation.rule, relation.subject, relation.value))
