"""Many copies of one small world in one graph: each copy gets its own mutants, and one validation judges them all.

Copies share the ontology and the concepts; everything else gets an IRI of its own, so that nothing in one copy can be
seen from another.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from shapes.mutants import Mutant, ShapesGraph, mutate
from tradegraph.checks.report import ShaclReport
from tradegraph.graph.relations import derive
from tradegraph.namespaces import GRAPH, ID, PREFIXES
from tradegraph.queries import StoredQuery

ONTOLOGY: Final = NamedNode(GRAPH + "ontology")
CONCEPT: Final = re.compile(r"\bcon:([a-z0-9-]+)")
UNIQUE: Final = (PREFIXES["dct"] + "identifier", PREFIXES["tg"] + "textDigest", PREFIXES["tg"] + "isoAlpha3")
"""Properties whose values must differ between copies, since a shape asks that no two things share one."""


@dataclass(frozen=True)
class Finding:
    """What a shape found in one copy: the IRIs of shape, component and focus node, as in the world itself."""

    shape: str
    component: str
    focus: str


@dataclass(frozen=True)
class World:
    """The triples of the world, and those that all copies share."""

    own: tuple[Quad, ...]
    shared: tuple[Quad, ...]

    @classmethod
    def read(cls, path: Path, texts: Iterable[str], schemes: Sequence[str]) -> "World":
        """Read the world; the concepts that it and `texts` name by `con:` are added, two of each scheme at least."""
        quads = list(parse(path=str(path), format=RdfFormat.TRIG))
        named = {key for text in (path.read_text(encoding="utf-8"), *texts) for key in CONCEPT.findall(text)}
        own_concepts = {q.subject.value for q in quads if q.graph_name != ONTOLOGY and isinstance(q.subject, NamedNode)}
        keys = {key for key in named if ID + "concept/" + key not in own_concepts}
        keys |= {f"{scheme}-{other}" for scheme in schemes for other in ("zz1", "zz2")} | {"misfit-other"}
        shared = [Quad(q.subject, q.predicate, q.object) for q in quads if q.graph_name == ONTOLOGY]
        for key in sorted(keys):
            scheme = max((s for s in (*schemes, "misfit") if key.startswith(s + "-")), key=len)
            shared += list(_concept(key, scheme))
        return cls(
            tuple(Quad(q.subject, q.predicate, q.object) for q in quads if q.graph_name != ONTOLOGY), tuple(shared)
        )

    @cached_property
    def shared_names(self) -> frozenset[str]:
        return frozenset(quad.subject.value for quad in self.shared if isinstance(quad.subject, NamedNode))


def _concept(key: str, scheme: str) -> Iterable[Quad]:
    concept, home = NamedNode(f"{ID}concept/{key}"), NamedNode(f"{ID}scheme/{scheme}")
    skos, rdf_type = PREFIXES["skos"], NamedNode(PREFIXES["rdf"] + "type")
    yield Quad(concept, rdf_type, NamedNode(skos + "Concept"))
    yield Quad(home, rdf_type, NamedNode(skos + "ConceptScheme"))
    yield Quad(concept, NamedNode(skos + "inScheme"), home)
    for language in ("en", "nl"):
        yield Quad(concept, NamedNode(skos + "prefLabel"), Literal(key, language=language))
        yield Quad(concept, NamedNode(skos + "definition"), Literal(f"{key}.", language=language))


def mutated(
    quads: Iterable[Quad],
    mutants: Sequence[Mutant],
    shapes: ShapesGraph,
    shared: frozenset[str],
    rules: Sequence[StoredQuery],
) -> tuple[Store, dict[Mutant, str | None]]:
    """Mutate the evidence, derive the relations, mutate these; return the graph, and the focus node of each mutant."""
    store = Store()
    store.extend(quads)
    used: set[str] = set()
    focus = {mutant: mutate(store, mutant, shapes, shared, used) for mutant in mutants if not mutant.derived}
    store.extend([Quad(q.subject, q.predicate, q.object) for q in derive(store, rules)])
    focus |= {mutant: mutate(store, mutant, shapes, shared, used) for mutant in mutants if mutant.derived}
    return store, focus


def validate_copies(
    world: World, stores: Sequence[Store], validate: Callable[[bytes], ShaclReport]
) -> tuple[dict[int, set[Finding]], set[Finding]]:
    """Validate all stores, as copies of the world, at once; return findings per copy, and those in what they share."""
    common = {str(quad) for quad in world.shared}
    lines = [serialize(world.shared, format=RdfFormat.N_QUADS) or b""]
    for number, store in enumerate(stores):
        quads = [_renamed(quad, number, world.shared_names) for quad in store if str(quad) not in common]
        lines.append(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    found: dict[int, set[Finding]] = defaultdict(set)
    elsewhere: set[Finding] = set()
    for result in validate(b"".join(lines)).results:
        focus, _, number_text = result.focus[1:-1].rpartition("~")
        finding = Finding(result.shape, result.constraint, focus or result.focus[1:-1])
        (found[int(number_text)] if focus else elsewhere).add(finding)
    return found, elsewhere


def _renamed(quad: Quad, number: int, shared: frozenset[str]) -> Quad:
    subject, value = _name(quad.subject, number, shared), _name(quad.object, number, shared)
    if quad.predicate.value in UNIQUE and isinstance(value, Literal) and value.datatype.value.endswith("#string"):
        value = Literal(_own_code(value.value, number))
    assert isinstance(subject, NamedNode)
    return Quad(subject, quad.predicate, value)


def _name(term: object, number: int, shared: frozenset[str]) -> NamedNode | Literal:
    if isinstance(term, NamedNode) and term.value.startswith(ID) and term.value not in shared:
        return NamedNode(f"{term.value}~{number}")
    assert isinstance(term, NamedNode | Literal)
    return term


def _own_code(code: str, number: int) -> str:
    """Return the code of this copy, of the same form: equal codes stay equal, and no two copies share one."""
    if re.fullmatch(r"[A-Z]{3}", code):
        return code[0] + chr(65 + number // 26 % 26) + chr(65 + number % 26)
    if re.fullmatch(r"[0-9a-f]{64}", code):
        return f"{number:08x}{code[8:]}"
    return code if code == "@@" else f"{code}~{number}"
