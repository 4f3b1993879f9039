"""A shapes graph as triples, with the look-ups that reading shapes needs; its literals are as the store keeps them."""

from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

from tradegraph.checks.guard.paths import Alternative, Inverse, Path, Predicate, Repeated, joined
from tradegraph.checks.guard.terms import RDF_FIRST, RDF_NIL, RDF_REST, SH, Term, sh
from tradegraph.checks.guard.view import View
from tradegraph.errors import OntologyError, ShapeNotSupported

_MARKS = (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?"))


class ShapesGraph:
    """The triples of a shapes graph."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.view = View(store)

    @classmethod
    def of_files(cls, files: Sequence[FilePath]) -> "ShapesGraph":
        """Read Turtle files together; raises `OntologyError` for one that is not Turtle."""
        store = Store()
        for path in files:
            try:
                store.load(path=str(path), format=RdfFormat.TURTLE, base_iri=path.resolve().as_uri())
            except SyntaxError as error:
                raise OntologyError(path, f"not Turtle ({error}).", "Correct it there.") from error
        return cls(store)

    def all(self, node: Term, name: str) -> tuple[Term, ...]:
        """Return the values of a SHACL property, in order of their text so that shapes are read the same each time."""
        return tuple(sorted(self.view.objects(node, sh(name)), key=str))

    def one(self, node: Term, name: str) -> Term | None:
        """Return the value of a SHACL property that has one at most."""
        values = self.all(node, name)
        if len(values) > 1:
            raise ShapeNotSupported(node, f"has {len(values)} values of sh:{name}.", "Keep one.")
        return values[0] if values else None

    def literal(self, node: Term, name: str) -> Literal | None:
        """Return the literal that a SHACL property has as its value."""
        value = self.one(node, name)
        if value is not None and not isinstance(value, Literal):
            raise ShapeNotSupported(node, f"sh:{name} is {value}.", "Make it a literal.")
        return value

    def number(self, node: Term, name: str) -> int | None:
        """Return the whole number that a SHACL property has as its value."""
        value = self.literal(node, name)
        if value is not None and not value.value.isdecimal():
            raise ShapeNotSupported(node, f"sh:{name} is {value}.", "Make it a whole number, 0 or more.")
        return None if value is None else int(value.value)

    def yes(self, node: Term, name: str) -> bool:
        """Whether a SHACL property says `true`."""
        value = self.literal(node, name)
        return value is not None and value.value == "true"

    def iris(self, node: Term, name: str) -> tuple[NamedNode, ...]:
        """Return the IRIs that a SHACL property has as values."""
        values = self.all(node, name)
        for value in values:
            if not isinstance(value, NamedNode):
                raise ShapeNotSupported(node, f"sh:{name} is {value}.", "Make it an IRI.")
        return tuple(value for value in values if isinstance(value, NamedNode))

    def members(self, head: Term) -> tuple[Term, ...]:
        """Return the members of a list."""
        found: list[Term] = []
        seen: set[Term] = set()
        while head != RDF_NIL:
            first, rest = self.view.objects(head, RDF_FIRST), self.view.objects(head, RDF_REST)
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise ShapeNotSupported(head, "is no well-formed list.", "Give each cell one first and one rest.")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return tuple(found)

    def path(self, node: Term, within: frozenset[Term] = frozenset()) -> Path:
        """Read a property path (section 2.3.1)."""
        if isinstance(node, NamedNode) and not self.view.objects(node, RDF_FIRST) and not self._is_path(node):
            return Predicate(node)
        if node in within or not isinstance(node, NamedNode | BlankNode):
            raise ShapeNotSupported(node, "is no path, or one that contains itself.", "Write it as section 2.3.1 asks.")
        within |= {node}
        if self.view.objects(node, RDF_FIRST):
            return joined(*(self.path(part, within) for part in self.members(node)))
        for name, mark in _MARKS:
            for part in self.all(node, name)[:1]:
                return Repeated(self.path(part, within), mark)
        for part in self.all(node, "inversePath")[:1]:
            return Inverse(self.path(part, within))
        for part in self.all(node, "alternativePath")[:1]:
            return Alternative(tuple(self.path(one, within) for one in self.members(part)))
        raise ShapeNotSupported(node, "is no path.", "Write it as section 2.3.1 asks.")

    def _is_path(self, node: Term) -> bool:
        names = ("inversePath", "alternativePath", *(name for name, _ in _MARKS))
        return any(self.view.objects(node, sh(name)) for name in names)

    def subjects(self, *names: str) -> Iterator[Term]:
        """Yield the subjects of these SHACL properties, each once, in order of their text."""
        found = {triple.subject for name in names for triple in self.view.triples(predicate=sh(name))}
        yield from sorted(found, key=str)

    def parents(self, shape: Term, name: str) -> tuple[Term, ...]:
        """Return the nodes that have this shape as a value of a SHACL property."""
        return self.view.subjects(sh(name), shape)

    def properties(self, node: Term) -> Iterator[str]:
        """Yield the local names of the SHACL properties that a node has."""
        for triple in self.view.triples(subject=node):
            if triple.predicate.value.startswith(SH):
                yield triple.predicate.value.removeprefix(SH)
