"""The ontology as its documentation shows it: every term with what the files of the project say of it.

Read from the Turtle, the stored queries and the table metadata; nothing is written here that stands nowhere else.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from tradegraph.files import Project
from tradegraph.graph.turtle import read_turtle
from tradegraph.languages import Words
from tradegraph.namespaces import BASE, DEF, PREFIXES
from tradegraph.queries import StoredQuery

Sort = Literal["class", "relation", "value", "annotation", "individual"]
"""What a term is: a class, a property that leads to things, one that holds a value, a note on terms, or one thing."""

PARTS: Final = (
    "front-door",
    "events",
    "agreements",
    "places",
    "agents",
    "policy",
    "documents",
    "questions",
    "statements",
    "statistics",
    "general",
    "tradegraph",
)
"""The modules in the order of the documentation: what most people look for first."""

_RDF, _RDFS, _OWL, _SKOS = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["owl"], PREFIXES["skos"]
_SCHEMA, _QB, _DCT = PREFIXES["schema"], PREFIXES["qb"], PREFIXES["dct"]
_SORTS: Final[Mapping[str, Sort]] = {
    _OWL + "Class": "class",
    _OWL + "ObjectProperty": "relation",
    _OWL + "DatatypeProperty": "value",
    _OWL + "AnnotationProperty": "annotation",
    _OWL + "NamedIndividual": "individual",
}
_TRAITS: Final = (
    _OWL + "SymmetricProperty",
    _OWL + "TransitiveProperty",
    _OWL + "FunctionalProperty",
    _QB + "DimensionProperty",
    _QB + "AttributeProperty",
    _QB + "MeasureProperty",
)
_MATCHES: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_ALIGNED: Final = tuple(_SKOS + name for name in _MATCHES)
_COUNTER: Final = {"en": "Negative example: ", "nl": "Tegenvoorbeeld: "}
_NAMED: Final = re.compile(r"\btg:([A-Za-z][A-Za-z0-9]*)")


@dataclass(frozen=True)
class Alignment:
    """How a term relates to one of another vocabulary: `relation` and `target` are IRIs."""

    relation: str
    target: str


@dataclass(frozen=True)
class Term:
    """A term of ours. IRIs in all tuples, sorted; `part` is its module, `scheme` the code list of its values.

    `notes` say how it is meant, `counters` what it is not, `examples` lead to things in the data. `inverses` are
    declared both ways. `reserved`: in the model, and in no data yet.
    """

    iri: str
    sort: Sort
    part: str
    label: Words
    definition: Words
    notes: tuple[Words, ...] = ()
    counters: tuple[Words, ...] = ()
    examples: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    inverses: tuple[str, ...] = ()
    disjoint: tuple[str, ...] = ()
    scheme: str = ""
    alignments: tuple[Alignment, ...] = ()
    front_door: bool = False
    reserved: bool = False

    @property
    def name(self) -> str:
        """The fragment of the IRI: the anchor in the documentation."""
        return self.iri.removeprefix(DEF)


@dataclass(frozen=True)
class Part:
    """A module of the ontology: `terms` classes first, then in order of the file; `file` is where it is written."""

    key: str
    title: Words
    description: Words
    file: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Use:
    """A stored query that names a term: the folder it is in, its name, and what it asks."""

    folder: str
    name: str
    question: Words
    text: str


@dataclass(frozen=True)
class Ontology:
    """All of the documentation: parts in reading order, and what uses each term (by IRI).

    `columns` are columns of the tables (`missions.leader`), `uses` stored queries; `external` labels foreign terms.
    """

    title: Words
    description: Words
    version: str
    parts: tuple[Part, ...]
    alignments: tuple[tuple[str, Words], ...]
    uses: Mapping[str, tuple[Use, ...]]
    columns: Mapping[str, tuple[str, ...]]
    external: Mapping[str, str]

    @property
    def terms(self) -> dict[str, Term]:
        """Every term by IRI, in reading order."""
        return {term.iri: term for part in self.parts for term in part.terms}

    def rule(self, term: Term) -> Use | None:
        """Return the query that derives a relation of the front door; None for what is stated as it is."""
        return next(
            (use for use in self.uses.get(term.iri, ()) if (use.folder, use.name) == ("relations", term.name)), None
        )


class _Said:
    """Triples by subject and property, in the order of the files."""

    def __init__(self) -> None:
        self.links: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.texts: dict[tuple[str, str], list[RdfLiteral]] = defaultdict(list)
        self.home: dict[str, str] = {}

    def read(self, project: Project) -> None:
        for path in project.ontology_files:
            own = path.parent.name == "ontology"
            for quad in read_turtle([path], NamedNode(DEF)):
                if not isinstance(quad.subject, NamedNode):
                    continue
                key = (quad.subject.value, quad.predicate.value)
                if isinstance(quad.object, NamedNode):
                    self.links[key].append(quad.object.value)
                    if own and key[1] == _RDF + "type" and quad.object.value in _SORTS:
                        self.home.setdefault(key[0], path.stem)
                elif isinstance(quad.object, RdfLiteral):
                    self.texts[key].append(quad.object)

    def each(self, iri: str, name: str) -> tuple[Words, ...]:
        """Return texts in pairs: the first English with the first Dutch, and so on."""
        by_language: dict[str, list[str]] = {"nl": [], "en": []}
        for text in self.texts.get((iri, name), ()):
            by_language.setdefault(text.language or "en", []).append(text.value)
        longest = max(len(by_language["nl"]), len(by_language["en"]))
        padded = {one: [*texts, *[""] * (longest - len(texts))] for one, texts in by_language.items()}
        return tuple(Words(*pair) for pair in zip(padded["nl"], padded["en"], strict=True))

    def one(self, iri: str, name: str) -> Words:
        return next(iter(self.each(iri, name)), Words())

    def all(self, iri: str, *names: str) -> tuple[str, ...]:
        return tuple(sorted({value for name in names for value in self.links.get((iri, name), ())}))

    def true(self, iri: str, name: str) -> bool:
        return any(text.value == "true" for text in self.texts.get((iri, name), ()))


def read_ontology(project: Project) -> Ontology:
    """Read the ontology of a project; raises OntologyError or NotSound for a file that cannot be read."""
    said = _Said()
    said.read(project)
    children: dict[str, set[str]] = defaultdict(set)
    inverses: dict[str, set[str]] = defaultdict(set)
    disjoint: dict[str, set[str]] = defaultdict(set)
    for (subject, name), values in said.links.items():
        for value in values:
            if name in (_RDFS + "subClassOf", _RDFS + "subPropertyOf") and subject.startswith(DEF):
                children[value].add(subject)
            for found, which in ((inverses, _OWL + "inverseOf"), (disjoint, _OWL + "disjointWith")):
                if name == which:
                    found[subject].add(value)
                    found[value].add(subject)
    terms = {
        iri: _term(said, iri, part, children[iri], inverses[iri], disjoint[iri])
        for iri, part in said.home.items()
        if iri.startswith(DEF)
    }
    keys = [*PARTS, *sorted(set(said.home.values()) - set(PARTS) - {"cube"})]
    parts = tuple(_part(said, key, terms.values()) for key in keys if key in said.home.values())
    header = BASE + "def"
    alignments = tuple(
        (path.stem, _after_colon(said.one(f"{BASE}def/alignments/{path.stem}", _DCT + "title")))
        for path in project.ontology_files
        if path.parent.name == "alignments"
    )
    version = next((text.value for text in said.texts.get((header, _OWL + "versionInfo"), ())), "")
    return Ontology(
        said.one(header, _DCT + "title"),
        said.one(header, _DCT + "description"),
        version,
        parts,
        alignments,
        _uses(project),
        _columns(project),
        _external(project),
    )


def _term(said: _Said, iri: str, part: str, children: set[str], inverses: set[str], disjoint: set[str]) -> Term:
    types = said.all(iri, _RDF + "type")
    notes, counters = _split(said.each(iri, _SKOS + "scopeNote"))
    examples = [
        *said.all(iri, _SKOS + "example"),
        *(text.value for text in said.texts.get((iri, _SKOS + "example"), ())),
    ]
    return Term(
        iri=iri,
        sort=next(sort for kind, sort in _SORTS.items() if kind in types),
        part=part,
        label=said.one(iri, _RDFS + "label"),
        definition=said.one(iri, _SKOS + "definition"),
        notes=notes,
        counters=counters,
        examples=tuple(examples),
        parents=said.all(iri, _RDFS + "subClassOf", _RDFS + "subPropertyOf"),
        children=tuple(sorted(children)),
        domain=said.all(iri, _SCHEMA + "domainIncludes", _RDFS + "domain"),
        range=said.all(iri, _SCHEMA + "rangeIncludes", _RDFS + "range"),
        types=tuple(one for one in types if one in _TRAITS or (one.startswith(DEF))),
        inverses=tuple(sorted(inverses)),
        disjoint=tuple(sorted(disjoint)),
        scheme=next(iter(said.all(iri, DEF + "valueScheme", _QB + "codeList")), ""),
        alignments=tuple(Alignment(name, value) for name in _ALIGNED for value in said.all(iri, name)),
        front_door=said.true(iri, DEF + "frontDoor"),
        reserved=said.true(iri, DEF + "reserved"),
    )


def _split(notes: Iterable[Words]) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Return what notes say, and apart from it the negative examples that stand in them."""
    kept, counters = [], []
    for note in notes:
        nl, _, not_nl = note.nl.partition(_COUNTER["nl"])
        en, _, not_en = note.en.partition(_COUNTER["en"])
        if nl.strip() or en.strip():
            kept.append(Words(nl.strip(), en.strip()))
        if not_nl or not_en:
            counters.append(Words(not_nl.strip(), not_en.strip()))
    return tuple(kept), tuple(counters)


