"""The stored questions as examples: what to show of each, and its text with other values filled in.

Each keeps its number, so that a link to an example still works when its text was improved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tradegraph.explore.stored import first_group
from tradegraph.languages import Language, Words
from tradegraph.namespaces import ID
from tradegraph.queries import Parameter, StoredQuery

_NAMES: Final = {
    "agreement": Words("Afspraak", "Agreement"),
    "area": Words("Gebied", "Area"),
    "board": Words("Overlegorgaan", "Board"),
    "country": Words("Land", "Country"),
    "document": Words("Document", "Document"),
    "facility": Words("Faciliteit", "Facility"),
    "grouping": Words("Landengroep", "Grouping"),
    "instrument": Words("Instrument", "Instrument"),
    "law": Words("Wetgeving", "Law"),
    "letter": Words("Brief", "Letter"),
    "list": Words("Landenlijst", "List"),
    "measure": Words("Maatregel", "Measure"),
    "measures": Words("Maatregelen", "Measures"),
    "mission": Words("Missie", "Mission"),
    "missions": Words("Groep missies", "Set of missions"),
    "one": Words("Het ene", "The one"),
    "organisation": Words("Organisatie", "Organisation"),
    "other": Words("Het andere", "The other"),
    "participation": Words("Deelname", "Participation"),
    "pilot": Words("Pilot", "Pilot"),
    "policy": Words("Beleid", "Policy"),
    "proposal": Words("Voorstel", "Proposal"),
    "ranking": Words("Ranglijst", "Ranking"),
    "region": Words("Regio", "Region"),
    "regulation": Words("Verordening", "Regulation"),
    "sector": Words("Sector", "Sector"),
    "series": Words("Reeks missies", "Series of missions"),
    "support": Words("Steun", "Support"),
    "treaty": Words("Verdrag", "Treaty"),
}


@dataclass(frozen=True)
class Example:
    """A stored question; `number` is the first part of its name (`Q018`)."""

    query: StoredQuery

    @property
    def number(self) -> str:
        """The question's number, by which people call it."""
        return self.query.name.partition("-")[0]

    @property
    def question(self) -> Words:
        """What it asks."""
        return Words(self.query.question_nl, self.query.question_en)

    def body(self, language: Language) -> str:
        """Return the query without the lines that describe it, but with its question as a comment."""
        lines = self.query.text.splitlines()
        start = next(index for index, line in enumerate(lines) if not line.startswith("#"))
        return "\n".join([f"# {self.number}. {self.question.in_(language)}", *lines[start:]]) + "\n"

    def text(self, language: Language, values: Mapping[str, str]) -> str:
        """Return the query with `values` (parameter → absolute IRI, all checked) in place of its defaults.

        They go into a VALUES block at the head of the first group, where the reader sees and can change them.
        Prefixed names would be shorter, but slashes in them need escapes.
        """
        body = self.body(language)
        if not self.query.parameters:
            return body
        head = first_group(body)
        # As deep as the lines of that group.
        line = body[body.rfind("\n", 0, head) + 1 : head]
        indent = " " * (4 + len(line) - len(line.lstrip(" ")))
        lines = [
            f"{indent}VALUES ?{one.name} {{ <{values.get(one.name, one.default)}> }}" for one in self.query.parameters
        ]
        return "\n".join([body[:head], *lines]) + body[head:]


def parameter_name(parameter: Parameter) -> Words:
    """Return what people call a parameter; its own name where the table above has none."""
    return _NAMES.get(parameter.name, Words(parameter.name, parameter.name))


def choices_query(parameter: Parameter, language: Language) -> str:
    """Return a query for the things that a parameter can stand for: those of the kind of its default, with labels.

    The kind is the folder of the IRI; for concepts, whose folder holds all, it is the scheme.
    """
    key = parameter.default.removeprefix(ID)
    kind = key.partition("/")[0]
    if kind == "concept":
        which = f"<{parameter.default}> skos:inScheme ?scheme . ?thing skos:inScheme ?scheme ; skos:prefLabel ?label ."
    else:
        which = f'?thing rdfs:label ?label . FILTER(STRSTARTS(STR(?thing), "{ID}{kind}/"))'
    return (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        f'SELECT DISTINCT ?thing ?label WHERE {{ {which} FILTER(LANG(?label) = "{language}") }}\n'
        "ORDER BY LCASE(STR(?label)) ?thing\n"
    )


def examples(queries: Iterable[StoredQuery]) -> dict[str, Example]:
    """Return the examples by number, in the order of the files."""
    found = [Example(query) for query in queries]
    return {example.number: example for example in found}


def describe_query(iri: str) -> str:
    """Return a query for what the graph says of one thing: each relation with its values."""
    return f"SELECT ?relation ?value WHERE {{\n    <{iri}> ?relation ?value .\n}}\nORDER BY ?relation ?value\n"
