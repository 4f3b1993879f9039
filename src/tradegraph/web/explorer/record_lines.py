"""Records as lines of a list: one sentence for each statement, figure, participation, status, mention or relation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from tradegraph.explore.kinds import Kind, kind_of
from tradegraph.explore.reading import Solution
from tradegraph.languages import Language
from tradegraph.namespaces import DEF, ID, PREFIXES
from tradegraph.web.addresses import page_address
from tradegraph.web.notes import Link
from tradegraph.web.site import Site, iri
from tradegraph.web.words import say

_RDF: Final = PREFIXES["rdf"]
NEGATED: Final = ID + "concept/polarity-negated"
_WHO: Final = ("participant", "viaOffice", "nameAsStated", "officeAsStated")


@dataclass(frozen=True)
class Line:
    """A record or thing as a line: its link, its kind, the values as written, and why a value is missing."""

    link: Link
    kind: Kind
    iri: str
    stated: tuple[str, ...] = ()
    missing: str = ""


Said = Mapping[str, list[ox.NamedNode | ox.Literal]]


class Records:
    """What the rows of a panel with `record`, `property` and `value` say, by record, and how to put it in words."""

    def __init__(self, site: Site, language: Language, rows: Iterable[Solution]) -> None:
        self.site, self.language = site, language
        self.said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            value = row.get("value")
            if isinstance(value, ox.NamedNode | ox.Literal):
                self.said[iri(row, "record")][iri(row, "property")].append(value)

    def lines(self, records: Iterable[str]) -> dict[str, Line]:
        """Return a line for each record or thing, by IRI."""
        wanted = list(dict.fromkeys(records))
        values = {
            value.value
            for record in wanted
            for terms in self.said.get(record, {}).values()
            for value in terms
            if isinstance(value, ox.NamedNode)
        }
        links = self.site.links([*wanted, *sorted(values)], self.language)
        names = {one: link.text for one, link in links.items()} | property_names(self.site, self.language)
        return {record: self._line(record, links[record], names) for record in wanted}

    def stated(self, record: str) -> tuple[str, ...]:
        """Return the values of a record as its source writes them, numbers and names alike, in order of text."""
        said = self.said.get(record, {})
        texts = {
            term.value
            for name in ("valueAsStated", "nameAsStated", "officeAsStated", "statusAsStated")
            for term in said.get(DEF + name, ())
            if isinstance(term, ox.Literal)
        }
        return tuple(sorted(texts))

    def mentioned(self, record: str) -> tuple[str, str]:
        """Return the thing that a mention names and the name as written; both empty for what is no mention."""
        said = self.said.get(record, {})
        thing = _first(said, DEF + "mentions")
        return thing, _first(said, DEF + "nameAsStated") if thing else ""

    def _line(self, record: str, link: Link, names: Mapping[str, str]) -> Line:
        said = self.said.get(record, {})
        kind = kind_of(record)
        text = self._sentence(kind.key, said, names)
        if text:
            link = Link(text, "", page_address(record, self.language))
        reason = _first(said, DEF + "missingReason")
        stated = self.stated(record) if kind.key == "observation" else ()
        return Line(link, kind, record, stated, names.get(reason, ""))

    def _sentence(self, kind: str, said: Said, names: Mapping[str, str]) -> str:
        """Return the words for a record that has none of its own; empty for one that has."""

        def name(*properties: str) -> str:
            for one in properties:
                if found := _first(said, one if one.startswith("http") else DEF + one):
                    return names.get(found, found)
            return ""

        language = self.language
        match kind:
            case "statement" if _RDF + "predicate" in said:
                text = f"{name(_RDF + 'subject')} – {name(_RDF + 'predicate')} – {name(_RDF + 'object')}"
            case "participation":
                text = say(
                    language,
                    "doc_line_participation",
                    who=name(*_WHO),
                    role=name("participationRole"),
                    what=name("participationIn"),
                )
            case "status-period":
                text = f"{name('statusOf')}: {name('status')}"
            case "grouping-membership":
                text = say(language, "doc_line_membership", what=name("memberTerritory"), set=name("grouping"))
            case "agreement-party":
                text = say(language, "doc_line_party", who=name("partyRecordFor"), what=name("partyRecordOf"))
            case "agreement-action":
                text = f"{name('actionOn')}: {name('actionType')}"
            case "mention":
                text = say(language, "doc_line_mention", stated=name("nameAsStated"), what=name("mentions"))
            case _:
                return ""
        if NEGATED in {term.value for term in said.get(DEF + "polarity", ())}:
            return say(language, "doc_denied", text=text)
        return text


def property_names(site: Site, language: Language) -> dict[str, str]:
    """Return what the properties of the release are called, by IRI."""
    return {term.iri: term.label.in_(language) or term.name for term in site.vocabulary.properties}


def _first(said: Said, name: str) -> str:
    return min((term.value for term in said.get(name, ())), default="")
