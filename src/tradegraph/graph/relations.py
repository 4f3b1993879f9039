"""Derives the front door: one direct relation per rule file, each leading back to the evidence it comes from.

A rule is a SELECT under `queries/relations/`, named after the property it derives, with the columns `?subject`,
`?object` and `?evidence`. For each distinct subject and object the graph `relations` gets the direct triple, and a
`tg:DerivedRelation` node that names the triple, the rule, the evidence nodes and the passages these were read from.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store

from tradegraph.errors import NotSound
from tradegraph.namespaces import BASE, DEF, GRAPH, ID, PREFIXES
from tradegraph.queries import StoredQuery

RELATIONS: Final = NamedNode(GRAPH + "relations")
_RDF: Final = PREFIXES["rdf"]
_TYPE: Final = NamedNode(_RDF + "type")
_SUBCLASS_OF: Final = NamedNode(PREFIXES["rdfs"] + "subClassOf")
_STATED_IN: Final = NamedNode(DEF + "statedIn")
_FROM_EVIDENCE: Final = NamedNode(DEF + "derivedFromEvidence")
_BY_RULE: Final = NamedNode(DEF + "byRule")

Term = NamedNode | Literal


def derive(store: Store, rules: Iterable[StoredQuery]) -> Iterator[Quad]:
    """Yield the quads of all rules in name order, evaluated on the union of the store's graphs.

    Rules see the evidence, not each other's results. Raises `NotSound` when a rule is not such a SELECT.
    """
    for rule in rules:
        yield from _describe(rule)
        pairs: dict[tuple[NamedNode, Term], set[NamedNode]] = defaultdict(set)
        for subject, value, evidence in _solutions(store, rule):
            pairs[subject, value].add(evidence)
        for (subject, value), evidence_nodes in pairs.items():
            yield from _relation(store, rule.name, subject, value, evidence_nodes)


def superclass_types(store: Store) -> Iterator[Quad]:
    """Yield, for each typed thing, a type triple for every superclass of our own namespace that it lacks.

    So `?x a tg:Event` finds missions and visits without reasoning in the query (RDF 1.1 Semantics, rule rdfs9).
    """
    parents: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, _SUBCLASS_OF, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            parents[quad.subject].add(quad.object)
    for quad in list(store.quads_for_pattern(None, _TYPE, None, None)):
        if isinstance(quad.object, NamedNode):
            for superclass in _above(quad.object, parents):
                if superclass.value.startswith(DEF):
                    yield Quad(quad.subject, _TYPE, superclass, RELATIONS)


def _above(own: NamedNode, parents: dict[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    """Return all classes above one, itself left out."""
    found: set[NamedNode] = set()
    heads = [own]
    while heads:
        for parent in parents.get(heads.pop(), set()) - found:
            found.add(parent)
            heads.append(parent)
    return found - {own}


def relation_iri(subject: str, predicate: str, value: str) -> str:
    """Return the IRI of the node that describes a derived triple; `value` is the object in N-Triples form."""
    return f"{ID}relation/{hashlib.sha256(f'{subject} {predicate} {value}'.encode()).hexdigest()[:20]}"


def _solutions(store: Store, rule: StoredQuery) -> Iterator[tuple[NamedNode, Term, NamedNode]]:
    try:
        solutions = store.query(rule.text, base_iri=BASE, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise NotSound(f"queries/relations/{rule.name}.rq: {error}. Correct the query.") from error
    names = [variable.value for variable in solutions.variables] if isinstance(solutions, QuerySolutions) else []
    if not isinstance(solutions, QuerySolutions) or names != ["subject", "object", "evidence"]:
        raise NotSound(f"queries/relations/{rule.name}.rq: not a SELECT of ?subject ?object ?evidence. Make it one.")
    for solution in solutions:
        subject, value, evidence = solution["subject"], solution["object"], solution["evidence"]
        if not isinstance(subject, NamedNode) or not isinstance(evidence, NamedNode) or not isinstance(value, Term):
            raise NotSound(
                f"queries/relations/{rule.name}.rq: a row without subject, object or evidence. Bind all three."
            )
        yield subject, value, evidence


def _relation(
    store: Store, name: str, subject: NamedNode, value: Term, evidence_nodes: set[NamedNode]
) -> Iterator[Quad]:
    predicate = NamedNode(DEF + name)
    node = NamedNode(relation_iri(subject.value, predicate.value, str(value)))
    yield Quad(subject, predicate, value, RELATIONS)
    yield Quad(node, _TYPE, NamedNode(DEF + "DerivedRelation"), RELATIONS)
    yield Quad(node, NamedNode(_RDF + "subject"), subject, RELATIONS)
    yield Quad(node, NamedNode(_RDF + "predicate"), predicate, RELATIONS)
    yield Quad(node, NamedNode(_RDF + "object"), value, RELATIONS)
    yield Quad(node, _BY_RULE, NamedNode(f"{ID}rule/{name}"), RELATIONS)
    for evidence in evidence_nodes:
        yield Quad(node, _FROM_EVIDENCE, evidence, RELATIONS)
        for passage in store.quads_for_pattern(evidence, _STATED_IN, None, None):
            if not isinstance(passage.object, BlankNode):
                yield Quad(node, _STATED_IN, passage.object, RELATIONS)


def _describe(rule: StoredQuery) -> Iterator[Quad]:
    node = NamedNode(f"{ID}rule/{rule.name}")
    label = NamedNode(PREFIXES["rdfs"] + "label")
    yield Quad(node, _TYPE, NamedNode(DEF + "Rule"), RELATIONS)
    yield Quad(node, label, Literal(rule.question_en, language="en"), RELATIONS)
    yield Quad(node, label, Literal(rule.question_nl, language="nl"), RELATIONS)
    yield Quad(node, NamedNode(DEF + "ruleText"), Literal(rule.text), RELATIONS)
    yield Quad(node, NamedNode(DEF + "derives"), NamedNode(DEF + rule.name), RELATIONS)
