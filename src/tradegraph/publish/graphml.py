"""The direct relations of a release as GraphML, for Gephi, Cytoscape, yEd, networkx and igraph.

A node per thing that a relation names, an edge per relation between two things; a relation to a plain value, such as
a year, is an attribute of its node. Written with the standard library, straight from the table file.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final, TextIO
from xml.sax.saxutils import escape, quoteattr

from tradegraph.namespaces import DEF, shrink
from tradegraph.publish.sqlite_file import Cell, TableFile
from tradegraph.publish.tables import SEPARATOR

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_NODE: Final = ("label", "label_nl", "label_en", "class")
_EDGE: Final = ("label", "label_nl", "property", "relation", "passages", "locators_nl", "locators_en", "documents")
_NODES: Final = """
SELECT n.iri, t.label_nl, t.label_en, t.class, r.property, r.literal
FROM (SELECT subject AS iri FROM relation UNION SELECT object FROM relation WHERE object IS NOT NULL) n
LEFT JOIN term t ON t.iri = n.iri
LEFT JOIN relation r ON r.subject = n.iri AND r.literal IS NOT NULL
ORDER BY n.iri, r.property, r.literal
"""
_EDGES: Final = """
SELECT r.id, r.iri, r.subject, r.object, r.property, t.label_nl, t.label_en,
       p.iri, p.locator_nl, p.locator_en, p.document
FROM relation r
LEFT JOIN term t ON t.iri = r.property
LEFT JOIN relation_passage x ON x.relation = r.id
LEFT JOIN passage p ON p.iri = x.passage
WHERE r.object IS NOT NULL ORDER BY r.id, x.passage
"""
_VALUED: Final = "SELECT DISTINCT property FROM relation WHERE literal IS NOT NULL ORDER BY 1"
# XML 1.0, section 2.2: some control characters cannot be written at all.
_INSTEAD: Final = "\ufffd"
_ILLEGAL: Final = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def write_graphml(tables: TableFile, path: Path) -> None:
    """Write the graph, nodes before edges, both sorted; an edge is directed from subject to object."""
    valued = [str(row[0]) for row in tables.select(_VALUED)]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        writer = _Writer(file, [*_NODE, *(_local(iri) for iri in valued)])
        for iri, rows in groupby(tables.select(_NODES), key=itemgetter(0)):
            said = list(rows)
            _, dutch, english, kind, *_ = said[0]
            values: dict[str, list[Cell]] = {}
            for *_, prop, literal in said:
                if prop is not None:
                    values.setdefault(_local(str(prop)), []).append(literal)
            label: Cell = english or shrink(str(iri))
            named = (label, dutch, english, shrink(str(kind)) if kind else None)
            also = ((name, _joined(some)) for name, some in values.items())
            writer.node(str(iri), [*zip(_NODE, named, strict=True), *also])
        for _, rows in groupby(tables.select(_EDGES), key=itemgetter(0)):
            said = list(rows)
            _, relation, source, target, prop, dutch, english, *_ = said[0]
            passages = (_joined(dict.fromkeys(row[column] for row in said)) for column in range(7, 11))
            edge: tuple[Cell, ...] = (english or _local(str(prop)), dutch, prop, relation, *passages)
            writer.edge(str(source), str(target), zip(_EDGE, edge, strict=True))
        writer.close()


class _Writer:
    """Writes the elements of GraphML; a key per attribute, numbered in order."""

    def __init__(self, file: TextIO, node_keys: list[str]) -> None:
        self._file = file
        self._keys: dict[tuple[str, str], str] = {}
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}">\n')
        for kind, names in (("node", node_keys), ("edge", list(_EDGE))):
            for name in names:
                key = self._keys[kind, name] = f"d{len(self._keys)}"
                file.write(f'<key id="{key}" for="{kind}" attr.name={_attribute(name)} attr.type="string"/>\n')
        file.write('<graph id="tradegraph" edgedefault="directed">\n')

    def node(self, iri: str, data: Iterable[tuple[str, Cell]]) -> None:
        self._file.write(f"<node id={_attribute(iri)}>{self._data('node', data)}</node>\n")

    def edge(self, source: str, target: str, data: Iterable[tuple[str, Cell]]) -> None:
        ends = f"source={_attribute(source)} target={_attribute(target)}"
        self._file.write(f"<edge {ends}>{self._data('edge', data)}</edge>\n")

    def close(self) -> None:
        self._file.write("</graph>\n</graphml>\n")

    def _data(self, kind: str, data: Iterable[tuple[str, Cell]]) -> str:
        said = ((self._keys[kind, name], str(value)) for name, value in data if value not in (None, ""))
        return "".join(f'<data key="{key}">{escape(_ILLEGAL.sub(_INSTEAD, value))}</data>' for key, value in said)


def _attribute(value: str) -> str:
    return quoteattr(_ILLEGAL.sub(_INSTEAD, value))


def _joined(values: Iterable[Cell]) -> str | None:
    return SEPARATOR.join(str(value) for value in values if value is not None) or None


def _local(iri: str) -> str:
    return iri.removeprefix(DEF)