def _part(said: _Said, key: str, terms: Iterable[Term]) -> Part:
    iri = BASE + "def" if key == "tradegraph" else f"{BASE}def/{key}"
    own = [term for term in terms if term.part == key]
    own.sort(key=lambda term: (term.sort != "class", not term.front_door))
    title = _after_colon(said.one(iri, _DCT + "title"))
    description = said.one(iri, _DCT + "description")
    if key == "tradegraph":
        title = Words("termen over de ontologie zelf", "terms about the ontology itself")
        description = Words("Aantekeningen bij termen.", "Notes on terms.")
    return Part(key, title, description, f"ontology/{key}.ttl", tuple(own))


def _after_colon(title: Words) -> Words:
    return Words(title.nl.rpartition(": ")[2], title.en.rpartition(": ")[2])


def _uses(project: Project) -> dict[str, tuple[Use, ...]]:
    found: dict[str, list[Use]] = defaultdict(list)
    for folder in ("relations", "questions", "pages", "checks"):
        for path in project.query_files(folder):
            query = StoredQuery.read(path)
            use = Use(folder, query.name, Words(query.question_nl, query.question_en), query.text)
            names = set(_NAMED.findall(query.text)) | ({query.name} if folder == "relations" else set())
            for name in sorted(names):
                found[DEF + name].append(use)
    return {iri: tuple(uses) for iri, uses in found.items()}


def _columns(project: Project) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for table in json.loads(project.metadata.read_text(encoding="utf-8"))["tables"]:
        for column in table["tableSchema"]["columns"]:
            iris = {column.get("propertyUrl", ""), column.get("valueUrl", "") if column.get("virtual") else ""}
            for iri in iris:
                if iri.startswith(DEF):
                    found[iri].append(f"{table['url'].rpartition('/')[2].removesuffix('.csv')}.{column['name']}")
    return {iri: tuple(columns) for iri, columns in found.items()}


def _external(project: Project) -> dict[str, str]:
    with (project.root / "ontology" / "external-terms.csv").open(encoding="utf-8", newline="") as file:
        return {row["term"]: row["label"] for row in csv.DictReader(file)}
