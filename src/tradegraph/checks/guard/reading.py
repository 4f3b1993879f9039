"""Reads shapes from a shapes graph, and refuses those it could not answer for rather than pass them over."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from tradegraph.checks.guard import components as core
from tradegraph.checks.guard.nested import Logical, Property, Qualified
from tradegraph.checks.guard.paths import Path, Predicate, Repeated, reached
from tradegraph.checks.guard.select import BySelect, Select, with_path
from tradegraph.checks.guard.shapes import Constraint, Shape, Targets
from tradegraph.checks.guard.shapes_graph import ShapesGraph
from tradegraph.checks.guard.terms import OWL_IMPORTS, RDFS_CLASS, Term, sh
from tradegraph.checks.guard.values import (
    DERIVED,
    compares,
    fits_pattern,
    is_pattern,
    is_well_formed,
    kind_of,
    text_length,
)
from tradegraph.checks.report import VIOLATION
from tradegraph.errors import ShapeNotSupported

_TARGETS: Final = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_SHAPES: Final = ("and", "node", "not", "or", "property", "qualifiedValueShape", "xone")
_CONSTRAINTS: Final = frozenset(
    (
        *_SHAPES, "class", "closed", "datatype", "disjoint", "equals", "hasValue", "in", "languageIn", "lessThan",
        "lessThanOrEquals", "maxCount", "maxExclusive", "maxInclusive", "maxLength", "minCount", "minExclusive",
        "minInclusive", "minLength", "nodeKind", "pattern", "sparql", "uniqueLang",
    )
)  # fmt: skip
_KNOWN: Final = _CONSTRAINTS | frozenset(
    (
        *_TARGETS, "deactivated", "declare", "defaultValue", "description", "flags", "group", "ignoredProperties",
        "message", "name", "order", "path", "prefixes", "select", "qualifiedMaxCount", "qualifiedMinCount",
        "qualifiedValueShapesDisjoint", "severity",
    )
)  # fmt: skip
_RANGES: Final = {"minExclusive": ">", "minInclusive": ">=", "maxExclusive": "<", "maxInclusive": "<="}
_NOT_ON_NODES: Final = ("lessThan", "lessThanOrEquals", "maxCount", "minCount", "qualifiedValueShape", "uniqueLang")


def read_shapes(graph: ShapesGraph) -> tuple[Shape, ...]:
    """Return the shapes that have targets, in order of their names. Raises `ShapeNotSupported`."""
    return tuple(shape for shape in _Reader(graph).all() if shape.targets and not shape.deactivated)


class _Reader:
    def __init__(self, graph: ShapesGraph) -> None:
        self._graph = graph
        self._shapes: dict[Term, Shape] = {}
        self._being_read: list[Term] = []

    def all(self) -> Iterator[Shape]:
        graph = self._graph
        for node in graph.subjects("target", "rule", "validator", "nodeValidator", "propertyValidator"):
            what = "uses SPARQL-based components, targets or rules."
            raise ShapeNotSupported(node, what, "The guard knows SHACL Core and sh:sparql; write it so.")
        nodes = dict.fromkeys(graph.subjects(*_TARGETS, *_CONSTRAINTS))
        nodes.update(dict.fromkeys(sorted(graph.view.instances(sh("NodeShape")), key=str)))
        for node in nodes:
            yield self.shape(node)

    def shape(self, node: Term) -> Shape:
        if node not in self._shapes:
            if node in self._being_read:
                way = " → ".join(str(one) for one in (*self._being_read, node))
                raise ShapeNotSupported(node, f"refers to itself ({way}).", "Shapes must not be recursive.")
            self._being_read.append(node)
            self._shapes[node] = self._read(node)
            self._being_read.pop()
        return self._shapes[node]

    def _read(self, node: Term) -> Shape:
        graph = self._graph
        unknown = sorted(set(graph.properties(node)) - _KNOWN)
        if unknown:
            raise ShapeNotSupported(node, f"uses sh:{unknown[0]}.", "The guard does not know it; do without.")
        path_node = graph.one(node, "path")
        path = None if path_node is None else graph.path(path_node)
        if path is None:
            for name in _NOT_ON_NODES:
                if graph.all(node, name):
                    raise ShapeNotSupported(node, f"has sh:{name} but no sh:path.", "Only property shapes may.")
        severity = graph.one(node, "severity")
        texts = {one.language or "": one.value for one in graph.all(node, "message") if isinstance(one, Literal)}
        name = node.value if isinstance(node, NamedNode) else str(node)
        return Shape(
            node,
            path,
            path_node,
            self._targets(node),
            severity.value if isinstance(severity, NamedNode) else VIOLATION,
            texts.get("en", name),
            texts.get("nl", name),
            graph.yes(node, "deactivated"),
            tuple(self._constraints(node, path)),
        )

    def _targets(self, node: Term) -> Targets:
        graph = self._graph
        classes = graph.all(node, "targetClass")
        is_shape = any(graph.view.is_instance(node, sh(name)) for name in ("NodeShape", "PropertyShape"))
        if is_shape and graph.view.is_instance(node, RDFS_CLASS):
            classes = (*classes, node)
        return Targets(
            graph.all(node, "targetNode"),
            classes,
            graph.iris(node, "targetSubjectsOf"),
            graph.iris(node, "targetObjectsOf"),
        )

    def _constraints(self, node: Term, path: Path | None) -> Iterator[Constraint]:
        yield from self._of_values(node)
        yield from self._of_properties(node, path)
        yield from self._of_shapes(node)
        for query in self._graph.all(node, "sparql"):
            if not self._graph.yes(query, "deactivated"):
                yield BySelect(Select.read(node, with_path(self._text(node, query), path)))

    def _of_values(self, node: Term) -> Iterator[Constraint]:
        """Yield the constraints on what each value node is (sections 4.1, 4.3 and 4.4)."""
        graph = self._graph
        for cls in graph.all(node, "class"):
            yield core.OfClass("Class", cls)
        for datatype in graph.iris(node, "datatype"):
            if datatype.value in DERIVED:
                what = f"asks for {datatype}, which the store keeps as the datatype it is derived from."
                raise ShapeNotSupported(node, what, "Ask for that one, with sh:minInclusive and sh:maxInclusive.")
            yield core.Each("Datatype", partial(_has_datatype, datatype))
        for kind in graph.iris(node, "nodeKind"):
            yield core.Each("NodeKind", partial(_is_of_kind, kind.value))
        for name, operator in _RANGES.items():
            for bound in graph.all(node, name):
                yield core.Each(_capital(name), partial(compares, operator=operator, right=bound))
        least, most = graph.number(node, "minLength"), graph.number(node, "maxLength")
        if least is not None:
            yield core.Each("MinLength", partial(_has_length, least, None))
        if most is not None:
            yield core.Each("MaxLength", partial(_has_length, 0, most))
        flags = graph.literal(node, "flags") or Literal("")
        for pattern in graph.all(node, "pattern"):
            if not isinstance(pattern, Literal) or not is_pattern(pattern, flags):
                raise ShapeNotSupported(node, f"sh:pattern {pattern} cannot be read.", "Write one as SPARQL's REGEX.")
            yield core.Each("Pattern", partial(fits_pattern, pattern=pattern, flags=flags))
        for head in graph.all(node, "languageIn"):
            ranges = tuple(one.value for one in graph.members(head) if isinstance(one, Literal))
            yield core.LanguageIn("LanguageIn", ranges)
        for head in graph.all(node, "in"):
            yield core.Each("In", frozenset(graph.members(head)).__contains__)

    def _of_properties(self, node: Term, path: Path | None) -> Iterator[Constraint]:
        """Yield the constraints on the value nodes together, and on other properties (sections 4.2, 4.5 and 4.8)."""
        graph = self._graph
        least, most = graph.number(node, "minCount"), graph.number(node, "maxCount")
        if least:
            yield core.Count("MinCount", least, None)
        if most is not None:
            yield core.Count("MaxCount", None, most)
        if graph.yes(node, "uniqueLang"):
            yield core.UniqueLang("UniqueLang")
        for value in graph.all(node, "hasValue"):
            yield core.HasValue("HasValue", value)
        for predicate in graph.iris(node, "equals"):
            yield core.Equals("Equals", predicate)
        for predicate in graph.iris(node, "disjoint"):
            yield core.Disjoint("Disjoint", predicate)
        for predicate in graph.iris(node, "lessThan"):
            yield core.Less("LessThan", predicate, "<")
        for predicate in graph.iris(node, "lessThanOrEquals"):
            yield core.Less("LessThanOrEquals", predicate, "<=")
        if graph.yes(node, "closed"):
            own = (graph.one(one, "path") for one in graph.all(node, "property"))
            ignored = (one for head in graph.all(node, "ignoredProperties") for one in graph.members(head))
            yield core.Closed("Closed", frozenset(one for one in (*own, *ignored) if isinstance(one, NamedNode)))

    def _of_shapes(self, node: Term) -> Iterator[Constraint]:
        """Yield the constraints that hold value nodes against shapes (sections 4.6 and 4.7)."""
        graph = self._graph
        for one in graph.all(node, "property"):
            inner = self.shape(one)
            if inner.path is None:
                raise ShapeNotSupported(one, "is a property shape without sh:path.", "Add it.")
            yield Property(inner)
        for one in graph.all(node, "node"):
            yield Logical("Node", (self.shape(one),))
        for one in graph.all(node, "not"):
            yield Logical("Not", (self.shape(one),))
        for name in ("and", "or", "xone"):
            for head in graph.all(node, name):
                yield Logical(_capital(name), tuple(self.shape(one) for one in graph.members(head)))
        least, most = graph.number(node, "qualifiedMinCount"), graph.number(node, "qualifiedMaxCount")
        for one in graph.all(node, "qualifiedValueShape"):
            others = self._siblings(node) if graph.yes(node, "qualifiedValueShapesDisjoint") else ()
            if least is not None:
                yield Qualified("QualifiedMinCount", self.shape(one), others, least, None)
            if most is not None:
                yield Qualified("QualifiedMaxCount", self.shape(one), others, None, most)

    def _siblings(self, node: Term) -> tuple[Shape, ...]:
        """Return the qualified shapes of the other properties of this shape's parents (section 4.7.3)."""
        graph = self._graph
        own = graph.all(node, "qualifiedValueShape")
        parents = graph.parents(node, "property")
        theirs = (graph.all(one, "qualifiedValueShape") for parent in parents for one in graph.all(parent, "property"))
        return tuple(self.shape(one) for one in dict.fromkeys(s for found in theirs for s in found) if one not in own)

    def _text(self, node: Term, query: Term) -> str:
        """Return the text of a SPARQL constraint with its PREFIX lines (section 5.2.1)."""
        graph = self._graph
        select = graph.literal(query, "select")
        if select is None:
            raise ShapeNotSupported(node, f"its constraint {query} has no sh:select.", "Add it.")
        lines: dict[str, str] = {}
        for ontology in self._imported(graph.all(query, "prefixes")):
            for declaration in graph.all(ontology, "declare"):
                prefix, namespace = graph.literal(declaration, "prefix"), graph.literal(declaration, "namespace")
                if prefix is None or namespace is None:
                    what = f"prefix declaration {declaration} lacks its prefix or namespace."
                    raise ShapeNotSupported(node, what, "Add it.")
                if lines.setdefault(prefix.value, namespace.value) != namespace.value:
                    raise ShapeNotSupported(node, f"prefix {prefix.value} has two namespaces.", "Keep one.")
        return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(lines.items())) + select.value

    def _imported(self, ontologies: tuple[Term, ...]) -> tuple[Term, ...]:
        """Return the ontologies and those that they import, of which prefixes are taken too."""
        imports = Repeated(Predicate(OWL_IMPORTS), "*")
        return tuple(dict.fromkeys(one for first in ontologies for one in reached(imports, first, self._graph.view)))


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _has_datatype(datatype: NamedNode, value: Term) -> bool:
    return isinstance(value, Literal) and value.datatype == datatype and is_well_formed(value)


def _is_of_kind(kinds: str, value: Term) -> bool:
    """Whether the value is of one of the kinds named in a term such as `sh:BlankNodeOrIRI` (section 4.1.3)."""
    return kind_of(value) in kinds.rpartition("#")[2].split("Or")


def _has_length(least: int, most: int | None, value: Term) -> bool:
    length = text_length(value)
    return length is not None and least <= length and (most is None or length <= most)
