"""Mutants: small changes to a sound graph, each of which breaks one constraint of one shape.

For plain constraints (a count, a class, a datatype, …) the change is made from the shape itself, so that no constraint
can be forgotten; for constraints in SPARQL and for logical ones it is an update under `mutations/`, named
`<shape>--<situation>.ru`, which picks its own victim and therefore runs on any graph.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from tradegraph.namespaces import ID, PREFIXES, SHAPES

SH: Final = PREFIXES["sh"]
RDF_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
SUBCLASS: Final = NamedNode(PREFIXES["rdfs"] + "subClassOf")
RDF_SUBJECT: Final = NamedNode(PREFIXES["rdf"] + "subject")
RDF_PREDICATE: Final = NamedNode(PREFIXES["rdf"] + "predicate")
IN_SCHEME: Final = NamedNode(PREFIXES["skos"] + "inScheme")
XSD: Final = PREFIXES["xsd"]
UNKNOWN: Final = NamedNode(ID + "thing/unknown")
OTHER_SCHEME: Final = NamedNode(ID + "concept/misfit-other")
COMPONENTS: Final = {
    name: SH + name[0].upper() + name[1:] + "ConstraintComponent"
    for name in (
        "class", "datatype", "languageIn", "maxCount", "maxInclusive", "minCount", "minInclusive",
        "minLength", "node", "nodeKind", "not", "pattern", "sparql", "uniqueLang", "xone",
    )
} | {"sparql": SH + "SPARQLConstraintComponent"}  # fmt: skip
BY_UPDATE: Final = ("not", "sparql", "xone")
"""Constraints whose mutants are written by hand, as updates."""

Term = NamedNode | Literal


@dataclass(frozen=True)
class Mutant:
    """A change that breaks the constraint `key` (`minCount`, `sparql`, …) of `shape`.

    `target` is how the shape finds its focus nodes, as (SHACL property, term); `update` is the SPARQL update, or empty
    when the change follows from the constraint. `derived` says that it is made after the relations were derived.
    """

    shape: str
    key: str
    target: tuple[str, NamedNode]
    path: str
    situation: str
    update: str
    derived: bool

    @property
    def component(self) -> str:
        return COMPONENTS[self.key]

    def __str__(self) -> str:
        return f"{self.shape.removeprefix(SHAPES)}--{self.situation}"


class ShapesGraph:
    """The shapes as triples, with the few look-ups that mutants need."""

    def __init__(self, triples: Iterable[tuple[Term, NamedNode, Term]]) -> None:
        self._values: dict[tuple[str, str], list[Term]] = {}
        self.subjects: set[str] = set()
        for subject, predicate, value in triples:
            assert isinstance(subject, NamedNode)
            self._values.setdefault((subject.value, predicate.value), []).append(value)
            self.subjects.add(subject.value)

    def all(self, subject: str, name: str) -> list[Term]:
        return self._values.get((subject, SH + name), [])

    def one(self, subject: str, name: str) -> Term | None:
        return next(iter(self.all(subject, name)), None)

    def schemes(self) -> list[str]:
        """Keys of the concept schemes that shapes ask for."""
        found = {
            str(v.value) for s in self.subjects for v in self.all(s, "hasValue") if v.value.startswith(ID + "scheme/")
        }
        return sorted(iri.removeprefix(ID + "scheme/") for iri in found)

    def targets(self) -> Iterator[tuple[str, tuple[str, NamedNode]]]:
        """Yield each node shape that has a target, with it."""
        for subject in sorted(self.subjects):
            for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf"):
                value = self.one(subject, name)
                if isinstance(value, NamedNode):
                    yield subject, (name, value)


def constraints(shapes: ShapesGraph) -> Iterator[tuple[str, str, tuple[str, NamedNode], str]]:
    """Yield (shape, constraint, target, path) for every constraint of every shape that has focus nodes."""
    for shape, target in shapes.targets():
        for key in COMPONENTS:
            if shapes.all(shape, key):
                yield shape, key, target, ""
        for reference in shapes.all(shape, "property"):
            path = shapes.one(reference.value, "path")
            assert isinstance(path, NamedNode)
            for key in COMPONENTS:
                if shapes.all(reference.value, key):
                    yield reference.value, key, target, path.value


def all_mutants(shapes: ShapesGraph, folder: Path) -> list[Mutant]:
    """Return the mutants of every constraint; raises `AssertionError` where one lacks, or an update breaks no shape."""
    updates: dict[str, list[Path]] = {}
    for file in sorted(folder.glob("*.ru")):
        updates.setdefault(SHAPES + file.stem.partition("--")[0], []).append(file)
    found: list[Mutant] = []
    for shape, key, target, path in constraints(shapes):
        derived = target[0] == "targetObjectsOf" or target[1].value.endswith(("#DerivedRelation", "#Rule"))
        if key not in BY_UPDATE:
            found.append(Mutant(shape, key, target, path, key, "", derived))
            continue
        files = updates.pop(shape, [])
        assert files, f"{folder.name}/ has no update that breaks {shape}: add <shape>--<situation>.ru"
        for file in files:
            situation, text = file.stem.partition("--")[2], file.read_text(encoding="utf-8")
            found.append(Mutant(shape, key, target, path, situation, text, derived))
    assert not updates, f"updates for shapes that do not exist: {sorted(updates)}"
    return found


def mutate(store: Store, mutant: Mutant, shapes: ShapesGraph, shared: frozenset[str], used: set[str]) -> str | None:
    """Change the store, all in its default graph; return the focus node, "" if an update chose it, None if none fits.

    Nodes in `shared` are left alone, and so are properties of nodes in `used`; the one taken is added to `used`.
    """
    if mutant.update:
        before = len(store), {str(q) for q in store}
        store.update(mutant.update)
        return None if before == (len(store), {str(q) for q in store}) else ""
    for focus in _focus_nodes(store, mutant.target):
        place = f"{focus.value} {mutant.path or mutant.shape}"
        if focus.value in shared or place in used or not _change(store, mutant, shapes, focus):
            continue
        used.add(place)
        return UNKNOWN.value if mutant.target[0] == "targetObjectsOf" else focus.value
    return None


def _focus_nodes(store: Store, target: tuple[str, NamedNode]) -> list[NamedNode]:
    kind, term = target
    if kind == "targetClass":
        found = {
            q.subject for cls in _subclasses(store, term) for q in store.quads_for_pattern(None, RDF_TYPE, cls, None)
        }
    else:
        # For objects, the subject is what is changed: it comes to point at something wrong.
        found = {q.subject for q in store.quads_for_pattern(None, term, None, None)}
    return sorted((n for n in found if isinstance(n, NamedNode)), key=lambda node: node.value)


def _subclasses(store: Store, cls: NamedNode) -> list[NamedNode]:
    found, todo = {cls.value}, [cls]
    while todo:
        for quad in store.quads_for_pattern(None, SUBCLASS, todo.pop(), None):
            if isinstance(quad.subject, NamedNode) and quad.subject.value not in found:
                found.add(quad.subject.value)
                todo.append(quad.subject)
    return [NamedNode(iri) for iri in sorted(found)]


def _change(store: Store, mutant: Mutant, shapes: ShapesGraph, focus: NamedNode) -> bool:
    if mutant.target[0] == "targetObjectsOf":
        store.add(Quad(focus, mutant.target[1], UNKNOWN))
        return True
    path = NamedNode(mutant.path)
    quads = list(store.quads_for_pattern(focus, path, None, None))
    values = [quad.object for quad in quads]
    if mutant.key == "minCount":
        for quad in quads:
            if getattr(quad.object, "language", None) != "en":
                store.remove(quad)
        return bool(quads) or _forget_relations(store, focus, path)
    if mutant.key == "maxCount":
        if not values:
            return False
        another = next((v for v in _fitting(store, mutant, shapes, values) if v not in values and v != focus), None)
        if another is not None:
            store.add(Quad(focus, path, another))
        return another is not None
    store.add(Quad(focus, path, _wrong(mutant.key, mutant.shape, shapes)))
    return True


def _forget_relations(store: Store, subject: NamedNode, relation: NamedNode) -> bool:
    """Remove the statements from which a relation of the front door would be derived; return whether there were any."""
    about = {q.subject for q in store.quads_for_pattern(None, RDF_SUBJECT, subject, None)}
    found = [q.subject for q in store.quads_for_pattern(None, RDF_PREDICATE, relation, None) if q.subject in about]
    for statement in found:
        for quad in list(store.quads_for_pattern(statement, None, None, None)):
            store.remove(quad)
    return bool(found)


def _wrong(key: str, shape: str, shapes: ShapesGraph) -> Term:
    """Return a value that breaks the constraint."""
    asked = shapes.one(shape, key)
    assert asked is not None
    match key:
        case "languageIn":
            return Literal("inconnu", language="fr")
        case "uniqueLang":
            return Literal("a second one", language="en")
        case "minLength":
            return Literal("", language="nl")
        case "minInclusive":
            return Literal(str(int(asked.value) - 1), datatype=NamedNode(XSD + "integer"))
        case "maxInclusive":
            return Literal(str(int(asked.value) + 1), datatype=NamedNode(XSD + "integer"))
        case "nodeKind":
            return Literal("a text")
        case "datatype":
            return Literal(7) if asked.value == XSD + "string" else Literal("2025 or so")
        case "pattern" if shapes.one(shape, "datatype") is None:
            return NamedNode(PREFIXES["sdmx-code"] + "obsStatus-Q")
        case "pattern":
            return Literal("@@")
        case "node" if asked.value.endswith("Concept"):
            return OTHER_SCHEME
        case "node" if asked.value.endswith(("DateForm", "PeriodOrDate")):
            return Literal("2025 or so")
        case "class" | "node":
            return UNKNOWN
    raise AssertionError(f"no way to break sh:{key} of {shape}: add one here")


def _fitting(store: Store, mutant: Mutant, shapes: ShapesGraph, values: Iterable[object]) -> Iterator[Term]:
    """Yield values that fit the shape beside those that are there, for a second one too many."""
    cls, node, datatype = (shapes.one(mutant.shape, key) for key in ("class", "node", "datatype"))
    pattern = shapes.one(mutant.shape, "pattern")
    if isinstance(cls, NamedNode):
        yield from reversed(_focus_nodes(store, ("targetClass", cls)))
    elif node is not None and node.value.endswith("Concept"):
        scheme = shapes.one(str(getattr(shapes.one(node.value, "property"), "value", "")), "hasValue")
        quads = store.quads_for_pattern(None, IN_SCHEME, scheme, None) if isinstance(scheme, NamedNode) else ()
        yield from sorted(
            (q.subject for q in quads if isinstance(q.subject, NamedNode)), key=lambda n: n.value, reverse=True
        )
    elif node is not None and node.value.endswith(("DateForm", "PeriodOrDate")):
        yield from (Literal(year, datatype=NamedNode(XSD + "gYear")) for year in ("2025", "2024"))
    elif isinstance(datatype, NamedNode):
        texts = (
            ("0" * 64, "QQQ", "QQ", "en", "r99c99")
            if datatype.value == XSD + "string"
            else (_next(v.value) for v in values if isinstance(v, Literal))
        )
        yield from (Literal(t, datatype=datatype) for t in texts if pattern is None or re.search(pattern.value, t))
    elif pattern is not None:
        yield from (NamedNode(PREFIXES["sdmx-code"] + "obsStatus-" + code) for code in "EP")
    else:
        quads = store.quads_for_pattern(None, NamedNode(mutant.path), None, None)
        yield from sorted(
            {q.object for q in quads if isinstance(q.object, NamedNode)}, key=lambda n: n.value, reverse=True
        )
        yield NamedNode("http://publications.europa.eu/resource/authority/country/FRA")


def _next(value: str) -> str:
    """Return a date one day later, or a number or year a little higher, so that what is ordered stays in order."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    return str(int(float(value)) + 2)
