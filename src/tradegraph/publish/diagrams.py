"""Diagrams of the ontology by subject: which classes there are, what they hold, and how relations join them."""

from collections.abc import Mapping
from typing import Final

from tradegraph.drawings.classes import Arrow, Box, Diagram, Line
from tradegraph.languages import Language, Words
from tradegraph.namespaces import DEF, PREFIXES, shrink
from tradegraph.publish.terms import Ontology, Part, Term

_CONCEPT: Final = PREFIXES["skos"] + "Concept"
DATATYPES: Final[Mapping[str, Words]] = {
    PREFIXES["owl"] + "Thing": Words("elk ding", "any thing"),
    PREFIXES["owl"] + "Class": Words("klasse", "class"),
    PREFIXES["rdf"] + "Property": Words("eigenschap", "property"),
    PREFIXES["rdf"] + "langString": Words("tekst met taal", "text with language"),
    PREFIXES["xsd"] + "string": Words("tekst", "text"),
    PREFIXES["xsd"] + "date": Words("datum", "date"),
    PREFIXES["xsd"] + "gYear": Words("jaar", "year"),
    PREFIXES["xsd"] + "gYearMonth": Words("maand", "month"),
    PREFIXES["xsd"] + "decimal": Words("getal", "number"),
    PREFIXES["xsd"] + "integer": Words("geheel getal", "whole number"),
    PREFIXES["xsd"] + "boolean": Words("ja of nee", "yes or no"),
    PREFIXES["xsd"] + "anyURI": Words("adres", "address"),
    PREFIXES["dct"] + "PeriodOfTime": Words("periode", "period"),
    _CONCEPT: Words("begrip", "concept"),
}
"""What people call the datatypes and the most general classes of other vocabularies."""
_TITLE: Final = Words("Diagram: {name}", "Diagram: {name}")
_TEXT: Final = Words(
    "{boxes} vakken met klassen en {arrows} relaties; dezelfde relaties staan als lijst onder het diagram.",
    "{boxes} boxes with classes and {arrows} relations; the same relations stand in a list below the diagram.",
)
_UNDER: Final = Words("valt onder {name}", "falls under {name}")
_LIST: Final = Words("codelijst", "code list")
_ANY: Final = Words("elk ding", "any thing")


def name_of(ontology: Ontology, iri: str, language: Language) -> str:
    """Return what a class, property or datatype is called; its prefixed name where it has no other."""
    terms = ontology.terms
    if iri in terms:
        return terms[iri].label.in_(language)
    return DATATYPES[iri].in_(language) if iri in DATATYPES else ontology.external.get(iri, shrink(iri))


def diagram(ontology: Ontology, part: Part, language: Language) -> Diagram:
    """Return the diagram of one subject; only the relations of the front door for the subject that holds them."""
    drawing = _Drawing(ontology, part, language)
    return drawing.whole()


