"""What the pages of this subject share: the documentation of terms and shapes, read once, and links to both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from tradegraph.languages import LANGUAGES, Language, Words
from tradegraph.namespaces import BASE, DEF, GRAPH, SHAPES, shrink
from tradegraph.publish.constraints import Found, Shape, read_report, read_shapes
from tradegraph.publish.diagrams import DATATYPES, name_of
from tradegraph.publish.terms import Ontology, read_ontology
from tradegraph.web.addresses import page_address
from tradegraph.web.notes import Link, Text
from tradegraph.web.site import Site


@dataclass(frozen=True)
class Shelf:
    """The documentation for one site: ontology, shapes by IRI, and the report of the release where there is one."""

    site: Site
    ontology: Ontology
    shapes: dict[str, Shape]
    found: Found | None
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, site: Site) -> Self:
        """Read everything; OntologyError or NotSound for what cannot be read."""
        vocabulary = site.vocabulary
        counts = {term.iri: term.count for term in (*vocabulary.classes, *vocabulary.properties)}
        report = read_report(site.endpoint.release.directory)
        return cls(site, read_ontology(site.project), read_shapes(site.project), report, counts)

    @cached_property
    def shapes_of(self) -> dict[str, tuple[Shape, ...]]:
        """Shapes by the term that they are about or ask for, in order of the files."""
        found: dict[str, list[Shape]] = {}
        for shape in self.shapes.values():
            for iri in shape.terms():
                found.setdefault(iri, []).append(shape)
        return {iri: tuple(shapes) for iri, shapes in found.items()}

    def link(self, iri: str, language: Language, *, here: bool = False) -> Link:
        """Return a link to a term, a shape, or a term of another vocabulary.

        `here`: on the page with all terms, where a term is an anchor.
        """
        if iri in self.ontology.terms:
            name = iri.removeprefix(DEF)
            href = f"#{name}" if here else f"/{language}/def/{name}"
            return Link(self.ontology.terms[iri].label.in_(language), href=href)
        if iri in self.shapes:
            return Link(shape_name(self.shapes[iri], language), href=f"/{language}/shapes#{self.shapes[iri].key}")
        shrunk = shrink(iri)
        # Two vocabularies may have the same word: the prefix tells them apart.
        name = name_of(self.ontology, iri, language) if shrunk.startswith("<") or iri in DATATYPES else shrunk
        return Link(name, href=page_address(iri, language), outside=True)

    def links(self, iris: Iterable[str], language: Language, *, here: bool = False) -> tuple[Link, ...]:
        """Return a link to each, in order."""
        return tuple(self.link(iri, language, here=here) for iri in iris)

    def things(self, iris: Iterable[str], language: Language) -> dict[str, Link]:
        """Return links to anything: terms, shapes, graphs, things of the release, and what is elsewhere."""
        wanted = list(dict.fromkeys(iris))
        own = {iri: self.link(iri, language) for iri in wanted if iri in self.ontology.terms or iri in self.shapes}
        graphs = {iri: graph_link(iri, language) for iri in wanted if iri.startswith(GRAPH)}
        rest = [iri for iri in wanted if iri not in own and iri not in graphs]
        named = self.site.links(rest, language)
        foreign = {
            iri: self.link(iri, language)
            for iri in rest
            if not iri.startswith(BASE) and (iri in self.ontology.external or named[iri].text == shrink(iri))
        }
        return {**named, **foreign, **own, **graphs}


def graph_link(iri: str, language: Language) -> Link:
    """Return the link to the page of a named graph."""
    name = iri.removeprefix(GRAPH)
    return Link(name, href=f"/{language}/graph/{name}")


def shape_name(shape: Shape, language: Language) -> str:
    """Return what a shape is called; its key where it has no name."""
    return shape.name.in_(language) or shape.key.removeprefix(SHAPES)


def text_of(words: Words, language: Language) -> Text:
    """Return a text in the page's language, else in the other, marked as such."""
    for one in (language, *LANGUAGES):
        text = words.nl if one == "nl" else words.en
        if text:
            return Text(text, "" if one == language else one)
    return Text("")


def in_other(words: Words, language: Language) -> str:
    """Return a text in the language that the page is not in."""
    return words.en if language == "nl" else words.nl
