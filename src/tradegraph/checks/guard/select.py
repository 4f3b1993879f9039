"""Constraints in SPARQL (SHACL, sections 5.2 and 5.3): a SELECT whose rows are what is wrong with `$this`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, NamedNode, QuerySolutions, Store, Triple, Variable

from tradegraph.checks.guard.engine_text import for_engine
from tradegraph.checks.guard.join import THIS
from tradegraph.checks.guard.paths import HERE, Path, Predicate, in_sparql
from tradegraph.checks.guard.question import CannotRead, Places
from tradegraph.checks.guard.shapes import Asked, Found, On, Read, Shape
from tradegraph.checks.guard.terms import SH, Term
from tradegraph.checks.guard.view import View
from tradegraph.errors import ShapeNotSupported
from tradegraph.namespaces import BASE
from tradegraph.sparql.structure import Group, Structure, certain_before, read_structure

_SPELL: Final = "Write it as section 5.2.1 of SHACL asks."
_ROW_WORDS: Final = frozenset({"LIMIT", "OFFSET", "GROUP", "HAVING"})
_THIS: Final = Variable(THIS)
_BATCH: Final = 500


@dataclass(frozen=True)
class Row:
    """What a row of a shape's query says: the focus node, and the path and value of what is wrong, where it has any."""

    this: Term
    path: Term | None
    value: Term | None


@dataclass(frozen=True)
class Select:
    """A SELECT query of a shape, ready to be asked of focus nodes.

    `pieces` is its text, cut where `$this` is given its value: at the beginning of the query's group, and of each group
    that mentions `$this` without binding it. `direct` says that there are none of these, so that the engine may simply
    start with the value; `together`, that it may be asked of many nodes at once.
    """

    pieces: tuple[str, ...]
    direct: bool
    together: bool
    places: Places

    @classmethod
    def read(cls, shape: Term, text: str) -> "Select":
        """Read a query with its PREFIX lines. Raises `ShapeNotSupported` for what SHACL or the guard does not allow."""
        structure = read_structure(text)
        if structure is None or structure.where is None or structure.form != "SELECT":
            raise ShapeNotSupported(shape, "its sh:select is no SELECT that can be read.", "Write it more plainly.")
        _refuse(shape, structure)
        try:
            places = Places.of(structure)
        except CannotRead as error:
            what = f"its sh:select has {error}, of which the guard does not know what a change does to it."
            raise ShapeNotSupported(shape, what, "Write it with triple patterns.") from error
        _parse(shape, text)
        unbound = _unbound(structure.where)
        pieces = for_engine(structure, {structure.where.start + 1, *(group.start + 1 for group in unbound)})
        words = {token.text.upper() for token in structure.tail if token.kind == "word"}
        together = not unbound and not words & _ROW_WORDS and not _may_take_no_step(structure)
        return cls(pieces, not unbound, together, places)

    def rows(self, nodes: tuple[Term, ...], store: Store) -> "Iterator[Row]":
        """Yield the rows for each node."""
        if self.together and len(nodes) > 1:
            named = [node for node in nodes if not isinstance(node, BlankNode)]
            for start in range(0, len(named), _BATCH):
                yield from _rows(_solutions(store, self._text(named[start : start + _BATCH], self.pieces[:2])))
            nodes = tuple(node for node in nodes if isinstance(node, BlankNode))
        for node in nodes:
            # A blank node cannot be written into a query.
            if self.direct or isinstance(node, BlankNode):
                yield from _rows(_solutions(store, "".join(self.pieces), {_THIS: node}), node)
            else:
                yield from _rows(_solutions(store, self._text([node], self.pieces)), node)

    def _text(self, nodes: Iterable[Term], pieces: tuple[str, ...]) -> str:
        """Return the text with `$this` bound to the nodes at the end of all `pieces` but the last."""
        binding = f" VALUES ?{THIS} {{ {' '.join(map(str, nodes))} }} "
        return binding.join(pieces) + "".join(self.pieces[len(pieces) :])

    def names(self) -> frozenset[NamedNode] | None:
        """Return the predicates that matter to the query, or None for all."""
        return self.places.names()

    def concerned(self, triple: Triple, around: View) -> frozenset[Term] | None:
        """Return the nodes whose rows the triple may change, or None when it may be any node's."""
        return self.places.concerned(triple, around)