class _Drawing:
    def __init__(self, ontology: Ontology, part: Part, language: Language) -> None:
        self.ontology, self.part, self.language = ontology, part, language
        self.terms = ontology.terms
        self.lines: dict[tuple[str, ...], list[Line]] = {}
        self.arrows: list[tuple[tuple[str, ...], tuple[str, ...], Line]] = []

    def whole(self) -> Diagram:
        shown = [term for term in self.part.terms if self.part.key != "front-door" or term.front_door]
        for term in shown:
            if term.sort == "class":
                self.lines.setdefault((term.iri,), [])
        for term in shown:
            if term.sort in ("relation", "value", "annotation"):
                self.property(term)
        self._fold()
        left = sorted(self.lines, key=self._place)
        right = list(dict.fromkeys(target for _, target, _ in self.arrows))
        title = self.part.title.in_(self.language)
        return Diagram(
            _TITLE.in_(self.language).format(name=title),
            _TEXT.in_(self.language).format(boxes=len(left) + len(right), arrows=len(self.arrows)),
            tuple(self.box(classes, self.lines[classes]) for classes in left),
            tuple(self.box(classes, []) for classes in right),
            tuple(Arrow(" ".join(source), " ".join(target), label) for source, target, label in self.arrows),
        )

    def _fold(self) -> None:
        """Put subclasses that have nothing of their own into the box of their class."""
        started = {source for source, _, _ in self.arrows}
        bare = [key for key, lines in self.lines.items() if len(key) == 1 and not lines and key not in started]
        for key in sorted(bare, key=self._place, reverse=True):
            parents = [(iri,) for iri in self.terms[key[0]].parents if (iri,) in self.lines]
            if parents and not self.lines[key]:
                name = name_of(self.ontology, key[0], self.language)
                self.lines[parents[0]].append(Line(f"› {name}", self.href(key[0])))
                del self.lines[key]

    def property(self, term: Term) -> None:
        domain = self.classes(term.domain)
        lines = self.lines.setdefault(domain, [])
        name = Line(term.label.in_(self.language), self.href(term.iri))
        if term.sort == "value" or not any(self.is_class(iri) for iri in term.range):
            kinds = ", ".join(name_of(self.ontology, iri, self.language) for iri in term.range)
            lines.append(Line(name.text, name.href, kinds))
        elif term.scheme and term.range in ((_CONCEPT,), ()):
            lines.append(Line(name.text, name.href, _LIST.in_(self.language)))
        else:
            self.arrows.append((domain, self.classes(term.range), name))

    def is_class(self, iri: str) -> bool:
        return not iri.startswith(PREFIXES["xsd"]) and iri != PREFIXES["rdf"] + "langString"

    def classes(self, iris: tuple[str, ...]) -> tuple[str, ...]:
        """Return the classes of one side of a relation; subclasses stand behind their class and need no mention."""
        given = [iri for iri in iris if not any(parent in iris for parent in self._above(iri))]
        return tuple(sorted(given, key=lambda iri: name_of(self.ontology, iri, self.language).lower()))

    def _above(self, iri: str) -> set[str]:
        found: set[str] = set()
        waiting = list(self.terms[iri].parents) if iri in self.terms else []
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.terms[one].parents if one in self.terms else ()
        return found

    def box(self, classes: tuple[str, ...], lines: list[Line]) -> Box:
        heads = tuple(Line(name_of(self.ontology, iri, self.language), self.href(iri)) for iri in classes)
        own = any(iri in self.terms and self.terms[iri].part == self.part.key for iri in classes)
        marked = any(iri in self.terms and self.terms[iri].front_door for iri in classes)
        above: list[Line] = []
        if len(classes) == 1 and classes in self.lines and classes[0] in self.terms:
            parents = [iri for iri in self.terms[classes[0]].parents if iri.startswith(DEF)]
            if lines is self.lines[classes]:
                names = [name_of(self.ontology, iri, self.language) for iri in parents]
                above = [Line("", "", _UNDER.in_(self.language).format(name=name)) for name in names]
        return Box(" ".join(classes), heads or (Line(_ANY.in_(self.language)),), (*above, *lines), own, marked)

    def href(self, iri: str) -> str:
        return f"/{self.language}/def#{iri.removeprefix(DEF)}" if iri in self.terms else ""

    def _place(self, classes: tuple[str, ...]) -> tuple[object, ...]:
        """Order the left side: classes of the subject under their parents, then others, then boxes with several."""
        if len(classes) == 1 and classes[0] in self.terms:
            chain = [classes[0]]
            while parents := [iri for iri in self.terms[chain[0]].parents if iri in self.terms]:
                chain.insert(0, parents[0])
            own = self.terms[classes[0]].part == self.part.key
            return (0 if own else 1, [name_of(self.ontology, iri, self.language).lower() for iri in chain])
        return (2, [name_of(self.ontology, iri, self.language).lower() for iri in classes])
