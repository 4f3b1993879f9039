"""Evaluates an update (SPARQL 1.1 Update, section 3) on a store, and says exactly which quads it changes.

The engine says nothing about what an update did. So each operation that has a pattern is rewritten: instead of changing
graphs, it inserts the quads of both of its templates into graphs that stand for "to remove" and "to add". Its work is
then that of its pattern and its matches, however large the graphs are, and the engine decides every question of
semantics.
"""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from tradegraph.errors import QueryRefused, QuerySyntaxError, WriteConflict
from tradegraph.sparql.explain import explain
from tradegraph.sparql.tokens import position
from tradegraph.sparql.update import Operation, first_operation, parts_of, read_update
from tradegraph.writing.changes import Changes, Graph, moved
from tradegraph.writing.documents import parsed

_MARKS: Final = "urn:tradegraph:mark:"
_MOST_GRAPHS: Final = 1000
"""Graphs that may make up a union default graph in a pattern; the engine's time grows with their square.

Where there are more, they are copied into one first."""
_UNION: Final = "urn:tradegraph:union:"
_IN_ONE_GRAPH: Final = re.compile(r"\{\s*graph\s+[^\s{}\"'#]+\s*\{[^{}\"'#]*\}\s*\}", re.IGNORECASE)

LONGEST_LOADING: Final = 250_000
"""Characters of an update that has LOAD: what it asks for must be found where others wait."""
_FAILING: Final = "CREATE GRAPH <urn:tradegraph:mark:>;CREATE GRAPH <urn:tradegraph:mark:>; "
_ENGINE_PLACE: Final = re.compile(r"^error at (\d+):(\d+)")

Loaded = Mapping[str, tuple[ox.RdfFormat, bytes]]


@dataclass(frozen=True)
class Using:
    """The dataset of the patterns that the protocol names (SPARQL 1.1 Protocol, section 2.2.3), as graph IRIs."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether the client named a dataset."""
        return bool(self.default_graphs or self.named_graphs)

    def clauses(self) -> str:
        """Return it as clauses of an operation."""
        default = (f"USING <{iri}>" for iri in self.default_graphs)
        return " ".join((*default, *(f"USING NAMED <{iri}>" for iri in self.named_graphs)))