@dataclass(frozen=True)
class BySelect:
    """A constraint in SPARQL: each row for a focus node is one thing wrong (section 5.3.2)."""

    select: Select

    @property
    def component(self) -> str:
        """IRI of the component."""
        return SH + "SPARQLConstraintComponent"

    def check(self, shape: Shape, focus: Term, values: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with the value nodes."""
        yield from self.check_all(shape, (focus,), on)

    def check_all(self, shape: Shape, nodes: tuple[Term, ...], on: On) -> Iterator[Found]:
        """Yield what is wrong with each of the nodes, asked together where that may be."""
        for row in self.select.rows(nodes, on.store):
            path: Path | None = shape.path
            if path is None and isinstance(row.path, NamedNode):
                path = Predicate(row.path)
            value = row.this if row.value is None and shape.path is None else row.value
            yield Found(shape, self.component, row.this, path, value)

    def reads(self, path: Path) -> Iterator[Read | Asked]:
        """Yield what is read beyond the way to the value nodes."""
        yield Asked(HERE, self.select)


def with_path(text: str, path: Path | None) -> str:
    """Return a query of a property shape with `$PATH` replaced by its path (section 5.3.1)."""
    return text if path is None else text.replace("$PATH", in_sparql(path)).replace("?PATH", in_sparql(path))


def _solutions(store: Store, text: str, values: dict[Variable, Term] | None = None) -> QuerySolutions:
    solutions = store.query(text, base_iri=BASE, use_default_graph_as_union=True, substitutions=values or {})
    if not isinstance(solutions, QuerySolutions):
        raise TypeError("only SELECT queries have solutions")
    return solutions


def _rows(solutions: QuerySolutions, node: Term | None = None) -> Iterator[Row]:
    """Yield the rows; `node` is their focus node unless they name it themselves."""
    names = {variable.value for variable in solutions.variables}
    for solution in solutions:
        this = solution[THIS] if node is None else node
        yield Row(this, solution["path"] if "path" in names else None, solution["value"] if "value" in names else None)


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for element in group.elements:
        for inner in element.groups:
            yield from _groups(inner)


def _unbound(group: Group, around: bool = False) -> list[Group]:
    """Return the groups that mention `$this` without binding it, so that it must be given to them.

    `around` says that the group's own conditions see the `$this` of the group around it, as those of EXISTS and of
    OPTIONAL do when it is bound before (SPARQL 1.1, sections 18.6 and 18.2.2.6).
    """
    found = []
    if not group.is_select and THIS not in group.certain:
        mentioned = [element for element in group.elements if THIS in element.mentioned]
        if (mentioned and not around) or any(element.kind != "filter" for element in mentioned):
            found.append(group)
    before = certain_before(group.elements)
    sees = around or THIS in group.certain
    for element, bound in zip(group.elements, before, strict=False):
        for inner in element.groups:
            match element.kind:
                case "filter":
                    found += _unbound(inner, sees)
                case "optional" | "bind":
                    found += _unbound(inner, THIS in bound)
                case _:
                    found += _unbound(inner)
    return found


def _may_take_no_step(structure: Structure) -> bool:
    """Whether a path that may be empty begins or ends at `$this`: unbound, it would only match nodes of the graph."""
    return any(
        pattern.closures & {"*", "?"} and f"?{THIS}" in (pattern.subject, pattern.object)
        for group in _groups(structure.body)
        for element in group.elements
        for pattern in element.patterns
    )


def _refuse(shape: Term, structure: Structure) -> None:
    """Refuse what section 5.2.1 and appendix A forbid, and what is not about the union of the graphs."""
    names = {token.text[1:] for token in structure.seen if token.kind == "variable"}
    for name in ("shapesGraph", "currentShape", "failure"):
        if name in names:
            raise ShapeNotSupported(
                shape, f"its sh:select uses ${name}.", "The guard has no such variable; do without."
            )
    if any(token.kind == "word" and token.text.upper() in ("FROM", "SERVICE", "MINUS", "VALUES", "GRAPH")
           for token in structure.seen):  # fmt: skip
        what = "its sh:select has FROM, GRAPH, MINUS, SERVICE or VALUES."
        raise ShapeNotSupported(shape, what, "They are not allowed in a shape (SHACL, appendix A).")
    for token, following in zip(structure.seen, structure.seen[1:], strict=False):
        if token.text.upper() == "AS" and following.text[1:] == THIS:
            raise ShapeNotSupported(shape, "its sh:select gives $this another value.", _SPELL)
    elements = [element for group in _groups(structure.body) for element in group.elements]
    for element in elements:
        if element.kind == "select":
            (inner,) = element.groups
            head = [t for t in structure.seen[element.first : element.last] if t.start < inner.start]
            if not any(token.kind == "variable" and token.text[1:] == THIS for token in head):
                raise ShapeNotSupported(shape, "a sub-select of its sh:select does not return $this.", _SPELL)
    exists = sum(token.kind == "word" and token.text.upper() == "EXISTS" for token in structure.seen)
    if exists != sum(len(element.groups) for element in elements if element.kind in ("filter", "bind")):
        raise ShapeNotSupported(shape, "its sh:select has EXISTS outside of FILTER and BIND.", "Put it in a FILTER.")


def _parse(shape: Term, text: str) -> None:
    """Let the engine read the query; raises `ShapeNotSupported` when it cannot, or when it does not return `$this`."""
    try:
        solutions = _solutions(Store(), text)
    except SyntaxError as error:
        raise ShapeNotSupported(shape, f"its sh:select is not SPARQL ({error}).", "Correct it.") from error
    if THIS not in {variable.value for variable in solutions.variables}:
        raise ShapeNotSupported(shape, "its sh:select does not return $this.", _SPELL)
