"""Describes one thing: what is said of it, where that was read, and what points to it.

Two profiles. The *front door* has the direct relations in both directions with the names of what they lead to; the
*evidence* has everything, with the passages. Every triple of a description is in the release as it stands.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import pyoxigraph as ox

from tradegraph.errors import NotFound
from tradegraph.explore.reading import Reader
from tradegraph.namespaces import DEF, ID, PREFIXES

Profile = Literal["front-door", "evidence"]
Texts = Mapping[str, str]
"""One text by language tag; `""` for a text without a tag."""

PAGE_SIZE: Final = 100
"""How many things of one incoming relation a description holds; the rest is on further pages."""
MOST_SUGGESTED: Final = 500
_RDF, _RDFS, _ELI, _OA = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["eli"], PREFIXES["oa"]
TYPE: Final = ox.NamedNode(_RDF + "type")
STATED_IN: Final = ox.NamedNode(DEF + "statedIn")
NAMING: Final = (
    _RDFS + "label",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["dct"] + "title",
    DEF + "locator",
    DEF + "text",
    DEF + "nameAsStated",
)
"""What a thing is called, best first: evidence often has no label, but a place or a text."""
# A filter and not VALUES, with which the engine would join every name that there is.
_NAMED: Final = "FILTER (?p IN (" + ", ".join(f"<{iri}>" for iri in NAMING) + "))"
_SAFE: Final = re.compile(r"[a-z][a-z0-9-]*/[A-Za-z0-9._~-]+")

# Derived relations of `mentionedIn` and `about` lead to passages by the hundred: they say where, not what.
_PASSAGES: Final = """{{ SELECT DISTINCT ?passage {{
    {{ <{thing}> tg:statedIn ?passage }}
    UNION {{ ?reified rdf:subject <{thing}> ; rdf:predicate ?direct ; tg:statedIn ?passage
        FILTER (?direct NOT IN (tg:mentionedIn, tg:about)) }}
}} }}"""
_FRONT_DOOR: Final = """\
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
    {{ VALUES ?s {{ <{thing}> }} ?s ?p ?o
        FILTER (!STRSTARTS(STR(?p), STR(tg:)) || EXISTS {{ ?p tg:frontDoor true }}) }}
    UNION {{ <{thing}> ?via ?s
        FILTER (!STRSTARTS(STR(?via), STR(tg:)) || EXISTS {{ ?via tg:frontDoor true }})
        ?s ?p ?o {names} }}
}}"""
_EVIDENCE: Final = """\
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
    {{ VALUES ?s {{ <{thing}> }} ?s ?p ?o }}
    UNION {{ <{thing}> oa:hasSelector ?s . ?s ?p ?o }}
    UNION {{ <{thing}> ?via ?s . ?s ?p ?o {names} }}
    UNION {{ <{thing}> oa:hasSource ?source . ?source eli:realizes ?o
        BIND (?source AS ?s) BIND (eli:realizes AS ?p) }}
    UNION {{ <{thing}> oa:hasSource/eli:realizes ?s . ?s ?p ?o {names} }}
    UNION {{ ?s rdf:subject <{thing}> ; rdf:predicate ?direct . ?s ?p ?o
        FILTER (?direct NOT IN (tg:mentionedIn, tg:about))
        FILTER (?p != tg:derivedFromEvidence) }}
    UNION {{ {passages} ?passage ?p ?o BIND (?passage AS ?s)
        FILTER (?p IN (rdf:type, tg:locator, tg:paraphrase, tg:inPart, oa:hasSource)) }}
    UNION {{ {passages} ?passage tg:inPart ?s . ?s ?p ?o {names} }}
    UNION {{ {passages} ?passage oa:hasSource ?s . ?s ?p ?o
        FILTER (?p IN (rdfs:label, dct:title, eli:realizes)) }}
    UNION {{ {passages} ?passage oa:hasSource/eli:realizes ?s . ?s ?p ?o {names} }}
}}"""
_COUNTS: Final = """\
SELECT ?p (COUNT(DISTINCT ?s) AS ?count) (SAMPLE(?mark) AS ?direct) WHERE {{
    ?s ?p <{thing}>
    OPTIONAL {{ ?p tg:frontDoor ?mark FILTER (?mark = true) }}
}} GROUP BY ?p"""
_LISTED: Final = "{{ SELECT DISTINCT ?s ?p {{ VALUES ?p {{ <{property}> }} ?s ?p <{thing}> }} \
ORDER BY ?s LIMIT {limit} OFFSET {offset} }}"
_LISTING: Final = "CONSTRUCT {{ ?s ?p <{thing}> . ?s ?name ?called }} WHERE {{ {groups} \
OPTIONAL {{ ?s ?name ?called {names} }} }}"


@dataclass(frozen=True)
class Incoming:
    """A property with which `count` things point to the one described; `subjects` are IRIs, in order, of one page.

    `direct`: a relation of the front door.
    """

    property: str
    count: int
    subjects: tuple[str, ...]
    direct: bool = False


@dataclass(frozen=True)
class Source:
    """A passage: where it stands, what it says in our words, and the IRIs and names of its document."""

    iri: str
    locator: Texts
    paraphrase: Texts
    document: str
    document_name: Texts


@dataclass(frozen=True)
class Description:
    """What `profile` says of a thing: all `triples`, in order of their text, and the incoming groups among them."""

    thing: str
    profile: Profile
    triples: tuple[ox.Triple, ...]
    incoming: tuple[Incoming, ...]

    @cached_property
    def _by_subject(self) -> dict[str, dict[str, list[object]]]:
        found: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        for triple in self.triples:
            if isinstance(triple.subject, ox.NamedNode):
                found[triple.subject.value][triple.predicate.value].append(triple.object)
        return found

    def values(self, iri: str, name: str) -> list[object]:
        """Return the terms that `iri` has for the property `name`."""
        return self._by_subject.get(iri, {}).get(name, [])

    def properties(self) -> dict[str, list[object]]:
        """Return what is said of the thing itself, by property."""
        return dict(self._by_subject.get(self.thing, {}))

    def types(self) -> tuple[str, ...]:
        """Return the IRIs of the thing's classes."""
        return self.iris(self.thing, TYPE.value)

    def name(self, iri: str) -> Texts:
        """Return what `iri` is called, by language; nothing when it has no name here."""
        for naming in NAMING:
            if found := self.texts(iri, naming):
                return found
        return {}

    def texts(self, iri: str, name: str) -> Texts:
        """Return the literals of a property by language; of several in one language the first in order of text."""
        found: dict[str, str] = {}
        for term in self.values(iri, name):
            if isinstance(term, ox.Literal):
                found.setdefault((term.language or "").partition("-")[0], term.value)
        return found

    def sources(self) -> tuple[Source, ...]:
        """Return the passages of the thing and of its direct relations, in order of their IRIs."""
        passages = {
            triple.object.value
            for triple in self.triples
            if triple.predicate == STATED_IN and isinstance(triple.object, ox.NamedNode)
        }
        return tuple(self._source(iri) for iri in sorted(passages))

    def stated_in(self, name: str, value: str) -> tuple[str, ...]:
        """Return the passages in which the relation `name` to the thing `value` was read, where it was derived."""
        return self._evidence.get((name, value), ())

    @cached_property
    def _evidence(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for iri in self._by_subject:
            if self.thing in self.iris(iri, _RDF + "subject"):
                for name in self.iris(iri, _RDF + "predicate"):
                    for value in self.iris(iri, _RDF + "object"):
                        found[name, value] = self.iris(iri, STATED_IN.value)
        return found

    def _source(self, iri: str) -> Source:
        document, name = "", {}
        for version in self.iris(iri, _OA + "hasSource"):
            document = next(iter(self.iris(version, _ELI + "realizes")), version)
            name = dict(self.name(document) or self.name(version))
        return Source(iri, self.texts(iri, DEF + "locator"), self.texts(iri, DEF + "paraphrase"), document, name)

    def iris(self, iri: str, name: str) -> tuple[str, ...]:
        """Return the IRIs that `iri` has for the property `name`."""
        return tuple(term.value for term in self.values(iri, name) if isinstance(term, ox.NamedNode))


def thing_iri(kind: str, key: str) -> str:
    """Return the IRI of a thing; raises NotFound for what cannot be one, so that no text gets into a query."""
    if not _SAFE.fullmatch(f"{kind}/{key}"):
        raise NotFound(f"{kind}/{key} cannot be the name of a thing.")
    return f"{ID}{kind}/{key}"


def describe(reader: Reader, thing: str, profile: Profile) -> Description:
    """Describe `thing`, an IRI from `thing_iri`; NotFound when the release says nothing of it, else QueryErrors."""
    names = _NAMED
    query = _FRONT_DOOR if profile == "front-door" else _EVIDENCE
    triples = reader.triples(query.format(thing=thing, names=names, passages=_PASSAGES.format(thing=thing)))
    if not any(isinstance(triple.subject, ox.NamedNode) and triple.subject.value == thing for triple in triples):
        raise NotFound(f"This release says nothing of <{thing}>.")
    counted = [group for group in counts(reader, thing) if group.direct or profile == "evidence"]
    if not counted:
        return Description(thing, profile, _ordered(triples), ())
    listed = reader.triples(_listing(thing, counted, 0))
    return Description(thing, profile, _ordered([*triples, *listed]), tuple(_filled(counted, thing, listed)))


def list_incoming(reader: Reader, thing: str, name: str, page: int) -> Description:
    """Return one page, from 1, of what points to `thing` with the property `name`, with labels.

    Raises NotFound when nothing does, or when there are fewer pages.
    """
    group = next((group for group in counts(reader, thing) if group.property == name), None)
    if group is None:
        raise NotFound(f"Nothing points to <{thing}> with <{name}>.")
    last = -(-group.count // PAGE_SIZE)
    if not 1 <= page <= last:
        raise NotFound(f"There is no page {page}: {group.count} things make {last} pages of {PAGE_SIZE}.")
    listed = reader.triples(_listing(thing, [group], (page - 1) * PAGE_SIZE))
    return Description(thing, "evidence", _ordered(listed), tuple(_filled([group], thing, listed)))


def counts(reader: Reader, thing: str) -> list[Incoming]:
    """Return the groups of what points to `thing`, without their members: direct relations first, largest first."""
    found = []
    for row in reader.rows(_COUNTS.format(thing=thing)):
        name, count = row.get("p"), row.get("count")
        if isinstance(name, ox.NamedNode) and isinstance(count, ox.Literal):
            found.append(Incoming(name.value, int(count.value), (), "direct" in row))
    return sorted(found, key=lambda group: (not group.direct, -group.count, group.property))


def suggest(reader: Reader, kind: str, key: str) -> tuple[str, ...]:
    """Return IRIs of things that may have been meant: of this kind with part of the key, or with the key itself.

    Unsorted, at most `MOST_SUGGESTED`; nothing when the words asked for are not safe to ask.
    """
    if not _SAFE.fullmatch(f"{kind}/{key}"):
        return ()
    words = sorted({word for word in re.split(r"[-._~]", key) if len(word) > 2}, key=len)[-3:]
    tests = [f'CONTAINS(?key, "{word}")' for word in words] + [f'STRSTARTS(?key, "{key[:2]}")']
    text = f"""SELECT DISTINCT ?s {{ ?s a ?class
        BIND (STRAFTER(STR(?s), "{ID}{kind}/") AS ?key)
        FILTER (STRENDS(STR(?s), "/{key}") || (?key != "" && ({" || ".join(tests)}))) }} LIMIT {MOST_SUGGESTED}"""
    found = (row.get("s") for row in reader.rows(text))
    return tuple(term.value for term in found if isinstance(term, ox.NamedNode) and "#" not in term.value)


def kinds(reader: Reader) -> tuple[str, ...]:
    """Return the kinds of things that the release has: the folders of their IRIs, sorted."""
    text = f"""SELECT DISTINCT ?kind {{ ?s a ?class FILTER (STRSTARTS(STR(?s), "{ID}"))
        BIND (STRBEFORE(STRAFTER(STR(?s), "{ID}"), "/") AS ?kind) }}"""
    found = (row.get("kind") for row in reader.rows(text))
    return tuple(sorted({term.value for term in found if isinstance(term, ox.Literal) and term.value}))


def exists(reader: Reader, thing: str) -> bool:
    """Say whether the release says anything of `thing`."""
    return any(True for _ in reader.rows(f"SELECT ?p {{ <{thing}> ?p ?o }} LIMIT 1"))


def _listing(thing: str, groups: Iterable[Incoming], offset: int) -> str:
    parts = (_LISTED.format(thing=thing, property=one.property, limit=PAGE_SIZE, offset=offset) for one in groups)
    return _LISTING.format(thing=thing, groups="{ " + " UNION ".join(parts) + " }", names=_NAMED.replace("?p", "?name"))


def _filled(groups: Iterable[Incoming], thing: str, listed: Iterable[ox.Triple]) -> Iterable[Incoming]:
    members: dict[str, set[str]] = defaultdict(set)
    for triple in listed:
        if triple.object == ox.NamedNode(thing) and isinstance(triple.subject, ox.NamedNode):
            members[triple.predicate.value].add(triple.subject.value)
    for group in groups:
        yield Incoming(group.property, group.count, tuple(sorted(members[group.property])), group.direct)


def _ordered(triples: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    return tuple(sorted(set(triples), key=str))