@dataclass(frozen=True)
class Evaluation:
    """How an update is to be read: relative IRIs, the dataset of patterns, what LOAD may find (see `document_of`).

    With `union`, patterns without a dataset of their own see the union of all graphs as default graph, as queries do.
    With a `home` other than the default graph, that is what the default graph stands for, in patterns too.
    """

    base_iri: str
    using: Using = Using()
    union: bool = False
    loaded: Loaded = field(default_factory=dict)
    home: Graph = field(default_factory=ox.DefaultGraph)

    def run(self, text: str, changes: Changes) -> None:
        """Run all operations of `text` in order. Raises QueryError; what `changes` holds is of no use then."""
        self._read(text)
        operations = read_update(text)
        _check_loads(text, operations)
        for operation in operations:
            try:
                self._operation(operation, changes)
            except SyntaxError as error:
                raise explain(text, str(error)) from error
            except (WriteConflict, QueryRefused, QuerySyntaxError) as error:
                if operation.silent:
                    continue
                line, column = position(text, operation.start)
                raise type(error)(error.detail, error.remedy, line, column) from error

    def _read(self, text: str) -> None:
        """Let the engine read the whole text, and run none of it: what is put first fails at once."""
        start = first_operation(text)
        try:
            ox.Store().update(f"{text[:start]}{_FAILING}{text[start:]}", base_iri=self.base_iri)
        except SyntaxError as error:
            raise explain(text, _moved_back(str(error), *position(text, start))) from error
        except RuntimeError:
            pass

    def _operation(self, operation: Operation, changes: Changes) -> None:
        match operation.kind:
            case "insert data":
                changes.make((), self._data(operation, operation.insert or ""))
            case "delete data":
                changes.make(self._data(operation, operation.delete or ""), ())
            case "modify":
                changes.make(*self._modify(operation, changes.store))
            case "load":
                changes.make((), self._load(operation))
            case "create":
                self._create(operation, changes)
            case "clear" | "drop":
                self._clear(operation, changes)
            case _:
                self._copy(operation, changes)

    def _data(self, operation: Operation, inside: str) -> list[ox.Quad]:
        """Return the quads of a data block; its blank nodes have new names."""
        scratch = ox.Store()
        scratch.update(f"{operation.prologue}INSERT DATA {{{inside}\n}}", base_iri=self.base_iri)
        return [self._at_home(quad) for quad in scratch]

    def _at_home(self, quad: ox.Quad) -> ox.Quad:
        return moved(quad, self.home) if isinstance(quad.graph_name, ox.DefaultGraph) else quad

    def _modify(self, operation: Operation, store: ox.Store) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Return what the templates of an operation make of the solutions of its pattern: to remove, to add."""
        nonce = secrets.token_hex(8)
        own = operation.with_graph.partition(" ")[2]
        blocks: list[str] = []
        binds: list[str] = []
        for sign, template in (("-", operation.delete), ("+", operation.insert)):
            mark = f"{_MARKS}{nonce}{sign}"
            for part in parts_of(template or ""):
                graph = part.graph or own
                if graph[:1] in ("?", "$"):
                    name = f"?m{nonce}{len(binds)}"
                    marked = f'IRI(CONCAT("{mark}", STR({graph})))'
                    binds.append(f"BIND(IF(isIRI({graph}), {marked}, 1/0) AS {name})")
                else:
                    name = f"<{mark}{self._iri(operation, graph) if graph else ''}>"
                blocks.append(f"GRAPH {name} {{{part.triples}\n}}")
        text = (
            f"{operation.prologue}{operation.with_graph} INSERT {{ {' '.join(blocks)} }} "
            f"{self._dataset(operation, store)} WHERE {{ {operation.where}\n{' '.join(binds)} }}"
        )
        store.update(text, base_iri=self.base_iri)
        store.remove_graph(ox.NamedNode(_UNION))
        found: dict[str, list[ox.Quad]] = {"-": [], "+": []}
        prefix = f"{_MARKS}{nonce}"
        for marked_graph in [one for one in store.named_graphs() if getattr(one, "value", "").startswith(prefix)]:
            rest = str(getattr(marked_graph, "value", "")).removeprefix(prefix)
            target: Graph = ox.NamedNode(rest[1:]) if rest[1:] else self.home
            for quad in store.quads_for_pattern(None, None, None, marked_graph):
                found[rest[0]].append(ox.Quad(quad.subject, quad.predicate, quad.object, target))
            store.remove_graph(marked_graph)
        return found["-"], found["+"]

    def _dataset(self, operation: Operation, store: ox.Store) -> str:
        """Return the clauses that name the dataset of an operation's pattern."""
        if self.using.given:
            if operation.using or operation.with_graph:
                raise QueryRefused(
                    "The request names a dataset, and the update has USING or WITH of its own.",
                    "Leave one of them out (SPARQL 1.1 Protocol, section 2.2.3).",
                )
            return self.using.clauses()
        if operation.using or operation.with_graph:
            return operation.using
        if isinstance(self.home, ox.NamedNode):
            return Using((self.home.value,)).clauses()
        if not self.union:
            return ""
        graphs = [graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
        if len(graphs) <= _MOST_GRAPHS:
            return Using(tuple(graphs), tuple(graphs)).clauses()
        if _IN_ONE_GRAPH.fullmatch(operation.where.strip()):
            return Using((), tuple(graphs)).clauses()
        store.update(f"INSERT {{ GRAPH <{_UNION}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}")
        return Using((_UNION,), tuple(graphs)).clauses()

    def _load(self, operation: Operation) -> list[ox.Quad]:
        document = document_of(operation, self.base_iri)
        if document not in self.loaded:
            raise QueryRefused(f"LOAD of {document} is not available here.", "Send the data with the request instead.")
        rdf_format, content = self.loaded[document]
        graph = self._graph(operation, operation.target)
        try:
            return parsed(content, rdf_format, document, graph)
        except (QueryRefused, QuerySyntaxError) as error:
            place = "" if error.line is None else f", line {error.line}, column {error.column}"
            detail = f"<{document}>{place}: {error.detail}"
            raise type(error)(detail, "Mend it there, or send the data with the request.") from error

    def _create(self, operation: Operation, changes: Changes) -> None:
        graph = self._graph(operation, operation.target)
        if isinstance(graph, ox.NamedNode) and changes.store.contains_named_graph(graph):
            raise WriteConflict(f"The graph {graph.value} is there already.", "Use CREATE SILENT, or another name.")
        # Nothing is kept of a graph without quads; the rest of this request finds it, however.
        changes.store.add_graph(graph)
        changes.perhaps_empty.add(graph)

    def _clear(self, operation: Operation, changes: Changes) -> None:
        named = [graph for graph in changes.store.named_graphs() if isinstance(graph, ox.NamedNode)]
        wanted: list[Graph]
        match operation.target:
            case "ALL":
                wanted = [ox.DefaultGraph(), *named]
            case "NAMED":
                wanted = [*named]
            case target:
                wanted = [self._graph(operation, target)]
                self._expect(wanted[0], changes.store)
        for graph in wanted:
            changes.make(_quads(changes.store, graph), ())
            if operation.kind == "drop":
                changes.store.remove_graph(graph)

    def _copy(self, operation: Operation, changes: Changes) -> None:
        source, target = self._graph(operation, operation.source), self._graph(operation, operation.target)
        self._expect(source, changes.store)
        if source == target:
            return
        there = [moved(quad, target) for quad in _quads(changes.store, source)]
        kept = set(there)
        if operation.kind != "add":
            changes.make((quad for quad in _quads(changes.store, target) if quad not in kept), ())
        changes.make((), there)
        if operation.kind == "move":
            changes.make(_quads(changes.store, source), ())
            changes.store.remove_graph(source)

    def _expect(self, graph: Graph, store: ox.Store) -> None:
        if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
            raise WriteConflict(f"There is no graph {graph.value}.", "Check the name, or use SILENT.")

    def _graph(self, operation: Operation, name: str) -> Graph:
        return self.home if name == "DEFAULT" else ox.NamedNode(self._iri(operation, name))

    def _iri(self, operation: Operation, name: str) -> str:
        return _resolved(operation, name, self.base_iri)


def document_of(load: Operation, base_iri: str) -> str:
    """Return the IRI of the document that a LOAD asks for: without fragment, which is about what stands in it.

    Raises SyntaxError when the engine cannot read its name or what is declared before it.
    """
    return _resolved(load, load.source, base_iri).partition("#")[0]


def _resolved(operation: Operation, name: str, base_iri: str) -> str:
    """Return the IRI that a name of the text stands for, as the engine reads it."""
    text = f"{operation.prologue}SELECT (STR({name}) AS ?iri) {{}}"
    solutions = ox.Store().query(text, base_iri=base_iri)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("a SELECT has solutions")
    return str(next(iter(solutions))["iri"].value)


def _check_loads(text: str, operations: Iterable[Operation]) -> None:
    """Raise for LOAD in a text that is so long that nobody has looked for it; SILENT is not about that."""
    if len(text) <= LONGEST_LOADING:
        return
    for operation in operations:
        if operation.kind == "load":
            raise QueryRefused(
                f"An update with LOAD may have {LONGEST_LOADING:,} characters, and this one has more.",
                "Send LOAD in an update of its own.",
                *position(text, operation.start),
            )


def _moved_back(message: str, line: int, column: int) -> str:
    """Return the engine's message on a text as if nothing had been put in at a place of it."""

    def place(found: re.Match[str]) -> str:
        same_line = int(found[1]) == line and int(found[2]) >= column
        return f"error at {found[1]}:{max(column, int(found[2]) - len(_FAILING)) if same_line else found[2]}"

    return _ENGINE_PLACE.sub(place, message)


def _quads(store: ox.Store, graph: Graph) -> list[ox.Quad]:
    return list(store.quads_for_pattern(None, None, None, graph))
