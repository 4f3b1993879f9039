"""What the page of a thing shows: a description as headings, values, links and numbered sources, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from tradegraph.explore.describe import NAMING, PAGE_SIZE, STATED_IN, TYPE, Description, Incoming, Texts
from tradegraph.languages import Language, Words
from tradegraph.namespaces import BASE, DEF, ID, PREFIXES, shrink
from tradegraph.web.vocabulary import Vocabulary

SHOWN: Final = 20
"""How many things of one relation the page shows before it leads to the list of all."""
_OA, _RDF, _SCHEMA = PREFIXES["oa"], PREFIXES["rdf"], PREFIXES["schema"]
_LEADS: Final = (PREFIXES["dct"] + "description", PREFIXES["skos"] + "definition", DEF + "paraphrase")
_APART: Final = frozenset({TYPE.value, STATED_IN.value, _OA + "hasSelector", *NAMING[:3], *_LEADS})
"""Shown in a place of their own and not among the facts."""
# Most things are of several classes; the first that fits tells a search engine most.
_SCHEMA_TYPES: Final = {
    "Person": "Person",
    "Organisation": "Organization",
    "Country": "Country",
    "Territory": "Place",
    "Venue": "Place",
    "Event": "Event",
    "Document": "DigitalDocument",
    "Project": "Project",
}

WORDS: Final = {
    "facts": Words("Kenmerken", "Facts"),
    "from_here": Words("Relaties", "Relations"),
    "to_here": Words("Wat hierheen wijst", "What points here"),
    "records": Words("Gegevens hierachter ({n})", "Records behind this ({n})"),
    "sources": Words("Bronnen", "Sources"),
    "sources_text": Words(
        "Waar dit te lezen is. De weergave is in onze woorden.",
        "Where this can be read. The rendering is in our words.",
    ),
    "source": Words("bron {n}", "source {n}"),
    "all_of": Words("Alle {n}: {name}", "All {n}: {name}"),
    "listing": Words("{first} tot en met {last} van {n}", "{first} to {last} of {n}"),
    "back": Words("Terug naar {name}", "Back to {name}"),
    "formats": Words("Als gegevens", "As data"),
    "identifier": Words("Vaste naam", "Identifier"),
    "query": Words("Bekijk als zoekvraag", "See as a query"),
    "previous": Words("Vorige", "Previous"),
    "next": Words("Volgende", "Next"),
    "pages": Words("Bladeren", "Pages"),
}


@dataclass(frozen=True)
class Value:
    """One value: its text and language (when not the page's), where it leads, and the numbers of its sources."""

    text: str
    language: str = ""
    href: str = ""
    outside: bool = False
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Relation:
    """A property with its values; `more` is the address of the list of all `count`, where not all are shown.

    `direct` is false for the records behind the relations, which only some readers look for.
    """

    label: str
    name: str
    count: int
    values: tuple[Value, ...]
    more: str = ""
    direct: bool = True


@dataclass(frozen=True)
class Note:
    """A source: its number, its place and our rendering, and the document."""

    number: int
    place: Value
    rendering: Value | None
    document: Value


@dataclass(frozen=True)
class View:
    """Everything on the page, in the page's language."""

    iri: str
    path: str
    title: Value
    lead: Value | None
    kinds: tuple[Value, ...]
    facts: tuple[Relation, ...]
    outgoing: tuple[Relation, ...]
    incoming: tuple[Relation, ...]
    notes: tuple[Note, ...]
    schema: Mapping[str, object]


class Viewer:
    """Turns descriptions into views in `language`; `base_url` is where the site is, empty when that is not known."""

    def __init__(self, vocabulary: Vocabulary, language: Language, base_url: str) -> None:
        self._language = language
        self._base_url = base_url.rstrip("/")
        self._terms = {term.iri: term for term in (*vocabulary.properties, *vocabulary.classes)}

    def view(self, said: Description) -> View:
        """Return the view of a description of profile `evidence`."""
        numbers = {source.iri: place for place, source in enumerate(said.sources(), 1)}
        facts: list[Relation] = []
        outgoing: list[Relation] = []
        for name, values in self._ordered(said):
            shown = tuple(self._value(said, name, value, numbers) for value in self._in_language(values))
            target = outgoing if any(isinstance(value, ox.NamedNode) for value in values) else facts
            target.append(Relation(self.label(name), shrink(name), len(shown), shown))
        for selector in said.iris(said.thing, _OA + "hasSelector"):
            for name in (_OA + "start", _OA + "end"):
                shown = tuple(self._value(said, name, value, {}) for value in said.values(selector, name))
                facts.append(Relation(self.label(name), shrink(name), len(shown), shown))
        title = self.title(said)
        lead = next((text for name in _LEADS if (text := self._text(said.texts(said.thing, name)))), None)
        return View(
            iri=said.thing,
            path=said.thing.removeprefix(ID),
            title=title,
            lead=lead,
            kinds=tuple(self._kinds(said)),
            facts=tuple(facts),
            outgoing=tuple(outgoing),
            incoming=tuple(self.incoming(said, group) for group in said.incoming),
            notes=tuple(self._notes(said)),
            schema=self._schema(said, title),
        )

    def incoming(self, said: Description, group: Incoming, shown: int = SHOWN) -> Relation:
        """Return a group of what points here, cut after `shown`."""
        values = tuple(self._thing(said, iri) for iri in group.subjects[:shown])
        more = f"?property={quote(shrink(group.property).strip('<>'), safe=':')}" if group.count > len(values) else ""
        return Relation(self.label(group.property), shrink(group.property), group.count, values, more, group.direct)

    def title(self, said: Description) -> Value:
        """Return what the thing is called; for a derived relation what it says, for a thing without a name its key."""
        name = self._text(said.name(said.thing))
        if name is not None:
            return name
        parts = [said.iris(said.thing, _RDF + role) for role in ("subject", "predicate", "object")]
        if parts[0] and parts[1]:
            value = said.values(said.thing, _RDF + "object")[0]
            end = self._value(said, "", value, {}).text
            return Value(f"{self._thing(said, parts[0][0]).text} → {self.label(parts[1][0])} → {end}")
        return Value(said.thing.removeprefix(ID).partition("/")[2])

    def label(self, iri: str) -> str:
        """Return what a property or class is called in the language of the page."""
        term = self._terms.get(iri)
        return (term.label.in_(self._language) if term else "") or shrink(iri)

    def _ordered(self, said: Description) -> list[tuple[str, list[object]]]:
        """Return the properties to show: direct relations first, in order of their labels."""

        def rank(name: str) -> tuple[bool, str]:
            term = self._terms.get(name)
            return (not (term and term.front_door), self.label(name).lower())

        properties = said.properties()
        return [(name, properties[name]) for name in sorted(properties, key=rank) if name not in _APART]

    def _in_language(self, values: list[object]) -> list[object]:
        """Leave out texts in another language where there are some in this one."""
        mine: list[object] = [one for one in values if isinstance(one, ox.Literal) and one.language == self._language]
        return mine or values

    def _text(self, texts: Texts) -> Value | None:
        order = (self._language, "nl", "en", *sorted(texts))
        language = next((one for one in order if one in texts), None)
        if language is None:
            return None
        return Value(texts[language], language if language != self._language else "")

    def _value(self, said: Description, name: str, value: object, numbers: Mapping[str, int]) -> Value:
        if isinstance(value, ox.NamedNode):
            passages = said.stated_in(name, value.value)
            return self._thing(said, value.value, tuple(sorted(numbers[one] for one in passages if one in numbers)))
        if isinstance(value, ox.Literal):
            language = value.language or ""
            return Value(value.value, language if language != self._language else "")
        return Value(str(value))

    def _thing(self, said: Description, iri: str, sources: tuple[int, ...] = ()) -> Value:
        name = self._text(said.name(iri))
        if name is None:
            label = self.label(iri)
            name = Value(iri.removeprefix(ID) if label.startswith("<") else label)
        return Value(name.text, name.language, page_address(iri, self._language), not iri.startswith(BASE), sources)

    def _kinds(self, said: Description) -> list[Value]:
        """Return the classes, the one with fewest members first: it says most."""
        terms = [term for iri in said.types() if (term := self._terms.get(iri)) is not None]
        ordered = sorted(terms, key=lambda term: (term.count, term.name))
        return [
            Value(term.label.in_(self._language) or term.name, href=page_address(term.iri, self._language))
            for term in ordered
        ]

    def _notes(self, said: Description) -> list[Note]:
        return [
            Note(
                number,
                Value(
                    (self._text(source.locator) or Value(source.iri.removeprefix(ID))).text,
                    href=page_address(source.iri, self._language),
                ),
                self._text(source.paraphrase),
                Value(
                    (self._text(source.document_name) or Value(source.document.removeprefix(ID))).text,
                    href=page_address(source.document, self._language),
                ),
            )
            for number, source in enumerate(said.sources(), 1)
        ]

    def _schema(self, said: Description, title: Value) -> dict[str, object]:
        names = {iri.removeprefix(DEF) for iri in said.types()}
        found: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": next((kind for name, kind in _SCHEMA_TYPES.items() if name in names), "Thing"),
            "@id": said.thing,
            "name": title.text,
        }
        if self._base_url:
            found["url"] = f"{self._base_url}/{self._language}/{said.thing.removeprefix(ID)}"
        same = (*said.iris(said.thing, DEF + "authorityConcept"), *said.iris(said.thing, _SCHEMA + "sameAs"))
        if same:
            found["sameAs"] = list(same)
        if found["@type"] == "Event":
            dates = said.texts(said.thing, DEF + "eventDate")
            if dates:
                found["startDate"] = next(iter(dates.values()))
            places = [self._thing(said, iri).text for iri in said.iris(said.thing, DEF + "destination")]
            if places:
                found["location"] = [{"@type": "Place", "name": place} for place in places]
        return found


def page_address(iri: str, language: Language) -> str:
    """Return where a link to `iri` leads: to our page of it, to our document, or out of this site as it is."""
    if iri.startswith(ID):
        return f"/{language}/{iri.removeprefix(ID)}"
    if iri.startswith(BASE):
        return "/" + iri.removeprefix(BASE)
    return iri if iri.startswith(("https://", "http://")) else ""


def page_range(count: int, page: int) -> tuple[int, int]:
    """Return the first and last place on a page of a list of `count` things, from 1."""
    return (page - 1) * PAGE_SIZE + 1, min(page * PAGE_SIZE, count)
