"""A term as the pages show it: everything that is known of it, with links."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tradegraph.languages import Language
from tradegraph.namespaces import PREFIXES
from tradegraph.publish.constraints import Severity, Shape
from tradegraph.publish.terms import Term, Use
from tradegraph.web.addresses import query_address
from tradegraph.web.notes import Link, Text
from tradegraph.web.reference.shelf import Shelf, in_other, shape_name, text_of

IN_BRIEF: Final = 5
"""How many requirements and queries stand with a term on a page with many terms."""
_SKOS: Final = PREFIXES["skos"]


@dataclass(frozen=True)
class Requirement:
    """What a shape says about a term: its message, else its name, with the link to the shape."""

    link: Link
    message: Text
    severity: Severity


@dataclass(frozen=True)
class QueryUse:
    """A stored query that uses a term: where it can be opened, empty where it only can be read, and its folder."""

    link: Link
    folder: str


@dataclass(frozen=True)
class TermView:
    """A term with links; `count` is how often it occurs in the release, None where that is not known.

    `requirements` and `queries` may be the first of more: `all_requirements` and `all_queries` are how many there are.
    `properties` start from a class, `leading` lead to it. `alignments` come with the local name of their SKOS relation.
    """

    term: Term
    label: Text
    other_label: str
    definition: Text
    other_definition: str
    notes: tuple[Text, ...]
    counters: tuple[Text, ...]
    count: int | None
    examples: tuple[Link, ...]
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    domain: tuple[Link, ...]
    range: tuple[Link, ...]
    inverses: tuple[Link, ...]
    disjoint: tuple[Link, ...]
    scheme: Link | None
    alignments: tuple[tuple[str, Link], ...]
    rule: Link | None
    columns: tuple[str, ...]
    properties: tuple[Link, ...]
    leading: tuple[Link, ...]
    requirements: tuple[Requirement, ...]
    all_requirements: int
    queries: tuple[QueryUse, ...]
    all_queries: int


def term_view(
    shelf: Shelf,
    term: Term,
    language: Language,
    links: Mapping[str, Link],
    *,
    here: bool = False,
    most: int | None = None,
) -> TermView:
    """Return a term for a page; `links` lead to its examples and scheme, `most` limits requirements and queries."""

    def to(iris: tuple[str, ...]) -> tuple[Link, ...]:
        return shelf.links(iris, language, here=here)

    ontology, terms = shelf.ontology, shelf.ontology.terms
    shapes, uses = shelf.shapes_of.get(term.iri, ()), ontology.uses.get(term.iri, ())
    wanted = [_use(use, language, brief=most is not None) for use in uses]
    rule = ontology.rule(term)
    return TermView(
        term=term,
        label=text_of(term.label, language),
        other_label=in_other(term.label, language),
        definition=text_of(term.definition, language),
        other_definition=in_other(term.definition, language),
        notes=tuple(text_of(note, language) for note in term.notes),
        counters=tuple(text_of(note, language) for note in term.counters),
        count=shelf.counts.get(term.iri),
        examples=tuple(links.get(iri, Link(iri)) for iri in term.examples),
        parents=to(term.parents),
        children=to(term.children),
        domain=to(term.domain),
        range=to(term.range),
        inverses=to(term.inverses),
        disjoint=to(term.disjoint),
        scheme=links.get(term.scheme) if term.scheme else None,
        alignments=tuple(
            (one.relation.removeprefix(_SKOS), shelf.link(one.target, language)) for one in term.alignments
        ),
        rule=Link(f"queries/relations/{rule.name}.rq", href=f"/{language}/rule/{rule.name}") if rule else None,
        columns=ontology.columns.get(term.iri, ()),
        properties=to(tuple(one.iri for one in terms.values() if term.iri in one.domain)),
        leading=to(tuple(one.iri for one in terms.values() if term.iri in one.range)),
        requirements=tuple(_requirement(shape, language) for shape in shapes[:most]),
        all_requirements=len(shapes),
        queries=tuple(wanted[:most]),
        all_queries=len(wanted),
    )


def _requirement(shape: Shape, language: Language) -> Requirement:
    link = Link(shape_name(shape, language), href=f"/{language}/shapes#{shape.key}")
    return Requirement(link, text_of(shape.message, language), shape.severity)


def _use(use: Use, language: Language, *, brief: bool) -> QueryUse:
    """Return the use with its link: rules and questions have pages, the text of others is in the link itself."""
    number = use.name.partition("-")[0]
    if use.folder == "relations":
        href = f"/{language}/rule/{use.name}"
    elif use.folder == "questions":
        href = f"/{language}/sparql?question={number}"
    else:
        # Long addresses: not on a page with hundreds of them.
        href = "" if brief else query_address(use.text, language)
    text = use.question.in_(language)
    return QueryUse(Link(f"{number}. {text}" if use.folder == "questions" else text, href=href), use.folder)
